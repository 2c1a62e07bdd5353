"""Who is signed in at the desk: kept in this process alone, so stopping it signs everybody out."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from processor.operations.desk_accounts import hashed

IDLE = timedelta(minutes=30)
_LONGEST = timedelta(hours=12)
_MOST_TRIES, _FIRST_DELAY, _LONGEST_DELAY = 5, 0.5, 8.0
_FORGIVEN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in, from when on (aware), when they were last seen, and from what browser.

    ``key`` is the hash of what their cookie holds, ``token`` what their forms must send back, ``stamp`` the account's.
    """

    key: str
    officer: str
    stamp: str
    token: str
    begun: datetime
    seen: datetime
    browser: str


@dataclass(slots=True)
class Sessions:
    """The sessions of one desk; ``clock`` gives the time (aware)."""

    clock: Callable[[], datetime]
    _open: dict[str, SignedIn] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, officer: str, stamp: str, browser: str) -> str:
        """Sign an officer in; give what their cookie must hold."""
        cookie, now = secrets.token_urlsafe(32), self.clock()
        key = hashed(cookie)
        with self._lock:
            self._open = {key: one for key, one in self._open.items() if _lasts(one, now)}
            self._open[key] = SignedIn(key, officer, stamp, secrets.token_urlsafe(16), now, now, browser[:120])
        return cookie

    def find(self, cookie: str) -> SignedIn | None:
        """Give whose cookie that is, and count them as seen; None where it opens nothing any more."""
        with self._lock:
            now, key = self.clock(), hashed(cookie)
            found = self._open.get(key)
            if found is None or not _lasts(found, now):
                self._open.pop(key, None)
                return None
            self._open[key] = replace(found, seen=now)
            return self._open[key]

    def of(self, officer: str) -> list[SignedIn]:
        """List an officer's sessions, the last seen first."""
        with self._lock:
            now = self.clock()
            mine = [one for one in self._open.values() if one.officer == officer and _lasts(one, now)]
        return sorted(mine, key=lambda one: one.seen, reverse=True)

    def end(self, officer: str, key: str) -> None:
        """End one session, if it is this officer's."""
        with self._lock:
            if key in self._open and self._open[key].officer == officer:
                del self._open[key]


def _lasts(session: SignedIn, now: datetime) -> bool:
    """Tell whether a session still counts: used within half an hour, and begun today."""
    return now - session.seen < IDLE and now - session.begun < _LONGEST


@dataclass(slots=True)
class Tries:
    """How often in a row a name was given with what opens nothing; that slows the next try, and never refuses it.

    Names that are nobody's are counted alike, so that nothing tells which there are.
    """

    clock: Callable[[], datetime]
    _wrong: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def delay(self, name: str) -> float:
        """Give the seconds that the next try of a name waits before it is looked at."""
        wrong, last = self._wrong.get(_slot(name), (0, self.clock()))
        if not wrong or self.clock() - last > _FORGIVEN:
            return 0.0
        return min(_FIRST_DELAY * 2.0 ** min(wrong - 1, _MOST_TRIES), _LONGEST_DELAY)

    def failed(self, name: str) -> None:
        """Count a wrong try."""
        wrong = self._wrong.get(_slot(name), (0, self.clock()))[0] if self.delay(name) else 0
        self._wrong[_slot(name)] = (wrong + 1, self.clock())

    def succeeded(self, name: str) -> None:
        """Forget the wrong tries of a name."""
        self._wrong.pop(_slot(name), None)


def _slot(name: str) -> str:
    """Give where the tries of a name are counted; few thousand places, so that made-up names take no memory."""
    return hashed(name)[:3]
