"""Reads a workbook (.xlsx, .xlsm, .ods) as tables, one a sheet; an error in a cell is the text of that cell."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from processor.intake.sources.tables import SEPARATE, Table, numbered, unreadable_file

KINDS = (".xlsx", ".xlsm", ".ods")

_DAYS_TO_1904 = 1462
"""Days from 1899-12-30, where a day number begins in most workbooks, to 1904-01-01, where those of old Macs begin."""

_PARTS = re.compile(r"xl/workbook\.xml|xl/worksheets/[^/]*\.xml|content\.xml")
_FROM_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true|on)["']""")
_ERROR_CELL = re.compile(rb"""(<(?:\w+:)?c\b[^>]*\bt\s*=\s*)["']e["']""")
_ODS_ERROR_CELL = re.compile(rb"""<table:table-cell\b[^>]*\bcalcext:value-type="error"[^>]*>""")
_ODS_VALUE = re.compile(rb"""\boffice:(?:string-value|value|value-type)="[^"]*"\s*""")


def read(path: Path, content: bytes) -> Iterator[Table]:
    """Read every sheet of a workbook, hidden ones as well.

    Raises:
        BrokenFiles: it is damaged or locked, or empty.
    """
    mend = (
        "Buka di Excel atau LibreOffice, simpan ulang sebagai .xlsx tanpa kata sandi, lalu taruh lagi di folder masuk."
    )
    try:
        readable, days = _with_errors_as_text(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(readable))
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        tables = [
            Table(
                numbered(enumerate(book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False), 1)),
                sheet=sheet.name,
                hidden=sheet.visible != SheetVisibleEnum.Visible,
                days_before=days,
            )
            for sheet in sheets
        ]
    except Exception:  # noqa: BLE001  calamine's own errors and others for a damaged archive mean the same here
        kind = path.suffix[1:].upper()
        raise unreadable_file(path, f"Berkas {kind} rusak, terpotong, atau terkunci kata sandi.", mend) from None
    if not any(table.rows for table in tables):
        raise unreadable_file(path, "Lembar kerjanya kosong.", SEPARATE)
    yield from tables


def _with_errors_as_text(content: bytes) -> tuple[bytes, int]:
    """Give the workbook with its errors as texts, and how many days its day numbers begin later than usual.

    The reader drops an error, as if nothing stood there, and refuses a whole workbook for an error that only Google
    knows (``#ERROR!``).
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if _PARTS.match(name)}
        changed = {name: text for name, old in parts.items() if (text := _without_errors(name, old)) != old}
        days = _DAYS_TO_1904 if _FROM_1904.search(parts.get("xl/workbook.xml", b"")) else 0
        if not changed:
            return content, days
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as copy:
            for name in archive.namelist():
                copy.writestr(name, changed[name] if name in changed else archive.read(name))
    return out.getvalue(), days


def _without_errors(name: str, text: bytes) -> bytes:
    """Give one part of a workbook with its error cells as cells of text."""
    if name.startswith("xl/worksheets/"):
        return _ERROR_CELL.sub(rb'\1"str"', text)
    return _ODS_ERROR_CELL.sub(_ods_text_cell, text) if name == "content.xml" else text


def _ods_text_cell(cell: re.Match[bytes]) -> bytes:
    """Give the tag of an error cell as that of a cell of text, which then is the text shown in it."""
    plain = _ODS_VALUE.sub(b"", cell[0].replace(b'calcext:value-type="error"', b""))
    return plain.replace(b"<table:table-cell", b'<table:table-cell office:value-type="string"', 1)
