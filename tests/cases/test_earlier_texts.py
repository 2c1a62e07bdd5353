"""Every text of a case file that was seen is kept; a part that somebody took out is told and can be put back."""

from datetime import timedelta
from pathlib import Path

import pytest

from processor.cases import earlier_texts
from processor.cases.earlier_texts import PartRemark, ReviewNote
from processor.cases.records import Event
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
    assert earlier_texts.meant(folder, 2) == kept[1]
    with pytest.raises(PayungError, match="nomor 4"):
        earlier_texts.meant(folder, 4)


def test_texts_lie_under_names_that_say_number_and_moment_and_nothing_else_counts(tmp_path: Path) -> None:
    place = tmp_path / "isi-lama"
    assert earlier_texts.kept(tmp_path) == []
    earlier_texts.keep(tmp_path, "", START)
    assert not place.exists()
    for serial in range(1, 8):
        earlier_texts.keep(tmp_path, f"{serial}", START)
    (place / "catatan.yaml").write_text("lain")
    (place / "0003-20260302T010007Z.yaml").unlink()
    (place / "10000-20260302T010007Z.yaml").write_bytes(b"caf\xe9")
    kept = earlier_texts.kept(tmp_path)
    assert [one.serial for one in kept] == [1, 2, 4, 5, 6, 7, 10000]
    assert (kept[0].path.name, kept[-1].text()) == ("0001-20260302T010007Z.yaml", "caf\ufffd")
    earlier_texts.keep(tmp_path, "baru", START)
    assert earlier_texts.kept(tmp_path)[-1].serial == 10001
    assert [earlier_texts.is_new(tmp_path, text) for text in ("", "baru", "lain")] == [False, False, True]


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("a: 1\nb: 1\n", "a: 1\nb: 2\nc: 1\n", ("b", "c")),
        ("a: 1\nb: 1\n", "b: 1\n", ("a",)),
        ("a: 1\n", "a: 1\n# lain\n", ()),
        ("a: 1\n", "a: [", ("berkas",)),
        ("- 1\n", "a: 1\n", ("berkas",)),
    ],
)
def test_the_parts_are_named_in_which_two_texts_differ(before: str, after: str, parts: tuple[str, ...]) -> None:
    assert earlier_texts.changed_parts(before, after) == parts


def test_the_notes_of_all_rounds_are_listed_once_each(tmp_path: Path) -> None:
    first = "pemeriksaan: {tanggal: '2026-03-02', oleh: kabag, keputusan: dikembalikan, catatan: ' Perjelas. '}\n"
    later = "pemeriksaan: {oleh: , keputusan: disetujui, catatan: Baik.}\n"
    nothing = (
        "pemeriksaan: {catatan: ' '}\n",
        "pemeriksaan: {catatan: [1]}\n",
        "pemeriksaan: tidak\n",
        "lain: 1\n",
        "[",
    )
    for text in (first, *nothing, first):
        earlier_texts.keep(tmp_path, text, START)
    assert earlier_texts.review_notes(tmp_path, later) == [
        ReviewNote("2026-03-02", "kabag", "dikembalikan", "Perjelas."),
        ReviewNote("", "", "disetujui", "Baik."),
    ]


def test_what_was_said_of_single_parts_is_listed_once_each_with_when_it_was_first_seen(tmp_path: Path) -> None:
    said = "pemeriksaan:\n  komentar_bagian: {{saran: ' {} ', analisis: {}}}\n"
    texts = (said.format("Perjelas.", "' '"), said.format("Perjelas.", "[1]"), said.format("Singkat.", "Perjelas."))
    for minute, text in enumerate((*texts, "pemeriksaan: {komentar_bagian: tidak}\n")):
        earlier_texts.keep(tmp_path, text, START + timedelta(minutes=minute))
    seen = [START, START + timedelta(minutes=2)]
    assert earlier_texts.part_remarks(tmp_path) == [
        PartRemark("saran", seen[0], "Perjelas."),
        PartRemark("saran", seen[1], "Singkat."),
        PartRemark("analisis", seen[1], "Perjelas."),
    ]


def test_a_part_that_was_filled_in_and_is_gone_is_told_with_the_way_back(made: Register) -> None:
    filed = made.read(NUMBER)
    assert list(earlier_texts.deleted_parts(filed.document, filed.events)) == []
    text = filed.document.text.replace("persetujuan:", "x_persetujuan:").replace("arsip:", "x_arsip:")
    document = yaml_reader.parse(filed.document.path, text)
    [one] = earlier_texts.deleted_parts(document, filed.events)  # nobody had written into arsip
    assert one.message == "Bagian “persetujuan” hilang dari berkas, padahal dulu terisi."
    assert f"payung isi-lama {NUMBER} --kembalikan --bagian persetujuan" in one.mend


def test_no_part_is_told_of_that_may_go_that_was_empty_or_that_is_none(tmp_path: Path) -> None:
    told = {"isi": {"temuan": "x", "kajian.saran": "", "asing.bagian": "x", "arsip.lokasi": "x"}}
    for text, parts in (("verifikasi:\n", ["arsip"]), ("arsip:\n", []), ("- 1\n", [])):
        document = yaml_reader.parse(tmp_path / "permohonan.yaml", text)
        found = earlier_texts.deleted_parts(document, [Event("disunting", START, "petugas", told)])
        assert [one.message.split("”")[0].split("“")[1] for one in found] == parts


OLD = "a: 1\n\n# tentang b\nb:\n  c: lama\n  d: |\n    dua\n\n    baris\n\n# tentang e\ne: 2\n"


@pytest.mark.parametrize(
    ("now", "after"),
    [
        ("a: 1\n\n# tentang b\nb:\n  c: baru\n\n# tentang e\ne: 3\n", OLD.replace("e: 2", "e: 3")),
        ("a: 1\n", "a: 1\nb:\n  c: lama\n  d: |\n    dua\n\n    baris\n"),
        ("bb: 1\nb:\n\n# lain\n\ne: 3\n", "bb: 1\nb:\n  c: lama\n  d: |\n    dua\n\n    baris\n\n# lain\n\ne: 3\n"),
        ("a: 1\nb: 1\n\n", "a: 1\nb:\n  c: lama\n  d: |\n    dua\n\n    baris\n\n"),
        ("a: 1\ne: 3", "a: 1\ne: 3\nb:\n  c: lama\n  d: |\n    dua\n\n    baris\n"),
    ],
)
def test_one_part_comes_back_and_all_else_stays(now: str, after: str) -> None:
    assert earlier_texts.with_part(now, "b", OLD) == after


def test_a_part_that_the_earlier_text_lacks_is_told() -> None:
    with pytest.raises(PayungError, match="tidak ada pada isi lama itu"):
        earlier_texts.with_part("a: 1\n", "z", OLD)


@pytest.mark.parametrize(
    ("now", "old"),
    [
        ("a: [1\nb: 1\n", "b: 2\n"),
        ("a: 1\n", "b: &x 2\nc: *x\nb: [\n"),
        ("a: &x 1\nb: 1\n", "b: *x\n"),
        ("a: 1\n", "b:\n- 1\n"),
        ("a: 1\n", "b: 2\nc: [\n"),
    ],
)
def test_a_part_that_cannot_come_back_by_itself_is_told(now: str, old: str) -> None:
    with pytest.raises(PayungError, match="tidak dapat dikembalikan sendiri"):
        earlier_texts.with_part(now, "b", old)
