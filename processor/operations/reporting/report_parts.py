"""Turns figures and records into the tables and charts of a report. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from processor.cases.office_records import Activity
from processor.evaluation.figure import Figure, FigureRow, Value
from processor.evaluation.figure_text import number, percent, row_base
from processor.evaluation.figures import ASPECTS, Figures
from processor.evaluation.periods import Period
from processor.evaluation.report_words import Compared
from processor.letters.word.report_blocks import Block, Chart, Column, Heading, ReportTable, Series, Text
from processor.operations import record_lists
from processor.operations.record_lists import RecordList

_INSIDE = "Untuk kantor sendiri; jangan dibagikan."


def short_title(period: Period) -> str:
    """Name a period at the head of a column: Triwulan III 2026, or 2026."""
    return period.title.replace("Tahun ", "")


def figure_table(found: Compared, key: str) -> ReportTable:
    """Make the table of a figure, beside that of the period before where there is one; rows of zeros are left out."""
    one, before = found.current[key], found.earlier(key)
    every = _rows(one, before)
    shown = [(row, earlier) for row, earlier in every if row.value or earlier or not one.sums]
    parts = any(one.share(row) is not None for row, _ in shown)
    value = short_title(found.current.period) if before else "Nilai"
    columns = [Column("Rincian", 6), Column(value, 2, numbers=True)]
    columns += [Column("Bagian", 2, numbers=True)] * parts
    if before:
        columns += [Column(short_title(found.current.period.previous), 2, numbers=True)]
        columns += [Column("Perubahan", 2, numbers=True)]
    rows = tuple(tuple(_cells(one, row, earlier, parts=parts, compared=bool(before))) for row, earlier in shown)
    return ReportTable(one.title, tuple(columns), rows, _note(one, hidden=len(shown) < len(every)))


def _rows(one: Figure, before: Figure | None) -> list[tuple[FigureRow, Value]]:
    """Give the rows of a figure, each with what stood there before.

    What stands in one period only is zero in the other, so that both add up; where nothing adds up, it has no value.
    """
    known = {row.key: row.value for row in before.rows} if before else {}
    nothing = 0 if one.sums else None
    here = [(row, known.get(row.key, nothing)) for row in one.rows]
    keys = {row.key for row in one.rows}
    gone = [row for row in before.rows if row.key not in keys] if before and one.sums else []
    return [*here, *((replace(row, value=0), row.value) for row in gone)]


def _cells(one: Figure, row: FigureRow, earlier: Value, *, parts: bool, compared: bool) -> Iterator[str]:
    """Give the cells of a row: name, number, share, number before, change."""
    unit = "" if row.unit == one.counted else row.unit
    about = ", ".join(filter(None, (unit, row_base(row))))
    yield f"{row.label} ({about})" if about else row.label
    yield number(row.value)
    if parts:
        yield percent(one.share(row))
    if compared:
        yield number(earlier)
        yield _change(row.value, earlier)


def _change(now: Value, before: Value) -> str:
    """Write how a number moved, with its sign; "" where one of them is missing."""
    if now is None or before is None:
        return ""
    moved = Decimal(now) - Decimal(before)
    sign = "+" if moved > 0 else "−" if moved < 0 else ""
    return f"{sign}{number(abs(moved) if moved % 1 else int(abs(moved)))}"


def _note(one: Figure, *, hidden: bool) -> str:
    """Say from how many a table comes, and what it means."""
    zeros = "Baris lain: 0." if hidden else ""
    inside = _INSIDE if one.inside else ""
    base = f"Dari {number(one.of)} {one.counted}."
    return " ".join(filter(None, (base, one.definition, one.remark, zeros, inside)))


def figure_chart(found: Compared, key: str) -> Iterator[Chart]:
    """Make the chart of a figure's rows of one kind, beside the period before; none where there are not two of them."""
    one, before = found.current[key], found.earlier(key)
    every = _rows(one, before)
    unit = every[-1][0].unit
    rows = [(row, earlier) for row, earlier in every if row.unit == unit and (row.value or earlier)]
    if len(rows) < 2 or not any(row.value for row, _ in rows):
        return
    newest = Series(short_title(found.current.period), tuple(_plain(row.value) for row, _ in rows))
    earlier = Series(short_title(found.current.period.previous), tuple(_plain(value) for _, value in rows))
    both = (earlier, newest) if before and all(value is not None for _, value in rows) else (newest,)
    yield Chart(one.title, unit, tuple(row.label for row, _ in rows), both)


def _plain(value: Value) -> int | float:
    return float(value) if isinstance(value, Decimal) else value or 0


def counted(found: Compared, keys: Iterable[str]) -> list[str]:
    """Leave of the figures those that there are and that count anything, now or in the period before."""
    there = [key for key in keys if key in found.current]
    return [key for key in there if _counts(found.current[key]) or _counts(found.earlier(key))]


def _counts(figure: Figure | None) -> bool:
    """Tell whether a figure counts anything; one that comes from nothing may have a value all the same."""
    return figure is not None and bool(figure.of or any(row.value for row in figure.rows))


def annex(found: Compared, left_out: Sequence[str]) -> Iterator[Block]:
    """Give every figure that is not ``left_out`` as a table, by aspect; name those that count nothing."""
    yield Heading("Lampiran: angka selengkapnya", level=0)
    for aspect, title in ASPECTS.items():
        keys = [one.key for one in found.current.of_aspect(aspect) if one.key not in left_out]
        yield from (Heading(title, level=2),) * bool(keys)
        yield from _tables(found, keys)


def all_figures(found: Figures) -> Iterator[Block]:
    """Give every figure as a table, by aspect, as ``payung laporan angka`` prints them."""
    for aspect, title in ASPECTS.items():
        yield Heading(title)
        yield from _tables(Compared(found), [one.key for one in found.of_aspect(aspect)])


def _tables(found: Compared, keys: Sequence[str]) -> Iterator[Block]:
    """Give figures as tables, and in a sentence those that count nothing."""
    some = counted(found, keys)
    yield from (figure_table(found, key) for key in some)
    if none := [found.current[key].title for key in keys if key not in some]:
        yield Text(f"Tidak ada yang dihitung: {'; '.join(none)}.")


def activity_table(held: Sequence[Activity], today: date, empty: str) -> Block:
    """Make the table of events that were held; the sentence ``empty`` where there are none."""
    return record_table(record_lists.activities(held, today), (4, 4, 3, 4, 3, 2), empty)


def record_table(found: RecordList, widths: Sequence[int], empty: str) -> Block:
    """Make a table of what the office wrote about itself; the sentence ``empty`` where there is nothing."""
    if not found.rows:
        return Text(empty)
    columns = tuple(Column(title, width) for title, width in zip(found.columns, widths, strict=True))
    return ReportTable(found.title, columns, found.rows)
