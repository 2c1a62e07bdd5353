"""Sums run along a tree of units."""

from random import Random

from processor.evaluation.tally import Tally, along, line_of
from tests.evaluation.aggregates import MINISTRY


def test_a_ministry_adds_up_from_its_technical_units_to_the_top() -> None:
    random = Random(11)
    own = {code: Tally(random.randrange(9), shown=1) for code in MINISTRY}
    found = along(MINISTRY, own)
    assert len(found) == 1 + 11 + 33 + 892
    assert found[""].sum == sum(one.sum for one in own.values())
    for code in MINISTRY:
        below = [found[one] for one, above in MINISTRY.items() if above == code]
        assert found[code] == sum(below, own[code])
    assert found["KW.0"].shown == 1 + 28


def test_units_in_a_ring_are_counted_once_in_all() -> None:
    assert along({"A": "B", "B": "A"}, {"A": Tally(3)})[""] == Tally(3)
    assert line_of({"A": "B", "B": "A"}, "A") == ("A", "B", "")
