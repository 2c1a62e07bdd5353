"""The working-hour clock: when a step is due, and the trace by which a lawyer can check it by hand.

Pure but for reading ``libur.yaml``. It never asks what time it is. It counts whole minutes on the office's clock:
seconds are dropped, and a moment that names no zone is the office's own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from processor.foundation import yaml_reader
from processor.foundation.errors import Problem
from processor.foundation.indonesian_dates import HARI, tanggal
from processor.foundation.yaml_reader import Document, Written, YesNo

FILE_NAME = "libur.yaml"
HORIZON = 20  # years; further than that is a slip in the hours, the days off or a pause
OUTSIDE = "di luar jam layanan"
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class OpenHours:
    """The hours of one day on the office's clock; ``rest`` is a break that does not count, from and to."""

    opens: time
    closes: time
    rest: tuple[time, time] | None = None

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError("Jam selesai harus sesudah jam mulai.")
        if self.rest and not self.opens < self.rest[0] < self.rest[1] < self.closes:
            raise ValueError("Istirahat harus di antara jam mulai dan jam selesai.")

    @property
    def spans(self) -> tuple[tuple[time, time], ...]:
        """What counts, in order: the whole day, or the parts before and after the break."""
        if self.rest is None:
            return ((self.opens, self.closes),)
        return ((self.opens, self.rest[0]), (self.rest[1], self.closes))


Week = tuple[OpenHours | None, ...]
"""Monday first; None where the office is closed."""


def usual_week(usual: OpenHours, friday: OpenHours | None = None) -> Week:
    """Make the week from Monday to Friday at the usual hours, Friday at its own where it has some."""
    return (usual, usual, usual, usual, friday or usual, None, None)


@dataclass(frozen=True, slots=True)
class Season:
    """Days, both included, on which other hours hold, such as Ramadan."""

    name: str
    first: date
    last: date
    week: Week


@dataclass(frozen=True, slots=True)
class Hours:
    """When the office works, in its own zone. The first season that holds a day decides over ``usual_week``."""

    zone: ZoneInfo
    week: Week
    seasons: tuple[Season, ...] = ()

    def on(self, day: date) -> tuple[OpenHours | None, str]:
        """Give the hours of ``day``, None where it is closed, and the name of the season that they come from."""
        for season in self.seasons:
            if season.first <= day <= season.last:
                return season.week[day.weekday()], season.name
        return self.week[day.weekday()], ""

    def local(self, moment: datetime) -> datetime:
        """Give ``moment`` on the office's clock, without its seconds; one that names no zone is the office's own."""
        here = moment.astimezone(self.zone) if moment.tzinfo else moment.replace(tzinfo=self.zone)
        return here.replace(second=0, microsecond=0)


class OwnDay(Written):
    """A day that differs from the national calendar; ``kerja: ya`` makes a day off a working day."""

    tanggal: date
    nama: str = Field(min_length=1)
    dasar: str = Field(min_length=1, description="Dasar hukumnya, misalnya Keputusan Gubernur 003-1-2026")
    kerja: YesNo = False


class OwnDays(Written):
    """``libur.yaml``. For a year in ``lengkap`` this file alone holds the days off, all of them."""

    hari: tuple[OwnDay, ...] = ()
    lengkap: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that are not worked though the week would have them worked: national ones, and the office's own."""

    own: Mapping[date, OwnDay] = field(default_factory=dict)
    complete: frozenset[int] = frozenset()
    warnings: tuple[str, ...] = ()

    def reason_closed(self, day: date) -> str | None:
        """Say why ``day`` is not worked; None if it is. Weekends are a matter of Hours."""
        if own := self.own.get(day):
            return None if own.kerja else f"{own.nama} ({own.dasar})"
        return None if day.year in self.complete else national_days_off(day.year).get(day)

    def reason_worked(self, day: date) -> str:
        """Say by what decree ``day`` is worked though the nation has it off; "" for an ordinary day."""
        own = self.own.get(day)
        return f"{own.nama} ({own.dasar})" if own and own.kerja else ""

    def is_known(self, year: int) -> bool:
        """Tell whether the days off of ``year`` are known.

        They are when its cuti bersama is decreed, or when ``libur.yaml`` holds all of them.
        """
        return year in self.complete or bool(_category(year, "government"))


def read_calendar(path: Path) -> tuple[Calendar, tuple[Problem, ...]]:
    """Read the national calendar with the office's own days of ``path``, if there is such a file.

    A file with mistakes gives its Problems and a calendar without its days, which says so on every deadline.
    """
    if not path.exists():
        return Calendar(), ()
    document = yaml_reader.read(path)
    days, problems = yaml_reader.validate(OwnDays, document)
    problems = problems or (_mistakes_of_days(days, document) if days else ())
    if days is None or problems:
        return Calendar(warnings=(f"{path.name} belum benar, jadi hari-harinya tidak ikut dihitung.",)), problems
    return Calendar({day.tanggal: day for day in days.hari}, frozenset(days.lengkap)), ()


