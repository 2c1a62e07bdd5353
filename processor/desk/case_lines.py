"""Cases as lists of the desk show them: the nearest deadline of each, and whether that is past or near."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from processor.cases import deadlines
from processor.foundation import working_time
from processor.operations import row_order
from processor.operations.case_row import CaseRow
from processor.operations.office import Office

_DAY = 420  # working minutes (SOP)
ARCHIVED = "diarsipkan"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A row as a page shows it: its nearest deadline, what that is for, and whether it is past or near."""

    row: CaseRow
    by: datetime | None
    step: str
    late: bool
    soon: bool


def soon_until(office: Office) -> datetime:
    """Give the end (aware) of the working day that begins now: what falls due until then is near."""
    now = office.now()
    hours = deadlines.counting_hours(office.settings.layanan)
    return working_time.deadline_after(now, _DAY, office.calendar, hours).at or now


def lines(rows: Sequence[CaseRow], now: datetime, soon: datetime) -> list[CaseLine]:
    """Turn rows into lines, the nearest deadline first, then by number; of one status those with a near date first."""
    made = [_line(row, now, soon) for row in rows]
    made.sort(key=lambda line: line.by.timestamp() if line.by else float("inf"))
    by_number = {line.row.number: line for line in made}
    return [by_number[row.number] for row in row_order.by_urgency([line.row for line in made])]


def _line(row: CaseRow, now: datetime, soon: datetime) -> CaseLine:
    """Turn a row into a line."""
    runs = {row.step: row.due, deadlines.OVERALL: row.promise}
    by, step = min(((datetime.fromisoformat(at), name) for name, at in runs.items() if at), default=(None, ""))
    return CaseLine(row, by, step, by is not None and by < now, by is not None and by <= soon)
