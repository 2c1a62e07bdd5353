"""Dates and times as Indonesian words, from our own table: never from the machine's locale."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")  # as ``date.weekday`` counts
BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


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
