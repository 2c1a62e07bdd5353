"""Whether the computer's clock can be believed when a number is given out, as a number holds the year.

What is remembered of it lies beside the keys. Time that merely passed is no doubt: a weekend, a month off.
"""

import json
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from processor.foundation import atomic_files

Doubt = Literal["", "loncat", "server", "berkas", "mundur", "tahun"]
"""None; it was changed while the program ran; a server said an earlier time, or the disk of a file server did; it is
behind the last pass; a new year that nobody else has told of."""
FAR = timedelta(hours=1)
CHANGED = timedelta(minutes=15)
"""What a clock that runs badly does not lose or gain between two passes."""

_FILE = "ingatan-jam.json"


@dataclass(frozen=True, slots=True)
class ClockMemory:
    """When the clock was last believed (aware), and the doubt that somebody must clear up ("" for none).

    ``running`` are the ``seconds_elapsed`` in that moment, None where nobody noted them.
    """

    last: datetime | None = None
    noted: Doubt = ""
    running: float | None = None


def load(folder: Path) -> ClockMemory:
    """Read what is remembered in ``folder``; nothing where that cannot be read."""
    try:
        data = json.loads((folder / _FILE).read_bytes())
        last = datetime.fromisoformat(data["terakhir"]) if data["terakhir"] else None
        return ClockMemory(last.astimezone(UTC) if last else None, data["ragu"], data.get("menyala"))
    except (OSError, ValueError, LookupError, TypeError):
        return ClockMemory()


def save(folder: Path, known: ClockMemory) -> None:
    """Write what is remembered. Raises OSError when the disk refuses."""
    last = known.last.isoformat(timespec="seconds") if known.last else ""
    data = {"terakhir": last, "ragu": known.noted, "menyala": known.running}
    atomic_files.replace_if_changed(folder / _FILE, json.dumps(data).encode())


def doubt(known: ClockMemory, now: datetime, zone: ZoneInfo, running: float) -> Doubt:
    """Tell why a clock that says ``now`` (aware) is not believed.

    Args:
        known: What is remembered of it.
        now: What it says.
        zone: The office's zone, in which years begin.
        running: ``seconds_elapsed`` in that moment.
    """
    if known.noted or known.last is None:
        return known.noted
    if now < known.last - FAR:
        return "mundur"
    if now.astimezone(zone).year <= known.last.astimezone(zone).year or _ran_on(known, now, running):
        return ""
    return "tahun"


def _ran_on(known: ClockMemory, now: datetime, running: float) -> bool:
    """Tell whether the computer ran for as long as its clock says has passed since it was believed.

    Then at least that much time did pass, so the clock is not ahead. After a restart the computer ran for less.
    """
    if known.last is None or known.running is None:
        return False
    return abs(now - known.last - timedelta(seconds=running - known.running)) <= CHANGED


def compared(known: ClockMemory, now: datetime, elsewhere: datetime, running: float) -> ClockMemory:
    """Give what to remember once a server has said the time: the clock is believed where both agree.

    Args:
        known: What is remembered.
        now: What the clock said in that moment (aware).
        elsewhere: What the server said (aware).
        running: ``seconds_elapsed`` in that moment.
    """
    if now - elsewhere > FAR:
        return replace(known, noted="server")
    return ClockMemory(now, running=running) if abs(now - elsewhere) <= FAR else known


def compared_with_disk(known: ClockMemory, now: datetime, written: datetime) -> ClockMemory:
    """Give what to remember once a file was ``written`` (aware): a file server's clock says when, else this one's own.

    So that both agree clears up nothing but what the same disk said before.
    """
    if now - written > FAR:
        return replace(known, noted="berkas")
    return replace(known, noted="") if known.noted == "berkas" and written - now <= FAR else known


class RunningClock:
    """Compares the clock with what surely runs on while this program does, also while the computer sleeps."""

    def __init__(self, now: datetime, elapsed: float) -> None:
        self._now, self._elapsed = now, elapsed

    def has_changed(self, now: datetime, elapsed: float) -> bool:
        """Tell whether the clock was changed since this was asked last; ``elapsed`` are ``seconds_elapsed``."""
        passed = timedelta(seconds=elapsed - self._elapsed)
        changed = abs(now - self._now - passed) > CHANGED
        self._now, self._elapsed = now, elapsed
        return changed


def seconds_elapsed() -> float:
    """Give the seconds since the computer was started, those in which it slept as well where the system counts them."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)
