"""A register says its version: an older one is brought up to date once, a newer one is left alone."""

from pathlib import Path

import pytest

from processor.cases import register_version
from processor.cases.register_version import FILE, bring_up_to_date, up_to_date, version_of
from processor.foundation.errors import PayungError
from tests.office import register


def version_1(folder: Path) -> Path:
    """A register as 0.1.0 left it, with a journal that the steps of this test write on."""
    (folder / ".payung").mkdir()
    (folder / "a.txt").write_text("lama")
    return folder


def first(folder: Path) -> None:
    path = folder / "a.txt"
    path.write_text(path.read_text().replace("lama", "baru"))


def second(folder: Path) -> None:
    (folder / "a.txt").rename(folder / "b.txt")


def test_a_register_of_before_takes_each_step_once_and_in_order(tmp_path: Path) -> None:
    folder = version_1(tmp_path)
    bring_up_to_date(folder, (first,))
    assert ((folder / "a.txt").read_text(), version_of(folder)) == ("baru", 2)
    (folder / "a.txt").write_text("lama, tetapi memang begitu")
    bring_up_to_date(folder, (first, second))
    assert ((folder / "b.txt").read_text(), version_of(folder)) == ("lama, tetapi memang begitu", 3)
    bring_up_to_date(folder, (first, second))
    assert up_to_date(folder, (first, second))


def test_a_step_that_fails_is_taken_again_and_those_before_it_are_not(tmp_path: Path) -> None:
    folder = version_1(tmp_path)
    (folder / "b.txt").mkdir()
    with pytest.raises(OSError):  # noqa: PT011 -- what the disk says differs from one system to another
        bring_up_to_date(folder, (first, second))
    assert (version_of(folder), up_to_date(folder, (first, second))) == (2, False)
    (folder / "b.txt").rmdir()
    bring_up_to_date(folder, (first, second))
    assert ((folder / "b.txt").read_text(), version_of(folder)) == ("baru", 3)


def test_a_register_that_this_program_prepares_says_its_version(tmp_path: Path) -> None:
    made = register(tmp_path)
    known = len(register_version.STEPS) + 1
    assert (version_of(made.folder), up_to_date(made.folder)) == (known, True)
    (made.folder / FILE).unlink()
    assert (version_of(made.folder), up_to_date(made.folder)) == (1, False)
    with made.lock(5):
        assert up_to_date(made.folder), "whoever writes brings it up to date first"


def test_what_a_newer_program_wrote_is_not_written_on(tmp_path: Path) -> None:
    made = register(tmp_path)
    (made.folder / FILE).write_text('{"versi": 99}')
    with pytest.raises(PayungError, match="Perbarui Payung"), made.lock(5):
        raise AssertionError("never held")
    with pytest.raises(PayungError, match="versi 99"):
        made.prepare()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"versi": "2"}', '{"versi": 0}', '{"versi": true}'])
def test_a_damaged_note_of_the_version_is_told(tmp_path: Path, content: str) -> None:
    (version_1(tmp_path) / FILE).write_text(content)
    with pytest.raises(PayungError, match="Pulihkan berkas itu dari cadangan"):
        register_version.check(tmp_path)
