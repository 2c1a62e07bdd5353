"""What is remembered of journals, by number: made from the file that remembers it, and never ahead of or behind it."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest

from processor.cases import journal, journal_heads
from processor.cases.head_index import HeadIndex
from processor.cases.journal_heads import JournalHead
from processor.cases.records import Event
from processor.cases.register import Register
from processor.cases.register_marks import MarkChanges, RegisterMarks
from tests.office import START, register

NUMBERS = [f"BH-2026-{serial:04d}" for serial in (1, 2, 100)]


@pytest.fixture
def made(tmp_path: Path) -> Register:
    """A register of three cases of which there are only journals."""
    result = register(tmp_path)
    for number in NUMBERS:
        made_case(result, number)
    return result


def made_case(made: Register, number: str) -> None:
    folder = made.folder / "2026" / number
    folder.mkdir(parents=True)
    (folder / journal.FILE_NAME).write_bytes(journal.journal_lines([Event("catatan", START, "petugas")], number))


@pytest.fixture
def index(tmp_path: Path) -> HeadIndex:
    return HeadIndex(tmp_path / "heads.txt")


def head(made: Register, number: str) -> JournalHead:
    found = journal_heads.head_of(number, made.journal_mark(number), made.journal_content(number))
    assert found
    return found


def heads(made: Register, *numbers: str) -> dict[str, JournalHead]:
    return {number: head(made, number) for number in numbers}


def looked(made: Register, index: HeadIndex) -> tuple[list[str], dict[str, JournalHead]]:
    """The cases that changed, with what is remembered of them."""
    changes, known = index.changes(RegisterMarks(made))
    return [*changes.marks], known


def taken_in(made: Register, index: HeadIndex) -> None:
    changes, _ = index.changes(RegisterMarks(made))
    index.keep(heads(made, *changes.marks), changes)


def grows(made: Register, number: str) -> None:
    journal.append(made.path(number) / journal.FILE_NAME, [Event("catatan", START, "petugas")])


def test_all_is_new_at_first_and_nothing_the_next_time(made: Register, index: HeadIndex) -> None:
    assert looked(made, index) == (NUMBERS, {})
    taken_in(made, index)
    assert looked(made, index) == ([], {})
    assert journal_heads.read(index.path) == heads(made, *NUMBERS)


def test_only_what_changed_is_given_with_what_was_remembered_of_it(made: Register, index: HeadIndex) -> None:
    taken_in(made, index)
    before = heads(made, NUMBERS[1])
    grows(made, NUMBERS[1])
    assert looked(made, index) == ([NUMBERS[1]], before)


def test_a_file_that_an_earlier_version_wrote_is_carried_over(made: Register, index: HeadIndex) -> None:
    known = heads(made, *NUMBERS)
    index.path.write_text("".join(f"\n{one.number} {one.mark} {one.lines} {one.link} -\n" for one in known.values()))
    assert looked(made, index) == ([], {})
    assert not index.changes(RegisterMarks(made))[0].digests, "and nothing is compared twice"
    grows(made, NUMBERS[0])
    assert looked(made, index) == ([NUMBERS[0]], {NUMBERS[0]: known[NUMBERS[0]]})


def test_lines_that_were_added_without_the_index_count(made: Register, index: HeadIndex) -> None:
    taken_in(made, index)
    grows(made, NUMBERS[0])
    newer = heads(made, NUMBERS[0])
    journal_heads.add(index.path, newer.values())
    assert looked(made, index) == ([], {})
    grows(made, NUMBERS[0])
    assert looked(made, index) == ([NUMBERS[0]], newer)


@pytest.mark.parametrize("left", [b"", b"no database", None])
def test_an_index_that_is_damaged_or_gone_is_made_anew(made: Register, index: HeadIndex, left: bytes | None) -> None:
    taken_in(made, index)
    path = index.path.with_suffix(".sqlite")
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    assert looked(made, index) == ([], {})


def test_of_what_is_gone_the_memory_stays(made: Register, index: HeadIndex) -> None:
    taken_in(made, index)
    before, folder = heads(made, NUMBERS[0]), made.path(NUMBERS[0])
    folder.rename(made.folder / "disisihkan")
    assert index.changes(RegisterMarks(made))[0].gone == {NUMBERS[0]}
    taken_in(made, index)
    (made.folder / "disisihkan").rename(folder)
    assert looked(made, index) == ([NUMBERS[0]], before)


def test_the_file_is_not_read_for_what_the_index_knows(made: Register, index: HeadIndex) -> None:
    taken_in(made, index)
    before, content = index.path.stat(), index.path.read_bytes()
    index.path.write_bytes(b"\n" * len(content))
    os.utime(index.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert looked(made, index) == ([], {})


@pytest.mark.parametrize("kept", ["size", "time"])
def test_a_file_of_another_size_or_time_is_read_anew(made: Register, index: HeadIndex, kept: str) -> None:
    taken_in(made, index)
    before = index.path.stat()
    lines, other = index.path.read_text(), replace(head(made, NUMBERS[0]), link="f" * 16)
    index.path.write_text(lines.replace(head(made, NUMBERS[0]).line(), other.line() + "\n" * (kept != "size")))
    moment = before.st_mtime_ns + (kept != "time")
    os.utime(index.path, ns=(before.st_atime_ns, moment))
    grows(made, NUMBERS[0])
    assert looked(made, index) == ([NUMBERS[0]], {NUMBERS[0]: other})


def test_the_file_is_written_only_for_what_is_new_or_once_it_is_outgrown(made: Register, index: HeadIndex) -> None:
    taken_in(made, index)
    journal_heads.add(index.path, heads(made, *NUMBERS).values())  # a second line each
    before = index.path.read_bytes()
    index.path.with_suffix(".sqlite").unlink()
    changes, _ = index.changes(RegisterMarks(made))
    index.keep({}, changes)
    assert index.path.read_bytes() == before
    assert looked(made, index) == ([], {})


def test_the_file_is_written_anew_before_old_lines_outgrow_it(made: Register, index: HeadIndex) -> None:
    largest, one = 0, head(made, NUMBERS[0])
    for turn in range(12):
        index.changes(RegisterMarks(made))
        index.keep({one.number: replace(one, mark=f"{turn}.{'1' * 20_000}")}, MarkChanges({}, frozenset(), {}))
        largest = max(largest, index.path.stat().st_size)
    assert index.path.stat().st_size < largest < 130_000
    assert journal_heads.read(index.path)[one.number].mark.startswith("11.")


def test_the_index_of_many_cases_that_came_together_is_not_made_anew(
    made: Register, index: HeadIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked(made, index)
    many = [replace(head(made, NUMBERS[0]), number=f"BH-2025-{serial:04d}") for serial in range(1, 2001)]
    index.keep({one.number: one for one in many}, MarkChanges({}, frozenset(), {}))
    assert index.path.stat().st_size > 100_000
    monkeypatch.setattr(journal_heads, "read", None)  # the file would be read to make the index
    assert looked(made, index) == (NUMBERS, {})


def test_a_change_costs_the_same_however_many_cases_there_are(tmp_path: Path) -> None:
    counts = [_calls_for_one_change(tmp_path / str(count), count) for count in (100, 500)]
    assert counts[0] == counts[1] > 0


def _calls_for_one_change(folder: Path, count: int) -> int:
    """How many calls it takes to find what is remembered of one case that changed, and to remember it anew."""
    folder.mkdir()
    made, index = register(folder), HeadIndex(folder / "heads.txt")
    numbers = [f"BH-2026-{serial:04d}" for serial in range(1, count + 1)]
    for number in numbers:
        made_case(made, number)
    taken_in(made, index)
    grows(made, numbers[50])
    marks, calls = RegisterMarks(made), 0
    marks.all()

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        changes, _ = index.changes(marks)
        index.keep(heads(made, *changes.marks), changes)
    finally:
        sys.setprofile(None)
    assert [*changes.marks] == [numbers[50]]
    return calls
