"""Computes by when each step of a case and the whole are due, from its journal and the calendar. Pure.

Two clocks run: the promise to the applicant from when the request was sent, the office's work from when it was
registered. Both pause while the applicant completes it and, where the settings allow that, while another office is
asked. Each step has its own limit (SOP: verification 30 minutes, study one day, review one day, delivery 15 minutes; a
day is 420 minutes). Late is what is late by the promise.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Literal

from processor.cases import objections
from processor.cases.case_file import CaseFile
from processor.cases.case_status import OBJECTED, STAGES, Status
from processor.cases.records import Event
from processor.foundation import working_time
from processor.foundation.settings_agency import DayHours, ServiceHours, StepLimits
from processor.foundation.working_time import Calendar, Deadline, Hours, OpenHours, Pause, Season

TIMED_BY = "waktu_dari"
"""The detail of an event that says what its time is; its values are keys of ``_TIMED_BY``."""
_TIMED_BY: Mapping[str, str] = {
    "didaftar": "Dihitung sejak didaftarkan.",
    "perintah": "Dihitung sejak perintahnya dijalankan.",
    "meja": "Dihitung sejak dikerjakan di meja oleh petugas yang masuk.",
    "berkas": "Dihitung sejak permohonan.yaml disimpan, menurut jam berkas itu.",
    "putaran_sebelumnya": "Dihitung sejak putaran sebelumnya, sebab jam permohonan.yaml lebih lama dari itu.",
    "putaran_ini": "Dihitung sejak putaran yang menemukan suntingannya, sebab jam permohonan.yaml ada di depan.",
    "": "Dihitung sejak tercatat di riwayat.",
}
OBJECTION = "Dihitung sejak keberatan diterima."
REOPENED = "Dihitung sejak keberatan pemohon dikabulkan."
NOT_SENT = "Sumbernya tidak menyebut kapan pemohon mengirim, jadi dihitung sejak didaftarkan."
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
    """The deadlines of an open case: of the step that runs since ``begun``, and of the whole by either clock.

    ``promise`` and the SOP's ``target`` run from when the request was ``sent`` (None where its source does not say:
    then from when it was registered), ``whole`` from when it was registered. ``timed_by`` tells what the time of
    ``begun`` is, a key of ``_TIMED_BY``. ``alarms`` are the moments at which somebody is reminded of the step and the
    promise. ``counted_from`` says what the three run from where an objection began them anew, else "". All times are
    aware.
    """

    step: str
    begun: datetime
    timed_by: str
    sent: datetime | None
    step_due: Deadline
    promise: Deadline
    whole: Deadline
    target: Deadline
    alarms: tuple[Alarm, ...]
    counted_from: str = ""

    def late(self, now: datetime) -> bool:
        """Tell whether the running step or the promise is past its time at ``now`` (aware)."""
        return any(one.at is not None and one.at < now for one in (self.step_due, self.promise))

    def explained(self, zone_name: str) -> dict[str, tuple[Deadline, str]]:
        """Give each deadline with how it was computed, for a lawyer to check; ``zone_name`` is WIB, WITA or WIT."""
        promised = self.counted_from or ("Dihitung sejak pemohon mengirim." if self.sent else NOT_SENT)
        runs = {
            f"Tahap {self.step}": (self.step_due, _TIMED_BY.get(self.timed_by, "")),
            "Janji kepada pemohon": (self.promise, promised),
            "Seluruhnya": (self.whole, self.counted_from or "Dihitung sejak didaftarkan."),
            "Sasaran": (self.target, promised),
        }
        return {
            title: (one, "\n".join(filter(None, (said, working_time.explain_trace(one, zone_name)))))
            for title, (one, said) in runs.items()
        }


def sent(case: CaseFile) -> datetime | None:
    """Tell when the applicant sent the request, never after it was registered; None where the source does not say."""
    return min(case.diajukan, case.diterima) if case.diajukan else None


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
    if status in OBJECTED:
        return _of_objection(case, status, events, calendar, service)
    pauses = (*_pauses(events), *coordination_pauses(case, service))
    limits, (begun, timed_by) = service.batas, _step_began(case, status, events)
    after = partial(working_time.deadline_after, calendar=calendar, hours=counting_hours(service), pauses=pauses)
    limit, whole = getattr(limits, step), overall_limit(limits)
    again = objections.reopened(case, events)
    since, filed = again or sent(case) or case.diterima, again or case.diterima
    alarms = (*_alarms(step, begun, limit, after), *_alarms(OVERALL, since, whole, after))
    promise, target = after(since, whole), after(since, limits.sasaran)
    return Due(
        step, begun, timed_by, sent(case), after(begun, limit), promise, after(filed, whole), target, alarms,
        REOPENED if again else "",
    )  # fmt: skip


def _of_objection(
    case: CaseFile, status: Status, events: Sequence[Event], calendar: Calendar, service: ServiceHours
) -> Due:
    """Compute the deadlines of an objection: its examination and its answer share ``layanan.batas_keberatan``."""
    after = partial(working_time.deadline_after, calendar=calendar, hours=counting_hours(service))
    step, (begun, timed_by) = STAGES[status].step, _step_began(case, status, events)
    since, whole = _objection_began(case, events, service), service.batas_keberatan * service.menit
    if step == OBJECTED_STEP:
        begun, limit, alarms = since, whole, (*_alarms(step, since, whole, after),)
    else:
        limit = service.batas.penyampaian
        alarms = (*_alarms(step, begun, limit, after), *_alarms(OVERALL, since, whole, after))
    promise = after(since, whole)
    return Due(step, begun, timed_by, sent(case), after(begun, limit), promise, promise, promise, alarms, OBJECTION)


OBJECTED_STEP = "keberatan"


def _objection_began(case: CaseFile, events: Sequence[Event], service: ServiceHours) -> datetime:
    """Tell when an objection came: as the journal first saw it, or on the day before that is written in the file."""
    seen = objections.received(case, events) or _step_began(case, "keberatan", events)[0]
    day = case.keberatan.tanggal if case.keberatan else None
    earlier = day is not None and day < seen.astimezone(service.zone).date()
    return datetime.combine(day, service.mulai, service.zone) if day and earlier else seen


def _alarms(step: str, begun: datetime, limit: int, after: Callable[[datetime, int], Deadline]) -> Iterator[Alarm]:
    """Give the moments when a quarter of ``limit`` (working minutes) is left, when none is, and an hour later."""
    levels: dict[Level, int] = {"menjelang": limit * 3 // 4, "jatuh_tempo": limit, "terlambat": limit + _LATER}
    moments = {level: after(begun, minutes).at for level, minutes in levels.items()}
    due = moments["jatuh_tempo"]
    for level, moment in moments.items():
        if moment is not None and due is not None:
            yield Alarm(step, level, begun, due, moment)


def overall_limit(limits: StepLimits) -> int:
    """Add up the binding limit of all steps: 885 working minutes by default."""
    return limits.verifikasi + limits.kajian + limits.pemeriksaan + limits.penyampaian


def _step_began(case: CaseFile, status: Status, events: Sequence[Event]) -> tuple[datetime, str]:
    """Find when the running step began, by the journal, and what tells that time.

    Naming the analyst does not start the study anew, nor does taking it back before it was reviewed.
    """
    same = {one for one, stage in STAGES.items() if stage.step == STAGES[status].step}
    begun, timed_by = case.diterima, "didaftar"
    for event in (event for event in events if event.kind == "status"):
        before, after = event.data["dari"], event.data["menjadi"]
        goes_on = before in same or (before, after) == ("diperiksa", "disusun")
        if after == "diajukan" or (after in same and not goes_on):
            begun, timed_by = event.time, event.data.get(TIMED_BY, "")
    return begun, timed_by


def coordination_pauses(case: CaseFile, service: ServiceHours) -> Iterator[Pause]:
    """Give the days on which the clock stood as another office was asked; none unless ``layanan.jeda_koordinasi``.

    The day on which it was asked and the day on which it answered are no pause, as nobody wrote down the hours.
    """
    for one in case.koordinasi if service.jeda_koordinasi else ():
        if one.jeda and one.dikirim:
            begin = _midnight(one.dikirim + timedelta(days=1), service)
            end = _midnight(one.dijawab, service) if one.dijawab else None
            if end is None or begin < end:
                yield Pause(begin, end, f"menunggu jawaban {one.kepada or 'instansi lain'}")


def _midnight(day: date, service: ServiceHours) -> datetime:
    """Give the beginning of a day on the office's clock."""
    return datetime.combine(day, time.min, service.zone)


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
