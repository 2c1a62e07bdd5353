"""The calendar of the officer who looks, as a file to be taken up once."""

from processor.desk.visit import NoSuchPage, Sent, Visit
from processor.operations import officer_calendar

MEDIA_TYPE = "text/calendar; charset=utf-8"


def calendar_file(visit: Visit) -> Sent:
    """Send the calendar of the officer who looks. Raises NoSuchPage where that is nobody."""
    if not visit.me:
        raise NoSuchPage("Pilih dahulu nama Anda di halaman depan: kalender dibuat untuk seorang petugas.")
    return Sent(officer_calendar.calendar(visit.office, visit.me).encode(), MEDIA_TYPE, "payung.ics")
