"""Days and times as Indonesians write them."""

from datetime import date, datetime, timedelta, timezone

import pytest

from processor.foundation import indonesian_dates

WIB, WITA = (timezone(timedelta(hours=hours)) for hours in (7, 8))


@pytest.mark.parametrize(
    "written",
    [
        "21-12-2026", "21/12/2026", "21.12.2026", "21 Desember 2026", "21 des 2026", "21-Des-2026", "2026-12-21",
        "Senin, 21 Desember 2026", "21 Desember 2026 pukul 09.40 WIB", "21-12-2026 09:40", "2026-12-21T09:40:00+07:00",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert indonesian_dates.read_date(written) == date(2026, 12, 21)


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("21 Desember 2026 pukul 09.40 WIB", datetime(2026, 12, 21, 9, 40, tzinfo=WIB)),
        ("Senin, 21/12/2026 jam 9:40:05 WITA", datetime(2026, 12, 21, 9, 40, 5, tzinfo=WITA)),
        ("5 Nopember 2026, pkl. 09.40", datetime(2026, 11, 5, 9, 40)),  # noqa: DTZ001 -- it names no zone
        ("Jum'at, 18 Desember 2026 pukul 09.40 WIB", datetime(2026, 12, 18, 9, 40, tzinfo=WIB)),
        ("Jum’at 18 Des 2026 - 09.40 (WITA)", datetime(2026, 12, 18, 9, 40, tzinfo=WITA)),
        ("Sen, 21 Desember 2026 pukul 9.40 GMT+8", datetime(2026, 12, 21, 9, 40, tzinfo=WITA)),
        ("21 Dec 2026 09:40 UTC+07:00", datetime(2026, 12, 21, 9, 40, tzinfo=WIB)),
        ("1 Pebruari 2026", datetime(2026, 2, 1)),  # noqa: DTZ001 -- it names no zone
    ],
)
def test_a_time_keeps_the_zone_that_it_names(written: str, time: datetime) -> None:
    assert indonesian_dates.read_time(written) == time


@pytest.mark.parametrize(
    "other", ["12/21/2026", "31-02-2026", "2 Maret", "3 hari 2026", "kira-kira 21-12-2026", 7, None]
)
def test_what_is_no_day_stays_as_it_is(other: object) -> None:
    assert indonesian_dates.read_date(other) == other
