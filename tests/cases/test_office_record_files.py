"""What an office writes about itself is read entry by entry, and what is wrong is told on its line."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from processor.cases import office_record_files
from processor.cases.case_parts import Part
from processor.cases.office_record_files import Records
from processor.cases.office_records import Activity, UnitEducation, education_by_unit
from tests.office import ROOT, register

TODAY = date(2026, 11, 27)
UNITS = ("DISDIK", "DISKES")
EVENT = """jenis: edukasi_netralitas
tanggal: 2 Juli 2026
cara: tatap_muka
tempat: Aula
sasaran: pegawai dinas
unit: disdik
hadir: 41
"""
RISK = """- kode: R1
  uraian: Petugas kurang
  kemungkinan: 5
  dampak: 5
  penanganan: Usulan formasi
  penanggung_jawab: Kepala bagian
  ditinjau: 2026-01-12
"""
ACTION = """- kode: 2026-1
  tahun: 2026
  aspek: 2
  uraian: Percepat pemeriksaan
  penanggung_jawab: Kepala bagian
  tenggat: 2026-06-30
"""
OBSTACLE = """- tanggal: 2026-03-02
  jenis: teknis
  uraian: Jaringan padam
"""
NOTE = """- tanggal: 2026-03-02
  unit: DISDIK
  catatan: Tidak ada pelanggaran
