"""Keeps what was counted of a period when it was published, so that a year is counted from the same figures. Pure.

These counts are not public: they hold what the publication hides, and stay in the register.
"""

import json
from collections.abc import Mapping, Sequence

from processor.evaluation.publication_tables import ITSELF, PERIOD, Axis, CountTable, axis_from_json, axis_to_json
from processor.foundation.errors import PayungError

_UNREADABLE = (
    "Hitungan yang disimpan untuk angka tahunan tidak dapat dibaca, jadi angka tahun itu tidak diterbitkan. Kembalikan "
    "berkasnya dari cadangan."
)


def joined(periods: Sequence[CountTable], root: str) -> CountTable:
    """Make one table of ``root``, such as 2026, from the same table of each of its periods, such as 2026/1.

    The first axis of each is its period. A category that only some of them have is empty in the others; of one that is
    divided in some only, the others' people stand in the part that is itself.
    """
    first = periods[0]
    of_all = [
        Axis(
            axis.name,
            tuple(dict.fromkeys(node for one in periods for node in one.axes[place].nodes)),
            axis.root,
            axis.tells,
        )
        for place, axis in enumerate(first.axes)
    ]
    time = Axis(PERIOD, tuple(one.axes[0].root for one in periods), root, tells=False)
    axes = (time, *of_all[1:])
    counts = {tuple(map(_leaf, axes, leaf)): count for one in periods for leaf, count in one.counts.items()}
    return CountTable(first.name, axes, counts)


def _leaf(axis: Axis, node: str) -> str:
    """Give the leaf of people who were counted in a node that is no longer one."""
    itself = f"{node}/{ITSELF}"
    return itself if itself in axis.nodes else node


def counts_to_json(tables: Sequence[CountTable]) -> str:
    """Write counts; the same tables give the same bytes."""
    kept = [
        {
            "nama": table.name,
            "sumbu": [axis_to_json(axis) for axis in table.axes],
            "hitungan": sorted([*leaf, count] for leaf, count in table.counts.items() if count),
        }
        for table in tables
    ]
    return json.dumps(kept, ensure_ascii=False) + "\n"


def counts_from_json(text: str) -> tuple[CountTable, ...]:
    """Read what ``counts_to_json`` wrote.

    Raises:
        PayungError: The text holds no counts, or some that stand where the axes have no leaf.
    """
    try:
        return tuple(map(_table, json.loads(text)))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PayungError(_UNREADABLE) from error


def _table(read: Mapping[str, list[list[str | int]]]) -> CountTable:
    axes = tuple(map(axis_from_json, read["sumbu"]))
    counts = {tuple(map(str, leaf)): count for *leaf, count in read["hitungan"]}
    leaves = [{*axis.leaves()} for axis in axes]
    sound = all(
        type(count) is int and count > 0 and all(node in of for node, of in zip(leaf, leaves, strict=True))
        for leaf, count in counts.items()
    )
    if not sound or len(counts) != len(read["hitungan"]):
        raise ValueError
    return CountTable(str(read["nama"]), axes, {leaf: int(count) for leaf, count in counts.items()})
