"""The tables of requests that a publication counts, and the words by which they are read. Pure.

Which rows a table has depends on lists and settings only: a row that came with its first request would tell of it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import get_args
from urllib.parse import quote

from processor.cases import deadlines
from processor.cases.case_file import HelpKind
from processor.cases.case_parts import Channel
from processor.cases.promised_times import in_words
from processor.evaluation import request_figures
from processor.evaluation.case_facts import UNLISTED, CaseFacts, CountingRules
from processor.evaluation.counted_cases import CountedCases
from processor.evaluation.figure import label_of
from processor.evaluation.periods import Period
from processor.evaluation.publication_tables import ITSELF, PERIOD, Axis, CountTable

ANSWERED, IN_TIME, LATE = "dijawab", "dijawab/tepat_waktu", "dijawab/terlambat"
OUTCOME = "hasil"
"""The table by which it is judged how far what was promised was kept."""
UNIT = "unit"
OUTCOMES = {
    ANSWERED: "Dijawab",
    IN_TIME: "Dijawab tepat waktu",
    LATE: "Dijawab terlambat",
    "dijawab/tanpa_waktu": "Dijawab, waktunya tidak tercatat",
    "ditolak": "Ditolak dengan alasan",
    "dibatalkan": "Ditarik pemohon",
    "terbuka": "Masih berjalan",
}
_EMPTY = "belum_diisi"


@dataclass(frozen=True, slots=True)
class UnitsOfRequests:
    """The code of the applicant's unit by registration number, and of every unit its name and the one above it."""

    codes: Mapping[str, str]
    names: Mapping[str, str]
    above: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableWords:
    """How a table is read: its title, what it counts, and a label for each of its rows."""

    name: str
    title: str
    definition: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Division:
    """One way to divide requests: ``word`` gives the row of each, ``labels`` the rows that there are, in their order.

    ``figure`` is the key of the figure whose title and definition say what it is.
    """

    name: str
    figure: str
    labels: Mapping[str, str]
    word: Callable[[CaseFacts], str] = field(compare=False)


def tables(
    cases: Iterable[CaseFacts], node: str, counting: CountingRules, units: UnitsOfRequests | None = None
) -> tuple[CountTable, ...]:
    """Count the requests of a quarter by each of the published divisions.

    Args:
        cases: Its requests, and no others.
        node: How the quarter is named on the axis of time: 2026/3, or 2026/3~2 where it is counted again.
        counting: The office's limits and words.
        units: The units of applicants; None where they are not published.
    """
    every, period = tuple(cases), Axis(PERIOD, root=node, tells=False)
    found = []
    for one in _divisions(counting, units):
        counts: Counter[tuple[str, ...]] = Counter((node, one.word(case)) for case in every)
        found.append(CountTable(one.name, (period, Axis(one.name, tuple(one.labels))), counts))
    return tuple(found)


def words(
    period: Period,
    counting: CountingRules,
    now: datetime,
    units: UnitsOfRequests | None = None,
    *,
    by_quarters: bool = False,
) -> tuple[TableWords, ...]:
    """Give the words of every table.

    Args:
        period: What is counted.
        counting: The office's limits and words.
        now: When (aware) it is counted.
        units: The units of applicants; None where they are not published.
        by_quarters: Whether it is the sum of quarters that were counted earlier.
    """
    nobody = CountedCases.of((), period, now, counting)
    names = units.names if units else {}
    said = {one.key: one for one in request_figures.of(nobody, dict.fromkeys(names, ""), names)}
    day = counting.service.menit
    within = in_words(deadlines.overall_limit(counting.service.batas), day)
    added = f" Tepat waktu: dalam {within} sejak pemohon mengirim (atau sejak didaftarkan bila itu tidak diketahui), "
    found = []
    for one in _divisions(counting, units):
        definition = said[one.figure].definition
        if one.name == OUTCOME:
            definition += f"{added}tanpa jeda."
            if by_quarters:
                definition = definition.replace(nobody.as_of, "keadaan ketika tiap triwulannya dihitung")
        found.append(TableWords(one.name, said[one.figure].title, definition, one.labels))
    return tuple(found)


def _divisions(counting: CountingRules, units: UnitsOfRequests | None) -> Sequence[_Division]:
    lists, whole = counting.taxonomy, deadlines.overall_limit(counting.service.batas)
    return [
        _Division(OUTCOME, "permohonan.hasil", OUTCOMES, lambda one: _outcome(one, whole)),
        _listed("bentuk", "permohonan.bentuk", get_args(HelpKind), lambda one: one.kind),
        _listed("topik", "permohonan.topik", lists.topik, lambda one: one.topic),
        _listed("ranah", "permohonan.ranah", lists.ranah, lambda one: one.field),
        _listed("posisi", "permohonan.posisi", lists.posisi_pemohon, lambda one: one.position),
        _listed("kanal", "permohonan.kanal", get_args(Channel), lambda one: one.channel),
        *([_of_units(units)] if units else []),
    ]


def _outcome(one: CaseFacts, whole: int) -> str:
    """Tell what became of a request, and of an answer whether it came in time; ``whole`` is the promise in minutes."""
    if one.outcome != ANSWERED:
        return one.outcome
    if one.promised is None:
        return "dijawab/tanpa_waktu"
    return IN_TIME if one.promised <= whole else LATE


def _listed(name: str, figure: str, known: Sequence[str], word: Callable[[CaseFacts], str]) -> _Division:
    """Divide by a list of words: those of the list, what nobody filled in, and what is in no list."""
    labels = {_node(one): label_of(one) for one in known if one} | {_EMPTY: label_of(""), UNLISTED: label_of(UNLISTED)}
    return _Division(name, figure, labels, lambda one: _node(word(one)))


def _node(word: str) -> str:
    """Write a word so that it is one step of a path and no later count."""
    return quote(word, safe=" ").replace("~", "%7E") if word else _EMPTY


def _of_units(units: UnitsOfRequests) -> _Division:
    """Divide along the tree of units; the people of a unit itself stand beside the units below it."""
    divided = {*units.above.values()}
    labels = {}
    for code, name in units.names.items():
        labels[_path(units, code)] = name
        if code in divided:
            labels[f"{_path(units, code)}/{ITSELF}"] = f"{name}, tanpa unit di bawahnya"
    labels[_EMPTY] = "Belum diketahui"

    def word(one: CaseFacts) -> str:
        code = units.codes.get(one.number, "")
        own = f"/{ITSELF}" if code in divided else ""
        return f"{_path(units, code)}{own}" if code in units.names else _EMPTY

    return _Division(UNIT, "permohonan.unit", labels, word)


def _path(units: UnitsOfRequests, code: str) -> str:
    """Give the way to a unit from the top."""
    above = units.above.get(code, "")
    return f"{_path(units, above)}/{code}" if above else code
