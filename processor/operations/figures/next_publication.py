"""Counts what is published next and lets the audit decide what may be shown of it. Publishes nothing itself."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from processor.cases import deadlines, survey_store
from processor.cases.published_files import PublishedFiles
from processor.cases.survey_store import Vote
from processor.evaluation import (
    frozen_publication,
    kept_counts,
    later_counts,
    linear_model,
    periods,
    publication_values,
    published_counts,
    release_days,
    suppression,
    survey_figures,
)
from processor.evaluation.case_facts import CaseFacts, CountingRules
from processor.evaluation.frozen_publication import FrozenPublication, Promise, PublishedValue
from processor.evaluation.office_facts import ActivityFacts
from processor.evaluation.periods import Period
from processor.evaluation.publication_tables import CountTable, PublishedFigures
from processor.evaluation.published_counts import TableWords, UnitsOfRequests
from processor.foundation.errors import PayungError
from processor.foundation.progress import stage
from processor.operations import office_records, side_journal, unit_index
from processor.operations.figures import fact_store, register_figures
from processor.operations.office import Office
from processor.site import published_figures

FOLDER = "kinerja"
CORRECTION = "koreksi"
"""The event by which an officer asks that a published period is counted again with the next publication."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be published, and what was counted for it: that stays in the register."""

    publication: FrozenPublication
    counts: tuple[CountTable, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    """All that the periods are counted from, and what was published and prepared before."""

    files: PublishedFiles
    unseal: Callable[[bytes], bytes]
    cases: Sequence[CaseFacts]
    units: UnitsOfRequests | None
    events: Sequence[ActivityFacts]
    votes: Sequence[Vote]
    counting: CountingRules
    now: datetime
    known: Sequence[FrozenPublication]
    prepared: list[Prepared] = field(default_factory=list)

    def kept(self, quarter: Period) -> tuple[CountTable, ...] | None:
        """Give what is kept of a published quarter; None where it is lost or damaged."""
        with suppress(PayungError, UnicodeDecodeError):
            if (sealed := self.files.counts(str(quarter))) is not None:
                return kept_counts.counts_from_json(self.unseal(sealed).decode())
        return None

    def of(self, period: Period) -> list[CaseFacts]:
        """Give the requests of a period."""
        return [one for one in self.cases if period.holds(one.received)]


def files_of(office: Office) -> PublishedFiles:
    """Give where this office keeps what it published."""
    return PublishedFiles(office.register.folder, office.settings.office_key.parent)


def published(office: Office) -> list[FrozenPublication]:
    """Give everything that was published, oldest first.

    Raises:
        PayungError: A file in the register's folder of publications is none, or is damaged.
    """
    found = [_publication(name, text) for name, text in files_of(office).texts().items()]
    return sorted(found, key=lambda one: (one.made, one.period.last, not one.period.quarter, one.count))


def _publication(name: str, text: str) -> FrozenPublication:
    try:
        found = frozen_publication.from_json(text)
    except PayungError as error:
        raise PayungError(f"{FOLDER}/{name}.json: {error}") from error
    if found.name != name:
        raise PayungError(f"{FOLDER}/{name}.json memuat terbitan {found.name}. Kembalikan nama berkasnya.")
    return found


def asked_again(office: Office, names: Iterable[str]) -> dict[Period, int]:
    """Give the published periods that an officer asked to count again, each with the number of that count."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name.partition("~")[0]] = counts.get(name.partition("~")[0], 0) + 1
    asked: dict[str, int] = {}
    for event in side_journal.read(office.register, FOLDER)[0]:
        if event.kind == CORRECTION:
            name = str(event.data.get("periode"))  # of a line that somebody changed by hand, none
            asked[name] = asked.get(name, 0) + 1
    waiting = [name for name, often in counts.items() if asked.get(name, 0) >= often]
    return {periods.parse(name): counts[name] + 1 for name in sorted(waiting)}


def due_on(office: Office, day: date) -> dict[Period, int]:
    """Give the periods that are to be published on ``day``, each with the number of that count."""
    texts = files_of(office).texts()
    return {**asked_again(office, texts), **dict.fromkeys(release_days.to_publish(texts, day), 1)}


def prepare(office: Office, day: date) -> tuple[Prepared, ...]:
    """Count and audit everything that is to be published on ``day``, by the register as it is now.

    Raises:
        PayungError: Some of these requests cannot be read, highspy is not installed, or register and memory disagree
            about what was published.
        OSError: The disk refuses.
    """
    check_ready(office)
    files = files_of(office)
    due = due_on(office, day)
    if not due:
        return ()
    counted = _counted(office, files, published(office), due)
    for period, count in due.items():
        with stage(office.progress, f"Memeriksa angka {period.title}"):
            counted.prepared.append(_prepared(counted, period, count, day))
    return tuple(counted.prepared)


def check_ready(office: Office) -> None:
    """Raise PayungError where nothing could be published now, whatever was counted."""
    linear_model.check_installed()
    check_memory(office)


def check_memory(office: Office) -> None:
    """Raise PayungError where register, memory and site disagree on what was published: a person must settle that."""
    found, unknown = files_of(office).disagreement(), only_on_site(office)
    if found.different:
        raise PayungError(_DIFFERENT.format(", ".join(f"{FOLDER}/{name}.json" for name in found.different)))
    places = (
        (found.memory_only, "register lebih lama daripada ingatan komputer ini"),
        (found.register_only, "ingatan komputer ini hilang atau lebih lama"),
        ([*unknown], "register dan ingatan lebih lama daripada situs"),
    )
    for names, why in places:
        if names:
            raise PayungError(_OLDER.format(why, ", ".join(names)))


def only_on_site(office: Office) -> dict[str, str]:
    """Give what stands in the open data of the site and nowhere else, by name, as it is kept."""
    known, found = files_of(office).texts(), dict[str, str]()
    for name, data in published_figures.on_site(office.settings).items():
        with suppress(PayungError):
            if name not in known:
                found[name] = frozen_publication.to_json(frozen_publication.from_json(json.dumps(data)))
    return found


_DIFFERENT = (
    "isi {} di register tidak sama dengan yang diterbitkan dulu. Kembalikan berkas itu dari cadangan yang terbaru."
)
_OLDER = (
    "{}: terbitan {} hanya dikenal di satu tempat. Bila register dan folder kunci memang yang terbaru: payung kinerja "
    '--terima --oleh PETUGAS --alasan "..."'
)


def _counted(
    office: Office, files: PublishedFiles, known: Sequence[FrozenPublication], wanted: Mapping[Period, int]
) -> _Counted:
    """Read what the periods are counted from. Raises PayungError where a request or the survey is damaged."""
    first, last = min(one.first for one in wanted), max(one.last for one in wanted)
    facts = fact_store.facts_of(office, first, last)
    if any(facts.unread_in(one) for one in wanted):
        raise PayungError(_UNREAD)
    now = office.now()
    records = office_records.read(office).activities.entries
    events = register_figures.activities(records, now.date())
    votes = survey_store.answers(office.register).votes
    counting, unseal = fact_store.counting_rules(office), office.register.unseal
    return _Counted(files, unseal, facts.cases, _units(office), events, votes, counting, now, known)


_UNREAD = "ada berkas permohonan yang tidak terbaca, jadi angkanya belum lengkap. Betulkan dahulu: payung periksa"


def _units(office: Office) -> UnitsOfRequests | None:
    """Give the units by which requests are published, where the office wants that."""
    if not office.settings.evaluasi.terbit_unit or not office.settings.unit:
        return None
    listed = office.settings.unit
    above = {one.kode: one.induk for one in listed if one.induk}
    return UnitsOfRequests(unit_index.units_of(office), {one.kode: one.nama for one in listed}, above)


def _prepared(counted: _Counted, period: Period, count: int, day: date) -> Prepared:
    """Decide what may be shown of a period."""
    tables = _tables(counted, period, count)
    before = [*counted.known, *(one.publication for one in counted.prepared)]
    name, node = frozen_publication.name_of(period, count), frozen_publication.node_of(period, count)
    figures = suppression.publish(name, tables, [one.figures for one in before])
    if count > 1:
        figures = _beside(figures, period, before)
    shown = {key: number for table in figures.tables for key, number in table.shown.items()}
    values = (
        *publication_values.times(counted.of(period), period, node, shown),
        *_survey(counted, period, count, before),
        publication_values.events(counted.events, period),
    )
    words = tuple(_words(counted, period, count, {table.name: table for table in tables}, before))
    made = FrozenPublication(period, count, day, _promise(counted.counting), figures, words, values)
    return Prepared(made, tables)


def _survey(
    counted: _Counted, period: Period, count: int, before: Sequence[FrozenPublication]
) -> Iterator[PublishedValue]:
    """Give what the survey gave; never counted again, as what moved would tell one more answer."""
    if count > 1:
        return
    if period.quarter:
        votes = ((one.day, one.marks) for one in counted.votes if one.way == "surat_suara")
        yield publication_values.survey(survey_figures.satisfaction_of(votes, period), period)
    else:
        quarters = (one for one in before if one.period in period.quarters and one.count == 1)
        yield publication_values.survey_of_year((value for one in quarters for value in one.values), period)


def _beside(figures: PublishedFigures, period: Period, before: Sequence[FrozenPublication]) -> PublishedFigures:
    """Leave out of a later count what would tell of few people beside what was published of its year."""

    def counts(of: Period) -> list[PublishedFigures]:
        return [one.figures for one in before if one.period == of]

    year, others = Period(period.year), [counts(one) for one in Period(period.year).quarters if one != period]
    return later_counts.beside(figures, counts(period), counts(year) if period.quarter else None, others)


def _words(
    counted: _Counted, period: Period, count: int, tables: Mapping[str, CountTable], before: Sequence[FrozenPublication]
) -> Iterator[TableWords]:
    """Give the words of the tables that there are; a row that no list knows any more keeps its label."""
    whole = not period.quarter and count == 1
    earlier = {(one.name, node): label for made in before for one in made.words for node, label in one.labels.items()}
    for one in published_counts.words(period, counted.counting, counted.now, counted.units, by_quarters=whole):
        if one.name in tables:
            nodes = tables[one.name].axes[1].nodes
            labels = {node: one.labels.get(node) or earlier.get((one.name, node), node) for node in nodes}
            yield replace(one, labels=labels)


def _tables(counted: _Counted, period: Period, count: int) -> tuple[CountTable, ...]:
    """Count a period: a year from what was counted of its quarters, so that the two fit."""
    if period.quarter or count > 1:
        return _count(counted, period, count)
    quarters = [{table.name: table for table in _kept(counted, one)} for one in period.quarters]
    names = [name for name in quarters[-1] if all(name in one for one in quarters)]
    node = frozen_publication.node_of(period)
    return tuple(kept_counts.joined([one[name] for one in quarters], node) for name in names)


def _count(counted: _Counted, period: Period, count: int) -> tuple[CountTable, ...]:
    node = frozen_publication.node_of(period, count)
    return published_counts.tables(counted.of(period), node, counted.counting, counted.units)


def _kept(counted: _Counted, quarter: Period) -> tuple[CountTable, ...]:
    """Give what was counted of a quarter when it was published; where that is lost, it is counted again."""
    for one in counted.prepared:
        if one.publication.name == str(quarter):
            return one.counts
    return counted.kept(quarter) or _count(counted, quarter, 1)


def _promise(counting: CountingRules) -> Promise:
    limits = counting.service.batas
    return Promise(deadlines.overall_limit(limits), limits.sasaran, counting.service.menit)
