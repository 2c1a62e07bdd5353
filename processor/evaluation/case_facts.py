"""What one request gives to be counted: codes, days and minutes. No identity, and no word of anybody. Pure.

Facts do not depend on the day on which they are made, so that they can be kept until the files of a case change.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from processor.cases import answers, case_file, deadlines
from processor.cases.case_file import CaseFile
from processor.cases.case_parts import KNOWN_OFFICES, Objection
from processor.cases.case_status import DELIVERED, Derived, Status
from processor.cases.records import Event
from processor.cases.staff import Staff
from processor.evaluation import step_times
from processor.foundation import working_days
from processor.foundation.settings_agency import Role, ServiceHours, Taxonomy
from processor.foundation.working_time import Calendar

Outcome = Literal["dijawab", "ditolak", "dibatalkan", "terbuka"]
OTHER = "lainnya"
UNLISTED = "di_luar_daftar"
"""Stands for a word of a case file that is in no list of the settings."""


@dataclass(frozen=True, slots=True)
class CountingRules:
    """What of an office decides how its requests are counted."""

    service: ServiceHours
    calendar: Calendar
    taxonomy: Taxonomy


class CoordinationFacts(NamedTuple):
    """One question to another office: to which known one, the days on which it was sent, wanted and answered."""

    to: str
    sent: date | None
    due: date | None
    answered: date | None


class ObjectionFacts(NamedTuple):
    """An objection to a rejection: the days on which it came and was decided, and the working days between them."""

    received: date | None
    ruling: str
    decided: date | None
    days: int | None


class CaseFacts(NamedTuple):
    """One request. Days are the office's own, minutes are working minutes of its calendar; "" is what nobody filled in.

    ``answered`` is the day of the first answer that went out, a rejection too. Of an answered request ``promised`` are
    the minutes to that since it was sent (since it was registered where its source does not say: then ``sent_known`` is
    False), ``worked`` those since it was registered, both without pauses; ``waited`` and ``coordinated`` are the pauses
    in between (a minute of both counts for the first), and ``steps`` add up to ``worked``. ``promise_due`` is when the
    promise ends of a request that waits for its first answer; None also while a pause lasts. ``completions`` counts how
    often the applicant was asked for more, ``returns`` how often a study was returned, ``corrections`` the letters that
    took the place of a delivered one. ``officers`` names by role who handled it, ``holders`` whose turn it is, by short
    names.

    A tuple, as 100 000 are made at a time: a frozen dataclass takes more than twice as long.
    """

    number: str
    received: date
    kind: str
    field: str
    topic: str
    position: str
    channel: str
    follows: str
    urgent: str
    status: Status
    outcome: Outcome
    rejection: str
    answered: date | None
    promise_due: datetime | None
    sent_known: bool
    promised: int | None
    worked: int | None
    waited: int
    coordinated: int
    steps: tuple[tuple[str, int], ...]
    completions: int
    returns: int
    corrections: int
    marks: tuple[tuple[str, int], ...]
    obstacles: tuple[str, ...]
    coordination: tuple[CoordinationFacts, ...]
    appointments: tuple[tuple[str, str], ...]
    officers: tuple[tuple[Role, str], ...]
    holders: tuple[str, ...]
    objection: ObjectionFacts | None
    published: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody still works on it, or waits for the applicant."""
        return self.outcome == "terbuka"


def facts_of(
    case: CaseFile, seen: Derived, events: Sequence[Event], staff: Staff, counting: CountingRules
) -> CaseFacts:
    """Take from a request what is counted of it.

    Args:
        case: Its file.
        seen: What follows from it.
        events: Its journal.
        staff: Who works in the service: only their short names are kept.
        counting: The office's hours, limits, days off and lists of words.
    """
    times = step_times.of(case, seen.status, events, counting.service, counting.calendar)
    lists, check = counting.taxonomy, case.verifikasi
    outcome = outcome_of(case, seen.status, events)
    zone = counting.service.zone
    return CaseFacts(
        number=case.nomor_registrasi,
        received=deadlines.counting_hours(counting.service).local(case.diterima).date(),
        kind=case.bentuk or "",
        field=_listed(check.ranah, lists.ranah),
        topic=_listed(check.topik, lists.topik),
        position=_listed(check.posisi_pemohon, lists.posisi_pemohon),
        channel=case_file.channel_of(case) or "",
        follows=case.lanjutan_dari,
        urgent=(case.mendesak.perihal or OTHER) if case.mendesak and case.mendesak.tanggal else "",
        status=seen.status,
        outcome=outcome,
        rejection=(check.alasan_jenis or "") if outcome == "ditolak" else "",
        answered=times.answered.astimezone(zone).date() if times.answered else None,
        promise_due=times.promise_due,
        sent_known=case.diajukan is not None,
        promised=times.promised,
        worked=times.worked,
        waited=times.waited,
        coordinated=times.coordinated,
        steps=times.steps,
        completions=sum(1 for before, now in _moves(events) if now == "menunggu_kelengkapan" != before),
        returns=sum(1 for before, now in _moves(events) if now == "dikembalikan" != before),
        corrections=_corrections(events),
        marks=tuple(case.pemeriksaan.mutu.marks.items()) if case.pemeriksaan.mutu else (),
        obstacles=tuple(one.jenis or "" for one in case.hambatan),
        coordination=tuple(_coordination(case)),
        appointments=tuple((one.cara or "", one.selesai) for one in case.jadwal),
        officers=tuple(_officers(case, staff)),
        holders=seen.holders if outcome == "terbuka" else (),
        objection=_objection(case.keberatan, counting) if case.keberatan else None,
        published=bool(case.publikasi and case.publikasi.tanggal and not case.publikasi.dicabut),
    )


