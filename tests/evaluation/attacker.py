"""Attacks published figures as anybody could, from their JSON alone and by another way than the audit.

The audit adds up cells; the attacker knows none of them, only people: how many there are at each place of one great
table of every office, quarter, topic and unit. By linear programming, and on small tables by trying every whole number.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from math import ceil, floor
from typing import Any

from highspy import HighsLp, MatrixFormat
from highspy._core import _Highs

WIDTH, SMALL, FEW = 3, 2, 10
_MOST_TABLES = 3000
People = Mapping[tuple[str, ...], int]
"""How many people are where: a path on each axis."""


@dataclass(frozen=True)
class Finding:
    """Somebody was found: in ``cell``, which holds ``count`` and is known to lie between ``low`` and ``high``."""

    cell: Mapping[str, str]
    count: int
    low: int
    high: int


@dataclass(frozen=True)
class Attacker:
    """Knows what was ``published``, and which ``places`` there are on each axis, by the order of ``axes``."""

    published: Sequence[str]
    axes: Sequence[str]
    places: Sequence[tuple[str, ...]]

    @cached_property
    def shown(self) -> Mapping[frozenset[int], int]:
        """Every figure, by the places that it sums."""
        found = {}
        for table in (table for text in self.published for table in json.loads(text)["tabel"]):
            for row in table["angka"]:
                if row["jumlah"] is not None:
                    found[self.covered({k: v for k, v in row.items() if k != "jumlah"})] = row["jumlah"]
        return found

    def covered(self, cell: Mapping[str, str]) -> frozenset[int]:
        """Give the places that lie in a cell."""
        return frozenset(range(len(self.places))).intersection(*(self._below[one] for one in cell.items()))

    @cached_property
    def _below(self) -> Mapping[tuple[str, str], set[int]]:
        """The places that lie in each node of each axis."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for number, place in enumerate(self.places):
            for axis, node in zip(self.axes, place, strict=True):
                for end in (at for at in range(len(node) + 1) if node[at : at + 1] in {"", "/"}):
                    found[axis, node[:end]].add(number)
        return found

    def interval(self, cell: Mapping[str, str], without: Mapping[str, str] | None = None) -> tuple[int, int]:
        """Bound how many people are in a cell, or in a cell without another."""
        inside = self.covered(cell) - (self.covered(without) if without else frozenset())
        return ceil(-self._most(inside, -1.0) - 1e-6), floor(self._most(inside, 1.0) + 1e-6)

    def whole_numbers(self, cells: Sequence[Mapping[str, str]], most: int) -> Sequence[tuple[int, int]]:
        """Bound cells by trying every table in whole numbers with at most ``most`` people at a place.

        Nothing is given where there are too many tables, or more where nothing bounds a place.
        """
        if {place for covered in self.shown for place in covered} < {*range(len(self.places))}:
            return ()
        tables = [*islice(self._tables(most), _MOST_TABLES + 1)]
        if len(tables) > _MOST_TABLES:
            return ()
        inside = [self.covered(cell) for cell in cells]
        counts = zip(*([sum(table[place] for place in one) for one in inside] for table in tables), strict=True)
        return [(min(column), max(column)) for column in counts]

    def _tables(self, most: int) -> Iterator[list[int]]:
        """Give every table, place by place; a sum that is overstepped or can no longer be reached ends the way."""
        sums = [(max(covered), covered, count) for covered, count in self.shown.items()]
        holding = [[one for one in sums if place in one[1]] for place in range(len(self.places))]
        table: list[int] = []

        def ahead() -> Iterator[list[int]]:
            at = len(table)
            if at == len(self.places):
                yield [*table]
                return
            for count in range(most + 1):
                table.append(count)
                if all(_may_be(table, *one) for one in holding[at]):
                    yield from ahead()
                table.pop()

        return ahead()

    @cached_property
    def _solver(self) -> Any:
        rows = [*self.shown.items()]
        program, solver = HighsLp(), _Highs()
        program.num_col_, program.num_row_ = len(self.places), len(rows)
        program.col_cost_ = program.col_lower_ = [0.0] * len(self.places)
        program.col_upper_ = [1e4] * len(self.places)
        program.row_lower_ = program.row_upper_ = [float(count) for _, count in rows]
        program.a_matrix_.format_ = MatrixFormat.kRowwise
        program.a_matrix_.start_ = [sum(len(covered) for covered, _ in rows[:at]) for at in range(len(rows) + 1)]
        program.a_matrix_.index_ = [place for covered, _ in rows for place in sorted(covered)]
        program.a_matrix_.value_ = [1.0] * sum(len(covered) for covered, _ in rows)
        solver.setOptionValue("output_flag", False)
        solver.passModel(program)
        return solver

    def _most(self, inside: Iterable[int], sign: float) -> float:
        for place in inside:
            self._solver.changeColCost(place, -sign)
        self._solver.run()
        assert str(self._solver.getModelStatus()).endswith("kOptimal")
        value = -self._solver.getObjectiveValue()
        for place in inside:
            self._solver.changeColCost(place, 0.0)
        return float(value)


def _may_be(table: Sequence[int], last: int, covered: frozenset[int], count: int) -> bool:
    so_far = sum(table[place] for place in covered if place < len(table))
    return so_far == count if last < len(table) else so_far <= count


def found_people(attacker: Attacker, people: People, cells: Iterable[Mapping[str, str]]) -> list[Finding]:
    """Give every cell of one or two people that the attacker knows too closely."""
    counts = [people.get(place, 0) for place in attacker.places]
    small = [(cell, sum(counts[place] for place in attacker.covered(cell))) for cell in cells]
    attacked = [(cell, count, *attacker.interval(cell)) for cell, count in small if 1 <= count <= SMALL]
    return [Finding(*one) for one in attacked if one[3] - one[2] < WIDTH]


def found_differences(attacker: Attacker) -> list[tuple[int, int]]:
    """Give every two published figures of which one lies in the other and leaves one or two people."""
    shown = [*attacker.shown.items()]
    pairs = ((a, b) for a, b in product(shown, shown) if b[0] < a[0])
    return [(a[1], b[1]) for a, b in pairs if 1 <= a[1] - b[1] <= SMALL]


def found_categories(
    attacker: Attacker, people: People, rows: Iterable[tuple[Mapping[str, str], Mapping[str, str]]]
) -> list[Finding]:
    """Give every row of fewer than ten whose people all stand in one category, where the attacker knows it."""
    counts = [people.get(place, 0) for place in attacker.places]
    found = []
    for row, category in rows:
        covered, inside = attacker.covered(row), attacker.covered(category)
        count = sum(counts[place] for place in covered)
        if 1 <= count < FEW and covered > inside and count == sum(counts[place] for place in inside):
            low, high = attacker.interval(row, without=category)
            found += [Finding(category, count, low, high)] * (high < WIDTH)
    return found
