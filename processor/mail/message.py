"""A message in the outbox and how far it came, as values; and as the small JSON file that remembers it."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

State = Literal["antre", "dikirim", "ditunda", "gagal", "tidak_pasti", "ditahan", "dibatalkan", "usang"]
STATES: tuple[State, ...] = get_args(State)
WAITING: tuple[State, ...] = ("antre", "ditunda")
ENDED: tuple[State, ...] = ("dikirim", "dibatalkan", "usang")
"""Of these the journal only has to know; then they go."""

ReminderItem = tuple[str, str, str, str]
"""A line of a notice to officers: list, number, step and deadline (ISO 8601, or "")."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message: ``content`` is all of it (RFC 5322), with the ``recipient``'s address. ``items`` are what it lists.

    One without content is to be written at the moment of sending, from what the case is then.
    """

    number: str
    event: str
    kind: str
    content: bytes = field(default=b"", repr=False)
    items: tuple[ReminderItem, ...] = ()
    recipient: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """Give its name in the outbox: one event is one message."""
        return ".".join(filter(None, (self.number, self.event)))


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """How far a message came.

    ``tries`` counts attempts; ``next`` is when it is due again (aware), None for at once. ``queued`` is when it was put
    into the outbox (aware): the order in which messages go out.
    """

    name: str
    number: str
    event: str
    kind: str
    state: State = "antre"
    tries: int = 0
    next: datetime | None = None
    reason: str = ""
    changed: datetime | None = None
    queued: datetime | None = None
    items: tuple[ReminderItem, ...] = ()

    @property
    def waiting(self) -> bool:
        """Tell whether it goes out by itself, now or later."""
        return self.state in WAITING

    def due(self, now: datetime) -> bool:
        """Tell whether it should be tried at ``now`` (aware)."""
        return self.waiting and (self.next is None or self.next <= now)


def dump(entry: OutboxEntry) -> bytes:
    """Write the state as a small JSON file; times in full."""
    data = {
        "nomor": entry.number,
        "peristiwa": entry.event,
        "jenis": entry.kind,
        "keadaan": entry.state,
        "percobaan": entry.tries,
        "berikutnya": entry.next.isoformat() if entry.next else None,
        "alasan": entry.reason,
        "diubah": entry.changed.isoformat() if entry.changed else None,
        "masuk": entry.queued.isoformat() if entry.queued else None,
        "butir": entry.items,
    }
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode()


def load(name: str, content: bytes) -> OutboxEntry:
    """Read the state in a file. Raises ValueError, KeyError or TypeError when it is none."""
    data = json.loads(content)
    if data["keadaan"] not in STATES:
        raise ValueError(name)
    times = [datetime.fromisoformat(data[key]) if data[key] else None for key in ("berikutnya", "diubah", "masuk")]
    if any(moment and moment.tzinfo is None for moment in times):
        raise ValueError(name)
    number, event, kind, reason = (str(data[key]) for key in ("nomor", "peristiwa", "jenis", "alasan"))
    items: tuple[ReminderItem, ...] = tuple((str(a), str(b), str(c), str(d)) for a, b, c, d in data["butir"])
    next_, changed, queued = times
    tries = int(data["percobaan"])
    return OutboxEntry(name, number, event, kind, data["keadaan"], tries, next_, reason, changed, queued, items)