def outcome_of(case: CaseFile, status: Status, events: Sequence[Event]) -> Outcome:
    """Tell what became of a request. One that is rejected counts so from the decision on."""
    if status == "dibatalkan" or (status == "diarsipkan" and not answers.answered(case, events)):
        return "dibatalkan"
    over = status in DELIVERED or status == "diarsipkan"
    if status == "ditolak" or (over and case.verifikasi.keputusan == "ditolak"):
        return "ditolak"
    return "dijawab" if over else "terbuka"


def _listed(word: str, known: Sequence[str]) -> str:
    """Give a word as it is counted: of one that is in no list nobody knows what it tells."""
    return word if word in known or not word else UNLISTED


def _moves(events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """Give the changes of status, from and to; a decision written again has the same twice."""
    return ((event.data["dari"], event.data["menjadi"]) for event in events if event.kind == "status")


def _corrections(events: Sequence[Event]) -> int:
    """Count the letters that were delivered after another one of the same kind."""
    kinds = [event.data["jenis"] for event in events if event.kind == "jawaban"]
    return len(kinds) - len({*kinds})


def _coordination(case: CaseFile) -> Iterator[CoordinationFacts]:
    """Give the questions to other offices; one that nobody knows by name is another, and a regency's bagian a biro."""
    known = {name.casefold(): name for name in KNOWN_OFFICES}
    for one in case.koordinasi:
        to = known.get(re.sub(r"^(?:sub)?bagian\b", "biro", one.kepada.casefold()), OTHER)
        yield CoordinationFacts(to, one.dikirim, one.batas, one.dijawab)


def _officers(case: CaseFile, staff: Staff) -> Iterator[tuple[Role, str]]:
    """Name who handled the request, by role; whom the settings do not know is nobody by name."""
    words: tuple[tuple[Role, str], ...] = (
        ("pengelola_layanan", case.verifikasi.oleh),
        ("analis_hukum", case.penugasan.analis),
        ("kepala_bagian", case.pemeriksaan.oleh or case.penugasan.pemeriksa),
    )
    for role, word in words:
        if word:
            key = staff.key(word)
            yield role, key if key in staff.officers else UNLISTED


def _objection(one: Objection, counting: CountingRules) -> ObjectionFacts:
    """Give the objection with the working days that its decision took."""
    days = None
    if one.tanggal and one.diputus:
        hours = deadlines.counting_hours(counting.service)
        days = working_days.days_between(one.tanggal, one.diputus, counting.calendar, hours)
    return ObjectionFacts(one.tanggal, one.putusan or "", one.diputus, days)


def to_row(facts: CaseFacts) -> list[Any]:
    """Give the facts as a list that JSON can hold; ``from_row`` reads it."""
    return [_plain(value) for value in facts]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def from_row(row: Sequence[Any]) -> CaseFacts:
    """Read facts that ``to_row`` wrote. Raises ValueError or TypeError when they are none."""
    (
        number, received, kind, field, topic, position, channel, follows, urgent, status, outcome, rejection, answered,
        promise_due, sent_known, promised, worked, waited, coordinated, steps, completions, returns, corrections, marks,
        obstacles, coordination, appointments, officers, holders, objection, published,
    ) = row  # fmt: skip
    return CaseFacts(
        number, date.fromisoformat(received), kind, field, topic, position, channel, follows, urgent, status, outcome,
        rejection, _day(answered), datetime.fromisoformat(promise_due) if promise_due else None, sent_known, promised,
        worked, waited, coordinated, _pairs(steps), completions, returns, corrections, _pairs(marks), tuple(obstacles),
        tuple(CoordinationFacts(to, *map(_day, days)) for to, *days in coordination) if coordination else (),
        _pairs(appointments), _pairs(officers), tuple(holders), _read_objection(*objection) if objection else None,
        published,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _pairs(given: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(map(tuple, given)) if given else ()


def _read_objection(received: str | None, ruling: str, decided: str | None, days: int | None) -> ObjectionFacts:
    return ObjectionFacts(_day(received), ruling, _day(decided), days)
