"""A backup that is put back: on the same computer and on one that has nothing, and what a damaged one leaves alone."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from processor.cases import register_memory
from processor.foundation import settings
from tests import office as offices
from tests.commands import payung
from tests.operations.backups.conftest import Backed, arrives


def inside(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): content for path, content in offices.everything(folder).items()}


def test_a_lost_register_comes_back_and_ends_in_the_acceptance(own: Backed) -> None:
    story, folder = own.story, own.story.settings.path.parent
    arrives(story, 2)
    before = offices.everything(story.settings.register / "2026" / "BH-2026-0001")
    shutil.rmtree(story.settings.register)
    assert "kosong" in payung("daftar", folder=folder, code=1)
    told = payung("pulihkan", own.place, folder=folder, code=2)
    assert "Register kembali dari cadangan 02-03-2026" in told
    assert "Tidak ada lagi: BH-2026-0002." in told
    assert "payung pulihkan --terima" in told
    assert offices.everything(story.settings.register / "2026" / "BH-2026-0001") == before
    assert story.settings.register.stat().st_mode & 0o077 == 0
    told = payung("pulihkan", "--terima", folder=folder)
    assert "2 kiriman yang tersimpan" in told
    story.reopens()
    story.passes()
    assert story.office.register.numbers() == ["BH-2026-0001", "BH-2026-0003"]


def test_both_at_once(own: Backed) -> None:
    shutil.rmtree(own.story.settings.register)
    told = payung("pulihkan", own.place, "--terima", folder=own.story.settings.path.parent)
    assert "Register diterima seperti adanya sekarang" in told


def test_the_register_that_was_there_is_put_aside(own: Backed) -> None:
    arrives(own.story, 2)
    register = own.story.settings.register
    told = payung("pulihkan", own.place, folder=own.story.settings.path.parent, code=2)
    [aside] = register.parent.glob("register-sebelum-*")
    assert f"Register yang tadinya di sana: {aside}" in told
    assert (aside / "2026" / "BH-2026-0002").is_dir()
    assert not (register / "2026" / "BH-2026-0002").exists()
    assert not [*register.parent.glob(".register*")]


def test_nothing_is_written_over(own: Backed) -> None:
    story = own.story
    arrives(story, 2)
    places = (story.settings.inbox, story.settings.office_key.parent, story.settings.root)
    before = {path: one for place in places for path, one in offices.everything(place).items()}
    payung("pulihkan", own.place, "--kunci", own.keys_place, folder=story.settings.path.parent, code=2)
    after = {path: path.read_bytes() for path in before}
    changed = [path.name for path, one in before.items() if after[path] != one]
    assert changed == []


@pytest.mark.parametrize("part", ["register", "masuk"])
def test_a_damaged_backup_replaces_nothing(part: str, own: Backed) -> None:
    [backup] = own.place.glob("payung-register-*")
    wrong = next(path for path in (backup / part).rglob("*.age"))
    wrong.write_bytes(b"rusak")
    shutil.rmtree(own.story.settings.packages)
    before = offices.everything(own.story.settings.register)
    told = payung("pulihkan", own.place, folder=own.story.settings.path.parent, code=1)
    assert wrong.name in told
    assert "Register tidak diganti" in told
    assert offices.everything(own.story.settings.register) == before
    assert not [*own.story.settings.register.parent.glob(".register*")]


def test_a_key_that_opens_the_backup_is_asked_for_first(own: Backed) -> None:
    own.story.settings.office_key.unlink()
    before = offices.everything(own.story.settings.register)
    told = payung("pulihkan", own.place, folder=own.story.settings.path.parent, code=1)
    assert "--kunci" in told
    assert offices.everything(own.story.settings.register) == before


def test_an_office_comes_back_on_a_computer_that_has_nothing(own: Backed, tmp_path: Path) -> None:
    story, before = own.story, inside(own.story.settings.register / "2026")
    arrived = next(story.settings.packages.glob("terdaftar/*/*.age")).stat().st_mtime_ns
    shutil.rmtree(story.settings.path.parent)
    for path in own.place.rglob("*.age"):
        path.touch()  # copied on by something that keeps no times
    here = tmp_path / "baru"
    here.mkdir()
    told = payung("pulihkan", own.place, "--kunci", own.keys_place, folder=here)
    assert "memuat semua yang pernah dilihat komputer ini" in told
    found = settings.load(here / "payung.yaml")
    assert inside(found.register / "2026") == before
    assert next(found.packages.glob("terdaftar/*/*.age")).stat().st_mtime_ns == arrived
    assert "BH-2026-0001" in payung("daftar", folder=here)
    assert register_memory.RegisterMemory(found.office_key.parent).load()


def test_keys_alone_are_not_put_back(own: Backed) -> None:
    told = payung("pulihkan", "--kunci", own.keys_place, folder=own.story.settings.path.parent, code=1)
    assert "Sebutkan juga cadangan registernya" in told


def test_a_register_that_somebody_works_in_is_not_replaced(own: Backed) -> None:
    register = own.story.office.register
    with pytest.MonkeyPatch.context() as here:
        here.setattr("processor.operations.backups.putting_back._WAIT", 0)
        with register.lock(1):
            told = payung("pulihkan", own.place, folder=own.story.settings.path.parent, code=3)
    assert "sedang dipakai" in told


def test_the_older_of_two_backups_can_be_named(own: Backed) -> None:
    own.story.now += timedelta(days=1)
    arrives(own.story, 2)
    payung("cadangkan", own.place, folder=own.story.settings.path.parent)
    [older] = own.place.glob("*-20260302-*")
    payung("pulihkan", older, folder=own.story.settings.path.parent, code=2)
    assert not (own.story.settings.register / "2026" / "BH-2026-0002").exists()
