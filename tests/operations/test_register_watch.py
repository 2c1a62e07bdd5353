"""A register that is older than it was, empty or another's is refused; a single older case is left alone."""

import os
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path
from unittest import mock

import pytest

from processor.cases.records import Event
from processor.cli import case_output, case_table, setup
from processor.desk.home_page import front_page
from processor.desk.officer_pages import case_page
from processor.desk.visit import Visit
from processor.foundation.errors import PayungError
from processor.operations import daily_pass, overview, register_watch, response_filing
from processor.operations.office import open_office
from processor.operations.pass_report import PassReport
from processor.operations.register_watch import RegisterRefused
from tests import office as offices
from tests.office import START, response
from tests.story import Story


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """An office that has seen two cases, with a copy of its register beside it, and then a third."""
    (tmp_path / "kantor").mkdir()
    made = Story(tmp_path / "kantor")
    made.receives(response(1, source="google", key="a"), response(2, minute=1, source="google", key="b"))
    shutil.copytree(made.settings.register, tmp_path / "cadangan")
    return made


def goes_back(story: Story, *parts: str) -> None:
    """Put the copy, or a part of it, in the place of what the register is now."""
    now = story.settings.register.joinpath(*parts)
    shutil.rmtree(now)
    shutil.copytree(story.settings.path.parents[1].joinpath("cadangan", *parts), now)


def refused(story: Story) -> str:
    """The sentence with which commands and passes alike refuse the register."""
    with pytest.raises(RegisterRefused) as by_pass:
        daily_pass.run_pass(story.office)
    with pytest.raises(RegisterRefused) as by_command:
        open_office(story.settings, lambda: story.now)
    assert str(by_command.value) == str(by_pass.value)
    return str(by_pass.value)


def test_an_older_register_is_refused_whatever_was_done_since(story: Story) -> None:
    story.receives(response(3, minute=2, source="google", key="c"))
    goes_back(story)
    before = offices.everything(story.settings.register)
    assert "sampai BH-2026-0002, di sini sudah tercatat sampai BH-2026-0003" in refused(story)
    assert "payung pulihkan --terima" in refused(story)
    assert offices.everything(story.settings.register) == before


def test_an_older_register_with_the_same_numbers_is_refused(story: Story) -> None:
    story.office.register.record("BH-2026-0001", Event("catatan", START, "petugas"))
    story.passes()
    goes_back(story)
    assert "lebih lama" in refused(story)


def test_a_number_given_out_at_the_counter_is_remembered_before_the_next_pass(story: Story) -> None:
    with story.office.register.lock(1):
        response_filing.take_in(story.office, PassReport(), [response(3, minute=2)])
    goes_back(story)
    assert "lebih lama" in refused(story)


class Died(BaseException):
    """The computer lost power."""


def files_two(story: Story) -> None:
    """Two requests are filed; a pass need not come to its end."""
    with story.office.register.lock(1):
        response_filing.take_in(story.office, PassReport(), [response(1), response(2, minute=1)])


def died_while_filing(story: Story, flush: int) -> bool:
    """Whether power was lost at that flush, while two requests were filed; what was written until then stands."""
    flushes = iter(range(1, flush))

    def lost(_handle: int) -> None:
        if next(flushes, None) is None:
            raise Died

    with suppress(Died), mock.patch("os.fsync", lost), mock.patch("os.sync", partial(lost, 0)):
        files_two(story)
        return False
    return True


def test_power_lost_at_any_moment_of_the_first_filing_lets_no_number_change_hands(tmp_path: Path) -> None:
    made, died, flush = Story(tmp_path), True, 0
    register, keys = made.settings.register, made.settings.office_key.parent
    shutil.copytree(register, tmp_path / "cadangan")
    memories = offices.everything(keys)
    while died:
        flush += 1
        died = died_while_filing(made, flush)
        if made.office.register.numbers():
            register.rename(tmp_path / "sesudah")
            shutil.copytree(tmp_path / "cadangan", register)
            with pytest.raises(RegisterRefused, match="sampai BH-2026-0002"):
                register_watch.check(made.office.register, made.office.memory)
            shutil.rmtree(register)
            (tmp_path / "sesudah").rename(register)
        register_watch.check(made.office.register, made.office.memory)
        files_two(made)
        assert made.office.register.numbers() == ["BH-2026-0001", "BH-2026-0002"], "there is no gap"
        shutil.rmtree(register)
        shutil.copytree(tmp_path / "cadangan", register)
        for name in offices.everything(keys).keys() - memories.keys():
            (keys / name).unlink()
    assert flush > 5


@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
def test_where_the_disk_is_not_there_nothing_is_begun_anew(story: Story, left: str) -> None:
    shutil.rmtree(story.settings.register)
    if left != "nothing":
        story.settings.register.mkdir()
    assert "pasang dahulu" in refused(story)
    with pytest.raises(RegisterRefused):
        list(setup.prepare_office(story.settings.path))
    assert offices.everything(story.settings.register) == {}


