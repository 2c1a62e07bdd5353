"""The periods of reports: a quarter, a year, their days, and by when their reports are due. Pure.

A request belongs to the period in which it was registered, by the office's own days.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from processor.foundation import working_days
from processor.foundation.errors import PayungError
from processor.foundation.indonesian_dates import BULAN
from processor.foundation.working_time import Calendar, Hours

_WRITTEN = re.compile(r"([12][0-9]{3})(?:-([1-4]))?")
_ROMAN = ("I", "II", "III", "IV")
QUARTER_DAYS = 10
"""Working days after a quarter until its mapping is due (the bureau's own promise)."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or its ``quarter`` from 1 to 4; 0 is the whole year."""

    year: int
    quarter: int = 0

    def __str__(self) -> str:
        """Write it as commands take it: 2026-3 or 2026."""
        return f"{self.year}-{self.quarter}" if self.quarter else str(self.year)

    @property
    def title(self) -> str:
        """Its name in a sentence: Triwulan III Tahun 2026."""
        return f"Triwulan {_ROMAN[self.quarter - 1]} Tahun {self.year}" if self.quarter else f"Tahun {self.year}"

    @property
    def months(self) -> range:
        """The numbers of its months."""
        return range(3 * self.quarter - 2, 3 * self.quarter + 1) if self.quarter else range(1, 13)

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.months[0], 1)

    @property
    def last(self) -> date:
        """The last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Period":
        """The quarter or year after it."""
        return self._moved(1)

    @property
    def previous(self) -> "Period":
        """The quarter or year before it, with which it is compared."""
        return self._moved(-1)

    @property
    def quarters(self) -> tuple["Period", ...]:
        """The quarters of the year; of a quarter itself only."""
        return (self,) if self.quarter else tuple(Period(self.year, quarter) for quarter in range(1, 5))

    def _moved(self, by: int) -> "Period":
        if not self.quarter:
            return Period(self.year + by)
        years, quarter = divmod(self.quarter - 1 + by, 4)
        return Period(self.year + years, quarter + 1)

    def holds(self, day: date) -> bool:
        """Tell whether ``day``, on the office's calendar, is one of its days."""
        return day.year == self.year and day.month in self.months

    def month_names(self) -> tuple[str, ...]:
        """Give the names of its months."""
        return tuple(BULAN[month - 1] for month in self.months)


@dataclass(frozen=True, slots=True)
class ReportDue:
    """By when something of a report is to be done: ``name`` in words, ``day`` included."""

    period: Period
    name: str
    day: date


def parse(text: str) -> Period:
    """Read ``2026-3`` or ``2026``. Raises PayungError for anything else."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise PayungError(f"“{text}” bukan periode. Tulis triwulan seperti 2026-3, atau tahun seperti 2026.")
    return Period(int(found[1]), int(found[2] or 0))


def quarter_of(day: date) -> Period:
    """Give the quarter of a day on the office's calendar."""
    return Period(day.year, (day.month + 2) // 3)


def due_days(period: Period, calendar: Calendar, hours: Hours) -> tuple[ReportDue, ...]:
    """Give by when the report of a period is due.

    Args:
        period: A quarter: ten working days after it ends. A year: its report is drafted by 1 December, so that it is
            with the governor by 31 December of the same year (Pedoman Teknis).
        calendar: The days that are not worked.
        hours: The office's week.
    """
    if period.quarter:
        day = working_days.day_after(period.last, QUARTER_DAYS, calendar, hours)
        return (ReportDue(period, "pemetaan triwulan", day),)
    draft, sent = date(period.year, 12, 1), date(period.year, 12, 31)
    return (ReportDue(period, "rancangan laporan tahunan", draft), ReportDue(period, "laporan tahunan", sent))
