"""Dates and times as Indonesian words, from our own table: never from the machine's locale."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")  # as ``date.weekday`` counts
BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

_BEGINNINGS = {name[:3].casefold(): number for number, name in enumerate(BULAN, start=1)}
_BEGINNINGS |= {"peb": 2, "agt": 8, "ags": 8, "nop": 11}  # older spellings, and short ones
_BEGINNINGS |= {"may": 5, "aug": 8, "oct": 10, "dec": 12}  # as English programs write
_DAYS = "|".join((*HARI, "Jum['’‘`]at", *(f"{name[:3]}[.]?" for name in HARI), "Ahad"))
_OFFSETS = {"wib": 7, "wita": 8, "wit": 9}
_WRITTEN = re.compile(
    rf"(?:(?:{_DAYS}),?\s+)?(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|(?P<day>\d{{1,2}})(?:(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)|"
    r"[\s-]+(?P<name>[A-Za-z]{3,9})[.]?[\s-]+)(?P<year>\d{4}))"
    r"(?:,?\s+(?:[-–|]\s+)?(?:(?:pukul|pkl\.?|jam)\s+)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:](?P<second>\d{2}))?"
    r"(?:\s*\(?(?P<zone>WIB|WITA|WIT|(?:GMT|UTC)\+0?[789](?::?00)?)\)?)?)?",
    re.IGNORECASE,
)


def read_date(value: object) -> object:
    """Read a day as Indonesians write it: 21-12-2026, 21/12/2026, 21 Desember 2026; a time behind it is passed over.

    Returns: the day; any other value as it is, also a day that no calendar has.
    """
    found = read_time(value)
    if isinstance(found, str) and "T" in found:
        with suppress(ValueError):
            found = datetime.fromisoformat(found)
    return found.date() if isinstance(found, datetime) else found


def read_time(value: object) -> object:
    """Read a time as Indonesians write it: 21 Desember 2026 pukul 09.40 WIB; without a clock time it is midnight.

    Returns: the time, aware where its zone is named; any other value as it is, also a time that no calendar has.
    """
    match = _WRITTEN.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return value
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    zone = timezone(timedelta(hours=_hours(match["zone"]))) if match["zone"] else None
    try:
        return datetime(*_year_month_day(match), hour, minute, second, tzinfo=zone)
    except (ValueError, KeyError):
        return value


def _hours(zone: str) -> int:
    """Give the hours from UTC of WIB, WITA and WIT, and of these as GMT+7 or UTC+07:00."""
    named = _OFFSETS.get(zone.casefold())
    return named if named is not None else int(zone[3:].partition(":")[0].removesuffix("00"))


def _year_month_day(match: re.Match[str]) -> tuple[int, int, int]:
    """Give the day that was written. Raises KeyError for a month of no name."""
    if match["iso"]:
        year, month, day = match["iso"].split("-")
        return int(year), int(month), int(day)
    month = match["month"] or _BEGINNINGS[match["name"][:3].casefold()]
    return int(match["year"]), int(month), int(match["day"])


def tanggal(day: date) -> str:
    """Write ``day`` as letters do, without a leading zero: 2 Juli 2025."""
    return f"{day.day} {BULAN[day.month - 1]} {day.year}"


def waktu(moment: datetime, zone: ZoneInfo, zone_name: str) -> str:
    """Write ``moment`` on the office's clock: 2 Juli 2025 pukul 09.05 WIB.

    Args:
        moment: The time; one that names no zone is the office's own.
        zone: The office's time zone.
        zone_name: Its short name: WIB, WITA or WIT.
    """
    here = moment.astimezone(zone) if moment.tzinfo else moment
    return f"{tanggal(here)} pukul {here:%H.%M} {zone_name}"
