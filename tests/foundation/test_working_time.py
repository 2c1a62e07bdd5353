"""The working-hour clock: the vectors of the contract, what moves a deadline, and that it can be checked by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.foundation import working_time
from processor.foundation.working_time import (
    Calendar,
    Deadline,
    Hours,
    OpenHours,
    OwnDay,
    Pause,
    Season,
    deadline_after,
    usual_week,
    working_minutes,
)

WIB, WITA, WIT = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))
USUAL = OpenHours(time(8), time(15))
HOURS = Hours(WIB, usual_week(USUAL))
NATIONAL = Calendar()
UNSURE = next(year for year in range(2025, 2100) if not NATIONAL.is_known(year))
RAMADAN = Season("jam Ramadan", date(2026, 2, 18), date(2026, 3, 19), usual_week(OpenHours(time(8), time(14))))

FRIDAY = OpenHours(time(8), time(15, 30), (time(11, 30), time(13, 30)))
KINDS = (
    HOURS,
    Hours(WIT, usual_week(USUAL, FRIDAY), (RAMADAN,)),
    Hours(WITA, usual_week(OpenHours(time(7, 30), time(16), (time(12), time(13))))),
)


def at(text: str, zone: ZoneInfo = WIB) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def when(start: str, minutes: int, calendar: Calendar = NATIONAL, hours: Hours = HOURS) -> str:
    """The due time on the office's clock, as text."""
    moment = deadline_after(at(start, hours.zone), minutes, calendar, hours).at
    return f"{moment:%Y-%m-%d %H:%M}"


def reasons(deadline: Deadline) -> list[str]:
    return [step.reason for step in deadline.trace if step.kind == "dilewati"]


def libur(folder: Path, text: str) -> Calendar:
    """The calendar with a good ``libur.yaml``."""
    path = folder / working_time.FILE_NAME
    path.write_text(text, "utf-8")
    calendar, problems = working_time.read_calendar(path)
    assert problems == ()
    return calendar


VECTORS = [
    ("2025-06-26 14:45", 30, "2025-06-30 08:15"),
    ("2025-07-04 15:00", 30, "2025-07-07 08:30"),
    ("2025-08-15 14:00", 420, "2025-08-19 14:00"),
    ("2026-03-17 14:50", 30, "2026-03-25 08:20"),
    ("2026-12-23 10:00", 885, "2026-12-29 10:45"),
    ("2025-07-02 08:00", 885, "2025-07-04 08:45"),
]


@pytest.mark.parametrize("zone", [WIB, WITA, WIT])
@pytest.mark.parametrize(("start", "minutes", "end"), VECTORS)
def test_a_deadline_falls_where_the_contract_says(start: str, minutes: int, end: str, zone: ZoneInfo) -> None:
    hours = Hours(zone, usual_week(USUAL))
    assert when(start, minutes, hours=hours) == end
    assert working_minutes(at(start, zone), at(end, zone), NATIONAL, hours) == minutes


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2025-07-02 07:59", 30, "2025-07-02 08:30"),
        ("2025-07-02 00:00", 30, "2025-07-02 08:30"),
        ("2025-07-02 14:59", 1, "2025-07-02 15:00"),
        ("2025-07-02 14:59:59", 1, "2025-07-02 15:00"),
        ("2025-07-02 15:00", 0, "2025-07-03 08:00"),
        ("2025-07-02 14:30", 30, "2025-07-02 15:00"),
        ("2025-07-02 14:30", 31, "2025-07-03 08:01"),
        ("2025-07-05 10:00", 420, "2025-07-07 15:00"),
    ],
)
def test_the_edges_of_a_day(start: str, minutes: int, end: str) -> None:
    assert when(start, minutes) == end


def test_one_moment_is_due_at_one_moment_however_its_zone_is_written() -> None:
    moment = at("2025-07-02 14:45")
    told = {deadline_after(moment.astimezone(zone), 30, NATIONAL, HOURS).at for zone in (UTC, WIT, WIB)}
    assert told == {at("2025-07-03 08:15")}
    assert deadline_after(moment.replace(tzinfo=None), 30, NATIONAL, HOURS).at in told


def test_offices_in_other_zones_open_at_their_own_eight_o_clock() -> None:
    moment = datetime(2025, 7, 2, 6, 30, tzinfo=UTC)  # 13.30 WIB, 14.30 WITA, 15.30 WIT
    told = {zone: deadline_after(moment, 60, NATIONAL, Hours(zone, usual_week(USUAL))).at for zone in (WIB, WITA, WIT)}
    assert told == {
        WIB: at("2025-07-02 14:30"),
        WITA: at("2025-07-03 08:30", WITA),
        WIT: at("2025-07-03 09:00", WIT),
    }


