import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from processor.evaluation import suppression
from processor.evaluation.publication_tables import (
    SMALL,
    Axis,
    CountTable,
    PublishedFigures,
    PublishedTable,
    cells,
    sums,
    to_json,
)
from processor.evaluation.suppression import publish
from processor.foundation.errors import PayungError
from tests.effort import LONG
from tests.evaluation.attacker import Attacker, found_categories, found_differences, found_people
from tests.evaluation.registers import AXES, Made, made, publications

BATCH = 25
REGISTERS = 10_000 if LONG else 200
QUARTER = Axis("periode", root="2026/1", tells=False)
YEAR = Axis("periode", ("2026/1", "2026/2", "2026/3", "2026/4"), root="2026", tells=False)


def attacker(register: Made, published: Sequence[PublishedFigures]) -> Attacker:
    return Attacker([to_json(one) for one in published], AXES, register.places)


def only_small_cells_hidden(
    name: str, tables: Sequence[CountTable], earlier: Sequence[PublishedFigures]
) -> PublishedFigures:
    """What suppression table by table would publish: without its second step."""
    shown = (PublishedTable(one.name, one.axes, {k: n for k, n in cells(one).items() if n > SMALL}) for one in tables)
    return PublishedFigures(name, tuple(shown))


def table(counts: Mapping[str, int], period: Axis = QUARTER, axis: str = "topik", *, tells: bool = True) -> CountTable:
    by: dict[tuple[str, ...], int] = {(period.root, node): count for node, count in counts.items()}
    return CountTable(axis, (period, Axis(axis, tuple(counts), tells=tells)), by)


def shown(published: PublishedFigures, number: int = 0) -> dict[str, int]:
    """Figures by the last node of their cell; the sum stands under its period."""
    return {dict(key).get("topik", "sum"): count for key, count in published.tables[number].shown.items()}


