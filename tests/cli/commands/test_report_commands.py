"""``payung laporan angka``: the figures of the office itself, as text, data and workbook."""

import json
from pathlib import Path

import pytest

from tests.commands import payung
from tests.office import agency, file, register, response


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    agency(tmp_path, evaluasi={"penghematan_per_kasus": 1_200_000})
    file(register(tmp_path), response(1), response(2, minute=1))
    return tmp_path


def test_figures_of_a_quarter_are_printed_and_the_year_holds_them_too(folder: Path) -> None:
    quarter = json.loads(payung("laporan", "angka", "triwulan", "2026-1", "--json", folder=folder))
    year = json.loads(payung("laporan", "angka", "tahunan", "2026", "--json", folder=folder))
    empty = json.loads(payung("laporan", "angka", "triwulan", "2026-2", "--json", folder=folder))
    assert [found["angka"][0]["dari"] for found in (quarter, year, empty)] == [2, 2, 0]
    saving = next(one for one in year["angka"] if one["kunci"] == "penghematan")
    assert (saving["baris"][0]["nilai"], "Rp1.200.000" in saving["definisi"]) == (0, True)
    assert "Permohonan menurut hasilnya (dari 2 permohonan)" in payung(
        "laporan", "angka", "triwulan", "2026-1", folder=folder
    )


def test_markdown_and_a_workbook_can_be_had(folder: Path) -> None:
    text = payung("laporan", "angka", "tahunan", "2026", "--markdown", folder=folder)
    assert text.startswith("# Angka Tahun 2026")
    assert "di dalam kantor" in payung(
        "laporan", "angka", "tahunan", "2026", "--xlsx", folder / "angka.xlsx", folder=folder
    )
    assert (folder / "angka.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("triwulan",), "payung laporan angka triwulan 2026-3"),
        (("triwulan", "2026"), "payung laporan angka triwulan 2026-3"),
        (("tahunan", "2026-3"), "payung laporan angka tahunan 2026"),
    ],
)
def test_a_period_that_does_not_fit_is_told_with_what_to_type(folder: Path, words: tuple[str, ...], said: str) -> None:
    assert said in payung("laporan", "angka", *words, folder=folder, code=1)


def test_a_period_that_is_none_is_a_mistyped_command(folder: Path) -> None:
    assert "bukan periode" in payung("laporan", "angka", "triwulan", "2026-7", folder=folder, code=2)


def test_files_that_cannot_be_read_are_told_and_the_rest_is_counted(folder: Path) -> None:
    (folder / "register" / "2026" / "BH-2026-0002" / "permohonan.yaml").write_text("[", encoding="utf-8")
    text = payung("laporan", "angka", "tahunan", "2026", folder=folder, code=2)
    assert "1 berkas permohonan tidak terbaca" in text
    assert "Permohonan menurut hasilnya (dari 1 permohonan)" in text
