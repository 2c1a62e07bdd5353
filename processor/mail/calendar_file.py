"""An appointment as a calendar file (RFC 5545), which a phone takes up by itself: when and where, never about what."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

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
