"""What the audit of a publication costs: ``python -m tests.bench_evaluation``."""

import time
from collections import Counter
from collections.abc import Sequence
from random import Random

from processor.evaluation import suppression
from processor.evaluation.publication_tables import Axis, CountTable, PublishedFigures

_UNITS = tuple(f"OPD{number}" for number in range(100))
_TOPICS = tuple(f"topik{number}" for number in range(8))
_ASKED = (30, 100, 1000)
"""People in a quarter."""


def measure() -> None:
    """Print how long one more quarter of 100 units takes after two years, and how long the second year took."""
    suppression.publish(
        "", [CountTable("", (Axis("unit", ("a", "b")),), {("a",): 9, ("b",): 9})], []
    )  # loads the library
    for asked in _ASKED:
        random, known = Random(asked), list[PublishedFigures]()
        for year in ("2026", "2027"):
            quarters = {f"{year}/{number}": _people(random, asked) for number in range(1, 5)}
            for quarter, people in quarters.items():
                _publish(_tables(Axis("periode", root=quarter, tells=False), {quarter: people}), known)
            of_year = Axis("periode", tuple(quarters), root=year, tells=False)
            yearly = _publish(_tables(of_year, quarters), known)
        next_one = Axis("periode", root="2028/1", tells=False)
        once = _publish(_tables(next_one, {"2028/1": _people(random, asked)}), known)
        print(f"{once:9.2f}  s: a quarter of {asked} people in 100 units, after 8 quarters and 2 years")
        print(f"{yearly:9.2f}  s: the year, with its four quarters")
        print(f"{len(known[-1].tables[1].shown):9}  figures of the quarter's units are shown")


def _people(random: Random, asked: int) -> Sequence[tuple[str, str]]:
    units = (_UNITS[min(99, int(random.expovariate(1 / 20)))] for _ in range(asked))
    return [(random.choice(_TOPICS), unit) for unit in units]


def _tables(period: Axis, people: dict[str, Sequence[tuple[str, str]]]) -> list[CountTable]:
    topics: Counter[tuple[str, ...]] = Counter(
        (quarter, topic) for quarter, those in people.items() for topic, _ in those
    )
    units: Counter[tuple[str, ...]] = Counter((quarter, unit) for quarter, those in people.items() for _, unit in those)
    return [
        CountTable("topik", (period, Axis("topik", _TOPICS)), topics),
        CountTable("unit", (period, Axis("unit", _UNITS)), units),
    ]


def _publish(tables: Sequence[CountTable], known: list[PublishedFigures]) -> float:
    start = time.perf_counter()
    known.append(suppression.publish("", tables, known))
    return time.perf_counter() - start


if __name__ == "__main__":
    measure()
