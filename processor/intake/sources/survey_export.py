"""Reads exports of the satisfaction survey, told apart from those of the request form by the titles of its elements.

Of a row only its day, nine marks and what was suggested are read: who filled it in, and at which hour, is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from processor.foundation.question_titles import comparable_title
from processor.foundation.survey_form import KEYS, ElementKey, SurveyForm, mark_of
from processor.foundation.yaml_writer import visible_text
from processor.intake.sources import columns, date_order, dropped_file, tables, timestamps
from processor.intake.sources.columns import SENT
from processor.intake.sources.export_rows import SkippedRow
from processor.intake.sources.tables import Table, TableRow, text_of
from processor.intake.sources.timestamps import Cell

_HEADER_WITHIN = 10
_NUMBERS = {"no", "nomor", "no urut", "nomor urut"}
_OLD_ITEMS, _OLD_MARKS = 6, ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """What one row says: its day, nine marks, and what was suggested."""

    day: date
    marks: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class SurveyExport:
    """What a file gave, and the rows that are no answer to the survey."""

    rows: tuple[SurveyRow, ...]
    skipped: tuple[SkippedRow, ...]


@dataclass(frozen=True, slots=True)
class _Header:
    """The columns of a table with what stands below them."""

    table: Table
    elements: Mapping[ElementKey, int]
    words: int | None
    sent: int | None
    rows: tuple[TableRow, ...]


def read(path: Path, form: SurveyForm, zone: ZoneInfo, now: datetime) -> SurveyExport | None:
    """Read an export of the survey; None where the file has not all nine elements, so that it is something else.

    Args:
        path: The file.
        form: The survey.
        zone: Of times that name none.
        now: Aware; nothing can have been sent later.

    Raises:
        BrokenFiles: The file is no table.
    """
    found = next((one for table in dropped_file.read(path) for one in _headers(table, form)), None)
    if found is None:
        return None
    read_rows = list(_rows(found, form, zone, now))
    return SurveyExport(
        tuple(one for one in read_rows if isinstance(one, SurveyRow)),
        tuple(one for one in read_rows if isinstance(one, SkippedRow)),
    )


def _headers(table: Table, form: SurveyForm) -> Iterator[_Header]:
    """Give the row that holds the titles of all nine elements, where there is one."""
    for number, row in enumerate(table.rows[:_HEADER_WITHIN]):
        titles = [text_of(cell) for cell in row.cells]
        elements = {one.kunci: place for place, title in reversed([*enumerate(titles)]) if (one := form.element(title))}
        if {*elements} == {*KEYS}:
            words = next((place for place, title in enumerate(titles) if form.asks_for_words(title)), None)
            sent = next((place for place, title in enumerate(titles) if comparable_title(title) in SENT), None)
            yield _Header(table, elements, words, sent, table.rows[number + 1 :])
            return


def _rows(found: _Header, form: SurveyForm, zone: ZoneInfo, now: datetime) -> Iterator[SurveyRow | SkippedRow]:
    """Read every row; one without a day or a mark is no answer."""
    days = _days(found, zone, now)
    by_key = {one.kunci: one for one in form.unsur}
    for row, day in zip(found.rows, days, strict=True):
        marks = [mark_of(by_key[key], text_of(_cell(row, found.elements[key]))) for key in KEYS]
        if day is None:
            yield SkippedRow(row.line, "waktunya tidak terbaca, di masa depan, atau tidak ada")
        elif None in marks:
            missing = ", ".join(key for key, mark in zip(KEYS, marks, strict=True) if mark is None)
            yield SkippedRow(row.line, f"bukan jawaban survei yang lengkap: {missing}")
        else:
            words = "" if found.words is None else visible_text(text_of(_cell(row, found.words))[: form.saran.maks])
            yield SurveyRow(day, tuple(mark for mark in marks if mark), words)


def _days(found: _Header, zone: ZoneInfo, now: datetime) -> list[date | None]:
    """Read the day of every row in the office's zone; None where none can be read."""
    if found.sent is None:
        return [None] * len(found.rows)
    order = date_order.decide(columns.cells_of(found.rows, found.sent), "", [now.astimezone(zone)])
    return [_day(_cell(row, found.sent), order, found.table.days_before, zone, now) for row in found.rows]


def _day(cell: Cell, order: date_order.DateOrder, days_before: int, zone: ZoneInfo, now: datetime) -> date | None:
    first, certain = order.of(cell)
    sent = timestamps.parse(cell, zone, first, certain=certain, swapped=order.swapped, days_before=days_before).time
    return sent.astimezone(zone).date() if sent and not timestamps.doubt(sent, now)[0] else None


def _cell(row: TableRow, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else ""


def read_old(path: Path) -> tuple[tuple[int, ...], ...]:
    """Read the survey that the bureau once held: six columns in which every answer is a number from 1 to 5.

    Names and all other columns are left out.

    Raises:
        BrokenFiles: The file is no table, or has not exactly six such columns.
    """
    found = max((_old_answers(table) for table in dropped_file.read(path)), key=len, default=())
    if not found:
        message = f"Tidak ada tepat {_OLD_ITEMS} kolom yang seluruhnya bernilai 1 sampai 5."
        mend = "Sisakan enam kolom nilai itu, dengan judul di baris pertama, lalu ulangi."
        raise tables.unreadable_file(path, message, mend)
    return found


def _old_answers(table: Table) -> tuple[tuple[int, ...], ...]:
    """Give the answers below a header; nothing where there are not exactly six columns of them."""
    rows: Sequence[TableRow] = table.rows[1:]
    width = max((len(row.cells) for row in rows), default=0)
    places = [
        place
        for place in range(width)
        if all(text_of(_cell(row, place)) in _OLD_MARKS for row in rows) and not _counts(table, place)
    ]
    if len(places) != _OLD_ITEMS:
        return ()
    return tuple(tuple(int(text_of(_cell(row, place))) for place in places) for row in rows)


def _counts(table: Table, place: int) -> bool:
    """Tell whether a column only numbers its rows: it says so, or holds 1, 2, 3 and so on."""
    header, *rows = table.rows
    numbers = [text_of(_cell(row, place)) for row in rows]
    titled = comparable_title(text_of(_cell(header, place))) in _NUMBERS
    return titled or (len(rows) > 1 and numbers == [str(number + 1) for number in range(len(rows))])
