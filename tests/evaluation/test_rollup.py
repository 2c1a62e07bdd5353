"""Figures add up along a tree of units and over agencies, and what is missing is named."""

import json
from collections import Counter
from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.evaluation import published_counts, rollup
from processor.evaluation.aggregate import WHOLE, Aggregate, AggregateTable
from processor.evaluation.periods import Period
from processor.evaluation.publication_tables import cells, placed, to_json
from processor.evaluation.published_counts import UnitsOfRequests
from processor.evaluation.rollup import Gap, Member, Recap
from processor.evaluation.suppression import publish
from processor.evaluation.tally import Tally, along
from tests.effort import MANY
from tests.evaluation import generated_registers
from tests.evaluation.aggregates import MINISTRY, frozen, published, quarter
from tests.evaluation.attacker import Attacker
from tests.evaluation.generated_registers import COUNTING

ONE = generated_registers.register(1)[0][0].facts
FIRST, SECOND = Period(2026, 1), Period(2026, 2)


def agency(name: str, rows: dict[str, tuple[int | None, ...]], categories: tuple[str, ...] = (WHOLE, "a")) -> Aggregate:
    return Aggregate(name, date(2026, 10, 15), (AggregateTable("hasil", categories, rows),))


def test_a_ministrys_published_table_of_units_is_its_tree() -> None:
    """What one site publishes by unit sums to the same as its figures along the tree of units."""
    random = Random(12)
    cases = [ONE._replace(number=f"BH-2026-{at}") for at in range(3000)]
    codes = {one.number: random.choice([*MINISTRY, ""]) for one in cases}
    units = UnitsOfRequests(codes, {code: code for code in MINISTRY}, {one: up for one, up in MINISTRY.items() if up})
    table = published_counts.tables(cases, "2026/1", COUNTING, units)[-1]
    counted = {dict(at).get("unit", ""): count for at, count in cells(table).items()}
    found = along(MINISTRY, {code: Tally(number) for code, number in Counter(codes.values()).items()})
    assert counted[""] == found[""].sum == 3000
    for code, above in MINISTRY.items():
        assert counted[f"{above}/{code}" if above else code] == found[code].sum


def test_a_sum_says_of_how_many_it_is_and_how_many_hide_or_lack_it() -> None:
    recap = Recap.of(
        [
            Member("A", "A", file=agency("A", {"2026-1": (30, 20)})),
            Member("B", "B", file=agency("B", {"2026-1": (10, None)})),
            Member("C", "C"),
        ]
    )
    sums = recap.sums(FIRST)["hasil"]
    assert sums[WHOLE] == Tally(40, 2, 0, 1, 40, 40)
    assert sums["a"] == Tally(20, 1, 1, 1, 20, 30)
    assert (str(sums["a"].share), sums["a"].exact, Tally().share) == ("66.7", False, None)


def test_shares_are_of_those_who_show_both_numbers() -> None:
    members = [
        Member("A", "A", file=agency("A", {"2026-1": (100, 50)})),
        Member("B", "B", file=agency("B", {"2026-1": (None, 30)})),
        Member("C", "C", file=agency("C", {"2026-1": (10, 10)}, (WHOLE, "b"))),
    ]
    sums = Recap.of(members).sums(FIRST)["hasil"]
    assert sums["a"] == Tally(80, 2, 0, 1, 50, 100)
    assert sums["b"] == Tally(10, 1, 0, 2, 10, 10)


def test_a_share_is_of_the_next_greater_category() -> None:
    categories = (WHOLE, "dijawab", "dijawab/tepat_waktu")
    recap = Recap.of([Member("A", "A", file=agency("A", {"2026-1": (100, 50, 40)}, categories))])
    assert [str(one.share) for one in recap.sums(FIRST)["hasil"].values()] == ["100.0", "50.0", "80.0"]
    assert recap.along_tree(FIRST, "hasil", categories[2])[""].share == recap.sums(FIRST)["hasil"][categories[2]].share


