"""A made-up ministry and files of made-up agencies, written as real ones are."""

from collections.abc import Iterable
from datetime import date
from random import Random

from processor.evaluation import aggregate, periods
from processor.evaluation.aggregate import WHOLE, Aggregate, AggregateTable
from processor.evaluation.frozen_publication import FrozenPublication, Promise, PublishedValue, ValueRow
from processor.evaluation.publication_tables import Axis, CountTable, PublishedFigures
from processor.evaluation.suppression import publish

MINISTRY = {
    **{f"UT.{number}": "" for number in range(11)},
    **{f"KW.{number}": "" for number in range(33)},
    **{f"UPT.{number}": f"KW.{number % 33}" for number in range(892)},
}
"""The unit above each: 11 main units, 33 regional offices and 892 technical units below these."""
TABLES = {"hasil": 4, "bentuk": 6, "topik": 9, "kanal": 9, "waktu": 3, "posisi": 7}
"""Tables of a file as large as real ones are, with their categories."""


def quarters_and_years(first: int, last: int) -> Iterable[str]:
    for year in range(first, last + 1):
        yield from (f"{year}-{quarter}" for quarter in range(1, 5))
        yield str(year)


def large(number: int, years: int = 10) -> Aggregate:
    """What an agency publishes in so many years."""
    random, tables = Random(number), list[AggregateTable]()
    for name, many in TABLES.items():
        rows = dict[str, tuple[int, ...]]()
        for period in quarters_and_years(2026, 2025 + years):
            counts = [random.randrange(3, 90) for _ in range(many)]
            rows[period] = (sum(counts), *counts)
        tables.append(AggregateTable(name, (WHOLE, *(f"{name}{at}" for at in range(many))), rows))
    return Aggregate(f"Instansi Rekaan {number}", date(2026 + years, 1, 15), tuple(tables))


def quarter(
    period: str, earlier: Iterable[FrozenPublication] = (), /, events: int = 0, **counts: int
) -> FrozenPublication:
    """What the audit lets out of one quarter (2026/1, 2026/1~2) by its results, with so many events."""
    axes = (Axis("periode", root=period, tells=False), Axis("hasil", tuple(counts)))
    table = CountTable("hasil", axes, {(period, name): count for name, count in counts.items()})
    known = [one.figures for one in earlier]
    return frozen(period, publish(period.replace("/", "-"), [table], known), events)


def frozen(node: str, figures: PublishedFigures, events: int = 0) -> FrozenPublication:
    """What is published of the period at this node of the axis of time."""
    period, _, again = node.replace("/", "-").partition("~")
    held = PublishedValue("kegiatan", "", "", (ValueRow("sosialisasi", "", events, "kegiatan"),) * bool(events))
    median = PublishedValue("waktu", "", "", (ValueRow("median", "", 420, "menit kerja"),))
    promise = Promise(885, 420, 420)
    chosen, count = periods.parse(period), int(again or 1)
    return FrozenPublication(chosen, count, chosen.next.first, promise, figures, (), (median, held))


def published(name: str, *publications: FrozenPublication) -> Aggregate:
    return aggregate.of_publications(name, publications)
