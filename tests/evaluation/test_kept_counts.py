import pytest

from processor.evaluation.kept_counts import counts_from_json, counts_to_json, joined
from processor.evaluation.publication_tables import Axis, CountTable, cells
from processor.evaluation.suppression import CONTRADICTED, publish
from processor.foundation.errors import PayungError


def quarter(number: int, counts: dict[str, int]) -> CountTable:
    period = Axis("periode", root=f"2026/{number}", tells=False)
    leaves: dict[tuple[str, ...], int] = {(period.root, topic): count for topic, count in counts.items()}
    return CountTable("topik", (period, Axis("topik", tuple(counts))), leaves)


QUARTERS = [quarter(1, {"a": 12, "b": 9, "c": 1}), quarter(2, {"a": 8, "b": 7, "d": 6})]


def test_a_year_is_counted_from_its_quarters_and_a_new_category_was_empty_before() -> None:
    year = joined(QUARTERS, "2026")
    assert year.axes == (Axis("periode", ("2026/1", "2026/2"), "2026", tells=False), Axis("topik", tuple("abcd")))
    counted = cells(year)
    assert counted[(("periode", "2026"),)] == 43
    assert counted[("periode", "2026"), ("topik", "a")] == 20
    assert counted[("periode", "2026/1"), ("topik", "d")] == 0


def test_a_year_from_kept_counts_fits_what_was_published_though_the_register_moved() -> None:
    known = [publish("2026-1", QUARTERS[:1], [])]
    known.append(publish("2026-2", QUARTERS[1:], known))
    kept = counts_from_json(counts_to_json(QUARTERS))
    assert publish("2026", [joined(kept, "2026")], known).tables[0].shown[("periode", "2026"), ("topik", "a")] == 20
    moved = [quarter(1, {"a": 11, "b": 10, "c": 1}), QUARTERS[1]]
    assert publish("2026", [joined(moved, "2026")], known).tables[0].remark == CONTRADICTED


def test_a_unit_that_was_divided_meanwhile_keeps_its_people() -> None:
    quarters = [quarter(1, {"A": 5}), quarter(2, {"A": 0, "A/X": 4, "A/_": 3})]
    quarters[1] = CountTable("topik", quarters[1].axes, {("2026/2", "A/X"): 4, ("2026/2", "A/_"): 3})
    counted = cells(joined(quarters, "2026"))
    of_a = [counted[("periode", period), ("topik", "A")] for period in ("2026", "2026/1", "2026/2")]
    assert of_a == [12, 5, 7]
    assert counted[("periode", "2026/1"), ("topik", "A/_")] == 5


def test_counts_are_kept_whole_and_give_the_same_bytes() -> None:
    assert counts_from_json(counts_to_json(QUARTERS)) == tuple(QUARTERS)
    turned = [CountTable(one.name, one.axes, dict(reversed([*one.counts.items()]))) for one in QUARTERS]
    assert counts_to_json(turned) == counts_to_json(QUARTERS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"a", 12', '"x", 12'),
        ('"a", 12', '"a", 0'),
        ('"a", 12', '"a", "12"'),
        ('"a", 12', '"b", 12'),
        ("[", "{"),
        ("12", ""),
    ],
)
def test_damaged_counts_are_refused_with_a_sentence(old: str, new: str) -> None:
    with pytest.raises(PayungError, match=r"^Hitungan yang disimpan .* dari cadangan\.$"):
        counts_from_json(counts_to_json(QUARTERS).replace(old, new, 1))
