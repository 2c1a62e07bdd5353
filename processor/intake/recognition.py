"""What can be compared of a response without knowing whose it is: ids, moments and keyed fingerprints."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from processor.cases.records import Event, Response
from processor.foundation.form_definition import digits, nip_digits, nip_problem
from processor.intake.sources.answers import lost_digits

LOCATOR = "kode_lacak"
SUBSTANCE = ("uraian", "pertanyaan")
PERSON = ("nip", "email", "telepon")
DOUBT = "?"
OTHERS = "isian lain"
"""How a change is named that is in none of the form's own answers."""
MOMENT = "diajukan"
"""How it is named that the time of sending reads otherwise than before; the case file has this key for it."""

_UNMARKED = {"unit"}
_OTHER = "lain:"
_SAME_TIME = timedelta(seconds=1)  # spreadsheets round

Fingerprint = Callable[[str, str], str]
Fingerprints = Mapping[str, str]
"""A form key -> keyed fingerprint of its answer, "" where the answer was left empty."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What can be compared of a response, or of all sightings of one case, without any identity.

    ``keys`` are source ids (``google:...``), ``times`` every moment at which it was sent, ``fingerprints`` one mapping
    a version, the newest last; that of a NIP, e-mail or telephone number that cannot be one begins with ``?``.
    ``possible_duplicates`` are the cases at which this one points because they may be the same request.
    """

    number: str = ""
    keys: frozenset[str] = frozenset()
    times: frozenset[datetime] = frozenset()
    fingerprints: tuple[Fingerprints, ...] = ()
    possible_duplicates: frozenset[str] = frozenset()

    def data(self) -> dict[str, Any]:
        """Give what the journal keeps of one sighting."""
        times = [moment.isoformat() for moment in sorted(self.times)]
        return {"kunci": sorted(self.keys), "waktu": times, "sidik": dict(self.fingerprints[-1])}

    @classmethod
    def of_events(cls, number: str, events: Iterable[Event]) -> "Recognition":
        """Gather all sightings of the case ``number`` that its journal holds."""
        events = tuple(events)
        sightings = [event for event in events if "sidik" in event.data]
        seen = [event.data for event in sightings]
        versions: list[Fingerprints] = []
        for event in sightings:
            if event.kind != "dikenali":
                versions.append({**(versions[-1] if versions else {}), **event.data["sidik"]})
        keys = frozenset(key for data in seen for key in data["kunci"])
        times = frozenset(datetime.fromisoformat(moment) for data in seen for moment in data["waktu"])
        duplicates = frozenset(other for event in events for other in event.data.get("kembaran", ()))
        return cls(number, keys, times, tuple(versions), duplicates)

    def without(self, fields: Iterable[str]) -> "Recognition":
        """Give it without these fields in its newest version, whose answers do not count."""
        dropped = frozenset(fields)
        if not dropped:
            return self
        kept = {key: mark for key, mark in self.fingerprints[-1].items() if _field(key) not in dropped}
        return replace(self, fingerprints=(*self.fingerprints[:-1], kept))

    def holds(self, marks: Fingerprints) -> bool:
        """Tell whether some version says the same as ``marks``."""
        return any(not changed_fields(version, marks) for version in self.fingerprints)

    def same_person(self, marks: Fingerprints) -> bool:
        """Tell whether NIP, e-mail or telephone number is equal. Two different good NIPs are two people."""
        good = {version["nip"] for version in self.fingerprints if _usable(version.get("nip"))}
        if good and _usable(marks.get("nip")) and marks["nip"] not in good:
            return False
        shared = (key for version in self.fingerprints for key in PERSON if same_answer(version, marks, key))
        return any(_usable(marks[key]) for key in shared)

    def same_code(self, marks: Fingerprints) -> bool:
        """Tell whether both carry one applicant's code."""
        return any(same_answer(version, marks, LOCATOR) for version in self.fingerprints)

    def sent_at(self, times: Iterable[datetime]) -> bool:
        """Tell whether both were sent at one moment, give or take a second."""
        return any(abs(mine - other) <= _SAME_TIME for mine in self.times for other in times)

    def sent_about(self, times: Iterable[datetime]) -> bool:
        """Tell whether both were sent at one moment, where a spreadsheet may have left out the seconds of one."""
        return any(same_moment(mine, other) for mine in self.times for other in times)

    def another_response(self, keys: Iterable[str]) -> bool:
        """Tell whether the source itself says, by another id, that this is another response."""
        mine = {key.partition(":")[0]: key for key in self.keys}
        return any(mine.get(key.partition(":")[0], key) != key for key in keys)


def same_moment(one: datetime, other: datetime) -> bool:
    """Tell whether two times are one, give or take a second, or the seconds that one of them does not have."""
    rounded = any(not (time.second or time.microsecond) for time in (one, other))
    same_minute = int(one.timestamp()) // 60 == int(other.timestamp()) // 60
    return abs(one - other) <= _SAME_TIME or (rounded and same_minute)


