"""The register's index: what intake compares, so that a response costs its own look-ups and no case is read for it.

Derived: delete ``pengenalan.sqlite`` and nothing is lost; a damaged one is made anew. An entry counts only while its
journal's size and time are unchanged. Holds fingerprints and no identity.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from processor.cases import dossier, journal, register_marks, registration_numbers
from processor.cases.records import Response
from processor.cases.register import Register, journal_part
from processor.cases.register_marks import MarkChanges, RegisterMarks
from processor.foundation import atomic_files
from processor.foundation.derived_database import DerivedDatabase, NotMade
from processor.foundation.errors import PayungError
from processor.intake import recognition
from processor.intake.recognition import Recognition, recognise

FILE_NAME = "pengenalan.sqlite"
_BEFORE = "indeks.json"  # what version 0.1 kept, whole
_TABLES = (
    *register_marks.TABLES,
    "create table kasus (nomor text primary key, isi text not null, terakhir text not null) without rowid",
    "create index kasus_terakhir on kasus (terakhir)",
    "create table cari (kunci text, nomor text, primary key (kunci, nomor)) without rowid",
    "create index cari_nomor on cari (nomor)",
    "create table kembar (nomor text, lain text, primary key (nomor, lain)) without rowid",
)
_ONE_SIDED = (
    "select nomor, lain from kembar where lain in (select nomor from kasus) "
    "and not exists (select 1 from kembar as balik where balik.nomor = kembar.lain and balik.lain = kembar.nomor)"
)
_KEPT = "select nomor, tanda, isi from kasus join tanda using (nomor)"
_KEPT_UNDER = (
    "select nomor, tanda, isi from kasus join tanda using (nomor) "
    "where nomor in (select nomor from cari where kunci = ?)"
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RecognitionIndex:
    """What the register knows, as ``planning.plan`` asks for it."""

    register: Register

    def count(self) -> int:
        """Count all cases."""
        (found,) = self._ask(lambda file: file.execute("select count(*) from kasus").fetchone())
        return int(found)

    def sharing(self, keys: Iterable[str]) -> tuple[Recognition, ...]:
        """Give the cases that stand under one of the ``keys`` (``recognition.lookup_keys``), oldest first."""
        wanted = tuple(dict.fromkeys(keys))
        rows = self._ask(lambda file: tuple(_rows(file, wanted)))
        return tuple(_from_entry(*row) for row in sorted(rows, key=lambda row: registration_numbers.order(row[0])))

    def holders(self, keys: Iterable[str]) -> Mapping[str, int]:
        """Count, up to two, the cases that ever stood under each of the ``keys``.

        The keys are those of ``recognition.lookup_keys`` and ``recognition.substance_keys``.
        """
        query = "select count(*) from (select 1 from cari where kunci = ? limit 2)"
        wanted = tuple(keys)
        return self._ask(lambda file: {key: file.execute(query, (key,)).fetchone()[0] for key in wanted})

    def sendings(self, number: str) -> Sequence[Response]:
        """Give what was filed of a case, opened, oldest first; nothing where that cannot be opened."""
        return filed_responses(self.register, number)

    def sent_since(self, moment: datetime) -> tuple[Recognition, ...]:
        """Give the recognitions of the cases to which something was sent after ``moment`` (aware)."""
        row, query = (_utc([moment]),), "select nomor, isi from kasus where terakhir > ?"
        return self._ask(lambda file: tuple(_from_entry(*found) for found in file.execute(query, row)))

    def one_sided(self) -> tuple[tuple[str, str], ...]:
        """Give pairs of cases of which the first points at the other, and the other not back."""
        return self._ask(lambda file: tuple(file.execute(_ONE_SIDED)))

    def _ask(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Give what ``work`` reads; where the file is gone or damaged it is made anew."""
        try:
            return _file(self.register).read(work)
        except NotMade:
            update(self.register)
            return _file(self.register).read(work)

    def refresh(self, numbers: Iterable[str]) -> None:
        """Take in what has happened in these cases."""
        marks = {number: self.register.change_mark(number, journal.FILE_NAME) for number in numbers}
        try:
            if marks:
                _file(self.register).write(lambda file: _put(file, self.register, MarkChanges.of(marks)), new=False)
        except NotMade:
            update(self.register)


def update(register: Register, marks: RegisterMarks | None = None) -> RecognitionIndex:
    """Bring the index up to date: only journals that changed are read. To be called under the register's lock.

    Args:
        register: The register.
        marks: Its marks, if they were looked at already.

    Raises:
        PayungError: When the disk refuses.
    """
    now = marks or RegisterMarks(register)
    file = _file(register)
    try:
        changes = file.read(lambda opened: now.changes(opened, journal_part))
        if changes:
            file.write(lambda opened: _put(opened, register, changes), new=False)
    except NotMade:
        file.write(lambda opened: _put(opened, register, now.changes(opened, journal_part)), new=True)
        atomic_files.remove(register.state_folder / _BEFORE)
    return RecognitionIndex(register)


