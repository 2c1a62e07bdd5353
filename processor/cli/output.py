"""Data -> what a person reads in the terminal, and what a program reads as JSON. Pure, and without identity."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from processor.foundation.errors import Problem
from processor.mail.message import OutboxEntry
from processor.operations.pass_report import PassReport
from processor.operations.steps import Done


def pass_text(done: PassReport, *, simulated: bool = False) -> str:
    """Write in sentences what a pass did."""
    verb = "akan didaftarkan" if simulated else "didaftarkan"
    lines = [f"{done.count('baru')} permohonan baru {verb}, {done.count('diubah')} diubah pemohon."]
    lines += [
        f"  {number}  {kind}  {place}"
        for place, kind, number in done.filed
        if kind in {"baru", "diubah", "berbeda", "dilengkapi", "pesan", "pengaduan"}
    ]
    if done.remarks:
        lines += ["Dari ekspor formulir:", *(f"  - {remark}" for remark in done.remarks)]
    if done.rendered:
        lines.append(f"{len(done.rendered)} surat dibuat.")
        lines += [f"  {number}  {name}  {note}".rstrip() for number, name, note in done.rendered if note]
    if done.sent or done.waiting:
        lines.append(f"{done.sent} email dikirim, {done.waiting} menunggu; lihat payung email. {done.note}".rstrip())
    if not simulated:
        lines.append("Situs dibangun." if done.published else "Situs tidak berubah.")
    lines += done.news
    if done.problems:
        lines += ["", f"{len(done.problems)} hal perlu dibetulkan:", *_bullets(done.problems)]
    lines += [f"\nGagal: {error}" for error in done.failures]
    return "\n".join(lines)


def did_anything(done: PassReport) -> bool:
    """Tell whether a scheduled pass did anything. What is wrong is told once, by whoever remembers what was told."""
    return bool(
        done.news
        or done.remarks
        or done.rendered
        or done.sent
        or done.published
        or any(kind != "sama" for _, kind, _ in done.filed)
    )


def _bullets(problems: Iterable[Problem]) -> list[str]:
    return [f"  - {problem}" for problem in problems]


def pass_data(done: PassReport) -> dict[str, Any]:
    """Give a pass as JSON."""
    return {
        "tanggapan": [dict(zip(("asal", "hasil", "nomor"), row, strict=True)) for row in done.filed],
        "catatan": done.remarks,
        "surat": [dict(zip(("nomor", "berkas", "catatan"), row, strict=True)) for row in done.rendered],
        "email": {"dikirim": done.sent, "menunggu": done.waiting},
        "temuan": problem_data(done.problems),
        "kabar": done.news,
        "gagal": [str(error) for error in done.failures],
        "situs_dibangun": done.published,
    }


def problem_data(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Give problems as JSON: tempat, baris, masalah, perbaikan."""
    names = {"place": "tempat", "line": "baris", "message": "masalah", "mend": "perbaikan"}
    return [{names[key]: value for key, value in asdict(problem).items()} for problem in problems]


def outbox_text(entries: Sequence[OutboxEntry], zone: ZoneInfo) -> str:
    """Write what waits in the outbox, failed or is uncertain; times are shown in ``zone``."""
    if not entries:
        return "Tidak ada email yang menunggu."
    lines = []
    for entry in entries:
        when = f", dicoba lagi {entry.next.astimezone(zone):%Y-%m-%d %H.%M}" if entry.next else ""
        tries = f", {entry.tries} kali dicoba" if entry.tries else ""
        lines.append(f"{entry.name}: {entry.state.replace('_', ' ')}{tries}{when}")
        lines += [f"  {entry.reason}"] if entry.reason else []
    return "\n".join(lines)


def outbox_data(entries: Sequence[OutboxEntry]) -> list[dict[str, Any]]:
    """Give the outbox as JSON."""
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
    """Write what a step of the workflow changed, or would change."""
    before, after = done.before.status, done.after.status
    change = f"tetap {after}" if before == after else f"{before} {'akan ' * simulated}menjadi {after}"
    head = f"{number}: {change} ({done.after.duty})"
    said = done.lines or ("Tidak ada yang berubah: sudah tertulis begitu di permohonan.yaml.",)
    look = [f"Periksa di {one}" for one in done.slips]
    return "\n".join([head, *(f"  {line}" for line in said), *look])
