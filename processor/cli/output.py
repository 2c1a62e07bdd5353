"""Data -> what a person reads in the terminal, and what a program reads as JSON. Pure, and without identity."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from processor.cases import additions
from processor.cases.additions import Addition
from processor.cases.deadlines import Due
from processor.cases.register import OUTGOING, Filed
from processor.foundation import working_time
from processor.foundation.errors import PayungError, Problem
from processor.foundation.settings import Settings
from processor.foundation.yaml_writer import visible_text
from processor.mail.outbox import Entry
from processor.operations import case_check, overview
from processor.operations.daily_pass import PassReport
from processor.operations.office import Office
from processor.operations.overview import CaseRow
from processor.operations.steps import Done


def pass_text(done: PassReport, *, simulated: bool = False) -> str:
    """What a pass did, in sentences."""
    verb = "akan didaftarkan" if simulated else "didaftarkan"
    lines = [f"{done.count('baru')} permohonan baru {verb}, {done.count('diubah')} diubah pemohon."]
    lines += [
        f"  {number}  {kind}  {place}" for place, kind, number in done.filed if kind in {"baru", "diubah", "dilengkapi"}
    ]
    if done.rendered:
        lines.append(f"{len(done.rendered)} surat dibuat.")
        lines += [f"  {number}  {name}  {note}".rstrip() for number, name, note in done.rendered if note]
    if done.sent or done.waiting:
        lines.append(f"{done.sent} email dikirim, {done.waiting} menunggu; lihat payung surat. {done.note}".rstrip())
    if not simulated:
        lines.append("Situs dibangun." if done.published else "Situs tidak berubah.")
    if done.problems:
        lines += ["", f"{len(done.problems)} hal perlu dibetulkan:", *_bullets(done.problems)]
    lines += [f"\nGagal: {error}" for error in done.failures]
    return "\n".join(lines)


def worth_saying(done: PassReport) -> bool:
    """Whether a scheduled pass did anything; what is wrong is said once, by whoever remembers what was said."""
    return bool(done.rendered or done.sent or done.published or any(kind != "sama" for _, kind, _ in done.filed))


def _bullets(problems: Iterable[Problem]) -> list[str]:
    return [f"  - {problem}" for problem in problems]


def addresses_text(settings: Settings, address: str, pause: float) -> str:
    """Where to look, once the service is up."""
    lines = [
        f"Situs        {address}",
        f"Permohonan   {settings.register}",
        "Surat        folder keluar di tiap permohonan",
        f"Masuk        {settings.inbox}  (taruh ekspor formulir di sini)",
        f"Perintah     payung daftar --pengaturan {settings.path}",
        "",
        f"Diperiksa lagi setiap {pause:.0f} detik. Berhenti dengan Ctrl+C.",
    ]
    return "\n".join(lines)


def pass_data(done: PassReport) -> dict[str, Any]:
    """A pass as JSON."""
    return {
        "tanggapan": [dict(zip(("asal", "hasil", "nomor"), row, strict=True)) for row in done.filed],
        "surat": [dict(zip(("nomor", "berkas", "catatan"), row, strict=True)) for row in done.rendered],
        "email": {"dikirim": done.sent, "menunggu": done.waiting},
        "temuan": problem_data(done.problems),
        "gagal": [str(error) for error in done.failures],
        "situs_dibangun": done.published,
    }


def problem_data(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as JSON: tempat, baris, masalah, perbaikan."""
    names = {"place": "tempat", "line": "baris", "message": "masalah", "mend": "perbaikan"}
    return [{names[key]: value for key, value in asdict(problem).items()} for problem in problems]


def row_data(office: Office, one: CaseRow) -> dict[str, Any]:
    """One line of the list as JSON."""
    return {
        "nomor": one.number,
        "diterima": one.received,
        "bentuk": one.service,
        "status": one.status,
        "berikutnya": one.duty,
        "petugas": list(one.holders),
        "temuan": one.findings,
        "perlu_dibetulkan": one.wrong,
        "tenggat": one.due,
        "tenggat_seluruhnya": one.whole,
        "terlambat": one.late(office.now()),
    }


