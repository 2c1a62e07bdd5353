"""Says which cells of which publications hang together, and which tables cannot be judged by their sums alone. Pure."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice

from processor.evaluation.publication_tables import (
    PERIOD,
    Axis,
    Key,
    PublishedFigures,
    PublishedTable,
    Sum,
    keys,
    level,
    parent,
    sums,
)

Axes = tuple[Axis, ...]
_COUNTED_AGAIN = re.compile(r"~\d+")


@dataclass(frozen=True, slots=True)
class Facts:
    """What anybody knows of all publications: the ``cells`` of their tables, those that are ``shown``, their sums."""

    tables: tuple[Axes, ...] = ()
    cells: frozenset[Key] = frozenset()
    shown: Mapping[Key, int] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()

    def with_tables(self, tables: Iterable[PublishedTable]) -> "Facts":
        """Give these facts and what ``tables`` say; also of one that shows nothing it is known what sums what."""
        saying = [table for table in tables if table.axes]
        return Facts(
            (*self.tables, *(table.axes for table in saying)),
            self.cells.union(*(keys(table.axes) for table in saying)),
            {**self.shown, **{key: count for table in saying for key, count in table.shown.items()}},
            tuple(dict.fromkeys((*self.sums, *(one for table in saying for one in sums(table.axes))))),
        )


def facts(publications: Iterable[PublishedFigures]) -> Facts:
    """Gather what anybody knows of ``publications``."""
    return Facts().with_tables(table for one in publications for table in one.tables)


@dataclass(frozen=True, slots=True)
class Region:
    """Cells that hang together, those of one table first; their sums; and later counts, each with an earlier one."""

    columns: tuple[Key, ...]
    sums: tuple[Sum, ...]
    twins: tuple[tuple[Key, Key], ...]


def region(known: Facts, axes: Axes) -> Region:
    """Find everything that a table of ``axes`` may tell something of: what is shown cuts the ways to the rest."""
    own = keys(axes)
    holding = defaultdict(list)
    for one in dict.fromkeys((*sums(axes), *known.sums)):
        for key in (one.whole, *one.parts):
            holding[key].append(one)
    again = _counted_again((*own, *known.cells))
    found: dict[Key, None] = dict.fromkeys(own)
    used: dict[Sum, None] = {}
    waiting = [one for one in own if one not in known.shown]
    while waiting:
        key = waiting.pop()
        near = [part for one in holding[key] for part in (one.whole, *one.parts)] + [*again.get(key, ())]
        new = [one for one in dict.fromkeys(near) if one not in found]
        used |= dict.fromkeys(holding[key])
        found |= dict.fromkeys(new)
        waiting += (one for one in new if one not in known.shown)
    return Region(tuple(found), tuple(used), tuple(_pairs(found, again)))


def _counted_again(cells: Iterable[Key]) -> Mapping[Key, tuple[Key, ...]]:
    """Give every cell that was counted more than once with all its counts."""
    groups: dict[Key, dict[Key, None]] = defaultdict(dict)
    for key in cells:
        groups[tuple((axis, _COUNTED_AGAIN.sub("", node)) for axis, node in key)][key] = None
    return {key: tuple(sorted(group)) for group in groups.values() if len(group) > 1 for key in group}


def _pairs(found: Collection[Key], again: Mapping[Key, tuple[Key, ...]]) -> Iterator[tuple[Key, Key]]:
    """Give each later count with an earlier one; a count that nothing here leads to was compared when it came out."""
    for group in dict.fromkeys(again[key] for key in found if key in again):
        for earlier, later in combinations((key for key in group if key in found), 2):
            yield later, earlier


def linkable(known: Facts, axes: Axes) -> bool:
    """Tell whether sums alone say all that can be worked out of a table of ``axes`` together with what is known.

    Every cell must be a part of the next greater one that holds it, such as a quarter of its year. And tables must hang
    together like a tree: each can be taken away in turn that shares its axes with a single other one. Then any cells
    that add up belong to people that there may be (the running intersection of decomposable models). Tables by topic
    and unit, by unit and status, and by topic and status do not: together they say more than their sums.
    """
    group = _overlapping(known.tables, axes)
    crossed = any(_finer(axes, other) or _finer(other, axes) for other in group)
    return not crossed and _decomposable([axes, *group]) and not _apart(known, axes)


def _apart(known: Facts, axes: Axes) -> bool:
    """Tell whether a cell lies in a greater one of which nobody says that it is a part."""
    own = {*keys(axes)}
    parts = {(one.whole, part) for one in (*known.sums, *sums(axes)) for part in one.parts}
    every = own | known.cells
    for cell in every:
        for above in _above(cell, every):
            if (cell in own or above in own) and (above, cell) not in parts:
                return True
    return False


def _above(cell: Key, every: Collection[Key]) -> Iterator[Key]:
    """Give the next greater cell on each axis; a later count is no part of an earlier one."""
    for axis, node in cell:
        others = tuple(pair for pair in cell if pair[0] != axis)
        greater = (tuple(sorted((*others, (axis, above)))) if above else others for above in _upwards(node))
        yield from islice((one for one in greater if one in every), 1)


def _upwards(node: str) -> Iterator[str]:
    while node and not _COUNTED_AGAIN.search(node.rpartition("/")[2]):
        node = parent(node)
        yield node


def _overlapping(tables: Sequence[Axes], axes: Axes) -> list[Axes]:
    """Give the tables that count some of the same people, and what overlaps them in turn."""
    found, left = [axes], list(dict.fromkeys(tables))
    for one in found:
        near = [other for other in left if _overlap(one, other)]
        left = [other for other in left if other not in near]
        found += near
    return found[1:]


def _overlap(one: Axes, other: Axes) -> bool:
    roots = {axis.name: axis.root for axis in one}
    return all(
        _below(axis.root, roots[axis.name]) or _below(roots[axis.name], axis.root)
        for axis in other
        if axis.name in roots
    )


def _below(node: str, above: str) -> bool:
    """Tell whether a node is ``above`` or lies below it."""
    return node == above or not above or node.startswith(f"{above}/")


def _finer(crossed: Axes, other: Axes) -> bool:
    """Tell whether ``other`` divides time finer than ``crossed`` does, which divides the same people by two axes."""
    theirs = {axis.name: axis for axis in other}
    crossing = {axis.name for axis in crossed if axis.name != PERIOD and _divides(axis, theirs.get(axis.name))}
    if len(crossing) < 2 or not crossing & {axis.name for axis in other if axis.nodes}:
        return False
    mine = next((axis for axis in crossed if axis.name == PERIOD), Axis(PERIOD))
    times = theirs.get(PERIOD, Axis(PERIOD)).whole
    return any(_below(time, mine.root) and time not in mine.whole for time in times)


def _divides(axis: Axis, within: Axis | None) -> bool:
    root = within.root if within else ""
    return any(_below(node, root) and node != root for node in axis.nodes)


def _decomposable(tables: Sequence[Axes]) -> bool:
    """Take away axes that one table has alone, and tables that lie in another, until one is left (Graham's way)."""
    edges = {frozenset(_levels(axes)) for axes in tables}
    while True:
        single = {one for edge in edges for one in edge if sum(one in other for other in edges) == 1}
        smaller = {edge - single for edge in edges}
        smaller = {edge for edge in smaller if not any(edge < other for other in smaller)}
        if smaller == edges:
            return len(edges) == 1
        edges = smaller


def _levels(axes: Axes) -> Iterator[tuple[str, int]]:
    for axis in axes:
        if axis.name != PERIOD:
            yield from ((axis.name, step) for step in range(1, level(axis.root) + axis.depth() + 1))
