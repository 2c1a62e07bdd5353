"""Filed packages are kept where a power cut does not take them."""

import os
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from processor.site import kept_packages
from tests.simulation.disk import Disk

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("copied", [False, True])
def test_a_package_that_was_kept_outlives_a_power_cut_also_in_a_new_folder(tmp_path: Path, *, copied: bool) -> None:
    for seed in range(20):
        packages = tmp_path / str(seed)
        packages.mkdir()
        (packages / "satu.age").write_bytes(b"tersegel")
        disk = Disk(packages)
        with disk.under_the_program():
            kept_packages.keep(packages / "satu.age", packages, TODAY, copied=copied)
        disk.cut(Random(seed))
        assert [path.read_bytes() for path in kept_packages.kept(packages)] == [b"tersegel"]


def test_kept_packages_are_listed_by_day_and_ending_and_wait_again_once(tmp_path: Path) -> None:
    for turn, ending in enumerate((".age", ".loket", ".age")):
        path = tmp_path / f"{turn}.age"
        path.write_bytes(b"tersegel")
        kept_packages.keep(path, tmp_path, TODAY - timedelta(days=turn), ending)
        assert not path.exists()
    names = [path.relative_to(tmp_path).as_posix() for path in kept_packages.kept(tmp_path)]
    assert names == ["terdaftar/2026-02-28/2.age", "terdaftar/2026-03-02/0.age"]
    assert [path.name for path in kept_packages.kept(tmp_path, ".loket")] == ["1.loket"]
    assert kept_packages.put_back(tmp_path) == 2
    assert sorted(path.name for path in tmp_path.glob("*.age")) == ["0.age", "2.age"]
    for packages in (tmp_path, tmp_path / "tidak ada"):
        assert (kept_packages.put_back(packages), kept_packages.kept(packages)) == (0, ())


def test_packages_that_wait_again_outlive_a_power_cut(tmp_path: Path) -> None:
    for seed in range(20):
        packages = tmp_path / str(seed)
        packages.mkdir()
        (packages / "satu.age").write_bytes(b"tersegel")
        kept_packages.keep(packages / "satu.age", packages, TODAY)
        disk = Disk(packages)
        with disk.under_the_program():
            kept_packages.put_back(packages)
        disk.cut(Random(seed))
        assert (packages / "satu.age").read_bytes() == b"tersegel"


def test_a_copy_leaves_the_package_where_it_is_with_its_time(tmp_path: Path) -> None:
    path = tmp_path / "satu.age"
    path.write_bytes(b"tersegel")
    os.utime(path, (9, 9))
    kept_packages.keep(path, tmp_path, TODAY, ".loket", copied=True)
    (kept,) = kept_packages.kept(tmp_path, ".loket")
    assert (path.read_bytes(), kept.read_bytes(), kept.stat().st_mtime) == (b"tersegel", b"tersegel", 9)
    assert kept.parent.stat().st_mode & 0o077 == kept.parent.parent.stat().st_mode & 0o077 == 0


def test_only_days_that_are_over_are_forgotten_and_nothing_of_others(tmp_path: Path) -> None:
    kept_packages.forget(tmp_path, TODAY, 30)
    names = ("2026-01-30", "2026-01-31", "2026-03-02", "a-catatan", "2026-01-29")
    for name in names:
        (tmp_path / kept_packages.FOLDER / name).mkdir(parents=True)
        (tmp_path / kept_packages.FOLDER / name / "satu.age").write_bytes(b"tersegel")
    kept_packages.forget(tmp_path, TODAY, 30)
    left = sorted(path.name for path in (tmp_path / kept_packages.FOLDER).iterdir())
    assert left == ["2026-01-31", "2026-03-02", "a-catatan"]
    (tmp_path / kept_packages.FOLDER / "2026-01-02").touch()
    with pytest.raises(OSError, match="2026-01-02"):
        kept_packages.forget(tmp_path, TODAY, 30)
