"""``payung daftar`` and ``payung cari`` narrow lists and write workbooks; a unit is opened for a reason alone."""

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # only read with here
import pytest

from processor.cases.register import Register
from processor.foundation import yaml_editor
from processor.operations import advance, list_workbook, office_records, side_journal, unit_search
from processor.operations.office import open_office
from tests.commands import payung
from tests.office import START, agency, file, register, response

ONE, TWO, THREE, FOUR = (f"BH-2026-000{serial}" for serial in range(1, 5))
TREE = [{"kode": "DISDIK", "nama": "Dinas Pendidikan"}, {"kode": "RSUD", "nama": "Rumah Sakit", "induk": "DISDIK"}]
UNITS = ("DISDIK", "RSUD", "", "")
FORMULA = '=HYPERLINK("https://contoh.invalid")'
REASON = ("--oleh", "pengelola", "--alasan", "Pemetaan triwulan.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of four requests, each noted otherwise; the last is archived."""
    made = tmp_path_factory.mktemp("daftar")
    found = agency(made, unit=TREE)
    cases = register(made)
    file(cases, *(response(n, minute=n, unit=unit, uraian="Soal berita acara.") for n, unit in enumerate(UNITS, 1)))
    write: dict[str, dict[tuple[str, ...], Any]] = {
        ONE: {("verifikasi", "topik"): "pengadaan", ("kanal",): "telepon", ("mendesak", "tanggal"): "2026-03-20"},
        TWO: {
            ("verifikasi", "topik"): "netralitas",
            ("mendesak", "tanggal"): "2026-04-20",
            ("hambatan",): {"tanggal": "2026-03-02", "jenis": "teknis", "uraian": FORMULA},
        },
        THREE: {("keberatan", "tanggal"): "2026-03-02", ("keberatan", "alasan"): "Keliru.", ("lanjutan_dari",): ONE},
        FOUR: {
            ("verifikasi", "topik"): "pengadaan",
            ("pembatalan", "tanggal"): "2026-03-03",
        },
    }
    for number, changes in write.items():
        edit(cases, number, changes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")  # without LibreOffice
        advance.advance(open_office(found, lambda: START))
    edit(cases, FOUR, {("arsip", "tanggal"): "2026-03-03"})
    return made


def edit(cases: Register, number: str, changes: yaml_editor.SectionChanges) -> None:
    path = cases.path(number) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), changes)


def listed(folder: Path, *words: str) -> list[str]:
    found: list[dict[str, Any]] = json.loads(payung(*words, "--json", folder=folder))
    return sorted(one["nomor"] for one in found)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (["--topik", "pengadaan"], [ONE]),
        (["--topik", "pengadaan", "--semua"], [ONE, FOUR]),
        (["--kanal", "telepon"], [ONE]),
        (["--kanal", "ekspor"], [TWO, THREE]),
        (["--hambatan", "teknis"], [TWO]),
        (["--mendesak"], [ONE, TWO]),
        (["--mendesak", "2026-03-31"], [ONE]),
        (["--keberatan"], [THREE]),
        (["--keberatan", "belum_diputus"], [THREE]),
        (["--keberatan", "ditolak"], []),
        (["--lanjutan"], [THREE]),
        (["--topik", "netralitas", "--hambatan", "teknis", "--mendesak"], [TWO]),
        (["--topik", "pengadaan", "--hambatan", "teknis"], []),
    ],
)
def test_a_list_and_a_search_show_what_was_asked_for(folder: Path, words: list[str], numbers: list[str]) -> None:
    assert listed(folder, "daftar", *words) == numbers
    if "--semua" not in words:
        searched = listed(folder, "cari", "berita", "acara", *words)
        assert [number for number in searched if number != FOUR] == numbers


def test_a_list_says_what_a_case_is_about_and_a_search_shows_the_passage(folder: Path) -> None:
    said = payung("daftar", folder=folder)
    assert "netralitas; hambatan: teknis" in said
    assert f"keberatan belum diputus; lanjutan {ONE}" in said
    assert "tidak ada permohonan yang cocok" in payung("daftar", "--topik", "lainnya", folder=folder).casefold()
    found = payung("cari", "acara", folder=folder)
    assert "4 permohonan memuat semua kata itu." in found
    assert "Uraian pemohon: Soal berita acara." in found
    assert "Tidak ada permohonan yang memuat" in payung("cari", "zebra", folder=folder)
    assert listed(folder, "cari", "keliru") == [THREE], "the applicant's objection is searched too"


