"""A backup that is put back: on the same computer and on one that has nothing, and what a damaged one leaves alone."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from processor.cases import register_memory
from processor.foundation import atomic_files, file_locks, settings
from processor.operations.backups import putting_back
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


def test_two_restores_in_one_second_put_two_registers_aside(own: Backed) -> None:
    found, now = own.story.settings, own.story.now
    for _ in range(2):
        list(putting_back.put_back(found, found.path.parent, own.made.register, None, now))
    asides = sorted(path.name for path in found.register.parent.glob("register-sebelum-*"))
    assert asides == [f"register-sebelum-{now:%Y%m%d-%H%M%S}", f"register-sebelum-{now:%Y%m%d-%H%M%S}-2"]


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


def tampered(backed: Backed) -> None:
    [backup] = backed.place.glob("payung-register-*")
    with (backup / "register" / "2026" / "BH-2026-0001" / "permohonan.yaml").open("a") as file:
        file.write("# disisipkan\n")
    rewrite(backup, {})


def with_a_damaged_page(backed: Backed) -> None:
    next(backed.place.glob("payung-register-*/kantor/forms/*.yaml")).write_bytes(b"rusak")


def without_a_package(backed: Backed) -> None:
    next(backed.place.glob("payung-register-*/masuk/kiriman/*/*/*.age")).unlink()


def with_another_offices_keys(backed: Backed) -> None:
    [backup] = backed.keys_place.glob("payung-kunci-*")
    (backup / "kunci" / "kantor.txt").unlink()
    offices.keys(backup / "kunci")
    rewrite(backup, {})


def burnt(backed: Backed, tmp_path: Path) -> Path:
    """The office is gone; the empty folder of the new computer."""
    for folder in (backed.story.settings.path.parent, backed.story.settings.root):
        shutil.rmtree(folder)
    here = tmp_path / "baru"
    here.mkdir()
    return here


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (tampered, "tidak bertanda register ini"),
        (with_a_damaged_page, "rusak: kantor/forms/"),
        (without_a_package, "rusak: masuk/kiriman/"),
        (with_another_offices_keys, "Sebutkan pada --kunci cadangan kunci dari kantor yang membuatnya"),
    ],
)
def test_a_backup_that_is_refused_leaves_nothing_on_a_computer_that_has_nothing(
    spoil: Callable[[Backed], None], why: str, own: Backed, tmp_path: Path
) -> None:
    spoil(own)
    here, before = burnt(own, tmp_path), offices.everything(tmp_path)
    assert why in payung("pulihkan", own.place, "--kunci", own.keys_place, folder=here, code=1)
    assert offices.everything(tmp_path) == before
    assert not [*here.iterdir()]
    assert not own.story.settings.root.exists()


def test_without_a_key_a_new_computer_is_told_where_it_goes_and_then_it_goes_on(own: Backed, tmp_path: Path) -> None:
    key = own.story.settings.office_key
    kept = key.read_bytes()
    here = burnt(own, tmp_path)
    assert f"Kunci kantor tidak ada: {key}" in payung("pulihkan", own.place, folder=here, code=1)
    key.parent.mkdir(parents=True)
    key.write_bytes(kept)
    payung("pulihkan", own.place, folder=here)
    assert (here / "payung.yaml").is_file()


def test_a_restore_that_was_killed_among_the_pages_begins_anew(
    own: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, move = burnt(own, tmp_path), atomic_files.move

    def killed(path: Path, target: Path) -> None:
        if "forms" in target.parts:
            raise KeyboardInterrupt
        move(path, target)

    with monkeypatch.context() as power:
        power.setattr(atomic_files, "move", killed)
        payung("pulihkan", own.place, "--kunci", own.keys_place, folder=here, code=130)
    payung("pulihkan", own.place, "--kunci", own.keys_place, folder=here)
    assert (own.story.settings.root / "forms" / "permohonan.yaml").is_file()


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


def rewrite(backup: Path, change: dict[str, str]) -> None:
    """Change the list of a backup, by names of files, and its digest with it, as whoever tampers with it would."""
    listed = json.loads((backup / "daftar.json").read_bytes())
    listed["isi"] = {change.get(name, name): one for name, one in listed["isi"].items()}
    for name, one in listed["isi"].items():
        path = backup / name
        if "\0" not in name and path.is_file():
            one[:2] = [path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()]
    text = json.dumps(listed).encode()
    (backup / "daftar.json").write_bytes(text)
    seal = json.loads((backup / "sidik.json").read_bytes())
    (backup / "sidik.json").write_text(json.dumps({**seal, "daftar": hashlib.sha256(text).hexdigest()}))


def test_a_backup_that_was_changed_with_its_list_replaces_nothing(own: Backed) -> None:
    tampered(own)
    before = offices.everything(own.story.settings.register)
    told = payung("pulihkan", own.place, folder=own.story.settings.path.parent, code=1)
    assert "tidak bertanda register ini" in told
    assert offices.everything(own.story.settings.register) == before


@pytest.mark.parametrize("name", ["../keluar.txt", "/keluar.txt", "register/a\0b"])
def test_a_name_that_is_no_place_in_a_backup_is_refused(name: str, own: Backed) -> None:
    [backup] = own.place.glob("payung-register-*")
    rewrite(backup, {"register/segel.age": name})
    assert "rusak atau diubah" in payung("pulihkan", own.place, folder=own.story.settings.path.parent, code=1)


def test_another_offices_backup_brings_neither_its_keys_nor_what_it_remembers(own: Backed, tmp_path: Path) -> None:
    folder = own.story.settings.office_key.parent
    own.story.settings.office_key.unlink()
    (folder / "ingatan-register.json").unlink()
    offices.keys(folder)
    before = offices.everything(folder)
    told = payung("pulihkan", own.place, "--kunci", own.keys_place, folder=own.story.settings.path.parent, code=1)
    assert "bukan kunci register ini" in told
    assert (
        f"letakkan kantor.txt dari folder kunci di cadangan kunci (atau kunci pemulihan dari kertas) di {folder}"
        in told
    )
    assert {path: one for path, one in offices.everything(folder).items() if path.suffix != ".lock"} == before


def test_a_restore_that_is_broken_off_at_the_last_step_leaves_the_former_register(
    own: Backed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, move = offices.everything(own.story.settings.register), atomic_files.move

    def broken_off(path: Path, target: Path) -> None:
        if path.name.endswith(".sedang"):
            raise KeyboardInterrupt
        move(path, target)

    monkeypatch.setattr(atomic_files, "move", broken_off)
    payung("pulihkan", own.place, folder=own.story.settings.path.parent, code=130)
    assert offices.everything(own.story.settings.register) == before
    assert not [*own.story.settings.register.parent.glob("*register*-*")]


def test_of_two_restores_the_second_waits(own: Backed) -> None:
    with file_locks.hold(own.story.settings.office_key.parent / "pulihkan.lock", 0, ""):
        told = payung("pulihkan", own.place, folder=own.story.settings.path.parent, code=3)
    assert "Pemulihan lain" in told


def test_what_a_killed_restore_left_goes_with_the_next(own: Backed) -> None:
    left = own.story.settings.register.with_name(".register.20260101-000000.sedang")
    left.mkdir()
    payung("pulihkan", own.place, folder=own.story.settings.path.parent)
    assert not left.exists()


def test_a_register_that_is_a_disk_is_not_given_another_name(own: Backed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "ismount", lambda path: path == own.story.settings.register)
    told = payung("pulihkan", own.place, folder=own.story.settings.path.parent, code=1)
    assert "disk atau volume tersendiri" in told


def test_settings_that_were_named_and_are_not_there_put_nothing_anywhere_else(own: Backed, tmp_path: Path) -> None:
    (tmp_path / "rumah").mkdir()
    wrong = ("--pengaturan", tmp_path / "salah" / "payung.yaml")
    assert "Berkas tidak ada" in payung("pulihkan", own.place, *wrong, folder=tmp_path / "rumah", code=2)
    assert not [*(tmp_path / "rumah").iterdir()]
