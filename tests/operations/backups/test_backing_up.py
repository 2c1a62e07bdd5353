"""Backups: whole or not there, made while others write, keys apart, and what is sealed stays sealed."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.cases import office_keys
from processor.foundation import atomic_files
from processor.foundation.errors import Busy, PayungError
from processor.operations import office_records, side_journal
from processor.operations.backups import backing_up, backup_manifest, backup_sources
from processor.operations.backups.backing_up import BACKED_UP, BackedUp
from processor.operations.upgrade import folder_version
from tests import office as offices
from tests.commands import payung
from tests.operations.backups.conftest import BY, Backed
from tests.packages import dropped, said, sealed
from tests.story import Story


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_holds_everything_that_cannot_be_made_again(backed: Backed) -> None:
    register = backed.story.settings.register
    held = contents(backed.made.register.folder)
    kept = contents(register).items()
    passing = (".lock", ".sqlite", ".sqlite-wal", ".sqlite-shm")
    ours = {f"register/{name}": one for name, one in kept if not name.endswith(passing)}
    journal = f"register/{office_records.JOURNAL}/riwayat.jsonl"
    assert {name: one for name, one in held.items() if name.startswith("register/")} == {
        name: one for name, one in ours.items() if name != journal
    }
    assert {"register/2026/BH-2026-0001/pemohon.age", "register/segel.age", "register/.git/HEAD"} <= held.keys()
    assert {"kantor/payung.yaml", "kantor/docs/index.md", "kantor/forms/permohonan.yaml"} <= held.keys()
    assert {"ingatan/ingatan-register.json", "ingatan/ingatan-riwayat.txt"} <= held.keys()
    assert [name for name in held if name.startswith("masuk/kiriman/terdaftar/")]
    assert (backed.made.register.folder / "register" / ".git" / "refs" / "tags").is_dir()
    git = shutil.which("git")
    assert git
    subprocess.run([git, "-C", backed.made.register.folder / "register", "fsck"], check=True, capture_output=True)


def test_every_copy_is_on_the_list_with_size_digest_and_time(backed: Backed) -> None:
    folder = backed.made.register.folder
    listed = json.loads((folder / "daftar.json").read_bytes())["isi"]
    assert listed.keys() == contents(folder).keys() - {"daftar.json", "sidik.json"}
    package = next(name for name in listed if "/terdaftar/" in name)
    assert listed[package][2] == (folder / package).stat().st_mtime_ns == int(backed.arrived * 1e9)
    assert list(backup_manifest.surplus(backed.made.register)) == []


def test_keys_lie_apart_and_nowhere_in_the_other_backup(backed: Backed) -> None:
    key = backed.story.settings.office_key.read_text("utf-8").splitlines()[-1].encode()
    assert not [name for name, one in contents(backed.made.register.folder).items() if key in one]
    assert backed.made.keys
    held = contents(backed.made.keys.folder)
    assert key in held["kunci/kantor.txt"]
    assert {"kunci/penerima.txt", "kunci/ingatan-register.json"} <= held.keys()
    assert not [name for name in held if name.endswith(".sqlite")]


@pytest.mark.parametrize("where", ["register/kunci", "masuk/kunci", "../bahan/docs/kunci"])
def test_keys_that_lie_where_they_should_not_are_left_out(where: str, backed: Backed, tmp_path: Path) -> None:
    folder = backed.story.settings.path.parent
    found = backed.story.settings.model_copy(
        update={"folder": backed.story.settings.folder.model_copy(update={"kunci": folder / where})}
    )
    offices.keys(found.office_key.parent)
    try:
        assert not [name for name in backup_sources.of_office(found).files if "kantor.txt" in name]
    finally:
        shutil.rmtree(found.office_key.parent)


def test_what_is_sealed_stays_sealed_and_only_its_owner_reads_a_copy(backed: Backed) -> None:
    folder = backed.made.register.folder
    assert not [name for name, one in contents(folder).items() if b"Orang Rekaan" in one and "/keluar/" not in name]
    files = (path for path in folder.rglob("*") if path.is_file())
    assert {path.stat().st_mode & 0o077 for path in (folder, *files)} == {0}


def test_the_offices_journal_says_so(backed: Backed) -> None:
    events, problems = side_journal.read(backed.story.office.register, office_records.JOURNAL)
    [event] = [one for one in events if one.kind == BACKED_UP]
    assert (event.actor, event.data["daftar"], problems) == ("petugas", backed.made.register.digest, ())


def test_an_older_backup_is_never_written_over(backed: Backed) -> None:
    before = contents(backed.place)
    with pytest.raises(PayungError, match="sudah ada, dan tidak ditimpa"):
        backing_up.back_up(backed.story.office, backed.place, backed.keys_place, BY)
    assert contents(backed.place) == before


def again(backed: Backed, place: Path, keys: Path | None = None) -> BackedUp:
    return backing_up.back_up(backed.story.office, place, keys, BY)


def test_what_changes_while_it_is_copied_is_copied_as_it_is_in_the_end(
    own: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, copy = own.story, atomic_files.copy_hashed
    case = story.office.register.path("BH-2026-0001") / "permohonan.yaml"
    gone = story.settings.inbox / "dihapus.csv"
    gone.write_bytes(b"sementara")
    seen: list[str] = []

    def meanwhile(path: Path, target: Path) -> tuple[int, str]:
        done = copy(path, target)
        seen.append(path.name)
        if seen.count("permohonan.yaml") == 1 and path == case:  # an editor saves; a file goes; another comes
            case.write_bytes(case.read_bytes() + b"# catatan\n")
            gone.unlink()
            dropped(story.settings.packages, b"baru", "baru")
        return done

    monkeypatch.setattr(atomic_files, "copy_hashed", meanwhile)
    place = tmp_path / "lain"
    place.mkdir()
    made = again(own, place).register
    assert made.path("register/2026/BH-2026-0001/permohonan.yaml").read_bytes() == case.read_bytes()
    assert "masuk/kiriman/baru.age" in made.files
    assert not [name for name in made.files if "dihapus" in name]
    assert contents(made.folder).keys() - {"daftar.json", "sidik.json"} == made.files.keys()


def test_a_file_that_never_rests_leaves_no_backup(own: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = atomic_files.copy_hashed

    def restless(path: Path, target: Path) -> tuple[int, str]:
        done = copy(path, target)
        if path.name == "payung.yaml":
            path.write_bytes(path.read_bytes() + b"\n")
        return done

    monkeypatch.setattr(atomic_files, "copy_hashed", restless)
    with pytest.raises(Busy, match="terus berubah"):
        again(own, place := made(tmp_path / "lain"))
    assert not [*place.iterdir()]


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (errno.ENOSPC, "penuh"),
        (errno.EACCES, "tidak boleh"),
        (errno.EIO, "disknya rusak"),
        (errno.EROFS, "hanya dapat dibaca"),
    ],
)
def test_a_disk_that_refuses_leaves_nothing_half_made(
    refused: int, said: str, own: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, count = atomic_files.copy_hashed, iter(range(1000))

    def refuses(path: Path, target: Path) -> tuple[int, str]:
        if next(count) == 20:
            raise OSError(refused, os.strerror(refused))
        return copy(path, target)

    monkeypatch.setattr(atomic_files, "copy_hashed", refuses)
    with pytest.raises(PayungError, match=f"tidak ada yang setengah jadi.*{said}"):
        again(own, place := made(tmp_path / "lain"))
    assert not [*place.iterdir()]


def test_copies_that_another_office_swept_away_are_no_backup(
    own: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, count, place = atomic_files.copy_hashed, iter(range(1000)), made(tmp_path / "lain")

    def swept(path: Path, target: Path) -> tuple[int, str]:
        if next(count) == 20:
            shutil.rmtree(next(place.glob(".payung-register-*")))
            target.parent.mkdir(parents=True)
        return copy(path, target)

    monkeypatch.setattr(atomic_files, "copy_hashed", swept)
    with pytest.raises(PayungError, match=r"20 salinan .* hilang selagi dicadangkan"):
        again(own, place)
    assert not [*place.iterdir()]


def test_what_a_killed_backup_left_is_no_backup_and_goes_with_the_next(own: Backed, tmp_path: Path) -> None:
    place = made(tmp_path / "lain")
    left = place / ".payung-register-BH-20260101-000000.sedang"
    (left / "register").mkdir(parents=True)
    with pytest.raises(PayungError, match="Tidak ada cadangan"):
        backup_manifest.find(place, "register")
    done = again(own, place)
    assert [*place.iterdir()] == [done.register.folder]
    assert backup_manifest.find(place, "register").digest == done.register.digest


def test_the_newest_backup_is_found(own: Backed) -> None:
    own.story.later(days=1)
    done = again(own, own.place)
    assert backup_manifest.find(own.place, "register", "BH").folder == done.register.folder
    assert len([*own.place.iterdir()]) == 2


@pytest.mark.parametrize(
    ("where", "keys", "said"),
    [
        (lambda s: s.settings.path.parent / "belum", None, "tidak ada"),
        (lambda s: s.settings.register, None, "bagian dari kantor ini"),
        (lambda s: s.settings.packages, None, "bagian dari kantor ini"),
        (lambda s: s.settings.office_key.parent, None, "bagian dari kantor ini"),
        (lambda s: s.settings.path.parent, None, "bagian dari kantor ini"),
        (lambda s: s.settings.path.parent.parent, lambda s: s.settings.path.parent.parent, "tempat yang sama"),
    ],
)
def test_a_place_that_is_no_place_for_a_backup_is_refused(
    where: Callable[[Story], Path], keys: Callable[[Story], Path] | None, said: str, backed: Backed
) -> None:
    with pytest.raises(PayungError, match=said):
        again(backed, where(backed.story), keys(backed.story) if keys else None)


def test_keys_do_not_go_into_a_folder_of_the_registers_backup(backed: Backed) -> None:
    inside = backed.place / "kunci"
    inside.mkdir()
    with pytest.raises(PayungError, match="tempat yang sama"):
        again(backed, backed.place, inside)
    inside.rmdir()


def test_disks_that_were_swapped_bring_no_keys_to_what_they_open(backed: Backed) -> None:
    before = contents(backed.place), contents(backed.keys_place)
    with pytest.raises(PayungError, match="Tertukarkah kedua disknya"):
        again(backed, backed.keys_place, backed.place)
    assert (contents(backed.place), contents(backed.keys_place)) == before


def test_a_copy_of_the_key_among_the_offices_files_stops_the_backup(own: Backed, tmp_path: Path) -> None:
    strayed = own.story.settings.register / "catatan" / "kunci lama.txt"
    strayed.write_bytes(b"# simpan\n" + own.story.settings.office_key.read_bytes())
    with pytest.raises(PayungError, match="memuat kunci yang membuka"):
        again(own, place := made(tmp_path / "lain"))
    assert not [*place.iterdir()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_so_does_the_recovery_key_that_somebody_typed_into_a_file(encoding: str, own: Backed, tmp_path: Path) -> None:
    recovery = office_keys.make_recovery_key(own.story.settings.recipients)
    own.story.reopens()
    (own.story.settings.inbox / "coba.txt").write_text(f"kunci: {recovery}\r\n", encoding)
    with pytest.raises(PayungError, match=r"coba\.txt memuat kunci yang membuka"):
        again(own, made(tmp_path / "lain"))


def test_an_applicant_who_types_what_looks_like_a_key_stops_nothing(own: Backed, tmp_path: Path) -> None:
    package = sealed(offices.keys(own.story.settings.office_key.parent), said(2, jawaban={
        **said(2)["jawaban"], "uraian": "AGE-SECRET-KEY-1QQQQ"}))  # fmt: skip
    dropped(own.story.settings.packages, package, "2")
    own.story.passes()
    assert again(own, made(tmp_path / "lain")).register.files


def test_the_command_says_where_and_what_it_is_not(own: Backed, tmp_path: Path) -> None:
    folder = own.story.settings.path.parent
    assert "Ke mana?" in payung("cadangkan", folder=folder, code=1)
    told = payung("cadangkan", made(tmp_path / "lain"), folder=folder)
    assert "Cadangan selesai: " in told
    assert "Kunci tidak ikut" in told
    assert "disk yang sama dengan register" in told
    assert "tidak, jadi simpan disknya terkunci" in told


def test_the_settings_name_the_places(own: Backed) -> None:
    path = own.story.settings.path
    places = f"\ncadangan:\n  ke: {own.place}\n  kunci: {own.keys_place}\n"
    path.write_text(path.read_text("utf-8") + places, "utf-8")
    told = payung("cadangkan", folder=path.parent)
    assert f"Kunci, terpisah: {own.keys_place}" in told


def test_another_backup_of_the_same_office_waits(own: Backed, tmp_path: Path) -> None:
    from processor.foundation import file_locks  # noqa: PLC0415

    place, lock = made(tmp_path / "lain"), own.story.office.register.state_folder / "cadangan.lock"
    with file_locks.hold(lock, 0, ""), pytest.raises(Busy, match="sedang berjalan"):
        again(own, place)


def test_links_to_folders_and_to_nothing_are_told_and_not_followed(own: Backed, tmp_path: Path) -> None:
    (own.story.settings.inbox / "putar").symlink_to(own.story.settings.inbox, target_is_directory=True)
    (own.story.settings.inbox / "putus").symlink_to(tmp_path / "tidak terpasang")
    done = again(own, made(tmp_path / "lain"))
    assert [one.rpartition("/")[2] for one in done.remarks if one.startswith("Tautan")] == ["putar.", "putus."]


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names there are text")
def test_a_file_whose_name_is_no_text_is_backed_up(own: Backed, tmp_path: Path) -> None:
    path = own.story.settings.inbox / os.fsdecode(b"jawaban-\xe9.csv")
    path.write_bytes(b"isi")
    done = backup_manifest.read(again(own, made(tmp_path / "lain")).register.folder)
    assert done.path(f"masuk/{path.name}").read_bytes() == b"isi"
    assert list(backup_manifest.surplus(done)) == []


def test_the_mark_of_the_version_and_what_git_must_not_publish_are_backed_up(own: Backed, tmp_path: Path) -> None:
    folder_version.mark(own.story.settings.root)
    (own.story.settings.root / ".gitignore").write_text("/pribadi/\n")
    done = again(own, made(tmp_path / "lain")).register
    assert {"kantor/.payung/bahan.json", "kantor/.gitignore"} <= done.files.keys()