def load(register: Register, *, keep: bool = True) -> tuple[Recognition, ...]:
    """Load the recognitions of all cases, oldest first; bring the index up to date unless ``keep`` is false."""
    if keep:
        update(register)
    try:
        kept = _file(register).read(lambda file: {row[0]: row[1:] for row in file.execute(_KEPT)})
    except NotMade:
        kept = {}
    return tuple(
        _from_entry(number, kept[number][1]) if number in kept and kept[number][0] == mark else _read(register, number)
        for number, mark in ((one, register.change_mark(one, journal.FILE_NAME)) for one in register.numbers())
    )


def filed_responses(register: Register, number: str) -> Sequence[Response]:
    """Give what was filed of a case, opened, oldest first; nothing where that cannot be opened."""
    try:
        return tuple(dossier.responses(register, number))
    except (PayungError, OSError, LookupError, TypeError, ValueError):
        return ()


def seen(register: Register, key: str) -> frozenset[datetime]:
    """Tell when the response with this source id was sent, as far as the last update knew; needs no lock.

    A case that is gone, or was put back as it was before, tells nothing that it no longer holds.
    """
    try:
        kept = _file(register).read(lambda file: tuple(file.execute(_KEPT_UNDER, (key,))))
    except NotMade:
        return frozenset()
    found = (
        _from_entry(number, entry)
        if register.change_mark(number, journal.FILE_NAME) == mark
        else _read(register, number)
        for number, mark, entry in kept
        if register.has(number)
    )
    return frozenset(moment for one in found if key in one.keys for moment in one.times)


def _file(register: Register) -> DerivedDatabase:
    return DerivedDatabase(register.state_folder / FILE_NAME, _TABLES)


def _rows(file: sqlite3.Connection, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Number and entry of the cases under one of the ``keys``."""
    found = (row[0] for key in keys for row in file.execute("select nomor from cari where kunci = ?", (key,)))
    for number in dict.fromkeys(found):
        yield from file.execute("select nomor, isi from kasus where nomor = ?", (number,))


def _drop(file: sqlite3.Connection, numbers: Sequence[str]) -> None:
    """Forget these cases."""
    for table in ("kasus", "cari", "kembar"):
        file.executemany(f"delete from {table} where nomor = ?", [(number,) for number in numbers])  # noqa: S608 -- ours


def _put(file: sqlite3.Connection, register: Register, changes: MarkChanges) -> None:
    """Read the cases that have changed anew, whose marks were taken before, and forget those that are gone."""
    _drop(file, [*changes.marks, *changes.gone])
    changes.keep(file)
    for number in changes.marks:
        one = _read(register, number)
        keys = {*recognition.lookup_keys(one), *recognition.substance_keys(one)}
        file.execute("insert into kasus values (?, ?, ?)", (number, _entry(one), _utc(one.times)))
        file.executemany("insert into cari values (?, ?)", [(key, number) for key in keys])
        file.executemany("insert into kembar values (?, ?)", [(number, other) for other in one.possible_duplicates])


def _utc(moments: Iterable[datetime]) -> str:
    """The last of some moments, as texts that sort like moments; "" for none, or for one that no calendar holds."""
    try:
        return max((moment.astimezone(UTC).isoformat(timespec="microseconds") for moment in moments), default="")
    except OverflowError:
        return ""


def _read(register: Register, number: str) -> Recognition:
    """Recognise a case from its journal, or from the sealed versions."""
    events, _ = journal.read(register.path(number) / journal.FILE_NAME)
    try:
        found = Recognition.of_events(number, events)
    except (KeyError, TypeError, ValueError):  # a line of the journal that somebody wrote by hand
        events = ()
    if not any(event.kind == "didaftar" for event in events):
        found = _from_sealed(register, number)
    return found


def _from_sealed(register: Register, number: str) -> Recognition:
    """Recognise a case whose journal is damaged: without that, its response would be filed again."""
    recognitions = [recognise(response, register.fingerprint) for response in filed_responses(register, number)]
    keys = frozenset(key for one in recognitions for key in one.keys)
    times = frozenset(time for one in recognitions for time in one.times)
    return Recognition(number, keys, times, tuple(one.fingerprints[0] for one in recognitions))


def _entry(found: Recognition) -> str:
    """Give what the index keeps of a recognition, as JSON."""
    entry = {
        "kunci": sorted(found.keys),
        "waktu": [moment.isoformat() for moment in sorted(found.times)],
        "sidik": [dict(marks) for marks in found.fingerprints],
        "kembaran": sorted(found.possible_duplicates),
    }
    return json.dumps(entry, separators=(",", ":"))


def _from_entry(number: str, entry: str) -> Recognition:
    """Read an entry of the index."""
    data: dict[str, Any] = json.loads(entry)
    times = frozenset(datetime.fromisoformat(moment) for moment in data["waktu"])
    return Recognition(number, frozenset(data["kunci"]), times, tuple(data["sidik"]), frozenset(data["kembaran"]))
