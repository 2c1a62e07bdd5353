"""What a page lists of days off is what the clock passes over, and it is written anew when that changes."""

from datetime import date, timedelta
from pathlib import Path

from processor.cases import deadlines
from processor.foundation import working_days, working_time
from processor.site import publish, special_days
from tests.office import agency


def test_every_day_off_in_the_week_has_a_name_and_no_other_day(tmp_path: Path) -> None:
    found = agency(tmp_path)
    found.days_off.write_text(
        "hari:\n"
        "  - {tanggal: 2026-04-27, nama: Hari jadi, dasar: Pergub 1}\n"
        "  - {tanggal: 2026-12-24, nama: Bekerja, dasar: SE 2, kerja: ya}\n",
        "utf-8",
    )
    calendar, hours = working_time.read_calendar(found.days_off)[0], deadlines.counting_hours(found.layanan)
    listed = special_days.special_days(found, 2026)
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    off = [day for day in days if day.weekday() < 5 and not working_days.is_worked(day, calendar, hours)]
    assert [one.tanggal for one in listed[2026] if not one.kerja] == off
    assert [(one.tanggal, one.nama) for one in listed[2026] if one.kerja] == [(date(2026, 12, 24), "Bekerja (SE 2)")]
    assert "Hari jadi (Pergub 1)" in {one.nama for one in listed[2026]}
    assert list(listed) == [year for year in range(2026, 2040) if calendar.is_known(year)]


def test_another_day_off_lets_the_site_be_built_anew(tmp_path: Path) -> None:
    found = agency(tmp_path)
    before = publish.inputs_digest(found)
    found.days_off.write_text("hari: []\n", "utf-8")
    assert publish.inputs_digest(found) != before
