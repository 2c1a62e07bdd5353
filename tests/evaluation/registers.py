"""Made-up registers of several offices, quarters, topics and units, and what their offices publish of them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random

from processor.evaluation.publication_tables import Axis, CountTable, PublishedFigures, placed
from processor.evaluation.suppression import publish

AXES = ("instansi", "periode", "topik", "unit")
Publish = Callable[[str, Sequence[CountTable], Sequence[PublishedFigures]], PublishedFigures]


@dataclass(frozen=True)
class Made:
    """People by office, quarter, topic and unit; ``crossed`` where offices publish topic by unit too."""

    people: Counter[tuple[str, ...]]
    offices: tuple[str, ...]
    quarters: tuple[str, ...]
    topics: tuple[str, ...]
    units: tuple[str, ...]
    crossed: bool

    @property
    def leaves(self) -> list[str]:
        """The units that have none below them."""
        return [unit for unit in self.units if not any(other.startswith(f"{unit}/") for other in self.units)]

    @property
    def places(self) -> list[tuple[str, ...]]:
        """Where people can be."""
        return [*product(self.offices, self.quarters, self.topics, self.leaves)]

    def cells(self) -> Iterator[Mapping[str, str]]:
        """Everything that could be asked of one office or all, a quarter or the year, a topic, a unit."""
        nodes = ("", *self.offices), ("2026", *self.quarters), ("", *self.topics), ("", *self.units)
        for cell in product(*nodes):
            yield {axis: node for axis, node in zip(AXES, cell, strict=True) if node}

    def rows(self) -> Iterator[tuple[Mapping[str, str], Mapping[str, str]]]:
        """Rows of the tables of one office, each with a category in which all its people may stand.

        Where all of a quarter stand in it, which of many may be known, all that are of that quarter in a row of a
        crossed table do so too.
        """
        divided = {"topik": self.topics, "unit": self.units}
        for office, period in product(self.offices, ("2026", *self.quarters)):
            whole = {"instansi": office, "periode": period}
            for axis, other in (("topik", "unit"), ("unit", "topik")):
                for node in divided[axis]:
                    yield whole, {**whole, axis: node}
                    rows = ({**whole, other: one} for one in divided[other] if self.crossed)
                    yield from ((row, {**row, axis: node}) for row in rows if self._outside(row, axis, node))

    def _outside(self, row: Mapping[str, str], axis: str, node: str) -> bool:
        """Tell whether somebody of the row's office stands elsewhere, in a quarter in which somebody is in the row."""
        people = [dict(zip(AXES, place, strict=True)) for place in self.people]
        own = [one for one in people if one["instansi"] == row["instansi"]]
        quarters = {one["periode"] for one in own if all(_within(one[name], at) for name, at in row.items())}
        return any(one["periode"] in quarters and not _within(one[axis], node) for one in own)


def _within(place: str, node: str) -> bool:
    return f"{place}/".startswith(f"{node}/")


def made(random: Random, *, small: bool = False) -> Made:
    """Make a register; most are of one office and two quarters, so that many can be tried."""
    offices = ("A", "B") if not small and random.random() < 0.2 else ("A",)
    quarters = tuple(f"2026/{number}" for number in range(1, (2 if small or random.random() < 0.7 else 4) + 1))
    topics = tuple("xyzw"[: random.randint(2, 2 if small else 4)])
    above = tuple("PQR"[: random.randint(2, 2 if small else 3)])
    below = () if small else tuple(f"{unit}/{number}" for unit in above for number in range(random.choice((0, 2, 3))))
    units = tuple(sorted({*above, *below}))
    empty = Made(Counter(), offices, quarters, topics, units, random.random() < 0.3)
    often = {place: random.expovariate(1) ** 2 for place in empty.places}
    many = random.choice((3, 5) if small else (5, 12, 30, 80)) * len(quarters) * len(offices)
    drawn = random.choices([*often], [*often.values()], k=many)
    return Made(Counter(drawn), offices, quarters, topics, units, empty.crossed)


def publications(register: Made, publish: Publish = publish) -> list[PublishedFigures]:
    """Let every office publish its quarters and the year one after the other, and then the table of all offices."""
    known: list[PublishedFigures] = []
    for office in register.offices:
        own: list[PublishedFigures] = []
        for quarter in register.quarters:
            own.append(publish(quarter, tables(register, office, Axis("periode", root=quarter, tells=False)), own))
        year = Axis("periode", register.quarters, root="2026", tells=False)
        own.append(publish("2026", tables(register, office, year), own))
        known += (placed(one, "instansi", office) for one in own)
    if len(register.offices) > 1:
        axes = (Axis("instansi", register.offices), Axis("periode", root="2026", tells=False))
        topics = (*axes, Axis("topik", register.topics))
        known.append(publish("rekap", [_table(register, "", axes), _table(register, "", topics)], known))
    return known


def tables(register: Made, office: str, period: Axis) -> list[CountTable]:
    """Count what an office publishes of a period."""
    topic, unit = Axis("topik", register.topics), Axis("unit", register.units)
    divided = [(period, topic), (period, unit), *([(period, topic, unit)] if register.crossed else [])]
    return [_table(register, office, axes) for axes in divided]


def _table(register: Made, office: str, axes: tuple[Axis, ...]) -> CountTable:
    counts: Counter[tuple[str, ...]] = Counter()
    for place, count in register.people.items():
        here = dict(zip(AXES, place, strict=True))
        leaf = tuple(_leaf(axis, here[axis.name]) for axis in axes)
        if here["instansi"].startswith(office) and "" not in leaf:
            counts[leaf] += count
    return CountTable(" x ".join(axis.name for axis in axes), axes, counts)


def _leaf(axis: Axis, place: str) -> str:
    """Give where people of ``place`` are counted on an axis; "" if not at all."""
    for node in reversed(axis.whole):
        if place == node or place.startswith(f"{node}/"):
            return node
    return ""
