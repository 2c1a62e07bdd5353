"""A recap as an XLSX workbook: every period's sums, the agencies of one period, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter

from processor.evaluation import recap_text
from processor.evaluation.figure import label_of
from processor.evaluation.periods import Period
from processor.evaluation.rollup import Recap

_Cell = str | int | float | None
_SUMS = ("Periode", "Tabel", "Kategori", "Jumlah", "Lengkap", "Persen", "Dari", "Disembunyikan", "Tidak ada")


@dataclass(frozen=True, slots=True)
class RecapSheet:
    """A sheet of a workbook: its columns, its rows, and what is said below them."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[_Cell]]
    said: str = ""


def workbook(recap: Recap, period: Period) -> bytes:
    """Write a recap as an XLSX file; the same recap gives the same bytes."""
    title = recap_text.heading(recap, period)
    made = max((one.file.made for one in recap.members if one.file), default=period.last)
    sheets = (
        RecapSheet("Jumlah", _SUMS, _sums(recap), recap_text.INCOMPLETE),
        RecapSheet("Instansi", recap_text.AGENCIES, recap_text.agencies(recap, period), title),
        RecapSheet("Belum ada", recap_text.GAPS, recap_text.gaps(recap.gaps())),
    )
    return of_sheets(title, made, sheets)


def of_sheets(title: str, made: date, sheets: Iterable[RecapSheet]) -> bytes:
    """Write sheets as an XLSX file; the same ones give the same bytes. Text is never taken for a formula."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title, "created": datetime.combine(made, time())})
        for one in sheets:
            _write(book, one)
    return content.getvalue()


def _sums(recap: Recap) -> Iterable[Sequence[_Cell]]:
    for period in recap.periods:
        for table, found in recap.sums(period).items():
            for code in recap_text.in_order([*found]):
                one = found[code]
                yield (
                    str(period), label_of(table), recap_text.category(code), one.sum if one.shown else None,
                    "ya" if one.exact else "tidak", None if one.share is None else float(one.share),
                    one.shown, one.hidden, one.missing,
                )  # fmt: skip


def _write(book: xlsxwriter.Workbook, one: RecapSheet) -> None:
    """Write rows below the titles of their columns, and a sentence below them."""
    sheet, line = book.add_worksheet(one.name), 0
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.set_column(0, len(one.columns) - 1, 24)
    sheet.write_row(0, 0, one.columns, bold)
    for line, cells in enumerate(one.rows, 1):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(line, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(line, 1), len(one.columns) - 1)
    sheet.write_string(line + 2, 0, one.said)
