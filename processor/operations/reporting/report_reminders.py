"""What a pass does about reports: it remembers since when they are due, and reminds every kepala bagian in time."""

from collections.abc import Iterator, Sequence

from processor.cases import reminders
from processor.cases.records import Event
from processor.evaluation.periods import ReportDue
from processor.operations import officer_mail, side_journal
from processor.operations.office import Office
from processor.operations.reporting import report_duties, report_files
from processor.operations.reporting.report_duties import ReportAlarm

_WAIT = 10.0  # seconds for another process to finish


def remind(office: Office) -> None:
    """Queue each reminder once, and let the journal of reports know.

    Raises:
        BrokenFiles: The message cannot be written.
        PayungError, OSError: The disk refuses, or the register is busy.
    """
    report_duties.begin(office)
    for one in report_duties.open_duties(office):
        for alarm in _owed(office, one, report_files.events(office)):
            _tell(office, one, alarm)


def _owed(office: Office, one: ReportDue, told: Sequence[Event]) -> Iterator[ReportAlarm]:
    """Give the alarms that ring and were not told; that a deadline comes near is no news once it is past."""
    past = [alarm for alarm in report_duties.alarms(office, one) if alarm.at <= office.now()]
    over = any(alarm.level != "menjelang" for alarm in past)
    for alarm in past:
        data = _identifying(one, alarm)
        known = any(event.kind == reminders.KIND and data.items() <= event.data.items() for event in told)
        if not known and not (over and alarm.level == "menjelang"):
            yield alarm


def _identifying(one: ReportDue, alarm: ReportAlarm) -> dict[str, str]:
    return {"periode": str(one.period), "tahap": one.name, "tingkat": alarm.level, "tenggat": one.day.isoformat()}


def _tell(office: Office, one: ReportDue, alarm: ReportAlarm) -> None:
    """Queue a reminder to each kepala bagian who has an address; the journal says who was to be reminded."""
    data, to = _identifying(one, alarm), report_duties.heads(office)
    lists = {alarm.level: (report_duties.line(office, one),)}
    officer_mail.queue_reminder(office, office.now(), to, "|".join(data.values()), lists)
    with office.register.lock(_WAIT):
        told = Event(reminders.KIND, office.now(), "payung", {**data, "kepada": list(to)})
        side_journal.append(office.register, report_files.FOLDER, told)
