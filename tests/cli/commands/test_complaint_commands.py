"""``payung pengaduan``: words come from standard input, lists hide what they must, and every step has its command."""

import json
from pathlib import Path

import pytest

from tests.commands import payung
from tests.operations.complaints.test_complaint_acts import NUMBER, PERSON, SECRETS, WORDS
from tests.story import Story

TAKEN = ("pengaduan", "tambah", "--oleh", "pengelola", "--lewat", "surat", "--diadukan", "analis")

OTHER = "PGD-2026-0099"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Story(tmp_path).settings.path.parent
    said = payung(*TAKEN, folder=made, typed="\n".join((*PERSON, WORDS)).encode())
    assert "Paling lambat dijawab tertulis:" in said
    assert not [secret for secret in SECRETS if secret in said]
    return made


def step(folder: Path, *words: str, typed: str = "", code: int = 0) -> str:
    return payung("pengaduan", NUMBER, *words, folder=folder, typed=typed.encode(), code=code)


def test_a_complaint_goes_all_the_way_by_commands(folder: Path) -> None:
    early = step(folder, "rencana", "--oleh", "kabag", typed="Ditegur.", code=1)
    assert "sekarang diterima; langkah ini untuk yang diteruskan. Berikutnya: pengelola meneruskan" in early
    assert "diteruskan kepada kabag" in step(folder, "teruskan", "--oleh", "pengelola")
    step(folder, "rencana", "--oleh", "kabag", typed="Ditegur.\n.\n")
    assert "Tulis hasil pemeriksaannya" in step(folder, "jawab", "--oleh", "kabag", code=1)
    said = step(folder, "jawab", "--oleh", "kabag", "--hasil", "terbukti", typed="Sudah ditegur.")
    letter = folder / "register" / "pengaduan" / NUMBER / "keluar" / "jawaban-pengaduan.docx"
    assert f"Konsep surat: {letter}\n" in said
    assert "--oleh" in step(folder, "sampaikan", "--oleh", "pengelola", code=1)
    assert str(letter) in step(folder, "sampaikan", "--oleh", "pengelola", "--nomor-surat", "180/7/Huk-2026")
    assert "selesai" in step(folder, "sampaikan", "--oleh", "pengelola")
    assert "langkah penerusan  pengelola" in step(folder, "--oleh", "kabag")
    [row] = json.loads(payung("pengaduan", "--oleh", "kabag", "--json", folder=folder))
    assert (row["nomor"], row["status"], row["tenggat"]) == (NUMBER, "selesai", "")


def test_lists_hide_a_complaint_from_whom_it_is_about_and_from_nobody_in_particular(folder: Path) -> None:
    shown = [payung("pengaduan", *who, folder=folder) for who in ((), ("--oleh", "analis"), ("--oleh", "kabag"))]
    assert [NUMBER in one for one in shown] == [False, False, True]
    assert "tidak ada, atau tidak tampil" in step(folder, code=1)
    hidden, none = (payung("pengaduan", one, "--oleh", "analis", folder=folder, code=1) for one in (NUMBER, OTHER))
    assert hidden.replace(NUMBER, OTHER) == none
    assert "tidak tampil bagi analis. Yang tampil: payung pengaduan --oleh analis" in hidden
    assert f"{NUMBER}: diterima" in step(folder, "--oleh", "kabag")


def test_nobody_in_particular_takes_no_complaint(folder: Path) -> None:
    assert "Tulis petugasnya: --oleh" in payung("pengaduan", "tambah", folder=folder, code=1)


def test_words_are_shown_for_a_reason_only(folder: Path) -> None:
    assert "Alasan harus diisi" in step(folder, "buka", "--oleh", "kabag", code=1)
    said = step(folder, "buka", "--oleh", "kabag", "--alasan", "menyusun jawaban")
    assert all(one in said for one in (*PERSON, WORDS))
    assert WORDS not in step(folder, "buka", "--oleh", "analis", "--alasan", "ingin tahu", code=1)
