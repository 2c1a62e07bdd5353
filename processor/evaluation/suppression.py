"""Decides which cells of new tables may be shown, so that nobody can be found in all that was ever published. Pure.

Cells and sums of 0 to 2 people are never shown: a 0 beside them would say that they are not empty. More are hidden
until the audit passes; where that does not help, the deepest level of the table is left out, and at last the table.
Figures are never changed, so those that stay add up. The same tables give the same pattern, byte for byte.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod

from processor.evaluation.interval_audit import WIDTH, Audit, Contradicted, Narrow
from processor.evaluation.linear_model import OutOfWork, Work, model
from processor.evaluation.linked_tables import Axes, Facts, facts, linkable, region
from processor.evaluation.publication_tables import (
    MOST_CELLS,
    SMALL,
    CountTable,
    Key,
    PublishedFigures,
    PublishedTable,
    cells,
    coarsened,
    keys,
)

WORK = 100_000
"""Steps of the solver for one publication, two seconds or so: what needs more is counted more coarsely or held back."""
_PART = 10
"""Hiding a sum costs as much as hiding so many people for each cell that it sums."""
_MOVED = 1e-6
HIDDEN = (
    "Tanda – berarti kurang dari 3, atau disembunyikan supaya angka kecil lain tidak dapat dihitung dari jumlahnya. "
    "Semua angka yang tampak adalah angka sebenarnya."
)
COARSE = "Rincian yang lebih dalam tidak ditampilkan, supaya tidak ada orang yang dapat dikenali dari angkanya."
HELD_BACK = "Tabel ini tidak diterbitkan, supaya tidak ada orang yang dapat dikenali dari angkanya."
TOO_MUCH = (
    "Tabel ini tidak diterbitkan, sebab terlalu besar untuk diperiksa apakah ada orang yang dapat dikenali dari "
    "angkanya. Kurangi rinciannya."
)
UNLINKABLE = (
    "Tabel ini tidak diterbitkan, sebab tidak dapat diperiksa bersama tabel lain tentang orang yang sama. Bagilah "
    "menurut waktu yang sama seperti tabel-tabel itu, dan jangan silangkan tiga hal dua-dua."
)
CONTRADICTED = (
    "Tabel ini tidak diterbitkan, sebab angkanya tidak cocok dengan yang sudah diterbitkan. Terbitkan sebagai "
    "hitungan ulang, misalnya 2026/1~2."
)


def publish(
    name: str, tables: Sequence[CountTable], earlier: Iterable[PublishedFigures], work: int = WORK
) -> PublishedFigures:
    """Decide what may be shown of ``tables``, taken in their order: what one shows stands for the next.

    Args:
        name: What the publication is called, such as 2026-1.
        tables: What was counted. A period that was published before is counted as it was then (``kept_counts``), or
            else as another one (``2026/1~2``); a year names its quarters.
        earlier: Everything that was ever published about the same people.
        work: How many steps of the solver it may take.

    Raises:
        PayungError: highspy is not installed.
    """
    known = facts(earlier)
    decided: list[PublishedTable] = []
    for number, table in enumerate(tables):
        share = Work(work // (len(tables) - number))
        work -= share.left
        decided.append(_decided(table, known, share))
        work += max(share.left, 0)
        known = known.with_tables(decided[-1:])
    return PublishedFigures(name, tuple(decided))


def _decided(table: CountTable, known: Facts, work: Work) -> PublishedTable:
    """Show as much of a table as may be shown; where that takes too long, count it without its deepest level."""
    for axes in _coarser(table.axes):
        attempt = Work(work.left // 2)
        work.left -= attempt.left
        try:
            decided = _attempted(table if axes == table.axes else coarsened(table, axes), known, attempt)
        except OutOfWork:
            continue
        work.left += attempt.left
        coarse = axes != table.axes and decided.shown and COARSE not in decided.remark
        return replace(decided, remark=f"{decided.remark} {COARSE}".strip()) if coarse else decided
    return PublishedTable(table.name, (), {}, TOO_MUCH)


def _attempted(table: CountTable, known: Facts, work: Work) -> PublishedTable:
    """Show as much of a table as may be shown.

    Raises:
        OutOfWork: The audit takes more steps than are left.
    """
    if prod(len(axis.whole) for axis in table.axes) > MOST_CELLS:
        raise OutOfWork
    if not linkable(known, table.axes):
        return PublishedTable(table.name, (), {}, UNLINKABLE)
    try:
        return _audited(table, known, work)
    except Contradicted:
        return PublishedTable(table.name, (), {}, CONTRADICTED)


def _audited(table: CountTable, known: Facts, work: Work) -> PublishedTable:
    """Show what may be shown: all levels, else without the deepest, and so on."""
    counted = cells(table)
    if any(known.shown.get(key, count) != count for key, count in counted.items()):
        raise Contradicted
    again = {key: known.shown[key] for key in counted if key in known.shown}
    for axes in _coarser(table.axes):
        new = {key: counted[key] for key in keys(axes) if key not in known.cells and counted[key] > SMALL}
        if new and (shown := _shown(table.axes, new, known, work)):
            return _with_remark(PublishedTable(table.name, table.axes, {**again, **shown}))
    return _with_remark(PublishedTable(table.name, table.axes, again))


def _with_remark(table: PublishedTable) -> PublishedTable:
    """Say what is not there."""
    if not table.shown:
        return replace(table, remark=HELD_BACK)
    hidden = HIDDEN if len(table.shown) < len(keys(table.visible)) else ""
    coarse = COARSE if table.visible != table.axes else ""
    return replace(table, remark=f"{hidden} {coarse}".strip())


def _coarser(axes: Axes) -> Iterator[Axes]:
    """Give the axes, and then again and again without the deepest level of the one that has most nodes."""
    yield axes
    while any(axis.nodes for axis in axes):
        most = max(axes, key=lambda axis: len(axis.nodes))
        axes = tuple(axis.cut() if axis is most else axis for axis in axes)
        yield axes


def _shown(axes: Axes, new: Mapping[Key, int], known: Facts, work: Work) -> Mapping[Key, int]:
    """Give the ``new`` figures without those that must be hidden, or none where hiding does not help.

    Raises:
        Contradicted: The figures do not fit what was published.
        OutOfWork: The audit takes more steps than are left.
    """
    near = region(known, axes)
    shown = {key: known.shown[key] for key in near.columns if key in known.shown}
    shown.update(new)
    largest = 4 * max(shown.values()) + 1000  # far from anything that could bound a cell
    audit = Audit(near.columns, shown, near.sums, near.twins, largest, work)
    costs = _costs(axes, new)
    for found in audit.narrow():
        more = _cover(audit, found, {key: cost for key, cost in costs.items() if key in audit.known})
        if not more:
            return {}
        audit.hide(more)
    return {key: count for key, count in new.items() if key in audit.known}


def _costs(axes: Axes, new: Mapping[Key, int]) -> Mapping[Key, float]:
    """Say how dear it is to hide each cell: by its people and by what it sums, and no two the same."""
    summed = cells(CountTable("", axes, dict.fromkeys(product(*(axis.leaves() for axis in axes)), 1)))
    return {key: new[key] + _PART * (summed[key] - 1) + rank / len(new) for rank, key in enumerate(new)}


def _cover(audit: Audit, found: Narrow, costs: Mapping[Key, float]) -> Sequence[Key]:
    """Find the cheapest cells that, hidden, widen what is known too closely upwards, or else downwards."""
    for least, most in (found.low + WIDTH, audit.largest), (-audit.largest, found.high - WIDTH):
        moved = _moved(audit, found, costs, (float(least), float(most)))
        if moved:
            return moved
    return ()


def _moved(audit: Audit, found: Narrow, costs: Mapping[Key, float], within: tuple[float, float]) -> Sequence[Key]:
    """Find a table in which the target lies ``within`` and as little as can be differs from what is shown."""
    bounds = [(0.0, float(audit.largest)) if key in costs else audit.bounds(key) for key in audit.columns]
    one, target = len(bounds), len(bounds) + 1  # columns that are 1, and the target
    bounds += [(1.0, 1.0), within]
    rows = [*audit.rows, {target: -1.0, **found.target.weights()}]
    weights: dict[int, float] = {}
    for key, cost in costs.items():
        more, fewer = len(bounds), len(bounds) + 1
        bounds += [(0.0, float(audit.largest))] * 2
        rows.append({audit.place[key]: 1.0, one: -float(audit.known[key]), more: -1.0, fewer: 1.0})
        weights |= {more: -cost, fewer: -cost}
    point = model(bounds, rows, audit.work).best(weights)
    if point is None:
        return ()
    return [key for key in costs if abs(point[audit.place[key]] - audit.known[key]) > _MOVED]
