"""Where reports lie and what became of them: files in the register's ``laporan/``, and a journal of what was written.

A report that a person edited is never written over: a newer one lies beside it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

from processor.cases.records import Event
from processor.evaluation.periods import Period
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.letters import pdf
from processor.letters.placement import Placed, place_document
from processor.letters.word import report_word, zip_package
from processor.operations import side_journal
from processor.operations.act_journal import Person
from processor.operations.office import Office

FOLDER = "laporan"
"""In the register: a folder for each period, and the journal."""
MADE, EDITED, DONE = "laporan", "laporan_disunting", "laporan_selesai"
_SHOWN = frozenset({".docx", ".pdf"})
_WAIT = 10.0


def report_of(office: Office, period: Period) -> Path:
    """Give where the report of a period lies, or would."""
    return office.register.folder / FOLDER / str(period) / f"laporan-{period}.docx"


def files_of(office: Office, period: Period) -> tuple[Path, ...]:
    """Give the documents that lie there for a period, by name."""
    folder = report_of(office, period).parent
    return tuple(sorted(one for one in folder.glob("*") if one.suffix in _SHOWN and one.is_file()))


def digest(office: Office, period: Period) -> str:
    """Give what tells the report of a period as it lies there from any other; "" where there is none."""
    path = report_of(office, period)
    return _digest(path) if path.exists() else ""


def check_begun(office: Office, period: Period) -> None:
    """Raise PayungError where a period has not begun: there is nothing to report of it."""
    if office.now().date() < period.first:
        raise PayungError(f"{period.title} belum dimulai.")


def events(office: Office) -> tuple[Event, ...]:
    """Give what the journal tells of all reports, oldest first."""
    return side_journal.read(office.register, FOLDER)[0]


def _made(office: Office, period: Period) -> Mapping[str, Mapping[str, str]]:
    """Give what the journal says of each file that Payung wrote for a period, by its name."""
    told = (one.data for one in events(office) if one.kind == MADE)
    return {one["berkas"]: one for one in told if one["periode"] == str(period)}


def place(office: Office, by: Person, period: Period, name: str, content: bytes, made_of: str = "") -> Placed:
    """Lay a document of a period down, and let the journal know; the caller holds the register's lock.

    Args:
        office: The open office.
        by: Who runs the command.
        period: Of the report.
        name: The file name wanted.
        content: The document.
        made_of: The SHA-256 of the Word file of which it is a PDF.
    """
    known = {file: one["sha256"] for file, one in _made(office, period).items()}
    placed = place_document(report_of(office, period).parent, name, content, known)
    if placed.changed:
        told = {"periode": str(period), "berkas": placed.path.name, "sha256": placed.sha256}
        record(office, by, MADE, told | ({"dari": made_of} if made_of else {}))
    return placed


def record(office: Office, by: Person, kind: str, data: Mapping[str, str]) -> None:
    """Add to the journal; the caller holds the register's lock."""
    told = {**data, **({"akun": by.account} if by.account else {})}
    side_journal.append(office.register, FOLDER, Event(kind, office.now(), by.officer or by.account or "payung", told))


def is_edited(office: Office, period: Period) -> bool:
    """Tell whether a person changed the report of a period since Payung wrote it. Raises OSError."""
    path = report_of(office, period)
    return path.exists() and _digest(path) != _made(office, period).get(path.name, {}).get("sha256")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def places_waiting(office: Office, period: Period) -> int:
    """Count the places of a report, perhaps edited in Word, that wait for a person. Raises PayungError."""
    path = report_of(office, period)
    if not path.exists():
        raise PayungError(f"Laporan {period.title} belum dibuat.")
    return waiting_in(path)


def waiting_in(path: Path) -> int:
    """Count the places of a Word file that wait for a person. Raises PayungError."""
    try:
        return report_word.places_waiting(path.read_bytes())
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise PayungError(_UNREADABLE.format(path.name)) from error


_UNREADABLE = "{} tidak terbaca. Simpan di Word sebagai Dokumen Word (*.docx)."


def take_in(office: Office, by: Person, period: Period, content: bytes, seen: str) -> None:
    """Lay the report that a person edited in Word in its place; the one that stood there stays beside it.

    Args:
        office: The open office.
        by: Who edited it.
        period: Of the report.
        content: The document.
        seen: The ``digest`` of the report that they knew.

    Raises:
        PayungError: It is no Word document, or the report is another by now; then nothing was written.
    """
    path = report_of(office, period)
    try:
        zip_package.read(content)  # refuses what unpacks to more than a document holds
        report_word.places_waiting(content)
    except (ValueError, KeyError, BadZipFile) as error:
        raise PayungError(_UNREADABLE.format("Berkas itu")) from error
    with office.register.lock(_WAIT):
        if not seen or digest(office, period) != seen:
            raise PayungError("Laporan ini berubah sejak halamannya Anda buka. Unduh yang sekarang, lalu bandingkan.")
        names = (path.with_name(f"{path.stem}-lama-{count}.docx") for count in range(1, 1000))
        atomic_files.replace(next(one for one in names if not one.exists()), path.read_bytes())
        atomic_files.replace(path, content)
        told = {"periode": str(period), "berkas": path.name, "sha256": hashlib.sha256(content).hexdigest()}
        record(office, by, EDITED, told)


def make_pdf(office: Office, by: Person, period: Period) -> Placed:
    """Make the PDF of a report as it lies there, unless that was made already.

    LibreOffice works before the register is locked.

    Raises:
        PayungError: There is no LibreOffice, or it cannot read the report.
        OSError: The disk refuses.
    """
    path = report_of(office, period)
    made_of, name = _digest(path), f"{path.stem}.pdf"
    standing, told = path.with_name(name), _made(office, period).get(name, {})
    if standing.exists() and told.get("dari") == made_of:
        note = f"{name} sudah sesuai; tidak ada yang ditulis."
        return Placed(standing, _digest(standing), changed=False, note=note)
    content = pdf.convert([path])[path]
    with office.register.lock(_WAIT):
        return place(office, by, period, name, content, made_of)


def declare_done(office: Office, by: Person, period: Period) -> None:
    """Note that a report is done and sent.

    Raises:
        PayungError: It was not made, something in it waits for a person, or its quarter has not ended.
    """
    if waiting := places_waiting(office, period):
        raise PayungError(f"{waiting} bagian laporan {period.title} menunggu penilaian. Isi dahulu di Word.")
    if period.quarter and office.now().date() <= period.last:
        raise PayungError(f"{period.title} belum berakhir.")
    with office.register.lock(_WAIT):
        record(office, by, DONE, {"periode": str(period), "sha256": _digest(report_of(office, period))})


def is_done(told: Sequence[Event], period: Period) -> bool:
    """Tell by the journal whether the report of a period was declared done."""
    return any(one.kind == DONE and one.data.get("periode") == str(period) for one in told)
