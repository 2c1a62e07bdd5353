"""Sends what is due in the outbox, and records of each message what truly became of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from email.policy import SMTP
from functools import partial

from processor.foundation.errors import BrokenFiles, Busy, PayungError
from processor.foundation.settings import Settings
from processor.mail.message import Message, OutboxEntry, State
from processor.mail.outbox import FOLDER, Outbox
from processor.mail.retries import Outcome, attempt_ended, attempt_started, obsolete, retry_later
from processor.mail.smtp import UNCERTAIN, Connection, ServerUnusable

NO_SERVER = "Server email belum diatur. Isi email.server di payung.yaml; pemberitahuan menunggu sampai saat itu."
_UNREADABLE = (
    "Berkas pesan ini hilang, rusak, atau disegel dengan kunci lain. Pulihkan dari cadangan, lalu kirim ulang."
)
_BROKE_OFF = "Sambungan ke server email putus ketika mengirim. Yang lain menunggu, dan dicoba lagi sendiri."
_CANNOT_BE_WRITTEN = "Belum dapat dikirim: {} Dicoba lagi sendiri."

Content = Callable[[OutboxEntry], Message | None]
"""What to send for a message; None when it need not be sent any more. Raises BrokenFiles while it cannot be written."""


def as_queued(outbox: Outbox, entry: OutboxEntry) -> Message:
    """Give a message as it was queued. Raises PayungError or OSError when it cannot be opened."""
    content = outbox.content(entry.name)
    return Message(entry.number, entry.event, entry.kind, content, entry.items, _recipient(content))


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a round of sending did: name and new state of each message tried; what waits; what is wrong."""

    tried: tuple[tuple[str, State], ...] = ()
    waiting: int = 0
    trouble: str = ""
    """Why the mail server could not be used; empty when it could."""
    failures: tuple[str, ...] = ()
    """Messages whose files could not be read or written, each with cause and mend."""


def send_due(
    outbox: Outbox,
    settings: Settings,
    now: datetime,
    content: Content | None = None,
    *,
    timeout: float = 30.0,
    heard: Callable[[str], object] = str,
) -> DeliveryReport:
    """Send what is due, in the order of queueing. A bad message stops only itself; without a server everything waits.

    When nothing is due, nothing is locked, no password read and no connection made; while the server is talked to,
    nothing is locked either. A server that hangs or breaks off in the middle ends the round.

    Args:
        outbox: the messages.
        settings: the mail server, and the pause between attempts.
        now: the time of this round (aware).
        content: gives a message's bytes just before it goes out; by default it goes as it was queued.
        timeout: how long the server may take for an answer, in seconds.
        heard: is told what the server greets with, which may say the time.
    """
    entries = outbox.entries()
    due = [entry.name for entry in entries if entry.due(now)]
    if not due or not settings.email.server:
        waiting = _waiting(entries)
        return DeliveryReport(waiting=waiting, trouble=NO_SERVER if waiting and not settings.email.server else "")
    pause = timedelta(minutes=settings.email.jeda)
    round_ = _Round(outbox, Connection(settings, timeout, heard), now, pause, content or partial(as_queued, outbox))
    try:
        for name in due:
            round_.try_message(name)
    finally:
        round_.connection.close()
    return DeliveryReport(tuple(round_.tried), _waiting(outbox.entries()), round_.trouble, tuple(round_.failures))


def _waiting(entries: tuple[OutboxEntry, ...]) -> int:
    """Count the messages that wait to be sent."""
    return sum(entry.waiting for entry in entries)


class _Overtaken(Exception):
    """Another process or an officer has changed the message meanwhile, so this round leaves it alone."""


@dataclass
class _Round:
    """One round of sending and what came of it."""

    outbox: Outbox
    connection: Connection
    now: datetime
    pause: timedelta
    content: Content
    trouble: str = ""
    tried: list[tuple[str, State]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def try_message(self, name: str) -> None:
        """Try one message, unless it is no longer due."""
        try:
            entry = self.outbox.find(name)
            if entry and entry.due(self.now):
                self.tried.append((name, self._attempt_or_postpone(entry).state))
        except _Overtaken:
            return
        except Busy as error:
            self.failures.append(f"{name}: {error}")
        except (PayungError, OSError) as error:
            why = error if isinstance(error, PayungError) else type(error).__name__
            self.failures.append(f"{name}: {why}. Periksa ruang disk dan izin folder {FOLDER}.")

    def _attempt_or_postpone(self, entry: OutboxEntry) -> OutboxEntry:
        """Attempt one message, or put it off where the server cannot be used or the message cannot be written."""
        try:
            if not self.trouble:
                self.connection.connect()
        except ServerUnusable as error:
            self.trouble = str(error)
        if self.trouble:
            return self._record(entry, retry_later(entry, self.trouble, self.now, self.pause))
        try:
            message = self.content(entry)
        except BrokenFiles as error:
            reason = _CANNOT_BE_WRITTEN.format(" ".join(problem.sentence for problem in error.problems))
            self.failures.append(f"{entry.name}: {reason}")
            return self._record(entry, retry_later(entry, reason, self.now, self.pause))
        except (PayungError, OSError):
            return self._record(entry, attempt_ended(entry, Outcome("tetap", _UNREADABLE), self.now, self.pause))
        return self._record(entry, obsolete(entry, self.now)) if message is None else self._attempt(entry, message)

    def _attempt(self, entry: OutboxEntry, message: Message) -> OutboxEntry:
        """Hand the message over; just before its content goes out it is recorded as uncertain."""
        if not message.recipient:
            return self._record(entry, attempt_ended(entry, Outcome("tetap", _UNREADABLE), self.now, self.pause))
        entry = self._record(entry, attempt_started(entry, self.now, self.pause))
        uncertain = attempt_ended(entry, Outcome("putus", UNCERTAIN), self.now, self.pause)
        outcome = self.connection.send(message.content, message.recipient, partial(self._record, entry, uncertain))
        if outcome.kind in {"gangguan", "putus"}:
            self.trouble = outcome.reason if outcome.kind == "gangguan" else _BROKE_OFF
        done = attempt_ended(entry, outcome, self.now, self.pause)
        if not self.outbox.compare_and_set(entry, done):
            self._record(uncertain, done)
        return done

    def _record(self, before: OutboxEntry, then: OutboxEntry) -> OutboxEntry:
        """Record ``then``. Raises _Overtaken where the message is no longer as it was ``before``."""
        if not self.outbox.compare_and_set(before, then):
            raise _Overtaken
        return then


def _recipient(content: bytes) -> str:
    """Read the address to which a message goes; "" when it has none."""
    try:
        return str(BytesHeaderParser(policy=SMTP).parsebytes(content)["To"].addresses[0].addr_spec)
    except (AttributeError, IndexError, TypeError):
        return ""
