"""A value changes; every other byte of a person's file stays."""

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.cases import case_file_text
from processor.cases.case_file import CaseFile
from processor.foundation import yaml_editor, yaml_reader, yaml_writer
from processor.foundation.errors import Busy, PayungError
from tests.office import START

CASE = case_file_text.new_case_text(
    CaseFile.model_validate(
        {
            "nomor_registrasi": "BH-2026-0001",
            "diterima": START,
            "sumber": "ekspor",
            "uraian": "Satu\ndua",
            "pertanyaan": "Apa?",
        }
    )
)


def value(text: str, section: str, key: str) -> object:
    return yaml_reader.parse(Path("a.yaml"), text).data[section][key]


def lines_changed(old: str, new: str) -> list[str]:
    return [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]


def test_an_empty_key_is_filled_and_nothing_else_changes() -> None:
    edited = yaml_editor.apply(CASE, {("penugasan", "analis"): "Analis Contoh"})
    assert lines_changed(CASE, edited) == ["-   analis:", "+   analis: Analis Contoh"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a:\n  x: lama   # catatan\n  y: z\n", "a:\n  x: baru   # catatan\n  y: z\n"),
        ("a:\n  x:   # catatan\n", "a:\n  x: baru   # catatan\n"),
        ("a:\n  x: 'lama'\n\n\nb: c", "a:\n  x: baru\n\n\nb: c"),
        (
            "a:\n    x: |\n      satu\n      dua\n\n    # catatan\n    y: z\n",
            "a:\n    x: baru\n\n    # catatan\n    y: z\n",
        ),
        ("a:\n  x:\n    - satu # s\n    - dua\n  y: z\n", "a:\n  x: baru\n  y: z\n"),
        ("a: {x: lama, y: z}\n", "a: {x: baru, y: z}\n"),
        ("a:\r\n  x: lama\r\n  y: z\r\n", "a:\r\n  x: baru\r\n  y: z\r\n"),
        ("a:\n  y: z\n\n# akhir\nb: c\n", "a:\n  y: z\n  x: baru\n\n# akhir\nb: c\n"),
        ("a:\nb: c\n", "a:\n  x: baru\nb: c\n"),
        ("b: c\n", "b: c\na:\n  x: baru\n"),
        ("b: c", "b: c\na:\n  x: baru\n"),
    ],
)
def test_one_value_in_every_kind_of_file(old: str, new: str) -> None:
    assert yaml_editor.apply(old, {("a", "x"): "baru"}) == new


@pytest.mark.parametrize(
    ("given_value", "text"),
    [
        ("satu\ndua: tiga", "a:\n  x: |-  # catatan\n    satu\n    dua: tiga\n  y: z\n"),
        (["satu", "dua"], "a:\n  x:  # catatan\n    - satu\n    - dua\n  y: z\n"),
        (None, "a:\n  x:  # catatan\n  y: z\n"),
    ],
)
def test_long_words_lists_and_nothing(given_value: object, text: str) -> None:
    assert yaml_editor.apply("a:\n  x: lama  # catatan\n  y: z\n", {("a", "x"): given_value}) == text


@given(st.sampled_from([("kajian", "analisis"), ("verifikasi", "alasan"), ("baru", "kunci")]), st.text(max_size=200))
def test_any_words_come_back_and_can_be_replaced_again(place: tuple[str, str], words: str) -> None:
    words = yaml_writer.visible_text(words)
    once = yaml_editor.apply(CASE, {place: words})
    assert value(once, *place) == words
    twice = yaml_editor.apply(once, {place: "lain"})
    assert twice == yaml_editor.apply(CASE, {place: "lain"})


