"""``payung kegiatan``, ``risiko``, ``rencana`` and ``pemantauan``: what they list, write and refuse."""

import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from processor.cases import office_record_files
from processor.cli import parser
from processor.foundation import yaml_reader
from tests.cases.test_office_record_files import RISK, put
from tests.commands import payung
from tests.office import ROOT, agency, everything, file, register, response

BY = ("--oleh", "kabag")
APEL = ("--jenis", "edukasi_netralitas", "--tanggal", "2026-02-02", "--cara", "apel", "--hadir", "30")
PLAN = (
    *("--tambah", "--tahun", "2026", "--aspek", "2", "--uraian", "Pemeriksa kedua"),
    *("--penanggung-jawab", "Kepala bagian", "--tenggat", "2026-06-30"),
)
DOWN = ("--jenis", "teknis", "--uraian", "Jaringan padam", "--tanggal", "2026-03-02")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office that lists two units and has written nothing about itself."""
    units = [{"kode": code, "nama": f"Dinas {code}"} for code in ("DISDIK", "DISKES")]
    agency(tmp_path, unit=units)
    register(tmp_path)
    return tmp_path


def listed(folder: Path, *words: object, code: int = 0) -> Any:
    return json.loads(payung(*words, "--json", folder=folder, code=code))


@pytest.mark.parametrize("name", ["kegiatan", "risiko", "rencana", "hambatan", "pemantauan"])
def test_nothing_yet_is_said_and_writes_nothing(folder: Path, name: str) -> None:
    before = everything(folder)
    assert payung(name, folder=folder).startswith("Belum ada")
    assert listed(folder, name) == []
    assert everything(folder) == before


def test_an_event_is_noted_and_education_counted_by_unit(folder: Path) -> None:
    said = payung("kegiatan", "tambah", *APEL, "--unit", "disdik", *BY, folder=folder)
    assert said == f"Dicatat: {folder / 'register' / 'kegiatan' / '2026-02-02-edukasi-netralitas.yaml'}\n"
    payung("kegiatan", "tambah", *APEL, "--unit", "DISDIK", "--unit", "DISKES", *BY, folder=folder)
    lines = [line.split() for line in payung("kegiatan", folder=folder).splitlines()]
    assert [*lines[-2:]] == [["DISDIK", "2", "1", "30"], ["DISKES", "1", "1", "0"]]
    first, _ = listed(folder, "kegiatan")
    assert (first["unit"], first["hadir"], first["tanggal"]) == (["DISDIK"], 30, "2026-02-02")


def test_training_is_listed_as_training_with_what_it_was_about(folder: Path) -> None:
    words = ("--jenis", "pelatihan", "--tanggal", "2026-02-03", "--cara", "daring", "--pelatihan", "sikap_layanan")
    payung("kegiatan", "tambah", *words, "--hadir", "9", *BY, folder=folder)
    assert "pelatihan: sikap layanan" in payung("kegiatan", folder=folder)


def test_the_five_risks_of_the_beginning_have_the_scores_that_are_computed(folder: Path) -> None:
    payung("risiko", "--mulai", *BY, folder=folder)
    assert {one["kode"]: one["skor"] for one in listed(folder, "risiko")} == {
        "R1": 12,
        "R2": 25,
        "R3": 16,
        "R4": 16,
        "R5": 25,
    }
    rows = payung("risiko", folder=folder).splitlines()[1:]
    assert [row.split()[0] for row in rows] == ["R2", "R5", "R3", "R4", "R1"]
    assert all("  belum  " in row for row in rows)
    said = payung("risiko", "--mulai", *BY, folder=folder, code=1)
    assert "risiko.yaml sudah berisi" in said


def test_a_review_of_a_risk_notes_its_day_and_what_changed(folder: Path) -> None:
    payung("risiko", "--mulai", *BY, folder=folder)
    payung("risiko", "r2", "--tinjau", "--kemungkinan", "3", *BY, folder=folder)
    [one] = listed(folder, "risiko", "R2")
    assert one["skor"] == 15
    assert one["ditinjau"]
    assert "  belum  " not in payung("risiko", "R2", folder=folder)
    path = folder / "register" / "risiko.yaml"
    path.write_text(path.read_text("utf-8").replace(one["ditinjau"], "2025-01-02"), "utf-8")
    assert "2 Januari 2025, tinjau lagi" in payung("risiko", "R2", folder=folder)
    assert "Tidak ada butir berkode R9" in payung("risiko", "R9", folder=folder, code=1)


def test_an_action_is_late_until_it_is_ticked_off_with_what_came_of_it(folder: Path) -> None:
    payung("rencana", "2026-1", *PLAN, *BY, folder=folder)
    assert "sampai 30 Juni 2026, terlambat" in payung("rencana", folder=folder)
    assert payung("rencana", "--tahun", "2025", folder=folder).startswith("Belum ada")
    ticked = ("rencana", "2026-1", "--selesai", "--tanggal", "2026-05-02")
    assert "Sebutkan juga: --hasil" in payung(*ticked, *BY, folder=folder, code=1)
    payung(*ticked, "--hasil", "Dua pemeriksa", *BY, folder=folder)
    assert "selesai 2 Mei 2026" in payung("rencana", folder=folder)
    assert [one["hasil"] for one in listed(folder, "rencana")] == ["Dua pemeriksa"]


def test_what_was_monitored_is_noted_for_a_unit_that_there_is(folder: Path) -> None:
    words = ("--catatan", "Spanduk diturunkan", "--tanggal", "2026-02-03")
    payung("pemantauan", "tambah", "--unit", "disdik", *words, *BY, folder=folder)
    assert listed(folder, "pemantauan") == [
        {"tanggal": "2026-02-03", "unit": "DISDIK", "catatan": "Spanduk diturunkan"}
    ]
    said = payung("pemantauan", "tambah", "--unit", "DISDIKK", *words, *BY, folder=folder, code=2)
    assert "Maksudnya “DISDIK”?" in said


def test_an_obstacle_of_the_office_is_noted_and_solved_by_its_number_on_the_list(folder: Path) -> None:
    payung("hambatan", *DOWN, *BY, folder=folder)
    path = folder / "register" / "hambatan.yaml"
    path.write_text(path.read_text("utf-8") + "- rusak\n", "utf-8")
    payung("hambatan", *DOWN, *BY, folder=folder)
    assert [line.split()[0] for line in payung("hambatan", folder=folder, code=2).splitlines()[1:3]] == ["1", "3"]
    solved = ("--teratasi", "3", "--tindakan", "Modem", "--tanggal", "2026-03-04")
    payung("hambatan", *solved, *BY, folder=folder)
    first, second = listed(folder, "hambatan", code=2)
    assert (first["selesai"], second["selesai"], second["tindakan"]) == (None, "2026-03-04", "Modem")
    assert "Butir itu tidak ada di hambatan.yaml. Yang ada: 1, 3." in payung(
        "hambatan", "--teratasi", "2", *BY, folder=folder, code=1
    )


def test_an_obstacle_of_a_request_goes_into_its_file_and_never_into_that_of_the_office(folder: Path) -> None:
    file(register(folder), response(1))
    payung("hambatan", "1", "--jenis", "teknis", "--uraian", "Lampiran rusak", "--oleh", "analis", folder=folder)
    assert listed(folder, "hambatan") == []
    text = (folder / "register" / "2026" / "BH-2026-0001" / "permohonan.yaml").read_text("utf-8")
    assert "uraian: Lampiran rusak" in text
    said = payung("hambatan", "1", "--teratasi", "1", *BY, folder=folder, code=1)
    assert "hanya untuk hambatan kantor" in said
    assert "Sebutkan --oleh" in payung("hambatan", "1", "--jenis", "teknis", folder=folder, code=1)
    assert "hanya untuk satu permohonan" in payung("hambatan", "--simulasi", folder=folder, code=1)


@pytest.mark.parametrize(
    "words",
    [
        ("kegiatan", "tambah", *APEL, "--unit", "DISDIK"),
        ("risiko", "--mulai"),
        ("rencana", "2026-1", *PLAN),
        ("hambatan", *DOWN),
        ("pemantauan", "tambah", "--unit", "DISDIK", "--catatan", "x"),
    ],
)
def test_nobody_writes_without_saying_who(folder: Path, words: tuple[str, ...]) -> None:
    before = everything(folder)
    assert "Sebutkan juga: --oleh" in payung(*words, folder=folder, code=1)
    assert "Tulis petugasnya" in payung(*words, "--oleh", "orang-lain", folder=folder, code=1)
    assert everything(folder) == before


def test_a_list_shows_what_can_be_read_and_what_is_to_be_mended(folder: Path) -> None:
    path = put(folder / "register", "risiko.yaml", RISK + "- kode: R2\n")
    said = payung("risiko", folder=folder, code=2)
    assert "R1" in said
    assert f"{path}, baris 8: “butir 2.kemungkinan” belum diisi." in said
    assert [one["kode"] for one in listed(folder, "risiko", code=2)] == ["R1"]


def test_the_handbook_shows_every_kind_of_file_and_commands_that_are_understood() -> None:
    page = (ROOT / "docs" / "petugas" / "catatan.md").read_text("utf-8")
    for name in office_record_files.SCHEMAS:
        assert f"{name}/" in page or f"{name}.yaml" in page
    shown = re.findall(r"^payung (.+)$", page, re.MULTILINE)
    assert {words.split()[0] for words in shown} == {"kegiatan", "risiko", "rencana", "hambatan", "pemantauan"}
    for words in shown:
        assert parser.read_words(shlex.split(words)).command.name == words.split()[0]


def test_the_handbook_shows_entries_that_are_read_without_a_word(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "petugas" / "catatan.md").read_text("utf-8")
    shown = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    for name, text in zip(office_record_files.SCHEMAS, shown, strict=True):
        document = yaml_reader.parse(tmp_path / f"{name}.yaml", text)
        found = office_record_files.in_document(document, ("DINAS-1", "RS"), date(2027, 12, 31))
        assert (len(found.entries), found.problems) == (1, ()), name
