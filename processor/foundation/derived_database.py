"""SQLite files of what can be made again from elsewhere: one that is damaged is taken away, and made anew by its owner.

Nothing that would be missed may be kept in one.
"""

import os
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from processor.foundation.errors import Busy, PayungError

_WAIT = 10.0  # seconds for another process that writes
_IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}

T = TypeVar("T")


class NotMade(Exception):
    """There is no file, or it was damaged or of another form and is gone now."""


@dataclass(frozen=True, slots=True)
class DerivedDatabase:
    """One file at ``path``, with ``tables`` (statements that create them); a file with other tables is made anew."""

    path: Path
    tables: tuple[str, ...]
    wait: float = _WAIT

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Give what ``work`` reads. Raises NotMade, Busy, or PayungError when the disk refuses."""
        return self._do(work, new=False, begin="begin")

    def write(self, work: Callable[[sqlite3.Connection], T], *, new: bool) -> T:
        """Do ``work`` in one transaction, ``new`` in an empty file. Raises as ``read``; then nothing was written."""
        if new:
            self.discard()
        return self._do(work, new=new, begin="begin immediate")

    def _do(self, work: Callable[[sqlite3.Connection], T], *, new: bool, begin: str) -> T:
        try:
            with closing(self._opened(new=new)) as file, file:
                file.execute(begin)
                self._check(file, new=new)
                return work(file)
        except NotMade:
            self.discard()
            raise
        except sqlite3.Error as error:
            raise self._told(error) from error

    def _opened(self, *, new: bool) -> sqlite3.Connection:
        """Open the file; only its owner may read a new one, and transactions are begun by hand."""
        if new:
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        elif not self.path.exists():
            raise NotMade
        return sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=rw", self.wait, uri=True, isolation_level=None)

    def _check(self, file: sqlite3.Connection, *, new: bool) -> None:
        """Make the tables in a new file. Raises NotMade when the file has others."""
        ours = zlib.crc32("\n".join(self.tables).encode()) >> 1
        if new:
            for table in self.tables:
                file.execute(table)
            file.execute(f"pragma user_version = {ours}")
        elif file.execute("pragma user_version").fetchone() != (ours,):
            raise NotMade

    def _told(self, error: sqlite3.Error) -> Exception:
        """Give the error to raise for one of SQLite's. A damaged file is taken away."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _IN_USE:
            return Busy(f"{self.path.name} sedang ditulis proses Payung yang lain. Ulangi perintah ini.")
        if code in _DAMAGED:
            self.discard()
            return NotMade()
        mend = "Periksa ruang disk dan izin folder; bagian ini diulang pada putaran berikutnya."
        return PayungError(f"{self.path.name} tidak dapat dipakai ({error}). {mend}")

    def discard(self) -> None:
        """Take the file away."""
        for ending in ("", "-journal"):
            self.path.with_name(f"{self.path.name}{ending}").unlink(missing_ok=True)