@pytest.mark.parametrize(("year", "days"), [(2024, 238), (2025, 237), (2026, 240), (2027, 242)])
def test_a_year_has_the_working_days_that_were_decreed(year: int, days: int) -> None:
    assert NATIONAL.is_known(year)
    assert working_minutes(at(f"{year}-01-01"), at(f"{year + 1}-01-01"), NATIONAL, HOURS) == days * 420


def test_friday_has_hours_of_its_own_and_its_break_does_not_count() -> None:
    friday = Hours(WIB, usual_week(USUAL, FRIDAY))
    assert when("2025-07-04 11:00", 60, hours=friday) == "2025-07-04 14:00"
    assert when("2025-07-04 12:00", 60, hours=friday) == "2025-07-04 14:30"
    assert when("2025-07-04 15:00", 60, hours=friday) == "2025-07-07 08:30"
    assert when("2025-07-03 11:00", 60, hours=friday) == "2025-07-03 12:00"


def test_ramadan_has_hours_of_its_own_that_the_trace_names() -> None:
    ramadan = Hours(WIB, usual_week(USUAL), (RAMADAN,))
    told = deadline_after(at("2026-02-13 14:30"), 420, NATIONAL, ramadan)
    assert told.at == at("2026-02-19 08:30")
    counted = [(step.minutes, step.reason) for step in told.trace if step.kind == "dihitung"]
    assert counted == [(30, ""), (360, "jam Ramadan"), (30, "jam Ramadan")]
    plain = Calendar(complete=frozenset({2026}))  # no day off but weekends, to reach the edges of the season
    assert when("2026-02-17 14:30", 31, plain, ramadan) == "2026-02-18 08:01"
    assert when("2026-03-19 13:30", 31, plain, ramadan) == "2026-03-20 08:01"
    assert when("2026-03-20 13:30", 31, plain, ramadan) == "2026-03-20 14:01"
    assert when("2026-02-20 13:30", 31, plain, ramadan) == "2026-02-23 08:01"
    assert when("2026-03-25 08:00", 420, hours=ramadan) == "2026-03-25 15:00"


def test_fridays_in_ramadan_have_hours_of_their_own_too() -> None:
    month = Season("jam Ramadan", date(2026, 2, 18), date(2026, 3, 19), usual_week(USUAL, FRIDAY))
    assert when("2026-02-20 11:00", 60, hours=Hours(WIB, usual_week(USUAL), (month,))) == "2026-02-20 14:00"


@pytest.mark.parametrize(
    ("opens", "closes", "rest"),
    [(15, 8, None), (8, 8, None), (8, 15, (7, 9)), (8, 15, (13, 12)), (8, 15, (12, 15))],
)
def test_hours_that_cannot_be_are_refused(opens: int, closes: int, rest: tuple[int, int] | None) -> None:
    with pytest.raises(ValueError, match="harus"):
        OpenHours(time(opens), time(closes), rest and (time(rest[0]), time(rest[1])))


def test_a_day_passed_over_says_why() -> None:
    assert reasons(deadline_after(at("2026-03-17 14:50"), 30, NATIONAL, HOURS)) == [
        "Cuti Bersama Hari Suci Nyepi",
        "Hari Suci Nyepi (libur nasional)",
        "Cuti Bersama Hari Raya Idul Fitri",
        "Sabtu",
        "Minggu",
        "Cuti Bersama Hari Raya Idul Fitri",
        "Cuti Bersama Hari Raya Idul Fitri",
    ]


def test_a_day_added_by_the_office_moves_a_running_deadline(tmp_path: Path) -> None:
    added = libur(tmp_path, "hari:\n  - tanggal: 2025-07-03\n    nama: Libur daerah\n    dasar: SE Gubernur 1/2025\n")
    assert when("2025-07-02 14:45", 30) == "2025-07-03 08:15"
    told = deadline_after(at("2025-07-02 14:45"), 30, added, HOURS)
    assert told.at == at("2025-07-04 08:15")
    assert reasons(told) == ["Libur daerah (SE Gubernur 1/2025)"]


