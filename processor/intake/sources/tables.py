"""Reads a dropped file as rows: which kind of file it is, its encoding, its delimiter, its sheet. Knows no form."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from processor.foundation.errors import BrokenFiles, Problem
from processor.intake.sources.timestamps import Cell

TEXTS = {".csv", ".tsv", ".txt"}
KINDS = TEXTS | {".xlsx"}
DELIMITERS = (",", ";", "\t")

_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")
_LONGEST_CELL = 16 * 1024 * 1024
_UNPACK = "Google memberi CSV di dalam berkas ZIP: ekstrak dahulu, lalu taruh CSV di dalamnya di folder masuk."
_SEPARATE = "Unduh lagi tanggapan formulir sebagai CSV atau XLSX, lalu taruh di folder masuk."


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row with something in it; ``line`` is its number in a spreadsheet, however many lines its cells have."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, header included.

    ``sheet`` is the name of its sheet, "" in a text; ``guessed`` when its encoding is not certain; ``stopped`` is the
    line behind which it cannot be read.
    """

    rows: tuple[TableRow, ...]
    guessed: bool = False
    stopped: int | None = None
    sheet: str = ""


def read(path: Path) -> Iterator[Table]:
    """Give every way in which ``path`` can be a table: one for each delimiter, or for each visible sheet.

    Raises:
        BrokenFiles: it is no table in any way; says why and what to do.
    """
    if path.suffix.lower() not in KINDS:
        mend = _UNPACK if path.suffix.lower() == ".zip" else _SEPARATE
        raise unreadable_file(path, f"Jenis berkas “{path.suffix}” tidak dapat dibaca.", mend)
    try:
        content = path.read_bytes()
    except OSError:
        raise unreadable_file(
            path, "Berkas tidak dapat dibuka.", "Tutup berkas di program lain dan periksa hak bacanya."
        ) from None
    if not content.strip(b"\0\r\n\t "):
        raise unreadable_file(path, "Berkas kosong.", _SEPARATE)
    if content.startswith(_OLE):
        raise unreadable_file(
            path,
            "Berkas terkunci kata sandi, atau bentuk Excel lama (.xls).",
            "Buka di Excel, simpan ulang sebagai .xlsx tanpa kata sandi.",
        )
    yield from _read_sheets(path, content) if content.startswith(_ZIP) else _read_texts(path, content)


def unreadable_file(path: Path, message: str, mend: str, line: int | None = None) -> BrokenFiles:
    """Make the error for a file that cannot be read as a whole."""
    return BrokenFiles((Problem(path.name, line, message, mend),))


def text_of(cell: Cell) -> str:
    """Write a cell as the words a person saw: no ``.0`` behind a whole number, a date in ISO form."""
    if isinstance(cell, bool):
        return "Ya" if cell else "Tidak"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return str(cell).strip()


def _read_sheets(path: Path, content: bytes) -> Iterator[Table]:
    """Read every sheet of a workbook."""
    mend = "Buka di Excel, simpan ulang sebagai .xlsx, lalu taruh lagi di folder masuk."
    if path.suffix.lower() != ".xlsx":
        raise unreadable_file(
            path, f"Isinya bukan teks, padahal namanya berakhir {path.suffix}.", "Ganti akhir namanya menjadi .xlsx."
        )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        tables = [Table(_rows(book.get_sheet_by_name(name)), sheet=name) for name in names]
    except Exception:  # noqa: BLE001  calamine's own errors and others for a damaged archive mean the same here
        raise unreadable_file(path, "Berkas XLSX rusak, terpotong, atau terkunci kata sandi.", mend) from None
    if not any(table.rows for table in tables):
        raise unreadable_file(path, "Lembar kerjanya kosong.", _SEPARATE)
    yield from tables


def _rows(sheet: CalamineSheet) -> tuple[TableRow, ...]:
    return _numbered(enumerate(sheet.to_python(skip_empty_area=False), 1))


def _numbered(lines: Iterable[tuple[int, Sequence[object]]]) -> tuple[TableRow, ...]:
    rows = (TableRow(line, tuple(_cell(cell) for cell in cells)) for line, cells in lines)
    return tuple(row for row in rows if any(text_of(cell) for cell in row.cells))


def _cell(value: object) -> Cell:
    if isinstance(value, (time, timedelta)):
        return str(value)
    return value if isinstance(value, (str, int, float, bool, date)) else ""


def _read_texts(path: Path, content: bytes) -> Iterator[Table]:
    """Read a text file in every way, one for each delimiter."""
    if path.suffix.lower() == ".xlsx":
        raise unreadable_file(path, "Namanya berakhir .xlsx, tetapi isinya bukan lembar kerja Excel.", _SEPARATE)
    text, guessed = _decode(path, content)
    if "\0" in text[:4096]:
        raise unreadable_file(path, "Isinya bukan teks.", _SEPARATE)
    if text.lstrip().startswith("<"):
        raise unreadable_file(path, "Isinya halaman web, bukan tabel (mungkin halaman masuk akun).", _SEPARATE)
    text, skipped, delimiters = _without_delimiter_line(text)
    for delimiter in delimiters:
        yield _cut_table(text, delimiter, skipped, guessed=guessed)


def _decode(path: Path, content: bytes) -> tuple[str, bool]:
    """Decode UTF-16 with its mark, else strictly UTF-8, else Windows-1252 as old Excel saves it (guessed)."""
    encodings = [("utf-16", False)] if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else []
    for encoding, guessed in [*encodings, ("utf-8-sig", False), ("cp1252", True)]:
        try:
            return content.decode(encoding), guessed
        except UnicodeDecodeError:
            continue
    raise unreadable_file(path, "Pengodean hurufnya tidak dikenal.", "Simpan ulang sebagai “CSV UTF-8”.")


def _without_delimiter_line(text: str) -> tuple[str, int, tuple[str, ...]]:
    """Take off Excel's own first line ``sep=;``, which names the delimiter."""
    first, _, rest = text.partition("\n")
    name = first.strip('\r" ')
    return (rest, 1, (name[4:],)) if name.lower().startswith("sep=") and len(name) == 5 else (text, 0, DELIMITERS)


def _cut_table(text: str, delimiter: str, skipped: int, *, guessed: bool) -> Table:
    """Cut ``text`` by ``delimiter``, as far as its quotes close: a wrong delimiter fails in its first row."""
    before = csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    stopped = None
    try:
        start = 1 + skipped
        for record in reader:
            records.append(record)
            start = reader.line_num + 1 + skipped
    except csv.Error:
        stopped = start
    finally:
        csv.field_size_limit(before)
    return Table(_numbered(enumerate(records, 1)), guessed, stopped)
