"""What was published is known as long as the register or the memory is; where they differ it is told."""

from pathlib import Path

import pytest

from processor.cases import published_files
from processor.cases.published_files import Disagreement, PublishedFiles
from tests import office


def files(folder: Path) -> PublishedFiles:
    (folder / "kunci").mkdir(exist_ok=True)
    return PublishedFiles(folder / "register", folder / "kunci")


def test_an_office_that_published_nothing_disagrees_with_nothing(tmp_path: Path) -> None:
    assert files(tmp_path).texts() == {}
    assert not files(tmp_path).disagreement()


def test_both_hold_what_was_published_and_only_the_register_what_was_counted(tmp_path: Path) -> None:
    found = files(tmp_path)
    found.add("2026-1", "satu\n", b"rahasia")
    found.add("2026-2", "dua\n", b"rahasia")
    assert found.texts() == {"2026-1": "satu\n", "2026-2": "dua\n"}
    assert (found.counts("2026-1"), found.counts("2026-3")) == (b"rahasia", None)
    assert not found.disagreement()
    assert "rahasia" not in "".join(path.read_text("utf-8") for path in (tmp_path / "kunci").iterdir())


def test_an_older_register_is_told_and_settled_from_the_memory(tmp_path: Path) -> None:
    found = files(tmp_path)
    found.add("2026-1", "satu", b"")
    found.add("2026-2", "dua", b"")
    (tmp_path / "register/kinerja/2026-2.json").unlink()
    assert found.disagreement() == Disagreement(memory_only=("2026-2",))
    assert found.texts()["2026-2"] == "dua"
    found.settle()
    assert not found.disagreement()
    assert (tmp_path / "register/kinerja/2026-2.json").read_text("utf-8") == "dua"


@pytest.mark.parametrize("left", ["", "{", "[]", '{"terbitan": 3}'])
def test_a_lost_memory_is_told_and_settled_from_the_register(tmp_path: Path, left: str) -> None:
    found = files(tmp_path)
    found.add("2026-1", "satu", b"")
    (tmp_path / "kunci/ingatan-kinerja.json").write_text(left)
    assert found.disagreement() == Disagreement(register_only=("2026-1",))
    found.settle()
    assert not found.disagreement()


def test_two_texts_of_one_name_are_not_settled_by_guessing(tmp_path: Path) -> None:
    found = files(tmp_path)
    found.add("2026-1", "satu", b"")
    (tmp_path / "register/kinerja/2026-1.json").write_text("lain")
    assert found.disagreement() == Disagreement(different=("2026-1",))
    with pytest.raises(ValueError, match="2026-1"):
        found.settle()
    assert found.disagreement().different


def test_what_an_editor_or_a_crash_left_is_no_publication(tmp_path: Path) -> None:
    found = files(tmp_path)
    found.add("2026-1", "satu", b"")
    (tmp_path / "register/kinerja/.2026-2.json.ab.tmp").write_text("x")
    (tmp_path / "register/kinerja/.~2026-2.json").write_text("x")
    assert [*found.texts()] == ["2026-1"]


def test_counts_are_sealed_anew_and_a_damaged_one_stays_as_it_is(tmp_path: Path) -> None:
    keys, found = office.keys(tmp_path / "kunci"), files(tmp_path)
    found.add("2026-1", "satu", keys.seal(b"hitungan"))
    found.add("2026-2", "dua", b"rusak")
    before = found.counts("2026-1")
    published_files.reseal(tmp_path / "register", keys)
    after = found.counts("2026-1")
    assert after not in {before, None}
    assert keys.open(after or b"") == b"hitungan"
    assert found.counts("2026-2") == b"rusak"
