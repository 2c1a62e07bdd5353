"""A round of sending: what is due in the outbox goes to the mail server; its state tells what truly became of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from functools import partial

from processor.errors import Busy, PayungError
from processor.outbox import FOLDER, Entry, Outbox, State, after, begun, postponed
from processor.settings import Settings
from processor.smtp import UNCERTAIN, Line, Outcome, Trouble

NO_SERVER = "Server email belum diatur. Isi email.server di payung.yaml; pemberitahuan menunggu sampai saat itu."
_UNREADABLE = (
    "Berkas pesan ini hilang, rusak, atau disegel dengan kunci lain. Pulihkan dari cadangan, lalu kirim ulang."
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a round of sending did: name and new state of each message tried; what waits; what is wrong."""

    tried: tuple[tuple[str, State], ...] = ()
    waiting: int = 0
    trouble: str = ""
    """Why the mail server could not be used; empty when it could."""
    failures: tuple[str, ...] = ()
    """Messages whose files could not be read or written, each with cause and mend."""


def send_due(outbox: Outbox, settings: Settings, now: datetime, *, timeout: float = 30.0) -> Report:
    """Send what is due at ``now`` (aware). Without a server everything waits; a bad message stops only itself.

    When nothing is due, nothing is locked, no password read and no connection made. Another process may hold,
    release or send meanwhile: the outbox is locked for one message at a time. ``timeout`` is the server's, in seconds.
    """
    entries = outbox.entries()
    due = [entry.name for entry in entries if entry.due(now)]
    if not due or not settings.email.server:
        waiting = _waiting(entries)
        return Report(waiting=waiting, trouble=NO_SERVER if waiting and not settings.email.server else "")
    round_ = _Round(outbox, Line(settings, timeout), now, timedelta(minutes=settings.email.jeda))
    try:
        for name in due:
            round_.try_one(name)
    finally:
        round_.line.close()
    return Report(tuple(round_.tried), _waiting(outbox.entries()), round_.trouble, tuple(round_.failures))


def _waiting(entries: tuple[Entry, ...]) -> int:
    """How many messages wait to be sent."""
    return sum(entry.state in {"antre", "ditunda"} for entry in entries)


@dataclass
class _Round:
    """One round of sending and what came of it."""

    outbox: Outbox
    line: Line
    now: datetime
    pause: timedelta
    trouble: str = ""
    tried: list[tuple[str, State]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def try_one(self, name: str) -> None:
        """Try one message, unless it is no longer due."""
        try:
            with self.outbox.lock():
                entry = self.outbox.entry(name)
                if not entry.due(self.now):
                    return
                entry = self.outbox.save(self._tried(entry))
        except Busy as error:
            self.failures.append(f"{name}: {error}")
        except (PayungError, OSError) as error:
            why = error if isinstance(error, PayungError) else type(error).__name__
            self.failures.append(f"{name}: {why}. Periksa ruang disk dan izin folder {FOLDER}.")
        else:
            self.tried.append((name, entry.state))

    def _tried(self, entry: Entry) -> Entry:
        """``entry`` after an attempt, or put off where the server cannot be used."""
        try:
            if not self.trouble:
                self.line.open()
        except Trouble as error:
            self.trouble = str(error)
        if self.trouble:
            return postponed(entry, self.trouble, self.now, self.pause)
        entry = self.outbox.save(begun(entry, self.now, self.pause))
        outcome = self._attempt(entry)
        if outcome.kind == "gangguan":
            self.trouble = outcome.reason
        return after(entry, outcome, self.now, self.pause)

    def _attempt(self, entry: Entry) -> Outcome:
        """Hand the message over; just before its content goes out it is recorded as uncertain."""
        try:
            content = self.outbox.content(entry.name)
            recipient = message_from_bytes(content, policy=SMTP)["To"].addresses[0].addr_spec
        except (PayungError, OSError, AttributeError, IndexError, TypeError):
            return Outcome("tetap", _UNREADABLE)
        uncertain = after(entry, Outcome("putus", UNCERTAIN), self.now, self.pause)
        return self.line.send(content, recipient, partial(self.outbox.save, uncertain))
