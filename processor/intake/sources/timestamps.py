"""Reads the times that exports write: Google's with an offset or zone name, Microsoft's M/D/YY, a sheet's own dates."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

Cell = str | int | float | bool | datetime | date
Order = Literal["hari", "bulan"]

OFFSETS: Mapping[str, int] = {"UTC": 0, "GMT": 0, "Z": 0, "WIB": 7, "WITA": 8, "WIT": 9}
"""Zone names that are certain, in hours from UTC. Any other name is refused: IST, CST and BST mean several zones."""

_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  a sheet's day number has no zone
_STAMP = re.compile(
    r"(?P<a>\d{1,4})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{1,4})"
    r"(?:,?[ T]\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s*(?P<half>[AP]\.?M\.?)?\s*(?P<zone>\S.*)?)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:GMT|UTC)?\s*(?P<sign>[+\-\u2212])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time that was read: aware, or None with what is wrong and how to mend it."""

    time: datetime | None
    message: str = ""
    mend: str = ""


def parse(cell: Cell, zone: ZoneInfo, order: Order | None) -> TimeReading:
    """Read one cell. Never raises.

    Args:
        cell: what the file holds.
        zone: of a time that names none.
        order: what stands first in a date like 3/4/2026. None when nothing tells: the month is assumed, and the
            reading says so.
    """
    if isinstance(cell, datetime):
        return TimeReading(cell if cell.tzinfo else cell.replace(tzinfo=zone))
    if isinstance(cell, date):
        return TimeReading(datetime(cell.year, cell.month, cell.day, tzinfo=zone))
    if isinstance(cell, (int, float)):
        return _from_day_number(float(cell), zone)
    match = _STAMP.fullmatch(_with_plain_blanks(cell))
    return _from_written_time(match, zone, order) if match else _unreadable()


def looks_like_time(cell: Cell) -> bool:
    """Tell whether ``cell`` is a date or a time of any spelling, known zone or not."""
    if isinstance(cell, date):
        return True
    return isinstance(cell, str) and bool(_STAMP.fullmatch(_with_plain_blanks(cell)))


def order_of(cells: Iterable[Cell]) -> Order | None:
    """Tell whether day or month stands first in a column of times; None when none of them shows it.

    A part over 12 is a day. A two-digit year is Microsoft Forms, which writes M/D/YY.
    """
    two_digits = False
    for cell in cells:
        match = _STAMP.fullmatch(_with_plain_blanks(cell)) if isinstance(cell, str) else None
        if match is None or len(match["a"]) == 4:
            continue
        if int(match["a"]) > 12:
            return "hari"
        if int(match["b"]) > 12:
            return "bulan"
        two_digits = two_digits or len(match["c"]) == 2
    return "bulan" if two_digits else None


def _with_plain_blanks(text: str) -> str:
    """Give ``text`` with plain blanks: Google writes a narrow no-break space before AM and PM in some languages."""
    return re.sub(r"\s+", " ", text).strip()


def _unreadable() -> TimeReading:
    return TimeReading(None, "waktu tidak terbaca.", "Tentukan waktu pengajuan dari sumbernya saat verifikasi.")


def _from_day_number(days: float, zone: ZoneInfo) -> TimeReading:
    """Read a spreadsheet's day number (1899-12-30 is 0), as an unformatted date column gives it."""
    if not 20_000 < days < 80_000:
        return _unreadable()
    return TimeReading((_EXCEL_EPOCH + timedelta(seconds=round(days * 86_400))).replace(tzinfo=zone))


def _from_written_time(match: re.Match[str], zone: ZoneInfo, order: Order | None) -> TimeReading:
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
    if order is None and len(match["a"]) < 4 and month != day:
        return TimeReading(
            time, "urutan tanggal dan bulan tidak pasti; dibaca bulan lebih dulu.", "Cocokkan dengan sumbernya."
        )
    return TimeReading(time)


def _date_parts(match: re.Match[str], order: Order | None) -> tuple[int, int, int]:
    """Give year, month and day in the order of the file."""
    first, second, third = int(match["a"]), int(match["b"]), int(match["c"])
    if len(match["a"]) == 4:
        return first, second, third
    year = third + 2000 if len(match["c"]) <= 2 else third
    return (year, second, first) if order == "hari" else (year, first, second)


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
