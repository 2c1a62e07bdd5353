"""Which reminders a case owes now, and when the next is due. Pure; the journal remembers which were given.

Before a deadline and at it, the officer whose turn it is; an hour later the kepala bagian. Each once for every time
that a step begins, and again when a pause or a new holiday moves its deadline. After days without a pass only what
still tells something is given: not that a deadline that is past comes near.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from processor.cases.case_status import Derived
from processor.cases.deadlines import OVERALL, Alarm, Due
from processor.cases.records import Event

KIND = "diingatkan"


@dataclass(frozen=True, slots=True)
class Reminder:
    """An alarm that rings, and for whom (short names of officers)."""

    alarm: Alarm
    to: tuple[str, ...]

    @property
    def data(self) -> dict[str, object]:
        """What the journal keeps of it."""
        return {**_key(self.alarm), "kepada": list(self.to)}


def owed_now(due: Due | None, seen: Derived, events: Sequence[Event], now: datetime) -> tuple[Reminder, ...]:
    """What must be said at ``now`` and has not been said, the gravest first."""
    past = [alarm for alarm in _all(due) if alarm.at <= now]
    over = {alarm.step for alarm in past if alarm.level == "jatuh_tempo"}
    telling = (alarm for alarm in reversed(past) if alarm.level != "menjelang" or alarm.step not in over)
    return tuple(Reminder(alarm, _to(alarm, seen)) for alarm in telling if not _given(alarm, events))


def next_alarm(due: Due | None, events: Sequence[Event], now: datetime) -> datetime | None:
    """When the next reminder is due."""
    return min((alarm.at for alarm in _all(due) if alarm.at > now and not _given(alarm, events)), default=None)


def _all(due: Due | None) -> tuple[Alarm, ...]:
    """The alarms of the deadlines that run."""
    return due.alarms if due else ()


def _given(alarm: Alarm, events: Sequence[Event]) -> bool:
    """Whether the journal says that the alarm rang."""
    return any(event.kind == KIND and _key(alarm).items() <= event.data.items() for event in events)


def _key(alarm: Alarm) -> dict[str, str]:
    """What tells one alarm from all others of its case; a deadline that moved is another one."""
    begun, due = alarm.begun.isoformat(), alarm.due.isoformat()
    return {"tahap": alarm.step, "tingkat": alarm.level, "mulai": begun, "tenggat": due}


def _to(alarm: Alarm, seen: Derived) -> tuple[str, ...]:
    """The officer whose turn it is; of what is late, and of the whole when it is due, the kepala bagian as well."""
    if alarm.level == "terlambat":
        return seen.heads
    also = seen.heads if (alarm.step, alarm.level) == (OVERALL, "jatuh_tempo") else ()
    return tuple(dict.fromkeys((*seen.holders, *also)))
