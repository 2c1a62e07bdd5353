"""What of a period that is counted again may be shown beside what was published before. Pure.

As little changes between two counts, their difference tells of few people: it is judged like a count of its own. A cell
that moved by 0 to 2 is not shown (a 0 beside others would say that they moved), nor what leaves 1 or 2 for the rest: of
a sum, or of a year of which quarters were counted again as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from processor.evaluation import suppression
from processor.evaluation.publication_tables import PERIOD, SMALL, Key, PublishedFigures, PublishedTable, sums

FEWER = (
    "Tanda – berarti kurang dari 3, atau berubah terlalu sedikit sejak hitungan yang lama, yang tetap ada dalam data "
    "terbuka. Semua angka yang tampak adalah angka sebenarnya."
)
Counts = Sequence[PublishedFigures]
"""All counts of a period, the first one first."""
_Moves = Mapping[Key, frozenset[int]]
"""By how much a cell moved from any count of a period to a later one."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What anybody knows of the same table for the year of a quarter (None: a year is judged), and for its quarters."""

    year: _Moves | None
    quarters: Sequence[_Moves]

    def leaves_few(self, cell: Key, by: int) -> bool:
        """Tell whether a cell that moved so far leaves 1 or 2 for the quarters that nobody counted again."""
        years = [by] if self.year is None else [moved - by for moved in self.year.get(cell, ())]
        parts = [*product(*({0, *moves.get(cell, ())} for moves in self.quarters))]
        some = parts if self.year is not None else [one for one in parts if any(one)]
        return any(0 < abs(whole - sum(one)) <= SMALL for whole in years for one in some)


def beside(
    again: PublishedFigures, before: Counts, year: Counts | None = None, quarters: Sequence[Counts] = ()
) -> PublishedFigures:
    """Leave out of a later count what would tell of few people beside an earlier one, or was hidden then.

    Args:
        again: The later count, as far as it may be shown by itself.
        before: The earlier counts of the same period.
        year: Of a quarter, all counts of its year; None for a year.
        quarters: All counts of each other quarter of the year.
    """
    tables = []
    for one in again.tables:
        around = _Around(
            None if year is None else _moves(_named(year, one)), [_moves(_named(each, one)) for each in quarters]
        )
        tables.append(_beside(one, _named(before, one), around))
    return replace(again, tables=tuple(tables))


def _named(counts: Counts, table: PublishedTable) -> Sequence[PublishedTable]:
    """Give what these counts show of a table."""
    return [one for each in counts for one in each.tables if one.name == table.name and one.shown]


def _moves(counts: Sequence[PublishedTable]) -> _Moves:
    found: dict[Key, set[int]] = {}
    for earlier, later in combinations(map(_whole_period, counts), 2):
        for cell in earlier.keys() & later.keys():
            found.setdefault(cell, set()).add(later[cell] - earlier[cell])
    return {cell: frozenset(moved) for cell, moved in found.items()}


def _whole_period(table: PublishedTable) -> Mapping[Key, int]:
    """Give the cells of all of the table's period, without its name."""
    root = next(axis.root for axis in table.axes if axis.name == PERIOD)
    return {_cell(key): number for key, number in table.shown.items() if (PERIOD, root) in key}


def _cell(key: Key) -> Key:
    return tuple(pair for pair in key if pair[0] != PERIOD)


def _beside(table: PublishedTable, earlier: Sequence[PublishedTable], around: _Around) -> PublishedTable:
    kept = [_told(table, one, around) for one in earlier]
    shown = {key: number for key, number in table.shown.items() if kept and all(key in one for one in kept)}
    fewer = FEWER if shown else suppression.HELD_BACK
    return replace(table, shown=shown, remark=table.remark if shown == table.shown else fewer)


def _told(table: PublishedTable, earlier: PublishedTable, around: _Around) -> frozenset[Key]:
    """Give the cells of a later count that may stand beside an earlier one: each only below one that does."""
    before = _whole_period(earlier)
    moved = {key: number - before[_cell(key)] for key, number in table.shown.items() if _cell(key) in before}
    told = {key for key, by in moved.items() if abs(by) > SMALL and not around.leaves_few(_cell(key), by)}
    for one in sums(table.axes):
        if one.whole not in told or _leaves_few(moved, one.whole, [part for part in one.parts if part in told]):
            told.difference_update(one.parts)
    return frozenset(told)


def _leaves_few(moved: Mapping[Key, int], whole: Key, parts: Iterable[Key]) -> bool:
    """Tell whether all that is shown of a sum says of the rest that it moved by 1 or 2."""
    return 0 < abs(moved[whole] - sum(moved[part] for part in parts)) <= SMALL