def _mistakes_of_days(days: OwnDays, document: Document) -> tuple[Problem, ...]:
    """Give the dates that stand twice, and the years said to be complete of which no day is given."""
    place, seen, problems = str(document.path), set[date](), []
    for number, day in enumerate(days.hari):
        if day.tanggal in seen:
            line = document.line(("hari", number, "tanggal"))
            problems.append(Problem(place, line, f"{tanggal(day.tanggal)} tertulis dua kali.", "Sisakan satu."))
        seen.add(day.tanggal)
    for year in sorted(set(days.lengkap) - {day.year for day in seen}):
        message = f"Tahun {year} disebut lengkap, tetapi tidak ada harinya."
        problems.append(Problem(place, document.line(("lengkap",)), message, "Tulis semua liburnya, atau hapus."))
    return tuple(problems)


@cache
def _category(year: int, category: str) -> Mapping[date, str]:
    """Give the days off of one kind: ``public`` are national holidays, ``government`` is cuti bersama."""
    from holidays import country_holidays  # noqa: PLC0415 -- slow to import, and a list of known cases needs none

    return dict(country_holidays("ID", years=year, categories=(category,), language="id"))


@cache
def national_days_off(year: int) -> Mapping[date, str]:
    """Give every day off of ``year`` with its reason."""
    decreed = _category(year, "government")
    estimate = " (perkiraan)" if decreed else ""  # the package still says so of years that have their joint decree
    public = {day: f"{name.replace(estimate, '')} (libur nasional)" for day, name in _category(year, "public").items()}
    return {**decreed, **public}


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count, ``end`` excluded and None while it lasts. An empty one changes nothing."""

    start: datetime
    end: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One line of a trace: minutes counted, a day (or the rest of one) passed over, or a pause; all on the office's
    clock. ``end`` is None only for a pause that lasts. A counted step has a reason where its hours are unusual."""

    kind: Literal["dihitung", "dilewati", "jeda"]
    begin: datetime
    end: datetime | None
    minutes: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When ``minutes`` of work from ``start`` are over, and how that was found.

    ``at`` is None while a pause lasts; ``left`` are the minutes not yet counted, 0 when there is a due time.
    """

    start: datetime
    minutes: int
    at: datetime | None
    left: int
    trace: tuple[TraceStep, ...]
    warnings: tuple[str, ...]


def deadline_after(
    start: datetime, minutes: int, calendar: Calendar, hours: Hours, pauses: Sequence[Pause] = ()
) -> Deadline:
    """Compute when ``minutes`` working minutes from ``start`` are over, and keep how.

    Args:
        start: The beginning; outside the hours it counts from the next opening. Closing time itself is outside.
        minutes: Working minutes (a working day of the SOP is 420).
        calendar: The days that are not worked.
        hours: The office's hours and zone.
        pauses: Times that do not count; one without an end leaves the deadline open.

    Returns:
        The deadline, its moments aware and on the office's clock.

    Raises:
        ValueError: If ``minutes`` is negative.
    """
    if minutes < 0:
        raise ValueError("Waktu layanan tidak boleh negatif.")
    begin, held = hours.local(start), _local(pauses, hours)
    left, at, trace = minutes, None, list[TraceStep]()
    for step in _steps_from(begin, calendar, hours, held):
        if step.kind != "dihitung":
            trace.append(step)
            continue
        taken = min(left, step.minutes)
        end, left = step.begin + taken * _MINUTE, left - taken
        trace.append(replace(step, end=end, minutes=taken))
        if not left:
            at = end
            break
    shown = sorted([*trace, *_pauses_without_effect(trace, held, begin, at)], key=lambda step: step.begin)
    return Deadline(begin, minutes, at, left, tuple(shown), _warnings(trace, at, calendar))


def working_minutes(
    start: datetime, end: datetime, calendar: Calendar, hours: Hours, pauses: Sequence[Pause] = ()
) -> int:
    """Count the working minutes between two moments, 0 if ``end`` is not after ``start``."""
    total, last = 0, hours.local(end)
    for step in _steps_from(hours.local(start), calendar, hours, _local(pauses, hours)):
        if step.begin >= last:
            break
        if step.kind == "dihitung" and step.end:
            total += (min(step.end, last) - step.begin) // _MINUTE
    return total


def _local(pauses: Sequence[Pause], hours: Hours) -> tuple[Pause, ...]:
    """Put the pauses on the office's clock and in order, without empty ones."""
    here = (Pause(hours.local(p.start), p.end and hours.local(p.end), p.reason) for p in pauses)
    return tuple(sorted((p for p in here if p.end is None or p.start < p.end), key=lambda p: p.start))


