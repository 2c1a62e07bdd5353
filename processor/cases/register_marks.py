"""The change marks of all cases, by one walk over the register, and which of them are others than those kept before.

A derived database keeps (``TABLES``) with which mark it took in each case, and for every hundred numbers a digest of
all their marks: of a hundred that are as they were, no mark is read.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from processor.cases.register import Register

TABLES = (
    "create table tanda (nomor text primary key, kelompok text not null, tanda text not null) without rowid",
    "create index tanda_kelompok on tanda (kelompok)",
    "create table kelompok (nama text primary key, sidik text not null) without rowid",
)


class RegisterMarks:
    """The ``Register.change_mark`` of every case, looked at once, when it is first asked for."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._groups: dict[str, dict[str, str]] = {}
        self._digests: dict[str, str] = {}

    def all(self) -> dict[str, str]:
        """Give the mark of every case, oldest first."""
        self._look()
        return {number: mark for group in self._groups.values() for number, mark in group.items()}

    def look_again(self, numbers: Iterable[str]) -> None:
        """Look at these cases once more, as something was written there."""
        if self._groups:
            self._take(self._register.change_marks(sorted(numbers)))

    def forget(self) -> None:
        """Look at all of them once more, as nobody knows what was written."""
        self._groups.clear()
        self._digests.clear()

    def changes(self, opened: sqlite3.Connection, part: Callable[[str], str]) -> "MarkChanges":
        """Compare with what a database keeps.

        Args:
            opened: The database, with ``TABLES``.
            part: Gives that part of a whole mark by which the database tells whether to read a case again.
        """
        self._look()
        kept_digests = dict(opened.execute("select nama, sidik from kelompok"))
        names = sorted({name for name, _ in self._digests.items() ^ kept_digests.items()})
        kept = {number: mark for name in names for number, mark in _kept(opened, name)}
        now = {number: part(mark) for name in names for number, mark in self._groups.get(name, {}).items()}
        gone = kept.keys() - now.keys()
        newer = {number for number in gone if self._register.has(number)}  # others filed it after the look
        digests = {name: self._digests.get(name) for name in names} | {_group(number): "" for number in newer}
        return MarkChanges({n: now[n] for n in now if kept.get(n) != now[n]}, frozenset(gone - newer), digests)

    def _look(self) -> None:
        if not self._groups:
            self._take(self._register.change_marks())

    def _take(self, marks: Mapping[str, str]) -> None:
        for number, mark in marks.items():
            self._groups.setdefault(_group(number), {})[number] = mark
        for name in {_group(number) for number in marks}:
            text = "\n".join((*self._groups[name], *self._groups[name].values()))
            self._digests[name] = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class MarkChanges:
    """What a database has to take in: cases with the ``marks`` that they now have, and those that are ``gone``.

    ``digests`` are those of the hundreds of numbers that were compared; "" has the cases of a hundred compared next
    time, and of a hundred with None there are none.
    """

    marks: Mapping[str, str]
    gone: frozenset[str]
    digests: Mapping[str, str | None]

    def __bool__(self) -> bool:
        return bool(self.marks or self.gone or self.digests)

    def without(self, numbers: Collection[str]) -> "MarkChanges":
        """Leave cases out that are to be compared again next time, and their hundreds with them."""
        again = {_group(number) for number in self.marks if number in numbers}
        marks = {number: mark for number, mark in self.marks.items() if number not in numbers}
        digests = {name: "" if name in again else digest for name, digest in self.digests.items()}
        return MarkChanges(marks, self.gone, digests)

    @classmethod
    def of(cls, marks: Mapping[str, str]) -> "MarkChanges":
        """Make the changes of cases that were written just now."""
        return cls(marks, frozenset(), dict.fromkeys(map(_group, marks), ""))

    def keep(self, opened: sqlite3.Connection) -> None:
        """Keep in a database that these changes were taken in."""
        opened.executemany("delete from tanda where nomor = ?", [(number,) for number in (*self.marks, *self.gone)])
        rows = [(number, _group(number), mark) for number, mark in self.marks.items()]
        opened.executemany("insert into tanda values (?, ?, ?)", rows)
        opened.executemany("delete from kelompok where nama = ?", [(name,) for name in self.digests])
        kept = [(name, digest) for name, digest in self.digests.items() if digest is not None]
        opened.executemany("insert into kelompok values (?, ?)", kept)


def _group(number: str) -> str:
    """Name the hundred to which a number belongs."""
    return number[:-2]


def _kept(opened: sqlite3.Connection, name: str) -> Iterable[tuple[str, str]]:
    """Give the cases of one hundred with the marks with which they were taken in."""
    return opened.execute("select nomor, tanda from tanda where kelompok = ?", (name,))