@pytest.mark.parametrize("batch", range(REGISTERS // BATCH))
def test_nobody_is_found_in_what_many_offices_publish(batch: int) -> None:
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        register = made(Random(seed))
        attack = attacker(register, publications(register))
        assert found_people(attack, register.people, register.cells()) == [], seed
        assert found_differences(attack) == [], seed
        assert found_categories(attack, register.people, register.rows()) == [], seed


@pytest.mark.parametrize("batch", range(REGISTERS // BATCH // 4))
def test_nobody_is_found_by_whoever_tries_every_whole_number(batch: int) -> None:
    tried = 0
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        register = made(Random(seed), small=True)
        attack = attacker(register, publications(register))
        cells = [*register.cells()]
        bounds = attack.whole_numbers(cells, most=register.people.total())
        tried += bool(bounds)
        for cell, (low, high) in zip(cells, bounds, strict=bool(bounds)):
            assert high - low >= 3 or low > SMALL or high == 0, (seed, cell)
    assert tried > BATCH // 5


def test_the_attack_finds_people_where_only_small_cells_are_hidden() -> None:
    people = differences = categories = 0
    for seed in range(10):
        register = made(Random(seed))
        attack = attacker(register, publications(register, only_small_cells_hidden))
        people += bool(found_people(attack, register.people, register.cells()))
        differences += bool(found_differences(attack))
        categories += bool(found_categories(attack, register.people, register.rows()))
    assert min(people, differences) > 5
    assert categories > 0


def test_what_is_shown_is_true_and_adds_up() -> None:
    for seed in range(10):
        register = made(Random(seed))
        for one in (one for published in publications(register) for one in published.tables):
            for total in sums(one.axes):
                if {total.whole, *total.parts} <= one.shown.keys():
                    assert one.shown[total.whole] == sum(one.shown[part] for part in total.parts)


def test_a_small_cell_takes_the_cheapest_other_with_it() -> None:
    published = publish("2026-1", [table({"a": 12, "b": 9, "c": 6, "d": 5, "e": 1})], [])
    assert shown(published) == {"sum": 33, "a": 12, "b": 9, "c": 6}
    assert published.tables[0].remark == suppression.HIDDEN


def test_small_cells_that_hide_each_other_take_no_other_with_them() -> None:
    assert shown(publish("2026-1", [table({"a": 12, "b": 9, "c": 2, "d": 2})], [])) == {"sum": 25, "a": 12, "b": 9}


def test_a_table_without_small_cells_is_shown_whole_and_without_a_remark() -> None:
    published = publish("2026-1", [table({"a": 12, "b": 9, "c": 3})], [])
    assert shown(published) == {"sum": 24, "a": 12, "b": 9, "c": 3}
    assert published.tables[0].remark == ""


def test_fewer_than_ten_in_one_category_are_not_known_to_be_there() -> None:
    assert shown(publish("2026-1", [table({"a": 9, "b": 0, "c": 0})], [])) == {"sum": 9}
    assert shown(publish("2026-1", [table({"a": 10, "b": 0, "c": 0})], [])) == {"sum": 10, "a": 10}
    assert shown(publish("2026-1", [table({"a": 9, "b": 0, "c": 0}, tells=False)], [])) == {"sum": 9, "a": 9}


def test_a_year_gives_no_quarter_away() -> None:
    quarters = [{"a": 12, "b": 9, "c": 6, "d": 2}, {"a": 8, "b": 7, "c": 5, "d": 4}]
    quarters += [{"a": 8, "b": 7, "c": 5, "d": 4}, {"a": 8, "b": 7, "c": 5, "d": 4}]
    known: list[PublishedFigures] = []
    for number, counts in enumerate(quarters, 1):
        period = replace(QUARTER, root=f"2026/{number}")
        known.append(publish(f"2026-{number}", [table(counts, period)], known))
    by: dict[tuple[str, ...], int] = {}
    by |= {(f"2026/{number}", node): n for number, counts in enumerate(quarters, 1) for node, n in counts.items()}
    year = publish("2026", [CountTable("topik", (YEAR, Axis("topik", tuple("abcd"))), by)], known).tables[0].shown
    of_the_year = {dict(key).get("topik", "sum"): count for key, count in year.items() if ("periode", "2026") in key}
    assert of_the_year == {"sum": 101, "a": 36, "b": 30}


def test_a_later_count_shows_no_single_move() -> None:
    first = publish("2026-1", [table({"a": 12, "b": 9, "c": 6})], [])
    again = replace(QUARTER, root="2026/1~2")
    one_moved = publish("2026-2", [table({"a": 11, "b": 10, "c": 6}, again)], [first])
    assert not {"a", "b"} & shown(one_moved).keys()
    four_moved = publish("2026-2", [table({"a": 8, "b": 13, "c": 6}, again)], [first])
    assert shown(four_moved) == {"sum": 27, "a": 8, "b": 13, "c": 6}


def test_nobody_is_found_between_a_count_and_a_later_one() -> None:
    topics, quarters = tuple("abcd"), ("2026/1", "2026/1~2")
    shown_twice = 0
    for seed in range(100):
        random = Random(seed)
        first = {topic: random.choice((0, 1, 3, 8, 15)) for topic in topics}
        later = {topic: max(0, count + random.choice((-4, -1, 0, 0, 1, 2, 4))) for topic, count in first.items()}
        known: list[PublishedFigures] = []
        for quarter, counts in zip(quarters, (first, later), strict=True):
            known.append(publish(quarter, [table(counts, replace(QUARTER, root=quarter))], known))
        attack = Attacker([to_json(one) for one in known], ("periode", "topik"), [*product(quarters, topics)])
        for cell in ({}, *({"topik": topic} for topic in topics)):
            (low, high), (low_later, high_later) = (attack.interval({"periode": one, **cell}) for one in quarters)
            if (low, low_later) == (high, high_later):
                shown_twice += 1
                assert abs(low_later - low) not in {1, 2}, (seed, cell)
    assert shown_twice > 50


def test_figures_that_do_not_fit_what_was_published_are_held_back() -> None:
    first = publish("2026-1", [table({"a": 12, "b": 9, "c": 6})], [])
    other = publish("2026-1", [table({"a": 13, "b": 9, "c": 6})], [first])
    assert (other.tables[0].shown, other.tables[0].remark) == ({}, suppression.CONTRADICTED)


def test_what_was_hidden_once_stays_hidden() -> None:
    counts = {"a": 12, "b": 9, "c": 6, "d": 5, "e": 1}
    first = publish("2026-1", [table(counts)], [])
    assert shown(publish("2026-1", [table(counts)], [first])).keys() <= shown(first).keys()


@pytest.mark.parametrize("work", range(0, 500, 20))
def test_what_takes_too_long_is_held_back_and_not_shown_unaudited(work: int) -> None:
    many = table({f"U{number}": number % 7 for number in range(60)})
    published = publish("2026-1", [many], [], work=work).tables[0]
    whole = publish("2026-1", [many], []).tables[0]
    total = {(("periode", "2026/1"),): 174}
    assert (published.shown, published.remark) in [
        ({}, suppression.TOO_MUCH),
        (total, published.remark),
        (whole.shown, ""),
    ]


def test_a_table_of_too_many_cells_is_counted_without_its_deepest_level() -> None:
    units = [f"D{above}" for above in range(5)] + [f"D{above}/{below}" for above in range(5) for below in range(200)]
    topics = Axis("topik", tuple(f"topik{number}" for number in range(20)))
    counts: dict[tuple[str, ...], int] = {("2026/1", f"topik{number}", f"D{number % 5}/7"): 20 for number in range(20)}
    published = publish("2026-1", [CountTable("", (QUARTER, topics, Axis("unit", tuple(units))), counts)], []).tables[0]
    assert published.axes[2] == Axis("unit", ("D0", "D1", "D2", "D3", "D4"))
    assert published.shown[("periode", "2026/1"), ("unit", "D3")] == 80
    assert published.remark.endswith(suppression.COARSE)


def test_a_table_of_too_many_categories_is_not_published_by_them() -> None:
    axes = tuple(Axis(name, tuple(f"{name}{number}" for number in range(30))) for name in "abc")
    published = publish("2026-1", [CountTable("abc", axes, {("a1", "b1", "c1"): 50})], []).tables[0]
    assert published.axes[0] == Axis("a")
    assert published.shown[()] == 50
    assert published.remark.endswith(suppression.COARSE)


def test_tables_that_say_more_than_their_sums_are_held_back() -> None:
    def crossed(*names: str) -> CountTable:
        axes = tuple(Axis(name, (f"{name}1", f"{name}2")) for name in names)
        each = 40 // 2 ** len(names)
        counts = {("2026/1", *at): each for at in product(*(axis.nodes for axis in axes))}
        return CountTable("silang", (QUARTER, *axes), counts)

    tables = [crossed("topik", "unit"), crossed("unit", "status"), crossed("topik", "status")]
    assert [one.remark for one in publish("2026-1", tables, []).tables] == ["", "", suppression.UNLINKABLE]
    together = [crossed("topik", "unit", "status"), *tables]
    assert [one.remark for one in publish("2026-1", together, []).tables] == ["", "", "", ""]


def test_a_quarter_of_many_units_is_audited_within_the_limit() -> None:
    random, known = Random(1), list[PublishedFigures]()
    for number in range(8):
        period = replace(QUARTER, root=f"{2026 + number // 4}/{number % 4 + 1}")
        drawn = Counter(f"U{min(99, int(random.expovariate(1 / 20)))}" for _ in range(60))
        units = {f"U{unit}": drawn[f"U{unit}"] for unit in range(100)}
        known.append(publish(period.root, [table(units, period, "unit")], known))
    assert all(one.tables[0].shown for one in known)


def test_without_the_library_nothing_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(PayungError, match=r"^Angka tidak diterbitkan: .* belum terpasang\. Pasang "):
        publish("2026-1", [table({"a": 12, "b": 9})], [])


def test_the_library_is_loaded_only_when_something_is_published() -> None:
    script = "import sys; import processor.evaluation.suppression; sys.exit('highspy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_tables_give_the_same_bytes_in_every_process(seed: str) -> None:
    script = (
        "from random import Random; from tests.evaluation.registers import made, publications; "
        "from processor.evaluation.publication_tables import to_json; "
        "print('\\n'.join(map(to_json, publications(made(Random(7))))))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
    )
    assert ran.stdout.decode() == "\n".join(map(to_json, publications(made(Random(7))))) + "\n"


def test_a_year_can_be_counted_again_by_more_than_one_table() -> None:
    quarters = [{"a": 12, "b": 9, "c": 6}, {"a": 8, "b": 7, "c": 5}]
    known: list[PublishedFigures] = []
    for number, counts in enumerate(quarters, 1):
        known.append(publish(f"2026-{number}", [table(counts, replace(QUARTER, root=f"2026/{number}"))], known))
    by: dict[tuple[str, ...], int] = {}
    by |= {(f"2026/{number}", node): n for number, counts in enumerate(quarters, 1) for node, n in counts.items()}
    year = replace(YEAR, nodes=("2026/1", "2026/2"))
    known.append(publish("2026", [CountTable("topik", (year, Axis("topik", tuple("abc"))), by)], known))
    again = replace(QUARTER, root="2026~2")
    topics, units = table({"a": 25, "b": 20, "c": 11}, again), table({"x": 30, "y": 26}, again, "unit")
    found = publish("2026~2", [topics, units], known)
    assert [one.shown[("periode", "2026~2"),] for one in found.tables] == [56, 56]
