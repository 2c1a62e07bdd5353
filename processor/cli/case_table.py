"""The list of cases -> a table for a terminal, and JSON. Pure, and without identity."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from processor.cli.text_table import aligned
from processor.operations import case_filters, list_cells
from processor.operations.case_row import CaseRow
from processor.operations.office import Office


def row_data(office: Office, one: CaseRow) -> dict[str, Any]:
    """Give one line of the list as JSON."""
    return {
        "nomor": one.number,
        "diajukan": one.sent,
        "diterima": one.received,
        "bentuk": one.service,
        "status": one.status,
        "berikutnya": one.duty,
        "petugas": list(one.holders),
        "temuan": one.findings,
        "perlu_dibetulkan": one.wrong,
        "tenggat": one.due,
        "tenggat_janji": one.promise,
        "tenggat_seluruhnya": one.whole,
        "terlambat": one.late(office.now()),
        "mendesak": one.urgent,
        "topik": one.topic,
        "kanal": one.channel,
        "hambatan": one.obstacles.split(),
        "keberatan": one.objection,
        "lanjutan_dari": one.follows,
    }


def case_table(office: Office, rows: Sequence[CaseRow], *, hidden: int) -> str:
    """Write the list of cases for a terminal; ``hidden`` counts the archived ones that are not in it."""
    more = [f"\n{hidden} permohonan di arsip; lihat semuanya dengan payung daftar --semua."] if hidden else []
    if not rows and not hidden:
        return "Belum ada permohonan. Taruh ekspor formulir di folder masuk, lalu payung jalankan."
    now = office.now()
    shown = [
        [
            r.number,
            r.sent[:10] or "–",
            r.received[:10],
            r.status,
            r.duty,
            _deadline_cell(r, now),
            str(r.findings or ""),
            str(r.wrong or ""),
        ]
        for r in rows
    ]
    head = ["NOMOR", "DIAJUKAN", "DITERIMA", "STATUS", "BERIKUTNYA", "TENGGAT", "TEMUAN", "SALAH"]
    if any(r.urgent for r in rows):
        head, shown = [*head, "MENDESAK"], [[*line, r.urgent] for line, r in zip(shown, rows, strict=True)]
    if any(map(case_filters.remarks, rows)):
        matters = ["; ".join(case_filters.remarks(row)) for row in rows]
        head, shown = [*head, "HAL"], [[*line, said] for line, said in zip(shown, matters, strict=True)]
    return "\n".join([*aligned(head, shown), *more])


def _deadline_cell(one: CaseRow, now: datetime) -> str:
    """Write the running step's deadline for the list; in its place the one that is past, the step's or the promise."""
    past = [text for text in (one.due, one.promise) if text and datetime.fromisoformat(text) < now]
    moment = list_cells.minute(min(past, key=datetime.fromisoformat, default=one.due))
    return f"{moment} TERLAMBAT" if past else moment