"""


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def read(folder: Path, name: str) -> Records[Part]:
    """The records of one kind, as a pass reads them."""
    readings: dict[str, Callable[[], Records[Any]]] = {
        "kegiatan/a.yaml": lambda: office_record_files.activities(folder, UNITS, TODAY),
        "risiko.yaml": lambda: office_record_files.risks(folder, TODAY),
        "rencana-aksi.yaml": lambda: office_record_files.planned_actions(folder, TODAY),
        "hambatan.yaml": lambda: office_record_files.obstacles(folder, TODAY),
        "pemantauan.yaml": lambda: office_record_files.monitoring(folder, UNITS, TODAY),
    }
    return readings[name]()


GOOD = {
    "kegiatan/a.yaml": EVENT,
    "risiko.yaml": RISK,
    "rencana-aksi.yaml": ACTION,
    "hambatan.yaml": OBSTACLE,
    "pemantauan.yaml": NOTE,
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_written_well_is_read_without_a_word_and_what_is_missing_too(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, name) == Records()
    put(tmp_path, name, GOOD[name])
    found = read(tmp_path, name)
    assert (len(found.entries), found.problems) == (1, ())
    assert found.places == ((tmp_path / name, 0),)


@pytest.mark.parametrize("name", [one for one in GOOD if "/" not in one])
@pytest.mark.parametrize("text", ["", "# belum ada\n", "[]\n"])
def test_a_list_without_entries_is_no_mistake(tmp_path: Path, name: str, text: str) -> None:
    put(tmp_path, name, text)
    assert read(tmp_path, name) == Records()


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("text", ["kode: [", "sekadar kata\n", "- - -\n", "\tjenis: x\n"])
def test_a_broken_file_is_told_and_stops_nothing(tmp_path: Path, name: str, text: str) -> None:
    put(tmp_path, name, text)
    found = read(tmp_path, name)
    assert found.entries == ()
    assert {problem.place for problem in found.problems} == {str(tmp_path / name)}


def test_a_bad_entry_costs_no_other(tmp_path: Path) -> None:
    put(tmp_path, "risiko.yaml", RISK + RISK.replace("R1", "R2").replace("dampak: 5", "dampak: 9") + "- kode: R3\n")
    found = office_record_files.risks(tmp_path, TODAY)
    assert [(one.kode, one.skor) for one in found.entries] == [("R1", 25)]
    assert [(one.line, one.message) for one in found.problems] == [
        (11, "“butir 2.dampak” paling banyak 5."),
        (15, "“butir 3.kemungkinan” belum diisi."),
        (15, "“butir 3.dampak” belum diisi."),
    ]


CASES = [
    ("kegiatan/a.yaml", "unit: disdik", "unit: DISDIKK", 6, "Kode unit “DISDIKK” tidak ada", "Maksudnya “DISDIK”?"),
    ("kegiatan/a.yaml", "hadir: 41", "hadir: banyak", 7, "harus bilangan bulat", "Tulis angka saja."),
    ("kegiatan/a.yaml", "hadir: 41", "hadir: -1", 7, "“hadir” paling sedikit 0.", "Betulkan angkanya."),
    (
        "kegiatan/a.yaml",
        "hadir: 41",
        "hadir: 41\nhadir_ppnpn: 42",
        8,
        "lebih banyak daripada “hadir” (41)",
        "PPNPN ikut",
    ),
    ("kegiatan/a.yaml", "hadir: 41\n", "", 2, "sudah lewat, tetapi “hadir” belum diisi", "Tulis berapa orang."),
    ("kegiatan/a.yaml", "tempat: Aula\n", "", 3, "tatap muka tanpa tempat", "Tambahkan tempat."),
    ("kegiatan/a.yaml", "cara: tatap_muka\n", "", 1, "Kegiatan ini tanpa cara.", "Tambahkan."),
    ("kegiatan/a.yaml", "unit: disdik\n", "", 1, "Edukasi netralitas tanpa unit.", "Tulis kode unitnya."),
    ("kegiatan/a.yaml", "edukasi_netralitas", "pelatihan", 1, "tidak menyebut “pelatihan” yang mana", "Tulis literasi"),
    ("kegiatan/a.yaml", "sasaran:", "sasran:", 5, "Kunci “sasran” tidak dikenal.", "Maksudnya “sasaran”?"),
    ("kegiatan/a.yaml", "jenis: edukasi_netralitas", "jenis: edukasi_netral", 1, "salah satu dari", "Maksudnya"),
    ("kegiatan/a.yaml", "pegawai dinas", "pegawai #1 dinas", 5, "Tulisan sesudah # tidak terbaca.", "Apit"),
    ("kegiatan/a.yaml", "2 Juli 2026", "2 Juli 2062", 2, "jauh dari tahun ini", "Periksa tahunnya."),
    ("risiko.yaml", "2026-01-12", "0226-01-12", 7, "jauh dari tahun ini", "Periksa tahunnya."),
    ("kegiatan/a.yaml", "2 Juli 2026", "32 Juli 2026", 2, "bukan tanggal atau waktu yang sah", "Tulis seperti"),
    ("risiko.yaml", "penanganan: Usulan formasi\n  ", "", 1, "“butir 1” tanpa penanganan.", "Tambahkan."),
    ("risiko.yaml", "2026-01-12", "2026-12-12", 7, "(2026-12-12) belum tiba.", "Periksa tanggal"),
    ("rencana-aksi.yaml", "aspek: 2", "aspek: 7", 3, "paling banyak 6", "Betulkan"),
    ("rencana-aksi.yaml", "2026-06-30", "2026-06-30\n  selesai: 2026-06-01", 7, "selesai tanpa hasil", "Tulis hasil"),
    ("hambatan.yaml", "teknis", "tehnis", 2, "harus salah satu dari", "Maksudnya “teknis”?"),
    ("hambatan.yaml", "Jaringan padam", "Padam\n  selesai: 2026-02-02", 4, "sebelum ada", "Periksa tanggal"),
    ("pemantauan.yaml", "unit: DISDIK\n  ", "", 1, "“butir 1” tanpa unit.", "Tambahkan."),
    ("pemantauan.yaml", "DISDIK", "BKD", 2, "Kode unit “BKD” tidak ada", "Pakai salah satu: DISDIK, DISKES."),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "said", "mend"), CASES)
def test_a_mistake_is_told_on_its_line_with_its_mend(
    tmp_path: Path, name: str, old: str, new: str, line: int, said: str, mend: str
) -> None:
    assert old in GOOD[name]
    put(tmp_path, name, GOOD[name].replace(old, new))
    [problem] = read(tmp_path, name).problems
    assert problem.line == line
    assert said in problem.message
    assert problem.mend.startswith(mend)


def test_a_code_of_two_entries_is_told(tmp_path: Path) -> None:
    put(tmp_path, "rencana-aksi.yaml", ACTION + ACTION)
    [problem] = office_record_files.planned_actions(tmp_path, TODAY).problems
    assert (problem.line, problem.message) == (7, "Kode “2026-1” dipakai dua kali (juga pada baris 1).")


def test_an_event_that_a_copy_repeats_is_told(tmp_path: Path) -> None:
    put(tmp_path, "kegiatan/a.yaml", EVENT)
    copy = put(tmp_path, "kegiatan/a (1).yaml", EVENT)
    found = office_record_files.activities(tmp_path, UNITS, TODAY)
    assert [Path(one.place).name for one in found.problems] == ["a.yaml"]
    copy.write_text(EVENT.replace("41", "40"), "utf-8")
    assert not office_record_files.activities(tmp_path, UNITS, TODAY).problems


def test_any_code_passes_where_the_settings_list_no_unit(tmp_path: Path) -> None:
    put(tmp_path, "kegiatan/a.yaml", EVENT)
    put(tmp_path, "pemantauan.yaml", NOTE)
    assert not office_record_files.activities(tmp_path, (), TODAY).problems
    assert not office_record_files.monitoring(tmp_path, (), TODAY).problems


def test_without_a_day_nothing_is_said_that_depends_on_one(tmp_path: Path) -> None:
    put(tmp_path, "kegiatan/a.yaml", EVENT.replace("hadir: 41\n", "").replace("2026", "2062"))
    assert not office_record_files.activities(tmp_path).problems


def test_an_event_that_is_still_to_come_need_not_say_who_came(tmp_path: Path) -> None:
    put(tmp_path, "kegiatan/a.yaml", EVENT.replace("hadir: 41\n", "").replace("2 Juli", "2 Desember"))
    assert not office_record_files.activities(tmp_path, UNITS, TODAY).problems


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hubungi wulan@example.org", "alamat email"),
        ("NIP 19910402 201503 2 911", "NIP atau NIK"),
        ("199104022015032911", "NIP atau NIK"),
        ("１９９１０４０２２０１５０３２９１１", "NIP atau NIK"),
        ("1371010101900001", "NIP atau NIK"),
        ("telepon 0812 0000 0099", "nomor telepon"),
        ("+62-812-0000-0099", "nomor telepon"),
        ("(0751) 31458", "nomor telepon"),
    ],
)
def test_what_tells_a_person_is_told_also_in_a_note_and_never_repeated(tmp_path: Path, text: str, kind: str) -> None:
    put(tmp_path, "hambatan.yaml", f"{OBSTACLE}  # {text}\n")
    [problem] = office_record_files.obstacles(tmp_path, TODAY).problems
    assert (problem.line, problem.message) == (4, f"Baris ini memuat {kind}.")
    assert text not in str(problem)


@pytest.mark.parametrize(
    "text",
    [
        "Rapat 2026-11-27 08.00-12.00 di lantai 3",
        "27/11/2026 sampai 28/11/2026, pukul 08.00",
        "Rp1.200.000.000 untuk 2026-2027",
        "@birohukumsumbar",
        "surat 180/1062/Huk-2025",
        "https://rapat.example.go.id/j/98765432101",
    ],
)
def test_days_sums_numbers_of_letters_and_links_tell_nobody(tmp_path: Path, text: str) -> None:
    put(tmp_path, "hambatan.yaml", OBSTACLE.replace("Jaringan padam", f'"{text}"'))
    assert not office_record_files.obstacles(tmp_path, TODAY).problems


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "kegiatan").write_text("", "utf-8")
    [problem] = office_record_files.activities(tmp_path).problems
    assert problem.message == "Ini berkas, bukan folder."


def test_what_editors_leave_and_lists_of_attendance_are_no_events(tmp_path: Path) -> None:
    for name in (".a.yaml.swp", "~$a.yaml", "daftar-hadir.xlsx", ".a.yaml"):
        put(tmp_path, f"kegiatan/{name}", "x")
    assert office_record_files.activities(tmp_path) == Records()


def event(unit: tuple[str, ...], hadir: int, day: str = "2026-07-02", jenis: str = "edukasi_netralitas") -> Activity:
    return Activity.model_validate({"jenis": jenis, "tanggal": day, "unit": unit, "hadir": hadir})


def test_education_is_counted_by_unit_and_people_of_several_units_in_none() -> None:
    held = (
        event(("DISDIK",), 40),
        event(("DISDIK",), 2),
        event(("DISDIK", "DISKES"), 100),
        event(("DISKES",), 7, day="2027-01-01"),
        event(("DISKES",), 9, jenis="sosialisasi"),
    )
    assert education_by_unit(held, TODAY) == (UnitEducation("DISDIK", 3, 1, 42), UnitEducation("DISKES", 1, 1, 0))


def test_a_risk_is_due_for_review_a_year_after_the_last(tmp_path: Path) -> None:
    put(tmp_path, "risiko.yaml", RISK)
    [risk] = office_record_files.risks(tmp_path).entries
    assert [risk.review_due(date(2027, 1, day)) for day in (12, 13, 14)] == [False, False, True]
    assert risk.model_copy(update={"ditinjau": None}).review_due(TODAY)


@pytest.mark.parametrize("name", GOOD)
def test_the_editors_schema_knows_what_is_written_well_and_lies_in_the_register(tmp_path: Path, name: str) -> None:
    kind = name.removesuffix("/a.yaml").removesuffix(".yaml")
    made = register(tmp_path)
    schema = json.loads((made.state_folder / f"{kind}.schema.json").read_bytes())
    data = yaml.load(GOOD[name], Loader=yaml.CSafeLoader)
    jsonschema.validate(json.loads(json.dumps(data, default=str)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate("kata", schema)
    editor = json.loads((made.folder / ".vscode" / "settings.json").read_bytes())["yaml.schemas"]
    own = json.loads((ROOT / ".vscode" / "settings.json").read_bytes())["yaml.schemas"]
    assert editor[f".payung/{kind}.schema.json"] == own[f".vscode/skema/{kind}.schema.json"]
