"""Days off in the week and days worked by decree, by year: what a page lists, and by which its script names them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from processor.cases import deadlines
from processor.foundation import working_time
from processor.foundation.settings import Settings

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is otherwise than its weekday: off, or worked (``kerja``); ``nama`` says why."""

    tanggal: date
    nama: str
    kerja: bool


def this_year(found: Settings) -> int:
    """Tell which year it is at the office: a page lists days from this year on."""
    return datetime.now(found.layanan.zone).year


def special_days(found: Settings, year: int) -> Mapping[int, tuple[SpecialDay, ...]]:
    """List the special days of ``year`` and of the years after it whose days off are known."""
    return {one: tuple(_of_year(found, one)) for one in _known_years(found, year)}


def national_reasons(found: Settings) -> tuple[str, ...]:
    """Give why the nation has its days off in the years that are listed: everybody says so, whatever their name is."""
    years = _known_years(found, this_year(found))
    return tuple(reason for year in years for reason in working_time.national_days_off(year).values())


def _known_years(found: Settings, year: int) -> Iterator[int]:
    """Give the years from ``year`` on, up to the first whose days off are not known."""
    calendar, _ = working_time.read_calendar(found.days_off)
    while calendar.is_known(year):
        yield year
        year += 1


def _of_year(found: Settings, year: int) -> Iterator[SpecialDay]:
    """Give the special days of one year; weekends, on which the office has no hours, are none."""
    calendar, _ = working_time.read_calendar(found.days_off)
    hours, day = deadlines.counting_hours(found.layanan), date(year, 1, 1)
    while day.year == year:
        closed = calendar.reason_closed(day)
        if hours.on(day)[0] and (reason := closed or calendar.reason_worked(day)):
            yield SpecialDay(day, reason, not closed)
        day += _DAY
