"""The disk that forgets: what was flushed stays, and of the rest a power cut leaves any part."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from processor.foundation import atomic_files
from tests.simulation import disk
from tests.simulation.disk import Disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file whose first words are on the disk."""
    made = tmp_path / "kantor"
    made.mkdir()
    (made / "lama.txt").write_bytes(b"lama\n")
    return made


def after_cuts(folder: Path, act: Callable[[Path], object]) -> set[tuple[tuple[str, bytes], ...]]:
    """What stands in the folder after ``act`` and a power cut, for each of many chances."""
    found = set()
    for seed in range(60):
        for path in [*folder.iterdir()]:
            path.unlink()
        (folder / "lama.txt").write_bytes(b"lama\n")
        made = Disk(folder)
        with made.under_the_program():
            act(folder)
        made.cut(Random(seed))
        found.add(tuple(sorted((path.name, path.read_bytes()) for path in folder.iterdir())))
    return found


LAMA = ("lama.txt", b"lama\n")
BARU = ("lama.txt", b"baru\n")


def test_what_was_flushed_stays_whole(folder: Path) -> None:
    assert after_cuts(folder, lambda at: atomic_files.replace(at / "lama.txt", b"baru\n")) == {(BARU,)}
    assert after_cuts(folder, lambda at: atomic_files.append(at / "lama.txt", b"x\n")) == {
        (("lama.txt", b"lama\nx\n"),)
    }


def test_an_addition_that_was_not_flushed_may_be_there_gone_or_torn(folder: Path) -> None:
    def adds(at: Path) -> None:
        with (at / "lama.txt").open("ab") as file:
            file.write(b"12")

    assert after_cuts(folder, adds) == {(("lama.txt", b"lama\n" + more),) for more in (b"", b"1", b"12")}


def test_a_name_that_was_not_flushed_may_be_there_or_gone(folder: Path) -> None:
    left = after_cuts(folder, lambda at: atomic_files.write(at / "baru.txt", b"x"))
    assert left == {(LAMA,), (("baru.txt", b"x"), LAMA)}


def test_a_file_that_takes_anothers_place_without_a_flush_leaves_the_one_or_the_other(folder: Path) -> None:
    def takes(at: Path) -> None:
        atomic_files.write(at / "baru.txt", b"baru\n")
        atomic_files.move(at / "baru.txt", at / "lama.txt")

    assert after_cuts(folder, takes) == {(LAMA,), (BARU,)}


def test_what_was_taken_away_without_a_flush_may_be_back_and_comes_in_any_order(folder: Path) -> None:
    def goes(at: Path) -> None:
        atomic_files.write(at / "satu.txt", b"1")
        atomic_files.write(at / "dua.txt", b"2")
        atomic_files.remove(at / "lama.txt")

    names = {tuple(name for name, _ in left) for left in after_cuts(folder, goes)}
    assert len(names) == 8, "each of the three by itself"


def test_a_folder_that_moved_without_a_flush_is_whole_at_one_of_its_places(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "kasus").mkdir()
    (folder / "a" / "kasus" / "isi.txt").write_bytes(b"isi")
    (folder / "b").mkdir()
    places = set()
    for seed in range(20):
        made = Disk(folder)
        with made.under_the_program():
            atomic_files.move(folder / "a" / "kasus", folder / "b" / "kasus")
        made.cut(Random(seed))
        (place,) = folder.glob("*/kasus/isi.txt")
        places.add(place.parent.parent.name)
        if place.parent.parent.name == "b":
            place.parent.rename(folder / "a" / "kasus")
    assert places == {"a", "b"}


def test_inodes_are_not_used_twice_where_years_are_lived() -> None:
    place = disk.quick()
    if place is None:
        pytest.skip("no folder in memory")
    seen = set()
    for _ in range(50):
        path = place / f"payung-inode-{os.getpid()}"
        path.write_bytes(b"")
        seen.add(path.stat().st_ino)
        path.unlink()
    assert len(seen) == 50
