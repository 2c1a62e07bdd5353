"""What a register lacks, and what is remembered once it is accepted: each rule on a register of journals only."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from processor.cases import journal, register_memory, registration_numbers
from processor.cases.records import Event
from processor.cases.register_memory import LostCase, Remembered
from processor.mail.message import Message
from processor.operations import counter_filing, register_watch, restoring
from processor.operations.office import Office, open_office
from processor.operations.restoring import MissingFromRegister
from processor.site import kept_packages
from tests import office as offices
from tests.office import START, agency, register
from tests.operations.test_register_watch_alone import NUMBERS, ONE, THREE, TWO, goes_back, grows, heads, one_pass

NOW = START + timedelta(days=1)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office that has seen three cases, the first with two events."""
    made = register(tmp_path)
    for number in NUMBERS:
        folder = made.folder / "2026" / number
        folder.mkdir(parents=True)
        filed = Event(journal.FILING, START, "pemohon", {"kunci": [number], "waktu": [], "sidik": {}})
        (folder / journal.FILE_NAME).write_bytes(journal.journal_lines([filed], number))
    registration_numbers.save_highest(made.folder, NUMBERS)
    grows(made, ONE)
    result = open_office(agency(tmp_path), lambda: NOW, any_register=True)
    one_pass(result.register, result.memory)
    return result


def known(office: Office) -> Remembered:
    found = office.memory.load()
    assert found
    return found


def moved_away(office: Office, *numbers: str) -> None:
    for number in numbers:
        shutil.rmtree(office.register.path(number))


def test_a_register_that_is_whole_lacks_nothing_and_is_used_as_it_is(office: Office) -> None:
    assert restoring.compare(office) == MissingFromRegister((), (), "")


def test_what_is_gone_and_what_is_older_is_told_apart_and_remembered_when_it_is_accepted(office: Office) -> None:
    before, origins = known(office), {number: one.origin for number, one in office.memory.heads().items()}
    office.memory.save(replace(before, serial=7, lost={"BH-2025-0001": LostCase("a" * 16)}))
    office.register.save_state("google", {"since": "x"})
    moved_away(office, TWO, THREE)
    goes_back(office.register, ONE)
    missing = restoring.compare(office)
    assert (missing.gone, missing.older) == ((TWO, THREE), (ONE,))
    assert "sebagian riwayatnya hilang" in missing.refused
    done = restoring.accept(office, "siapa")
    assert (done.missing, done.packages, done.exports, done.messages, done.waiting) == (missing, 0, (), 0, ())
    lost = {TWO: LostCase(origins[TWO]), THREE: LostCase(origins[THREE]), "BH-2025-0001": LostCase("a" * 16)}
    assert known(office) == Remembered(before.identity, 8, {"BH-2026": 3}, lost)
    assert register_memory.serial_of(office.register.folder) == 8
    last = journal.read(office.register.path(ONE) / journal.FILE_NAME)[0][-1]
    assert (last.kind, last.actor, last.time) == ("dipulihkan", "siapa", NOW)
    assert office.memory.heads() == heads(office.register)
    assert (office.register.state("google"), office.register.journalled) == ({}, set())
    assert restoring.compare(office) == MissingFromRegister((), (), "")


def test_nothing_of_another_register_is_missed_in_this_one(office: Office) -> None:
    moved_away(office, TWO)
    office.memory.save(replace(known(office), identity="lain"))
    missing = restoring.compare(office)
    assert (missing.gone, missing.older) == ((), ())
    assert "bukan register yang dikenal" in missing.refused
    restoring.accept(office, "siapa")
    assert known(office).identity == register_watch.identity_of(office.register)
    assert known(office).lost == {TWO: LostCase("")}, "a number that was given out and has no case"


@pytest.mark.parametrize("identity", ["", None])
def test_of_a_register_that_is_known_by_no_identity_or_not_there_all_is_missed(
    office: Office, identity: str | None
) -> None:
    if identity is None:
        shutil.rmtree(office.register.folder)
    else:
        office.memory.save(replace(known(office), identity=identity))
        moved_away(office, *NUMBERS)
    assert restoring.compare(office).gone == tuple(NUMBERS)
    restoring.accept(office, "siapa")
    assert next(office.register.next_numbers("BH", 2026)) == "BH-2026-0004"


def test_the_higher_serial_and_the_higher_number_of_both_count(office: Office) -> None:
    office.memory.save(replace(known(office), serial=2, highest={"BH-2026": 4, "BH-2025": 1}))
    register_memory.save_serial(office.register.folder, 9)
    restoring.accept(office, "siapa")
    found = known(office)
    assert (found.serial, found.highest) == (10, {"BH-2026": 4, "BH-2025": 1})
    assert registration_numbers.highest_issued(office.register.folder, ()) == found.highest
    assert found.lost == {"BH-2026-0004": LostCase(""), "BH-2025-0001": LostCase("")}


def test_a_computer_that_remembers_nothing_remembers_what_is_there(office: Office) -> None:
    for path in office.memory.folder.glob("ingatan-*"):
        path.unlink()
    (office.register.path(TWO) / journal.FILE_NAME).write_bytes(b"{")
    assert restoring.accept(office, "siapa").missing == MissingFromRegister((), (), "")
    assert known(office) == Remembered(register_watch.identity_of(office.register), 2, {"BH-2026": 3})
    assert [*office.memory.heads()] == [ONE, THREE]


def test_only_messages_that_wait_are_held_and_counted(office: Office) -> None:
    for subject in ("satu", "dua"):
        office.outbox.queue(Message(ONE, subject, "diterima"), START)
    (first, *_) = office.outbox.entries()
    assert office.outbox.compare_and_set(first, replace(first, state="ditahan", reason="Salah alamat."))
    assert restoring.accept(office, "siapa").messages == 1
    held = sorted(office.outbox.entries(), key=lambda one: one.reason)
    assert (held[0].state, held[0].next) == ("ditahan", None)
    assert [one.reason for one in held] == [restoring._UNSURE, "Salah alamat."]
    assert held[0].changed == NOW


def test_counter_entries_that_cannot_be_filed_wait_where_they_are_kept_with_the_reason(office: Office) -> None:
    kept = office.settings.packages / kept_packages.FOLDER / "2026-03-02"
    kept.mkdir(parents=True)
    entries = {kept / f"{letter * 32}{counter_filing.KEPT}": b"rusak" for letter in "ab"}
    for path, content in entries.items():
        path.write_bytes(content)
    done = restoring.accept(office, "siapa")
    assert (done.packages, len(done.waiting)) == (0, 2)
    assert offices.everything(kept) == entries
