"""case + journal + calendar -> by when each step and the whole are due, each with its trace. Pure.

The clock starts when a request is registered, pauses while the applicant completes it, and each step has its own
limit (SOP: verification 30 minutes, study one day, review one day, delivery 15 minutes; a day is 420 minutes).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from processor import worktime
from processor.case import Event
from processor.casefile import CaseFile
from processor.settings import DayHours, Limits, Service
from processor.workflow import Status
from processor.worktime import Calendar, Deadline, Hours, OpenHours, Pause, Season

_STEP: dict[Status, str] = {
    "diajukan": "verifikasi",
    "ditolak": "penyampaian",
    "diteruskan": "kajian",
    "disusun": "kajian",
    "dikembalikan": "kajian",
    "diperiksa": "pemeriksaan",
    "disetujui": "penyampaian",
}
"""Which limit runs in a status; in any other none does."""

_SAME: dict[Status, frozenset[Status]] = {"disusun": frozenset({"diteruskan", "disusun"})}
"""Statuses that are one step: naming the analyst does not start the study anew."""


@dataclass(frozen=True, slots=True)
class Due:
    """The deadlines of an open case: of the step that runs, of the whole, and the target."""

    step: str
    step_due: Deadline
    whole: Deadline
    target: Deadline

    def late(self, now: datetime) -> bool:
        """Whether the running step or the whole is past its time at ``now`` (aware)."""
        return any(one.at is not None and one.at < now for one in (self.step_due, self.whole))


def hours(service: Service) -> Hours:
    """The office's hours as the working clock wants them."""
    seasons = tuple(
        Season(one.nama, one.dari, one.sampai, worktime.week(_open(one), _open(one.jumat) if one.jumat else None))
        for one in service.jam_khusus
    )
    usual = worktime.week(_open(service), _open(service.jumat) if service.jumat else None)
    return Hours(service.zone, usual, seasons)


def _open(day: DayHours) -> OpenHours:
    """The hours of one day."""
    return OpenHours(day.mulai, day.selesai, day.istirahat)


def due(case: CaseFile, status: Status, events: Sequence[Event], calendar: Calendar, service: Service) -> Due | None:
    """The deadlines of a case; None when nothing runs any more or the applicant is at work."""
    step = _STEP.get(status)
    if step is None:
        return None
    clock, pauses, limits = hours(service), _pauses(events), service.batas
    begun = _begun(case, status, events)
    return Due(
        step,
        worktime.due(begun, getattr(limits, step), calendar, clock, pauses),
        worktime.due(case.diterima, _whole(limits), calendar, clock, pauses),
        worktime.due(case.diterima, limits.sasaran, calendar, clock, pauses),
    )


def _whole(limits: Limits) -> int:
    """The binding limit from registration to delivery: 885 working minutes by default."""
    return limits.verifikasi + limits.kajian + limits.pemeriksaan + limits.penyampaian


def _begun(case: CaseFile, status: Status, events: Sequence[Event]) -> datetime:
    """When the running step began: the earliest unbroken status of that step, by the journal."""
    same = _SAME.get(status, frozenset({status}))
    begun = case.diterima
    for event in events:
        if event.kind == "status" and event.data["menjadi"] in same:
            begun = event.time if event.data["dari"] not in same else begun
        elif event.kind == "status" and event.data["menjadi"] == "diajukan":
            begun = event.time
    return begun


def _pauses(events: Sequence[Event]) -> tuple[Pause, ...]:
    """The times in which the applicant was asked for more."""
    pauses: list[Pause] = []
    since: datetime | None = None
    for event in (event for event in events if event.kind == "status"):
        if event.data["menjadi"] == "menunggu_kelengkapan":
            since = event.time
        elif since is not None:
            pauses.append(Pause(since, event.time, "menunggu kelengkapan dari pemohon"))
            since = None
    return tuple(pauses if since is None else [*pauses, Pause(since, None, "menunggu kelengkapan dari pemohon")])
