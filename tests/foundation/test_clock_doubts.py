"""When a clock is believed, to the second; what is remembered of it outlives the program."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.foundation import clock_doubts
from processor.foundation.clock_doubts import ClockMemory, Doubt, RunningClock

ZONE = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
YEAR_ENDS = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
SECOND, CHANGED, FAR = timedelta(seconds=1), timedelta(minutes=15), timedelta(hours=1)


@pytest.mark.parametrize(
    ("last", "now", "doubt"),
    [
        (NOON, NOON + timedelta(days=90), ""),
        (NOON, NOON - FAR, ""),
        (NOON, NOON - FAR - SECOND, "mundur"),
        (YEAR_ENDS, YEAR_ENDS, ""),
        (YEAR_ENDS, YEAR_ENDS + SECOND, "tahun"),
        (YEAR_ENDS + SECOND, YEAR_ENDS, ""),
        (YEAR_ENDS + SECOND, YEAR_ENDS + timedelta(days=1), ""),
        (None, NOON, ""),
    ],
)
def test_a_clock_is_doubted_when_it_is_behind_or_begins_a_year_at_the_office(
    last: datetime | None, now: datetime, doubt: Doubt
) -> None:
    assert clock_doubts.doubt(ClockMemory(last), now, ZONE, 500.0) == doubt


@pytest.mark.parametrize("last", [NOON, None])
def test_a_doubt_that_was_noted_stays_whatever_the_clock_says(last: datetime | None) -> None:
    assert clock_doubts.doubt(ClockMemory(last, "server"), NOON, ZONE, 500.0) == "server"


@pytest.mark.parametrize(
    ("ran", "doubt"),
    [
        (timedelta(0), ""),
        (CHANGED, ""),
        (-CHANGED, ""),
        (CHANGED + SECOND, "tahun"),
        (-CHANGED - SECOND, "tahun"),
        (None, "tahun"),
    ],
)
def test_a_year_that_begins_while_the_computer_runs_is_no_doubt(ran: timedelta | None, doubt: Doubt) -> None:
    running = 100.0 + (timedelta(hours=9) + (ran or timedelta(0))).total_seconds()
    known = ClockMemory(YEAR_ENDS, running=None if ran is None else 100.0)
    assert clock_doubts.doubt(known, YEAR_ENDS + timedelta(hours=9), ZONE, running) == doubt
    assert clock_doubts.doubt(known, YEAR_ENDS + timedelta(hours=30), ZONE, running) == "tahun"


@pytest.mark.parametrize(
    ("ahead", "before", "after"),
    [
        (FAR + SECOND, "", "berkas"),
        (FAR, "", ""),
        (FAR, "berkas", ""),
        (-FAR, "berkas", ""),
        (-FAR - SECOND, "berkas", "berkas"),
        (timedelta(0), "server", "server"),
    ],
)
def test_a_disk_clears_only_what_it_said_itself(ahead: timedelta, before: Doubt, after: Doubt) -> None:
    known = clock_doubts.compared_with_disk(ClockMemory(YEAR_ENDS, before, 9.5), NOON, NOON - ahead)
    assert known == ClockMemory(YEAR_ENDS, after, 9.5)


@pytest.mark.parametrize(
    ("ahead", "known"),
    [
        (timedelta(0), ClockMemory(NOON, running=500.0)),
        (FAR, ClockMemory(NOON, running=500.0)),
        (-FAR, ClockMemory(NOON, running=500.0)),
        (FAR + SECOND, ClockMemory(YEAR_ENDS, "server")),
        (-FAR - SECOND, ClockMemory(YEAR_ENDS, "tahun")),
    ],
)
def test_a_server_clears_a_doubt_where_both_agree_and_raises_one_where_this_clock_is_ahead(
    ahead: timedelta, known: ClockMemory
) -> None:
    assert clock_doubts.compared(ClockMemory(YEAR_ENDS, "tahun"), NOON, NOON - ahead, 500.0) == known


@pytest.mark.parametrize(
    "known", [ClockMemory(NOON, "loncat"), ClockMemory(NOON, running=0.5), ClockMemory(None, "server")]
)
def test_what_is_remembered_is_read_back(tmp_path: Path, known: ClockMemory) -> None:
    clock_doubts.save(tmp_path, known)
    assert clock_doubts.load(tmp_path) == known


def test_the_stored_form_stays_readable_and_times_of_any_zone_are_one(tmp_path: Path) -> None:
    clock_doubts.save(tmp_path, ClockMemory(NOON.astimezone(ZONE), "mundur", 9.5))
    (path,) = tmp_path.iterdir()
    stored = '{"terakhir": "2026-03-02T12:00:00+07:00", "ragu": "mundur", "menyala": 9.5}'
    assert (path.name, path.read_text()) == ("ingatan-jam.json", stored)
    last = clock_doubts.load(tmp_path).last
    assert last
    assert (last, last.utcoffset()) == (NOON, timedelta(0))


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"terakhir": "kemarin", "ragu": ""}', '{"terakhir": ""}'])
def test_what_cannot_be_read_is_as_if_no_clock_was_ever_seen(tmp_path: Path, content: str) -> None:
    assert clock_doubts.load(tmp_path) == ClockMemory()
    (tmp_path / "ingatan-jam.json").write_text(content)
    assert clock_doubts.load(tmp_path) == ClockMemory()


@pytest.mark.parametrize(
    ("moved", "changed"), [(CHANGED, False), (-CHANGED, False), (CHANGED + SECOND, True), (-CHANGED - SECOND, True)]
)
def test_a_clock_is_changed_when_it_moved_by_more_than_bad_clocks_do(moved: timedelta, *, changed: bool) -> None:
    clock = RunningClock(NOON, 100.0)
    assert clock.has_changed(NOON + timedelta(hours=9) + moved, 100.0 + 9 * 3600) is changed
    assert not clock.has_changed(NOON + timedelta(hours=10) + moved, 100.0 + 10 * 3600), "it is told once"


@given(st.integers(0, 60 * 24 * 60), st.integers(-600, 600))
def test_a_computer_that_slept_has_no_changed_clock(minutes: int, drift: int) -> None:
    clock = RunningClock(NOON, 100.0)
    later = NOON + timedelta(minutes=minutes, seconds=drift)
    assert not clock.has_changed(later, 100.0 + minutes * 60)
    assert clock.has_changed(later + timedelta(hours=5, minutes=drift % 7), 100.0 + minutes * 60 + 1)


def test_elapsed_seconds_count_sleep_where_the_system_tells_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", 7, raising=False)
    monkeypatch.setattr(time, "clock_gettime", {7: 90.0}.get, raising=False)
    monkeypatch.setattr(time, "monotonic", lambda: 60.0)
    assert clock_doubts.seconds_elapsed() == 90.0
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    assert clock_doubts.seconds_elapsed() == 60.0
