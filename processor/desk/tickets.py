"""One-time tickets for what is sealed: each opens one thing, once, in the session that gave the reason for it."""

import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime

from processor.operations.desk_accounts import hashed


@dataclass(frozen=True, slots=True)
class Opening:
    """What a ticket opens, until when (aware): the identity of a case, or with an ``attachment`` (from 1) that one.

    ``session`` is the token of whose forms it came from, ``who`` the journal names, and why; ``kept`` tells whether the
    attachment is for keeping, not for showing.
    """

    number: str
    session: str
    who: str
    reason: str
    until: datetime
    attachment: int = 0
    kept: bool = False


@dataclass(slots=True)
class Tickets:
    """The tickets of one desk that were not used yet; kept in this process alone, by the hash of each."""

    _open: dict[str, Opening] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def issue(self, opening: Opening, now: datetime) -> str:
        """Give a ticket that nobody can guess; forget those whose time is over."""
        ticket = secrets.token_urlsafe(24)
        with self._lock:
            self._open = {key: one for key, one in self._open.items() if now < one.until}
            self._open[hashed(ticket)] = opening
        return ticket

    def redeem(self, ticket: str, now: datetime) -> Opening | None:
        """Take what a ticket opens, once and in its time; None ever after, whoever asked for it first."""
        with self._lock:
            found = self._open.pop(hashed(ticket), None)
        return found if found and now < found.until else None
