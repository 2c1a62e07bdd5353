"""Tables of counts as they are published: axes, cells and sums, and how a publication is remembered as JSON. Pure.

Several tables count the same cases: by quarter and topic, by quarter and unit, of a year, of many agencies. A cell is
known by its key wherever it stands, so a sum that two tables share is one cell.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from math import prod
from typing import Any

from processor.foundation.errors import PayungError

PERIOD = "periode"
"""The axis of time. Its nodes are years, quarters of a year and later counts of them: 2026, 2026/3, 2026/3~2."""
SMALL = 2
"""So few people, or fewer, are nobody's business (``k``)."""
ITSELF = "_"
"""Below a unit that has others below it: its own people."""
MOST_CELLS = 20_000
"""A table of more cells is not published."""
Key = tuple[tuple[str, str], ...]
"""A cell: its node on each axis, sorted; an axis over which it is summed is left out."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What a table is divided by.

    ``nodes`` are paths, ``DINAS`` and ``DINAS/UPT``, and divide ``root`` wholly: each node is the sum of those right
    below it, whichever of them are empty. Without nodes the whole table lies in ``root``. What follows from another
    thing (the field from the topic) is a level of the same axis: the audit takes two axes for unrelated.
    ``tells`` is False where standing in one category says nothing of a person.
    """

    name: str
    nodes: tuple[str, ...] = ()
    root: str = ""
    tells: bool = True

    @property
    def whole(self) -> tuple[str, ...]:
        """The root and every node."""
        return (self.root, *self.nodes)

    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Give the nodes right below each node that has any."""
        found: dict[str, tuple[str, ...]] = {}
        for node in self.nodes:
            found[parent(node)] = (*found.get(parent(node), ()), node)
        return found

    def leaves(self) -> tuple[str, ...]:
        """Give the nodes that have none below them."""
        divided = self.children()
        return tuple(node for node in self.whole if node not in divided)

    def depth(self) -> int:
        """Count the levels below the root."""
        return max((level(node) for node in self.nodes), default=level(self.root)) - level(self.root)

    def cut(self) -> "Axis":
        """Give the axis without its deepest level."""
        deepest = level(self.root) + self.depth()
        return replace(self, nodes=tuple(node for node in self.nodes if level(node) < deepest))


@dataclass(frozen=True, slots=True)
class CountTable:
    """What was counted: ``counts`` by a leaf of each axis, in the order of ``axes``; what is missing is zero."""

    name: str
    axes: tuple[Axis, ...]
    counts: Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """What was published of a table: the cells that are ``shown``, and a sentence on what is not.

    ``axes`` are those of what was counted, also where only a part of them is ``visible``: that cells are sums of others
    is known of those that are not shown too.
    """

    name: str
    axes: tuple[Axis, ...]
    shown: Mapping[Key, int]
    remark: str = ""

    @property
    def visible(self) -> tuple[Axis, ...]:
        """The axes without the levels of which nothing is shown: what a reader is given, with a mark for the rest."""
        used = {pair for one in self.shown for pair in one}
        return tuple(_visible(axis, used) for axis in self.axes) if self.shown else ()


def _visible(axis: Axis, used: Collection[tuple[str, str]]) -> Axis:
    while axis.nodes and not any((axis.name, node) in used for node in {*axis.nodes} - {*axis.cut().nodes}):
        axis = axis.cut()
    return axis


@dataclass(frozen=True, slots=True)
class PublishedFigures:
    """Tables that were published together, as anybody may know them."""

    name: str
    tables: tuple[PublishedTable, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that is the sum of others; ``tells`` as its axis does."""

    whole: Key
    parts: tuple[Key, ...]
    tells: bool


def parent(node: str) -> str:
    """Give the path of the node above; "" for one that stands first."""
    return node.rpartition("/")[0]


def level(node: str) -> int:
    """Count the steps of a path."""
    return node.count("/") + bool(node)


def key(names: tuple[str, ...], nodes: tuple[str, ...]) -> Key:
    """Make the key of the cell that stands at ``nodes`` of the axes ``names``."""
    return tuple(sorted(pair for pair in zip(names, nodes, strict=True) if pair[1]))


def keys(axes: tuple[Axis, ...]) -> tuple[Key, ...]:
    """Give every cell of a table, sums before what they are made of."""
    names = tuple(axis.name for axis in axes)
    return tuple(key(names, nodes) for nodes in product(*(axis.whole for axis in axes)))


def cells(table: CountTable) -> Mapping[Key, int]:
    """Count every cell and sum of a table."""
    names = tuple(axis.name for axis in table.axes)
    counted = dict.fromkeys(keys(table.axes), 0)
    for leaf, count in table.counts.items():
        for nodes in product(*map(_upwards, table.axes, leaf)):
            counted[key(names, nodes)] += count
    return counted


