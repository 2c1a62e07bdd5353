"""Working days are counted as a person counts them on a calendar."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from processor.foundation import working_days
from processor.foundation.working_time import Calendar, Hours, OpenHours, OwnDay, usual_week

HOURS = Hours(ZoneInfo("Asia/Jakarta"), usual_week(OpenHours(time(8), time(15))))
MONDAY_OFF = Calendar({date(2026, 7, 6): OwnDay(tanggal=date(2026, 7, 6), nama="Hari jadi", dasar="SK 1")})


@pytest.mark.parametrize(
    ("start", "count", "day"),
    [
        (date(2026, 7, 3), 1, date(2026, 7, 6)),
        (date(2026, 7, 3), 5, date(2026, 7, 10)),
        (date(2026, 7, 4), 1, date(2026, 7, 6)),
        (date(2026, 3, 17), 1, date(2026, 3, 25)),  # Nyepi, Idulfitri and their cuti bersama
        (date(2028, 2, 29), 1, date(2028, 3, 1)),
    ],
)
def test_the_first_day_itself_is_not_counted_and_days_off_are_passed_over(start: date, count: int, day: date) -> None:
    assert working_days.day_after(start, count, Calendar(complete=frozenset({2028})), HOURS) == day
    assert working_days.days_between(start, day, Calendar(complete=frozenset({2028})), HOURS) == count


def test_an_offices_own_day_off_is_none() -> None:
    assert working_days.day_after(date(2026, 7, 3), 5, MONDAY_OFF, HOURS) == date(2026, 7, 13)
    assert working_days.days_between(date(2026, 7, 3), date(2026, 7, 6), MONDAY_OFF, HOURS) == 0


def test_an_office_that_never_works_is_told_instead_of_looked_for_without_end() -> None:
    closed = Hours(HOURS.zone, (None,) * 7)
    with pytest.raises(ValueError, match="jam layanan"):
        working_days.day_after(date(2026, 7, 3), 1, Calendar(), closed)
    with pytest.raises(ValueError, match="satu"):
        working_days.day_after(date(2026, 7, 3), 0, Calendar(), HOURS)
