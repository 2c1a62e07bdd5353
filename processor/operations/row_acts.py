"""What officers did last in a case, as its row keeps it: one line each, the latest last. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from processor.cases.case_status import STAGES
from processor.cases.records import Event
from processor.cases.staff import Staff
from processor.foundation.settings_agency import Officer


@dataclass(frozen=True, slots=True)
class LastAct:
    """The last step that an officer (short name) took in a case: when (aware), and the status that it brought."""

    officer: str
    time: datetime
    status: str


def kept(events: Sequence[Event], officers: Mapping[str, Officer], zone: tzinfo) -> str:
    """Write the last step of each officer as a row keeps it, to the minute in ``zone``."""
    staff, last = Staff(officers), dict[str, str]()
    for event in events:
        key, status = staff.key(event.actor), event.data.get("menjadi")
        if event.kind == "status" and key in officers and status in STAGES:
            last.pop(key, None)
            last[key] = f"{key} {event.time.astimezone(zone).isoformat(timespec='minutes')} {status}"
    return "\n".join(last.values())


def of_officer(text: str, officer: str, since: date) -> LastAct | None:
    """Find the last step of one officer in what ``kept`` wrote; None where there is none ``since`` that day."""
    for line in text.splitlines():
        if line.startswith(f"{officer} "):
            act = _act(line)
            return act if act.officer == officer and act.time.date() >= since else None
    return None


def _act(line: str) -> LastAct:
    officer, time, status = line.rsplit(" ", 2)
    return LastAct(officer, datetime.fromisoformat(time), status)
