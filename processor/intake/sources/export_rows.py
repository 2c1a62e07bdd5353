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
from processor.intake.sources.date_order import DateOrder
from processor.intake.sources.tables import Table, TableRow, text_of
from processor.intake.sources.timestamps import Cell, TimeReading

_NOBODY = "anonymous"  # Microsoft Forms, for a form that asks for no account
_FILE = "Berkas ekspor"
_COMPARE = "Cocokkan dengan tanggapan aslinya di formulir."


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every row of a file shares; ``zone`` is of times that name none, ``now`` None where no time is doubted."""

    name: str
    columns: Columns
    zone: ZoneInfo
    table: Table
    dates: DateOrder
    now: datetime | None


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
    doubtful = [*_read_days(sheet, row, answered)]
    unread = {key for key, places in found.answers.items() if not answered[key] and damaged.keys() & places}
    stamp = _time_of_row(sheet, row)
    time = stamp.time
    timed = _has_clock(time) if time else _is_timed(found, row)
    if why := row_check.no_response(found, texts, answered, unread, timed=timed):
        return SkippedRow(row.line, why)
    if time is not None and found.sent is not None:
        used.add(found.sent)
    used |= {index for index in damaged if cell_check.error_name(texts[index])}
    wrong = (*damaged.items(), *cell_check.rounded(found, row.cells), *cell_check.misread(found, texts))
    return Response(
        source="ekspor",
        place=f"{sheet.name}, baris {row.line}",
        row=row.line,
        answers={key: text for key, text in answered.items() if key not in unread},
        unread=frozenset(unread),
        not_asked=frozenset(question.kunci for question in found.not_asked),
        others={_title(found, i): text for i, text in enumerate(texts) if text and i not in used},
        submitted=time,
        other_reading=stamp.other,
        batch=sheet.name,
        problems=(
            *_whole_row(sheet, row, texts),
            *_by_cell(sheet, row, wrong),
            *clashes,
            *doubtful,
            *_doubtful_time(sheet, row, stamp),
        ),
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


def _read_days(sheet: Sheet, row: TableRow, answered: dict[str, str]) -> Iterator[Problem]:
    """Read the days among the answers as the times of the sheet are read, and say where one may be another."""
    for key, places in sheet.columns.answers.items():
        cells = [row.cells[at] for at in places if at < len(row.cells) and text_of(row.cells[at])]
        if not answered[key] or not cells or sheet.columns.questions[key].jenis != "tanggal":
            continue
        reading = _time_in(sheet, cells[0])
        if reading.time:
            answered[key] = reading.time.date().isoformat()
        if reading.time and reading.message:
            yield Problem(sheet.columns.questions[key].judul, None, f"Baris {row.line}: {reading.message}", _COMPARE)


def _time_of_row(sheet: Sheet, row: TableRow) -> TimeReading:
    """Read when the row was sent."""
    sent = sheet.columns.sent
    return _time_in(sheet, row.cells[sent] if sent is not None and sent < len(row.cells) else "")


def _time_in(sheet: Sheet, cell: Cell) -> TimeReading:
    """Read a time as the whole sheet shows that its times are written."""
    (order, certain), swapped = sheet.dates.of(cell), sheet.dates.swapped
    days = sheet.table.days_before
    return timestamps.parse(cell, sheet.zone, order, certain=certain, swapped=swapped, days_before=days)


def _doubtful_time(sheet: Sheet, row: TableRow, stamp: TimeReading) -> Iterator[Problem]:
    """Say what is wrong with the time of a row, or that it has none."""
    sent = sheet.columns.sent
    if sent is None:
        yield Problem("Waktu pengajuan", None, f"Baris {row.line}: ekspor ini tidak memuat kolom waktu.", stamp.mend)
        return
    title = sheet.columns.titles[sent]
    if stamp.message:
        yield Problem(title, None, f"Baris {row.line}: {stamp.message}", stamp.mend)
    if stamp.time and not _has_clock(stamp.time):
        mend = "Cocokkan dengan tanggapan aslinya di formulir, lalu betulkan diajukan."
        yield Problem(title, None, f"Baris {row.line}: jamnya tidak tercatat; dibaca pukul 00.00.", mend)
    message, mend = timestamps.doubt(stamp.time, sheet.now) if stamp.time and sheet.now else ("", "")
    if message:
        yield Problem(title, None, f"Baris {row.line}: {message}", mend)


def _has_clock(time: datetime) -> bool:
    return bool(time.hour or time.minute or time.second)


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
