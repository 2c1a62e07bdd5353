"""A register that was put back from a backup and accepted: nothing is lost that is kept or at its source."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from processor.cases import register_memory
from processor.cases.records import Event
from processor.cases.register_memory import LostCase
from processor.foundation import clock_doubts
from processor.foundation.clock_doubts import ClockMemory
from processor.mail.message import Message
from processor.operations import counter, counter_filing, overview, response_filing, restoring
from processor.operations.counter_drafts import FOLDER, Draft, Drafts
from processor.operations.office import open_office
from processor.operations.pass_report import PassReport
from processor.operations.restoring import Accepted
from processor.site import kept_packages
from tests import office as offices
from tests.commands import payung
from tests.office import FORM, START, response
from tests.packages import PDF, dropped, said, sealed
from tests.smtp_server import running
from tests.story import Story

ASKED = ("nama", "nip", "uraian", "pertanyaan")
HEADER = ",".join(["Cap waktu", *(question.judul for question in FORM.pertanyaan if question.kunci in ASKED)])
EXPORTED = "2026/03/02 9:00:07 AM GMT+7,Orang Rekaan5,198001012005011905,Perkara dari ekspor.,Apa hukumnya?\n"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """An office with one case, whose register was copied then."""
    (tmp_path / "kantor").mkdir()
    made = Story(tmp_path / "kantor")
    arrives(made, 1)
    shutil.copytree(made.settings.register, tmp_path / "cadangan")
    return made


def arrives(story: Story, person: int, files: Mapping[str, bytes] | None = None, **holds: object) -> None:
    """A package of a person arrives from the site, and a pass files it."""
    package = sealed(offices.keys(story.settings.office_key.parent), said(person, files, **holds))
    path = dropped(story.settings.packages, package, str(person))
    os.utime(path, (story.now.timestamp(), story.now.timestamp()))
    story.passes()


def goes_back(story: Story) -> None:
    shutil.rmtree(story.settings.register)
    shutil.copytree(story.settings.path.parents[1] / "cadangan", story.settings.register)


def accepts(story: Story) -> Accepted:
    done = restoring.accept(open_office(story.settings, lambda: story.now, quiet=0, any_register=True), "petugas")
    story.office = open_office(story.settings, lambda: story.now, quiet=0)
    return done


def stories(story: Story) -> dict[str, str]:
    """What each case asks."""
    found = {number: story.office.register.read(number).case for number in story.office.register.numbers()}
    return {number: case.uraian for number, case in found.items() if case}


def test_what_was_filed_since_is_filed_again_under_a_new_number_and_both_are_told(story: Story) -> None:
    arrives(story, 2, jawaban={**response(2).answers, "uraian": "Perkara kedua."})
    arrives(story, 3, jawaban={**response(3).answers, "uraian": "Perkara ketiga."})
    goes_back(story)
    before = story.office.memory.load()
    done = accepts(story)
    after = story.office.memory.load()
    assert (done.missing.gone, done.missing.older, done.packages) == (("BH-2026-0002", "BH-2026-0003"), (), 3)
    assert before
    assert after
    assert after.serial == register_memory.serial_of(story.office.register.folder) == before.serial + 1
    assert (after.highest, set(after.lost)) == ({"BH-2026": 3}, {"BH-2026-0002", "BH-2026-0003"})
    news = story.passes().news
    known_now = story.office.memory.load()
    assert known_now
    assert {number: one.now for number, one in known_now.lost.items()} == {
        "BH-2026-0002": "BH-2026-0004", "BH-2026-0003": "BH-2026-0005",
    }  # fmt: skip
    assert stories(story) == {
        "BH-2026-0001": "Sebuah persoalan.",
        "BH-2026-0004": "Perkara kedua.",
        "BH-2026-0005": "Perkara ketiga.",
    }
    assert "BH-2026-0004 didaftarkan lagi; sebelum pemulihan: BH-2026-0002." in news
    case = story.office.register.read("BH-2026-0005").case
    assert case
    assert case.temuan[-1].startswith("Pernah terdaftar sebagai BH-2026-0003, ")
    last = story.passes()
    assert (last.news, [one for one in last.problems if "Folder permohonan" in one.message]) == ([], [])
    assert [row.number for row in overview.rows(story.office)] == list(stories(story))


def test_an_addition_and_its_attachment_come_back_too(story: Story) -> None:
    arrives(story, 2, jawaban=dict(response(2).answers), files={"surat.pdf": PDF})
    goes_back(story)
    accepts(story)
    story.passes()
    assert [path.name for path in (story.office.register.path("BH-2026-0003") / "lampiran").iterdir()] == ["1.age"]


def test_a_request_that_was_filed_without_a_refused_attachment_comes_back(story: Story) -> None:
    arrives(story, 2, {"budi.exe": b"MZ\x90\x00"})
    goes_back(story)
    accepts(story)
    story.passes()
    assert story.office.register.numbers() == ["BH-2026-0001", "BH-2026-0003"]
    assert len([*(story.settings.packages / "rusak").glob("*.age")]) == 1


def test_what_the_counter_filed_comes_back(story: Story) -> None:
    draft = Draft("a" * 32, "pengelola", START.isoformat(), "", dict(response(7).answers), {}, START.isoformat())
    drafts = Drafts(story.settings.register / FOLDER, offices.keys(story.settings.office_key.parent))
    drafts.keep(draft)
    counter.receive(story.office, "pengelola", lambda _: "", lambda _: None)
    assert story.office.register.numbers() == ["BH-2026-0001", "BH-2026-0002"]
    goes_back(story)
    assert accepts(story).packages == 2
    assert story.office.register.numbers() == ["BH-2026-0001", "BH-2026-0003"]
    case = story.office.register.read("BH-2026-0003")
    assert [event.actor for event in case.events if event.kind == "diterima_petugas"] == ["pengelola"]
    assert case.case
    assert case.case.sumber == "loket"


def test_what_the_counter_filed_waits_where_it_was_kept_while_the_clock_is_in_doubt(
    story: Story,
) -> None:
    drafts = Drafts(story.settings.register / FOLDER, offices.keys(story.settings.office_key.parent))
    for key, person in (("a" * 32, 7), ("b" * 32, 8)):
        drafts.keep(
            Draft(key, "pengelola", START.isoformat(), "", dict(response(person).answers), {}, START.isoformat())
        )
        counter.receive(story.office, "pengelola", lambda _: "", lambda _: None)
    goes_back(story)
    kept = kept_packages.kept(story.settings.packages, counter_filing.KEPT)
    memory = ClockMemory(START, "server")
    clock_doubts.save(story.settings.office_key.parent, memory)
    assert "Isian loket menunggu: " in payung("pulihkan", "--terima", folder=story.settings.path.parent)
    assert kept_packages.kept(story.settings.packages, counter_filing.KEPT) == kept
    clock_doubts.save(story.settings.office_key.parent, replace(memory, noted=""))
    assert accepts(story).waiting == ()
    assert story.office.register.numbers() == ["BH-2026-0001", "BH-2026-0004", "BH-2026-0005"]


def test_an_export_that_was_read_since_is_read_again(story: Story) -> None:
    export = story.settings.inbox / "kiriman.csv"
    export.parent.mkdir(exist_ok=True)
    export.write_text(f"{HEADER}\n{EXPORTED}", "utf-8")
    story.passes()
    assert "BH-2026-0002" in stories(story)
    goes_back(story)
    assert accepts(story).exports == ("kiriman.csv",)
    assert "sebelum pemulihan: BH-2026-0002." in story.passes().news[0]
    assert stories(story)["BH-2026-0003"] == "Perkara dari ekspor."


def test_google_is_read_from_the_beginning(story: Story) -> None:
    story.office.register.save_state("google", {"formulir": "F1", "since": "2026-03-02T01:00:00+00:00"})
    arrives(story, 2)
    accepts(story)
    assert story.office.register.state("google") == {}


def test_no_message_goes_out_twice_by_itself(tmp_path: Path) -> None:
    (tmp_path / "kantor").mkdir()
    with running() as server:
        story = Story(tmp_path / "kantor", server)
        with story.office.register.lock(1):
            response_filing.take_in(story.office, PassReport(), [response(1, source="google", key="a")])
        shutil.copytree(story.settings.register, tmp_path / "cadangan")
        story.passes()
        assert story.mail("orang1@example.org")
        goes_back(story)
        story.office.outbox.queue(Message("BH-2026-0001", "lain", "diterima"), story.now)
        (other,) = story.office.outbox.entries()
        assert story.office.outbox.compare_and_set(other, replace(other, state="ditahan", reason="Salah alamat."))
        story.office.outbox.queue(Message("BH-2026-0001", "diterima", "diterima"), story.now)
        assert accepts(story).messages == 1
        server.received.clear()
        story.later(days=1)
        story.passes()
        assert not story.mail("orang1@example.org")
        held = [entry for entry in story.office.outbox.entries() if entry.number]
        assert [entry.state for entry in held] == ["ditahan", "ditahan"]
        assert {entry.reason for entry in held} == {"Salah alamat.", restoring._UNSURE}


@pytest.mark.parametrize("empty", [True, False])
def test_a_lost_register_is_begun_anew_with_numbers_that_nobody_has(story: Story, *, empty: bool) -> None:
    arrives(story, 2)
    shutil.rmtree(story.settings.register)
    if empty:
        story.settings.register.mkdir()
    assert accepts(story).missing.gone == ("BH-2026-0001", "BH-2026-0002")
    story.reopens()
    story.passes()
    assert story.office.register.numbers() == ["BH-2026-0003", "BH-2026-0004"]


def test_a_single_older_case_is_accepted_and_goes_on(story: Story) -> None:
    story.office.register.record("BH-2026-0001", Event("catatan", START, "petugas"))
    story.passes()
    now = story.office.register.path("BH-2026-0001")
    shutil.rmtree(now)
    shutil.copytree(story.settings.path.parents[1] / "cadangan" / "2026" / now.name, now)
    story.passes()
    missing = accepts(story).missing
    assert (missing.gone, missing.older) == ((), ("BH-2026-0001",))
    assert missing.refused == ""
    assert story.passes().problems == []
    event = story.office.register.read("BH-2026-0001").events[-1]
    assert (event.kind, event.actor, event.time) == ("dipulihkan", "petugas", story.now)


def test_what_is_remembered_after_it_was_accepted_is_the_register_as_it_is(story: Story) -> None:
    arrives(story, 2)
    (story.office.register.path("BH-2026-0002") / "riwayat.jsonl").write_bytes(b"{")
    office = open_office(story.settings, lambda: story.now, quiet=0, any_register=True)
    assert restoring.compare(office) == restoring.accept(office, "petugas").missing
    assert ([*office.memory.heads()], office.register.journalled) == (["BH-2026-0001"], set())
    assert office.memory.heads()["BH-2026-0001"].is_in(office.register.journal_content("BH-2026-0001"))


@pytest.mark.parametrize(
    ("identity", "again"), [(None, ("kiriman.csv",)), ("", ("kiriman.csv",)), ("lain", ())], ids=["no", "none", "other"]
)
def test_an_export_is_read_again_unless_its_case_is_known_to_be_of_another_register(
    story: Story, identity: str | None, again: tuple[str, ...]
) -> None:
    export = story.settings.inbox / "kiriman.csv"
    export.parent.mkdir(exist_ok=True)
    export.write_text(f"{HEADER}\n{EXPORTED}", "utf-8")
    story.passes()
    goes_back(story)
    known = story.office.memory.load()
    assert known
    offices.forget_register(story.settings)
    if identity is not None:
        story.office.memory.save(replace(known, identity=identity))
    assert accepts(story).exports == again


def test_what_is_remembered_of_a_register_without_an_identity_is_of_this_one(story: Story) -> None:
    arrives(story, 2)
    goes_back(story)
    known = story.office.memory.load()
    assert known
    story.office.memory.save(replace(known, identity=""))
    assert accepts(story).missing.gone == ("BH-2026-0002",)


def test_a_computer_that_remembers_nothing_accepts_a_register_as_it_is(story: Story) -> None:
    (story.settings.office_key.parent / "ingatan-register.json").unlink()
    before = register_memory.serial_of(story.office.register.folder)
    done = accepts(story)
    assert (done.missing.gone, done.missing.older) == ((), ())
    known = story.office.memory.load()
    assert known
    assert (known.highest, known.serial) == (
        {"BH-2026": 1},
        register_memory.serial_of(story.office.register.folder),
    )
    assert known.serial == before + 1


def test_packages_are_kept_sealed_for_the_set_time_and_no_longer(story: Story) -> None:
    kept = story.settings.packages / "terdaftar"
    (path,) = kept.rglob("*.age")
    assert path.read_bytes().startswith(b"age-encryption.org/v1")
    assert (kept.stat().st_mode & 0o077, path.parent.name) == (0, START.date().isoformat())
    story.now += timedelta(days=30)
    story.passes()
    assert path.exists()
    story.now += timedelta(days=1)
    story.passes()
    assert not path.exists()


def test_the_command_says_what_is_missing_and_what_it_did(story: Story) -> None:
    arrives(story, 2)
    goes_back(story)
    folder = story.settings.path.parent
    told = payung("pulihkan", folder=folder, code=2)
    assert "lebih lama" in told
    assert "Tidak ada lagi: BH-2026-0002." in told
    assert "lebih lama" in payung("daftar", folder=folder, code=1)
    assert "lebih lama" in payung("periksa", folder=folder, code=2)
    told = payung("pulihkan", "--terima", folder=folder)
    assert "Hilang, nomornya tidak dipakai lagi: BH-2026-0002." in told
    assert "BH-2026-0001" in payung("daftar", folder=folder)
    assert json.loads((story.settings.register / "nomor.json").read_bytes()) == {"BH-2026": 2}
    assert "Tidak ada yang perlu dipulihkan." in payung("pulihkan", folder=folder)


def test_an_export_that_a_killed_pass_had_filed_is_read_again_though_nothing_remembers_its_case(story: Story) -> None:
    export = story.settings.inbox / "kiriman.csv"
    export.parent.mkdir(exist_ok=True)
    known = {path: path.read_bytes() for path in story.settings.office_key.parent.glob("ingatan-*")}
    export.write_text(f"{HEADER}\n{EXPORTED}", "utf-8")
    story.passes()
    assert story.office.register.numbers() == ["BH-2026-0001", "BH-2026-0002"]
    for path, content in known.items():
        path.write_bytes(content)
    goes_back(story)
    assert accepts(story).exports == ("kiriman.csv",)
    story.passes()
    assert len(story.office.register.numbers()) == 2
    assert accepts(story).exports == (), "what the register holds is not read again"


def test_a_number_that_a_killed_pass_gave_out_is_not_looked_for_once_its_register_is_gone(story: Story) -> None:
    known = {path: path.read_bytes() for path in story.settings.office_key.parent.glob("ingatan-riwayat*")}
    arrives(story, 2)
    for path, content in known.items():
        path.write_bytes(content)
    goes_back(story)
    assert accepts(story).missing.gone == ()
    known_now = story.office.memory.load()
    assert known_now
    assert known_now.lost == {"BH-2026-0002": LostCase("")}
    assert [one.place for one in story.passes().problems if "Folder permohonan" in one.message] == []