def case_table(office: Office, rows: Sequence[CaseRow], *, hidden: int) -> str:
    """The list of cases for a terminal; ``hidden`` are archived."""
    more = [f"\n{hidden} permohonan di arsip; lihat semuanya dengan payung daftar --semua."] if hidden else []
    if not rows and not hidden:
        return "Belum ada permohonan. Taruh ekspor formulir di folder masuk, lalu payung jalankan."
    now = office.now()
    shown = [
        [r.number, r.received[:10], r.status, r.duty, _by_when(r, now), str(r.findings or ""), str(r.wrong or "")]
        for r in rows
    ]
    head = ["NOMOR", "DITERIMA", "STATUS", "BERIKUTNYA", "TENGGAT", "TEMUAN", "SALAH"]
    cells = [head, *shown]
    widths = [max(len(line[i]) for line in cells) for i in range(len(head))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in cells)
    return "\n".join([*lines, *more])


def _by_when(one: CaseRow, now: datetime) -> str:
    """The running step's deadline for the list, and whether one is past."""
    moment = one.due[:16].replace("T", " ").replace(":", ".")
    return f"{moment} TERLAMBAT" if one.late(now) else moment


def deadline_traces(office: Office, found: Due | None) -> str:
    """How every deadline of a case was computed, for a lawyer to check by hand."""
    if found is None:
        return "Tidak ada tenggat yang berjalan."
    zone = office.settings.layanan.zona_singkat
    parts = {f"Tahap {found.step}": found.step_due, "Seluruhnya": found.whole, "Sasaran": found.target}
    return "\n\n".join(f"{title}\n{working_time.explain_trace(one, zone)}" for title, one in parts.items())


def case_data(office: Office, number: str) -> dict[str, Any]:
    """One case as JSON: the list's line, findings, mistakes, letters, what was asked and added later, journal."""
    filed = office.register.read(number)
    outgoing = filed.folder / OUTGOING
    line, findings, problems = _judged(office, filed)
    return {
        **row_data(office, line),
        "folder": str(filed.folder),
        "temuan": list(findings),
        "kesalahan": problem_data(problems),
        "surat": sorted(path.name for path in outgoing.iterdir() if path.suffix in {".docx", ".pdf"})
        if outgoing.is_dir()
        else [],
        "permohonan": filed.case.model_dump(include=_ASKED) if filed.case else {},
        "perubahan": [_added(one) for one in additions.read(filed)],
        "riwayat": [
            {"waktu": e.time.isoformat(), "pelaku": e.actor, "peristiwa": e.kind, "rincian": _brief(e.data)}
            for e in filed.events
        ],
    }


_ASKED = {"uraian", "pertanyaan", "dokumen", "lampiran"}


def _added(one: Addition) -> dict[str, Any]:
    """What the applicant wrote later."""
    return {
        "berkas": one.name,
        "menjadi": dict(one.words),
        "lampiran": list(one.attachments),
        "temuan": list(one.findings),
        "kesalahan": problem_data(one.problems),
    }


def _judged(office: Office, filed: Filed) -> tuple[CaseRow, Sequence[str], Sequence[Problem]]:
    """The list's line of a case, its findings and mistakes; of one that is beyond the program, just that it is."""
    try:
        with overview.one_case_at_a_time():
            seen = overview.derive_for(office, filed)
            problems = case_check.mistakes(office, filed, seen)
            findings = additions.findings(filed, office.form)
            return overview.row(office, filed, seen, office.now(), len(problems)), findings, problems
    except (PayungError, OSError) as error:
        beyond = Problem(filed.number, None, str(error), case_check.RESTORE)
        return CaseRow(filed.number, wrong=len(filed.problems) + 1), (), [*filed.problems, beyond]


def outbox(entries: Sequence[Entry], zone: ZoneInfo) -> str:
    """What waits in the outbox, failed or is uncertain."""
    if not entries:
        return "Tidak ada email yang menunggu."
    lines = []
    for entry in entries:
        when = f", dicoba lagi {entry.next.astimezone(zone):%Y-%m-%d %H.%M}" if entry.next else ""
        tries = f", {entry.tries} kali dicoba" if entry.tries else ""
        lines.append(f"{entry.name}: {entry.state.replace('_', ' ')}{tries}{when}")
        lines += [f"  {entry.reason}"] if entry.reason else []
    return "\n".join(lines)


