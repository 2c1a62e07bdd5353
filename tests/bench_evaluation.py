"""What the audit of a publication costs, and a recap of many agencies: ``python -m tests.bench_evaluation``."""

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from processor.cases import aggregate_key
from processor.evaluation import suppression
from processor.evaluation.publication_tables import Axis, CountTable, PublishedFigures
from processor.foundation.errors import Problem
from processor.foundation.progress import silent
from processor.operations.figures import recap_sources
from tests.evaluation import aggregates

_UNITS = tuple(f"OPD{number}" for number in range(100))
_TOPICS = tuple(f"topik{number}" for number in range(8))
_ASKED = (30, 100, 1000)
"""People in a quarter."""


_AGENCIES = 1000


def measure() -> None:
    """Print how long one more quarter of 100 units takes after two years, how long a year took, and a recap."""
    _measure_audit()
    with tempfile.TemporaryDirectory() as folder:
        _measure_recap(Path(folder))


def _measure_recap(folder: Path) -> None:
    """Print how long the signed files of 10 years take, from the disk to sums and gaps."""
    key = aggregate_key.create(folder / "kunci" / "rekap.pem")
    for number in range(_AGENCIES):
        (folder / f"{number}.json").write_bytes(aggregate_key.sign(key, aggregates.large(number).content()))
    start = time.perf_counter()
    read = recap_sources.read([str(folder)], (), silent)
    files = time.perf_counter()
    found = recap_sources.gather(read, (), {}, date.max)
    found.recap.gaps()
    end = time.perf_counter()
    print(f"{end - start:9.2f}  s: the recap of {_AGENCIES} agencies' 40 quarters and 10 years, checked and added up")
    print(f"{files - start:9.2f}  s: of these, reading {sum(map(_size, read.values())) / 1e6:.0f} MB from the disk")


def _size(content: bytes | Problem) -> int:
    return len(content) if isinstance(content, bytes) else 0


def _measure_audit() -> None:
    """Print what the audit of a quarter and a year costs."""
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