@settings(max_examples=MANY // 40)
@given(st.lists(st.lists(st.none() | st.integers(0, 50), min_size=3, max_size=3), min_size=1, max_size=6))
def test_sums_are_those_that_a_slow_count_finds(rows: list[list[int | None]]) -> None:
    categories = (WHOLE, "a", "b")
    members = [
        Member(str(at), str(at), file=agency("", {"2026-1": tuple(row)}, categories)) for at, row in enumerate(rows)
    ]
    recap = Recap.of(members)
    for at, name in enumerate(categories):
        known = [(row[at], row[0]) for row in rows if row[at] is not None]
        both = [(one, of) for one, of in known if of is not None]
        found = recap.sums(FIRST)["hasil"][name]
        assert (found.sum, found.shown, found.hidden) == (
            sum(n or 0 for n, _ in known),
            len(known),
            len(rows) - len(known),
        )
        assert (found.part, found.of) == (sum(n or 0 for n, _ in both), sum(of for _, of in both))
        assert recap.along_tree(FIRST, "hasil", name)[""] == found


def test_one_number_runs_along_the_tree_of_agencies_and_headings_await_nothing() -> None:
    members = [
        Member("PUSAT", "Pusat", heading=True),
        Member("K1", "Kanwil 1", "PUSAT", agency("", {"2026-1": (30, 20)})),
        Member("K2", "Kanwil 2", "PUSAT"),
        Member("U1", "UPT 1", "K1", agency("", {"2026-1": (5, None)})),
    ]
    recap = Recap.of(members)
    assert recap.along_tree(FIRST, "hasil") == {
        "": Tally(35, 2, 0, 1, 35, 35), "PUSAT": Tally(35, 2, 0, 1, 35, 35), "K1": Tally(35, 2, 0, 0, 35, 35),
        "K2": Tally(missing=1), "U1": Tally(5, 1, 0, 0, 5, 5),
    }  # fmt: skip
    assert recap.sums(FIRST)["hasil"][WHOLE].missing == 1
    assert recap.gaps() == (Gap(members[2], (FIRST,)),)


def test_gaps_name_the_agency_the_period_and_the_table() -> None:
    whole = AggregateTable("hasil", (WHOLE,), {"2026-1": (30,), "2026-2": (30,), "2026": (60,)})
    more = AggregateTable("topik", (WHOLE,), {"2026-2": (30,)})
    first = Member("A", "A", file=Aggregate("A", date(2026, 10, 15), (whole, more)))
    second = Member("B", "B", file=agency("B", {"2026-2": (4, 4)}))
    recap = Recap.of([first, second])
    assert recap.periods == (FIRST, SECOND, Period(2026))
    assert recap.gaps() == (Gap(second, (FIRST, Period(2026))), Gap(second, (SECOND,), ("topik",)))


@pytest.mark.parametrize(
    ("of", "joined"),
    [
        ([], []),
        ([Period(2026), Period(2025, 4), Period(2026, 1)], [("2025-4", "2026-1"), ("2026", "2026")]),
        (
            [Period(2025, 1), Period(2025, 3), Period(2025, 4), Period(2026, 1)],
            [("2025-1", "2025-1"), ("2025-3", "2026-1")],
        ),
        ([Period(2026, 1), Period(2026, 3)], [("2026-1", "2026-1"), ("2026-3", "2026-3")]),
    ],
)
def test_periods_that_follow_each_other_are_joined(of: list[Period], joined: list[tuple[str, str]]) -> None:
    assert [(str(first), str(last)) for first, last in rollup.runs(of)] == joined


def test_what_an_agency_hides_cannot_change_a_sum_over_agencies() -> None:
    """Two offices whose small numbers differ publish the same, so every sum made of it is the same."""
    other = published("B", quarter("2026/1", dijawab=40, ditolak=21, terbuka=17))
    sums = []
    for refused, running in ((1, 2), (2, 1)):
        hiding = published("A", quarter("2026/1", dijawab=20, ditolak=refused, terbuka=running))
        recap = Recap.of([Member("A", "A", file=hiding), Member("B", "B", file=other)])
        sums.append(recap.sums(FIRST))
        assert recap.sums(FIRST)["hasil"]["ditolak"] == Tally(21, 1, 1, 0, 21, 78)
    assert sums[0] == sums[1]


def test_whoever_has_the_recap_knows_no_hidden_number_more_closely() -> None:
    """The attack on two offices, with their files alone and with the recap of both added to them."""
    results = ("dijawab", "ditolak", "terbuka", "dibatalkan")
    offices = {"A": quarter("2026/1", dijawab=20, ditolak=2, terbuka=1, dibatalkan=9),
               "B": quarter("2026/1", dijawab=40, ditolak=21, terbuka=2, dibatalkan=12)}  # fmt: skip
    files = [to_json(placed(one.figures, "instansi", name)) for name, one in offices.items()]
    sums = Recap.of(Member(name, name, file=published(name, one)) for name, one in offices.items()).sums(FIRST)["hasil"]
    exact = {code: one.sum for code, one in sums.items() if one.exact}
    assert exact == {WHOLE: 107, "dijawab": 60}
    rows = [
        {"periode": "2026/1", "jumlah": count} | ({} if at == WHOLE else {"hasil": at}) for at, count in exact.items()
    ]
    recap = json.dumps({"tabel": [{"angka": rows}]})
    places = [*product(offices, ["2026/1"], results)]
    axes = ("instansi", "periode", "hasil")
    without, given = Attacker(files, axes, places), Attacker([*files, recap], axes, places)
    for place in places:
        cell = dict(zip(axes, place, strict=True))
        assert given.interval(cell) == without.interval(cell)
        if given.covered(cell) not in given.shown:
            low, high = given.interval(cell)
            assert high - low >= 3


def test_a_ministrys_units_pass_the_audit_and_what_is_shown_adds_up_in_the_recap() -> None:
    random = Random(13)
    cases = [ONE._replace(number=f"BH-2026-{at}") for at in range(600)]
    codes = {one.number: random.choice([*MINISTRY]) for one in cases}
    units = UnitsOfRequests(codes, {code: code for code in MINISTRY}, {one: up for one, up in MINISTRY.items() if up})
    table = published_counts.tables(cases, "2026/1", COUNTING, units)[-1]
    shown = published("Kementerian", frozen("2026/1", publish("2026-1", [table], [])))
    sums = Recap.of([Member("K", "Kementerian", file=shown)]).sums(FIRST)["unit"]
    assert sums[WHOLE].sum == 600
    assert len([one for code, one in sums.items() if one.shown and "/" not in code]) > 30
    assert not [one for one in sums.values() if one.shown and one.sum < 3]
    for code in MINISTRY:
        below = [one for path, one in sums.items() if path.startswith(f"{code}/")]
        if code in sums and sums[code].shown:
            assert sum(one.sum for one in below) <= sums[code].sum
