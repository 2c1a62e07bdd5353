"""The office's clock and what speaks against it: in doubt, numbers wait until a person or a server agrees with it."""

import re
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from processor.foundation import clock_doubts
from processor.foundation.clock_doubts import ClockMemory, Doubt, RunningClock
from processor.foundation.errors import PayungError, Problem
from processor.operations.office import Office

_DATE = re.compile(r"(?:[A-Z][a-z]{2}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT|UTC)")
"""A moment as servers write it (RFC 5322), in a header or in a greeting."""
_TRUST = (
    "Permohonan baru menunggu nomor. Periksa tanggal dan jam komputer. Bila sudah benar: payung jalankan --percaya-jam"
)
_SAID: dict[Doubt, str] = {
    "mundur": "Jam komputer ({now}) lebih lambat daripada putaran yang terakhir ({last}).",
    "loncat": "Jam komputer berubah ketika Payung berjalan; sekarang {now}.",
    "server": "Jam komputer ({now}) jauh di depan jam server email atau web.",
    "berkas": "Jam komputer ({now}) jauh di depan jam server berkas tempat register.",
    "tahun": "Hanya jam komputer ini ({now}) yang mengatakan bahwa tahun sudah berganti, dan nomor memuat tahun.",
}


class ClockDoubtful(PayungError):
    """The clock is in doubt, so no number is given out."""


def doubt(office: Office) -> str:
    """Say why the clock is in doubt and what to do; "" where it is not."""
    known, zone = clock_doubts.load(_folder(office)), office.settings.layanan.zone
    found = clock_doubts.doubt(known, office.now(), zone, clock_doubts.seconds_elapsed())
    last = f"{known.last.astimezone(zone):%d-%m-%Y %H.%M}" if known.last else ""
    return f"{_SAID[found].format(now=f'{office.now():%d-%m-%Y %H.%M}', last=last)} {_TRUST}" if found else ""


def problems(office: Office) -> list[Problem]:
    """Give the doubt as what somebody must mend; nothing where there is none."""
    said = doubt(office)
    return [Problem(office.settings.path.name, None, said)] if said else []


def check(office: Office) -> None:
    """Raise ClockDoubtful where the clock is in doubt: before a number is given out."""
    if said := doubt(office):
        raise ClockDoubtful(said)


def trust(office: Office) -> None:
    """Believe the clock from now on, because a person has looked at it."""
    running = clock_doubts.seconds_elapsed()
    clock_doubts.save(_folder(office), ClockMemory(office.now().astimezone(UTC), running=running))


def passed(office: Office) -> None:
    """Note that a pass ended now, unless the clock is in doubt; and compare with the disk that was just written to.

    The time of a file on another computer's disk is that computer's.
    """
    with suppress(OSError):
        written = datetime.fromtimestamp((office.register.state_folder / "putaran.json").stat().st_mtime, UTC)
        known, now = clock_doubts.load(_folder(office)), datetime.fromtimestamp(time.time(), UTC)
        if (then := clock_doubts.compared_with_disk(known, now, written)) != known:
            clock_doubts.save(_folder(office), then)
    if not doubt(office):
        trust(office)


def heard(office: Office, said: str) -> None:
    """Compare the clock with the moment in what a server ``said``, where there is one."""
    match = _DATE.search(said)
    with suppress(ValueError, OSError):
        if match:
            known, elsewhere = clock_doubts.load(_folder(office)), parsedate_to_datetime(match[0]).astimezone(UTC)
            running = clock_doubts.seconds_elapsed()
            then = clock_doubts.compared(known, office.now().astimezone(UTC), elsewhere, running)
            clock_doubts.save(_folder(office), then)


def note_changes(office: Office, clock: RunningClock) -> None:
    """Note a doubt where the clock was changed since the last pass of this program. Raises OSError."""
    if clock.has_changed(office.now(), clock_doubts.seconds_elapsed()):
        known = clock_doubts.load(_folder(office))
        clock_doubts.save(_folder(office), replace(known, noted="loncat"))


def _folder(office: Office) -> Path:
    return office.settings.office_key.parent