def _steps_from(start: datetime, calendar: Calendar, hours: Hours, pauses: Sequence[Pause]) -> Iterator[TraceStep]:
    """Give every step from ``start`` on, until a pause that lasts or the horizon."""
    cursor, limit = start, min(start.year + HORIZON, date.max.year)
    while cursor.year < limit:
        pause = next((p for p in pauses if p.start <= cursor and (p.end is None or cursor < p.end)), None)
        if pause:
            yield TraceStep("jeda", pause.start, pause.end, 0, pause.reason)
            if pause.end is None:
                return
            cursor = pause.end
            continue
        kind, end, reason = _span_at(cursor, calendar, hours)
        if kind == "dihitung":
            end = min([end, *(p.start for p in pauses if cursor < p.start)])
            yield TraceStep("dihitung", cursor, end, (end - cursor) // _MINUTE, reason)
        elif cursor == start or reason != OUTSIDE:  # every evening is outside; only the first needs saying
            yield TraceStep("dilewati", cursor, end, 0, reason)
        cursor = end


def _span_at(
    cursor: datetime, calendar: Calendar, hours: Hours
) -> tuple[Literal["dihitung", "dilewati"], datetime, str]:
    """Tell whether time counts at ``cursor``, until when that stays so, and why."""
    day = cursor.date()
    midnight = datetime.combine(day + timedelta(days=1), time(), hours.zone)
    opening, season = hours.on(day)
    if opening is None:
        decree = calendar.reason_worked(day)
        hourless = f" ({decree}, tetapi jam layanannya tidak diatur)" if decree else ""
        return "dilewati", midnight, HARI[day.weekday()] + hourless
    if reason := calendar.reason_closed(day):
        return "dilewati", midnight, reason
    for begins, ends in opening.spans:
        if cursor.time() < begins:
            return "dilewati", datetime.combine(day, begins, hours.zone), OUTSIDE
        if cursor.time() < ends:
            unusual = ", ".join(filter(None, (season, calendar.reason_worked(day))))
            return "dihitung", datetime.combine(day, ends, hours.zone), unusual
    return "dilewati", midnight, OUTSIDE


def _pauses_without_effect(
    trace: Sequence[TraceStep], pauses: Sequence[Pause], begin: datetime, at: datetime | None
) -> Iterator[TraceStep]:
    """Give the pauses that took no working time, so that nobody looks for them in vain."""
    shown = {(step.begin, step.end) for step in trace if step.kind == "jeda"}
    for pause in pauses:
        if (pause.start, pause.end) not in shown and begin <= pause.start and (at is None or pause.start < at):
            reason = f"{pause.reason} (di luar jam layanan atau di dalam jeda lain)"
            yield TraceStep("jeda", pause.start, pause.end, 0, reason)


def _warnings(trace: Sequence[TraceStep], at: datetime | None, calendar: Calendar) -> tuple[str, ...]:
    """Say what makes the deadline doubtful."""
    years = sorted({step.begin.year for step in trace if step.kind != "jeda"})
    unsure = [
        f"Cuti bersama {year} belum ditetapkan atau belum dikenal, dan sebagian hari liburnya perkiraan: tenggat dapat "
        f"bergeser. Perbarui paket holidays, atau tulis semua libur {year} di {FILE_NAME} dengan lengkap: [{year}]."
        for year in years
        if not calendar.is_known(year)
    ]
    if at is None and not any(step.end is None for step in trace):
        unsure.append(f"Tidak selesai dihitung dalam {HORIZON} tahun. Periksa jam layanan, {FILE_NAME}, dan jeda.")
    return (*calendar.warnings, *unsure)


def explain_trace(deadline: Deadline, zone_name: str) -> str:
    """Write the trace as numbered Indonesian lines; ``zone_name`` is WIB, WITA or WIT."""
    left, lines = deadline.minutes, [f"Mulai: {_moment(deadline.start)} {zone_name}, {deadline.minutes} menit kerja."]
    for number, step in enumerate(deadline.trace, 1):
        left -= step.minutes
        lines.append(f"{number}. {_sentence(step, left)}")
    if deadline.at:
        lines.append(f"Tenggat: {_moment(deadline.at)} {zone_name}.")
    else:
        lines.append(f"Tenggat belum ada. Sisa {deadline.left} menit kerja.")
    return "\n".join([*lines, *(f"Peringatan: {warning}" for warning in deadline.warnings)])


def _sentence(step: TraceStep, left: int) -> str:
    """Put one step in words; ``left`` are the minutes that remain after it."""
    if step.kind == "jeda":
        until = f"sampai {_moment(step.end)}" if step.end else "dan belum berakhir"
        return f"Jeda sejak {_moment(step.begin)} {until}: {step.reason}."
    day = _day(step.begin)
    if step.kind == "dihitung" and step.end:
        unusual = f" ({step.reason})" if step.reason else ""
        return f"{day}, {step.begin:%H.%M}–{step.end:%H.%M}{unusual}: {step.minutes} menit, sisa {left} menit."
    if step.reason == OUTSIDE:
        return f"{day} pukul {step.begin:%H.%M}: {OUTSIDE}, dihitung sejak jam buka berikutnya."
    return f"{day}: dilewati." if day.startswith(step.reason) else f"{day}: dilewati, {step.reason}."


def _day(moment: datetime) -> str:
    return f"{HARI[moment.weekday()]}, {tanggal(moment)}"


def _moment(moment: datetime) -> str:
    return f"{_day(moment)} pukul {moment:%H.%M}"
