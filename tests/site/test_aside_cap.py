"""What is put aside never fills a disk: it has a cap in packages and in bytes, and what is deleted is told."""

from pathlib import Path

import pytest

from processor.site.aside_cap import FILES, SIZE, SpaceAside, space_aside


def package(folder: Path, size: int, name: str = "satu.age") -> Path:
    path = folder / name
    path.write_bytes(bytes(size))
    return path


@pytest.mark.parametrize(("files", "size", "left"), [(1, 5, (0, 0)), (2, 9, (1, 4)), (0, 5, None), (1, 4, None)])
def test_a_package_takes_its_space_and_goes_where_there_is_none(
    tmp_path: Path, files: int, size: int, left: tuple[int, int] | None
) -> None:
    space, path = SpaceAside(files, size), package(tmp_path, 5)
    assert space.takes(path) is path.exists() is (left is not None)
    assert (space.files, space.size) == (left or (files, size))
    assert space.deleted == (left is None)


def test_what_was_deleted_is_told_with_how_many(tmp_path: Path) -> None:
    space = SpaceAside(1, 9)
    assert space.takes(package(tmp_path, 5))
    assert space.told(tmp_path) == []
    assert [space.takes(package(tmp_path, 5, f"{turn}.age")) for turn in range(2)] == [False, False]
    (problem,) = space.told(tmp_path)
    assert problem.place == str(tmp_path)
    assert "1000 kiriman atau 256 MB" in problem.message
    assert "2 kiriman lain yang bukan permohonan sah dihapus" in problem.message


def test_only_packages_count(tmp_path: Path) -> None:
    assert (FILES, SIZE) == (1000, 256 * 2**20)
    package(tmp_path, 5)
    package(tmp_path, 7, "dua.age")
    package(tmp_path, 9, "alasan.txt")
    assert space_aside(tmp_path) == SpaceAside(FILES - 2, SIZE - 12, 0)
    assert space_aside(tmp_path / "tidak ada") == SpaceAside(FILES, SIZE)
