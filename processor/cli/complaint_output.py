"""Complaints -> what a terminal shows, and JSON. Only ``content_text`` holds words of one, once they were opened."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from processor.cases.complaint_content import ComplaintContent
from processor.cases.complaint_register import FiledComplaint
from processor.foundation.indonesian_dates import tanggal, waktu
from processor.operations import letter_signatures
from processor.operations.complaints import complaint_duties
from processor.operations.complaints.complaint_duties import ComplaintRow
from processor.operations.office import Office

_LIMITS = {"diteruskan": "diteruskan", "rencana": "ada rencana tindak lanjut", "dijawab": "dijawab tertulis"}


def row_data(row: ComplaintRow, today: date) -> dict[str, Any]:
    """Give one complaint as JSON."""
    found, standing = row.complaint, row.standing
    if found is None or standing is None:
        return {"nomor": row.number, "status": "berkas_rusak"}
    return {
        "nomor": row.number,
        "diterima": found.diterima.isoformat(),
        "kanal": found.kanal,
        "jenis": found.jenis,
        "anonim": found.anonim,
        "status": standing.status,
        "berikutnya": standing.duty,
        "petugas": list(standing.holders),
        "tahap": standing.step,
        "tenggat": standing.due.isoformat() if standing.due else "",
        "terlambat": standing.late(today),
        "perlu_dibetulkan": row.wrong,
    }


def complaint_table(rows: Sequence[ComplaintRow], today: date) -> str:
    """Write a list of complaints, and how to see those that are about somebody."""
    hint = "Yang menyangkut petugas tertentu hanya tampil dengan --oleh, dan tidak bagi yang diadukan."
    if not rows:
        return f"Tidak ada pengaduan yang dapat ditampilkan. {hint}"
    head = ("NOMOR", "DITERIMA", "JENIS", "STATUS", "GILIRAN", "TENGGAT")
    cells = [head, *(tuple(_cells(row, today)) for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(head))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in cells)
    return "\n".join([*lines, hint])


def workbook_cells(rows: Sequence[ComplaintRow], today: date) -> tuple[Sequence[str], Iterable[Sequence[str | int]]]:
    """Give the columns of a workbook, and the cells of each complaint in it."""
    keys = ("nomor", "diterima", "kanal", "jenis", "status", "berikutnya", "tahap", "tenggat", "perlu_dibetulkan")
    found = (row_data(row, today) for row in rows)
    cells = [[one.get(key, "") for key in keys] for one in found]
    return [key.replace("_", " ").capitalize() for key in keys], cells


def _cells(row: ComplaintRow, today: date) -> Iterator[str]:
    data = row_data(row, today)
    yield from (data["nomor"], data["diterima"][:10], data["jenis"], data["status"], ", ".join(data["petugas"]) or "–")
    yield f"{data['tenggat']} {data['tahap']}{' TERLAMBAT' * data['terlambat']}" if data["tenggat"] else ""


def complaint_text(office: Office, row: ComplaintRow, filed: FiledComplaint) -> str:
    """Write one complaint without its words: where it stands, its mistakes and its journal."""
    service, standing = office.settings.layanan, row.standing
    rules = complaint_duties.rules_of(office)
    lines = [f"{row.number}: {standing.status}" if standing else row.number]
    if standing and standing.duty:
        lines.append(f"Berikutnya: {', '.join(standing.holders) or 'belum ada petugas'} {standing.duty}.")
    if standing and standing.due:
        late = " (terlambat)" if standing.late(office.now().date()) else ""
        lines.append(f"Tenggat {standing.step}: {tanggal(standing.due)}{late}.")
    if signed := letter_signatures.of_answer(filed.events, service):
        lines.append(f"Jawaban {signed}.")
    lines += [f"! {problem}" for problem in (*filed.problems, *filed.broken(rules.staff))]
    lines += [
        f"{waktu(one.time, service.zone, service.zona_singkat)}  {complaint_duties.happened(one)}  {one.actor}"
        for one in filed.events
    ]
    return "\n".join(lines)


def limits_text(days: Mapping[str, date]) -> str:
    """Write by when a complaint is to be forwarded, planned for and answered."""
    return "\n".join(f"Paling lambat {_LIMITS[step]}: {tanggal(day)}." for step, day in days.items())


def content_text(content: ComplaintContent) -> str:
    """Write the words of a complaint that were opened just now."""
    one = content.complainant
    who = [
        f"{name}: {text}"
        for name, text in (("nama", one.nama), ("alamat", one.alamat), ("email", one.email), ("telepon", one.telepon))
        if text
    ]
    parts = [f"\n{title}:\n{text}" for title, text in (("Rencana", content.plan), ("Jawaban", content.answer)) if text]
    return "\n".join([*(who or ["Pengadu tidak menyebut identitas."]), "\nIsi pengaduan:", content.words, *parts])
