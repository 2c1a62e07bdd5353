from decimal import Decimal
from fractions import Fraction

import pytest

from processor.evaluation.skm import (
    BANDS,
    ELEMENTS,
    in_print,
    of_year,
    old_satisfaction,
    rounded,
    sample_target,
    satisfaction,
    totals,
)


def index(of: list[int], respondents: int) -> Decimal:
    found = satisfaction(of, respondents)
    assert found is not None
    return found.index


def test_the_index_of_the_vector_is_right() -> None:
    found = satisfaction([105, 101, 100, 116, 102, 105, 106, 105, 115], 29)
    assert found is not None
    assert (found.index, found.band, in_print(found.index)) == (Decimal("91.48"), "A", "91,48")
    assert found.means[0] == Fraction(105, 29)


@pytest.mark.parametrize(
    ("answer", "value", "band"), [(4, "100.00", "A"), (3, "75.00", "C"), (2, "50.00", "D"), (1, "25.00", "D")]
)
def test_the_same_answer_everywhere_is_its_quarter_of_a_hundred(answer: int, value: str, band: str) -> None:
    found = satisfaction(totals([[answer] * 9] * 7), 7)
    assert found is not None
    assert (found.index, found.band) == (Decimal(value), band)


@pytest.mark.parametrize(
    ("points", "respondents", "value", "band"),
    [
        (6358, 200, "88.31", "A"),  # 88.3055...
        (31789, 1000, "88.30", "B"),  # 88.3027...
        (27579, 1000, "76.61", "B"),  # 76.6083...
        (27577, 1000, "76.60", "C"),  # 76.6027...
        (23399, 1000, "65.00", "C"),  # 64.9972...
        (23397, 1000, "64.99", "D"),  # 64.9916...
    ],
)
def test_a_band_goes_by_the_rounded_index(points: int, respondents: int, value: str, band: str) -> None:
    each, more = divmod(points, 9)
    found = satisfaction([each + (place < more) for place in range(9)], respondents)
    assert found is not None
    assert (found.index, found.band) == (Decimal(value), band)


@pytest.mark.parametrize(
    ("exact", "value"), [("88.305", "88.31"), ("76.605", "76.61"), ("64.995", "65.00"), ("88.3049", "88.30")]
)
def test_halves_are_rounded_up(exact: str, value: str) -> None:
    assert rounded(Fraction(exact)) == Decimal(value)


@pytest.mark.parametrize(
    ("population", "target"),
    [(0, 0), (1, 1), (10, 10), (50, 44), (100, 80), (500, 217), (1000, 278), (4000, 351), (10_000, 370), (15_000, 375)],
)
def test_the_sample_is_that_of_krejcie_and_morgan(population: int, target: int) -> None:
    assert sample_target(population) == target


def test_fewer_than_five_show_nothing() -> None:
    assert satisfaction([16] * 9, 4) is None
    assert index([20] * 9, 5) == 100
    assert old_satisfaction([[5] * 6] * 4) is None


def test_elements_and_bands_are_published_under_the_names_of_the_regulation() -> None:
    assert ([*ELEMENTS], [*BANDS]) == ([f"U{count}" for count in range(1, 10)], ["A", "B", "C", "D"])


def test_a_year_is_shown_only_where_it_gives_no_quarter_away() -> None:
    assert of_year([5, 6, 0, 7])
    assert of_year([2, 2, 1, 0])
    assert not of_year([5, 6, 1, 7])
    assert not of_year([5, 2, 2, 7])
    assert not of_year([1, 0, 1, 1])
    assert not of_year([0, 0, 0, 0])


def test_the_first_survey_of_the_bureau_gives_its_share_of_points() -> None:
    answers = [[4, 4, 4, 4, 4, 5], [4, 4, 4, 4, 5, 5], [4, 5, 5, 5, 5, 5], [5] * 6, [3, 4, 4, 4, 4, 4]]
    assert [sum(one) for one in answers] == [25, 26, 29, 30, 23]
    assert old_satisfaction(answers) == Decimal("88.67")


@pytest.mark.parametrize("answers", [[[4] * 8], [[4] * 8 + [5]], [[0] + [4] * 8], [[4] * 10]])
def test_what_is_no_answer_to_nine_elements_is_not_summed(answers: list[list[int]]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - it holds no answer
        totals(answers)


def test_sums_that_no_answers_have_give_no_index() -> None:
    for wrong in ([21] + [20] * 8, [4] + [20] * 8, [20] * 8):
        with pytest.raises(ValueError):  # noqa: PT011 - it holds no answer
            satisfaction(wrong, 5)
