"""Reads an export of the form: which of its rows are responses, and what each of them says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from processor.cases.records import Response
from processor.foundation.errors import Problem
from processor.foundation.form_definition import Form
from processor.intake.sources import answers, columns, row_check, tables, timestamps
from processor.intake.sources.columns import Columns
from processor.intake.sources.tables import Table, TableRow, text_of

_HEADER_WITHIN = 10
_FEWEST_COLUMNS = 2
_NOBODY = "anonymous"  # Microsoft Forms, for a form that asks for no account
_NUMBERS = {"nip", "telepon"}
_INEXACT = 1e15
"""From here (16 digits) a spreadsheet no longer keeps every digit of a number."""


@dataclass(frozen=True, slots=True)
class Export:
    """What a file gave.

    ``skipped`` are the rows that are no response, each with the reason; ``notes`` are what whoever dropped the file
    should know of it as a whole. Neither repeats an answer.
    """

    responses: tuple[Response, ...]
    skipped: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every row of a file shares."""

    name: str
    columns: Columns
    zone: ZoneInfo
    guessed: bool


def read(path: Path, form: Form, zone: ZoneInfo) -> Export:
    """Read every row of ``path`` in which something stands.

    Args:
        path: the file.
        form: the form that it holds responses of.
        zone: of times that name none.

    Returns:
        The responses in the file's order, and what was left out. A mistake in a row is a Problem of its Response.

    Raises:
        BrokenFiles: the file as a whole is no table of this form.
    """
    choices = [_below_header(table, form) for table in tables.read(path)]
    table, found, rows = max(choices, key=lambda choice: choice[1].known)
    if found.known < _FEWEST_COLUMNS:
        titles = ", ".join(question.judul for question in form.pertanyaan[:4])
        raise tables.unreadable_file(
            path,
            "Tidak ada kolom yang dikenal dari formulir permohonan.",
            f"Baris judul harus memuat judul pertanyaan ({titles}, …); judul lain ditambahkan sebagai alias di "
            "forms/permohonan.yaml.",
        )
    sheets = [table.sheet for table, other, _ in choices if other.known >= _FEWEST_COLUMNS and table.sheet]
    if len(sheets) > 1:
        message = f"Ada lebih dari satu lembar tanggapan: {', '.join(sheets)}."
        raise tables.unreadable_file(
            path, message, "Simpan tiap lembar sebagai berkas sendiri, atau sembunyikan salinannya."
        )
    if table.stopped is not None:
        message = "Tanda petik pada isian di baris ini tidak berpasangan; sisa berkas tidak terbaca."
        raise tables.unreadable_file(
            path, message, "Unduh lagi tanggapan dari formulir; jangan disunting.", table.stopped
        )
    sheet = _Sheet(path.name, found, zone, table.guessed)
    read = [_response(sheet, row) for row in rows]
    return Export(
        tuple(one for one in read if isinstance(one, Response)),
        tuple(one for one in read if not isinstance(one, Response)),
    )


def _below_header(table: Table, form: Form) -> tuple[Table, Columns, tuple[TableRow, ...]]:
    """Find the table, its columns and the rows below its header: the first row, or one below a heading of its own."""
    found = [
        (table, columns.find(header, table.rows[i + 1 :], form), table.rows[i + 1 :])
        for i, header in enumerate(table.rows[:_HEADER_WITHIN])
        if sum(form.question(text_of(cell)) is not None for cell in header.cells) >= _FEWEST_COLUMNS
    ]
    return found[0] if found else (table, Columns((), None, None, {}), ())


def _response(sheet: _Sheet, row: TableRow) -> Response | tuple[int, str]:
    """Read one row as a response; of one that is none, give its line and the reason."""
    texts = [text_of(cell) for cell in row.cells]
    answered, used, clashes = _answers(sheet.columns, texts)
    time, doubts = _time_of_row(sheet, row)
    timed = time is not None or _is_timed(sheet.columns, row)
    if why := row_check.no_response(sheet.columns, texts, answered, timed=timed):
        return row.line, why
    if time is not None and sheet.columns.sent is not None:
        used.add(sheet.columns.sent)
    return Response(
        source="ekspor",
        place=f"{sheet.name}, baris {row.line}",
        row=row.line,
        answers=answered,
        others={_title(sheet.columns, i): text for i, text in enumerate(texts) if text and i not in used},
        submitted=time,
        batch=sheet.name,
        problems=(*_doubtful_values(sheet, row, texts), *clashes, *doubts),
    )


