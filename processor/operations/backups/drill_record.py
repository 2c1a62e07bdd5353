"""What the office's journal tells of drills, and the warning where there was none for long."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from processor.cases.records import Event
from processor.foundation.errors import Problem
from processor.foundation.indonesian_dates import tanggal
from processor.operations import office_records, side_journal
from processor.operations.office import Office

DRILLED = "latihan_pemulihan"
"""The event of a drill: of which ``cadangan``, the SHA-256 of its ``daftar``, and whether it ended ``baik``."""
_OFTEN = timedelta(days=30)
_EXAMPLE = "contoh"  # the state in which the example office keeps that it is one (cli/example)
_HOW = "Jalankan: payung cadangkan, lalu payung pulihkan --latihan"
_WAIT = 60.0  # seconds for whoever writes


def record(office: Office, who: str, told: dict[str, object]) -> None:
    """Let the office's journal say that a backup was tried out. Raises Busy."""
    with office.register.lock(_WAIT):
        side_journal.append(office.register, office_records.JOURNAL, Event(DRILLED, office.now(), who, told))


def last_good(office: Office) -> datetime | None:
    """Tell when a backup was last found sound; None where that never was. Raises OSError."""
    return max((one.time for one in told(office) if one.data.get("baik")), default=None)


def told(office: Office) -> list[Event]:
    """Give every drill that the office's journal tells of, oldest first. Raises OSError."""
    events, _ = side_journal.read(office.register, office_records.JOURNAL)
    return [one for one in events if one.kind == DRILLED]


def check(office: Office) -> Iterator[Problem]:
    """Warn where no backup was found sound for thirty days, once the office has cases."""
    if not office.register.numbers() or office.register.state(_EXAMPLE):
        return
    last, place = last_good(office), str(office.register.folder)
    if last is None:
        yield Problem(place, None, "Belum pernah dicoba apakah register ini dapat dipulihkan dari cadangannya.", _HOW)
    elif office.now() - last > _OFTEN:
        day = tanggal(last.astimezone(office.now().tzinfo).date())
        message = f"Pemulihan dari cadangan terakhir dicoba dengan baik {day}, lebih dari 30 hari yang lalu."
        yield Problem(place, None, message, _HOW)
