"""What figures count of every case, kept in ``.payung/angka.sqlite``: a case is read again only when its files changed.

Derived: delete the file and nothing is lost, and one that is damaged is made anew. Holds no identity and no words.
"""

import gc
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, islice

from processor.cases import case_file, journal
from processor.cases.register import Filed
from processor.cases.staff import Staff
from processor.evaluation import case_facts
from processor.evaluation.case_facts import CaseFacts, CountingRules
from processor.evaluation.periods import Period
from processor.foundation.derived_database import DerivedDatabase, NotMade
from processor.foundation.errors import PayungError
from processor.foundation.progress import counted
from processor.operations import overview
from processor.operations.office import Office

FILE_NAME = "angka.sqlite"
VERSION = 2
"""To be raised by one when the facts of an unchanged case come out otherwise than before."""
_TABLES = (
    "create table fakta (nomor text primary key, tanda text not null, terdaftar text not null, isi text not null) "
    "without rowid",
    "create index fakta_terdaftar on fakta (terdaftar)",
)
_BATCH = 1000  # cases that a stop in the middle may lose
_Marks = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """The facts of the cases of some days, oldest first, and how many were registered in each of all years.

    ``unread`` are cases of any day whose files cannot be read, with the day on which they were filed (None: unknown).
    """

    cases: tuple[CaseFacts, ...]
    years: Mapping[int, int]
    unread: Mapping[str, date | None]

    def unread_in(self, period: Period) -> int:
        """Count the unread cases of a period; where nobody knows the day, by the year of the number."""
        days = ((day, int(number.split("-")[1])) for number, day in self.unread.items())
        return sum(1 for day, year in days if (period.holds(day) if day else year == period.year))


def counting_rules(office: Office) -> CountingRules:
    """Give what decides how this office's cases are counted."""
    return CountingRules(office.settings.layanan, office.calendar, office.settings.taksonomi)


def facts_of(office: Office, first: date = date.min, last: date = date.max) -> RegisterFacts:
    """Give the facts of the cases that were registered from ``first`` to ``last``, by default of all.

    Only cases are read that have changed since they were kept, or whose settings or days off have.

    Raises:
        PayungError: The disk refuses to keep what was read.
    """
    register = office.register
    files = (case_file.FILE_NAME, journal.FILE_NAME)
    marks = {number: register.change_mark(number, *files) for number in register.numbers()}
    file = _file(office)
    try:
        known = file.read(_marks)
    except NotMade:
        known = file.write(_marks, new=True)
    unread = _bring_up_to_date(office, file, marks, known)
    cases, years = file.read(partial(_chosen, first=first, last=last))
    return RegisterFacts(cases, years, unread)


def uncounted(office: Office) -> int:
    """Tell how many cases nobody has counted yet; those that only changed since are not among them. Raises OSError."""
    try:
        (known,) = _file(office).read(lambda opened: opened.execute("select count(*) from fakta").fetchone())
    except NotMade:
        known = 0
    return max(0, len(office.register.numbers()) - int(known))


def _file(office: Office) -> DerivedDatabase:
    """Give the file of facts; one that was made by other rules is none."""
    return DerivedDatabase(office.register.state_folder / FILE_NAME, (*_TABLES, f"-- {_base(office)}"))


def _base(office: Office) -> str:
    """Digest what facts are made from besides the cases: settings, days off, ``VERSION``."""
    settings = office.settings
    parts = settings.model_dump_json(include={"layanan", "petugas", "taksonomi", "surat"})
    days_off = settings.days_off.read_bytes() if settings.days_off.is_file() else b""
    program = f"{VERSION} {overview.version_of('holidays')}"
    return hashlib.sha256(parts.encode() + days_off + program.encode()).hexdigest()


def _marks(opened: sqlite3.Connection) -> dict[str, str]:
    """Give the marks with which cases are kept."""
    return dict(opened.execute("select nomor, tanda from fakta"))


def _chosen(opened: sqlite3.Connection, first: date, last: date) -> tuple[tuple[CaseFacts, ...], dict[int, int]]:
    """Give what is kept of the cases of these days, and how many there are in each year.

    The rows are read in their own order: to look each of a year up by its day takes five times as long.
    """
    query = "select isi from fakta where +terdaftar between ? and ? order by +terdaftar, length(nomor), nomor"
    texts = opened.execute(query, (first.isoformat(), last.isoformat()))
    years = opened.execute("select cast(substr(terdaftar, 1, 4) as integer), count(*) from fakta group by 1")
    with uncollected():
        batches = iter(partial(texts.fetchmany, _BATCH), [])
        return tuple(chain.from_iterable(map(_facts_in, batches))), dict(years)


def _facts_in(batch: Iterable[tuple[str]]) -> Iterator[CaseFacts]:
    """Read many texts as one: to begin anew with each takes twice as long."""
    return map(case_facts.from_row, json.loads(f"[{','.join(text for (text,) in batch)}]"))


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage among what is only being made: it doubles the time of 100 000 cases."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _bring_up_to_date(office: Office, file: DerivedDatabase, marks: _Marks, known: _Marks) -> dict[str, date | None]:
    """Read every case that has changed, and drop those that are gone; give the cases that cannot be read."""
    changed = [number for number, mark in marks.items() if known.get(number) != mark]
    unread = dict[str, date | None]()
    gone = known.keys() - marks.keys()
    if gone:
        file.write(partial(_write, gone=gone, marks={}, read={}), new=False)
    for batch in _batches(counted(office.progress, "Menghitung permohonan", changed)):
        read = dict(_read(office, batch, unread))
        file.write(partial(_write, gone=unread.keys() & {*batch}, marks=marks, read=read), new=False)
    return unread


def _batches(numbers: Iterable[str]) -> Iterator[list[str]]:
    """Divide numbers into lists of ``_BATCH``."""
    waiting = iter(numbers)
    while batch := [*islice(waiting, _BATCH)]:
        yield batch


def _write(opened: sqlite3.Connection, gone: Iterable[str], marks: _Marks, read: Mapping[str, CaseFacts]) -> None:
    """Drop cases, and keep others with the marks of the files from which they were read."""
    opened.executemany("delete from fakta where nomor = ?", [(number,) for number in gone])
    rows = (
        (number, marks[number], one.received.isoformat(), json.dumps(case_facts.to_row(one), separators=(",", ":")))
        for number, one in read.items()
    )
    opened.executemany("insert or replace into fakta values (?, ?, ?, ?)", rows)


def _read(office: Office, numbers: Iterable[str], unread: dict[str, date | None]) -> Iterator[tuple[str, CaseFacts]]:
    """Read cases for what is counted of them; those that cannot be read go to ``unread``."""
    counting = counting_rules(office)
    for number in numbers:
        unread[number] = None
        with suppress(PayungError, OSError):
            filed = office.register.read(number)
            unread[number] = _filed_on(office, filed)
            if facts := _facts(office, filed, counting):
                del unread[number]
                yield number, facts


@overview.one_case_at_a_time()
def _facts(office: Office, filed: Filed, counting: CountingRules) -> CaseFacts | None:
    """Give the facts of one case; None where its file cannot be used. Raises PayungError."""
    seen = overview.derive_for(office, filed)
    if filed.case is None or seen is None:
        return None
    return case_facts.facts_of(filed.case, seen, filed.events, Staff(office.settings.petugas), counting)


def _filed_on(office: Office, filed: Filed) -> date | None:
    """Tell by the journal on which day of the office a case was filed."""
    first = next(iter(filed.events), None)
    return first.time.astimezone(office.settings.layanan.zone).date() if first else None
