"""Reads a row of an export as a response: its answers, its time, and what may be wrong with either."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from processor.cases.records import Response
from processor.foundation.errors import Problem
from processor.intake.sources import answers, cell_check, row_check, timestamps
from processor.intake.sources.cell_check import Finding
from processor.intake.sources.columns import Columns
from processor.intake.sources.tables import Table, TableRow, text_of

_NOBODY = "anonymous"  # Microsoft Forms, for a form that asks for no account
_FILE = "Berkas ekspor"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every row of a file shares; ``zone`` is of times that name none."""

    name: str
    columns: Columns
    zone: ZoneInfo
    table: Table


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no response: its line, and why. Repeats no answer."""

    line: int
    reason: str


def read(sheet: Sheet, row: TableRow) -> Response | SkippedRow:
    """Read one row."""
    found, texts = sheet.columns, [text_of(cell) for cell in row.cells]
    damaged = cell_check.damaged(found, row.cells)
    answered, used, clashes = _answers(found, cell_check.shown(row.cells, damaged))
    time, doubts = _time_of_row(sheet, row)
    timed = time is not None or _is_timed(found, row)
    if why := row_check.no_response(found, texts, answered, timed=timed):
        return SkippedRow(row.line, why)
    if time is not None and found.sent is not None:
        used.add(found.sent)
    used |= {index for index in damaged if cell_check.error_name(texts[index])}
    unread = {key for key, places in found.answers.items() if not answered[key] and damaged.keys() & places}
    wrong = (*damaged.items(), *cell_check.rounded(found, row.cells))
    return Response(
        source="ekspor",
        place=f"{sheet.name}, baris {row.line}",
        row=row.line,
        answers={key: text for key, text in answered.items() if key not in unread},
        unread=frozenset(unread),
        others={_title(found, i): text for i, text in enumerate(texts) if text and i not in used},
        submitted=time,
        batch=sheet.name,
        problems=(*_whole_row(sheet, row, texts), *_by_cell(sheet, row, wrong), *clashes, *doubts),
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


def _time_of_row(sheet: Sheet, row: TableRow) -> tuple[datetime | None, list[Problem]]:
    """Read when the row was sent; None with a Problem that names the row when that cannot be told."""
    sent = sheet.columns.sent
    if sent is None or sent >= len(row.cells):
        return None, []
    cell = row.cells[sent]
    if isinstance(cell, (int, float)):
        cell += sheet.table.days_before
    stamp = timestamps.parse(cell, sheet.zone, sheet.columns.order)
    message = f"Baris {row.line}: {stamp.message}"
    return stamp.time, [Problem(sheet.columns.titles[sent], None, message, stamp.mend)] if stamp.message else []


def _is_timed(found: Columns, row: TableRow) -> bool:
    """Tell whether the row's own column holds a time, one that can be read or not."""
    return found.sent is not None and found.sent < len(row.cells) and timestamps.looks_like_time(row.cells[found.sent])


def _whole_row(sheet: Sheet, row: TableRow, texts: Sequence[str]) -> Iterator[Problem]:
    """Find what may be wrong with a row as a whole."""
    if sheet.table.guessed and not all(text.isascii() for text in texts):
        mend = "Berkas bukan UTF-8, dibaca sebagai Windows-1252; cocokkan ejaannya, lain kali simpan sebagai CSV UTF-8."
        yield Problem(_FILE, None, f"Baris {row.line}: huruf beraksen atau tanda khusus mungkin keliru.", mend)
    if any(texts[len(sheet.columns.titles) :]):
        mend = "Kelebihannya ada pada isian lain; cocokkan dengan tanggapan aslinya."
        yield Problem(_FILE, None, f"Baris {row.line}: isiannya lebih banyak daripada judul kolom.", mend)


def _by_cell(sheet: Sheet, row: TableRow, wrong: Sequence[tuple[int, Finding]]) -> Iterator[Problem]:
    """Give what is wrong with single cells, each with its place in the sheet."""
    for index, (message, mend) in wrong:
        place = cell_check.cell_name(sheet.table.sheet, row.line, index)
        yield Problem(f"{_title(sheet.columns, index)} ({place})", None, message, mend)
