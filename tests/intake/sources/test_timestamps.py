"""Times as exports write them: what is read, what is refused, what is doubtful."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.intake.sources.timestamps import Cell, digit_date, doubt, is_time_number, looks_like_time, parse

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
        ("Jumat, 24 Oktober 2025 pukul 18.46.43 WIB", hours(7)),
        ("24 Okt 2025 18:46:43", WITA),
        (EVENING, WITA),
        (45954.782442129632, WITA),
        ("45954,782442129632", WITA),
        (1761302803, WITA),
        ("1761302803000", WITA),
    ],
)
def test_a_time_is_read(text: Cell, zone: timezone) -> None:
    stamp = parse(text, WITA, "bulan")
    assert (stamp.time, stamp.message) == (EVENING.replace(tzinfo=zone), "")


@pytest.mark.parametrize("zone", ["IST", "CST", "Asia/Jakarta", "GMT+99", "BST"])
def test_an_unknown_zone_is_named(zone: str) -> None:
    stamp = parse(f"2025/10/24 6:46:43 PM {zone}", WITA, "bulan")
    assert stamp.time is None
    assert zone in stamp.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kemarin",
        "2025/13/45 10:00",
        "2025/10/24 13:00 PM",
        "0000/00/00 00:00",
        7,
        True,
        1e300,
        float("nan"),
        "12345",
        "9999999999",
        "30 Februari 2026",
    ],
)
def test_what_is_no_time_is_refused(text: Cell) -> None:
    stamp = parse(text, WITA, "hari")
    assert stamp.time is None
    assert stamp.message
    assert stamp.mend


def test_a_date_alone_is_its_midnight() -> None:
    assert parse(date(2025, 10, 24), WITA, "hari").time == datetime(2025, 10, 24, tzinfo=WITA)


def test_a_doubtful_date_is_read_as_assumed_and_said_to_be_doubtful() -> None:
    month, day = datetime(2026, 3, 4, 10, tzinfo=WITA), datetime(2026, 4, 3, 10, tzinfo=WITA)
    for order, first, second in (("bulan", month, day), ("hari", day, month)):
        stamp = parse("3/4/2026 10:00", WITA, order, certain=False)  # type: ignore[arg-type]  # a tuple of its words
        assert (stamp.time, stamp.other) == (first, second)
        assert "tidak pasti" in stamp.message
        assert stamp.mend
    assert "dibaca tanggal lebih dulu" in parse("3/4/2026 10:00", WITA, "hari", certain=False).message
    assert parse("4/4/2026 10:00", WITA, "bulan", certain=False).message == ""
    assert parse("24/4/2026 10:00", WITA, "bulan", certain=False).message == ""
    assert parse("3/4/2026 10:00", WITA, "hari").message == ""


def test_only_a_date_of_digits_has_another_reading() -> None:
    assert parse("2026/3/4 10:00", WITA, "hari").other is None
    assert parse("4 Maret 2026", WITA, "hari").other is None
    assert parse("24/4/2026", WITA, "hari").other is None
    assert parse(datetime(2026, 3, 4, 10), WITA, "hari").other == datetime(2026, 4, 3, 10, tzinfo=WITA)  # noqa: DTZ001  as a sheet holds it


def test_what_a_spreadsheet_has_swapped_is_put_right_where_it_can_be_swapped() -> None:
    cell = datetime(2026, 3, 11, 8, 41)  # noqa: DTZ001  as a sheet holds it
    stamp = parse(cell, WITA, "hari", swapped=True)
    assert (stamp.time, stamp.other) == (cell.replace(month=11, day=3, tzinfo=WITA), cell.replace(tzinfo=WITA))
    same = parse(cell.replace(day=3), WITA, "hari", swapped=True)
    assert (same.time, same.other) == (cell.replace(day=3, tzinfo=WITA), None)


@pytest.mark.parametrize(
    ("text", "parts", "dotted", "short"),
    [
        ("3/4/2026 10:00:05", (3, 4), False, False),
        ("3/4/26 10.00", (3, 4), True, True),
        ("13.4.2026", (13, 4), True, False),
    ],
)
def test_a_date_of_digits_says_how_it_is_written(text: str, parts: tuple[int, int], dotted: bool, short: bool) -> None:  # noqa: FBT001
    found = digit_date(text)
    assert found is not None
    assert (found.parts, found.year, found.dotted, found.short_year) == (parts, 2026, dotted, short)


@pytest.mark.parametrize("cell", ["2026/3/4 10:00", "4 Maret 2026", "3/4/2026 25:00 PM", 45954.5, ""])
def test_what_is_no_date_of_digits_has_no_order(cell: Cell) -> None:
    assert digit_date(cell) is None


@pytest.mark.parametrize(
    ("days", "words"), [(0, ""), (0.01, "masa depan"), (-1800, ""), (-1830, "lima tahun"), (300000, "masa depan")]
)
def test_a_time_in_the_future_or_of_long_ago_is_doubted(days: float, words: str) -> None:
    now = datetime(2026, 11, 27, 12, tzinfo=WITA)
    message, mend = doubt(now + timedelta(days=days), now)
    assert words in message
    assert bool(message) is bool(mend) is bool(words)


@pytest.mark.parametrize(
    ("cell", "time"), [(45954.7, True), (1761302803, True), (7, False), (True, False), ("x", False)]
)
def test_a_number_can_be_a_time(cell: Cell, *, time: bool) -> None:
    assert is_time_number(cell) is time


@pytest.mark.parametrize("text", ["Jumat, 10/07/2026 18:46:43", "Jumat, 07/10/2026 18:46:43"])
def test_a_weekday_tells_the_day_from_the_month(text: str) -> None:
    stamp = parse(text, WITA, "bulan")
    assert (stamp.time, stamp.message) == (datetime(2026, 7, 10, 18, 46, 43, tzinfo=WITA), "")


def test_a_weekday_that_the_day_is_not_is_told() -> None:
    assert "tidak cocok" in parse("Senin, 24 Oktober 2025 pukul 18.46.43", WITA, "hari").message


@pytest.mark.parametrize("number", [1761302803, "1761302803", 1761302803000, 45954.782442129632 - 1462])
def test_only_a_day_number_counts_from_the_first_day_of_its_workbook(number: Cell) -> None:
    assert parse(number, WITA, "hari", days_before=1462).time == EVENING.replace(tzinfo=WITA)


@given(st.one_of(st.text(max_size=40), st.floats(), st.from_regex(r"[0-9/.: APM+GT-]{0,30}", fullmatch=True)))
def test_nothing_makes_it_raise(cell: Cell) -> None:
    assert parse(cell, WITA, "hari").time is None or looks_like_time(cell) or is_time_number(cell)