def test_a_day_taken_back_by_the_office_moves_a_running_deadline(tmp_path: Path) -> None:
    text = "hari:\n- {tanggal: 2025-08-18, nama: Tetap masuk, dasar: SE Gubernur 2/2025, kerja: ya}\n"
    told = deadline_after(at("2025-08-15 14:00"), 420, libur(tmp_path, text), HOURS)
    assert told.at == at("2025-08-18 14:00")
    assert told.trace[-1].reason == "Tetap masuk (SE Gubernur 2/2025)"


def test_a_working_saturday_without_hours_is_passed_over_and_says_so() -> None:
    day = OwnDay(tanggal=date(2025, 7, 5), nama="Masuk", dasar="SE 3", kerja=True)
    told = deadline_after(at("2025-07-04 14:45"), 30, Calendar({day.tanggal: day}), HOURS)
    assert reasons(told) == ["Sabtu (Masuk (SE 3), tetapi jam layanannya tidak diatur)", "Minggu"]


def test_without_a_file_the_national_calendar_stands(tmp_path: Path) -> None:
    assert working_time.read_calendar(tmp_path / working_time.FILE_NAME) == (NATIONAL, ())
    assert libur(tmp_path, "hari: []\n") == NATIONAL


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hari:\n- tanggal: 2026-13-01\n  nama: a\n  dasar: b\n", "tanggal” bukan tanggal atau waktu yang sah."),
        ("hari:\n- tanggal: 2026-12-01\n  nama: a\n", "dasar” belum diisi. Tambahkan."),
        ("hari:\n- {tanggal: 2026-12-01, nama: a, dasar: b, kerja: libur}\n", "harus ya atau tidak"),
        (
            "hari:\n- {tanggal: 2026-12-01, nama: a, dasar: b}\n- {tanggal: 2026-12-01, nama: c, dasar: d}\n",
            "baris 3: 1 Desember 2026 tertulis dua kali. Sisakan satu.",
        ),
        ("hari: []\nlengkap: [2030]\n", "baris 2: Tahun 2030 disebut lengkap, tetapi tidak ada harinya."),
    ],
)
def test_mistakes_in_the_file_are_told_and_every_deadline_says_so(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / working_time.FILE_NAME
    path.write_text(text, "utf-8")
    calendar, problems = working_time.read_calendar(path)
    assert said in "\n".join(map(str, problems))
    told = deadline_after(at("2025-07-02 14:45"), 30, calendar, HOURS)
    assert told.at == at("2025-07-03 08:15")
    assert told.warnings == ("libur.yaml belum benar, jadi hari-harinya tidak ikut dihitung.",)


def test_a_pause_does_not_count_and_says_why() -> None:
    pause = Pause(at("2025-07-02 10:00"), at("2025-07-03 09:00"), "menunggu kelengkapan dari pemohon")
    told = deadline_after(at("2025-07-02 09:30"), 60, NATIONAL, HOURS, [pause])
    assert told.at == at("2025-07-03 09:30")
    assert [(step.kind, step.minutes, step.reason) for step in told.trace] == [
        ("dihitung", 30, ""),
        ("jeda", 0, "menunggu kelengkapan dari pemohon"),
        ("dihitung", 30, ""),
    ]


def test_a_pause_that_lasts_leaves_no_deadline_but_tells_what_is_left() -> None:
    told = deadline_after(
        at("2025-07-02 09:30"), 60, NATIONAL, HOURS, [Pause(at("2025-07-02 10:00"), None, "menunggu")]
    )
    assert (told.at, told.left, told.warnings) == (None, 30, ())
    assert working_time.explain_trace(told, "WIB").endswith("Tenggat belum ada. Sisa 30 menit kerja.")


def test_a_pause_after_the_deadline_does_not_touch_it() -> None:
    told = deadline_after(
        at("2025-07-02 09:30"), 30, NATIONAL, HOURS, [Pause(at("2025-07-02 10:00"), None, "menunggu")]
    )
    assert (told.at, len(told.trace)) == (at("2025-07-02 10:00"), 1)


def test_overlapping_pauses_are_not_counted_twice() -> None:
    pauses = [
        Pause(at("2025-07-02 11:00"), at("2025-07-02 13:00"), "kedua"),
        Pause(at("2025-07-02 10:00"), at("2025-07-02 12:00"), "pertama"),
        Pause(at("2025-07-02 10:30"), at("2025-07-02 10:30"), "kosong"),
    ]
    told = deadline_after(at("2025-07-02 09:30"), 60, NATIONAL, HOURS, pauses)
    assert told.at == at("2025-07-02 13:30")
    assert [step.reason for step in told.trace if step.kind == "jeda"] == ["pertama", "kedua"]


def test_a_pause_before_the_start_is_none_of_its_business() -> None:
    pause = Pause(at("2025-07-01 10:00"), at("2025-07-01 12:00"), "langkah sebelumnya")
    told = deadline_after(at("2025-07-02 09:30"), 60, NATIONAL, HOURS, [pause])
    assert told == deadline_after(at("2025-07-02 09:30"), 60, NATIONAL, HOURS)


def test_a_pause_that_began_in_a_doubtful_year_does_not_make_a_deadline_doubtful() -> None:
    pause = Pause(at("1990-01-01 10:00"), at("2025-07-02 12:00"), "menunggu")
    assert deadline_after(at("2025-07-02 09:30"), 60, NATIONAL, HOURS, [pause]).warnings == ()


def test_a_pause_in_the_evening_is_shown_though_it_takes_nothing() -> None:
    pause = Pause(at("2025-07-02 16:00"), at("2025-07-02 20:00"), "menunggu")
    told = deadline_after(at("2025-07-02 14:45"), 30, NATIONAL, HOURS, [pause])
    assert told.at == at("2025-07-03 08:15")
    assert [step.reason for step in told.trace if step.kind == "jeda"] == [
        "menunggu (di luar jam layanan atau di dalam jeda lain)"
    ]
    lasting = Pause(at("2025-07-03 08:10"), None, "pertanyaan")
    told = deadline_after(at("2025-07-02 14:45"), 30, NATIONAL, HOURS, [pause, lasting])
    assert [step.reason.partition(" (")[0] for step in told.trace if step.kind == "jeda"] == ["menunggu", "pertanyaan"]


def test_a_year_without_decreed_days_is_a_warning_and_not_a_guess(tmp_path: Path) -> None:
    last = deadline_after(at(f"{UNSURE - 1}-12-01 09:00"), 60, NATIONAL, HOURS)
    told = deadline_after(at(f"{UNSURE - 1}-12-30 09:00"), 840, NATIONAL, HOURS)
    assert last.warnings == ()
    assert UNSURE >= 2028
    assert told.at is not None
    assert told.at.year == UNSURE
    assert [warning.split(" belum")[0] for warning in told.warnings] == [f"Cuti bersama {UNSURE}"]
    assert told.warnings[0] in working_time.explain_trace(told, "WIB")


def test_the_office_can_write_a_whole_year_itself(tmp_path: Path) -> None:
    text = f"lengkap: [{UNSURE}]\nhari:\n- {{tanggal: {UNSURE}-01-01, nama: Tahun Baru, dasar: SKB 3 Menteri}}\n"
    own = libur(tmp_path, text)
    assert own.is_known(UNSURE)
    assert not own.is_known(UNSURE + 1)
    assert own.reason_closed(date(UNSURE, 1, 1)) == "Tahun Baru (SKB 3 Menteri)"
    assert own.reason_closed(date(UNSURE, 8, 17)) is None
    assert own.reason_worked(date(UNSURE, 1, 1)) == "", "a day off is not worked"
    assert deadline_after(at(f"{UNSURE}-06-01 09:00"), 840, own, HOURS).warnings == ()


def test_a_slip_that_puts_off_a_deadline_for_decades_is_told() -> None:
    pause = Pause(at("2025-07-02 10:00"), at("9999-12-31 10:00"), "salah ketik")
    told = deadline_after(at("2025-07-02 09:30"), 60, NATIONAL, HOURS, [pause])
    assert (told.at, told.left) == (None, 30)
    assert told.warnings[-1].startswith("Tidak selesai dihitung dalam 20 tahun.")
    assert deadline_after(at("2025-07-02 09:30"), 60, NATIONAL, Hours(WIB, (None,) * 7)).at is None


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="negatif"):
        deadline_after(at("2025-07-02 09:30"), -1, NATIONAL, HOURS)