def outbox_data(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The outbox as JSON."""
    return [
        {
            "nama": entry.name,
            "nomor": entry.number,
            "jenis": entry.kind,
            "keadaan": entry.state,
            "percobaan": entry.tries,
            "berikutnya": entry.next.isoformat() if entry.next else "",
            "alasan": entry.reason,
        }
        for entry in entries
    ]


def step_text(number: str, done: Done, *, simulated: bool = False) -> str:
    """What a step of the workflow wrote, or would write."""
    verb = "akan menjadi" if simulated else "menjadi"
    head = f"{number}: {done.before.status} {verb} {done.after.status} ({done.after.duty})"
    said = done.lines or ("Tidak ada yang berubah: sudah tertulis begitu di permohonan.yaml.",)
    return "\n".join([head, *(f"  {line}" for line in said)])


def _brief(data: Any) -> dict[str, Any]:
    """An event's details without the fingerprints and digests, which tell a person nothing."""
    return {key: value for key, value in data.items() if key not in _FOR_PROGRAMS}


_FOR_PROGRAMS = frozenset({"sidik", "nip", "isi", "verifikasi", "kajian", "pemeriksaan"})


def case_text(data: dict[str, Any], zone: ZoneInfo) -> str:
    """One case, as ``case_data`` gives it, for a terminal."""
    lines = [
        f"{data['nomor']}: {data['status']} ({data['berikutnya']})",
        f"  folder      {data['folder']}",
        f"  surat       {', '.join(data['surat']) or 'belum ada'}",
    ]
    for title, key in (("Temuan", "temuan"), ("Perlu dibetulkan", "kesalahan")):
        items = [_mistake(one) if key == "kesalahan" else one for one in data[key]]
        lines += [f"\n{title}", *(f"  - {item}" for item in items)] if items else []
    lines += _titled("Kata-kata pemohon", data["permohonan"])
    for one in data["perubahan"]:
        more = {
            "lampiran": one["lampiran"],
            "temuan": one["temuan"],
            "perlu dibetulkan": map(_mistake, one["kesalahan"]),
        }
        lines += _titled(f"Ditulis pemohon kemudian ({one['berkas']})", {**one["menjadi"], **more})
    lines.append("\nRiwayat")
    for event in data["riwayat"]:
        moment = datetime.fromisoformat(event["waktu"]).astimezone(zone)
        lines.append(
            f"  {moment:%Y-%m-%d %H.%M}  {event['pelaku']!s:<8}  {event['peristiwa']}{_said(event['rincian'])}"
        )
    return "\n".join(lines)


def _titled(title: str, words: Mapping[str, str | Iterable[str]]) -> Iterator[str]:
    """Words under a title, each question's under its own, wrapped; what is empty is left out."""
    yield f"\n{title}"
    for key, answer in words.items():
        paragraphs = (
            visible_text(answer).split("\n")
            if isinstance(answer, str)
            else [f"- {visible_text(one)}" for one in answer]
        )
        if any(paragraphs):
            yield f"  {key[:1].upper()}{key[1:]}"
            yield from (textwrap.fill(text, _WIDE, initial_indent=_IN, subsequent_indent=_IN) for text in paragraphs)


_WIDE = 100
_IN = " " * 4


def _mistake(one: dict[str, Any]) -> str:
    """A mistake in one line, with its place where that is a line."""
    place = f"baris {one['baris']}: " if one["baris"] else ""
    return f"{place}{one['masalah']} {one['perbaikan']}".rstrip()


def _said(details: dict[str, Any]) -> str:
    """An event's details in brackets."""
    told = [f"{key} {_flat(value)}" for key, value in details.items() if value and key not in {"kunci", "sha256"}]
    return f" ({', '.join(told)})" if told else ""


def _flat(value: Any) -> str:
    """A detail as words; of many places in a file only the parts."""
    if value is True:
        return "ya"
    if not isinstance(value, list):
        return str(value)
    words = list(map(str, value))
    return ", ".join(words if len(words) <= _MANY else dict.fromkeys(word.partition(".")[0] for word in words))


_MANY = 4
