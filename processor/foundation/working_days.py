"""Counts working days, on which the office works at all, and gives from when to when it works on them. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from processor.foundation.working_time import HORIZON, Calendar, Hours

_DAY = timedelta(days=1)


def is_worked(day: date, calendar: Calendar, hours: Hours) -> bool:
    """Tell whether the office works on ``day``: it has hours then, and the day is not off."""
    return hours.on(day)[0] is not None and calendar.reason_closed(day) is None


def day_after(start: date, count: int, calendar: Calendar, hours: Hours) -> date:
    """Give the ``count``-th working day after ``start``, which itself is never counted.

    Example:
        Friday 2026-07-03 and 5 -> Friday 2026-07-10; where Monday is off -> Monday 2026-07-13.

    Raises:
        ValueError: If ``count`` is less than 1, or the office does not work so many days in twenty years.
    """
    if count < 1:
        raise ValueError("Hari kerja dihitung mulai dari satu.")
    found = _worked_after(start, start.replace(year=start.year + HORIZON, day=1), calendar, hours)
    day = next((day for number, day in enumerate(found, 1) if number == count), None)
    if day is None:
        raise ValueError("Kantor tidak bekerja sebanyak itu. Periksa jam layanan dan libur.yaml.")
    return day


def days_between(start: date, end: date, calendar: Calendar, hours: Hours) -> int:
    """Count the working days after ``start`` up to ``end``, which is counted: 0 for the same day."""
    return sum(1 for _ in _worked_after(start, end, calendar, hours))


def _worked_after(start: date, end: date, calendar: Calendar, hours: Hours) -> Iterator[date]:
    """Give the working days after ``start`` up to ``end``."""
    day = start + _DAY
    while day <= end:
        if is_worked(day, calendar, hours):
            yield day
        day += _DAY


def open_spans(days: Iterable[date], calendar: Calendar, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """Give from when to when (aware) the office works on each of these ``days``; those off give nothing."""
    for day in days:
        opening, _ = hours.on(day)
        if opening and calendar.reason_closed(day) is None:
            for begins, ends in opening.spans:
                yield datetime.combine(day, begins, hours.zone), datetime.combine(day, ends, hours.zone)
