"""What pages and letters promise is what the clock computes from the settings."""

from typing import Any

import pytest

from processor.cases.promised_times import in_words, promised_times, spoken
from processor.foundation.settings_agency import ServiceHours

USUAL: dict[str, Any] = {"hari": "Senin sampai Jumat", "mulai": "08.00", "selesai": "15.00", "petugas": "9"}
LONG: dict[str, Any] = USUAL | {"mulai": "07.30", "selesai": "16.00", "istirahat": ["12.00", "13.00"]}


def promised(**changes: Any) -> Any:
    return promised_times(ServiceHours.model_validate(USUAL | changes))


def test_the_limits_of_the_sop_are_two_days_and_45_minutes() -> None:
    found = promised()
    assert (found.verifikasi, found.kajian, found.seluruhnya) == (
        "30 menit",
        "1 hari kerja",
        "2 hari kerja lebih 45 menit",
    )
    assert (found.menit_sehari, found.contoh) == ("420", "hari Rabu pukul 08.45")
    assert found.jam == "Senin sampai Jumat, pukul 08.00 sampai 15.00 WIB"


def test_a_day_with_a_break_counts_without_it_and_one_day_is_the_offices_own() -> None:
    found = promised(**LONG, batas={"kajian": "1 hari", "pemeriksaan": "2 hari", "sasaran": "1 hari"})
    assert (found.menit_sehari, found.kajian, found.pemeriksaan, found.sasaran) == (
        "450", "1 hari kerja", "2 hari kerja", "1 hari kerja",
    )  # fmt: skip
    assert found.seluruhnya == "3 hari kerja lebih 45 menit"
    assert found.contoh == "hari Kamis pukul 08.15"
    assert "istirahat 12.00 sampai 13.00" in found.jam


def test_minutes_in_the_settings_stay_minutes_whatever_the_day() -> None:
    limits = ServiceHours.model_validate(LONG | {"batas": {"kajian": "420"}}).batas
    assert (limits.kajian, limits.pemeriksaan) == (420, 420)
    assert promised(**LONG, batas={"kajian": 420}).kajian == "7 jam"


@pytest.mark.parametrize("wrong", ["satu hari", "1 hri", "-1 hari", ""])
def test_a_limit_that_is_neither_minutes_nor_days_is_a_mistake(wrong: str) -> None:
    with pytest.raises(ValueError, match="kajian"):
        ServiceHours.model_validate(USUAL | {"batas": {"kajian": wrong}})


def test_fridays_and_seasons_stand_among_the_hours_and_move_the_example() -> None:
    friday = {"mulai": "08.00", "selesai": "11.00"}
    season = {"nama": "jam Ramadan", "dari": "2026-02-18", "sampai": "2026-03-19", "mulai": "08.00", "selesai": "14.00"}
    found = promised(
        zona="Asia/Jayapura", jumat=friday, jam_khusus=[season | {"jumat": friday}], batas={"kajian": 1680}
    )
    assert found.jam == (
        "Senin sampai Jumat, pukul 08.00 sampai 15.00 WIT; khusus Jumat pukul 08.00 sampai 11.00; jam Ramadan "
        "(18 Februari 2026 sampai 19 Maret 2026) pukul 08.00 sampai 14.00; khusus Jumat pada jam Ramadan pukul 08.00 "
        "sampai 11.00"
    )
    assert found.contoh == "hari Senin pekan berikutnya pukul 12.45"
    assert promised(jam_khusus=[season]).jam.endswith(
        "(18 Februari 2026 sampai 19 Maret 2026) pukul 08.00 sampai 14.00"
    )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 menit"),
        (59, "59 menit"),
        (60, "1 jam"),
        (419, "6 jam 59 menit"),
        (420, "1 hari kerja"),
        (841, "2 hari kerja lebih 1 menit"),
        (915, "2 hari kerja lebih 1 jam 15 menit"),
    ],
)
def test_minutes_are_days_hours_and_minutes(minutes: int, words: str) -> None:
    assert in_words(minutes, 420) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (30, "30 menit"),
        (420, "satu hari kerja"),
        (885, "dua hari kerja dan 45 menit"),
        (421 * 10 + 5, "sepuluh hari kerja dan 15 menit"),
        (420 * 12, "12 hari kerja"),
        (420 * 2 + 122, "dua hari kerja dan 2 jam 2 menit"),
    ],
)
def test_pages_say_the_same_as_one_says_it(minutes: int, words: str) -> None:
    assert spoken(minutes, 420) == words


def test_few_days_are_said_in_letters() -> None:
    words = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]
    assert [spoken(420 * days, 420) for days in range(1, 11)] == [f"{word} hari kerja" for word in words]


@pytest.mark.parametrize(
    ("study", "due"),
    [
        ("3 hari", "hari Jumat pukul 08.45"),
        ("4 hari", "hari Senin pekan berikutnya pukul 08.45"),
        ("8 hari", "hari Jumat pekan berikutnya pukul 08.45"),
        ("13 hari", "hari Jumat 2 pekan kemudian pukul 08.45"),
        ("9000 hari", ""),
    ],
)
def test_the_example_says_in_which_week_and_nothing_where_it_is_never_due(study: str, due: str) -> None:
    assert promised(batas={"kajian": study}).contoh == due
