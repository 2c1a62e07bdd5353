"""What the leak gate looks for, as keyed fingerprints: so that a new case costs its own names, a new site its own text.

Derived: delete ``penjaga.sqlite`` and nothing is lost; a damaged one is made anew. Nobody's name can be read from it.
"""

import hashlib
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from processor.cases import complaint_register, dossier, journal, register_marks, registration_numbers
from processor.cases.records import Applicant, Event
from processor.cases.register import Register, sealed_part
from processor.cases.register_marks import RegisterMarks
from processor.foundation.derived_database import DerivedDatabase, NotMade
from processor.operations import leak_exceptions
from processor.operations.complaints.complaint_people import Complainants
from processor.operations.reviewed_words import ReviewedWords
from processor.site import leak_targets, leak_tokens
from processor.site.leak_targets import GateHit, Targets
from processor.site.leak_tokens import KeyPair, SiteKeys

FILE_NAME = "penjaga.sqlite"
_TABLES = (
    *register_marks.TABLES,
    "create table cari (awal text, akhir text, nomor text, primary key (awal, akhir, nomor)) without rowid",
    "create index cari_nomor on cari (nomor)",
    "create table panjang (angka integer primary key)",
    "create table lolos (situs text, giliran text, bersih integer)",
)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class IdentityIndex:
    """The identities in a register, as ``publish.inspect`` asks for them. Needs no lock of the register.

    ``seen`` are the register's marks if they were looked at already; who was filed or changed after that is not known.
    """

    register: Register
    seen: RegisterMarks | None = None
    clock: Callable[[], datetime] = _utc_now
    turn: str = field(default_factory=partial(secrets.token_hex, 8))
    reviewed: ReviewedWords = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reviewed", ReviewedWords(self.register))

    def digest(self) -> str:
        """Give a digest of all marks: the same after a look as before it says that everybody was looked for."""
        sealed = [*map(sealed_part, self._marks().all().values()), *filter(None, [self._complainants.digest()])]
        return hashlib.sha256("\n".join(sealed).encode()).hexdigest()

    def people(self, *numbers: str) -> Iterator[Applicant]:
        """Give everybody who ever stood in these cases, and who made these complaints."""
        cases = [one for one in numbers if not complaint_register.is_complaint(self.register, one)]
        yield from dossier.identities(self.register, *cases) if cases else ()
        for number in set(numbers).difference(cases):
            yield from (one for _, one in self._complainants.arrivals(number))

    def suspects(self, keys: SiteKeys, public: SiteKeys, site: str) -> list[str]:
        """Give the numbers of the cases and complaints of which something may stand in a site, oldest first.

        Args:
            keys: What stands in the site.
            public: What the agency says itself: that is nobody's.
            site: Its mark. Where it was cleared for all other cases before, only those are compared that have changed.

        Returns:
            A case too many at times, and none too few.
        """
        ask = _Comparison(self.register, self.reviewed, keys, public, f"{leak_tokens.reader()} {site}", self.turn)
        complaints = self._complainants.suspects(ask.site, ask.stands, partial(_held, self.reviewed))
        return sorted([*self._suspect_cases(ask), *complaints], key=registration_numbers.order)

    def _suspect_cases(self, ask: "_Comparison") -> Iterable[str]:
        marks, file = self._marks(), self._file()
        try:
            if file.read(lambda opened: ask.cleared(opened) and not marks.changes(opened, sealed_part)):
                return []
            found = file.write(lambda opened: ask.compare(opened, marks), new=False)
        except NotMade:
            found = file.write(lambda opened: ask.compare(opened, marks), new=True)
        return found

    def leaked(self, number: str, sought: Callable[[Applicant], Targets], found: frozenset[GateHit]) -> set[GateHit]:
        """Give what of the finds is a leak of a case or complaint.

        That is not what the reviewed sources and the site held before it came, nor what an officer has excepted.

        Args:
            number: The number of the case or complaint.
            sought: Gives what is looked for of a person.
            found: What was found in a site.
        """
        if complaint_register.is_complaint(self.register, number):
            events, arrivals = self._complainants.events(number), self._complainants.arrivals(number)
        else:
            events, arrivals = _events(self.register, number), _arrivals(self.register, number)
        free = leak_exceptions.excepted(events)
        leaks = set[GateHit]()
        for came, one in arrivals:
            what = sought(one)
            leaks |= {hit for hit in what.hits & found if not _held(self.reviewed, what, hit, came)}
        return {hit for hit in leaks if leak_exceptions.fingerprint(self.register, hit) not in free}

    def clear(self, site: str, keys: SiteKeys) -> None:
        """Remember that nobody stands in the site with this mark, unless somebody else has compared meanwhile.

        Its words (``keys``) are public from now on.
        """
        self.reviewed.note_site(keys, site, self.clock())
        row = (f"{leak_tokens.reader()} {site}", self.turn)
        self._complainants.clear(row[0])
        query = "update lolos set bersih = 1 where situs = ? and giliran = ?"
        with suppress(NotMade):
            self._file().write(lambda opened: opened.execute(query, row), new=False)

    def look_again(self) -> None:
        """Forget which site was cleared, because an exception was taken back: the next look compares everybody."""
        self._complainants.forget()
        with suppress(NotMade):
            self._file().write(lambda opened: opened.execute("delete from lolos"), new=False)

    @property
    def _complainants(self) -> Complainants:
        return Complainants(self.register, self.turn)

    def _marks(self) -> RegisterMarks:
        return self.seen or RegisterMarks(self.register)

    def _file(self) -> DerivedDatabase:
        made_by = f"-- {self.register.fingerprint('penjaga', leak_tokens.reader())}"  # another secret, another program
        return DerivedDatabase(self.register.state_folder / FILE_NAME, (*_TABLES, made_by))


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One comparison of a site with the index."""

    register: Register
    reviewed: ReviewedWords
    keys: SiteKeys
    public: SiteKeys
    site: str
    turn: str

    def cleared(self, opened: sqlite3.Connection) -> bool:
        """Whether the site was cleared for every case that is in the index."""
        return opened.execute("select 1 from lolos where situs = ? and bersih", (self.site,)).fetchone() is not None

    def compare(self, opened: sqlite3.Connection, marks: RegisterMarks) -> set[str]:
        """Bring the index up to date, and give the cases of which something may stand in the site."""
        changes, before = marks.changes(opened, sealed_part), self.cleared(opened)
        old = [(number,) for number in (*changes.marks, *changes.gone)]
        opened.executemany("delete from cari where nomor = ?", old)
        changes.keep(opened)
        found = {number for number in changes.marks if self._taken_in(opened, number)}
        opened.execute("delete from lolos")
        opened.execute("insert into lolos values (?, ?, 0)", (self.site, self.turn))
        return found if before else {*found, *self._among_all(opened)}

    def _taken_in(self, opened: sqlite3.Connection, number: str) -> bool:
        """Take in one case, without what was public before it came; whether something of it may stand in the site."""
        sought, found = set[KeyPair](), False
        for came, one in _arrivals(self.register, number):
            what = leak_targets.targets([one], "")
            for hit, pair in leak_tokens.keyed(what):
                stands = self.stands(pair)
                if not (stands and _held(self.reviewed, what, hit, came)):
                    sought.add(pair)
                    found |= stands
        sizes = {(len(first) - 2,) for first, _ in sought if first.startswith("n ")}
        opened.executemany("insert into cari values (?, ?, ?)", ((*map(self._sealed, one), number) for one in sought))
        opened.executemany("insert or ignore into panjang values (?)", sizes)
        return found

    def stands(self, pair: KeyPair) -> bool:
        """Whether what is sought may stand in the site, and is not what the agency itself says."""
        return self.keys.may_hold(pair) and not self._said_by_all(pair)

    def _sealed(self, key: str) -> str:
        """A key as it is kept."""
        return self.register.fingerprint("penjaga", key)

    def _said_by_all(self, pair: KeyPair) -> bool:
        """Whether the agency itself says this. Of the two ends of a long phrase nobody can tell."""
        return pair[0] == pair[1] and self.public.may_hold(pair)

    def _among_all(self, opened: sqlite3.Connection) -> Iterator[str]:
        """The cases that share a pair of keys with the site."""
        sizes = [size for (size,) in opened.execute("select angka from panjang")]
        words = {self._sealed(key): key for key in self.keys.words}
        numbers = ((self._sealed(key), key) for key in set(self.keys.numbers(sizes)))
        for sealed, key in _both(words.items(), numbers):
            for end, number in opened.execute("select akhir, nomor from cari where awal = ?", (sealed,)):
                if (end == sealed and not self._said_by_all((key, key))) or (end != sealed and end in words):
                    yield number


def _events(register: Register, number: str) -> tuple[Event, ...]:
    return journal.read(register.path(number) / journal.FILE_NAME)[0]


def _arrivals(register: Register, number: str) -> Iterator[tuple[datetime, Applicant]]:
    """Give everybody in a case with when they came: never later than the journal's last word, which is ours."""
    times = [event.time for event in _events(register, number)] or [datetime.min.replace(tzinfo=UTC)]
    for came, one in dossier.arrivals(register, number):
        yield min(came or times[0], times[-1]), one


def _held(reviewed: ReviewedWords, what: Targets, hit: GateHit, came: datetime) -> bool:
    """Tell whether what is sought was public before it came."""
    return any(reviewed.held(one, came) for one in what.spellings(hit))


def _both(*several: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for one in several:
        yield from one
