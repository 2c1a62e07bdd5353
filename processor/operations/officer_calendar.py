"""The days of an officer as a calendar: deadlines and near dates by number alone, no topic and no word of a case."""

from collections.abc import Iterator
from datetime import date, datetime

from processor.mail.calendar_file import CalendarEntry, calendar_feed
from processor.operations import overview
from processor.operations.case_row import CaseRow
from processor.operations.complaints import complaint_duties
from processor.operations.office import Office
from processor.operations.reporting import report_duties


def calendar(office: Office, officer: str) -> str:
    """Write the calendar of an officer (short name): what is their turn, and the reports that a kepala bagian owes.

    Raises OSError.
    """
    mine = (row for row in overview.rows(office) if officer in row.holders)
    entries = [entry for row in mine for entry in _of_case(row)]
    entries += _of_complaints(office, officer)
    entries += _of_reports(office, officer)
    return calendar_feed(entries, "Payung: tenggat", office.now())


def _of_case(row: CaseRow) -> Iterator[CalendarEntry]:
    """Give the deadline of the running step, the promise to the applicant, and the near date of a case."""
    if row.due:
        yield _entry(f"Tenggat {row.number}", row.number, "tenggat", datetime.fromisoformat(row.due))
    if row.promise:
        yield _entry(f"Janji kepada pemohon {row.number}", row.number, "janji", datetime.fromisoformat(row.promise))
    if row.urgent:
        yield _entry(f"Tanggal dekat {row.number}", row.number, "mendesak", date.fromisoformat(row.urgent))


def _of_complaints(office: Office, officer: str) -> Iterator[CalendarEntry]:
    """Give the deadlines of complaints that wait for the officer."""
    for one in complaint_duties.open_complaints(office):
        if officer in one.holders and one.line.due:
            yield _entry(f"Tenggat {one.line.number}", one.line.number, "tenggat", one.line.due)


def _of_reports(office: Office, officer: str) -> Iterator[CalendarEntry]:
    """Give the last days of reports, to every kepala bagian."""
    for one in report_duties.open_duties(office) if officer in report_duties.heads(office) else ():
        line = report_duties.line(office, one)
        yield _entry(f"Laporan {line.number}: {line.step}", line.number, line.step.replace(" ", "-"), one.day)


def _entry(title: str, number: str, kind: str, at: datetime | date) -> CalendarEntry:
    """Make an entry, which stays the same one for a calendar program when its time changes."""
    return CalendarEntry(f"{number}-{kind}@payung", title, at)
