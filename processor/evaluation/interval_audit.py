"""Bounds what anybody can work out of what is published, by linear programming: the attack itself is the rule.

Every cell that is not shown must have an interval ``WIDTH`` people wide at least, given all that was ever published,
unless it surely holds nobody or more than a few; and so must every difference that would say as much. That it is so
wide is believed only of tables in whole numbers that were found and that add up exactly.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, inf
from operator import sub

from processor.evaluation.linear_model import Model, Work, model
from processor.evaluation.publication_tables import SMALL, Key, Sum

WIDTH = 3
"""An interval narrower than this gives a small number away."""
FEW = 10
"""In a row of fewer people nobody may be known to stand in the one category in which all stand."""
_ROUNDS = 20
"""How often sums are gone through one by one before they are solved together."""
_NEARLY = 1e-6
"""The solver is exact to 1e-7; but for this, bounds are rounded inward."""


class Contradicted(Exception):
    """Nothing adds up with all that is said to be known."""


@dataclass(frozen=True, slots=True)
class Target:
    """What must not be known closely: the cell in column ``plus``, or by how much it exceeds the one in ``minus``.

    ``forbidden`` are the values by which somebody is found. ``row`` is the column of the row of which a category is
    judged, where only a row of fewer than ``FEW`` matters, and ``rest`` are its other categories.
    """

    plus: int
    minus: int | None
    forbidden: tuple[int, ...]
    row: int | None = None
    rest: tuple[int, ...] = ()

    def at(self, point: Sequence[float]) -> float:
        """Give its value where the columns have the values of ``point``."""
        return point[self.plus] - (0 if self.minus is None else point[self.minus])

    def weights(self, sign: float = 1.0) -> Mapping[int, float]:
        """Give the weight of each column in its value, times ``sign``."""
        return {self.plus: sign} if self.minus is None else {self.plus: sign, self.minus: -sign}


@dataclass(frozen=True, slots=True)
class Narrow:
    """A target of which anybody can work out that it lies between ``low`` and ``high``: too close."""

    target: Target
    low: int
    high: int


@dataclass(slots=True)
class _Extremes:
    """Between which values a target was in the tables that were found."""

    low: float = inf
    high: float = -inf

    @property
    def wide(self) -> bool:
        """It is wide enough."""
        return self.high - self.low >= WIDTH

    def add(self, value: float) -> None:
        """Take in one more table."""
        self.low, self.high = min(self.low, value), max(self.high, value)


@dataclass
class Audit:
    """Cells that hang together, as anybody sees them: what is ``known``, and how they add up.

    ``twins`` are cells that were counted again later, each with an earlier count. ``largest`` is more people than any
    cell holds.
    """

    columns: Sequence[Key]
    known: dict[Key, int]
    sums: Sequence[Sum]
    twins: Sequence[tuple[Key, Key]]
    largest: int
    work: Work
    _kept: tuple[int, tuple[Sequence[int], Sequence[int]]] = (-1, ((), ()))

    @cached_property
    def place(self) -> Mapping[Key, int]:
        """The column of each cell."""
        return {key: place for place, key in enumerate(self.columns)}

    @cached_property
    def rows(self) -> Sequence[Mapping[int, float]]:
        """Each sum as weighted columns that come to zero."""
        return [{whole: 1.0, **dict.fromkeys(parts, -1.0)} for whole, parts in self._placed_sums]

    @cached_property
    def targets(self) -> Sequence[Target]:
        """Everything that must not be known closely; first the cells, in the order of their columns."""
        place, few = self.place, tuple(range(1, SMALL + 1))
        return [
            *(Target(column, None, few) for column in range(len(self.columns))),
            *(Target(place[later], place[earlier], (*few, *(-one for one in few))) for later, earlier in self.twins),
            *(
                Target(row, part, (0, *few), row, tuple(other for other in parts if other != part))
                for one, (row, parts) in zip(self.sums, self._placed_sums, strict=True)
                for part in parts
                if one.tells and len(parts) > 1
            ),
        ]

    @cached_property
    def _placed_sums(self) -> Sequence[tuple[int, Sequence[int]]]:
        """The column of each sum, and those of its parts."""
        return [(self.place[one.whole], [self.place[part] for part in one.parts]) for one in self.sums]

    @cached_property
    def _seen(self) -> Sequence[_Extremes]:
        """Between which values each target was in the tables that were found."""
        return [_Extremes() for _ in self.targets]

    @cached_property
    def _model(self) -> Model:
        return model([self.bounds(key) for key in self.columns], self.rows, self.work)

    def bounds(self, key: Key) -> tuple[float, float]:
        """Give between which values a cell lies at first sight."""
        return (float(self.known[key]),) * 2 if key in self.known else (0.0, float(self.largest))

    def hide(self, keys: Iterable[Key]) -> None:
        """Take cells away from what is known."""
        for key in keys:
            del self.known[key]
            self._model.bound(self.place[key], *self.bounds(key))

    def narrow(self) -> Iterator[Narrow]:
        """Give what is known too closely, one after the other; before the next one something must be hidden.

        Raises:
            Contradicted: Nothing adds up with all that is known.
            OutOfWork: It takes more steps than are left.
        """
        self._spread(self._solved({}))
        shown = -1
        while shown != len(self.known):  # what was hidden may give other targets away by less than they had
            shown = len(self.known)
            for number in range(len(self.targets)):
                while found := self._judged(number):
                    yield found

    def _spread(self, point: Sequence[float]) -> None:
        """Widen many cells at once: each that is too narrow yet is filled up to what it needs, and no further."""
        before = -1
        while before < (wide := sum(seen.wide for seen in self._seen)):
            before = wide
            needs = {column: self._seen[column].low + WIDTH for column in self._hidden() if not self._seen[column].wide}
            filled = {column: need for column, need in needs.items() if point[column] <= need}
            for column, need in filled.items():
                self._model.bound(column, 0.0, need)
            point = self._solved(dict.fromkeys(filled, 1.0))
            for column in filled:
                self._model.bound(column, *self.bounds(self.columns[column]))

    def _hidden(self) -> list[int]:
        return [column for column, key in enumerate(self.columns) if key not in self.known]

    def _judged(self, number: int) -> Narrow | None:
        """Tell whether a target is known too closely."""
        target, seen = self.targets[number], self._seen[number]
        if seen.wide or (target.minus is None and self.columns[target.plus] in self.known):
            return None
        low, high = self._at_first_sight(target)
        if high - low >= WIDTH:
            low, high = self._interval(target, seen)
        if low > high:
            raise Contradicted
        found = any(low <= value <= high for value in target.forbidden) and not seen.wide
        return Narrow(target, low, high) if found and not self._of_many(target.row) else None

    def _at_first_sight(self, target: Target) -> tuple[int, int]:
        """Bound a target by what each sum alone says; whoever solves them together knows it no less closely."""
        least, most = self._outer()
        if target.minus is None:
            return least[target.plus], most[target.plus]
        low, high = least[target.plus] - most[target.minus], most[target.plus] - least[target.minus]
        if target.rest:
            low, high = (
                max(low, sum(least[one] for one in target.rest)),
                min(high, sum(most[one] for one in target.rest)),
            )
        return low, high

    def _outer(self) -> tuple[Sequence[int], Sequence[int]]:
        """Bound every column by each sum alone, again and again; kept until something is hidden."""
        if self._kept[0] != len(self.known):
            bounds = [self.bounds(key) for key in self.columns]
            least, most = [round(low) for low, _ in bounds], [round(high) for _, high in bounds]
            for _ in range(_ROUNDS):
                if not sum(_tightened(least, most, *row) for row in self._placed_sums):
                    break
            self._kept = len(self.known), (least, most)
        return self._kept[1]

    def _interval(self, target: Target, seen: _Extremes) -> tuple[int, int]:
        """Bound a target by all sums together, as far as it takes to see that it is wide."""
        high = floor(target.at(self._solved(target.weights())) + _NEARLY)
        low = high if seen.wide else ceil(target.at(self._solved(target.weights(-1.0))) - _NEARLY)
        if high - low >= WIDTH and not seen.wide:  # in fractions at least
            self._solved(target.weights(), whole=True)
            self._solved(target.weights(-1.0), whole=True)
        return low, high

    def _of_many(self, row: int | None) -> bool:
        """Tell whether anybody knows that a row is of at least ``FEW``, or of nobody."""
        if row is None:
            return False
        if (known := self.known.get(self.columns[row])) is not None:
            return known == 0 or known >= FEW
        if self._seen[row].low < FEW and self._seen[row].high > 0:
            return False
        most, least = (self._solved({row: sign})[row] for sign in (1.0, -1.0))
        return most < 1 - _NEARLY or least > FEW - 1 + _NEARLY

    def _solved(self, weights: Mapping[int, float], *, whole: bool = False) -> Sequence[float]:
        """Find a point with the greatest weighted sum, and remember it where it is a table of whole numbers."""
        point = self._model.best(weights, whole=whole)
        if point is None:
            raise Contradicted
        rounded = [round(value) for value in point]
        if max(map(abs, map(sub, point, rounded)), default=0) < _NEARLY and self._adds_up(rounded):
            for target, seen in zip(self.targets, self._seen, strict=True):
                if not seen.wide:
                    seen.add(target.at(rounded))
        return point

    def _adds_up(self, table: Sequence[int]) -> bool:
        """Tell whether a table of whole numbers agrees exactly with all that is known."""
        return (
            all(table[whole] == sum(table[part] for part in parts) for whole, parts in self._placed_sums)
            and all(table[self.place[key]] == count for key, count in self.known.items())
            and min(table, default=0) >= 0
        )


def _tightened(least: list[int], most: list[int], whole: int, parts: Sequence[int]) -> bool:
    """Tighten the bounds of a sum and of its parts by each other; tell whether any was."""
    low, high = sum(least[part] for part in parts), sum(most[part] for part in parts)
    new = [(whole, low, high)]
    new += [(part, least[whole] - high + most[part], most[whole] - low + least[part]) for part in parts]
    better = [(column, a, b) for column, a, b in new if a > least[column] or b < most[column]]
    for column, a, b in better:
        least[column], most[column] = max(a, least[column]), min(b, most[column])
    return bool(better)
