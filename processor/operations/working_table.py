"""The table by which pages count working time: ``balasan/jam.json``, JSON of

    awal      minutes since 1970 (UTC) at which the table begins: the first day of this month, at the office
    jarak     minutes, by turns: closed, open, closed and so on from ``awal``; days off are closed
    tiap      minutes between two publications of statuses
    zona, zona_singkat
    batas     working minutes of a request: verifikasi, sasaran, seluruhnya; working days of a complaint: dijawab

It reaches over a year, but not into one whose days off are not known yet: then a page names no day.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from itertools import chain, pairwise, takewhile

from processor.cases import deadlines
from processor.foundation import working_days
from processor.foundation.settings import Settings
from processor.foundation.working_time import Calendar

_DAYS = 400


def file(settings: Settings, calendar: Calendar, now: datetime) -> bytes:
    """Make the table as it is at ``now``, which is in the office's zone."""
    service, limits, first = settings.layanan, settings.layanan.batas, now.date().replace(day=1)
    hours = deadlines.counting_hours(service)
    days = (first + timedelta(days=number) for number in range(_DAYS))
    known = takewhile(lambda day: calendar.is_known(day.year), days)
    begins = datetime.combine(first, time(), hours.zone)
    told = {
        "awal": int(begins.timestamp()) // 60,
        "jarak": list(_gaps(begins, working_days.open_spans(known, calendar, hours))),
        "tiap": settings.situs.status_tiap,
        "zona": service.zona,
        "zona_singkat": service.zona_singkat,
        "batas": {
            "verifikasi": limits.verifikasi,
            "sasaran": limits.sasaran,
            "seluruhnya": deadlines.overall_limit(limits),
            "dijawab": settings.pengaduan.dijawab,
        },
    }
    return json.dumps(told, separators=(",", ":")).encode()


def _gaps(begins: datetime, spans: Iterable[tuple[datetime, datetime]]) -> Iterator[int]:
    """Give the minutes from each moment to the next: from the beginning to the first opening, to its closing, on."""
    moments = chain([begins], chain.from_iterable(spans))
    return (int((later - earlier).total_seconds()) // 60 for earlier, later in pairwise(moments))
