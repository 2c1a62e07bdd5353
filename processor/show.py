"""Data -> what a person reads in the terminal, and what a program reads as JSON. Pure, and without identity."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from processor import advance, deadlines, law, workflow, worktime
from processor.deadlines import Due
from processor.errors import Problem
from processor.pipeline import Office, Report
from processor.register import OUTGOING, Filed
from processor.settings import Settings
from processor.steps import Done
from processor.workflow import Look


def report(done: Report, *, simulated: bool = False) -> str:
    """What a pass did, in sentences."""
    verb = "akan didaftarkan" if simulated else "didaftarkan"
    lines = [f"{done.count('baru')} permohonan baru {verb}, {done.count('diubah')} diubah pemohon."]
    lines += [f"  {number}  {kind}  {place}" for place, kind, number in done.filed if kind in {"baru", "diubah"}]
    if done.rendered:
        lines.append(f"{len(done.rendered)} surat dibuat.")
        lines += [f"  {number}  {name}  {note}".rstrip() for number, name, note in done.rendered if note]
    if not simulated:
        lines.append("Situs dibangun." if done.published else "Situs tidak berubah.")
    if done.problems:
        lines += ["", f"{len(done.problems)} hal perlu dibetulkan:", *_bullets(done.problems)]
    lines += [f"\nGagal: {error}" for error in done.failures]
    return "\n".join(lines)


def worth_saying(done: Report) -> bool:
    """Whether a scheduled pass did anything; what is wrong is said once, by whoever remembers what was said."""
    return bool(done.rendered or done.published or any(kind != "sama" for _, kind, _ in done.filed))


def _bullets(problems: Iterable[Problem]) -> list[str]:
    return [f"  - {problem}" for problem in problems]


def places(settings: Settings, address: str, pause: float) -> str:
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


def report_data(done: Report) -> dict[str, Any]:
    """A pass as JSON."""
    return {
        "tanggapan": [dict(zip(("asal", "hasil", "nomor"), row, strict=True)) for row in done.filed],
        "surat": [dict(zip(("nomor", "berkas", "catatan"), row, strict=True)) for row in done.rendered],
        "temuan": problem_data(done.problems),
        "gagal": [str(error) for error in done.failures],
        "situs_dibangun": done.published,
    }


def problem_data(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as JSON: tempat, baris, masalah, perbaikan."""
    names = {"place": "tempat", "line": "baris", "message": "masalah", "mend": "perbaikan"}
    return [{names[key]: value for key, value in asdict(problem).items()} for problem in problems]


def row(office: Office, filed: Filed, seen: Look | None) -> dict[str, Any]:
    """One line of the list as JSON; a case whose file cannot be used says so in its status."""
    case = filed.case
    return {
        "nomor": filed.number,
        "diterima": case.diterima.astimezone(office.settings.layanan.zone).isoformat() if case else "",
        "bentuk": (case.bentuk or "") if case else "",
        "status": seen.status if seen else "berkas_rusak",
        "berikutnya": seen.duty if seen else "betulkan permohonan.yaml",
        "temuan": len(workflow.findings(case, filed.events)) if case else 0,
        **_due_data(office, due(office, filed, seen)),
    }


def due(office: Office, filed: Filed, seen: Look | None) -> Due | None:
    """The deadlines that run for a case."""
    if filed.case is None or seen is None:
        return None
    return deadlines.due(filed.case, seen.status, filed.events, office.calendar, office.settings.layanan)


