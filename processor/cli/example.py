"""The example office of ``payung layani --contoh``: fictional people, a register of its own, no account anywhere."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from processor.cases import case_file, office_keys
from processor.cases.published_files import FOLDER as FIGURES
from processor.cases.published_files import PublishedFiles
from processor.cases.register import OUTGOING, Register
from processor.foundation import atomic_files, settings, shipped, yaml_editor, yaml_reader, yaml_writer
from processor.foundation.errors import PayungError
from processor.foundation.settings import Settings
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_intake
from processor.operations.complaints.complaint_intake import ComplaintHead
from processor.operations.office import Office
from processor.site import applicant_code

_SAMPLE = Path(__file__).with_name("sample")
FOLDER = "contoh"
CODE = "C0NT0-HREKA-ANSAJ-A123T"
"""The code of the fictional applicant whose request is answered; whoever tries the example opens it with that."""
_HEAD = "# Kantor contoh; boleh disunting. Mulai dari awal: hapus folder contoh.\n"
_FORMER_HEAD = "# Dibuat dari payung.yaml setiap kali contoh dijalankan; jangan disunting.\n"
_DAYS = {"tanggal", "tanggal_surat", "diterima", "dikirim", "diputus"}
_OBJECTION = "keberatan"


def prepare_example(named: Path | None, here: Path) -> Settings:
    """Make the example office beside the settings that are ``named``, or found from ``here``; else in ``here``.

    It has settings, keys and waiting responses of its own. Raises BrokenFiles when the settings have mistakes.
    """
    try:
        path = named or settings.find(here)
    except PayungError:  # nobody has prepared an office here: what is shipped is enough
        return _prepare(settings.load(shipped.sources() / settings.FILE_NAME), here / FOLDER)
    real = settings.load(path)
    in_example = path.resolve().parent.name == FOLDER  # called from inside the example: it is this one
    return real if in_example else _prepare(real, real.path.parent / FOLDER)


def _prepare(real: Settings, folder: Path) -> Settings:
    """Make the example office in ``folder`` after the settings of ``real``; what somebody changed there stays."""
    path = folder / settings.FILE_NAME
    if not path.is_file() or path.read_text("utf-8").startswith(_FORMER_HEAD):
        _write_settings(real, path)
    example = settings.load(path)
    office_keys.create_key_files(example.office_key, example.recipients)
    Register(example.register, office_keys.load(example.office_key, example.recipients), example.taksonomi).prepare()
    for source in sorted((_SAMPLE / "catatan").rglob("*.yaml")):
        own = example.register / source.relative_to(_SAMPLE / "catatan")
        if not own.exists():
            atomic_files.replace_if_changed(own, source.read_bytes())
    _publish_figures(example)
    for name in ("jawaban", "survei"):
        arrived = example.inbox / "selesai" / f"{name}-contoh.csv"
        if not arrived.exists():
            atomic_files.replace_if_changed(example.inbox / arrived.name, _answers(name, example))
    return example


def _answers(name: str, example: Settings) -> bytes:
    """Give the export ``name`` of the sample; in its first request stands what a browser makes of the ``CODE``."""
    content = (_SAMPLE / f"{name}.csv").read_bytes()
    if b"{kode_lacak}" not in content:
        return content
    keys = applicant_code.derive_keys(applicant_code.parse_code(CODE), applicant_code.host_of(example.situs.alamat))
    return content.replace(b"{kode_lacak}", keys.locator.encode()).replace(b"{kunci_balasan}", keys.recipient.encode())


def _write_settings(real: Settings, path: Path) -> None:
    """Write the example's settings to ``path``: those of ``real``, with its own folders, officers and units.

    Nothing of it reaches the real office's mail server, backups or monitor, and statuses come out each minute.
    """
    data = yaml_reader.read(real.path).data
    data["folder"] = {"sumber": str(real.root), **{name: name for name in ("register", "masuk", "kunci", "situs")}}
    data.get("sumber", {}).pop("google", None)
    (data.get("evaluasi") or {}).pop("terbit", None)  # what the example publishes is shipped
    for name in ("email", "cadangan", "pemantau"):
        data.pop(name, None)
    data |= yaml_reader.read(_SAMPLE / "kantor.yaml").data
    data["situs"]["status_tiap"] = 1
    atomic_files.replace_if_changed(path, f"{_HEAD}{yaml_writer.dump(data)}".encode())


def _publish_figures(example: Settings) -> None:
    """Let the example have published the figures of made-up requests, as the release gate once let them out."""
    files = PublishedFiles(example.register, example.office_key.parent)
    known = files.texts()
    for path in sorted((_SAMPLE / FIGURES).glob("*.json")):
        if path.stem not in known:
            files.add(path.stem, path.read_text("utf-8"), b"")  # what was counted for it is gone, as it may be


def sign_letters(register: Register) -> None:
    """Put, as a fictional secretary would, a signed PDF beside the letter of every case that is to be delivered."""
    for path in sorted(register.folder.glob(f"[0-9]*/*/{OUTGOING}/*.docx")):
        case = register.read(path.parent.parent.name).case
        answers = path.stem != "tanda-terima" and case is not None and case.penyampaian.tanggal is not None
        if answers and not path.with_suffix(".pdf").exists():
            atomic_files.write(path.with_suffix(".pdf"), (_SAMPLE / "pindaian.pdf").read_bytes())


def play_staff(register: Register, zone: ZoneInfo) -> bool:
    """Write, once, what the fictional officers wrote into their cases; tell whether it did.

    They decide on the day on which a request came: no letter is dated before its request.
    """
    if register.state(FOLDER):
        return False
    for number, steps in _work(register):
        _write(register, zone, number, {name: values for name, values in steps.items() if name != _OBJECTION})
    register.save_state(FOLDER, {"ditulis": True, "kode": CODE})
    return True


def answered(register: Register) -> str:
    """Give the number of the request that the ``CODE`` opens; "" in an example that an earlier version made."""
    return min(register.numbers()) if register.state(FOLDER).get("kode") == CODE else ""


def play_voices(office: Office) -> None:
    """Write what applicants object to, once the rejections went out; the office's first officer takes in a complaint.

    An office without officers takes in none.
    """
    register, zone = office.register, office.settings.layanan.zone
    for number, steps in _work(register):
        _write(register, zone, number, {_OBJECTION: steps[_OBJECTION]} if _OBJECTION in steps else {})
    if officer := next(iter(office.settings.petugas), ""):
        said: dict[str, Any] = yaml_reader.read(_SAMPLE / "pengaduan.yaml").data
        head = ComplaintHead("loket", said["jenis"], said["lewat"])
        lines = iter((*said["pengadu"], *said["isi"].splitlines(), "."))
        complaint_intake.take(office, Person(officer), head, lambda _: next(lines))


def _work(register: Register) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what the officers do in each case, by its number."""
    work: dict[str, Any] = yaml_reader.read(_SAMPLE / "penanganan.yaml").data
    return ((number, work.get(str(int(number[-4:])), {})) for number in register.numbers())


def _write(register: Register, zone: ZoneInfo, number: str, steps: Mapping[str, Any]) -> None:
    """Write steps into a case file, on the day on which its request came."""
    path = register.path(number) / case_file.FILE_NAME
    day = register.read(number).events[0].time.astimezone(zone).date().isoformat()
    changes: dict[tuple[str, ...], Any] = {}
    for step, values in steps.items():
        if isinstance(values, list):
            [item] = values
            changes[(step,)] = _on(day, item)
        else:
            changes |= {(step, key): value for key, value in _on(day, values).items()}
    yaml_editor.write(path, path.read_text("utf-8"), changes)


def _on(day: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was written, with every day in the place of its own."""
    return {key: day if key in _DAYS else value for key, value in values.items()}
