"""Of a unit is known what was published: the last count of each period, hidden where the audit hid it."""

from datetime import date

from processor.evaluation import unit_publications
from processor.evaluation.frozen_publication import FrozenPublication, Promise, node_of
from processor.evaluation.periods import Period
from processor.evaluation.publication_tables import ITSELF, PERIOD, Axis, PublishedFigures, PublishedTable, key
from processor.evaluation.published_counts import UNIT, TableWords

NAMES = {
    "A": "Dinas A", f"A/{ITSELF}": "Dinas A sendiri", "A/B": "Bidang", "A/B2": "Bidang", "AB": "Dinas AB"
}  # fmt: skip


def published(period: Period, count: int = 1, *, names: bool = True, **shown: int) -> FrozenPublication:
    """A publication that shows of units what is ``shown``, by their ways with _ for /."""
    node = node_of(period, count)
    axes = (Axis(PERIOD, root=node, tells=False), Axis(UNIT, tuple(NAMES)))
    cells = {key((PERIOD, UNIT), (node, path.replace("_", "/"))): number for path, number in shown.items()}
    figures = PublishedFigures(node, (PublishedTable(UNIT, axes, cells),))
    words = (TableWords(UNIT, "Menurut unit", "Arti.", NAMES),) if names else ()
    return FrozenPublication(period, count, date(2026, 4, 15), Promise(885, 420, 420), figures, words)


def test_a_unit_has_its_own_row_and_one_for_each_below_it_and_none_of_others() -> None:
    found = unit_publications.of_unit([published(Period(2026, 1), A=19, A_B=9, AB=7)], "A")
    assert found.rows == (("Dinas A", (19,)), ("Bidang", (9,)), ("Bidang", (None,)))
    assert found.hides_any
    assert unit_publications.of_unit([published(Period(2026, 1), AB=7)], "AB").rows == (("Dinas AB", (7,)),)
    assert not unit_publications.of_unit([published(Period(2026, 1), AB=7)], "AB").hides_any


def test_periods_stand_in_their_order_the_year_after_its_quarters_and_a_later_count_in_place_of_the_first() -> None:
    year, fourth = Period(2026), Period(2026, 4)
    given = [
        published(year, AB=30),
        published(fourth, AB=9),
        published(Period(2026, 1), AB=7),
        published(fourth, 2, AB=8),
    ]
    found = unit_publications.of_unit(given, "AB")
    assert [(str(one.period), one.count) for one in found.publications] == [("2026-1", 1), ("2026-4", 2), ("2026", 1)]
    assert found.rows == (("Dinas AB", (7, 8, 30)),)


def test_a_publication_without_units_tells_nothing_of_one() -> None:
    found = unit_publications.of_unit([published(Period(2026, 1), names=False, AB=7), published(Period(2026, 2))], "AB")
    assert [str(one.period) for one in found.publications] == ["2026-2"]
    assert found.rows == (("Dinas AB", (None,)),)
    assert unit_publications.of_unit([], "AB").rows == ()
