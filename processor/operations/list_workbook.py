"""A list as an XLSX workbook: one sheet, numbers as numbers, everything else as text. Pure, and without identity."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter

Cell = str | int
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)
_WIDTH = 24  # letters
_LONGEST = 32_767  # letters that a cell can hold


def workbook(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a list as an XLSX file; the same list gives the same bytes, on any day.

    Args:
        title: What the list is; the name of its sheet, at most 31 letters.
        columns: The titles of its columns.
        rows: Its cells. A text that begins like a formula or a link stays text.
    """
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title, "created": _CREATED.replace(tzinfo=None)})
        sheet, line = book.add_worksheet(title), 0
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        sheet.write_row(0, 0, columns, book.add_format({"bold": True, "bottom": 1}))
        for line, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell[:_LONGEST])
                else:
                    sheet.write_number(line, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(line, 1), len(columns) - 1)
    return content.getvalue()