def _title(found: Columns, index: int) -> str:
    return found.titles[index] if index < len(found.titles) else f"Kolom {index + 1}"


def _answers(found: Columns, texts: Sequence[str]) -> tuple[dict[str, str], set[int], list[Problem]]:
    """Read the answers of a row, the columns that they used up, and questions that two columns answer differently."""
    answered = dict.fromkeys(found.answers, "")
    used: set[int] = set()
    clashes = []
    for key, places in found.answers.items():
        filled = [i for i in places if i < len(texts) and texts[i]]
        if not filled:
            continue
        question, text = found.questions[key], texts[filled[0]]
        answered[key] = answers.normalised(question, text)
        used |= {i for i in filled if texts[i] == text}
        if not used.issuperset(filled):
            mend = "Jawaban dari kolom pertama dipakai, yang lain ada pada isian lain; tanyakan kepada pemohon."
            clashes.append(Problem(question.judul, None, "Ada dua kolom dengan jawaban berbeda.", mend))
    sender = found.sender_email
    account = texts[sender] if sender is not None and sender < len(texts) else ""
    if "@" in account:
        answered["email"] = answered.get("email") or account
    if sender is not None and (account.lower() == _NOBODY or account == answered.get("email")):
        used.add(sender)
    return answered, used, clashes


def _time_of_row(sheet: _Sheet, row: TableRow) -> tuple[datetime | None, list[Problem]]:
    """Read when the row was sent; None with a Problem that names the row when that cannot be told."""
    sent = sheet.columns.sent
    if sent is None or sent >= len(row.cells):
        return None, []
    stamp = timestamps.parse(row.cells[sent], sheet.zone, sheet.columns.order)
    message = f"Baris {row.line}: {stamp.message}"
    return stamp.time, [Problem(sheet.columns.titles[sent], None, message, stamp.mend)] if stamp.message else []


def _is_timed(found: Columns, row: TableRow) -> bool:
    """Tell whether the row's own column holds a time, one that can be read or not."""
    return found.sent is not None and found.sent < len(row.cells) and timestamps.looks_like_time(row.cells[found.sent])


def _doubtful_values(sheet: _Sheet, row: TableRow, texts: Sequence[str]) -> Iterator[Problem]:
    """Find what may be wrong with a row as a whole, and the numbers in it that lost digits."""
    found = sheet.columns
    if sheet.guessed and not all(text.isascii() for text in texts):
        mend = "Berkas bukan UTF-8, dibaca sebagai Windows-1252; cocokkan ejaannya, lain kali simpan sebagai CSV UTF-8."
        yield Problem(
            "Berkas ekspor", None, f"Baris {row.line}: huruf beraksen atau tanda khusus mungkin keliru.", mend
        )
    if any(texts[len(found.titles) :]):
        mend = "Kelebihannya ada pada isian lain; cocokkan dengan tanggapan aslinya."
        yield Problem("Berkas ekspor", None, f"Baris {row.line}: isiannya lebih banyak daripada judul kolom.", mend)
    numbers = {i for key, places in found.answers.items() if found.questions[key].jenis in _NUMBERS for i in places}
    for index, cell in enumerate(row.cells):
        rounded = isinstance(cell, (int, float)) and abs(cell) >= _INEXACT
        if rounded or (index in numbers and answers.lost_digits(texts[index])):
            mend = "Ambil nomornya dari sumber lain; di lembar kerja, jadikan kolomnya teks sebelum diisi."
            yield Problem(
                _title(found, index), None, "Tersimpan sebagai angka, sehingga digit terakhirnya hilang.", mend
            )