def _usable(mark: str | None) -> bool:
    """Tell whether a mark can tell a person."""
    return bool(mark) and not str(mark).startswith(DOUBT)


def same_answer(one: Fingerprints, other: Fingerprints, key: str) -> bool:
    """Tell whether both give the same answer to ``key``, and do give one."""
    return bool(one.get(key)) and _same_mark(one.get(key), other.get(key))


def _same_mark(one: str | None, other: str | None) -> bool:
    """Tell whether two marks are of one answer: an older version doubted fewer of them."""
    return one == other or str(one).lstrip(DOUBT) == str(other).lstrip(DOUBT)


def changed_fields(old: Fingerprints, new: Fingerprints) -> tuple[str, ...]:
    """Give the fields in which ``new`` differs from ``old``; a column that one source does not have is no change."""
    both = {key for key in new if key in old and not _same_mark(old[key], new[key])}
    added = {key for key in new if key not in old and new[key] and not key.startswith(_OTHER)}
    return tuple(sorted({_field(key) for key in both | added}))


def _field(key: str) -> str:
    """Give how a change in an answer is named."""
    return OTHERS if key.startswith(_OTHER) else key


def recognise(response: Response, fingerprint: Fingerprint) -> Recognition:
    """Give what can be compared of ``response``; spelling differences between sources are evened out.

    The code of a unit is not: there are so few that equal fingerprints in open journals would tell who shares one.
    """
    answers = ((key, text) for key, text in response.answers.items() if key not in _UNMARKED or not text)
    given = {key: (text, comparable_text(key, text)) for key, text in answers}
    given |= {
        _OTHER + fingerprint("judul", title): ("", comparable_text("", text)) for title, text in response.others.items()
    }
    marks = {
        key: doubt_mark(key, written) + fingerprint(key, text) if text else "" for key, (written, text) in given.items()
    }
    keys = frozenset({f"{response.source}:{response.key}"} if response.key else ())
    times = frozenset(moment for moment in (response.created, response.submitted) if moment)
    return Recognition(keys=keys, times=times, fingerprints=(marks,))


def lookup_keys(one: Recognition) -> Iterator[str]:
    """Give the words under which cases that may concern each other are found."""
    yield from one.keys
    for version in one.fingerprints:
        yield from (f"{key}={version[key]}" for key in (*PERSON, LOCATOR, "uraian") if _usable(version.get(key)))


def substance_keys(one: Recognition) -> Iterator[str]:
    """Give the facts and questions that a case ever held, as keys under which to count others with the same."""
    yield from (f"{key}={version[key]}" for version in one.fingerprints for key in SUBSTANCE if version.get(key))


def doubt_mark(key: str, text: str) -> str:
    """Give ``?`` for an answer that cannot tell a person (a dash, no NIP, a number cut or rounded), else ""."""
    good = {
        "nip": not nip_problem(text, date.max),
        "email": "@" in text,
        "telepon": len(digits(text)) >= 8 and not lost_digits(text),
    }
    return "" if good.get(key, True) else DOUBT


_DRIVE_ID = re.compile(r"(?:[?&]id=|/d/)([\w-]{8,})")


def comparable_text(key: str, text: str) -> str:
    """Give an answer without what differs between sources: blanks, spelling of numbers, forms of a link."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    if key == "nip":
        return nip_digits(text)
    if key == "email":
        return text.casefold()
    if key == "telepon":
        return re.sub(r"^(62|0)+", "", digits(text)) or text
    if key == "dokumen" and (ids := _DRIVE_ID.findall(text)):
        return " ".join(sorted(ids))
    return text


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one response.

    ``kind`` is baru (a new case), diubah (an edit of ``number`` in ``fields``), berbeda (what was sent at the same
    moment reads otherwise in ``fields``, so it is no edit), dikenali (seen under a new key or time) or sama (nothing to
    do). ``possible_duplicates`` are cases that may be the same request. ``better`` are those of the ``fields`` of which
    the register holds a damaged copy; in ``worse`` this one is the damaged copy, and changes nothing.
    """

    response: Response = field(repr=False)
    kind: str
    number: str
    recognition: Recognition = field(repr=False)
    fields: tuple[str, ...] = ()
    possible_duplicates: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()


def remember(known: dict[str, Recognition], outcome: Decision) -> None:
    """Let ``known``, by number, know what the register will know once ``outcome`` is filed."""
    one, mine = known.get(outcome.number, Recognition(outcome.number)), outcome.recognition
    versions = one.fingerprints
    if outcome.kind in {"baru", "diubah", "berbeda"}:
        versions = (*versions, {**(versions[-1] if versions else {}), **mine.fingerprints[-1]})
    duplicates = one.possible_duplicates | set(outcome.possible_duplicates)
    known[outcome.number] = Recognition(one.number, one.keys | mine.keys, one.times | mine.times, versions, duplicates)
    for number in outcome.possible_duplicates:
        known[number] = replace(known[number], possible_duplicates=known[number].possible_duplicates | {outcome.number})
