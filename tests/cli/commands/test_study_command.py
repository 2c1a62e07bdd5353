"""``payung susun`` with Word: nothing is overwritten, and what is not answered is not decided."""

import json
from pathlib import Path

import pytest

from processor.foundation import yaml_editor
from tests.commands import payung
from tests.letters.study.word_files import with_words
from tests.office import agency, file, register, response

NUMBER = "BH-2026-0001"
STUDY = {("kajian", "kasus_posisi"): "Faktanya.", ("kajian", "saran"): "Tolak secara tertulis."}
WORD = f"kajian-{NUMBER}.docx"
TRACKED = (
    'Tolak</w:t></w:r><w:ins w:author="Analis Contoh"><w:r><w:t xml:space="preserve"> segera</w:t></w:r></w:ins>'
    '<w:r><w:t xml:space="preserve"> secara'
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The file of the only case of an office, with a study; it was written to Word in the office's folder."""
    agency(tmp_path)
    made = register(tmp_path)
    file(made, response(1))
    path = made.path(NUMBER) / "permohonan.yaml"
    path.write_text(yaml_editor.apply(path.read_text("utf-8"), STUDY), "utf-8")
    payung("susun", 1, "--ke-word", folder=tmp_path)
    return path


def change(folder: Path, old: str, new: str) -> None:
    path = folder / WORD
    path.write_bytes(with_words(path.read_bytes(), old, new))


def test_a_file_that_is_there_is_not_overwritten(case: Path, tmp_path: Path) -> None:
    before = (tmp_path / WORD).read_bytes()
    assert "tidak ditimpa" in payung("susun", 1, "--ke-word", folder=tmp_path, code=1)
    assert (tmp_path / WORD).read_bytes() == before
    assert "tidak ada yang berubah" in payung("susun", 1, "--dari-word", WORD, folder=tmp_path)
    assert "Faktanya." in case.read_text("utf-8")


def test_what_is_asked_is_answered_at_the_terminal_or_with_the_command(case: Path, tmp_path: Path) -> None:
    change(tmp_path, "Tolak secara", TRACKED)
    asked = payung("susun", 1, "--dari-word", WORD, folder=tmp_path, code=2)
    assert "Analis Contoh 1" in asked
    assert '--jawab "perubahan=terima" (atau tolak)' in asked
    assert "Tolak secara tertulis." in case.read_text("utf-8")
    shown = payung(
        "susun",
        1,
        "--dari-word",
        WORD,
        "--simulasi",
        "--jawab",
        "perubahan=terima",
        "--oleh",
        "analis",
        folder=tmp_path,
    )
    assert "+   saran: Tolak segera secara tertulis." in shown
    assert "Tolak secara tertulis." in case.read_text("utf-8")
    told = payung("susun", 1, "--dari-word", WORD, "--oleh", "analis", folder=tmp_path, typed=b"mungkin\nterima\n")
    assert "“mungkin” bukan salah satu jawaban" in told
    assert "  saran: Tolak segera secara tertulis.\n" in case.read_text("utf-8")
    last = [json.loads(line) for line in (case.parent / "riwayat.jsonl").read_text("utf-8").splitlines()][-1]
    assert (last["pelaku"], "Analis Contoh" in str(last)) == ("analis", False)


def test_what_is_not_carried_is_listed_and_the_file_is_kept(case: Path, tmp_path: Path) -> None:
    drawing = "Tolak</w:t></w:r><w:r><w:drawing/></w:r><w:r><w:t>, lalu"
    change(tmp_path, "Tolak secara", drawing)
    told = payung("susun", 1, "--dari-word", WORD, folder=tmp_path)
    assert "gambar (1): dekat “Tolak, lalu tertulis.”" in told
    (kept,) = (case.parent / "keluar").glob("kajian-*.docx")
    assert kept.read_bytes() == (tmp_path / WORD).read_bytes()
    assert f"keluar/{kept.name}" in told
    events = [json.loads(line) for line in (case.parent / "riwayat.jsonl").read_text("utf-8").splitlines()]
    assert [one["rincian"]["berkas"] for one in events if one["peristiwa"] == "kajian_word"] == [kept.name]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("1", "2", "--ke-word"), "Satu berkas Word untuk satu permohonan"),
        (("1", "--dari-word", "tidak-ada.docx"), "tidak dapat dibaca"),
        (("1", "--dari-word", "payung.yaml"), "bukan dokumen Word"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(case: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    before = case.read_bytes()
    assert said in payung("susun", *words, folder=tmp_path, code=1)
    assert case.read_bytes() == before