def test_nothing_passes_backwards() -> None:
    assert working_minutes(at("2025-07-03 09:30"), at("2025-07-02 09:30"), NATIONAL, HOURS) == 0


def test_the_trace_reads_as_a_lawyer_would_count() -> None:
    pause = Pause(at("2025-06-30 08:05"), at("2025-06-30 09:00"), "menunggu kelengkapan")
    told = deadline_after(at("2025-06-25 15:10"), 450, NATIONAL, HOURS, [pause])
    assert working_time.explain_trace(told, "WIB").splitlines() == [
        "Mulai: Rabu, 25 Juni 2025 pukul 15.10 WIB, 450 menit kerja.",
        "1. Rabu, 25 Juni 2025 pukul 15.10: di luar jam layanan, dihitung sejak jam buka berikutnya.",
        "2. Kamis, 26 Juni 2025, 08.00–15.00: 420 menit, sisa 30 menit.",
        "3. Jumat, 27 Juni 2025: dilewati, Tahun Baru Islam (libur nasional).",
        "4. Sabtu, 28 Juni 2025: dilewati.",
        "5. Minggu, 29 Juni 2025: dilewati.",
        "6. Senin, 30 Juni 2025, 08.00–08.05: 5 menit, sisa 25 menit.",
        "7. Jeda sejak Senin, 30 Juni 2025 pukul 08.05 sampai Senin, 30 Juni 2025 pukul 09.00: menunggu kelengkapan.",
        "8. Senin, 30 Juni 2025, 09.00–09.25: 25 menit, sisa 0 menit.",
        "Tenggat: Senin, 30 Juni 2025 pukul 09.25 WIB.",
    ]


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 1), timezones=st.sampled_from([UTC, WIB, WIT]))  # noqa: DTZ001 -- hypothesis adds the zone
LENGTHS = st.integers(0, 60 * 24 * 12).map(lambda minutes: timedelta(minutes=minutes))
PAUSES = st.lists(st.builds(lambda s, n: Pause(s, s + n, "jeda"), MOMENTS, LENGTHS), max_size=3)
OFFICES = st.sampled_from(KINDS)


