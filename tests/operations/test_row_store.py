"""What a pass keeps of each case: one entry changes alone, and whatever is damaged or deleted is made anew."""

import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from processor.foundation.errors import PayungError
from processor.operations import advance, overview, row_store
from processor.operations.row_store import KeptRow, RowMemory
from tests.office import START, response
from tests.story import Story

ONE, TWO = KeptRow("1.2 -", sound=True, wake="", row="[1]"), KeptRow("3.4 -", sound=False, wake="2026", row="[2]")
OTHER = KeptRow("5.6 -", sound=True, wake="", row="[3]")


def test_an_entry_changes_alone(tmp_path: Path) -> None:
    assert row_store.save(tmp_path, "a", {"1": ONE, "2": TWO}, ["1", "2"])
    assert row_store.save(tmp_path, "a", {"1": OTHER, "2": OTHER}, ["2"])
    assert row_store.load(tmp_path, "a") == {"1": ONE, "2": OTHER}
    assert row_store.load(tmp_path, "a", ["2", "3"]) == {"2": OTHER}


def test_an_entry_that_is_gone_is_dropped(tmp_path: Path) -> None:
    row_store.save(tmp_path, "a", {"1": ONE, "2": TWO}, ["1", "2"])
    row_store.save(tmp_path, "a", {"1": ONE}, ["2"])
    assert row_store.load(tmp_path, "a") == {"1": ONE}


def test_what_was_kept_for_another_base_counts_no_more(tmp_path: Path) -> None:
    row_store.save(tmp_path, "a", {"1": ONE, "2": TWO}, ["1", "2"])
    assert row_store.load(tmp_path, "b") == {}
    row_store.save(tmp_path, "b", {"2": OTHER}, ["2"])
    assert (row_store.load(tmp_path, "a"), row_store.load(tmp_path, "b")) == ({}, {"2": OTHER})


def test_while_another_process_writes_nothing_is_written_and_nothing_taken_away(tmp_path: Path) -> None:
    row_store.save(tmp_path, "a", {"1": ONE}, ["1"])
    with closing(sqlite3.connect(tmp_path / row_store.FILE_NAME, isolation_level=None)) as other:
        other.execute("begin exclusive")
        assert not row_store.save(tmp_path, "a", {"1": TWO}, ["1"], wait=0)
        assert row_store.load(tmp_path, "a", wait=0) == {}
    assert row_store.load(tmp_path, "a") == {"1": ONE}


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def overwrite(path: Path) -> None:
    path.write_bytes(b"bukan basis data" * 1000)


def put_another_database_there(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("create table permohonan (lain text)")


def write_nonsense_into_the_rows(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("update permohonan set baris = '['")


@pytest.mark.parametrize(
    "harm", [cut_short, overwrite, put_another_database_there, Path.unlink, write_nonsense_into_the_rows]
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    story = Story(tmp_path)
    story.receives(response(1), response(2, minute=1))
    before = list(overview.rows(story.office))
    path = story.office.register.state_folder / row_store.FILE_NAME
    harm(path)
    assert list(overview.rows(story.office)) == before
    advance.advance(story.office)
    advance.advance(story.office)
    assert list(overview.KnownRows.load(story.office).entries) == story.office.register.numbers()
    assert list(overview.rows(story.office)) == before


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / row_store.FILE_NAME).mkdir()
    with pytest.raises((PayungError, OSError)):
        row_store.save(tmp_path, "a", {"1": ONE}, ["1"])


def test_a_process_that_remembers_entries_reads_those_anew_that_were_written_since(tmp_path: Path) -> None:
    memory = RowMemory()
    assert memory.load(tmp_path, "a") == {}
    row_store.save(tmp_path, "a", {"1": ONE, "2": TWO}, ["1", "2"])
    before = memory.load(tmp_path, "a")
    row_store.save(tmp_path, "a", {"2": OTHER}, ["2"])
    after = memory.load(tmp_path, "a")
    assert (before, after) == ({"1": ONE, "2": TWO}, {"1": ONE, "2": OTHER})
    assert after["1"] is before["1"], "what was made of it counts still"


def test_a_process_that_remembers_looks_at_all_only_now_and_then_and_at_what_changed_each_time() -> None:
    memory, now = RowMemory(), START
    looks = [memory.whole_look(now + timedelta(seconds=passed)) for passed in (0, 19, 20, 21, -3600)]
    assert looks == [True, False, True, False, True]
    memory.note("1", alike=False)
    memory.written.add("2")
    assert [memory.may_have_changed(number) for number in "123"] == [True, True, False]
    memory.note("1", alike=True)
    assert not memory.may_have_changed("1")


def test_looks_are_made_one_at_a_time_and_nobody_is_given_one_from_before_they_asked() -> None:
    memory, looking = RowMemory(), threading.Lock()
    begun: list[float] = []

    def look() -> list[int]:
        assert looking.acquire(blocking=False), "two looks at once"
        begun.append(time.monotonic())
        looking.release()
        return [len(begun) - 1]

    def asks(_: int) -> bool:
        asked = time.monotonic()
        return begun[memory.shared(look)[0]] >= asked

    with ThreadPoolExecutor(8) as people:
        assert all(people.map(asks, range(400)))
