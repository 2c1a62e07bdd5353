"""Puts what the clock promises into words, for pages and letters: limits, hours and an example, all from the settings.

Nothing here is written by hand, so that no page promises what ``deadlines`` does not compute. Pure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from processor.cases import deadlines
from processor.foundation import working_time
from processor.foundation.indonesian_dates import HARI, tanggal
from processor.foundation.settings_agency import DayHours, ServiceHours
from processor.foundation.working_time import Calendar

_MONDAY = date(2025, 6, 2)
"""Some Monday: the example counts a week without a day off."""


@dataclass(frozen=True, slots=True)
class PromisedTimes:
    """Words by the names that templates use: the limit of each step, the whole, the target, and the hours.

    ``menit_sehari`` are the minutes that count on an ordinary day; ``contoh`` is when a request of Monday's opening is
    due; ``jam`` are the hours in one sentence without a full stop.
    """

    verifikasi: str
    kajian: str
    pemeriksaan: str
    penyampaian: str
    seluruhnya: str
    sasaran: str
    menit_sehari: str
    contoh: str
    jam: str


def promised_times(service: ServiceHours, say: Callable[[int, int], str] | None = None) -> PromisedTimes:
    """Put the limits and hours of the settings into words; a working day is one of ``service`` without its breaks.

    Args:
        service: The hours and limits of the settings.
        say: Writes working minutes, given those of a day; by default ``in_words``, as letters have them.
    """
    limits, day, say = service.batas, service.menit, say or in_words
    whole = deadlines.overall_limit(limits)
    return PromisedTimes(
        verifikasi=say(limits.verifikasi, day),
        kajian=say(limits.kajian, day),
        pemeriksaan=say(limits.pemeriksaan, day),
        penyampaian=say(limits.penyampaian, day),
        seluruhnya=say(whole, day),
        sasaran=say(limits.sasaran, day),
        menit_sehari=str(day),
        contoh=_example(service, whole),
        jam="; ".join(_hours(service)),
    )


def in_words(minutes: int, day: int) -> str:
    """Write working minutes as working days of ``day`` minutes, and the hours and minutes left over."""
    days, rest = divmod(minutes, day)
    hours, left = divmod(rest, 60)
    parts = [f"{count} {unit}" for count, unit in ((hours, "jam"), (left, "menit")) if count]
    if not days:
        return " ".join(parts) or "0 menit"
    return f"{days} hari kerja" + (f" lebih {' '.join(parts)}" if parts else "")


_COUNTED = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")


def spoken(minutes: int, day: int) -> str:
    """Write what ``in_words`` does as one says it, for pages: few days in letters, the rest after “dan”."""
    days = minutes // day
    said = in_words(minutes, day).replace(" lebih ", " dan ")
    return said.replace(str(days), _COUNTED[days], 1) if 0 < days < len(_COUNTED) else said


def _example(service: ServiceHours, whole: int) -> str:
    """Compute when a request is due that comes at the opening of a Monday, in a time without days off."""
    hours = replace(deadlines.counting_hours(service), seasons=())
    start = datetime.combine(_MONDAY, service.mulai, hours.zone)
    due = working_time.deadline_after(start, whole, Calendar(complete=frozenset({_MONDAY.year})), hours).at
    if due is None:
        return ""
    weeks = (due.date() - _MONDAY).days // 7
    later = "" if not weeks else " pekan berikutnya" if weeks == 1 else f" {weeks} pekan kemudian"
    return f"hari {HARI[due.weekday()]}{later} pukul {due:%H.%M}"


def _hours(service: ServiceHours) -> Iterator[str]:
    """Give the hours of ordinary days, of Fridays, and of seasons such as Ramadan."""
    yield f"{service.hari}, {_clock(service)} {service.zona_singkat}"
    if service.jumat:
        yield f"khusus Jumat {_clock(service.jumat)}"
    for season in service.jam_khusus:
        yield f"{season.nama} ({tanggal(season.dari)} sampai {tanggal(season.sampai)}) {_clock(season)}"
        if season.jumat:
            yield f"khusus Jumat pada {season.nama} {_clock(season.jumat)}"


def _clock(day: DayHours) -> str:
    """Write from when to when a day counts, with its break."""
    rest = f", istirahat {day.istirahat[0]:%H.%M} sampai {day.istirahat[1]:%H.%M}" if day.istirahat else ""
    return f"pukul {day.mulai:%H.%M} sampai {day.selesai:%H.%M}{rest}"
