"""Reads the times that exports write: Google's with its zone, Microsoft's M/D/YY, a sheet's own, named months."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from processor.foundation.indonesian_dates import HARI, read_time

Cell = str | int | float | bool | datetime | date
Order = Literal["hari", "bulan"]

OFFSETS: Mapping[str, int] = {"UTC": 0, "GMT": 0, "Z": 0, "WIB": 7, "WITA": 8, "WIT": 9}
"""Zone names that are certain, in hours from UTC. Any other name is refused: IST, CST and BST mean several zones."""

_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  a sheet's day number has no zone
_STAMP = re.compile(
    r"(?P<a>\d{1,4})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{1,4})"
    r"(?:,?[ T]\s*(?P<hour>\d{1,2})(?P<clockmark>[:.])(?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s*(?P<half>[AP]\.?M\.?)?\s*(?P<zone>\S.*)?)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{5}(?:[.,]\d+)?|\d{10}(?:\d{3})?")
_UNIX = (1.2e9, 2.5e9)  # seconds: 2008 to 2049
_CLOCK_SLACK = timedelta(minutes=10)
_LONG_AGO = timedelta(days=5 * 365)
_CHECK_SOURCE = "Cocokkan dengan tanggapan aslinya di formulir, lalu betulkan diajukan bila keliru."
_OFFSET = re.compile(r"(?:GMT|UTC)?\s*(?P<sign>[+\-\u2212])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time that was read: aware, or None with what is wrong and how to mend it.

    ``other`` is the time with day and month the other way round, where the cell can be read so.
    """

    time: datetime | None
    message: str = ""
    mend: str = ""
    other: datetime | None = None


@dataclass(frozen=True, slots=True)
class DigitDate:
    """A date of digits without a year in front: its first two ``parts``, year and clock as they are written."""

    parts: tuple[int, int]
    year: int
    clock: tuple[int, int, int]
    dotted: bool
    short_year: bool

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether it can be read in two ways."""
        return max(self.parts) <= 12 and self.parts[0] != self.parts[1]

    def day(self, order: Order) -> date | None:
        """Give the day that it is in this order; None when there is no such day."""
        first, second = self.parts if order == "bulan" else self.parts[::-1]
        try:
            return date(self.year, first, second)
        except ValueError:
            return None


def digit_date(cell: Cell, *, year_first: bool = False) -> DigitDate | None:
    """Read a date of digits whose order is not said by itself; None for any other cell.

    Where the year stands in front, month and day should follow; some programs write day and month.
    """
    match = _STAMP.fullmatch(_with_plain_blanks(cell)) if isinstance(cell, str) else None
    if match is None or (len(match["a"]) == 4) != year_first:
        return None
    try:
        hour, minute, second, _ = _clock_parts(match)
    except ValueError:
        return None
    first, second_part, third = (int(match[part]) for part in "abc")
    clock, dotted = (hour, minute, second), "." in {match["clockmark"], match["mark"]}
    if year_first:
        return DigitDate((second_part, third), first, clock, dotted, short_year=False)
    short = len(match["c"]) <= 2
    return DigitDate((first, second_part), third + (2000 if short else 0), clock, dotted, short)


def parse(
    cell: Cell, zone: ZoneInfo, order: Order, *, certain: bool = True, swapped: bool = False, days_before: int = 0
) -> TimeReading:
    """Read one cell. Never raises.

    Args:
        cell: what the file holds.
        zone: of a time that names none.
        order: what stands first in a date like 3/4/2026, or behind the year in one like 2026-03-04.
        certain: whether that was decided; else the reading says that it is assumed.
        swapped: whether a spreadsheet has read day and month of its own dates the other way round.
        days_before: how many days after 1899-12-30 a day number counts from.
    """
    if isinstance(cell, date):
        return _from_typed(cell, zone, swapped=swapped)
    if (number := _number_in(cell)) is not None:
        return _from_number(number, zone, days_before)
    text = _with_plain_blanks(str(cell))
    if match := _STAMP.fullmatch(text):
        return _from_written_time(match, zone, order, certain=certain)
    named = read_time(text)
    if isinstance(named, datetime):
        return _on_its_weekday(text, named if named.tzinfo else named.replace(tzinfo=zone))
    return _unreadable()


def looks_like_time(cell: Cell) -> bool:
    """Tell whether ``cell`` is a date or a time of any spelling, known zone or not."""
    if isinstance(cell, date):
        return True
    text = _with_plain_blanks(cell) if isinstance(cell, str) else ""
    return bool(_STAMP.fullmatch(text)) or isinstance(read_time(text), datetime)


def is_time_number(cell: Cell) -> bool:
    """Tell whether ``cell`` is a number that can be a time: a sheet's day number, seconds or milliseconds from 1970."""
    number = _number_in(cell)
    return number is not None and _from_number(number, ZoneInfo("UTC")).time is not None


def _number_in(cell: Cell) -> float | None:
    """Give the number in a cell, also one written as text; None where no number stands."""
    if isinstance(cell, str):
        return float(cell.strip().replace(",", ".")) if _NUMBER.fullmatch(cell.strip()) else None
    return float(cell) if isinstance(cell, (int, float)) else None


