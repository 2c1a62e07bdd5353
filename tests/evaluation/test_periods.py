"""A period has the days that people expect, and its reports are due when the office promised."""

from datetime import date, timedelta

import pytest

from processor.evaluation import periods
from processor.evaluation.periods import Period
from processor.foundation.errors import PayungError
from processor.foundation.working_time import Calendar
from tests.foundation.test_working_days import HOURS


@pytest.mark.parametrize(
    ("text", "first", "last", "title"),
    [
        ("2026-1", date(2026, 1, 1), date(2026, 3, 31), "Triwulan I Tahun 2026"),
        ("2026-3", date(2026, 7, 1), date(2026, 9, 30), "Triwulan III Tahun 2026"),
        (" 2026-4 ", date(2026, 10, 1), date(2026, 12, 31), "Triwulan IV Tahun 2026"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "Tahun 2026"),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, first: date, last: date, title: str) -> None:
    period = periods.parse(text)
    assert (period.first, period.last, period.title, str(period)) == (first, last, title, text.strip())


@pytest.mark.parametrize("text", ["2026-0", "2026-5", "26-1", "2026-13", "triwulan 3", "", "2026/3", "0026"])
def test_what_is_no_period_is_told_with_what_to_write(text: str) -> None:
    with pytest.raises(PayungError, match="2026-3"):
        periods.parse(text)


def test_every_day_lies_in_one_quarter_of_one_year() -> None:
    day = date(2025, 12, 1)
    while day < date(2027, 2, 1):
        near = [period for year in (2025, 2026, 2027) for period in Period(year).quarters if period.holds(day)]
        assert near == [periods.quarter_of(day)]
        assert [year for year in (2025, 2026, 2027) if Period(year).holds(day)] == [day.year]
        day += timedelta(days=1)


def test_periods_follow_each_other() -> None:
    assert (Period(2026, 4).next, Period(2026, 1).previous) == (Period(2027, 1), Period(2025, 4))
    assert (Period(2026).next, Period(2026).previous) == (Period(2027), Period(2025))
    assert Period(2026, 3).quarters == (Period(2026, 3),)
    assert Period(2026, 3).month_names() == ("Juli", "Agustus", "September")


def test_a_quarter_is_due_ten_working_days_after_it_and_a_year_before_its_end() -> None:
    calendar = Calendar()
    assert [one.day for one in periods.due_days(Period(2026, 3), calendar, HOURS)] == [date(2026, 10, 14)]
    # after new year's day Isra Mikraj is off, Tuesday 5 January
    assert [one.day for one in periods.due_days(Period(2026, 4), calendar, HOURS)] == [date(2027, 1, 18)]
    assert [(one.name, one.day) for one in periods.due_days(Period(2026), calendar, HOURS)] == [
        ("rancangan laporan tahunan", date(2026, 12, 1)),
        ("laporan tahunan", date(2026, 12, 31)),
    ]
