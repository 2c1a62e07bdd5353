"""Filed packages are kept where a power cut does not take them."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from processor.site import kept_packages
from tests.simulation.disk import Disk


@pytest.mark.parametrize("copied", [False, True])
def test_a_package_that_was_kept_outlives_a_power_cut_also_in_a_new_folder(tmp_path: Path, *, copied: bool) -> None:
    for seed in range(20):
        packages = tmp_path / str(seed)
        packages.mkdir()
        (packages / "satu.age").write_bytes(b"tersegel")
        disk = Disk(packages)
        with disk.under_the_program():
            kept_packages.keep(packages / "satu.age", packages, date(2026, 3, 2), copied=copied)
        disk.cut(Random(seed))
        assert [path.read_bytes() for path in kept_packages.kept(packages)] == [b"tersegel"]
