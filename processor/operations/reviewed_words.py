"""Since when words stand in the reviewed sources and the site: what they held before a case came is no leak of it.

Of sources only names, digests and moments are kept, of the site's words keyed fingerprints, in ``umum.sqlite``. It is
derived: where it is gone, sources count from the time of each file, the site from when it passes the gate again.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from processor.cases.register import Register
from processor.foundation.derived_database import DerivedDatabase, NotMade
from processor.site import leak_tokens
from processor.site.leak_targets import GateHit
from processor.site.leak_tokens import SiteKeys

FILE_NAME = "umum.sqlite"
_TABLES = (
    "create table bahan (nama text primary key, tanda text not null, sidik text not null, sejak real not null)",
    "create table kata (sidik integer primary key, sejak real not null)",
    "create table situs (tanda text primary key)",
)

_Source = tuple[str, str, float]
"""The change mark of a file, its digest, and since when it is as it is (seconds)."""


@dataclass(frozen=True, slots=True)
class ReviewedWords:
    """The words that were public before, for one look of the gate; a source is read once, and only if it is asked."""

    register: Register
    _read: dict[Path, SiteKeys] = field(default_factory=dict)

    def note_sources(self, files: Iterable[Path], now: datetime) -> None:
        """Note which ``files`` (pages, forms, templates, law) are new or changed at ``now``; costs what changed."""
        try:
            known, new = self._file().read(_sources), False
        except NotMade:
            known, new = {}, True
        seen = {path: _noted(path, known.get(str(path)), None if new else now) for path in files}
        rows = [(str(path), *one) for path, one in seen.items() if one != known.get(str(path))]
        gone = [(name,) for name in known.keys() - set(map(str, seen))]
        if rows or gone or new:
            self._file().write(lambda opened: _keep_sources(opened, rows, gone), new=new)

    def note_site(self, keys: SiteKeys, site: str, now: datetime) -> None:
        """Note the words of a site (``site`` is its mark) that passed the gate at ``now``."""
        secret = self._secret()
        try:
            if self._file().read(lambda opened: _is_noted(opened, site)):
                return
            new = False
        except NotMade:
            new = True
        rows = [(_sealed(key, secret), now.timestamp()) for key in leak_tokens.asked_keys(keys)]
        self._file().write(lambda opened: _keep_site(opened, rows, site), new=new)

    def held(self, hit: GateHit, before: datetime) -> bool:
        """Tell whether these words were public ``before`` that moment (aware)."""
        moment, needed = before.timestamp(), leak_tokens.needed_keys(hit)
        sealed = [_sealed(key, self._secret()) for key in needed]
        try:
            if self._file().read(lambda opened: _all_since(opened, sealed, moment)):
                return True
            sources = self._file().read(_sources)
        except NotMade:
            return False
        older = (Path(name) for name, (_, _, since) in sources.items() if since <= moment)
        return any(self._keys(path).holds(needed) for path in older)

    def _keys(self, path: Path) -> SiteKeys:
        if path not in self._read:
            self._read[path] = leak_tokens.file_keys(path) if path.is_file() else SiteKeys()
        return self._read[path]

    def _secret(self) -> bytes:
        return self.register.fingerprint("umum", "kunci").encode()

    def _file(self) -> DerivedDatabase:
        made_by = f"-- {self.register.fingerprint('umum', 'program')}"  # another secret
        return DerivedDatabase(self.register.state_folder / FILE_NAME, (*_TABLES, made_by))


def _noted(path: Path, known: _Source | None, now: datetime | None) -> _Source:
    """Give what is kept of a file; one that is new or has other content counts from ``now``, else from its own time."""
    stat = path.stat()
    mark = f"{stat.st_size}.{stat.st_mtime_ns}"
    if known and known[0] == mark:
        return known
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if known and known[1] == digest:
        return mark, digest, known[2]
    return mark, digest, now.timestamp() if now else stat.st_mtime


def _sealed(key: str, secret: bytes) -> int:
    """Give a key as it is kept: 64 bits of a keyed digest."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8, key=secret).digest(), signed=True)


def _sources(opened: sqlite3.Connection) -> Mapping[str, _Source]:
    rows = opened.execute("select nama, tanda, sidik, sejak from bahan")
    return {name: (mark, digest, since) for name, mark, digest, since in rows}


def _keep_sources(opened: sqlite3.Connection, rows: Iterable[tuple[object, ...]], gone: Iterable[tuple[str]]) -> None:
    opened.executemany("delete from bahan where nama = ?", gone)
    opened.executemany("insert or replace into bahan values (?, ?, ?, ?)", rows)


def _is_noted(opened: sqlite3.Connection, site: str) -> bool:
    return opened.execute("select 1 from situs where tanda = ?", (site,)).fetchone() is not None


def _keep_site(opened: sqlite3.Connection, rows: Iterable[tuple[int, float]], site: str) -> None:
    opened.executemany("insert or ignore into kata values (?, ?)", rows)
    opened.execute("delete from situs")
    opened.execute("insert into situs values (?)", (site,))


def _all_since(opened: sqlite3.Connection, sealed: Iterable[int], moment: float) -> bool:
    query = "select 1 from kata where sidik = ? and sejak <= ?"
    return all(opened.execute(query, (one, moment)).fetchone() for one in sealed)
