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
        """Give what the journal keeps of it."""
        return {**_identifying(self.alarm), "kepada": list(self.to)}


def owed_now(
    due: Due | None, derived: Derived, events: Sequence[Event], now: datetime, since: datetime | None = None
) -> tuple[Reminder, ...]:
    """List the reminders due at ``now`` that were not given yet, the gravest first.

    Args:
        due: The deadlines that run.
        derived: What follows from the case.
        events: Its journal.
        now: The moment.
        since: When this office began to count as it does: of what was before, nobody is reminded. Both are aware.
    """
    past = [alarm for alarm in _alarms_of(due) if alarm.at <= now and not (since and alarm.at < since)]
    over = {alarm.step for alarm in past if alarm.level == "jatuh_tempo"}
    telling = (alarm for alarm in reversed(past) if alarm.level != "menjelang" or alarm.step not in over)
    return tuple(Reminder(alarm, _addressees(alarm, derived)) for alarm in telling if not _was_given(alarm, events))


def next_alarm(due: Due | None, events: Sequence[Event], now: datetime) -> datetime | None:
    """Give when the next reminder is due (aware), None when none is."""
    return min(
        (alarm.at for alarm in _alarms_of(due) if alarm.at > now and not _was_given(alarm, events)), default=None
    )


def _alarms_of(due: Due | None) -> tuple[Alarm, ...]:
    """Give the alarms of the deadlines that run."""
    return due.alarms if due else ()


def _was_given(alarm: Alarm, events: Sequence[Event]) -> bool:
    """Tell whether the journal says that the alarm was given."""
    return any(event.kind == KIND and _identifying(alarm).items() <= event.data.items() for event in events)


def _identifying(alarm: Alarm) -> dict[str, str]:
    """Give what tells one alarm from all others of its case; a deadline that moved is another one."""
    begun, due = alarm.begun.isoformat(), alarm.due.isoformat()
    return {"tahap": alarm.step, "tingkat": alarm.level, "mulai": begun, "tenggat": due}


def _addressees(alarm: Alarm, derived: Derived) -> tuple[str, ...]:
    """Give whose turn it is; for what is late, and for the whole when it is due, the kepala bagian as well."""
    if alarm.level == "terlambat":
        return derived.heads
    also = derived.heads if (alarm.step, alarm.level) == (OVERALL, "jatuh_tempo") else ()
    return tuple(dict.fromkeys((*derived.holders, *also)))
