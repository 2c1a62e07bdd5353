"""Reads export files dropped in a folder; a file that was read is put aside, never deleted."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from processor.cases.records import Response
from processor.foundation import atomic_files
from processor.foundation.errors import Busy, Problem
from processor.foundation.form_definition import Form
from processor.intake.sources import answers, columns, tables, timestamps
from processor.intake.sources.columns import Columns
from processor.intake.sources.tables import Table, TableRow, text_of

DONE = "selesai"
RESULT = ".hasil.csv"

_UNFINISHED = {".part", ".crdownload", ".tmp", ".download"}
_SYSTEM = {"desktop.ini", "thumbs.db"}
_HEADER_WITHIN = 10
_FEWEST_COLUMNS = 2


_NOBODY = "anonymous"  # Microsoft Forms, for a form that asks for no account
_NUMBERS = {"nip", "telepon"}
_INEXACT = 1e15
"""From here (16 digits) a spreadsheet no longer keeps every digit of a number."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row: its line, the outcome, the registration number, a note. Holds no identity."""

    line: int
    outcome: str
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every row of a file shares."""

    name: str
    columns: Columns
    zone: ZoneInfo
    guessed: bool


def waiting(folder: Path) -> tuple[Path, ...]:
    """List the files in ``folder`` to read, oldest first; a missing folder has none.

    A file of another kind is among them, so that ``read`` can say that it is not readable.
    """
    if not folder.is_dir():
        return ()
    found = [path for path in folder.iterdir() if path.is_file() and not _is_no_export(path.name.lower())]
    return tuple(sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name)))


def change_mark(path: Path) -> str:
    """Give a text that differs once ``path`` was written to again (for ``put_aside``)."""
    state = path.stat()
    return f"{state.st_size}-{state.st_mtime_ns}"


def read(path: Path, form: Form, zone: ZoneInfo) -> tuple[Response, ...]:
    """Read every row of ``path`` in which something stands.

    Args:
        path: the file.
        form: the form that it holds responses of.
        zone: of times that name none.

    Returns:
        The responses in the file's order. A mistake in a row is a Problem of its Response.

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
    return tuple(_response(sheet, row) for row in rows)


def put_aside(path: Path, results: Sequence[RowResult], seen: str = "") -> Path:
    """Write ``selesai/<stem>.hasil.csv``, then move ``path`` beside it.

    Nothing earlier is overwritten (-2, -3 are added). After a crash in between, the file is read again.

    Args:
        path: a file that was read.
        results: what became of each row.
        seen: its ``change_mark`` before it was read; "" to move it whatever happened to it.

    Returns:
        Where the file lies now.

    Raises:
        Busy: the file has changed since.
    """
    if seen and change_mark(path) != seen:
        raise Busy(f"{path.name} berubah sewaktu dibaca. Berkas dibiarkan dan dibaca lagi pada putaran berikutnya.")
    folder = path.parent / DONE
    folder.mkdir(exist_ok=True)
    content = _result_table([(str(r.line), r.outcome, r.number, r.note) for r in results])
    target, result = _free_names(folder, path, content)
    atomic_files.replace(result, content)
    path.rename(target)
    atomic_files.sync_folder(folder)
    path.with_name(path.name + RESULT).unlink(missing_ok=True)
    atomic_files.sync_folder(path.parent)
    return target


def explain(path: Path, problems: Sequence[Problem]) -> Path:
    """Write beside ``path``, which stays, why it could not be read. Writes nothing when that stands there already."""
    result = path.with_name(path.name + RESULT)
    content = _result_table([(str(p.line or ""), "tidak terbaca", "", p.sentence) for p in problems])
    if not result.exists() or result.read_bytes() != content:
        atomic_files.replace(result, content)
    return result


def _is_no_export(name: str) -> bool:
    """Tell whether ``name`` (lower case) is a result, a file that is still being written, or the system's own."""
    return name.endswith(RESULT) or name.startswith((".", "~$")) or Path(name).suffix in _UNFINISHED or name in _SYSTEM


def _below_header(table: Table, form: Form) -> tuple[Table, Columns, tuple[TableRow, ...]]:
    """Find the table, its columns and the rows below its header: the first row, or one below a heading of its own."""
    found = [
        (table, columns.find(header, table.rows[i + 1 :], form), table.rows[i + 1 :])
        for i, header in enumerate(table.rows[:_HEADER_WITHIN])
        if sum(form.question(text_of(cell)) is not None for cell in header.cells) >= _FEWEST_COLUMNS
    ]
    return found[0] if found else (table, Columns((), None, None, {}), ())


def _response(sheet: _Sheet, row: TableRow) -> Response:
    """Read one row as a response."""
    texts = [text_of(cell) for cell in row.cells]
    answered, used, clashes = _answers(sheet.columns, texts)
    time, doubts = _time_of_row(sheet, row)
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


def _result_table(rows: Sequence[tuple[str, str, str, str]]) -> bytes:
    """Write a result as Indonesian Excel opens it: UTF-8 with its mark, semicolons; no cell can be a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(("baris", "hasil", "nomor_registrasi", "catatan"))
    writer.writerows(
        ["'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in row] for row in rows
    )
    return out.getvalue().encode("utf-8-sig")


def _free_names(folder: Path, path: Path, content: bytes) -> tuple[Path, Path]:
    """Find names in ``folder`` for the file and its result: unused, or those of the same result of a crashed run."""
    number = 1
    while True:
        stem = path.stem if number == 1 else f"{path.stem}-{number}"
        target, result = folder / f"{stem}{path.suffix}", folder / f"{stem}{RESULT}"
        if not target.exists() and (not result.exists() or result.read_bytes() == content):
            return target, result
        number += 1