def near(start: datetime, pauses: Sequence[Pause]) -> list[Pause]:
    """The pauses, moved to where they matter."""
    return [
        Pause(
            start + (p.start - start) % timedelta(days=10), start + (p.start - start) % timedelta(days=10) + n, "jeda"
        )
        for p in pauses
        for n in [(p.end or p.start) - p.start]
    ]


@given(MOMENTS, st.integers(0, 3000), OFFICES, PAUSES)
def test_what_has_passed_at_the_deadline_is_what_was_given(
    start: datetime, minutes: int, hours: Hours, pauses: list[Pause]
) -> None:
    held = near(start, pauses)
    told = deadline_after(start, minutes, NATIONAL, hours, held)
    assert told.at is not None
    assert working_minutes(start, told.at, NATIONAL, hours, held) == minutes
    assert sum(step.minutes for step in told.trace) == minutes
    assert told.left == 0


@given(MOMENTS, st.integers(0, 3000), st.integers(0, 3000), OFFICES, PAUSES)
def test_more_work_and_a_later_start_are_never_due_sooner(
    start: datetime, minutes: int, more: int, hours: Hours, pauses: list[Pause]
) -> None:
    held = near(start, pauses)
    first = deadline_after(start, minutes, NATIONAL, hours, held).at
    longer = deadline_after(start, minutes + more, NATIONAL, hours, held).at
    later = deadline_after(start + timedelta(minutes=more), minutes, NATIONAL, hours, held).at
    assert first is not None
    assert longer is not None
    assert later is not None
    assert first <= longer
    assert first <= later


@given(MOMENTS, LENGTHS, LENGTHS, OFFICES, PAUSES)
def test_time_that_passes_adds_up_and_never_runs_back(
    start: datetime, one: timedelta, two: timedelta, hours: Hours, pauses: list[Pause]
) -> None:
    held, middle = near(start, pauses), start + one
    parts = [working_minutes(a, b, NATIONAL, hours, held) for a, b in ((start, middle), (middle, middle + two))]
    assert min(parts) >= 0
    assert sum(parts) == working_minutes(start, middle + two, NATIONAL, hours, held)


@given(MOMENTS, LENGTHS, OFFICES, PAUSES)
def test_the_zone_in_which_a_moment_is_written_does_not_matter(
    start: datetime, length: timedelta, hours: Hours, pauses: list[Pause]
) -> None:
    held, end = near(start, pauses), start + length
    there = [Pause(p.start.astimezone(UTC), p.end and p.end.astimezone(UTC), p.reason) for p in held]
    same = working_minutes(start.astimezone(WITA), end.astimezone(UTC), NATIONAL, hours, there)
    assert same == working_minutes(start, end, NATIONAL, hours, held)


def test_a_day_off_that_a_joint_decree_fixed_is_no_estimate() -> None:
    reasons = [str(Calendar().reason_closed(day)) for day in (date(2027, 3, 10), date(2027, 5, 17), date(2028, 2, 27))]
    assert ["(perkiraan)" in reason for reason in reasons] == [False, False, True]
