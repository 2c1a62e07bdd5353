"""What an office may see of its survey: how many answered in each quarter, what people suggest; never a single vote."""

from collections.abc import Iterator
from dataclasses import dataclass

from processor.cases import survey_store
from processor.cases.survey_store import SurveyAnswers, Way
from processor.evaluation import periods, skm, survey_figures
from processor.evaluation.periods import Period
from processor.evaluation.skm import Satisfaction
from processor.operations.figures import register_figures
from processor.operations.office import Office
from processor.operations.survey import survey_ballots


@dataclass(frozen=True, slots=True)
class QuarterAnswers:
    """What a quarter gave in one way, None where fewer than five answered, and how many answers are looked for.

    Of the quarter that is ``running`` nothing is computed: from one day to the next it would tell a single vote.
    """

    period: Period
    way: Way
    running: bool
    found: Satisfaction | None
    target: int


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
    """Tell how the survey stands. Raises PayungError where a file of it is damaged, OSError where the disk refuses."""
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
    asked = sorted({(periods.quarter_of(one.day), one.way) for one in found.votes}, reverse=True)
    ended = list(dict.fromkeys(period for period, _ in asked if period < now))
    made = register_figures.figures_of_each(office, ended, min(ended).first)[1] if ended else ()
    figures = dict(zip(ended, made, strict=True))
    for period, way in asked:
        votes = [(one.day, one.marks) for one in found.votes if one.way == way]
        if period not in figures:
            yield QuarterAnswers(period, way, running=True, found=None, target=0)
            continue
        target = figures[period]["kepuasan.sasaran"].value("sasaran")
        given = survey_figures.satisfaction_of(votes, period)
        yield QuarterAnswers(period, way, running=False, found=given, target=int(target or 0))


def suggestions(office: Office) -> tuple[str, ...]:
    """Give what people suggest, in no order. Raises PayungError where the file is damaged."""
    return survey_store.answers(office.register).words


def old_survey(office: Office, year: int) -> str:
    """Write what the survey of six items gave in a year, in percent; "" where fewer than five answered."""
    value = skm.old_satisfaction(survey_store.answers(office.register).old.get(year, ()))
    return f"{skm.in_print(value)} %" if value is not None else ""
