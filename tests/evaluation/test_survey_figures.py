from datetime import date, datetime
from decimal import Decimal

from processor.evaluation import figures
from processor.evaluation.office_facts import OfficeFacts
from processor.evaluation.periods import Period
from processor.evaluation.survey_figures import satisfaction_of
from tests.evaluation import generated_registers
from tests.evaluation.generated_registers import COUNTING, ZONE

MARKS = (4, 3, 4, 3, 4, 3, 4, 3, 4)


def votes(*numbers: int) -> list[tuple[date, tuple[int, ...]]]:
    """So many votes in each quarter of 2026."""
    return [(date(2026, 3 * quarter + 1, 5), MARKS) for quarter, number in enumerate(numbers) for _ in range(number)]


def test_a_period_is_shown_from_five_answers_on_and_counts_only_its_own() -> None:
    found = satisfaction_of([*votes(5, 4), (date(2025, 12, 31), (1,) * 9)], Period(2026, 1))
    assert found is not None
    assert (found.respondents, found.index) == (5, Decimal("88.89"))
    assert satisfaction_of(votes(5, 4), Period(2026, 2)) is None


def test_a_year_gives_no_quarter_away() -> None:
    assert satisfaction_of(votes(5, 4), Period(2026)) is None
    whole = satisfaction_of(votes(5, 6), Period(2026))
    assert whole is not None
    assert whole.respondents == 11


def test_votes_with_and_without_a_ballot_and_the_old_survey_stand_apart() -> None:
    cases, _ = generated_registers.register(1)
    found = satisfaction_of(votes(5), Period(2026, 1))
    office = OfficeFacts(survey=found, survey_old=Decimal("88.67"))
    now = datetime(2026, 11, 27, tzinfo=ZONE)
    made = figures.compute([one.facts for one in cases], Period(2026, 1), now, COUNTING, office).outside
    assert (made["kepuasan.skm"].of, made["kepuasan.skm"].value("ikm")) == (5, Decimal("88.89"))
    assert made["kepuasan.skm"].definition.endswith("Mutu pelayanan: A (sangat baik).")
    assert (made["kepuasan.tanpa_surat_suara"].of, made["kepuasan.tanpa_surat_suara"].value("ikm")) == (0, None)
    assert made["kepuasan.sasaran"].value("terkumpul") == 5
    assert made["kepuasan.survei_lama"].value("persen") == Decimal("88.67")
