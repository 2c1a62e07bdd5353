"""The drafter is not the reviewer: what is written in another's name counts once they confirm it at the desk."""

from datetime import date
from pathlib import Path

import pytest

from processor.foundation import yaml_editor
from processor.foundation.errors import BrokenFiles, Busy, PayungError
from processor.operations import confirming, desk_accounts, steps
from processor.operations.act_journal import Person
from tests.office import response
from tests.story import NUMBER, OFFICERS, Story, delivered

TODAY = date(2026, 3, 2)
DRAFTER, REVIEWER = Person("analis", at_desk=True), Person("kabag", at_desk=True)


def with_accounts(story: Story) -> None:
    """The reviewer has an account at the desk from now on."""
    story.later(seconds=1)
    at = story.now.isoformat()
    desk_accounts.of(story.settings).change("kabag", lambda _: desk_accounts.Account("ada", since=at))
    story.later(seconds=1)
    story.reopens()


def ready(folder: Path, *, accounts: bool = True, **changes: object) -> Story:
    """A case whose study waits for its review."""
    officers = {**OFFICERS, "kabag": {**OFFICERS["kabag"], **changes}}
    story = Story(folder, officers=officers)
    story.receives(response(1))
    story.writes(steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"), steps.assign("analis", "kabag", []))
    story.studies(selesai="ya")
    story.passes()
    assert story.status() == "diperiksa"
    if accounts:
        with_accounts(story)
    return story


def by_hand(story: Story) -> None:
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), steps.review("disetujui", "kabag", TODAY))


def approve(story: Story, by: Person) -> None:
    steps.apply(story.office, NUMBER, steps.review("disetujui", "kabag", TODAY), by=by)


def mark(story: Story) -> str:
    [found] = confirming.waiting(story.office, story.office.register.read(NUMBER))
    return found.mark


def test_a_drafter_who_writes_the_approval_by_file_by_command_or_at_the_desk_lets_nothing_out(tmp_path: Path) -> None:
    story = ready(tmp_path)
    by_hand(story)
    [said] = [one for one in story.passes().problems if "diteguhkan" in one.message]
    assert said.message == "Persetujuan ini perlu diteguhkan di meja oleh Kepala Bagian Contoh."
    assert story.status() == "diperiksa"
    with pytest.raises(PayungError, match="diteguhkan oleh Kepala Bagian Contoh"):
        confirming.confirm(story.office, NUMBER, mark(story), DRAFTER)
    with pytest.raises(PayungError, match="masuk di meja"):
        confirming.confirm(story.office, NUMBER, mark(story), Person("kabag", "mesin"))
    (tmp_path / "lain").mkdir()
    other = ready(tmp_path / "lain")
    for by in (Person("kabag", "mesin"), Person("analis", "mesin"), DRAFTER):
        with pytest.raises(BrokenFiles, match="perlu diteguhkan di meja oleh Kepala Bagian Contoh"):
            approve(other, by)
    other.passes()
    assert other.status() == "diperiksa"


def test_what_was_written_counts_from_its_confirmation_of_just_these_words(tmp_path: Path) -> None:
    story = ready(tmp_path)
    by_hand(story)
    story.passes()
    shown = mark(story)
    story.studies(saran="Tolak dengan surat.")
    with pytest.raises(Busy, match="berubah sejak ditampilkan"):
        confirming.confirm(story.office, NUMBER, shown, REVIEWER)
    story.later(minutes=5)
    confirming.confirm(story.office, NUMBER, mark(story), REVIEWER)
    [event] = [one for one in story.office.register.read(NUMBER).events if one.kind == "diteguhkan"]
    assert (event.actor, event.data["waktu_dari"]) == ("kabag", "meja")
    moved = [one for one in story.office.register.read(NUMBER).events if one.kind == "status"][-1]
    assert (moved.data["menjadi"], moved.time) == ("disetujui", story.now)


def test_who_is_signed_in_or_has_the_account_of_the_computer_needs_no_confirmation(tmp_path: Path) -> None:
    story = ready(tmp_path, akun="kabag-pc")
    with pytest.raises(BrokenFiles, match="perlu diteguhkan"):
        approve(story, Person("kabag", "lain"))
    approve(story, Person("kabag", "kabag-pc"))
    assert story.status() == "disetujui"
    with pytest.raises(BrokenFiles, match="Penyampaian ini perlu diteguhkan di meja oleh pengelola layanan"):
        steps.apply(story.office, NUMBER, delivered("180/1", TODAY, TODAY), by=Person("pengelola", "mesin"))
    steps.apply(story.office, NUMBER, delivered("180/1", TODAY, TODAY), by=Person("pengelola", at_desk=True))
    story.passes()
    assert story.status() in {"disampaikan", "selesai"}


def test_a_rejection_by_hand_waits_for_who_is_named_in_it(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    with_accounts(story)
    no = steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Perkaranya sedang disidangkan.")
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), no)
    story.passes()
    assert story.status() == "diajukan"
    confirming.confirm(story.office, NUMBER, mark(story), Person("pengelola", at_desk=True))
    assert story.status() == "ditolak"


@pytest.mark.parametrize("lifted", [False, True])
def test_an_office_without_accounts_or_with_the_setting_works_as_ever(tmp_path: Path, *, lifted: bool) -> None:
    story = ready(tmp_path, accounts=lifted)
    if lifted:
        desk = story.settings.meja.model_copy(update={"peneguhan": False})
        story.reopens(story.settings.model_copy(update={"meja": desk}).located_at(story.settings.path))
    by_hand(story)
    story.passes()
    last = [one for one in story.office.register.read(NUMBER).events if one.kind == "status"][-1]
    assert (last.data["menjadi"], last.data.get("peneguhan")) == ("disetujui", "tidak" if lifted else None)
    assert any("meja.peneguhan" in one.message for one in confirming.lifted(story.settings)) == lifted


def test_what_was_decided_before_there_were_accounts_goes_on_counting(tmp_path: Path) -> None:
    story = ready(tmp_path, accounts=False)
    by_hand(story)
    story.passes()
    with_accounts(story)
    story.passes()
    assert (story.status(), confirming.waiting(story.office, story.office.register.read(NUMBER))) == ("disetujui", [])


def test_a_command_in_anothers_name_is_refused_once_there_are_accounts(tmp_path: Path) -> None:
    story = ready(tmp_path, accounts=False, akun="kabag-pc")
    confirming.refuse_anothers_name(story.settings, Person("kabag", "lain"))
    with_accounts(story)
    confirming.refuse_anothers_name(story.settings, Person("kabag", "kabag-pc"))
    confirming.refuse_anothers_name(story.settings, Person("analis", "lain"))
    for by in (Person("kabag", "lain"), Person("analis", "kabag-pc")):
        with pytest.raises(PayungError, match="bukan akun petugas itu"):
            confirming.refuse_anothers_name(story.settings, by)
