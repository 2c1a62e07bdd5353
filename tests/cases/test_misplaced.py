"""Copies beside a case and folders that moved are told, with what differs or where they seem to be."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.cases import misplaced
from processor.cases.register import Register
from tests.office import file, register, response

NUMBER, SECOND = "BH-2026-0001", "BH-2026-0002"


@pytest.fixture
def made(tmp_path: Path) -> Register:
    made = register(tmp_path)
    file(made, response(1), response(2, minute=1))
    return made


def edit_copy(folder: Path, name: str) -> None:
    """Somebody wrote into a copy of the case file."""
    text = (folder / "permohonan.yaml").read_text("utf-8")
    (folder / name).write_text(text.replace("  oleh:", "  oleh: pengelola", 1).replace("  saran:", "  saran: Tolak."))


@pytest.mark.parametrize("name", ["permohonan (1).yaml", "permohonan-LAPTOP-7Q.yaml", "Salinan permohonan.yaml"])
def test_a_conflict_copy_is_told_with_the_places_in_which_it_differs(made: Register, name: str) -> None:
    edit_copy(made.path(NUMBER), name)
    [one] = misplaced.beside(made.path(NUMBER))
    assert one.message == f"{name} adalah salinan permohonan.yaml yang berbeda: verifikasi.oleh, kajian.saran."
    assert "Pindahkan yang perlu ke permohonan.yaml" in one.mend


def test_a_copy_that_says_the_same_is_only_to_be_taken_away(made: Register) -> None:
    folder = made.path(NUMBER)
    shutil.copy(folder / "permohonan.yaml", folder / "permohonan (1).yaml")
    [one] = misplaced.beside(folder)
    assert one.message == "permohonan (1).yaml adalah salinan permohonan.yaml; isinya sama."
    assert one.mend == "Hapus salinan itu."


def test_copies_of_journal_and_seal_say_how_far_they_are_alike(made: Register) -> None:
    folder = made.path(NUMBER)
    shutil.copy(folder / "pemohon.age", folder / "pemohon-LAPTOP-7Q.age")
    (folder / "riwayat (1).jsonl").write_bytes((folder / "riwayat.jsonl").read_bytes() + b"{}\n{}\n")
    seal, trace = misplaced.beside(folder)
    assert seal.message.endswith("isinya sama.")
    assert trace.message.endswith("sama sampai baris 1, lalu 2 baris di salinan dan 0 baris di riwayat.jsonl.")


def test_a_case_file_under_another_ending_is_found(made: Register) -> None:
    folder = made.path(NUMBER)
    (folder / "permohonan.yaml").rename(folder / "permohonan.yaml.txt")
    [one] = misplaced.beside(folder)
    assert one.message == "permohonan.yaml tidak ada, tetapi ada permohonan.yaml.txt."
    assert one.mend == "Bila ini berkasnya, ganti namanya menjadi permohonan.yaml."


@pytest.mark.parametrize(
    "name", [".permohonan.yaml.swp", "~$permohonan.yaml", "permohonan.yaml~", "permohonan.suntingan.yaml"]
)
def test_what_an_editor_keeps_while_it_works_is_no_copy(made: Register, name: str) -> None:
    (made.path(NUMBER) / name).write_text("x")
    assert misplaced.beside(made.path(NUMBER)) == []


@pytest.mark.parametrize("name", ["BH-2026-0001 (1)", "BH-2026-0001-LAPTOP-7Q"])
def test_a_copy_of_a_folder_is_told_with_the_files_that_differ(made: Register, name: str) -> None:
    copy = made.path(NUMBER).with_name(name)
    shutil.copytree(made.path(NUMBER), copy)
    edit_copy(copy, "permohonan.yaml")
    [one] = misplaced.folders(made.folder, made.numbers(), made.missing())
    assert one.message == f"Folder ini salinan {NUMBER}; yang berbeda: permohonan.yaml."


def into_an_archive(folder: Path) -> None:
    """Somebody tidies up."""
    (folder.parents[1] / "arsip").mkdir()
    folder.rename(folder.parents[1] / "arsip" / folder.name)


@pytest.mark.parametrize(
    ("move", "place"),
    [
        (lambda at: at.rename(at.with_name("BH-2026-0001 (1)")), "2026/BH-2026-0001 (1)"),
        (lambda at: at.rename(at.with_name("sudah selesai")), "2026/sudah selesai"),
        (lambda at: at.rename(at.with_name(SECOND) / at.name), f"2026/{SECOND}/{NUMBER}"),
        (into_an_archive, f"arsip/{NUMBER}"),
    ],
)
def test_a_folder_that_was_renamed_or_moved_is_told_with_where_it_seems_to_be(
    made: Register, move: Callable[[Path], object], place: str
) -> None:
    move(made.path(NUMBER))
    assert made.missing() == [NUMBER]
    [one] = misplaced.folders(made.folder, made.numbers(), made.missing())
    assert f"sepertinya ada di {made.folder / place}." in one.message
    assert one.mend == f"Kembalikan folder itu ke 2026/{NUMBER} di register."


def test_a_folder_that_is_gone_is_told(made: Register) -> None:
    shutil.rmtree(made.path(NUMBER))
    [one] = misplaced.folders(made.folder, made.numbers(), made.missing(made.numbers()))
    assert (one.place, one.mend) == (NUMBER, "Pulihkan dari cadangan.")
