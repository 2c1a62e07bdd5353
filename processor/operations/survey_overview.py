"""What an office may see of its survey: how many answered in each quarter, what people suggest; never a single vote."""

from collections.abc import Iterator
from dataclasses import dataclass

from processor.cases import survey_store
from processor.cases.survey_store import SurveyAnswers, Way
from processor.evaluation import periods, skm, survey_figures
from processor.evaluation.periods import Period
from processor.evaluation.skm import Satisfaction
from processor.operations import survey_ballots
from processor.operations.office import Office


@dataclass(frozen=True, slots=True)
class QuarterAnswers:
    """What a quarter gave in one way, None where fewer than five answered.

    Of the quarter that is ``running`` nothing is computed: from one day to the next it would tell a single vote.
    """

    period: Period
    way: Way
    running: bool
    found: Satisfaction | None


@dataclass(frozen=True, slots=True)
class SurveyState:
    """The survey as it stands: ``fingerprint`` of its key ("" without one), ``ballots`` given, answers, suggestions.

    ``old_years`` are those of the survey of six items that were taken in.
    """

    fingerprint: str
    ballots: int
    quarters: tuple[QuarterAnswers, ...]
    suggestions: int
    old_years: tuple[int, ...]


def state(office: Office) -> SurveyState:
    """Tell how the survey stands. Raises PayungError where one of its files is damaged."""
    found = survey_store.answers(office.register)
    return SurveyState(
        survey_ballots.fingerprint(office),
        survey_store.ballots_given(office.register),
        tuple(_quarters(office, found)),
        len(found.words),
        tuple(sorted(found.old)),
    )


def _quarters(office: Office, found: SurveyAnswers) -> Iterator[QuarterAnswers]:
    """Give every quarter in which somebody answered, the newest first."""
    now = periods.quarter_of(office.now().date())
    for period, way in sorted({(periods.quarter_of(one.day), one.way) for one in found.votes}, reverse=True):
        votes = [(one.day, one.marks) for one in found.votes if one.way == way]
        running = period >= now
        yield QuarterAnswers(period, way, running, None if running else survey_figures.satisfaction_of(votes, period))


def suggestions(office: Office) -> tuple[str, ...]:
    """Give what people suggest, in no order. Raises PayungError where the file is damaged."""
    return survey_store.answers(office.register).words


def old_survey(office: Office, year: int) -> str:
    """Write what the survey of six items gave in a year, in percent; "" where fewer than five answered."""
    value = skm.old_satisfaction(survey_store.answers(office.register).old.get(year, ()))
    return f"{skm.in_print(value)} %" if value is not None else ""
