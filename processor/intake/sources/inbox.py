"""The folder in which exports are dropped: which files wait there, and where they go with the result of each row.

Looks into no file. What was read is put aside, never deleted.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from processor.foundation import atomic_files
from processor.foundation.csv_table import csv_table
from processor.foundation.errors import Busy, Problem

DONE = "selesai"
RESULT = ".hasil.csv"

_UNFINISHED = {".part", ".crdownload", ".tmp", ".download"}
_SYSTEM = {"desktop.ini", "thumbs.db", "ehthumbs.db", "icon\r"}
_MARK_OF_DOWNLOADS = ("zone.identifier",)  # what Windows keeps of a download, as other systems copy it
_SHORTCUTS = {".gsheet", ".gdoc", ".gform", ".lnk", ".url", ".webloc", ".desktop"}
_LONGEST_NAME = 120
"""Bytes of a name that we make: encrypted folders hold 143, and a file is written under a longer one at first."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row: its line (0 for the file as a whole), the outcome, the registration number, a note.

    Holds no identity.
    """

    line: int
    outcome: str
    number: str = ""
    note: str = ""


def waiting(folder: Path) -> tuple[Path, ...]:
    """List the files in ``folder`` to read, oldest first; a missing folder has none.

    A file of another kind is among them, so that reading it can say that it is not readable.
    """
    return tuple(path for path in _files(folder) if not _is_shortcut(path))


def shortcuts(folder: Path) -> Iterator[tuple[Path, Problem]]:
    """Give the files in ``folder`` that only point at an export, each with what to do instead."""
    for path in filter(_is_shortcut, _files(folder)):
        message = "Ini hanya pintasan; tanggapannya tidak ada di dalamnya, jadi tidak ada yang didaftarkan."
        mend = "Buka lembarnya, unduh sebagai .xlsx atau .csv ke folder ini, lalu hapus pintasannya."
        yield path, Problem(path.name, None, message, mend)


def change_mark(path: Path) -> str:
    """Give a text that differs once ``path`` was written to again (for ``put_aside``)."""
    state = path.stat()
    return f"{state.st_size}-{state.st_mtime_ns}"


def put_aside(path: Path, results: Sequence[RowResult], seen: str = "") -> Path:
    """Write ``selesai/<stem>.hasil.csv``, then move ``path`` beside it.

    Nothing earlier is overwritten (-2, -3 are added); a name too long for a folder is cut. After a crash in between,
    the file is read again.

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
    atomic_files.make_folder(folder, 0o777)
    content = _result_table([(str(r.line or ""), r.outcome, r.number, r.note) for r in results])
    target, result = _free_names(folder, path, content)
    atomic_files.replace(result, content)
    atomic_files.move(path, target)
    atomic_files.sync_folder(folder)
    atomic_files.remove(_explanation(path))
    atomic_files.sync_folder(path.parent)
    return target


def result_of(path: Path) -> Path:
    """Give the path of the result beside an export that was put aside."""
    return path.with_name(_fitting(path.stem, RESULT))


def explain(path: Path, problems: Sequence[Problem]) -> bool:
    """Write beside ``path``, which stays, why it could not be read; give False when that stands there already."""
    content = _result_table([(str(p.line or ""), "ditahan", "", p.sentence) for p in problems])
    return atomic_files.replace_if_changed(_explanation(path), content)


def _explanation(path: Path) -> Path:
    return path.with_name(_fitting(path.name, RESULT))


def _files(folder: Path) -> tuple[Path, ...]:
    """List what people put into ``folder``, oldest first."""
    if not folder.is_dir():
        return ()
    found = [path for path in folder.iterdir() if path.is_file() and not _is_no_export(path.name.lower())]
    return tuple(sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name)))


def _is_no_export(name: str) -> bool:
    """Tell whether ``name`` (lower case) is a result, a file that is still being written, or the system's own."""
    ours = name.endswith((RESULT, *_MARK_OF_DOWNLOADS)) or name.startswith((".", "~$"))
    return ours or Path(name).suffix in _UNFINISHED or name in _SYSTEM


def _is_shortcut(path: Path) -> bool:
    return path.suffix.lower() in _SHORTCUTS


def _result_table(rows: Sequence[tuple[str, str, str, str]]) -> bytes:
    """Write a result."""
    return csv_table(("baris", "hasil", "nomor_registrasi", "catatan"), rows)


def _free_names(folder: Path, path: Path, content: bytes) -> tuple[Path, Path]:
    """Find names in ``folder`` for the file and its result: unused, or those of the same result of a crashed run."""
    number = 1
    while True:
        stem = path.stem if number == 1 else f"{path.stem}-{number}"
        name = path.name if number == 1 else _fitting(stem, path.suffix)
        target, result = folder / name, folder / _fitting(stem, RESULT)
        if not target.exists() and (not result.exists() or result.read_bytes() == content):
            return target, result
        number += 1


def _fitting(stem: str, ending: str) -> str:
    """Join both to a file name; of one that is too long the middle gives way to a digest of the whole."""
    name = stem + ending
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    ending = ending.encode()[:40].decode(errors="ignore")
    ending = f"-{hashlib.sha256(name.encode()).hexdigest()[:8]}{ending}"
    return stem.encode()[: _LONGEST_NAME - len(ending.encode())].decode(errors="ignore") + ending