def coarsened(table: CountTable, axes: tuple[Axis, ...]) -> CountTable:
    """Count a table by ``axes``, its own without some of their levels."""
    counts: Counter[tuple[str, ...]] = Counter()
    for leaf, count in table.counts.items():
        counts[tuple(map(_nearest, axes, table.axes, leaf))] += count
    return replace(table, axes=axes, counts=counts)


def _nearest(axis: Axis, finer: Axis, node: str) -> str:
    return next(above for above in _upwards(finer, node) if above in axis.whole)


def _upwards(axis: Axis, node: str) -> Iterator[str]:
    while node != axis.root:
        yield node
        node = parent(node)
    yield node


def sums(axes: tuple[Axis, ...]) -> Iterator[Sum]:
    """Give every sum of a table along each of its axes."""
    names = tuple(axis.name for axis in axes)
    for place, axis in enumerate(axes):
        for above, below in axis.children().items():
            for others in product(*(other.whole for other in axes[:place] + axes[place + 1 :])):
                at = partial(_at, names, place, others)
                yield Sum(at(above), tuple(map(at, below)), axis.tells)


def _at(names: tuple[str, ...], place: int, others: tuple[str, ...], node: str) -> Key:
    return key(names, (*others[:place], node, *others[place:]))


def placed(publication: PublishedFigures, axis: str, node: str) -> PublishedFigures:
    """Give a publication as a part of a greater one: every cell of it stands at ``node`` of one more axis."""
    tables = (
        replace(
            table,
            axes=(Axis(axis, root=node), *table.axes),
            shown={tuple(sorted((*one, (axis, node)))): count for one, count in table.shown.items()},
        )
        for table in publication.tables
    )
    return replace(publication, tables=tuple(tables))


def to_json(publication: PublishedFigures) -> str:
    """Write what was published so that it can be remembered; the same publication gives the same bytes."""
    return json.dumps(to_data(publication), ensure_ascii=False, indent=1) + "\n"


def to_data(publication: PublishedFigures) -> dict[str, Any]:
    """Give what was published as data that JSON can hold.

    Every cell is a row of its nodes and ``jumlah``, null where it is not shown.
    """
    tables = [
        {
            "nama": table.name,
            "keterangan": table.remark,
            "sumbu": [axis_to_json(one) for one in table.axes],
            "angka": [{**dict(one), "jumlah": table.shown.get(one)} for one in keys(table.visible)] * bool(table.shown),
        }
        for table in publication.tables
    ]
    return {"nama": publication.name, "tabel": tables}


def from_json(text: str) -> PublishedFigures:
    """Read what ``to_json`` wrote.

    Raises:
        PayungError: The text is no publication, or its figures do not stand where its axes say or do not add up.
    """
    try:
        return from_data(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PayungError(UNREADABLE) from error


def from_data(read: Any) -> PublishedFigures:
    """Read what ``to_data`` gave.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: As ``from_json``, without its sentence.
    """
    tables = tuple(map(_table, read["tabel"]))
    told = {pair for table in tables for pair in table.shown.items()}
    _sound(len(told) == len({one for one, _ in told}))  # a cell that stands in two tables is the same in both
    return PublishedFigures(str(read["nama"]), tables)


UNREADABLE = (
    "Terbitan angka yang diingat tidak dapat dibaca, jadi tidak ada angka baru yang diterbitkan. Kembalikan berkasnya "
    "dari cadangan."
)


def _table(read: Any) -> PublishedTable:
    axes = tuple(axis_from_json(one) for one in read["sumbu"])
    _sound(prod(len(axis.whole) for axis in axes) <= MOST_CELLS)
    rows = {tuple(sorted((str(k), str(v)) for k, v in row.items() if k != "jumlah")): row for row in read["angka"]}
    shown = {one: row["jumlah"] for one, row in rows.items() if row["jumlah"] is not None}
    _sound(len(rows) == len(read["angka"]) and {*rows} <= {*keys(axes)})
    _sound(all(type(count) is int and count >= 0 for count in shown.values()))
    for one in sums(axes):
        parts = [shown.get(part, 0) for part in one.parts]
        _sound(sum(parts) <= shown.get(one.whole, sum(parts)))
        _sound(not shown.keys() >= {one.whole, *one.parts} or sum(parts) == shown[one.whole])
    return PublishedTable(str(read["nama"]), axes, shown, str(read["keterangan"]))


def axis_to_json(axis: Axis) -> Mapping[str, Any]:
    """Give an axis as JSON holds it."""
    return {"nama": axis.name, "akar": axis.root, "butir": list(axis.nodes), "kategori": axis.tells}


def axis_from_json(read: Any) -> Axis:
    """Read an axis.

    Raises:
        ValueError: Its nodes are no tree.
    """
    axis = Axis(str(read["nama"]), tuple(map(str, read["butir"])), str(read["akar"]), tells=bool(read["kategori"]))
    _sound(len({*axis.whole}) == len(axis.whole) and {parent(node) for node in axis.nodes} <= {*axis.whole})
    return axis


def _sound(holds: bool) -> None:  # noqa: FBT001 - a condition, as assert takes it
    if not holds:
        raise ValueError