def test_several_changes_at_once() -> None:
    changes = {
        ("verifikasi", "keputusan"): "ditolak",
        ("verifikasi", "alasan"): "Satu.\nDua.",
        ("kajian", "isu_hukum"): ["A"],
    }
    edited = yaml_editor.apply(CASE, changes)
    assert [value(edited, *place) for place in changes] == list(changes.values())


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "permohonan.yaml"
    path.write_text(CASE + "# orang lain\n", "utf-8")
    with pytest.raises(Busy, match="berubah sejak dibaca"):
        yaml_editor.write(path, CASE, {("penugasan", "analis"): "A"})
    assert path.read_text("utf-8") == CASE + "# orang lain\n"


def test_a_mark_at_the_start_of_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "permohonan.yaml"
    path.write_bytes(b"\xef\xbb\xbfa:\n  x: lama\n")
    yaml_editor.write(path, "a:\n  x: lama\n", {("a", "x"): "baru"})
    assert path.read_bytes() == b"\xef\xbb\xbfa:\n  x: baru\n"


@pytest.mark.parametrize("text", ["a: [\n", "a:\n  x: 1\n  x: 2\n", "- a\n"])
def test_a_file_with_mistakes_is_refused(text: str) -> None:
    with pytest.raises(PayungError, match="kesalahan YAML"):
        yaml_editor.apply(text, {("a", "x"): "baru"})


def test_an_edit_that_would_change_something_else_is_refused() -> None:
    """Without a line's end after it, the text of ``b`` has none; with one, it has."""
    for text in ("b: |\n  teks", "a:\n  y: |\n    teks"):
        with pytest.raises(PayungError, match="tidak dapat diubah dengan aman"):
            yaml_editor.apply(text, {("a", "x"): "baru"})


@pytest.mark.parametrize(("text", "edited"), [
    ("kajian: {}\n", "kajian:\n  analisis: baru\n"),
    ("kajian: { }  # kosong\r\nx: 1\r\n", "kajian:  # kosong\r\n  analisis: baru\r\nx: 1\r\n"),
    ("kajian: {analisis: lama}\n", "kajian: {analisis: baru}\n"),
])  # fmt: skip
def test_a_part_in_braces_is_filled(text: str, edited: str) -> None:
    assert yaml_editor.apply(text, {("kajian", "analisis"): "baru"}) == edited


def test_a_new_key_in_filled_braces_goes_in_where_that_is_safe_and_is_left_to_the_person_else() -> None:
    assert yaml_editor.apply("a: {y: z}\n", {("a", "x"): "baru"}) == "a: {y: z, x: baru}\n"
    for words in ("satu, dua", "x: y", "satu\ndua", "}"):
        with pytest.raises(PayungError, match="tidak dapat diubah dengan aman"):
            yaml_editor.apply("a: {y: z}\n", {("a", "x"): words})


LIST = "# risiko\n- kode: R1\n  ditinjau:   # belum\n\n# akhir\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "- kode: R2\n  uraian: Dua\n"),
        ("# risiko", "# risiko\n- kode: R2\n  uraian: Dua\n"),
        ("# risiko\n[]\n", "# risiko\n- kode: R2\n  uraian: Dua\n"),
        (LIST, LIST.replace("belum\n", "belum\n- kode: R2\n  uraian: Dua\n")),
        ("- kode: R1", "- kode: R1\n- kode: R2\n  uraian: Dua"),
        ("  - kode: R1\r\n", "  - kode: R1\r\n  - kode: R2\r\n    uraian: Dua\r\n"),
        ("- {kode: R1}\n", "- {kode: R1}\n- kode: R2\n  uraian: Dua\n"),
        ("- kode: |\n    R1\n    dua\n", "- kode: |\n    R1\n    dua\n- kode: R2\n  uraian: Dua\n"),
    ],
)
def test_an_entry_is_added_below_the_last_one_of_a_list(before: str, after: str) -> None:
    assert yaml_editor.with_entry(before, {"kode": "R2", "uraian": "Dua"}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", "a: 1\nh:\n  - kode: R2\n"),
        ("h:\na: 1\n", "h:\n  - kode: R2\na: 1\n"),
        ("h: []\na: 1\n", "h:\n  - kode: R2\na: 1\n"),
        ("h:\n- kode: R1\n\n# lain\na: 1\n", "h:\n- kode: R1\n- kode: R2\n\n# lain\na: 1\n"),
    ],
)
def test_an_entry_is_added_to_a_list_inside_a_file(before: str, after: str) -> None:
    assert yaml_editor.with_entry(before, {"kode": "R2"}, "h") == after


