"""Every text of a case file that was seen is kept; a part that somebody took out is told and can be put back."""

from datetime import timedelta
from pathlib import Path

import pytest

from processor.cases import earlier_texts
from processor.cases.register import Register
from processor.foundation import yaml_reader
from processor.foundation.errors import PayungError
from tests.office import START, file, register, response

NUMBER = "BH-2026-0001"


@pytest.fixture
def made(tmp_path: Path) -> Register:
    made = register(tmp_path)
    file(made, response(1))
    return made


def test_each_text_is_kept_once_in_a_row_with_the_moment_at_which_it_was_seen(made: Register) -> None:
    folder = made.path(NUMBER)
    for minute, text in enumerate(("satu", "satu", "dua", "satu")):
        earlier_texts.keep(folder, text, START + timedelta(minutes=minute))
    kept = earlier_texts.kept(folder)
    assert [(one.serial, one.text()) for one in kept] == [(1, "satu"), (2, "dua"), (3, "satu")]
    assert [one.seen for one in kept] == [START + timedelta(minutes=minute) for minute in (0, 2, 3)]


def test_a_part_that_was_filled_in_and_is_gone_is_told_with_the_way_back(made: Register) -> None:
    filed = made.read(NUMBER)
    assert list(earlier_texts.deleted_parts(filed.document, filed.events)) == []
    text = filed.document.text.replace("persetujuan:", "x_persetujuan:").replace("arsip:", "x_arsip:")
    document = yaml_reader.parse(filed.document.path, text)
    [one] = earlier_texts.deleted_parts(document, filed.events)  # nobody had written into arsip
    assert one.message == "Bagian “persetujuan” hilang dari berkas, padahal dulu terisi."
    assert f"payung isi-lama {NUMBER} --kembalikan --bagian persetujuan" in one.mend


OLD = "a: 1\n\n# tentang b\nb:\n  c: lama\n  d: |\n    dua\n\n    baris\n\n# tentang e\ne: 2\n"


@pytest.mark.parametrize(
    ("now", "after"),
    [
        ("a: 1\n\n# tentang b\nb:\n  c: baru\n\n# tentang e\ne: 3\n", OLD.replace("e: 2", "e: 3")),
        ("a: 1\ne: 3", "a: 1\ne: 3\nb:\n  c: lama\n  d: |\n    dua\n\n    baris\n"),
    ],
)
def test_one_part_comes_back_and_all_else_stays(now: str, after: str) -> None:
    assert earlier_texts.with_part(now, "b", OLD) == after


def test_a_part_that_the_earlier_text_lacks_is_told() -> None:
    with pytest.raises(PayungError, match="tidak ada pada isi lama itu"):
        earlier_texts.with_part("a: 1\n", "z", OLD)
