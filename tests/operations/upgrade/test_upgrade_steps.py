"""An upgrade is carried out, broken off anywhere and gone on with, and taken back byte for byte."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.foundation import file_locks, settings
from processor.foundation.errors import Busy, PayungError
from processor.foundation.settings import Settings
from processor.operations.upgrade import folder_version, upgrade_plan, upgrade_steps
from processor.operations.upgrade.merged_files import Answers
from tests.killing import done_until_killed
from tests.operations.upgrade.older_office import contents, older_office

PAGE = "docs/faq.md"


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    found = older_office(tmp_path / "kantor")
    (found.root / PAGE).write_text("# Tanya jawab kami\n", "utf-8")
    return found


def upgrade(office: Settings) -> None:
    begun = upgrade_steps.begun_from(office)
    upgrade_steps.carry_out(office, upgrade_plan.make_plan(office, begun_from=begun))


def test_what_was_planned_is_done_and_is_taken_back_byte_for_byte(office: Settings) -> None:
    before = contents(office.root)
    (office.root / "payung.yaml").chmod(0o660)
    modes = {name: (office.root / name).stat().st_mode for name in before}
    plan = upgrade_plan.make_plan(office)
    upgrade_steps.carry_out(office, plan)
    after = contents(office.root)
    changed = {one.name: one.after for one in plan.writes if not one.name.startswith(".payung/")}
    assert after == {name: one for name, one in {**before, **changed}.items() if one is not None}
    assert {name: (office.root / name).stat().st_mode for name in modes} == modes
    settings.load(office.path)
    again = upgrade_plan.make_plan(office)
    assert (again.writes, again.changes, again.questions) == ((), (), ())
    assert {*upgrade_steps.take_back(office)} == {*changed, folder_version.MARK}
    assert contents(office.root) == before
    assert not (office.root / upgrade_plan.ASIDE).exists()
    with pytest.raises(PayungError, match="Tidak ada pembaruan yang dapat dikembalikan"):
        upgrade_steps.take_back(office)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_file_that_stands_elsewhere_is_upgraded_there_and_its_link_stays(office: Settings, tmp_path: Path) -> None:
    menu, elsewhere = office.root / "mkdocs.yml", tmp_path / "menu kami.yml"
    before = menu.read_bytes()
    menu.rename(elsewhere)
    menu.symlink_to(elsewhere)
    upgrade(office)
    assert menu.is_symlink()
    assert elsewhere.read_bytes() != before
    upgrade_steps.take_back(office)
    assert menu.is_symlink()
    assert elsewhere.read_bytes() == before


def test_what_was_changed_since_keeps_the_rest_from_being_taken_back(office: Settings) -> None:
    upgrade(office)
    page = office.root / "opinions" / "pemberitahuan" / "pengingat_petugas.txt"
    page.write_text("Diubah sesudahnya.\n")
    after = contents(office.root)
    with pytest.raises(PayungError, match=r"diubah lagi: opinions/pemberitahuan/pengingat_petugas\.txt\."):
        upgrade_steps.take_back(office)
    assert contents(office.root) == after


def test_a_file_that_changed_since_the_plan_stops_it_before_anything_is_written(office: Settings) -> None:
    plan = upgrade_plan.make_plan(office)
    with office.path.open("a") as file:
        file.write("# sesudah rencana\n")
    before = contents(office.root)
    with pytest.raises(Busy, match=r"payung\.yaml berubah sejak rencana dibuat"):
        upgrade_steps.carry_out(office, plan)
    assert contents(office.root) == before


def test_no_pass_and_no_second_upgrade_runs_meanwhile(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrade_steps, "_WAIT", 0.1)
    plan, before = upgrade_plan.make_plan(office), contents(office.root)
    state = office.register / ".payung"
    state.mkdir(parents=True)
    (office.root / ".payung").mkdir()
    for lock, said in (
        (office.root / ".payung" / "perbarui.lock", "Pembaruan lain"),
        (state / "putaran.lock", "putaran"),
    ):
        with file_locks.hold(lock, 0, ""), pytest.raises(Busy, match=said):
            upgrade_steps.carry_out(office, plan)
    assert {**contents(office.root)}.keys() - before.keys() == {"pribadi/register/.payung/putaran.lock"}
    upgrade_steps.carry_out(office, plan)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office without pages of its own before its upgrade, to be copied."""
    folder = tmp_path_factory.mktemp("lama") / "kantor"
    older_office(folder)
    shutil.rmtree(folder / "docs")
    (folder / "opinions" / "pemberitahuan" / "pengingat_petugas.txt").write_text("Subjek: Pengingat kami\n", "utf-8")
    return folder


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.long)])
def test_an_upgrade_that_is_killed_anywhere_can_be_gone_on_with_or_taken_back(
    tmp_path: Path, before: Path, every: int
) -> None:
    whole = tmp_path / "utuh"
    shutil.copytree(before, whole)
    upgrade(settings.load(whole / settings.FILE_NAME))

    def killed(step: int, prepared: Callable[[Settings], object], act: Callable[[Settings], object]) -> bool:
        """Whether it got through; both ways out were tried."""
        through = False
        for way, expected in ((upgrade, contents(whole)), (back, contents(before))):
            folder = tmp_path / "kantor"
            shutil.copytree(before, folder)
            office = settings.load(folder / settings.FILE_NAME)
            prepared(office)
            through = done_until_killed(folder, step, lambda: act(office))  # noqa: B023 -- called at once
            way(office)
            assert contents(folder) == expected, (step, way)
            shutil.rmtree(folder)
        return through

    for prepared, act in ((lambda _: None, upgrade), (upgrade, upgrade_steps.take_back)):
        step = 1
        while not killed(step, prepared, act):
            step += every
        assert step > every, "it was never killed"


def back(office: Settings) -> None:
    """Take back what there is to take back."""
    if (office.root / upgrade_steps.KEPT).exists():
        upgrade_steps.take_back(office)


def test_what_somebody_changed_after_an_upgrade_was_broken_off_is_what_comes_back(office: Settings) -> None:
    before = office.path.read_bytes()
    assert not done_until_killed(office.root, 60, lambda: upgrade(office))
    assert upgrade_steps.begun_from(office) == "0.1.0"
    assert office.path.read_bytes() == before, "its turn had not come"
    office.path.write_bytes(before + b"# sesudah terputus\n")
    upgrade(office)
    assert office.path.read_bytes() != before + b"# sesudah terputus\n"
    upgrade_steps.take_back(office)
    assert office.path.read_bytes() == before + b"# sesudah terputus\n"


def test_what_is_decided_otherwise_after_an_upgrade_was_broken_off_does_not_replace_what_was_first(
    office: Settings,
) -> None:
    before = contents(office.root)
    assert not done_until_killed(office.root, 60, lambda: upgrade(office))
    menu = (office.root / "mkdocs.yml").read_bytes()
    assert menu != before["mkdocs.yml"]
    answers: Answers = {("mkdocs.yml", ("nav", "Kabar", "Kabar")): True}
    upgrade_steps.carry_out(office, upgrade_plan.make_plan(office, answers, upgrade_steps.begun_from(office)))
    assert (office.root / "mkdocs.yml").read_bytes() != menu
    upgrade_steps.take_back(office)
    assert contents(office.root) == before


def test_what_was_kept_and_is_damaged_is_told(office: Settings) -> None:
    upgrade(office)
    (office.root / upgrade_steps.KEPT).write_bytes(b"rusak")
    with pytest.raises(PayungError, match=r"sebelum-perbarui\.zip rusak"):
        upgrade_steps.take_back(office)
