import json

import pytest

from processor.evaluation.publication_tables import (
    Axis,
    CountTable,
    PublishedFigures,
    PublishedTable,
    cells,
    from_json,
    keys,
    placed,
    sums,
    to_json,
)
from processor.foundation.errors import PayungError

QUARTER = Axis("periode", root="2026/1", tells=False)
UNITS = Axis("unit", ("p", "p/1", "p/2", "q"))
TOTAL = (("periode", "2026/1"),)


def at(unit: str) -> tuple[tuple[str, str], ...]:
    return (*TOTAL, ("unit", unit))


SHOWN = {TOTAL: 30, at("p"): 20, at("q"): 10}
PUBLISHED = PublishedFigures("2026-1", (PublishedTable("unit", (QUARTER, UNITS), SHOWN, "Catatan."),))


def test_cells_are_summed_along_the_tree() -> None:
    counted = cells(
        CountTable("unit", (QUARTER, UNITS), {("2026/1", "p/1"): 4, ("2026/1", "p/2"): 3, ("2026/1", "q"): 5})
    )
    assert counted == {TOTAL: 12, at("p"): 7, at("p/1"): 4, at("p/2"): 3, at("q"): 5}


def test_every_node_is_the_sum_of_those_right_below_it() -> None:
    parts = {one.whole: one.parts for one in sums((QUARTER, UNITS))}
    assert parts == {TOTAL: (at("p"), at("q")), at("p"): (at("p/1"), at("p/2"))}


def test_levels_of_which_nothing_is_shown_are_not_visible() -> None:
    (table,) = PUBLISHED.tables
    assert table.visible == (QUARTER, Axis("unit", ("p", "q")))
    assert PublishedTable("unit", (QUARTER, UNITS), {}).visible == ()


def test_what_was_published_is_remembered_whole() -> None:
    assert from_json(to_json(PUBLISHED)) == PUBLISHED
    held_back = PublishedFigures("", (PublishedTable("unit", (QUARTER, UNITS), {}, "Tidak diterbitkan."),))
    assert from_json(to_json(held_back)) == held_back


def test_hidden_cells_of_a_visible_level_stand_as_null_and_others_not_at_all() -> None:
    (table,) = json.loads(to_json(PUBLISHED))["tabel"]
    assert [row["jumlah"] for row in table["angka"]] == [30, 20, 10]
    part = PublishedFigures("", (PublishedTable("unit", (QUARTER, UNITS), {TOTAL: 30, at("p/1"): 20}),))
    (table,) = json.loads(to_json(part))["tabel"]
    assert {row.get("unit"): row["jumlah"] for row in table["angka"]} == {
        None: 30, "p": None, "p/1": 20, "p/2": None, "q": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"jumlah": 20', '"jumlah": "20"'),
        ('"jumlah": 20', '"jumlah": -1'),
        ('"jumlah": 20', '"jumlah": 19'),
        ('"jumlah": 20', '"jumlah": 21'),
        ('"jumlah": 30', '"jumlah": 29'),
        ('"unit": "q"', '"unit": "p"'),
        ('"unit": "q"', '"unit": "tidak ada"'),
        ('"p/1"', '"x/1"'),
        ('"p/1"', '"p"'),
        ('"tabel"', '"meja"'),
        ("{", ""),
    ],
)
def test_a_damaged_memory_is_refused_with_a_sentence(old: str, new: str) -> None:
    with pytest.raises(PayungError, match=r"^Terbitan angka yang diingat tidak dapat dibaca.* dari cadangan\.$"):
        from_json(to_json(PUBLISHED).replace(old, new, 1))


def test_a_publication_placed_in_a_greater_one_keeps_its_figures() -> None:
    (table,) = placed(PUBLISHED, "instansi", "sumbar").tables
    assert table.shown[("instansi", "sumbar"), ("periode", "2026/1")] == 30
    assert {*table.shown} <= {*keys(table.axes)}
