"""Which reports are due: shown in lists, told to every kepala bagian each morning, and reminded of like any deadline.

Duties begin when a pass first knew them (a mark in ``.payung/``): no report of before is demanded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from processor.cases import deadlines
from processor.cases.records import Event
from processor.evaluation import periods
from processor.evaluation.periods import Period, ReportDue
from processor.foundation import working_days
from processor.foundation.indonesian_dates import tanggal
from processor.mail.composer import NoticeLine
from processor.mail.templates import List
from processor.operations.office import Office
from processor.operations.record_lists import RecordList
from processor.operations.reporting import report_files

STEPS = frozenset({"pemetaan triwulan", "rancangan laporan tahunan", "laporan tahunan"})
"""What messages to officers call the reports that are due."""
_DRAFT = "rancangan laporan tahunan"
_STATE = "laporan"
_SINCE = "sejak"


def begin(office: Office) -> date:
    """Give the day from which reports are due, and remember it: today, where nobody has yet or a clock was ahead."""
    since = _since(office)
    office.register.save_state(_STATE, {**office.register.state(_STATE), _SINCE: since.isoformat()})
    return since


def _since(office: Office) -> date:
    kept, today = office.register.state(_STATE).get(_SINCE), office.now().date()
    return min(date.fromisoformat(kept), today) if kept else today


def open_duties(office: Office) -> tuple[ReportDue, ...]:
    """Give the reports that are due and not done, by their last days. Raises OSError."""
    since, told = _since(office), report_files.events(office)
    found = (one for one in _known(office, since) if one.day >= since and not _is_done(office, told, one))
    return tuple(sorted(found, key=lambda one: one.day))


def _known(office: Office, since: date) -> Iterator[ReportDue]:
    """Give the reports of which the time has come: of ended quarters, and of a year in the month before each day."""
    settings, today = office.settings, office.now().date()
    hours = deadlines.counting_hours(settings.layanan)
    quarter = periods.quarter_of(since)
    while settings.layanan.pemetaan_triwulan and quarter.last < today:
        yield from periods.due_days(quarter, office.calendar, hours)
        quarter = quarter.next
    for year in range(since.year, today.year + 1):
        for one in periods.due_days(Period(year), office.calendar, hours):
            if _opens(one) <= today:
                yield one


def _opens(one: ReportDue) -> date:
    """Give the day on which a yearly duty is told first: a draft's a month before, the report's as its month begins."""
    return date(one.day.year, one.day.month - (one.name == _DRAFT), 1)


def _is_done(office: Office, told: Sequence[Event], one: ReportDue) -> bool:
    """Tell whether the journal says that it is done; a draft is as soon as one was made when it was due."""
    drafted = one.name == _DRAFT and any(
        event.kind == report_files.MADE
        and event.data.get("berkas") == report_files.report_of(office, one.period).name
        and event.time.astimezone(office.settings.layanan.zone).date() >= _opens(one)
        for event in told
    )
    return drafted or report_files.is_done(told, one.period)


def heads(office: Office) -> tuple[str, ...]:
    """Give the short names of every kepala bagian, whose duty reports are."""
    return tuple(
        key for key, one in office.settings.petugas.items() if "kepala_bagian" in one.peran and not one.berhenti
    )


def lines(office: Office, found: Sequence[ReportDue]) -> dict[List, tuple[NoticeLine, ...]]:
    """Give what a kepala bagian should know this morning of ``found``."""
    made: dict[List, tuple[NoticeLine, ...]] = {}
    for one in found:
        name = _list_of(one, office.now().date())
        made[name] = (*made.get(name, ()), line(office, one))
    return made


def _list_of(one: ReportDue, today: date) -> List:
    if one.day < today:
        return "terlambat"
    return "menjelang" if one.day == today else "menunggu"


def line(office: Office, one: ReportDue) -> NoticeLine:
    """Give a report that is due as a line of a message: its period, its name and when that ends."""
    return NoticeLine(str(one.period), one.name, _end(office, one.day))


def _end(office: Office, day: date) -> datetime:
    """Give when a day of the office ends (aware)."""
    service = office.settings.layanan
    return datetime.combine(day, service.selesai, service.zone)


def stands(office: Office, item: tuple[str, str, str], key: str) -> bool:
    """Tell whether a line (period, name, deadline) still is so, and for this officer (short name)."""
    found = (line(office, one) for one in open_duties(office))
    known = {(one.number, one.step, one.due.isoformat() if one.due else "") for one in found}
    return key in heads(office) and item in known


def listed(office: Office) -> RecordList:
    """List the reports that are due, for a terminal or a page."""
    today = office.now().date()
    rows = tuple(
        (one.period.title, one.name, tanggal(one.day), _STANDING[_list_of(one, today)]) for one in open_duties(office)
    )
    empty = "Tidak ada laporan yang ditunggu. Membuat laporan: payung laporan triwulan 2026-3, atau tahunan 2026."
    return RecordList("Laporan yang ditunggu", ("Periode", "Laporan", "Tenggat", "Keadaan"), rows, empty)


_STANDING: dict[List, str] = {"terlambat": "terlambat", "menjelang": "hari ini", "menunggu": "menunggu"}


@dataclass(frozen=True, slots=True)
class ReportAlarm:
    """Something of which every kepala bagian is reminded: when (aware), and of which urgency."""

    at: datetime
    level: List


def alarms(office: Office, one: ReportDue) -> Iterator[ReportAlarm]:
    """Give what is told of a report: on the morning of its last day, at its end, and the working day after."""
    service = office.settings.layanan
    hours = deadlines.counting_hours(service)
    after = working_days.day_after(one.day, 1, office.calendar, hours)
    yield ReportAlarm(datetime.combine(one.day, service.mulai, service.zone), "menjelang")
    yield ReportAlarm(_end(office, one.day), "jatuh_tempo")
    yield ReportAlarm(datetime.combine(after, service.mulai, service.zone), "terlambat")
