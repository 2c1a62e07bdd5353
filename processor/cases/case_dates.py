"""Days in a case file that cannot be: by the other days of the case, or by a clock. Pure: the moment is handed in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from processor.cases.case_file import CaseFile
from processor.cases.case_parts import Appointment, Part
from processor.foundation.errors import Problem
from processor.foundation.yaml_reader import Document, Key, place_in_words

_YEAR = 366
_CHECK = "Periksa tanggal dan tahunnya."


@dataclass(frozen=True, slots=True)
class _Rule:
    """What must be true of a day: see ``_RULES``."""

    follows: bool = True
    near: bool = False
    happened: bool = True


_DECIDED, _ENDED = _Rule(near=True), _Rule()
_PLANNED = _Rule(near=True, happened=False)
_RULES: Mapping[tuple[str, str], _Rule] = {
    ("verifikasi", "tanggal"): _DECIDED,
    ("pemeriksaan", "tanggal"): _DECIDED,
    ("penyampaian", "tanggal_surat"): _DECIDED,
    ("penyampaian", "tanggal"): _DECIDED,
    ("penyampaian", "diterima"): _DECIDED,
    ("pembatalan", "tanggal"): _ENDED,
    ("arsip", "tanggal"): _ENDED,
    ("keberatan", "tanggal"): _ENDED,
    ("keberatan", "diputus"): _ENDED,
    ("keberatan", "tanggal_surat"): _ENDED,
    ("keberatan", "disampaikan"): _ENDED,
    ("keberatan", "diterima"): _ENDED,
    ("publikasi", "tanggal"): _ENDED,
    ("publikasi", "dicabut"): _ENDED,
    ("hambatan", "tanggal"): _DECIDED,
    ("koordinasi", "dikirim"): _DECIDED,
    ("koordinasi", "batas"): _PLANNED,
    ("koordinasi", "dijawab"): _DECIDED,
    ("jadwal", "waktu"): _PLANNED,
    ("pesan", "tanggal"): _ENDED,
    ("mendesak", "tanggal"): _Rule(follows=False, near=True, happened=False),
}
"""Every day of a case, by its part and name.

Those that ``follow`` the request cannot lie before it. Those ``near`` it lie at most a year away: farther off, their
year must be a mistake. What ``happened`` cannot be still to come; nor can an appointment that took place.
"""


@dataclass(frozen=True, slots=True)
class _Day:
    """A day that stands at ``key``, and its rule."""

    key: Key
    day: date
    rule: _Rule = _ENDED


def impossible(document: Document, case: CaseFile) -> Iterator[Problem]:
    """Find days before the request came, and others so far from it that their year must be a mistake."""
    first = min(time.date() for time in (case.diajukan, case.diterima) if time)
    filed = case.diterima.date()
    for one in _days(case):
        if one.rule.near and (one.day - filed).days > _YEAR:
            yield _told(document, one, f"lebih dari setahun sesudah permohonannya ({filed}).", _CHECK)
        elif one.rule.follows and one.day < first:
            yield _told(document, one, f"sebelum permohonannya ({first}).", _CHECK)
        elif one.rule.near and (first - one.day).days > _YEAR:
            yield _told(document, one, f"lebih dari setahun sebelum permohonannya ({first}).", _CHECK)
    yield from _out_of_order(document, case)


def still_to_come(document: Document, case: CaseFile, now: datetime) -> Iterator[Problem]:
    """Find days on which staff wrote that something was done, and that lie after ``now`` (in the office's zone)."""
    for one in _days(case):
        if one.rule.happened and one.day > now.date():
            yield _told(document, one, "belum tiba.", "Periksa tanggal, bulan, dan tahunnya.")


def _days(case: CaseFile) -> Iterator[_Day]:
    """Give every day that staff wrote into a case."""
    for (part, name), rule in _RULES.items():
        for key, inner in _parts_named(case, part):
            day = getattr(inner, name)
            took_place = isinstance(inner, Appointment) and inner.selesai == "ya"
            if day:
                plain = day.date() if isinstance(day, datetime) else day
                yield _Day((*key, name), plain, _DECIDED if took_place else rule)


def _parts_named(case: CaseFile, name: str) -> Iterator[tuple[Key, Part]]:
    """Give the part of this name with its place, or each item of a list; nothing where there is none."""
    value = getattr(case, name)
    if isinstance(value, tuple):
        yield from (((name, at), one) for at, one in enumerate(value))
    elif value is not None:
        yield (name,), value


def _out_of_order(document: Document, case: CaseFile) -> Iterator[Problem]:
    """Find answers and limits of a coordination that lie before it was sent."""
    for place, asked in enumerate(case.koordinasi):
        for name in ("batas", "dijawab"):
            day: date | None = getattr(asked, name)
            if day and asked.dikirim and day < asked.dikirim:
                one = _Day(("koordinasi", place, name), day)
                yield _told(document, one, f"sebelum dikirim ({asked.dikirim}).", _CHECK)


def _told(document: Document, one: _Day, why: str, mend: str) -> Problem:
    """Say where a day stands, which it is, and why it cannot be."""
    return Problem(str(document.path), document.line(one.key), f"“{place_in_words(one.key)}” ({one.day}) {why}", mend)
