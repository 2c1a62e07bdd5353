"""Figures as an XLSX workbook: a row for each number, numbers as numbers, ready to be filtered."""

from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from processor.evaluation import figure_text
from processor.evaluation.figures import ASPECTS, Figures

_COLUMNS = (
    ("Aspek", 28), ("Angka", 36), ("Baris", 40), ("Nilai", 14), ("Satuan", 22), ("Persen", 9), ("Dari", 9),
    ("Yang dihitung", 16), ("Keterangan", 100),
)  # fmt: skip


def workbook(found: Figures) -> bytes:
    """Write figures as an XLSX file; the same figures give the same bytes. Text is never taken for a formula."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": figure_text.heading(found), "created": datetime.combine(found.made, time())})
        sheet = book.add_worksheet("Angka")
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, (title, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, bold)
        rows = [*_rows(found)]
        for line, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(line, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(_COLUMNS) - 1)
        sheet.write_string(len(rows) + 2, 0, figure_text.heading(found))
        sheet.write_string(len(rows) + 3, 0, figure_text.unread_sentence(found))
    return content.getvalue()


def _rows(found: Figures) -> Any:
    """Give a row of cells for every number."""
    for one in found:
        said = " ".join(filter(None, (one.definition, one.remark)))
        for row in one.rows:
            share, of = one.share(row), one.of if row.of is None else row.of
            yield (
                ASPECTS[one.aspect], one.title, row.label, row.value, row.unit,
                None if share is None else float(share), of, one.counted, said,
            )  # fmt: skip
