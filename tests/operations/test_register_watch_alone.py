"""What a pass sees of journals, and when a register is refused: each rule on a register that holds journals only."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from processor.cases import journal, journal_heads, register_memory, registration_numbers
from processor.cases.journal_heads import JournalHead
from processor.cases.records import Event
from processor.cases.register import Register
from processor.cases.register_marks import RegisterMarks
from processor.cases.register_memory import LostCase, RegisterMemory, Remembered
from processor.intake import recognition
from processor.intake.recognition import Decision
from processor.operations import register_watch
from processor.operations.register_watch import RegisterRefused, RegisterWatch
from tests.office import START, register, response

ONE, TWO, THREE = NUMBERS = [f"BH-2026-000{n}" for n in (1, 2, 3)]
FILED, NOTED = (Event(kind, START, "petugas") for kind in (journal.FILING, "catatan"))


@pytest.fixture
def made(tmp_path: Path) -> Register:
    result = register(tmp_path)
    for number in NUMBERS:
        folder = result.folder / "2026" / number
        folder.mkdir(parents=True)
        (folder / journal.FILE_NAME).write_bytes(journal.journal_lines([FILED], number))
    registration_numbers.save_highest(result.folder, NUMBERS)
    return result


@pytest.fixture
def memory(tmp_path: Path) -> RegisterMemory:
    return RegisterMemory(tmp_path / "kunci")


def journal_of(made: Register, number: str) -> Path:
    return made.path(number) / journal.FILE_NAME


def grows(made: Register, number: str) -> None:
    """Another computer adds a line, of which this one knows nothing."""
    journal.append(journal_of(made, number), [NOTED])


def pass_begins(made: Register, memory: RegisterMemory) -> RegisterWatch:
    watch = RegisterWatch(made, memory, RegisterMarks(made))
    watch.compare()
    return watch


def one_pass(made: Register, memory: RegisterMemory) -> set[str]:
    """The cases that a pass holds."""
    watch = pass_begins(made, memory)
    watch.remember()
    return {*watch.held}


def heads(made: Register) -> dict[str, JournalHead]:
    """How far the journals are."""
    found = [journal_heads.head_of(one, made.journal_mark(one), made.journal_content(one)) for one in made.numbers()]
    return {one.number: one for one in found if one}


def known(memory: RegisterMemory) -> Remembered:
    found = memory.load()
    assert found
    return found


@pytest.mark.parametrize(
    ("filed_now", "told"),
    [
        ([], ["3 permohonan, sampai BH-2026-0003"]),
        ([THREE], ["2 permohonan, sampai BH-2026-0002"]),
        (NUMBERS, []),
    ],
)
def test_a_register_that_is_met_first_is_told_with_what_was_there_before(
    made: Register, memory: RegisterMemory, filed_now: list[str], told: list[str]
) -> None:
    made.journalled.update(filed_now)
    watch = RegisterWatch(made, memory, RegisterMarks(made))
    assert [said.partition("untuk pertama kali: ")[2].partition(".")[0] for said in watch.compare()] == told
    watch.remember()
    assert watch.compare() == []
    assert memory.heads() == heads(made)
    assert known(memory) == Remembered(register_watch.identity_of(made), 1, {"BH-2026": 3})


def test_a_register_without_cases_is_remembered_too(tmp_path: Path, memory: RegisterMemory) -> None:
    made = register(tmp_path)
    assert pass_begins(made, memory).compare() == []
    one_pass(made, memory)
    assert known(memory) == Remembered(register_watch.identity_of(made))


def test_a_pass_that_sees_nothing_new_waits_for_nobody_who_writes(made: Register, memory: RegisterMemory) -> None:
    one_pass(made, memory)
    for _ in range(2):
        with made.lock(1):
            assert one_pass(made, memory) == set()
        assert known(memory).serial == register_memory.serial_of(made.folder) == 1
        (made.path(ONE) / "permohonan.yaml").write_text("x: 1\n")  # of which no journal tells


@pytest.mark.parametrize(("here", "remembered"), [(7, 1), (1, 7)])
def test_the_serial_goes_on_after_the_higher_of_both_and_what_was_lost_stays_known(
    made: Register, memory: RegisterMemory, here: int, remembered: int
) -> None:
    one_pass(made, memory)
    before = replace(known(memory), serial=remembered, lost={"BH-2025-0001": LostCase("a" * 16)}, highest={"A-2025": 4})
    memory.save(before)
    register_memory.save_serial(made.folder, here)
    grows(made, ONE)
    one_pass(made, memory)
    assert known(memory) == replace(before, serial=8, highest={"A-2025": 4, "BH-2026": 3})
    assert register_memory.serial_of(made.folder) == 8


def test_a_case_that_is_gone_and_a_journal_of_no_whole_line_are_looked_at_once(
    made: Register, memory: RegisterMemory
) -> None:
    one_pass(made, memory)
    made.path(ONE).rename(made.folder / "disisihkan")
    one_pass(made, memory)
    assert not memory.index.changes(RegisterMarks(made))[0].gone
    new = made.folder / "2026" / "BH-2026-0004"
    new.mkdir()
    (new / journal.FILE_NAME).write_bytes(b"{")
    assert one_pass(made, memory) == set()
    assert not memory.index.changes(RegisterMarks(made))[0].marks
    assert memory.heads().keys() == {*NUMBERS}


def test_a_case_whose_journal_is_an_older_one_is_left_alone_and_no_other(
    made: Register, memory: RegisterMemory
) -> None:
    before = journal_of(made, ONE).read_bytes()
    grows(made, ONE)
    one_pass(made, memory)
    grows(made, TWO)
    journal_of(made, ONE).write_bytes(before)
    journal_of(made, THREE).unlink()
    assert register_watch.held_cases(made, memory, NUMBERS) == {ONE}


def test_what_was_written_in_the_pass_is_remembered_with_it(made: Register, memory: RegisterMemory) -> None:
    watch = pass_begins(made, memory)
    made.record(TWO, NOTED)
    made.journalled.add("BH-2026-0009")  # which somebody moved away since
    watch.remember()
    assert memory.heads() == heads(made)
    assert memory.heads()[TWO].lines == 2
    assert made.journalled == set()
    assert [*watch.marks.all()] == NUMBERS


def goes_back(made: Register, number: str) -> None:
    """The journal loses its last line."""
    path = journal_of(made, number)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def test_an_older_journal_is_held_and_what_was_seen_of_it_stays(made: Register, memory: RegisterMemory) -> None:
    grows(made, ONE)
    one_pass(made, memory)
    seen, whole = memory.heads()[ONE], journal_of(made, ONE).read_bytes()
    goes_back(made, ONE)
    grows(made, TWO)
    watch = pass_begins(made, memory)
    assert {*watch.held} == {ONE}
    assert "(2 peristiwa, sekarang 1)" in watch.held[ONE].message
    assert watch.held[ONE] == register_watch.held_case(made, memory, ONE)
    made.journalled.add(ONE)
    journal_of(made, ONE).write_bytes(whole)
    grows(made, ONE)
    watch.remember()
    assert ({*watch.held}, memory.heads()[ONE]) == ({ONE}, seen), "of a case that was left alone nothing is seen"
    assert one_pass(made, memory) == set()
    assert memory.heads() == heads(made)


def test_a_journal_that_goes_back_while_a_pass_runs_is_held_from_then_on(
    made: Register, memory: RegisterMemory
) -> None:
    one_pass(made, memory)
    made.record(ONE, NOTED)
    watch = pass_begins(made, memory)
    goes_back(made, ONE)
    watch.remember()
    assert {*watch.held} == {ONE}
    assert memory.heads()[ONE].lines == 2
    assert one_pass(made, memory) == {ONE}


def test_a_journal_is_read_once_in_a_pass(made: Register, memory: RegisterMemory) -> None:
    watch = pass_begins(made, memory)
    path = journal_of(made, ONE)
    before = path.stat()
    path.write_bytes(b"\n" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    watch.remember()
    assert watch.held == {}


def test_of_a_case_that_is_whole_new_or_not_there_nothing_is_told(made: Register, memory: RegisterMemory) -> None:
    assert register_watch.held_case(made, memory, ONE) is None
    one_pass(made, memory)
    grows(made, ONE)
    made.path(TWO).rename(made.folder / "disisihkan")
    assert [register_watch.held_case(made, memory, one) for one in NUMBERS] == [None, None, None]
    assert [*register_watch.behind(made, memory.heads())] == [TWO]


def refusal(made: Register, memory: RegisterMemory) -> str:
    """Why the register cannot be used; "" where it can."""
    try:
        register_watch.check(made, memory)
    except RegisterRefused as error:
        return str(error)
    return ""


HIGHER = "nomor di sana sampai BH-2025-0001, BH-2026-0003, di sini sudah tercatat sampai "


@pytest.mark.parametrize(
    ("highest", "said"),
    [
        ({}, ""),
        ({"BH-2026": 3, "BH-2025": 1}, ""),
        ({"BH-2026": 2}, ""),
        ({"BH-2026": 4, "BH-2025": 1}, f"{HIGHER}BH-2025-0001, BH-2026-0004, "),
        ({"A-2025": 1}, f"{HIGHER}A-2025-0001, "),
    ],
)
def test_numbers_that_the_register_never_gave_out_tell_that_it_is_older(
    made: Register, memory: RegisterMemory, highest: Mapping[str, int], said: str
) -> None:
    (made.folder / "nomor.json").write_text('{"BH-2026": 3, "BH-2025": 1}')
    memory.save(Remembered(register_watch.identity_of(made), 0, highest))
    found = refusal(made, memory)
    assert said in found
    assert bool(said) == bool(found)


def test_numbers_that_a_crash_kept_from_being_given_out_refuse_nothing(made: Register, memory: RegisterMemory) -> None:
    memory.note_numbers(made.folder, register_watch.identity_of(made), ["BH-2026-0009"])
    assert (known(memory).highest, refusal(made, memory)) == ({"BH-2026": 9}, "")
    (made.folder / "nomor-mulai.json").unlink()
    assert "BH-2026-0009" in refusal(made, memory)


@pytest.mark.parametrize(("serial", "refused"), [(1, False), (2, True)])
def test_older_journals_refuse_the_register_only_where_its_serial_is_older_too(
    made: Register, memory: RegisterMemory, serial: int, *, refused: bool
) -> None:
    grows(made, ONE)
    one_pass(made, memory)
    memory.save(replace(known(memory), serial=serial))
    assert refusal(made, memory) == ""
    goes_back(made, ONE)
    assert ("sebagian riwayatnya hilang" in refusal(made, memory)) is refused


def test_nothing_remembered_refuses_nothing_and_anything_an_empty_register(
    made: Register, memory: RegisterMemory
) -> None:
    shutil.rmtree(made.folder)
    assert refusal(made, memory) == ""
    memory.save(Remembered("x"))
    assert refusal(made, memory) == ""
    memory.save(Remembered("x", 0, {"BH-2026": 1}))
    assert "kosong, padahal" in refusal(made, memory)
    assert "sampai BH-2026-0001." in refusal(made, memory)


def test_a_register_is_told_from_another_by_the_seal_that_lies_there_now(
    made: Register, memory: RegisterMemory, tmp_path: Path
) -> None:
    one_pass(made, memory)
    memory.save(replace(known(memory), identity=""))
    assert refusal(made, memory) == "", "what nobody knew is no other one"
    identity = register_watch.identity_of(made)
    memory.save(replace(known(memory), identity=identity))
    made.sealing.path.unlink()
    assert (register_watch.identity_of(made), refusal(made, memory)) == ("", ""), "a lost seal is told elsewhere"
    (tmp_path / "lain").mkdir()
    other = Register(tmp_path / "lain" / "register", made._office, made._taxonomy)
    other.prepare()
    shutil.copy(other.sealing.path, made.sealing.path)
    assert register_watch.identity_of(made) == other.fingerprint("register", "tanda") != identity
    assert "bukan register yang dikenal" in refusal(made, memory)


def test_only_a_new_case_that_was_lost_and_is_not_back_yet_has_a_former_number(
    made: Register, memory: RegisterMemory
) -> None:
    def decided(person: int, number: str, kind: str = "baru") -> Decision:
        sent = response(person, minute=person)
        return Decision(sent, kind, number, recognition.recognise(sent, made.fingerprint))

    outcomes = [decided(1, "N-1"), decided(2, "N-2"), decided(3, "N-3", "dikenali"), decided(4, "N-4")]
    assert register_watch.former_numbers(memory, outcomes) == {}
    origins = [journal_heads.origin_of(one.recognition.data()) for one in outcomes]
    lost = {"L-1": LostCase(origins[0]), "L-3": LostCase(origins[2]), "L-4": LostCase(origins[3], "N-9")}
    memory.save(Remembered("x", lost=lost))
    assert register_watch.former_numbers(memory, outcomes) == {"N-1": "L-1"}