def test_values_of_one_entry_change_and_nothing_else() -> None:
    text = LIST.replace("\n# akhir", "- kode: R2\n  ditinjau: 2025-01-01\n# akhir")
    edited = yaml_editor.with_changed_entry(text, 0, {"ditinjau": "2026-01-12", "dampak": 3})
    assert edited == text.replace("ditinjau:   # belum", "ditinjau: 2026-01-12   # belum\n  dampak: '3'")
    assert yaml_editor.with_changed_entry(text, 1, {"ditinjau": None}) == text.replace(" 2025-01-01", "")


@pytest.mark.parametrize("text", ["[{kode: R1}]\n", "kode: R1\n", "kata\n", "- kode: [\n"])
def test_a_list_that_cannot_be_edited_safely_is_left_alone(text: str) -> None:
    with pytest.raises(PayungError):
        yaml_editor.with_entry(text, {"kode": "R2"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a: b\n", "a: b\nx:\n  - k: v\n    l: '1'\n"),
        ("a: b", "a: b\nx:\n  - k: v\n    l: '1'\n"),
        ("x:\n\n# c\na: b\n", "x:\n  - k: v\n    l: '1'\n\n# c\na: b\n"),
        ("x:\n- k: u # c\n\na: b\n", "x:\n- k: u # c\n- k: v\n  l: '1'\n\na: b\n"),
        ("x:\n    - {k: u}\n# c\na: b\n", "x:\n    - {k: u}\n    - k: v\n      l: '1'\n# c\na: b\n"),
        ("x:\r\n  - k: u\r\na: b\r\n", "x:\r\n  - k: u\r\n  - k: v\r\n    l: '1'\r\na: b\r\n"),
    ],
)
def test_an_item_is_added_at_the_end_of_its_list(old: str, new: str) -> None:
    assert yaml_editor.apply(old, {("x",): {"k": "v", "l": "1"}}) == new


@pytest.mark.parametrize("old", ["x: [{k: u}]\n", "x: kata\n", "x:\n  k: u\n"])
def test_what_is_no_list_of_lines_gets_no_item(old: str) -> None:
    with pytest.raises(PayungError, match="tidak dapat diubah dengan aman"):
        yaml_editor.apply(old, {("x",): {"k": "v"}})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x:\n  - k: u # c\n    l: w\n  - k: t\n", "x:\n  - k: u # c\n    l: w\n  - k: v\n"),
        ("x:\n  - k: u\n  - l: w # c\n\na: b\n", "x:\n  - k: u\n  - l: w # c\n    k: v\n\na: b\n"),
        ("x:\n  - {k: u}\n  - {k: t, l: w}\n", "x:\n  - {k: u}\n  - {k: v, l: w}\n"),
        ("x:\n  - {k: u}\n  - {l: w } # c\n", "x:\n  - {k: u}\n  - {l: w, k: v} # c\n"),
    ],
)
def test_a_value_changes_in_one_item_only(old: str, new: str) -> None:
    assert yaml_editor.apply(old, {("x", 1, "k"): "v"}) == new


def test_an_item_that_is_not_there_is_not_changed() -> None:
    with pytest.raises(PayungError):
        yaml_editor.apply("x:\n  - k: u\n", {("x", 1, "k"): "v"})


@pytest.mark.parametrize(
    ("old", "new"),
    [("a: b\n", "a: b\nx: v\n"), ("x: u # c\na: b\n", "x: v # c\na: b\n"), ("x:\na:\n  k: l\n", "x: v\na:\n  k: l\n")],
)
def test_a_value_of_the_file_itself_is_written(old: str, new: str) -> None:
    assert yaml_editor.apply(old, {("x",): "v"}) == new
