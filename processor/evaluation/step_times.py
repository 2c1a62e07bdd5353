"""Working minutes of a request by step and in all, until its first answer went out. Pure.

The journal tells when each status began; the step that was running then has the minutes until the next one. What
pauses the clock is in no step, so that the steps and the pauses together are all the working time since registration.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import takewhile

from processor.cases import deadlines
from processor.cases.case_file import CaseFile
from processor.cases.case_status import DELIVERED, OVER, STAGES, Status
from processor.cases.records import Event
from processor.foundation import working_time
from processor.foundation.settings_agency import ServiceHours
from processor.foundation.working_time import Calendar, Pause

STEPS = ("verifikasi", "kajian", "pemeriksaan", "penyampaian")
"""The steps of the SOP, in their order."""
NO_STEP = "tanpa_tahap"
"""Where the minutes are of a request that was taken back for a time."""
WAITING: Status = "menunggu_kelengkapan"


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when (aware) a request had a status."""

    status: Status
    begun: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class StepTimes:
    """The times of one request; minutes are working minutes, and None where no answer went out yet.

    See ``case_facts.CaseFacts``.
    """

    answered: datetime | None = None
    promise_due: datetime | None = None
    promised: int | None = None
    worked: int | None = None
    waited: int = 0
    coordinated: int = 0
    steps: tuple[tuple[str, int], ...] = ()


def of(case: CaseFile, status: Status, events: Sequence[Event], service: ServiceHours, calendar: Calendar) -> StepTimes:
    """Measure a request by its journal.

    Args:
        case: Its file.
        status: The status that follows from it now.
        events: Its journal.
        service: The office's hours and limits.
        calendar: The days that are not worked.
    """
    spans = tuple(spans_of(case, events))
    if _went_out(status, events):
        before = tuple(takewhile(lambda one: one.status not in DELIVERED, spans))
        return _until_answer(case, before, service, calendar)
    if status in OVER or status in DELIVERED:
        return StepTimes()
    hours = deadlines.counting_hours(service)
    pauses = (*_waiting(spans), *deadlines.coordination_pauses(case, service))
    if status == WAITING and spans:
        pauses = (*pauses, Pause(spans[-1].ended, None, ""))
    whole = deadlines.overall_limit(service.batas)
    return StepTimes(promise_due=working_time.deadline_after(_since(case), whole, calendar, hours, pauses).at)


def _since(case: CaseFile) -> datetime:
    """Tell from when the promise runs."""
    return deadlines.sent(case) or case.diterima


def _until_answer(case: CaseFile, spans: Sequence[Span], service: ServiceHours, calendar: Calendar) -> StepTimes:
    """Measure a request whose answer went out at the end of ``spans``."""
    answered, waiting, asked = spans[-1].ended, _waiting(spans), tuple(deadlines.coordination_pauses(case, service))
    pauses = (*waiting, *asked)
    minutes = partial(working_time.working_minutes, calendar=calendar, hours=deadlines.counting_hours(service))
    steps: dict[str, int] = {}
    for one in spans:
        if one.status != WAITING:
            step = STAGES[one.status].step or NO_STEP
            steps[step] = steps.get(step, 0) + minutes(one.begun, one.ended, pauses=asked)
    worked = minutes(case.diterima, answered, pauses=pauses)
    promised = minutes(_since(case), answered, pauses=pauses)
    unasked = minutes(case.diterima, answered, pauses=waiting)
    waited = minutes(case.diterima, answered) - unasked
    ordered = tuple((step, steps[step]) for step in (*STEPS, NO_STEP) if step in steps)
    return StepTimes(answered, None, promised, worked, waited, unasked - worked, ordered)


def _went_out(status: Status, events: Sequence[Event]) -> bool:
    """Tell whether the journal knows when an answer went out; a delivery that was taken back as a mistake is none."""
    known = any(event.kind == "status" and event.data["menjadi"] in DELIVERED for event in events)
    return known and (status in DELIVERED or any(event.kind == "jawaban" for event in events))


def _waiting(spans: Sequence[Span]) -> tuple[Pause, ...]:
    """Give the times in which the applicant was asked for more."""
    return tuple(Pause(one.begun, one.ended, "") for one in spans if one.status == WAITING)


def spans_of(case: CaseFile, events: Sequence[Event]) -> Iterator[Span]:
    """Give the statuses that are over, from registration on; none begins before the one before it ends."""
    status: Status = "diajukan"
    since = case.diterima
    for event in (event for event in events if event.kind == "status"):
        until = max(event.time, since)
        yield Span(status, since, until)
        status, since = event.data["menjadi"], until
