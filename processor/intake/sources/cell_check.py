"""Finds the cells whose answer a spreadsheet has damaged: errors, dates and TRUE where words stood, rounded numbers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from processor.intake.sources import answers, misread_letters
from processor.intake.sources.columns import Columns
from processor.intake.sources.tables import text_of
from processor.intake.sources.timestamps import Cell

_ERROR = re.compile(
    r"#(?:ERROR!|REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!"
    r"|PYTHON!|EXTERNAL!|GETTING_DATA|LOADING!?|[A-ZÀ-Þ]{2,12}(?:/0)?[!?]|N/?[ADV]|T/A|REF|VALUE|NAME|#+)|Err:\d{3}|(?:Memuat|Loading)(?:…|\.\.\.)"
    r"|nan|NaN|NaT|<NA>|None|null|NULL|undefined"
)
"""How Excel, Google and LibreOffice, also in other languages, write a cell that holds no value, and other programs an
empty one; ``###`` is one that was too narrow to show it."""

_DATE = re.compile(
    r"(?:\d{1,2}([/-])\d{1,2}\1\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}[- ][A-Za-z]{3}(?:[- ]\d{2,4})?|[A-Za-z]{3}-\d{2,4})"
    r"(?:[ T][\d:.]+)?|\d{1,2}:\d{2}(?::\d{2})?"
)
_TRUTH = {"true", "false", "benar", "salah"}
_WORDS = {"teks", "paragraf", "nip", "email", "telepon"}
"""The kinds of questions that nobody answers with a date or a truth alone."""

_NUMBERS = {"nip", "telepon"}
_INEXACT = 1e15
"""From here (16 digits) a spreadsheet no longer keeps every digit of a number."""

Finding = tuple[str, str]
"""What is wrong with a cell, and the mend. Repeats no answer."""

_ASK = "Ambil isinya dari tanggapan aslinya di formulir, atau tanyakan kepada pemohon."


def error_name(text: str) -> str:
    """Give the name of the error that a cell shows; "" when it shows none."""
    return text if _ERROR.fullmatch(text) else ""


def damaged(found: Columns, cells: Sequence[Cell]) -> dict[int, Finding]:
    """Give the cells of a row that hold no answer any more, by their index."""
    places = {index: found.questions[key].jenis for key, indices in found.answers.items() for index in indices}
    findings = {i: _damage(cell, places[i]) for i, cell in enumerate(cells) if i in places}
    return {index: finding for index, finding in findings.items() if finding}


def _damage(cell: Cell, kind: str) -> Finding | None:
    """Say what a spreadsheet has made of an answer to a question of this ``kind``."""
    text = text_of(cell)
    if name := error_name(text):
        formula = "Isian yang diawali + atau = terbaca sebagai rumus di lembar kerja. " if name[0] in "#E" else ""
        return f"Sel galat ({name}); isiannya tidak terbaca.", formula + _ASK
    if kind not in _WORDS:
        return None
    if isinstance(cell, bool) or text.casefold() in _TRUTH:
        return "Lembar kerja mengubah isian ini menjadi TRUE atau FALSE; isi aslinya hilang.", _ASK
    if isinstance(cell, date) or (kind != "paragraf" and _DATE.fullmatch(text)):
        return "Lembar kerja mengubah isian ini menjadi tanggal atau jam; isi aslinya hilang.", _ASK
    return None


def rounded(found: Columns, cells: Sequence[Cell]) -> Iterator[tuple[int, Finding]]:
    """Give the cells of a row that hold a number which lost digits, or was made a fraction."""
    numbers = {i for key, places in found.answers.items() if found.questions[key].jenis in _NUMBERS for i in places}
    for index, cell in enumerate(cells):
        inexact = isinstance(cell, (int, float)) and abs(cell) >= _INEXACT
        if inexact or (index in numbers and answers.lost_digits(text_of(cell))):
            mend = "Ambil nomornya dari sumber lain; di lembar kerja, jadikan kolomnya teks sebelum diisi."
            yield index, ("Tersimpan sebagai angka, sehingga digit terakhirnya hilang.", mend)
        elif index in numbers and answers.is_fraction(text_of(cell)):
            mend = "Unduh lagi dari formulir; jangan diolah dahulu dengan program lain."
            yield index, ("Rusak: tersimpan sebagai pecahan (berakhir .0); dibaca tanpa pecahannya.", mend)


def misread(found: Columns, texts: Sequence[str]) -> Iterator[tuple[int, Finding]]:
    """Give the answers of a row whose letters a program has read in a wrong encoding."""
    for index in sorted({index for places in found.answers.values() for index in places if index < len(texts)}):
        if page := misread_letters.code_page(texts[index]):
            mend = "Cocokkan ejaannya dengan tanggapan aslinya, atau unduh lagi dari formulir tanpa disimpan ulang."
            yield index, (f"Hurufnya salah baca: UTF-8 yang pernah dibuka sebagai {page}.", mend)


def cell_name(sheet: str, line: int, index: int) -> str:
    """Name a cell as a spreadsheet does: ``sel H2``, with its sheet where it has one."""
    cell = f"sel {column_letters(index)}{line}"
    return f"lembar “{sheet}”, {cell}" if sheet else cell


def column_name(sheet: str, index: int, title: str) -> str:
    """Name a column as a spreadsheet does, with its title: ``kolom H (“Email”)``, with its sheet where it has one."""
    column = f"kolom {column_letters(index)} (“{title}”)"
    return f"{column} di lembar “{sheet}”" if sheet else column


def column_letters(index: int) -> str:
    """Name a column, counted from 0, as a spreadsheet does: A, B, ..., Z, AA."""
    letters, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def shown(cells: Sequence[Cell], wrong: Mapping[int, Finding]) -> list[str]:
    """Write the cells of a row as answers, those that are damaged as empty."""
    return ["" if index in wrong else text_of(cell) for index, cell in enumerate(cells)]
