"""What a pass keeps of each case, in ``.payung/ringkas.sqlite``: an entry is written with its case, and no other.

Derived: delete the file and nothing is lost, and one that is damaged is made anew. Knows nothing of what the rows say.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from processor.foundation import atomic_files
from processor.foundation.derived_database import DerivedDatabase, NotMade
from processor.foundation.errors import Busy, PayungError

FILE_NAME = "ringkas.sqlite"
_BEFORE = "ringkas.json"  # what version 0.1 kept, whole
_TABLES = (
    "create table dasar (isi text not null)",
    "create table permohonan (nomor text primary key, tanda text not null, utuh integer not null, "
    "bangun text not null, baris text not null) without rowid",
)
_WAIT = 5.0  # seconds for another process that writes
_SELECT = "select nomor, tanda, utuh, bangun, baris from permohonan"


@dataclass(frozen=True, slots=True)
class KeptRow:
    """What is kept of a case: the change ``mark`` of the files that it was made from, whether it was ``sound``, when
    it is to be looked at again (``wake``: ISO 8601 in UTC, or ""), and the ``row`` as JSON."""

    mark: str
    sound: bool
    wake: str
    row: str


_WHOLE_LOOK = timedelta(seconds=20)
_Made = TypeVar("_Made")


@dataclass
class RowMemory:
    """What a process that shows rows again and again remembers of one register, so that it looks only at what changed.

    ``written`` are cases into whose journals this process wrote.
    """

    written: set[str] = field(default_factory=set)
    _made: dict[str, tuple[object, Any]] = field(default_factory=dict)
    _read: tuple[tuple[str, ...], dict[str, KeptRow], dict[str, KeptRow]] = ((), {}, {})  # never changed in place
    _unlike: set[str] = field(default_factory=set)
    _looked: datetime | None = None
    _one: threading.Lock = field(default_factory=threading.Lock)
    _look: tuple[float, list[Any]] = (0.0, [])

    def load(self, folder: Path, base: str) -> dict[str, KeptRow]:
        """Give what ``load`` gives of all cases; it is read anew once somebody wrote it.

        Entries for another ``base`` stand until passes have made as many for this one, and the last ones where nothing
        can be read now.
        """
        now, (of, before, older) = (str(folder), base, *_state(folder / FILE_NAME)), self._read
        if of == now:
            return dict(before)
        read = load(folder, base)
        if of[:1] == now[:1] and (of[1:2] != now[1:2] or not read):
            older = before
        older = older if len(read) < len(older) else {}
        entries = {**older, **{n: before[n] if before.get(n) == one else one for n, one in read.items()}}
        self._read = now if read else now[:2], entries, older  # at once: many threads ask
        return dict(entries)

    def made(self, key: str, of: object, make: Callable[[], _Made]) -> _Made:
        """Give what was made under ``key`` of this very thing, an entry or a change mark; ``make`` it only once."""
        before, found = self._made.get(key, (None, None))
        if before is not of and before != of:
            found = make()
            self._made[key] = of, found
        made: _Made = found
        return made

    def shared(self, look: Callable[[], list[_Made]]) -> list[_Made]:
        """Give what a look at all cases finds, one at a time: who waited takes one that began after they asked."""
        asked = time.monotonic()
        with self._one:
            begun, found = self._look
            if begun <= asked:
                begun, found = time.monotonic(), look()
                self._look = begun, found
            return found

    def whole_look(self, now: datetime) -> bool:
        """Tell whether also cases are to be looked at that hardly change: so every 20 seconds of ``now`` (aware)."""
        due = self._looked is None or not timedelta(0) <= now - self._looked < _WHOLE_LOOK
        if due:
            self._looked = now
        return due

    def note(self, number: str, *, alike: bool) -> None:
        """Note whether a case was as its entry says when it was looked at last."""
        (self._unlike.discard if alike else self._unlike.add)(number)

    def may_have_changed(self, number: str) -> bool:
        """Tell whether a case is to be looked at at any rate."""
        return number in self._unlike or number in self.written


def _state(path: Path) -> tuple[str, ...]:
    """Give what differs once the file was written."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return str(stat.st_ino), str(stat.st_size), str(stat.st_mtime_ns)


def load(folder: Path, base: str, numbers: Iterable[str] | None = None, *, wait: float = _WAIT) -> dict[str, KeptRow]:
    """Read what was kept for the same ``base``, of ``numbers`` only where they are given.

    Returns: {} where nothing is, or nothing that can be read now.
    """
    with suppress(NotMade, PayungError):
        return DerivedDatabase(folder / FILE_NAME, _TABLES, wait).read(partial(_read, base=base, numbers=numbers))
    return {}


def save(
    folder: Path, base: str, entries: Mapping[str, KeptRow], changed: Collection[str], *, wait: float = _WAIT
) -> bool:
    """Write those of ``entries`` that have ``changed``, and drop those of them that are no longer there.

    What was kept for another ``base`` goes; a damaged file is made anew, with all ``entries``.

    Returns: False where another process writes just now: then nothing was written.
    Raises: PayungError when the disk refuses.
    """
    file = DerivedDatabase(folder / FILE_NAME, _TABLES, wait)
    try:
        file.write(partial(_write, base=base, entries=entries, changed=changed), new=False)
    except NotMade:
        file.write(partial(_write, base=base, entries=entries, changed=entries), new=True)
    except Busy:
        return False
    atomic_files.remove(folder / _BEFORE)
    return True


def _read(file: sqlite3.Connection, base: str, numbers: Iterable[str] | None) -> dict[str, KeptRow]:
    """Give the entries; none where they were made for another ``base``."""
    if _bases(file) != [base]:
        return {}
    return {number: KeptRow(mark, bool(sound), *rest) for number, mark, sound, *rest in _entries(file, numbers)}


def _write(file: sqlite3.Connection, base: str, entries: Mapping[str, KeptRow], changed: Collection[str]) -> None:
    """Put ``changed`` entries in the place of what is kept of them."""
    if _bases(file) != [base]:
        file.execute("delete from permohonan")
        file.execute("delete from dasar")
        file.execute("insert into dasar values (?)", (base,))
    file.executemany("delete from permohonan where nomor = ?", [(number,) for number in changed])
    values = [(number, *astuple(entries[number])) for number in changed if number in entries]
    file.executemany("insert into permohonan values (?, ?, ?, ?, ?)", values)


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