def test_a_unit_is_opened_for_a_reason_that_is_journalled_and_stands_in_no_list(folder: Path) -> None:
    assert "Unit pemohon tersegel" in payung("daftar", "--unit", "DISDIK", folder=folder, code=1)
    for reason, said in {
        "": "Alasan harus diisi",
        "Untuk Dinas Pendidikan": "menyebut unit",
        "Orang Rekaan1": "identitas",
    }.items():
        refused = payung("daftar", "--unit", "DISDIK", "--oleh", "pengelola", "--alasan", reason, folder=folder, code=1)
        assert said in refused
    assert "Maksudnya “DISDIK”" in payung("daftar", "--unit", "DISDI", *REASON, folder=folder, code=1)
    assert "Pakai salah satu: DISDIK, RSUD." in payung("daftar", "--unit", "X", *REASON, folder=folder, code=1)
    assert side_journal.read(register(folder), office_records.JOURNAL)[0] == ()
    assert listed(folder, "daftar", "--unit", "DISDIK", *REASON) == [ONE, TWO], "with the unit below it"
    assert listed(folder, "cari", "acara", "--unit", "RSUD", *REASON) == [TWO]
    events, problems = side_journal.read(register(folder), office_records.JOURNAL)
    assert problems == ()
    assert [(one.kind, one.actor, dict(one.data)) for one in events] == [
        (unit_search.OPENED, "pengelola", {"alasan": "Pemetaan triwulan."})
    ] * 2
    kept = [path.read_bytes() for path in (folder / "register").rglob("*") if path.is_file() and path.suffix != ".age"]
    assert not [content for content in kept if b"DISDIK" in content or b"RSUD" in content]
    assert "DISDIK" not in payung("daftar", "--json", folder=folder)


def test_a_workbook_holds_the_list_as_text_and_comes_out_the_same_twice(folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "satu.xlsx", tmp_path / "dua.xlsx"
    said = payung("daftar", "--semua", "--xlsx", first, folder=folder)
    assert f"4 baris ditulis ke {first}" in said
    payung("daftar", "--semua", "--xlsx", second, folder=folder)
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (first, second)}
    assert len(digests) == 1
    rows = [*openpyxl.load_workbook(first).active.iter_rows(values_only=True)]
    assert rows[0][:2] == ("Nomor", "Status")
    cells = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert sorted(map(str, cells)) == [ONE, TWO, THREE, FOUR]
    assert (cells[TWO]["Topik"], cells[TWO]["Hambatan"], cells[THREE]["Lanjutan dari"]) == ("netralitas", "teknis", ONE)
    assert isinstance(cells[ONE]["Temuan"], int)
    assert not [cell for row in rows for cell in row if isinstance(cell, str) and "Rekaan" in cell]
    refused = payung("daftar", "--unit", "RSUD", *REASON, "--xlsx", first, folder=folder, code=1)
    assert "unit pemohon tersegel" in refused
    payung("cari", "acara", "--topik", "pengadaan", "--xlsx", first, folder=folder)
    assert len([*openpyxl.load_workbook(first).active.iter_rows()]) == 3


def test_the_offices_notes_and_complaints_are_written_as_workbooks_too(folder: Path, tmp_path: Path) -> None:
    path, note = tmp_path / "catatan.xlsx", ("--jenis", "teknis", "--uraian", FORMULA)
    payung("hambatan", "--oleh", "pengelola", *note, folder=folder)
    payung("hambatan", "--xlsx", path, folder=folder)
    assert FORMULA in [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    for command in ("kegiatan", "risiko", "rencana", "pemantauan", "pengaduan"):
        assert "0 baris ditulis" in payung(command, "--xlsx", path, folder=folder)
        assert openpyxl.load_workbook(path).active.max_row == 1


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1", "@x", "https://contoh.invalid", "{=1}", "12", "a" * 40_000])
def test_a_cell_that_looks_like_a_formula_stays_text(text: str) -> None:
    sheet = openpyxl.load_workbook(BytesIO(list_workbook.workbook("Daftar", ("A", "B"), [(text, 7)]))).active
    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text[:32_767], "s", None)
    assert (sheet["B2"].value, sheet["B2"].data_type) == (7, "n")


def test_a_topic_that_is_none_is_told_with_the_nearest(folder: Path) -> None:
    assert "Maksudnya “pengadaan”?" in payung("daftar", "--topik", "pengadan", folder=folder, code=1)
