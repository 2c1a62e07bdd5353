"""What is remembered of each journal, by number: a pass reads it of the cases that changed, and of no others.

Derived from the file of ``journal_heads``, beside which it lies, and made anew from it where it is gone or damaged, or
where that file was written without it.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from processor.cases import journal_heads, register_marks
from processor.cases.journal_heads import JournalHead
from processor.cases.register import journal_part
from processor.cases.register_marks import MarkChanges, RegisterMarks
from processor.foundation.derived_database import DerivedDatabase, NotMade

_TABLES = (
    *register_marks.TABLES,
    "create table kepala (nomor text primary key, baris text not null) without rowid",
    "create table sumber (tanda text not null, batas integer not null)",
)
_LINE = 220  # bytes that each case may take before the file is written anew; a line has about 80
_SPARE = 100_000


@dataclass(frozen=True, slots=True)
class HeadIndex:
    """The index of the file of heads at ``path``."""

    path: Path

    def changes(self, marks: RegisterMarks) -> tuple[MarkChanges, dict[str, JournalHead]]:
        """Give the cases whose journals are not as they were remembered, and what is remembered of these.

        Raises OSError or PayungError when the disk refuses.
        """
        try:
            return self._file().read(partial(self._changes, marks=marks))
        except NotMade:
            self._make(marks)
            return self._file().read(partial(self._changes, marks=marks))

    def keep(self, heads: Mapping[str, JournalHead], changes: MarkChanges) -> None:
        """Remember ``heads``, and that these ``changes`` were looked at. Raises as ``changes``."""
        if heads:
            journal_heads.add(self.path, heads.values())
        with suppress(NotMade):  # then it is made anew when it is needed
            self._file().write(partial(self._put, heads=heads, changes=changes), new=False)

    def _changes(self, opened: sqlite3.Connection, marks: RegisterMarks) -> tuple[MarkChanges, dict[str, JournalHead]]:
        [(mark, limit)] = opened.execute("select tanda, batas from sumber")
        if mark != self._mark() or self._size() > limit:
            raise NotMade
        found = marks.changes(opened, journal_part)
        return found, journal_heads.parse(_lines_of(opened, found.marks))

    def _put(self, opened: sqlite3.Connection, heads: Mapping[str, JournalHead], changes: MarkChanges) -> None:
        known = "select 1 from kepala where nomor = ?"
        new = sum(opened.execute(known, (number,)).fetchone() is None for number in heads)
        rows = [(number, head.line()) for number, head in heads.items()]
        opened.executemany("insert or replace into kepala values (?, ?)", rows)
        opened.execute("update sumber set tanda = ?, batas = batas + ?", (self._mark(), _LINE * new))
        changes.keep(opened)

    def _make(self, marks: RegisterMarks) -> None:
        """Make the index, and the file without what outgrew it."""
        known = journal_heads.read(self.path)
        if self._size() > _LINE * len(known) + _SPARE:
            journal_heads.replace(self.path, known.values())
        self._file().write(partial(self._fill, known=known, marks=marks), new=True)

    def _fill(self, opened: sqlite3.Connection, known: Mapping[str, JournalHead], marks: RegisterMarks) -> None:
        opened.execute("insert into sumber values ('', ?)", (_SPARE,))
        self._put(opened, known, MarkChanges({number: head.mark for number, head in known.items()}, frozenset(), {}))
        changes = marks.changes(opened, journal_part)
        changes.without(changes.marks).keep(opened)

    def _file(self) -> DerivedDatabase:
        return DerivedDatabase(self.path.with_suffix(".sqlite"), _TABLES)

    def _mark(self) -> str:
        """Tell the file as it is from one that was written since; "-" where there is none."""
        return f"{self._size()}.{self.path.stat().st_mtime_ns}" if self.path.is_file() else "-"

    def _size(self) -> int:
        return self.path.stat().st_size if self.path.is_file() else 0


def _lines_of(opened: sqlite3.Connection, numbers: Iterable[str]) -> Iterable[str]:
    for number in numbers:
        yield from (line for (line,) in opened.execute("select baris from kepala where nomor = ?", (number,)))
