"""``payung testimoni``: one officer writes down, another approves, either withdraws."""

import json
from pathlib import Path

import pytest

from processor.cases import testimonials
from tests.commands import payung
from tests.office import agency, register
from tests.story import OFFICERS

WORDS = ("--kutipan", "Jawabannya jelas.", "--sebagai", "Seorang guru", "--naskah", "Map 3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    agency(tmp_path, petugas=OFFICERS)
    register(tmp_path)
    return tmp_path


def test_two_officers_bring_words_on_the_site_and_one_takes_them_off(folder: Path) -> None:
    assert "Belum ada testimoni" in payung("testimoni", folder=folder)
    said = payung("testimoni", "--tambah", "--oleh", "pengelola", "--persetujuan", "2026-03-02", *WORDS, folder=folder)
    assert "payung testimoni 2026-03-02 --setujui" in said
    assert "menunggu petugas kedua" in payung("testimoni", folder=folder)
    assert "mintalah petugas lain" in payung(
        "testimoni", "2026-03-02", "--setujui", "--oleh", "pengelola", folder=folder, code=1
    )
    payung("testimoni", "2026-03-02", "--setujui", "--oleh", "kabag", folder=folder)
    [one] = json.loads(payung("testimoni", "--json", folder=folder))
    assert (one["keadaan"], one["persetujuan"]["naskah"]) == ("disetujui", "Map 3")
    payung("testimoni", "2026-03-02", "--cabut", "--oleh", "pengelola", folder=folder)
    assert "ditarik" in payung("testimoni", folder=folder)
    kinds = [line.split('"peristiwa":"')[1].split('"')[0] for line in _journal(folder)]
    assert kinds == ["ditulis", "disetujui", "dicabut"]


@pytest.mark.parametrize(
    ("writer", "said"), [("PENGELOLA", "petugas lain"), ("{nama}", "petugas lain"), ("Siapa", "bukan petugas")]
)
def test_a_writer_whose_name_stands_there_in_another_way_approves_nothing(folder: Path, writer: str, said: str) -> None:
    payung("testimoni", "--tambah", "--oleh", "pengelola", "--persetujuan", "2026-03-02", *WORDS, folder=folder)
    path = folder / "register" / "testimoni" / "2026-03-02.yaml"
    named = writer.format(**OFFICERS["pengelola"])
    path.write_text(path.read_text("utf-8").replace("penulis: pengelola", f"penulis: {named}"), "utf-8")
    told = payung("testimoni", "2026-03-02", "--setujui", "--oleh", "pengelola", folder=folder, code=1)
    assert said in told
    assert "menunggu petugas kedua" in payung("testimoni", folder=folder)


def _journal(folder: Path) -> list[str]:
    return (folder / "register" / "testimoni" / "riwayat.jsonl").read_text("utf-8").splitlines()


def test_without_consent_or_its_paper_nothing_is_written(folder: Path) -> None:
    said = payung("testimoni", "--tambah", "--oleh", "pengelola", *WORDS, folder=folder, code=1)
    assert "Sebutkan juga: --persetujuan" in said
    late = ("--oleh", "pengelola", "--persetujuan", "2999-01-01", *WORDS)
    assert "belum tiba" in payung("testimoni", "--tambah", *late, folder=folder, code=2)
    assert testimonials.read(folder / "register") == ()


def test_a_name_that_there_is_none_of_is_told(folder: Path) -> None:
    assert "Testimoni x tidak ada" in payung("testimoni", "x", "--setujui", "--oleh", "kabag", folder=folder, code=1)


def test_a_second_one_of_a_day_has_a_name_of_its_own_and_a_broken_file_is_told(folder: Path) -> None:
    for name in ("2026-03-02", "2026-03-02-2"):
        said = payung(
            "testimoni", "--tambah", "--oleh", "pengelola", "--persetujuan", "2026-03-02", *WORDS, folder=folder
        )
        assert f"Dicatat: {name}." in said
    path = folder / "register" / "testimoni" / "2026-03-02.yaml"
    path.write_text("kutipan: x\n", "utf-8")
    assert "perlu dibetulkan" in payung("testimoni", folder=folder, code=2)
    said = payung("testimoni", "2026-03-02", "--setujui", "--oleh", "kabag", folder=folder, code=2)
    assert "belum lengkap" in said
