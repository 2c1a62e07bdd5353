"""``payung laporan``: the figures of the office itself in every form, and the reports that are written of them."""

import json
from datetime import date
from pathlib import Path

import docx
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
    payung("laporan", "angka", "--docx", folder / "angka.docx", folder=folder)
    assert "Angka Layanan" in [one.text for one in docx.Document(str(folder / "angka.docx")).paragraphs]


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


def test_a_report_says_where_it_lies_and_how_much_of_it_waits_for_a_person(folder: Path) -> None:
    year = str(date.today().year)  # noqa: DTZ011 -- a year that has begun, whatever the zone
    text = payung("laporan", "tahunan", year, "--oleh", "kabag", folder=folder)
    assert f"laporan-{year}.docx" in text
    assert f"pengantar-{year}.docx" in text
    told = json.loads(payung("laporan", "tahunan", year, "--json", folder=folder))
    assert f"{told['menunggu_penilaian']} bagian menunggu penilaian: cari [Menunggu penilaian]" in text
    assert [one["ditulis"] for one in told["berkas"]] == [False, False]
    assert "menunggu penilaian" in payung("laporan", "tahunan", year, "--selesai", folder=folder, code=1)


def test_alone_the_command_says_which_reports_are_due(folder: Path) -> None:
    (folder / "register" / ".payung" / "laporan.json").write_text('{"sejak": "2026-01-05"}')
    assert "Triwulan I Tahun 2026" in payung("laporan", folder=folder)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("triwulan", "2026"), "payung laporan triwulan 2026-3"),
        (("tahunan", "2026-3"), "payung laporan tahunan 2026"),
        (("triwulan", "2199-1"), "belum dimulai"),
        (("unit", "DISDIK"), "Tidak ada unit “DISDIK” di payung.yaml. Tulis daftar unit di sana"),
        (("triwulan", "2026-2", "--selesai"), "belum dibuat"),
        (("triwulan", "2026-2", "--oleh", "siapa"), "Tulis petugasnya"),
    ],
)
def test_a_report_that_cannot_be_made_is_told_and_nothing_is_written(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in payung("laporan", *words, folder=folder, code=1)
    assert not (folder / "register" / "laporan").exists()


def test_the_settings_may_stand_after_all_words_of_a_report(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("lain")
    words = ("laporan", "angka", "--json", "--pengaturan", folder / "payung.yaml")
    assert (
        json.loads(payung(*words, folder=elsewhere))["angka"][0]["dari"]
        == json.loads(payung("laporan", "angka", "--json", folder=folder))["angka"][0]["dari"]
    )


def test_a_period_that_is_none_is_a_mistyped_command(folder: Path) -> None:
    assert "bukan periode" in payung("laporan", "angka", "triwulan", "2026-7", folder=folder, code=2)


def test_files_that_cannot_be_read_are_told_and_the_rest_is_counted(folder: Path) -> None:
    (folder / "register" / "2026" / "BH-2026-0002" / "permohonan.yaml").write_text("[", encoding="utf-8")
    text = payung("laporan", "angka", "tahunan", "2026", folder=folder, code=2)
    assert "1 berkas permohonan tidak terbaca" in text
    assert "Permohonan menurut hasilnya (dari 1 permohonan)" in text
