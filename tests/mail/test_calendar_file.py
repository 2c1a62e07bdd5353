"""A calendar file holds when and where, in lines that any calendar reads, and nothing of the matter."""

from datetime import date, timedelta

from processor.mail.calendar_file import CalendarEntry, Meeting, calendar_feed, calendar_file
from tests.office import START

MEETING = Meeting(START + timedelta(days=2), "lewat video", "Ruang 3; lantai 2, " + "é" * 100)


def test_lines_are_short_and_unfold_to_what_was_said() -> None:
    text = calendar_file(MEETING, "BH-2026-0001", "a@b", "biro@example.go.id", START)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    lines = text.replace("\r\n ", "").split("\r\n")
    assert f"LOCATION:Ruang 3\\; lantai 2\\, {'é' * 100}" in lines
    assert {"DTSTART:20260304T010007Z", "SUMMARY:Janji temu BH-2026-0001 (lewat video)", "STATUS:CONFIRMED"} < {*lines}
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_what_is_off_takes_the_same_entry_out() -> None:
    off = Meeting(MEETING.begins, MEETING.way, off=True)
    on, gone = (calendar_file(one, "BH-2026-0001", "a@b", "biro@example.go.id", START) for one in (MEETING, off))
    assert [line for line in gone.split("\r\n") if line not in on.split("\r\n")] == [
        "METHOD:CANCEL",
        "STATUS:CANCELLED",
        "SEQUENCE:1",
    ]


def test_a_feed_holds_moments_and_days_that_take_up_no_time() -> None:
    entries = [CalendarEntry("a@payung", "Tenggat, satu", START), CalendarEntry("b@payung", "é" * 60, date(2026, 3, 9))]
    text = calendar_feed(entries, "Payung: tenggat", START)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert text.replace("\r\n ", "").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Payung//Tenggat//ID",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Payung: tenggat",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "BEGIN:VEVENT",
        "UID:a@payung",
        "DTSTAMP:20260302T010007Z",
        "DTSTART:20260302T010007Z",
        "SUMMARY:Tenggat\\, satu",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:b@payung",
        "DTSTAMP:20260302T010007Z",
        "DTSTART;VALUE=DATE:20260309",
        f"SUMMARY:{'é' * 60}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
