"""What a pass keeps of each case, in ``.payung/ringkas.sqlite``: an entry is written with its case, and no other.

Derived: delete the file and nothing is lost, and one that is damaged is made anew. Knows nothing of what the rows say.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path

from processor.foundation.errors import PayungError

FILE_NAME = "ringkas.sqlite"
_BEFORE = "ringkas.json"  # what version 0.1 kept, whole
_TABLES = (
    "create table if not exists dasar (isi text not null)",
    "create table if not exists permohonan (nomor text primary key, tanda text not null, utuh integer not null, "
    "bangun text not null, baris text not null) without rowid",
)
_SELECT = "select nomor, tanda, utuh, bangun, baris from permohonan"
_WAIT = 5.0  # seconds for another process that writes
_IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@dataclass(frozen=True, slots=True)
class KeptRow:
    """What is kept of a case: the change ``mark`` of the files that it was made from, whether it was ``sound``, when
    it is to be looked at again (``wake``: ISO 8601 in UTC, or ""), and the ``row`` as JSON."""

    mark: str
    sound: bool
    wake: str
    row: str


def load(folder: Path, base: str, numbers: Iterable[str] | None = None, *, wait: float = _WAIT) -> dict[str, KeptRow]:
    """Read what was kept for the same ``base``, of ``numbers`` only where they are given.

    Returns: {} where nothing is, or nothing readable; then the damaged file is taken away.
    """
    try:
        with closing(_opened(folder, "rw", wait)) as file:
            if _bases(file) != [base]:
                return {}
            return {number: KeptRow(mark, bool(sound), *rest) for number, mark, sound, *rest in _entries(file, numbers)}
    except sqlite3.Error as error:
        if not _in_use(error):
            _discard(folder)
        return {}


def save(
    folder: Path, base: str, entries: Mapping[str, KeptRow], changed: Collection[str], *, wait: float = _WAIT
) -> bool:
    """Write those of ``entries`` that have ``changed``, and drop those of them that are no longer there.

    What was kept for another ``base`` goes; a damaged file is made anew, with all ``entries``.

    Returns: False where another process writes just now: then nothing was written.
    Raises: PayungError when the disk refuses.
    """
    try:
        _write(folder, base, entries, changed, wait)
    except sqlite3.Error as error:
        if _in_use(error):
            return False
        _write_anew(folder, base, entries)
    return True


def _write_anew(folder: Path, base: str, entries: Mapping[str, KeptRow]) -> None:
    """Put a new file in the place of a damaged one. Raises PayungError when that fails."""
    _discard(folder)
    try:
        _write(folder, base, entries, entries, _WAIT)
    except sqlite3.Error as error:
        mend = "Periksa ruang disk dan izin folder; bagian ini diulang pada putaran berikutnya."
        raise PayungError(f"{FILE_NAME} tidak dapat ditulis ({error}). {mend}") from error


def _in_use(error: sqlite3.Error) -> bool:
    """Tell whether nothing is wrong but that another process writes."""
    return getattr(error, "sqlite_errorcode", None) in _IN_USE


def _discard(folder: Path) -> None:
    """Take a damaged file away."""
    for ending in ("", "-journal"):
        (folder / f"{FILE_NAME}{ending}").unlink(missing_ok=True)


def _write(folder: Path, base: str, entries: Mapping[str, KeptRow], changed: Collection[str], wait: float) -> None:
    """Write in one transaction. Raises sqlite3.Error."""
    values = [(number, *astuple(entries[number])) for number in changed if number in entries]
    with closing(_opened(folder, "rwc", wait)) as file, file:
        file.execute("begin immediate")
        for table in _TABLES:
            file.execute(table)
        if _bases(file) != [base]:
            file.execute("delete from permohonan")
            file.execute("delete from dasar")
            file.execute("insert into dasar values (?)", (base,))
        file.executemany("delete from permohonan where nomor = ?", [(number,) for number in changed])
        file.executemany("insert into permohonan values (?, ?, ?, ?, ?)", values)
    (folder / _BEFORE).unlink(missing_ok=True)


def _opened(folder: Path, mode: str, wait: float) -> sqlite3.Connection:
    """Open the file; transactions are begun by hand. Raises sqlite3.Error."""
    uri = f"{(folder / FILE_NAME).absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, wait, uri=True, isolation_level=None)


def _bases(file: sqlite3.Connection) -> list[str]:
    """Give what the entries were made for."""
    return [text for (text,) in file.execute("select isi from dasar")]


def _entries(file: sqlite3.Connection, numbers: Iterable[str] | None) -> Iterator[tuple[str, str, int, str, str]]:
    """Give the entries as they are kept."""
    if numbers is None:
        yield from file.execute(_SELECT)
    else:
        for number in numbers:
            yield from file.execute(f"{_SELECT} where nomor = ?", (number,))