def test_another_register_is_refused(story: Story, tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    (tmp_path / "lain" / "kunci").mkdir()
    shutil.copy(story.settings.office_key, tmp_path / "lain" / "kunci")
    other = Story(tmp_path / "lain")
    other.receives(*(response(person, minute=person) for person in range(1, 5)))
    shutil.rmtree(story.settings.register)
    shutil.copytree(other.settings.register, story.settings.register)
    assert "bukan register yang dikenal" in refused(story)


def test_a_register_that_went_on_elsewhere_is_taken_as_it_is(story: Story, tmp_path: Path) -> None:
    """Two computers with one register: each remembers, and neither is refused for what the other did."""
    shutil.copytree(story.settings.office_key.parent, tmp_path / "ingatan-sini")
    story.receives(response(3, minute=2, source="google", key="c"))
    shutil.copytree(tmp_path / "ingatan-sini", story.settings.office_key.parent, dirs_exist_ok=True)
    assert (story.passes().failures, story.office.register.missing()) == ([], [])


def test_a_register_that_is_met_for_the_first_time_is_taken_and_told_once(story: Story) -> None:
    offices.forget_register(story.settings)
    [told] = story.passes().news
    assert "2 permohonan, sampai BH-2026-0002" in told
    assert story.passes().news == []


def test_a_copy_that_lost_its_serial_and_nothing_else_is_no_older_one(story: Story) -> None:
    (story.settings.register / "urutan.json").unlink()
    assert story.passes().failures == []


def test_one_older_case_is_left_alone_and_told_and_the_others_go_on(story: Story) -> None:
    story.office.register.record("BH-2026-0001", Event("catatan", START, "petugas"))
    story.passes()
    goes_back(story, "2026", "BH-2026-0001")
    before = offices.everything(story.settings.register / "2026" / "BH-2026-0001")
    story.later(days=3)
    for _ in range(2):
        story.receives(response(4, minute=9, source="google", key="d"))
        told = [one for one in daily_pass.run_pass(story.office).problems if one.place == "BH-2026-0001"]
        assert [one.message.partition(" (")[0] for one in told] == [
            "Riwayatnya lebih lama daripada yang terakhir dilihat komputer ini"
        ]
    assert offices.everything(story.settings.register / "2026" / "BH-2026-0001") == before
    assert story.office.register.numbers()[-1] == "BH-2026-0003"


def test_an_older_case_stands_in_the_list_and_at_the_desk_as_held_with_the_reason_until_it_is_back(
    story: Story, tmp_path: Path
) -> None:
    number, why = "BH-2026-0001", "Riwayatnya lebih lama daripada yang terakhir dilihat komputer ini"
    story.office.register.record(number, Event("catatan", START, "petugas"))
    story.passes()
    now = story.settings.register / "2026" / number
    shutil.copytree(now, tmp_path / "terbaru")
    before, _ = overview.rows(story.office)
    goes_back(story, "2026", number)
    story.passes()
    held, beside = overview.rows(story.office)
    assert (held.duty.partition(":")[0], held.wrong, held.due) == ("ditahan", 1, before.due)
    assert beside.duty.partition(":")[0] != "ditahan"
    assert held.duty in case_table.case_table(story.office, [held], hidden=0)
    assert held.duty in front_page(Visit(story.office, ""))
    assert why in case_page(Visit(story.office, ""), number)
    assert why in case_output.case_text(case_output.case_data(story.office, number), story.settings.layanan.zone)
    shutil.rmtree(now)
    shutil.copytree(tmp_path / "terbaru", now)
    assert next(overview.rows(story.office)) == before
    assert why not in case_page(Visit(story.office, ""), number)


def test_a_journal_that_has_not_changed_is_not_read(story: Story) -> None:
    story.passes()
    path = story.office.register.path("BH-2026-0001") / "riwayat.jsonl"
    sound, times = path.read_bytes(), path.stat()
    path.write_bytes(b"\n" * len(sound))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    story.office.register.record("BH-2026-0002", Event("catatan", START, "petugas"))
    assert "BH-2026-0001" not in {one.place for one in daily_pass.run_pass(story.office).problems}
    path.write_bytes(sound[:-1])
    assert "BH-2026-0001" in {one.place for one in daily_pass.run_pass(story.office).problems}


def test_what_is_remembered_names_nobody(story: Story) -> None:
    kept = b"".join(path.read_bytes() for path in story.settings.office_key.parent.glob("ingatan-*"))
    assert b"BH-2026-0002" in kept
    assert not [word for word in (b"Rekaan", b"1980010120050119", b"example.org", b"0812") if word in kept]


def test_a_memory_that_is_damaged_is_made_anew(story: Story) -> None:
    for path in story.settings.office_key.parent.glob("ingatan-*"):
        path.write_bytes(b"\x00{")
    assert len(story.passes().news) == 1
    story.receives(response(3, minute=2, source="google", key="c"))
    goes_back(story)
    with pytest.raises(PayungError):
        daily_pass.run_pass(story.office)


def test_a_register_is_known_by_a_fingerprint_that_stays_the_same(story: Story) -> None:
    register, known = story.office.register, story.office.memory.load()
    assert known
    assert known.identity == register_watch.identity_of(register) == register.fingerprint("register", "tanda")
