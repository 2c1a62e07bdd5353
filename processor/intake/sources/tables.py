"""What a table is, and how a text file is read as one: its encoding, its delimiter. Knows no form."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from processor.foundation.errors import BrokenFiles, Problem
from processor.intake.sources.timestamps import Cell

KINDS = (".csv", ".tsv", ".txt")
DELIMITERS = (",", ";", "\t", "|")
SEPARATE = "Unduh lagi tanggapan formulir sebagai CSV atau XLSX, lalu taruh di folder masuk."

_PAGE = re.compile(r"\s*<(?:!doctype|\?xml|html|head|body|table|script|meta)\b", re.IGNORECASE)
_RARE = re.compile(r"""[^\w\s"'():./\-<>?,;\[\]]""")
"""A mark that may cut the columns of a file in which none of the usual ones does, if it stands in its first line."""
_LONGEST_CELL = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row with something in it; ``line`` is its number in a spreadsheet, however many lines its cells have."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, header included.

    ``sheet`` is the name of its sheet, "" in a text, and ``hidden`` when people do not see that; ``guessed`` when its
    encoding is not certain; ``stopped`` is the line behind which it cannot be read. A day number in it counts from
    ``days_before`` days after 1899-12-30.
    """

    rows: tuple[TableRow, ...]
    guessed: bool = False
    stopped: int | None = None
    sheet: str = ""
    hidden: bool = False
    days_before: int = 0


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


def numbered(lines: Iterable[tuple[int, Sequence[object]]]) -> tuple[TableRow, ...]:
    """Make rows of numbered lines of cells; empty ones are left out."""
    rows = (TableRow(line, tuple(_cell(cell) for cell in cells)) for line, cells in lines)
    return tuple(row for row in rows if any(text_of(cell) for cell in row.cells))


def _cell(value: object) -> Cell:
    if isinstance(value, (time, timedelta)):
        return str(value)
    return value if isinstance(value, (str, int, float, bool, date)) else ""


def read(path: Path, content: bytes) -> Iterator[Table]:
    """Read a text file in every way, one for each delimiter.

    Raises:
        BrokenFiles: it is no text.
    """
    text, guessed = _decode(path, content)
    if "\0" in text[:4096]:
        raise unreadable_file(path, "Isinya bukan teks.", SEPARATE)
    if _PAGE.match(text):
        raise unreadable_file(path, "Isinya halaman web, bukan tabel (mungkin halaman masuk akun).", SEPARATE)
    text, skipped, delimiters = _without_delimiter_line(text)
    for delimiter in dict.fromkeys((*delimiters, *_RARE.findall(text.lstrip().partition("\n")[0]))):
        yield _cut_table(text, delimiter, skipped, guessed=guessed)


def _decode(path: Path, content: bytes) -> tuple[str, bool]:
    """Decode UTF-16, else strictly UTF-8, else Windows-1252 as old Excel saves it (guessed)."""
    for encoding, guessed in [*_utf_16(content), ("utf-8-sig", False), ("cp1252", True)]:
        try:
            return content.decode(encoding), guessed
        except UnicodeDecodeError:
            continue
    raise unreadable_file(path, "Pengodean hurufnya tidak dikenal.", "Simpan ulang sebagai “CSV UTF-8”.")


def _utf_16(content: bytes) -> list[tuple[str, bool]]:
    """Give the encoding of a text in UTF-16: with its mark, or with a zero at the same side of most of its pairs."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [("utf-16", False)]
    begin = content[:4096]
    sides = {"utf-16-be": begin[::2].count(0), "utf-16-le": begin[1::2].count(0)}
    most, least = max(sides, key=sides.__getitem__), min(sides.values())
    return [(most, False)] if sides[most] * 4 > len(begin) and not least else []


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
    return Table(numbered(enumerate(records, 1)), guessed, stopped)