def _due_data(office: Office, found: Due | None) -> dict[str, Any]:
    """Deadlines as JSON: of the running step, of the whole, and whether one is past."""
    moments = (found.step_due.at, found.whole.at) if found else (None, None)
    step, whole = (moment.isoformat() if moment else "" for moment in moments)
    return {"tenggat": step, "tenggat_seluruhnya": whole, "terlambat": bool(found and found.late(office.now()))}


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The list of cases for a terminal."""
    if not rows:
        return "Belum ada permohonan. Taruh ekspor formulir di folder masuk, lalu payung jalankan."
    shown = [
        [r["nomor"], r["diterima"][:10], r["status"], r["berikutnya"], _by_when(r), r["temuan"] or ""] for r in rows
    ]
    head = ["NOMOR", "DITERIMA", "STATUS", "BERIKUTNYA", "TENGGAT", "TEMUAN"]
    cells = [[str(cell) for cell in line] for line in [head, *shown]]
    widths = [max(len(line[i]) for line in cells) for i in range(len(head))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in cells)


def _by_when(one: dict[str, Any]) -> str:
    """The running step's deadline for the list, and whether it is past."""
    moment = one["tenggat"][:16].replace("T", " ").replace(":", ".")
    return f"{moment} TERLAMBAT" if one["terlambat"] else moment


def traces(office: Office, found: Due | None) -> str:
    """How every deadline of a case was computed, for a lawyer to check by hand."""
    if found is None:
        return "Tidak ada tenggat yang berjalan."
    zone = office.settings.layanan.zona_singkat
    parts = {f"Tahap {found.step}": found.step_due, "Seluruhnya": found.whole, "Sasaran": found.target}
    return "\n\n".join(f"{title}\n{worktime.explain(one, zone)}" for title, one in parts.items())


def case_data(office: Office, number: str) -> dict[str, Any]:
    """One case as JSON: the list's line, findings, mistakes, documents, journal."""
    filed = office.register.read(number)
    case, outgoing = filed.case, filed.folder / OUTGOING
    seen = advance.look(office.register, office.settings, filed)
    problems = advance.check(filed, seen, law.load(office.settings.opinions / law.FILE_NAME))
    return {
        **row(office, filed, seen),
        "folder": str(filed.folder),
        "temuan": list(workflow.findings(case, filed.events)) if case else [],
        "kesalahan": problem_data(problems),
        "surat": sorted(path.name for path in outgoing.glob("*.docx")) if outgoing.is_dir() else [],
        "riwayat": [
            {"waktu": e.time.isoformat(), "pelaku": e.actor, "peristiwa": e.kind, "rincian": _brief(e.data)}
            for e in filed.events
        ],
    }


def step(number: str, done: Done, *, simulated: bool = False) -> str:
    """What a step of the workflow wrote, or would write."""
    verb = "akan menjadi" if simulated else "menjadi"
    head = f"{number}: {done.before.status} {verb} {done.after.status} ({done.after.duty})"
    return "\n".join([head, *(f"  {line}" for line in done.lines)])


def _brief(data: Any) -> dict[str, Any]:
    """An event's details without the fingerprints and digests, which tell a person nothing."""
    return {key: value for key, value in data.items() if key not in {"sidik", "kajian", "pemeriksaan"}}


def case(data: dict[str, Any], zone: ZoneInfo) -> str:
    """One case, as ``case_data`` gives it, for a terminal."""
    lines = [
        f"{data['nomor']}: {data['status']} ({data['berikutnya']})",
        f"  folder      {data['folder']}",
        f"  surat       {', '.join(data['surat']) or 'belum ada'}",
    ]
    for title, key in (("Temuan", "temuan"), ("Perlu dibetulkan", "kesalahan")):
        items = [f"baris {i['baris']}: {i['masalah']} {i['perbaikan']}" if key == "kesalahan" else i for i in data[key]]
        lines += [f"\n{title}", *(f"  - {item}" for item in items)] if items else []
    lines.append("\nRiwayat")
    for event in data["riwayat"]:
        moment = datetime.fromisoformat(event["waktu"]).astimezone(zone)
        lines.append(f"  {moment:%Y-%m-%d %H.%M}  {event['pelaku']:<8}  {event['peristiwa']}{_said(event['rincian'])}")
    return "\n".join(lines)


def _said(details: dict[str, Any]) -> str:
    """An event's details in brackets."""
    told = [f"{key} {_flat(value)}" for key, value in details.items() if value and key not in {"kunci", "sha256"}]
    return f" ({', '.join(told)})" if told else ""


def _flat(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
