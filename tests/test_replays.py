"""Packages that come again, late, in numbers or half taken: what an applicant said last stands, and nothing is lost."""

import os
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from processor.cases import office_keys
from processor.cases.dossier import attachments, open_dossier
from processor.cases.records import Event
from processor.operations import applicant_status, daily_pass, steps
from tests.effort import STRIDE
from tests.killing import done_until_killed
from tests.office import applicant_keys, forget_register, response
from tests.packages import PDF, dropped, said, sealed
from tests.story import NUMBER, Story

TODAY = date(2026, 3, 2)
SECOND = "BH-2026-0002"
KEYS = applicant_keys()


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """An office on a computer without LibreOffice."""
    monkeypatch.setenv("PATH", "")
    return Story(tmp_path, publishes=True)


def sends(story: Story, words: dict[str, object], name: str = "a") -> bytes:
    """A package arrives, and two passes follow; the sealed package."""
    keys = office_keys.load(story.settings.office_key, story.settings.recipients)
    content = sealed(keys, words)
    arrives(story, content, name)
    return content


def arrives(story: Story, package: bytes, name: str) -> None:
    """A sealed package comes at the office's time, and two passes follow."""
    moment = story.now.timestamp()
    os.utime(dropped(story.settings.packages, package, name), (moment, moment))
    story.passes()


def asks(story: Story, name: str = "a", person: int = 1, **changes: str) -> bytes:
    """A request of the person with the code of ``KEYS``."""
    return sends(story, said(person, jawaban={**answers(person), **changes}), name)


def answers(person: int) -> dict[str, str]:
    """What the person says, with the public halves of the code."""
    return {**response(person).answers, "kode_lacak": KEYS.locator, "kunci_balasan": KEYS.recipient}


def adds(story: Story, name: str = "z") -> None:
    """An addition, sent with the code."""
    sends(story, said(9, {"susulan.pdf": PDF}, untuk=KEYS.proof, jawaban={"keterangan": "Ini."}), name)


def email(story: Story) -> str:
    return open_dossier(story.office.register, NUMBER).applicant.email


def test_an_old_package_that_somebody_puts_back_changes_nothing(story: Story) -> None:
    kept = asks(story, email="kantor@example.org")
    story.later(minutes=1)
    asks(story, "b", email="pribadi@example.org")
    assert email(story) == "pribadi@example.org"
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat tugas"]))
    arrives(story, kept, "lama")
    assert (email(story), story.status()) == ("pribadi@example.org", "menunggu_kelengkapan")


def test_the_same_answers_sealed_again_are_no_change(story: Story) -> None:
    asks(story)
    asks(story, "b")
    assert not (story.office.register.path(NUMBER) / "perubahan-1.yaml").exists()


def test_an_addition_reaches_the_case_that_waits_for_it(story: Story) -> None:
    asks(story)
    asks(story, "b", person=2)
    missing = steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat tugas"])
    story.writes(missing, number=SECOND)
    adds(story)
    assert (story.status(), story.status(SECOND)) == ("diajukan", "diajukan")
    assert (story.office.register.path(SECOND) / "perubahan-1.yaml").exists()


def test_an_addition_follows_the_code_that_the_case_file_holds(story: Story) -> None:
    asks(story, kode_lacak="f" * 32)
    story.writes(steps.set_code(KEYS.locator, KEYS.recipient))
    mark = {"kode_lacak": story.office.register.fingerprint("kode_lacak", KEYS.locator)}
    told = {"kunci": [], "waktu": [], "sidik": mark}
    story.office.register.record(NUMBER, Event(applicant_status.NEW_CODE, story.now, "pengelola", told))
    asks(story, "lagi", kode_lacak="f" * 32, pertanyaan="Lain?")
    adds(story)
    assert (story.office.register.path(NUMBER) / "perubahan-2.yaml").exists()


def test_an_addition_waits_while_the_case_file_cannot_be_used(story: Story) -> None:
    asks(story)
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    sound = path.read_bytes()
    path.write_bytes(b"nomor_registrasi: [")
    adds(story)
    assert len(list(story.settings.packages.glob("*.age"))) == 1
    path.write_bytes(sound)
    story.passes()
    assert (story.office.register.path(NUMBER) / "perubahan-1.yaml").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_wherever_an_addition_is_cut_short_no_attachment_takes_the_place_of_another(tmp_path: Path) -> None:
    story = Story(tmp_path, publishes=True)
    asks(story)
    keys = office_keys.load(story.settings.office_key, story.settings.recipients)
    addition = said(9, {"susulan.pdf": PDF + b"susulan"}, untuk=KEYS.proof, jawaban={"keterangan": "Ini."})
    edit = said(1, {"ubahan.pdf": PDF + b"ubahan"}, jawaban={**answers(1), "pertanyaan": "Lain?"})
    register, kept = story.settings.register, tmp_path / "semula"
    shutil.copytree(register, kept)
    step, through = 0, False
    while not through:
        step += STRIDE
        dropped(story.settings.packages, sealed(keys, addition), "b")
        through = done_until_killed(register, step, partial(daily_pass.run_pass, story.office))
        dropped(story.settings.packages, sealed(keys, edit), "a")
        story.passes()
        found = {name.split("-", 1)[1]: content for name, content in attachments(story.office.register, NUMBER)}
        assert found == {"susulan.pdf": PDF + b"susulan", "ubahan.pdf": PDF + b"ubahan"}, step
        shutil.rmtree(register)
        shutil.copytree(kept, register)
        forget_register(story.settings)
    assert step > 5, "the kill switch saw too few steps"


def test_a_story_of_twice_what_the_form_lets_anybody_type_is_filed(story: Story) -> None:
    asks(story, uraian="a" * 100_000)
    assert story.office.register.numbers() == [NUMBER]


def test_nobody_can_have_the_office_write_to_a_stranger_again_and_again(story: Story) -> None:
    sent = [response(1, minute=n, key=f"k{n}", uraian=f"Perkara {n}.", email="asing@example.org") for n in range(5)]
    story.receives(*sent, response(2, minute=9))
    states = [(entry.number, entry.state) for entry in story.office.outbox.entries() if entry.kind == "diterima"]
    assert {state for number, state in states if number != "BH-2026-0006"} == {"ditahan"}
    assert dict(states)["BH-2026-0006"] == "antre"
