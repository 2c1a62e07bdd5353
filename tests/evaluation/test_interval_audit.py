import pytest

from processor.evaluation.interval_audit import Audit, Contradicted, Narrow
from processor.evaluation.linear_model import OutOfWork, Work
from processor.evaluation.publication_tables import Axis, Key, Sum, key, keys, sums

ROWS, COLUMNS = Axis("a", ("a1", "a2", "a3"), tells=False), Axis("b", ("b1", "b2", "b3"), tells=False)


def cell(*nodes: str) -> Key:
    return key(("a", "b"), nodes)


def audit(known: dict[Key, int], axes: tuple[Axis, ...] = (ROWS, COLUMNS), work: int = 10_000) -> Audit:
    return Audit(keys(axes), known, [*sums(axes)], (), 1000, Work(work))


def narrow(audited: Audit) -> Narrow | None:
    return next(audited.narrow(), None)


def test_a_cell_that_its_row_gives_away_is_found() -> None:
    found = narrow(audit({cell("a1", ""): 9, cell("a1", "b1"): 4, cell("a1", "b2"): 3}))
    assert found is not None
    assert (found.low, found.high) == (2, 2)


def test_a_cell_that_only_rows_and_columns_together_give_away_is_found() -> None:
    known = {cell("", ""): 60, cell("a1", ""): 20, cell("a2", ""): 20, cell("", "b1"): 20, cell("", "b2"): 20}
    known |= {cell("a1", "b3"): 15, cell("a2", "b3"): 4, cell("a3", "b1"): 9, cell("a3", "b2"): 10}
    found = narrow(audit(known))
    assert found is not None
    assert (found.low, found.high) == (1, 1)


def test_an_interval_of_three_is_enough_and_one_of_two_is_not() -> None:
    assert narrow(audit({cell("a1", ""): 10, cell("a1", "b1"): 7})) is None
    found = narrow(audit({cell("a1", ""): 9, cell("a1", "b1"): 7}))
    assert found is not None
    assert (found.low, found.high) == (0, 2)


def test_what_surely_holds_nobody_or_more_than_a_few_may_be_known() -> None:
    assert narrow(audit({cell("a1", ""): 9, cell("a1", "b1"): 9})) is None
    assert narrow(audit({cell("a1", ""): 9, cell("a1", "b1"): 3, cell("a1", "b2"): 3})) is None


def test_a_row_of_nine_may_not_be_known_to_stand_in_one_category_and_a_row_of_ten_may() -> None:
    telling = (Axis("a", ("a1", "a2")),)
    assert narrow(audit({(): 9, cell("a1", ""): 9}, telling)) is not None
    assert narrow(audit({(): 10, cell("a1", ""): 10}, telling)) is None


def test_a_hidden_row_is_of_many_where_anybody_can_work_that_out() -> None:
    tree = (Axis("a", ("p", "p/1", "p/2", "q")),)
    assert narrow(audit({(): 12, cell("p/1", ""): 12}, tree)) is None
    nobody = (Axis("a", ("p", "p/1", "p/2", "q", "q/1", "q/2")),)
    assert narrow(audit({(): 12, cell("p/1", ""): 12}, nobody)) is None, "q is surely of nobody"
    found = narrow(audit({(): 9, cell("p/1", ""): 9}, tree))
    assert found is not None
    assert (found.low, found.high) == (0, 0)


def test_an_interval_that_is_wide_in_fractions_only_is_narrow() -> None:
    a, b, c, d, e, *whole = ((("p", name),) for name in ("a", "b", "c", "d", "e", "ab", "ac", "ad", "all"))
    rows = [Sum(one, (a, other), tells=False) for one, other in zip(whole, (b, c, d), strict=False)]
    rows.append(Sum(whole[3], (a, b, c, d, e), tells=False))
    known: dict[Key, int] = dict(zip(whole, (3, 5, 4, 9), strict=True))
    # e is 2a - 3: from 0 to 3 in fractions, but 1 or 3 in whole numbers
    found = narrow(Audit((e, *whole, a, b, c, d), known, rows, (), 1000, Work(10_000)))
    assert found is not None
    assert (found.target.plus, found.low, found.high) == (0, 0, 3)


def test_where_no_number_can_be_great_a_cell_is_narrow_though_nothing_is_shown() -> None:
    found = narrow(Audit(keys((ROWS, COLUMNS)), {}, [*sums((ROWS, COLUMNS))], (), 2, Work(10_000)))
    assert found is not None
    assert (found.low, found.high) == (0, 2)


def test_of_two_cells_that_are_compared_the_difference_is_no_closer_known_than_both() -> None:
    early, late, all_early, all_late, rest_early, rest_late = (
        (("p", name),) for name in ("a", "b", "A", "B", "x", "y")
    )
    rows = [Sum(all_early, (early, rest_early), tells=False), Sum(all_late, (late, rest_late), tells=False)]
    known: dict[Key, int] = {all_early: 30, all_late: 60}
    columns = (early, late, all_early, all_late, rest_early, rest_late)
    audited = Audit(columns, known, rows, [(late, early)], 1000, Work(10_000))
    [twin] = [one for one in audited.targets if one.minus is not None]
    assert audited._at_first_sight(twin) == (-30, 60)


def test_figures_that_cannot_be_are_told() -> None:
    with pytest.raises(Contradicted):
        narrow(audit({cell("a1", ""): 9, cell("a1", "b1"): 10}))


def test_an_audit_ends_when_its_work_is_used_up() -> None:
    with pytest.raises(OutOfWork):
        narrow(audit({cell("a1", ""): 10, cell("a1", "b1"): 7}, work=5))


def test_more_is_asked_after_something_was_hidden() -> None:
    audited = audit({cell("a1", ""): 9, cell("a1", "b1"): 4, cell("a1", "b2"): 3})
    asking = audited.narrow()
    assert next(asking).low == 2
    audited.hide([cell("a1", "b2")])
    assert next(asking, None) is None


@pytest.mark.parametrize(
    ("changed", "by", "fits"), [(("", ""), 0, True), (("", ""), 1, False), (("a1", "b1"), -9, False)]
)
def test_only_a_table_that_agrees_with_every_sum_and_every_known_figure_says_what_may_be(
    changed: tuple[str, str], by: int, *, fits: bool
) -> None:
    audited = audit({cell("", ""): 9})
    table = [9 if key == cell("", "") else 0 for key in audited.columns]
    for place in (("a1", "b1"), ("a1", ""), ("", "b1")):
        table[audited.place[cell(*place)]] = 9
    table[audited.place[cell(*changed)]] += by
    assert audited._adds_up(table) is fits


def test_a_table_of_less_than_nobody_or_of_other_figures_says_nothing() -> None:
    audited = audit({cell("", ""): 9})
    assert not audited._adds_up([0] * len(audited.columns)), "it adds up, and 9 are known"
    table = [
        9 if key in {cell("", ""), cell("a1", ""), cell("", "b1"), cell("a1", "b1")} else 0 for key in audited.columns
    ]
    for place, change in ((("a2", "b2"), -1), (("a2", "b3"), 1), (("a3", "b2"), 1), (("a3", "b3"), -1)):
        table[audited.place[cell(*place)]] += change
    assert not audited._adds_up(table)
