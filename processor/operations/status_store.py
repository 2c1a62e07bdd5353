"""What a publication keeps of each open case, in ``isi-status.sqlite``: so that only what changed is read again.

Derived: delete the file and nothing is lost; a damaged one is made anew. It holds what a status says but for what
depends on the moment, and no identity.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from processor.foundation.derived_database import DerivedDatabase, NotMade

FILE_NAME = "isi-status.sqlite"
_TABLES = (
    "create table dasar (isi text)",
    "create table permohonan (nomor text primary key, tanda text not null, isi text not null) without rowid",
)


@dataclass(frozen=True, slots=True)
class UndatedStatus:
    """What the code of a case opens: for which ``locator`` and ``recipient``, in which ``words``.

    ``target`` and ``whole`` are the deadlines that run (aware ISO 8601, "" where none does).
    """

    locator: str
    recipient: str
    words: Mapping[str, Any]
    target: str
    whole: str


NO_CODE = UndatedStatus("", "", {}, "", "")
"""What is kept of a case that no code opens."""


@dataclass
class StatusStore:
    """The statuses of the last publication as ``base`` made them, and those of this one, by number, with their marks.

    ``base`` stands for what they are made from besides the cases.
    """

    folder: Path
    base: str
    known: Mapping[str, tuple[str, str]]
    current: dict[str, tuple[str, str]]

    @classmethod
    def load(cls, folder: Path, base: str) -> "StatusStore":
        """Read what was kept; nothing where it was made from another ``base``, or cannot be read."""
        try:
            known = DerivedDatabase(folder / FILE_NAME, _TABLES).read(lambda file: _read(file, base))
        except NotMade:
            known = {}
        return cls(folder, base, known, {})

    def get(self, number: str, mark: str) -> UndatedStatus | None:
        """Give the status of a case, if it was made from files with this change ``mark``; it is kept again."""
        entry = self.known.get(number)
        if entry is None or entry[0] != mark:
            return None
        self.current[number] = entry
        return UndatedStatus(**json.loads(entry[1]))

    def put(self, number: str, mark: str, status: UndatedStatus) -> None:
        """Keep the status of a case; ``mark`` was taken before the case was read."""
        self.current[number] = (mark, json.dumps(asdict(status), ensure_ascii=False))

    def save(self) -> None:
        """Write what is another than before. Raises Busy, or PayungError when the disk refuses."""
        if self.current == self.known:
            return
        file = DerivedDatabase(self.folder / FILE_NAME, _TABLES)
        try:
            file.write(self._write, new=not self.known)
        except NotMade:
            file.write(self._write, new=True)

    def _write(self, file: sqlite3.Connection) -> None:
        kept = dict(_read(file, self.base))
        if not kept:
            file.execute("delete from permohonan")
            file.execute("delete from dasar")
            file.execute("insert into dasar values (?)", (self.base,))
        file.executemany(
            "delete from permohonan where nomor = ?", [(one,) for one in kept.keys() - self.current.keys()]
        )
        fresh = [(number, *entry) for number, entry in self.current.items() if kept.get(number) != entry]
        file.executemany("insert or replace into permohonan values (?, ?, ?)", fresh)


def _read(file: sqlite3.Connection, base: str) -> dict[str, tuple[str, str]]:
    """The entries, if they were made from ``base``."""
    if file.execute("select isi from dasar").fetchall() != [(base,)]:
        return {}
    return {number: (mark, text) for number, mark, text in file.execute("select nomor, tanda, isi from permohonan")}
