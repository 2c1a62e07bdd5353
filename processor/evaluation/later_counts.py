"""What of a period that is counted again may be shown beside its earlier counts. Pure.

As little changes between two counts, their difference tells of few people: it is judged like a count of its own. A cell
that moved by 0 to 2 is not shown (a 0 beside others would say that they moved), nor what leaves 1 or 2 for the rest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from processor.evaluation import suppression
from processor.evaluation.publication_tables import (
    PERIOD,
    SMALL,
    Key,
    PublishedFigures,
    PublishedTable,
    sums,
)


def beside(again: PublishedFigures, before: Iterable[PublishedFigures]) -> PublishedFigures:
    """Leave out of a later count what would tell of few people beside an earlier one, or was hidden then.

    Args:
        again: The later count, as far as it may be shown by itself.
        before: The earlier counts of the same period.
    """
    earlier = [table for one in before for table in one.tables if table.shown]
    return replace(
        again,
        tables=tuple(_beside(one, [other for other in earlier if other.name == one.name]) for one in again.tables),
    )


def _beside(table: PublishedTable, earlier: Iterable[PublishedTable]) -> PublishedTable:
    kept = [_told(table, one) for one in earlier]
    shown = {key: number for key, number in table.shown.items() if kept and all(key in one for one in kept)}
    fewer = suppression.HIDDEN if shown else suppression.HELD_BACK
    return replace(table, shown=shown, remark=table.remark if shown == table.shown else fewer)


def _told(table: PublishedTable, earlier: PublishedTable) -> frozenset[Key]:
    """Give the cells of a later count that may stand beside an earlier one: each only below one that does."""
    before = {_first_count(key): number for key, number in earlier.shown.items()}
    moved = {
        key: number - before[first] for key, number in table.shown.items() if (first := _first_count(key)) in before
    }
    told = {key for key, by in moved.items() if abs(by) > SMALL}
    for one in sums(table.axes):
        if one.whole not in told or _leaves_few(moved, one.whole, [part for part in one.parts if part in told]):
            told.difference_update(one.parts)
    return frozenset(told)


def _leaves_few(moved: Mapping[Key, int], whole: Key, parts: Iterable[Key]) -> bool:
    """Tell whether all that is shown of a sum says of the rest that it moved by 1 or 2."""
    return 0 < abs(moved[whole] - sum(moved[part] for part in parts)) <= SMALL


def _first_count(key: Key) -> Key:
    return tuple((axis, node.partition("~")[0] if axis == PERIOD else node) for axis, node in key)
