"""Tau-Argus, by which statistical offices protect their tables, bounds the same hidden cells as our own attack does."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from processor.evaluation.publication_tables import Key, PublishedFigures, keys, sums, to_json
from tests.effort import LONG
from tests.evaluation.attacker import Attacker
from tests.evaluation.registers import AXES, Made, made, publications
from tests.evaluation.test_suppression import only_small_cells_hidden

tau = pytest.importorskip("pytauargus._tauargus")
REGISTERS = 100 if LONG else 12
_MOST = 10_000


def counted(register: Made, cells: Sequence[Key]) -> list[int]:
    """Count the people of each cell."""
    places = Attacker([], AXES, register.places)
    people = [register.people.get(place, 0) for place in register.places]
    return [sum(people[place] for place in places.covered(dict(cell))) for cell in cells]


def tau_bounds(
    folder: Path, register: Made, published: Sequence[PublishedFigures]
) -> Iterator[tuple[Key, int, int, int]]:
    """Let Tau-Argus bound each hidden cell of all tables together: the cell, its people, the least and the most."""
    tables = [table for one in published for table in one.tables]
    cells = [*dict.fromkeys(key for table in tables for key in keys(table.axes))]
    counts = counted(register, cells)
    place = {key: number for number, key in enumerate(cells)}
    shown = {key for table in tables for key in table.shown}
    lines = ["0", str(len(cells))]
    lines += [
        f"{number} {counts[number]} 1 {'s' if key in shown else 'u'} 0 {_MOST} 0 0 0"
        for number, key in enumerate(cells)
    ]
    rows = [*dict.fromkeys(one for table in tables for one in sums(table.axes))]
    lines += [str(len(rows))]
    lines += [
        " ".join([f"0 {len(one.parts) + 1} : {place[one.whole]} (-1)", *(f"{place[part]} (1)" for part in one.parts)])
        for one in rows
    ]
    (folder / "tabel.jj").write_text("\n".join(lines) + "\n")
    for row in tau.audit_jj(str(folder / "tabel.jj")):
        yield cells[row["cell"]], counts[row["cell"]], round(row["min"] + 0.499), round(row["max"] - 0.499)


def test_tau_argus_finds_nobody_and_bounds_hidden_cells_as_our_attack_does(tmp_path: Path) -> None:
    compared = 0
    for seed in range(REGISTERS):
        register = made(Random(seed))
        published = publications(register)
        attack = Attacker([to_json(one) for one in published], AXES, register.places)
        for cell, count, low, high in tau_bounds(tmp_path, register, published):
            assert not (1 <= count <= 2 and high - low < 3), (seed, cell)
            if high < _MOST / 2:  # else nothing but our own limit bounds it
                assert (low, high) == attack.interval(dict(cell)), (seed, cell)
                compared += 1
    assert compared > 100


def test_tau_argus_finds_people_where_only_small_cells_are_hidden(tmp_path: Path) -> None:
    register = made(Random(3))
    bounds = tau_bounds(tmp_path, register, publications(register, only_small_cells_hidden))
    assert any(1 <= count <= 2 and high - low < 3 for _, count, low, high in bounds)
