"""Computes by when each step of a case and the whole are due, from its journal and the calendar. Pure.

The clock starts when a request is registered, pauses while the applicant completes it, and each step has its own
limit (SOP: verification 30 minutes, study one day, review one day, delivery 15 minutes; a day is 420 minutes).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from processor.cases.case_file import CaseFile
from processor.cases.case_status import STAGES, Status
from processor.cases.records import Event
from processor.foundation import working_time
from processor.foundation.settings_agency import DayHours, ServiceHours, StepLimits
from processor.foundation.working_time import Calendar, Deadline, Hours, OpenHours, Pause, Season

Level = Literal["menjelang", "jatuh_tempo", "terlambat"]
OVERALL = "seluruhnya"
_LATER = 60
"""Working minutes after a deadline until the kepala bagian learns of it."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A moment (``at``) at which somebody is reminded that ``step``, begun at ``begun``, is due."""

    step: str
    level: Level
    begun: datetime
    due: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """The deadlines of an open case: of the step that runs since ``begun``, of the whole, and the target of the SOP.

    ``alarms`` are the moments at which somebody is reminded of the first two. All times are aware.
    """

    step: str
    begun: datetime
    step_due: Deadline
    whole: Deadline
    target: Deadline
    alarms: tuple[Alarm, ...]

    def late(self, now: datetime) -> bool:
        """Tell whether the running step or the whole is past its time at ``now`` (aware)."""
        return any(one.at is not None and one.at < now for one in (self.step_due, self.whole))


def counting_hours(service: ServiceHours) -> Hours:
    """Turn the office's hours, as the settings hold them, into those that working time is counted with."""
    seasons = tuple(
        Season(
            one.nama,
            one.dari,
            one.sampai,
            working_time.usual_week(_hours_of_day(one), _hours_of_day(one.jumat) if one.jumat else None),
        )
        for one in service.jam_khusus
    )
    usual = working_time.usual_week(_hours_of_day(service), _hours_of_day(service.jumat) if service.jumat else None)
    return Hours(service.zone, usual, seasons)


def _hours_of_day(day: DayHours) -> OpenHours:
    """Give the hours of one day."""
    return OpenHours(day.mulai, day.selesai, day.istirahat)


def at_work(service: ServiceHours, calendar: Calendar, now: datetime) -> bool:
    """Tell whether ``now`` (aware) is on a working day, after the office has opened."""
    clock = counting_hours(service)
    here = clock.local(now)
    day = clock.on(here.date())[0]
    return day is not None and calendar.reason_closed(here.date()) is None and here.time() >= day.opens


def running(
    case: CaseFile, status: Status, events: Sequence[Event], calendar: Calendar, service: ServiceHours
) -> Due | None:
    """Compute the deadlines of a case, in working minutes of the office's calendar (SOP, ``layanan.batas``).

    Returns:
        None when no deadline runs: the case is over, or waits for the applicant.
    """
    step = STAGES[status].step
    if not step:
        return None
    limits, begun = service.batas, _step_began(case, status, events)
    after = partial(
        working_time.deadline_after, calendar=calendar, hours=counting_hours(service), pauses=_pauses(events)
    )
    limit, whole = getattr(limits, step), overall_limit(limits)
    alarms = (*_alarms(step, begun, limit, after), *_alarms(OVERALL, case.diterima, whole, after))
    all_three = after(begun, limit), after(case.diterima, whole), after(case.diterima, limits.sasaran)
    return Due(step, begun, *all_three, alarms)


def _alarms(step: str, begun: datetime, limit: int, after: Callable[[datetime, int], Deadline]) -> Iterator[Alarm]:
    """Give the moments when a quarter of ``limit`` (working minutes) is left, when none is, and an hour later."""
    levels: dict[Level, int] = {"menjelang": limit * 3 // 4, "jatuh_tempo": limit, "terlambat": limit + _LATER}
    moments = {level: after(begun, minutes).at for level, minutes in levels.items()}
    due = moments["jatuh_tempo"]
    for level, moment in moments.items():
        if moment is not None and due is not None:
            yield Alarm(step, level, begun, due, moment)


def overall_limit(limits: StepLimits) -> int:
    """Add up the binding limit from registration to delivery: 885 working minutes by default."""
    return limits.verifikasi + limits.kajian + limits.pemeriksaan + limits.penyampaian


def _step_began(case: CaseFile, status: Status, events: Sequence[Event]) -> datetime:
    """Find when the running step began, by the journal.

    Naming the analyst does not start the study anew, nor does taking it back before it was reviewed.
    """
    same = {one for one, stage in STAGES.items() if stage.step == STAGES[status].step}
    begun = case.diterima
    for event in (event for event in events if event.kind == "status"):
        before, after = event.data["dari"], event.data["menjadi"]
        goes_on = before in same or (before, after) == ("diperiksa", "disusun")
        if after == "diajukan" or (after in same and not goes_on):
            begun = event.time
    return begun


def _pauses(events: Sequence[Event]) -> tuple[Pause, ...]:
    """List the times in which the applicant was asked for more."""
    pauses: list[Pause] = []
    since: datetime | None = None
    for event in (event for event in events if event.kind == "status"):
        if event.data["menjadi"] == "menunggu_kelengkapan":
            since = since or event.time
        elif since is not None:
            pauses.append(Pause(since, event.time, "menunggu kelengkapan dari pemohon"))
            since = None
    return tuple(pauses if since is None else [*pauses, Pause(since, None, "menunggu kelengkapan dari pemohon")])
