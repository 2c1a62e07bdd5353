"""Times as exports write them: what is read, what is refused, what is doubtful."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.intake.sources.timestamps import Cell, looks_like_time, order_of, parse

WITA = ZoneInfo("Asia/Makassar")
EVENING = datetime(2025, 10, 24, 18, 46, 43)  # noqa: DTZ001  each test gives it a zone


def hours(offset: float) -> timezone:
    return timezone(timedelta(hours=offset))


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2025/10/24 6:46:43 PM GMT+7", hours(7)),
        ("2025/10/24 06:46:43 pm gmt+07:00", hours(7)),
        ("2025/10/24 6:46:43 PM GMT-3:30", hours(-3.5)),
        ("2025/10/24 6:46:43\u202fPM WIB", hours(7)),
        ("2025/10/24 18:46:43 (WITA)", hours(8)),
        ("2025/10/24 18.46.43 WIT", hours(9)),
        ("2025-10-24T18:46:43Z", UTC),
        ("2025-10-24T18:46:43+09:00", hours(9)),
        ("2025-10-24 18:46:43", WITA),
        ("24/10/2025 18:46:43", WITA),
        ("24/10/2025, 18.46.43", WITA),
        ("10/24/25 18:46:43", WITA),
        (EVENING, WITA),
        (45954.782442129632, WITA),
    ],
)
def test_a_time_is_read(text: Cell, zone: timezone) -> None:
    stamp = parse(text, WITA, order_of([text]))
    assert (stamp.time, stamp.message) == (EVENING.replace(tzinfo=zone), "")


@pytest.mark.parametrize("zone", ["IST", "CST", "Asia/Jakarta", "GMT+99", "BST"])
def test_an_unknown_zone_is_named(zone: str) -> None:
    stamp = parse(f"2025/10/24 6:46:43 PM {zone}", WITA, None)
    assert stamp.time is None
    assert zone in stamp.message


@pytest.mark.parametrize(
    "text", ["", "kemarin", "2025/13/45 10:00", "2025/10/24 13:00 PM", "0000/00/00 00:00", 7, True, 1e300]
)
def test_what_is_no_time_is_refused(text: Cell) -> None:
    stamp = parse(text, WITA, None)
    assert stamp.time is None
    assert stamp.message
    assert stamp.mend


def test_a_date_alone_is_its_midnight() -> None:
    assert parse(date(2025, 10, 24), WITA, None).time == datetime(2025, 10, 24, tzinfo=WITA)


def test_a_column_shows_whether_day_or_month_stands_first() -> None:
    assert order_of(["3/4/2026 10:00", "24/4/2026 10:00"]) == "hari"
    assert order_of(["3/4/2026 10:00", "4/24/2026 10:00"]) == "bulan"
    assert order_of(["3/4/26 10:00"]) == "bulan"
    assert order_of(["3/4/2026 10:00", "2026-04-03 10:00"]) is None


def test_a_doubtful_date_is_read_and_said_to_be_doubtful() -> None:
    stamp = parse("3/4/2026 10:00", WITA, None)
    assert stamp.time == datetime(2026, 3, 4, 10, tzinfo=WITA)
    assert "tidak pasti" in stamp.message
    assert parse("4/4/2026 10:00", WITA, None).message == ""
    assert parse("3/4/2026 10:00", WITA, "hari").time == datetime(2026, 4, 3, 10, tzinfo=WITA)


@given(st.one_of(st.text(max_size=40), st.floats(), st.from_regex(r"[0-9/.: APM+GT-]{0,30}", fullmatch=True)))
def test_nothing_makes_it_raise(cell: Cell) -> None:
    assert parse(cell, WITA, None).time is None or looks_like_time(cell) or isinstance(cell, float)
