"""Registration numbers: kept in a small file that offices hold, never given out twice."""

from itertools import islice
from pathlib import Path

import pytest

from processor.cases import registration_numbers

KEPT = b'{"BH-2025": 12, "BH-2026": 3}'
"""``nomor.json`` as it stands in the registers of offices."""


def filed(folder: Path, *numbers: str) -> None:
    for number in numbers:
        (folder / number.split("-")[1] / number).mkdir(parents=True)


def test_the_file_of_the_highest_numbers_never_changes_its_form(tmp_path: Path) -> None:
    filed(tmp_path, "BH-2026-0003", "BH-2026-0001", "BH-2025-0012")
    registration_numbers.save_highest(tmp_path, ["BH-2026-0003"])
    assert (tmp_path / "nomor.json").read_bytes() == KEPT
    registration_numbers.save_highest(tmp_path, ["BH-2026-0004", "BH-2026-0001"])
    assert (tmp_path / "nomor.json").read_bytes() == KEPT.replace(b"3}", b"4}")


def test_a_number_whose_folder_is_gone_is_not_given_out_again(tmp_path: Path) -> None:
    (tmp_path / "nomor.json").write_bytes(KEPT)
    filed(tmp_path, "BH-2026-0001")
    assert list(islice(registration_numbers.next_numbers(tmp_path, "BH", 2026), 2)) == ["BH-2026-0004", "BH-2026-0005"]
    assert next(registration_numbers.next_numbers(tmp_path, "BH", 2027)) == "BH-2027-0001"
    assert registration_numbers.missing(tmp_path)[-2:] == ["BH-2026-0002", "BH-2026-0003"]


def test_a_number_that_was_begun_and_never_given_out_leaves_no_gap(tmp_path: Path) -> None:
    registration_numbers.begin(tmp_path, ["BH-2026-0003", "BH-2026-0010"])
    registration_numbers.begin(tmp_path, ["BH-2026-0002", "BH-2027-0001"])
    assert (tmp_path / "nomor-mulai.json").read_bytes() == b'{"BH-2026": 10, "BH-2027": 1}'
    filed(tmp_path, "BH-2026-0001")
    assert registration_numbers.highest_begun(tmp_path) == {"BH-2026": 10, "BH-2027": 1}
    assert next(registration_numbers.next_numbers(tmp_path, "BH", 2026)) == "BH-2026-0002"
    assert registration_numbers.missing(tmp_path) == []
    registration_numbers.save_highest(tmp_path, ["BH-2026-0001"])
    registration_numbers.save_highest(tmp_path, ["BH-2026-0011"])
    assert registration_numbers.highest_begun(tmp_path) == {"BH-2026": 11, "BH-2027": 1}


@pytest.mark.parametrize("content", [b"", b"rusak", b"[]", b'{"BH-2026": null}', None])
def test_without_the_file_the_folders_tell(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "nomor.json").write_bytes(content)
    filed(tmp_path, "BH-2026-0009", "BH-2026-10000")
    assert registration_numbers.filed(tmp_path) == ["BH-2026-0009", "BH-2026-10000"]
    assert next(registration_numbers.next_numbers(tmp_path, "BH", 2026)) == "BH-2026-10001"


def test_only_folders_of_their_year_are_numbers(tmp_path: Path) -> None:
    filed(tmp_path, "BH-2026-0001")
    (tmp_path / "2026" / "BH-2025-0002").mkdir()
    (tmp_path / "2026" / "catatan").mkdir()
    (tmp_path / "2026" / "BH-2026-0003").touch()
    (tmp_path / "20267").mkdir()
    assert registration_numbers.filed(tmp_path) == ["BH-2026-0001"]
    assert registration_numbers.order("catatan") == (0, 0)
