"""A period that is counted again tells nobody who came, went or moved between the two counts."""

from collections.abc import Iterator, Mapping
from random import Random

import pytest

from processor.evaluation import later_counts, suppression
from processor.evaluation.publication_tables import PERIOD, Axis, CountTable, PublishedFigures
from tests import effort

FIRST = {"a": 20, "b": 15, "c": 12, "d/x": 18, "d/y": 25, "d/z": 9}


def counted(node: str, counts: Mapping[str, int]) -> CountTable:
    axes = (Axis(PERIOD, root=node, tells=False), Axis("topik", ("a", "b", "c", "d", "d/x", "d/y", "d/z")))
    return CountTable("topik", axes, {(node, place): count for place, count in counts.items()})


def shown(figures: PublishedFigures) -> dict[str, int]:
    return {dict(key).get("topik", ""): count for key, count in figures.tables[0].shown.items()}


def again(counts: Mapping[str, int], *before: PublishedFigures) -> PublishedFigures:
    name = f"2026/1~{len(before) + 1}"
    alone = suppression.publish(name.replace("/", "-"), [counted(name, counts)], before)
    return later_counts.beside(alone, before)


BEFORE = suppression.publish("2026-1", [counted("2026/1", FIRST)], [])


@pytest.mark.parametrize(
    ("moved", "kept"),
    [
        ({}, {}),
        ({"a": 21}, {}),
        ({"a": 23}, {"": 102, "a": 23}),
        ({"a": 26, "b": 16}, {"": 106}),
        ({"a": 26, "b": 19}, {"": 109, "a": 26, "b": 19}),
        ({"a": 26, "d/x": 24, "d/y": 26}, {"": 112, "a": 26, "d": 59}),
        ({"a": 26, "b": 14, "d/x": 24}, {"": 110}),
    ],
)
def test_only_what_moved_by_more_than_two_is_shown_and_leaves_no_one_or_two(
    moved: Mapping[str, int], kept: Mapping[str, int]
) -> None:
    assert shown(again({**FIRST, **moved}, BEFORE)) == kept


def test_what_moved_too_little_is_said_to_stand_in_the_earlier_count() -> None:
    [told] = again({**FIRST, "a": 23}, BEFORE).tables
    assert told.remark == later_counts.FEWER
    [held] = again(FIRST, BEFORE).tables
    assert held.remark == suppression.HELD_BACK


def test_what_was_hidden_before_is_hidden_now() -> None:
    few = suppression.publish("2026-1", [counted("2026/1", {**FIRST, "a": 1})], [])
    assert "a" not in shown(few)
    assert "a" not in shown(again(FIRST, few))


@pytest.mark.parametrize(("year", "kept"), [(5, 5), (6, None), (7, None), (8, 8), (3, None)])
def test_a_year_counted_again_leaves_no_one_or_two_for_the_quarters_that_were_not(year: int, kept: int | None) -> None:
    def total(node: str, count: int) -> PublishedFigures:
        table = counted(node, dict.fromkeys(FIRST, 0) | {"a": count})
        return suppression.publish(node.replace("/", "-"), [table], [])

    first, quarter, whole = (
        total("2026", 400),
        [total("2026/1", 100), total("2026/1~2", 105)],
        total("2026~2", 400 + year),
    )
    assert shown(later_counts.beside(whole, [first], None, [quarter])).get("") == (400 + kept if kept else None)
    late = later_counts.beside(quarter[1], quarter[:1], [first, whole], [])
    assert shown(late).get("") == (105 if kept else None)
    alone = later_counts.beside(whole, [first], None, [quarter[:1]])
    assert shown(alone).get("") == 400 + year


def differences(later: Mapping[str, int], earlier: Mapping[str, int]) -> Iterator[int]:
    """Every number of people by which two counts differ that anybody gets by adding what both show."""
    moved = {place: count - earlier[place] for place, count in later.items() if place in earlier}
    yield from moved.values()
    for whole, parts in {"": "abcd", "d": ("d/x", "d/y", "d/z")}.items():
        if whole in moved:
            yield moved[whole] - sum(moved.get(part, 0) for part in parts)


def test_no_difference_of_two_counts_stands_for_one_or_two() -> None:
    random = Random(7)
    for _ in range(effort.MANY // 10):
        counts = {place: count + random.choice((0, 0, 0, 1, -1, 2, 4, 6)) for place, count in FIRST.items()}
        second = again(counts, BEFORE)
        third = again({place: count + random.choice((0, 1, 4)) for place, count in counts.items()}, BEFORE, second)
        pairs = (second, BEFORE), (third, BEFORE), (third, second)
        found = {abs(by) for later, earlier in pairs for by in differences(shown(later), shown(earlier))}
        assert not found & {1, 2}
