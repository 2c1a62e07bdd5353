"""A recap as an XLSX workbook: every period's sums, the agencies of one period, and what is missing."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from io import BytesIO

import xlsxwriter

from processor.evaluation import recap_text
from processor.evaluation.figure import label_of
from processor.evaluation.periods import Period
from processor.evaluation.rollup import Recap

_Cell = str | int | float | None
_SUMS = ("Periode", "Tabel", "Kategori", "Jumlah", "Lengkap", "Persen", "Dari", "Disembunyikan", "Tidak ada")


def workbook(recap: Recap, period: Period) -> bytes:
    """Write a recap as an XLSX file; the same recap gives the same bytes. Text is never taken for a formula."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    title = recap_text.heading(recap, period)
    made = max((one.file.made for one in recap.members if one.file), default=period.last)
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title, "created": datetime.combine(made, time())})
        _sheet(book, "Jumlah", _SUMS, _sums(recap), recap_text.INCOMPLETE)
        _sheet(book, "Instansi", recap_text.AGENCIES, recap_text.agencies(recap, period), title)
        _sheet(book, "Belum ada", recap_text.GAPS, recap_text.gaps(recap.gaps()))
    return content.getvalue()


def _sums(recap: Recap) -> Iterable[Sequence[_Cell]]:
    for period in recap.periods:
        for table, found in recap.sums(period).items():
            for code, one in found.items():
                yield (
                    str(period), label_of(table), recap_text.category(code), one.sum if one.shown else None,
                    "ya" if one.exact else "tidak", None if one.share is None else float(one.share),
                    one.shown, one.hidden, one.missing,
                )  # fmt: skip


def _sheet(
    book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: Iterable[Sequence[_Cell]], said: str = ""
) -> None:
    """Write rows below the titles of their columns, and a sentence below them."""
    sheet, line = book.add_worksheet(name), 0
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.set_column(0, len(columns) - 1, 24)
    sheet.write_row(0, 0, columns, bold)
    for line, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(line, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(line, 1), len(columns) - 1)
    sheet.write_string(line + 2, 0, said)
