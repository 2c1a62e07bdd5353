"""What has changed in a register since a database took it in: found by a digest of every hundred marks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from processor.cases import journal, register_marks
from processor.cases.register import Register, journal_part
from processor.cases.register_marks import MarkChanges, RegisterMarks
from tests.office import file, register, response

NUMBERS = [f"BH-2026-{serial:04d}" for serial in (1, 2, 99, 100, 101, 9999)] + ["BH-2026-10000", "BH-2027-0001"]


@pytest.fixture
def made(tmp_path: Path) -> Register:
    result = register(tmp_path)
    for number in NUMBERS:
        filed(result, number)
    return result


@pytest.fixture
def kept() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        for table in register_marks.TABLES:
            opened.execute(table)
        yield opened


def filed(made: Register, number: str, words: str = "{}\n") -> None:
    """A case of which there is only a journal."""
    folder = made.folder / number.split("-")[1] / number
    folder.mkdir(parents=True, exist_ok=True)
    (folder / journal.FILE_NAME).write_text(words)


def taken_in(made: Register, kept: sqlite3.Connection, marks: RegisterMarks | None = None) -> MarkChanges:
    """What has changed, which is then kept."""
    changes = (marks or RegisterMarks(made)).changes(kept, journal_part)
    changes.keep(kept)
    return changes


def moved_away(made: Register, number: str) -> Path:
    aside = made.folder / f"disisihkan-{number}"
    return (made.folder / number.split("-")[1] / number).rename(aside)


def test_all_is_new_to_an_empty_database_and_nothing_the_next_time(made: Register, kept: sqlite3.Connection) -> None:
    assert taken_in(made, kept).marks.keys() == {*NUMBERS}
    assert not RegisterMarks(made).changes(kept, journal_part)


def test_what_was_written_added_or_taken_away_is_found_and_nothing_else(
    made: Register, kept: sqlite3.Connection
) -> None:
    taken_in(made, kept)
    filed(made, "BH-2026-0099", "{}\n{}\n")
    filed(made, "BH-2026-0098")
    moved_away(made, "BH-2026-9999")
    moved_away(made, "BH-2027-0001")
    found = taken_in(made, kept)
    assert sorted(found.marks) == ["BH-2026-0098", "BH-2026-0099"]
    assert found.gone == {"BH-2026-9999", "BH-2027-0001"}
    assert not RegisterMarks(made).changes(kept, journal_part)


def test_marks_of_a_hundred_that_is_as_it_was_are_not_read(made: Register, kept: sqlite3.Connection) -> None:
    taken_in(made, kept)
    kept.execute("update tanda set tanda = 'lain'")
    filed(made, "BH-2026-0002", "{}\n{}\n")
    assert [*taken_in(made, kept).marks] == ["BH-2026-0001", "BH-2026-0002", "BH-2026-0099"]


def test_a_case_whose_other_files_changed_is_not_read_again_and_not_compared_twice(
    made: Register, kept: sqlite3.Connection
) -> None:
    taken_in(made, kept)
    (made.path("BH-2026-0001") / "permohonan.yaml").write_text("x: 1\n")
    found = taken_in(made, kept)
    assert (found.marks, found.gone, [*found.digests]) == ({}, frozenset(), ["BH-2026-00"])
    assert not RegisterMarks(made).changes(kept, journal_part)


def test_what_others_filed_after_the_look_is_neither_forgotten_nor_lost_from_sight(
    made: Register, kept: sqlite3.Connection
) -> None:
    taken_in(made, kept)
    before = RegisterMarks(made)
    assert [*before.all()] == NUMBERS
    for number in ("BH-2026-0003", "BH-2028-0001"):
        filed(made, number)
        MarkChanges.of({number: made.change_mark(number, journal.FILE_NAME)}).keep(kept)
    assert not taken_in(made, kept, before).gone
    for number in ("BH-2026-0003", "BH-2028-0001"):
        moved_away(made, number)
    assert taken_in(made, kept).gone == {"BH-2026-0003", "BH-2028-0001"}
    assert not RegisterMarks(made).changes(kept, journal_part)


def test_what_is_written_while_a_case_is_read_is_found_the_next_time(made: Register, kept: sqlite3.Connection) -> None:
    taken_in(made, kept)
    filed(made, "BH-2026-0001", "{}\n{}\n")
    changes = RegisterMarks(made).changes(kept, journal_part)
    filed(made, "BH-2026-0001", "{}\n{}\n{}\n")
    changes.keep(kept)
    assert [*taken_in(made, kept).marks] == ["BH-2026-0001"]


def test_only_what_is_looked_at_again_is_seen_anew(made: Register) -> None:
    marks = RegisterMarks(made)
    first = marks.all()
    for number in ("BH-2026-0001", "BH-2026-0002", "BH-2026-0100"):
        filed(made, number, "{}\n{}\n{}\n")
    marks.look_again(["BH-2026-0001", "BH-2026-0100"])
    assert [n for n, mark in marks.all().items() if mark != first[n]] == ["BH-2026-0001", "BH-2026-0100"]
    marks.forget()
    assert len([n for n, mark in marks.all().items() if mark != first[n]]) == 3


def test_what_is_looked_at_again_before_all_were_is_looked_at_with_them(made: Register) -> None:
    marks = RegisterMarks(made)
    marks.look_again(NUMBERS[:1])
    assert [*marks.all()] == NUMBERS


def test_a_whole_hundred_that_went_away_while_nobody_looked_is_gone(made: Register, kept: sqlite3.Connection) -> None:
    marks = RegisterMarks(made)
    taken_in(made, kept, marks)
    moved_away(made, "BH-2027-0001")
    marks.forget()
    assert taken_in(made, kept, marks).gone == {"BH-2027-0001"}


def test_marks_come_oldest_first_also_past_four_digits(made: Register) -> None:
    assert [*RegisterMarks(made).all()] == NUMBERS


def test_new_cases_that_are_looked_at_come_oldest_first_too(made: Register) -> None:
    marks, new = RegisterMarks(made), [f"BH-2028-000{serial}" for serial in range(1, 8)]
    assert [*marks.all()] == NUMBERS
    for number in new:
        filed(made, number)
    marks.look_again({*new})
    assert [*marks.all()] == NUMBERS + new
    marks.look_again(new[::-1])
    assert [*marks.all()] == NUMBERS + new


@pytest.mark.parametrize("changes", [({"N": "1"}, frozenset(), {}), ({}, {"N"}, {}), ({}, frozenset(), {"": ""})])
def test_there_is_something_to_take_in_where_a_mark_a_case_or_a_digest_is_another(
    changes: tuple[dict[str, str], frozenset[str], dict[str, str]],
) -> None:
    assert MarkChanges(*changes)
    assert not MarkChanges({}, frozenset(), {})


def test_a_case_that_is_left_out_is_compared_again_with_its_hundred_and_no_other() -> None:
    gone = frozenset({"BH-2026-0300"})
    changes = MarkChanges({"BH-2026-0001": "a", "BH-2026-0199": "b"}, gone, {"BH-2026-00": "x", "BH-2026-01": "y"})
    left = MarkChanges({"BH-2026-0199": "b"}, gone, {"BH-2026-00": "", "BH-2026-01": "y"})
    assert changes.without(["BH-2026-0001", "BH-2026-0109"]) == left


def test_what_was_written_just_now_has_its_hundreds_compared_next_time() -> None:
    marks = {"BH-2026-0001": "a", "BH-2026-0002": "b", "BH-2026-10001": "c"}
    assert MarkChanges.of(marks) == MarkChanges(marks, frozenset(), {"BH-2026-00": "", "BH-2026-100": ""})


def test_an_empty_register_has_no_marks_until_something_is_filed(tmp_path: Path) -> None:
    made = register(tmp_path)
    marks = RegisterMarks(made)
    assert marks.all() == {}
    file(made, response(1))
    marks.look_again(["BH-2026-0001"])
    assert [*marks.all()] == ["BH-2026-0001"]
