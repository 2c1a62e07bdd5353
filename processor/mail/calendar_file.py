"""Calendar files (RFC 5545): an appointment, and the days of an officer. When and where, never about what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

_LONGEST = 73  # bytes of a line without its end and the blank of one that goes on


@dataclass(frozen=True, slots=True)
class Meeting:
    """When (aware) somebody of the office speaks with an applicant, and how, in words; ``place`` may be "".

    ``off`` says that it does not take place.
    """

    begins: datetime
    way: str
    place: str = field(default="", repr=False)
    off: bool = False


def calendar_file(meeting: Meeting, number: str, uid: str, sender: str, written: datetime) -> str:
    """Write the calendar file of a meeting: always the same for the same meeting.

    Args:
        meeting: The meeting.
        number: The registration number, all that its title says.
        uid: The name by which a calendar knows the meeting again, also when it is off.
        sender: The office's e-mail address.
        written: When the office noted it (aware).
    """
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Payung//Janji temu//ID"),
        f"METHOD:{'CANCEL' if meeting.off else 'PUBLISH'}",
        *("BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{_utc(written)}", f"DTSTART:{_utc(meeting.begins)}", "DURATION:PT1H"),
        f"SUMMARY:{_escaped(f'Janji temu {number} ({meeting.way})')}",
        *([f"LOCATION:{_escaped(meeting.place)}"] if meeting.place else []),
        f"ORGANIZER:mailto:{sender}",
        f"STATUS:{'CANCELLED' if meeting.off else 'CONFIRMED'}",
        f"SEQUENCE:{int(meeting.off)}",
        *("CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR"),
    ]
    return _written(lines)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something that falls on a moment (aware) or a day; ``uid`` is the name by which a calendar knows it again."""

    uid: str
    title: str
    at: datetime | date


def calendar_feed(entries: Sequence[CalendarEntry], name: str, written: datetime) -> str:
    """Write a calendar of that name, which programs fetch again and again.

    Args:
        entries: What it shows; none takes up time.
        name: What programs call it.
        written: When it was made (aware).
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Payung//Tenggat//ID", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]  # the latter by RFC 7986
    for one in entries:
        lines += _event(one, written)
    return _written([*lines, "END:VCALENDAR"])


def _event(one: CalendarEntry, written: datetime) -> Iterator[str]:
    """Give the lines of one entry."""
    start = f":{_utc(one.at)}" if isinstance(one.at, datetime) else f";VALUE=DATE:{one.at:%Y%m%d}"
    yield from ("BEGIN:VEVENT", f"UID:{one.uid}", f"DTSTAMP:{_utc(written)}", f"DTSTART{start}")
    yield from (f"SUMMARY:{_escaped(one.title)}", "TRANSP:TRANSPARENT", "CLASS:PRIVATE", "END:VEVENT")


def _written(lines: Iterable[str]) -> str:
    """Write lines as such a file has them."""
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Write words as a value: commas, semicolons and line ends mean something of their own."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> list[str]:
    """Break a long line between letters, as no line may have more than 75 bytes."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LONGEST:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += width
    return parts