def doubt(time: datetime, now: datetime) -> tuple[str, str]:
    """Say what is wrong with a time and how to mend it: it lies in the future, or so long ago that it is none."""
    if time > now + _CLOCK_SLACK:
        return "waktu pengajuannya di masa depan.", _CHECK_SOURCE
    if time < now - _LONG_AGO:
        return "waktu pengajuannya lebih dari lima tahun yang lalu.", _CHECK_SOURCE
    return "", ""


def _with_plain_blanks(text: str) -> str:
    """Give ``text`` with plain blanks: Google writes a narrow no-break space before AM and PM in some languages."""
    return re.sub(r"\s+", " ", text).strip()


def _unreadable() -> TimeReading:
    return TimeReading(None, "waktu tidak terbaca.", "Tentukan waktu pengajuan dari sumbernya saat verifikasi.")


def _from_typed(cell: date, zone: ZoneInfo, *, swapped: bool) -> TimeReading:
    """Read a date that a spreadsheet keeps as one."""
    time = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day, tzinfo=zone)
    time = time if time.tzinfo else time.replace(tzinfo=zone)
    other = _swapped(time)
    return TimeReading(other, other=time) if swapped and other else TimeReading(time, other=other)


def _on_its_weekday(text: str, time: datetime) -> TimeReading:
    """Give a time that was read from ``text`` as the weekday named there says: day and month may stand swapped."""
    named = next((number for number, name in enumerate(HARI) if text.casefold().startswith(name.casefold())), None)
    if named in {None, time.weekday()}:
        return TimeReading(time)
    other = _swapped(time)
    if other and other.weekday() == named:
        return TimeReading(other)
    return TimeReading(time, "nama hari dan tanggalnya tidak cocok.", _CHECK_SOURCE)


def _swapped(time: datetime) -> datetime | None:
    """Give a time with day and month the other way round; None where that is the same time or none."""
    return time.replace(month=time.day, day=time.month) if time.day <= 12 and time.day != time.month else None


def _from_number(number: float, zone: ZoneInfo, days_before: int = 0) -> TimeReading:
    """Read a spreadsheet's day number (1899-12-30 is 0), as an unformatted date column gives it, or a Unix time."""
    if 20_000 < number < 80_000:
        number += days_before
        return TimeReading((_EXCEL_EPOCH + timedelta(seconds=round(number * 86_400))).replace(tzinfo=zone))
    seconds = number / 1000 if number > _UNIX[1] else number
    if _UNIX[0] <= seconds <= _UNIX[1]:
        return TimeReading(datetime.fromtimestamp(seconds, zone))
    return _unreadable()


def _from_written_time(match: re.Match[str], zone: ZoneInfo, order: Order, *, certain: bool) -> TimeReading:
    """Read a written time, in its own zone or in ``zone``."""
    place = _zone_named(match["zone"] or "", zone)
    if place is None:
        return TimeReading(
            None,
            f"zona waktu “{(match['zone'] or '').strip()[:12]}” tidak dikenal.",
            "Pakai WIB, WITA, WIT, atau selisih seperti GMT+7; tentukan waktu pengajuan saat verifikasi.",
        )
    year, month, day = _date_parts(match, order)
    try:
        time = datetime(year, month, day, *_clock_parts(match), tzinfo=place)
    except ValueError:
        return _unreadable()
    other = _swapped(time) if len(match["a"]) < 4 or not certain else None
    if certain or not other:
        return TimeReading(time, other=other)
    assumed = f"urutan tanggal dan bulan tidak pasti; dibaca {_READ_AS[order]} lebih dulu."
    return TimeReading(time, assumed, _CHECK_SOURCE, other)


_READ_AS: Mapping[Order, str] = {"hari": "tanggal", "bulan": "bulan"}


def _date_parts(match: re.Match[str], order: Order) -> tuple[int, int, int]:
    """Give year, month and day in the order of the file."""
    first, second, third = int(match["a"]), int(match["b"]), int(match["c"])
    if len(match["a"]) == 4:
        behind = second > 12 or (order == "hari" and third <= 12)  # as below: each by itself
        return (first, third, second) if behind else (first, second, third)
    year = third + 2000 if len(match["c"]) <= 2 else third
    day_first = first > 12 or (order == "hari" and second <= 12)  # of a column that mixes both, each by itself
    return (year, second, first) if day_first else (year, first, second)


def _clock_parts(match: re.Match[str]) -> tuple[int, int, int, int]:
    """Give hour, minute, second, microsecond; raises ValueError for 13 PM."""
    hour, half = int(match["hour"] or 0), (match["half"] or "").upper()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("hour")
        hour = hour % 12 + (12 if half.startswith("P") else 0)
    micro = int((match["part"] or "0").ljust(6, "0")[:6])
    return hour, int(match["minute"] or 0), int(match["second"] or 0), micro


def _zone_named(name: str, default: tzinfo) -> tzinfo | None:
    """Find the zone that ``name`` means: ``default`` for none, None for an unknown one."""
    name = name.strip().strip("()")
    if not name:
        return default
    if name.upper() in OFFSETS:
        return timezone(timedelta(hours=OFFSETS[name.upper()]))
    match = _OFFSET.fullmatch(name)
    if match is None:
        return None
    shift = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return timezone(-shift if match["sign"] != "+" else shift) if shift < timedelta(hours=15) else None
