"""The figures of a period from the register itself, also those that must not leave the office."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from processor.cases import survey_store
from processor.cases.office_records import Activity, OfficeObstacle
from processor.cases.survey_store import SurveyAnswers, Way
from processor.evaluation import figures, periods, skm, survey_figures
from processor.evaluation.figures import Figures
from processor.evaluation.office_facts import ActivityFacts, ObstacleFacts, OfficeFacts
from processor.evaluation.periods import Period
from processor.evaluation.skm import Satisfaction
from processor.foundation.errors import PayungError
from processor.operations import office_records, unit_index
from processor.operations.complaints import complaint_duties
from processor.operations.figures import fact_store
from processor.operations.figures.fact_store import RegisterFacts
from processor.operations.office import Office


def figures_of(office: Office, period: Period) -> Figures:
    """Compute every figure of a period as of now; reads only cases that have changed since they were last counted.

    Raises:
        PayungError, OSError: The disk refuses to read, or to keep what was read.
    """
    with fact_store.uncollected():  # until the facts are gone: to look through them for garbage takes a tenth more
        return figures_of_each(office, [period], period.first)[1][0]


def figures_of_each(office: Office, asked: Sequence[Period], first: date) -> tuple[RegisterFacts, tuple[Figures, ...]]:
    """Compute every figure of several periods from one look at the register.

    Args:
        office: The open office.
        asked: The periods.
        first: A day before which no case is needed; that of the earliest period or an earlier one.

    Returns:
        The facts of all cases from that day to the end of the last period, and the figures of each period.

    Raises:
        PayungError, OSError: The disk refuses to read, or to keep what was read.
    """
    facts = fact_store.facts_of(office, first, max(one.last for one in asked))
    beside, counting = _beside(office, facts), fact_store.counting_rules(office)
    survey, damage = _survey(office)
    beside = replace(beside, left_out=damage)
    with fact_store.uncollected():
        return facts, tuple(
            figures.compute(facts.cases, one, office.now(), counting, _of_period(beside, facts, survey, one))
            for one in asked
        )


def _of_period(beside: OfficeFacts, facts: RegisterFacts, survey: SurveyAnswers, period: Period) -> OfficeFacts:
    """Add what is known of one period only."""
    return replace(
        beside,
        unread=facts.unread_in(period),
        survey=_satisfaction(survey, "surat_suara", period),
        survey_open=_satisfaction(survey, "tanpa", period),
        survey_old=None if period.quarter else skm.old_satisfaction(survey.old.get(period.year, ())),
    )


def _beside(office: Office, facts: RegisterFacts) -> OfficeFacts:
    """Gather what the office counts beside its requests."""
    today, records = office.now().date(), office_records.read(office)
    return OfficeFacts(
        activities=activities(records.activities.entries, today),
        obstacles=_obstacles(records.obstacles.entries),
        complaints=complaint_duties.facts(office, today),
        units=unit_index.units_of(office),
        unit_names={unit.kode: unit.nama for unit in office.settings.unit},
        unit_above={unit.kode: unit.induk for unit in office.settings.unit if unit.induk},
        saving=office.settings.evaluasi.penghematan_per_kasus,
        years=facts.years,
    )


def activities(entries: Iterable[Activity], today: date) -> tuple[ActivityFacts, ...]:
    """Give what is counted of events; one that is still to come is a plan."""
    return tuple(
        ActivityFacts(one.tanggal, one.jenis, one.cara or "", one.hadir, one.pelatihan or "")
        for one in entries
        if one.tanggal <= today
    )


def _obstacles(entries: Iterable[OfficeObstacle]) -> tuple[ObstacleFacts, ...]:
    """Give what is counted of the office's own obstacles."""
    return tuple(ObstacleFacts(one.tanggal, one.jenis, one.selesai is not None) for one in entries)


def _survey(office: Office) -> tuple[SurveyAnswers, str]:
    """Read what the survey gave until the quarter under way; where it is damaged, say what that leaves uncounted."""
    try:
        return _of_ended_quarters(survey_store.answers(office.register), office.now().date()), ""
    except PayungError as error:
        return SurveyAnswers(), f"{error} Sampai saat itu angka survei kepuasan tidak dihitung; angka lain dihitung."


def _of_ended_quarters(survey: SurveyAnswers, today: date) -> SurveyAnswers:
    """Leave out the votes of the quarter that is under way: from one day to the next they would tell a single one."""
    running = periods.quarter_of(today)
    return replace(survey, votes=tuple(one for one in survey.votes if one.day < running.first))


def _satisfaction(survey: SurveyAnswers, way: Way, period: Period) -> Satisfaction | None:
    """Give what was answered in a period in one way."""
    return survey_figures.satisfaction_of(((one.day, one.marks) for one in survey.votes if one.way == way), period)


def running_year(office: Office) -> Period:
    """Give the year that is under way on the office's calendar."""
    return Period(office.now().year)
