"""Reads an export of the form: which sheet, header and columns its responses stand in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from processor.cases.records import Response
from processor.foundation.errors import BrokenFiles
from processor.foundation.form_definition import Form
from processor.foundation.question_titles import comparable_title
from processor.intake.sources import column_check, columns, date_order, dropped_file, export_rows, tables
from processor.intake.sources.cell_check import column_name
from processor.intake.sources.columns import Columns, cells_of
from processor.intake.sources.date_order import DateOrder
from processor.intake.sources.export_rows import Sheet, SkippedRow
from processor.intake.sources.tables import Table, TableRow, text_of

_HEADER_WITHIN = 10
_FEWEST_COLUMNS = 2

_Choice = tuple[Table, Columns, tuple[TableRow, ...]]
"""A table, its columns and the rows below its header."""


@dataclass(frozen=True, slots=True)
class Export:
    """What a file gave.

    ``skipped`` are the rows that are no response; ``notes`` are what whoever dropped the file
    should know of it as a whole. Neither repeats an answer.
    """

    responses: tuple[Response, ...]
    skipped: tuple[SkippedRow, ...] = ()
    notes: tuple[str, ...] = ()


def read(path: Path, form: Form, zone: ZoneInfo, now: datetime | None = None) -> Export:
    """Read every row of ``path`` in which something stands.

    Args:
        path: the file.
        form: the form that it holds responses of.
        zone: of times that name none.
        now: aware; nothing can have been sent later, nor after the file was written. None where that is not looked at.

    Returns:
        The responses in the file's order, and what was left out. A mistake in a row is a Problem of its Response.

    Raises:
        BrokenFiles: the file as a whole is no table of this form.
    """
    choices = [_below_header(table, form) for table in dropped_file.read(path)]
    table, found, rows = _chosen(path, choices, form)
    if problems := column_check.held_back(found, rows, form, path.name, table.sheet):
        raise BrokenFiles(problems)
    sheet = Sheet(path.name, found, zone, table, _date_order(path, found, rows, zone, now), now)
    read = [export_rows.read(sheet, row) for row in rows]
    notes = (
        *_sheet_notes(table, [other for other, _, _ in choices if other.rows]),
        *_column_notes(table.sheet, found, rows, form),
    )
    return Export(
        tuple(one for one in read if isinstance(one, Response)),
        tuple(one for one in read if isinstance(one, SkippedRow)),
        notes,
    )


def _chosen(path: Path, choices: Sequence[_Choice], form: Form) -> _Choice:
    """Choose the table that holds the responses: the one with most questions, and of two that people see.

    Raises BrokenFiles when there is none, when there are two, or when it cannot be read to its end.
    """
    table, found, rows = max(choices, key=lambda choice: (choice[1].known, not choice[0].hidden))
    if found.known < _FEWEST_COLUMNS:
        titles = ", ".join(question.judul for question in form.pertanyaan[:4])
        raise tables.unreadable_file(
            path,
            "Tidak ada kolom yang dikenal dari formulir permohonan.",
            f"Baris judul harus memuat judul pertanyaan ({titles}, …), dan kolom dipisah koma, titik koma, tab, atau "
            "garis tegak; judul lain ditambahkan sebagai alias di forms/permohonan.yaml.",
        )
    sheets = [one.sheet for one, other, _ in choices if other.tells_a_request and one.sheet and not one.hidden]
    if len(sheets) > 1:
        message = f"Ada lebih dari satu lembar tanggapan: {', '.join(sheets)}."
        mend = "Simpan tiap lembar sebagai berkas sendiri, atau sembunyikan salinannya."
        raise tables.unreadable_file(path, message, mend)
    if table.stopped is not None:
        message = "Tanda petik pada isian di baris ini tidak berpasangan; sisa berkas tidak terbaca."
        mend = "Unduh lagi tanggapan dari formulir; jangan disunting."
        raise tables.unreadable_file(path, message, mend, table.stopped)
    return table, found, rows


def _date_order(
    path: Path, found: Columns, rows: Sequence[TableRow], zone: ZoneInfo, now: datetime | None
) -> DateOrder:
    """Decide how the column of the time is read."""
    if found.sent is None:
        return DateOrder()
    written = datetime.fromtimestamp(path.stat().st_mtime, zone)
    limits = [written, now.astimezone(zone)] if now else []
    return date_order.decide(columns.cells_of(rows, found.sent), comparable_title(found.titles[found.sent]), limits)


def _sheet_notes(table: Table, all_tables: Sequence[Table]) -> Iterator[str]:
    """Say which sheet was read where that is not plain, and which were not."""
    if table.hidden:
        yield f"Lembar “{table.sheet}” tersembunyi, tetapi dibaca karena lembar itulah yang memuat tanggapan."
    for other in all_tables:
        if other.sheet != table.sheet and not other.hidden:
            yield f"Lembar “{other.sheet}” tidak dibaca: bukan lembar tanggapan."


def _column_notes(sheet: str, found: Columns, rows: Sequence[TableRow], form: Form) -> Iterator[str]:
    """Say which columns count as a question's in spite of their brackets, which are unknown, and what is missing."""
    for key, places in found.answers.items():
        for index in places:
            if form.titled(found.titles[index]) is None and "(" in found.titles[index]:
                named = column_name(sheet, index, found.titles[index])
                yield f"Dibaca sebagai “{found.questions[key].judul}”: {named}. Keliru? Ubah judul kolomnya."
    unknown = [i for i in found.unknown if cells_of(rows, i) and not form.is_other_column(found.titles[i])]
    if unknown:
        names = ", ".join(column_name(sheet, index, found.titles[index]) for index in unknown)
        yield f"Tidak dikenal: {names}. Isinya disimpan tersegel, tidak sebagai jawaban."
    if missing := [f"“{question.judul}”" for question in found.not_asked if not question.made_by_site]:
        yield f"Tidak ada kolomnya, jadi dicatat sebagai tidak ditanyakan: {', '.join(missing)}."


def _below_header(table: Table, form: Form) -> _Choice:
    """Find the table, its columns and the rows below its header: the first row, or one below a heading of its own."""
    found = [
        (table, columns.find(header, table.rows[i + 1 :], form), table.rows[i + 1 :])
        for i, header in enumerate(table.rows[:_HEADER_WITHIN])
        if sum(form.question(text_of(cell)) is not None for cell in header.cells) >= _FEWEST_COLUMNS
    ]
    return found[0] if found else (table, Columns((), None, {}), ())
