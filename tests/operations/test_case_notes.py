"""Notes beside the steps: written by command into the file that staff may write, journalled at once, shown in words."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from processor.cases import decision_digests
from processor.cases.case_file import CaseFile
from processor.cli import case_output, main
from processor.cli.commands import workflow_steps
from processor.desk import officer_pages
from processor.desk.visit import Visit
from processor.foundation import yaml_editor
from processor.foundation.errors import BrokenFiles, PayungError
from processor.operations import case_notes, steps
from processor.operations.act_journal import Person
from processor.operations.office import Office, open_office
from tests.office import agency, file, register, response

NUMBER = "BH-2026-0001"
TODAY = date(2026, 3, 4)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    settings = agency(tmp_path)
    file(register(tmp_path), response(1))
    return open_office(settings, lambda: datetime(2026, 3, 4, 2, 0, tzinfo=UTC), quiet=0)


def write(office: Office, changes: yaml_editor.SectionChanges, by: str = "analis") -> None:
    steps.apply(office, NUMBER, changes, by=Person(by, "akun"))


def text(office: Office) -> str:
    return (office.register.path(NUMBER) / "permohonan.yaml").read_text("utf-8")


def notes(office: Office) -> dict[str, list[str]]:
    case = office.register.read(NUMBER).case
    assert case is not None
    return {title: [*lines] for title, lines in case_notes.in_words(case, office.settings.layanan).items()}


def test_notes_stand_in_the_case_and_the_journal_tells_at_once_who_wrote_them(office: Office) -> None:
    before = text(office)
    write(office, case_notes.obstacle("teknis", "Jaringan mati: dua hari.", TODAY))
    write(office, case_notes.obstacle("koordinasi", "Surat #12 belum datang.", TODAY))
    write(office, case_notes.ask("BKD", "Riwayat disiplin", TODAY, date(2026, 3, 11)))
    write(office, case_notes.appoint(datetime(2026, 3, 6, 10, 30), "video", "https://rapat.example.go.id/x", "analis"))  # noqa: DTZ001 -- as it is typed
    assert text(office).startswith(before)
    assert office.register.read(NUMBER).problems == ()
    assert notes(office) == {
        "Hambatan": [
            "4 Maret 2026; teknis; Jaringan mati: dua hari.",
            "4 Maret 2026; koordinasi; Surat #12 belum datang.",
        ],
        "Koordinasi": ["BKD; Riwayat disiplin; dikirim 4 Maret 2026; ditunggu sampai 11 Maret 2026"],
        "Jadwal": ["6 Maret 2026 pukul 10.30 WIB; video; https://rapat.example.go.id/x; dengan analis"],
    }
    told = [(e.actor, e.data["bagian"]) for e in office.register.read(NUMBER).events if e.kind == "disunting"]
    assert told == [
        ("analis", ["hambatan"]),
        ("analis", ["hambatan"]),
        ("analis", ["koordinasi"]),
        ("analis", ["jadwal"]),
    ]


def case_of(office: Office) -> CaseFile:
    case = office.register.read(NUMBER).case
    assert case is not None
    return case


def test_an_answer_belongs_to_whom_was_asked_and_an_appointment_ends(office: Office) -> None:
    for name in ("BKD", "Inspektorat"):
        write(office, case_notes.ask(name, "Data", TODAY))
    with pytest.raises(PayungError, match="Ada 2 koordinasi yang ditunggu"):
        case_notes.answered(case_of(office), "", TODAY)
    write(office, case_notes.answered(case_of(office), "inspektorat", TODAY))
    write(office, case_notes.answered(case_of(office), "", TODAY))
    assert [one.dijawab for one in case_of(office).koordinasi] == [TODAY, TODAY]
    with pytest.raises(PayungError, match="Tidak ada koordinasi yang ditunggu"):
        case_notes.answered(case_of(office), "", TODAY)
    begins = [datetime(2026, 3, 6, hour) for hour in (9, 10)]  # noqa: DTZ001 -- as they are typed
    for one in begins:
        write(office, case_notes.appoint(one, "telepon"))
    write(office, case_notes.end_appointment(case_of(office), "batal", begins[1]))
    assert [one.selesai for one in case_of(office).jadwal] == ["tidak", "batal"]
    assert notes(office)["Jadwal"][1] == "6 Maret 2026 pukul 10.00 WIB; telepon; batal"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (case_notes.obstacle("teknis", "x", date(2025, 3, 4)), "sebelum permohonannya"),
        (case_notes.appoint(datetime(2028, 3, 6, 10), "video"), "lebih dari setahun sesudah"),  # noqa: DTZ001 -- typed
    ],
)
def test_a_note_that_cannot_be_is_refused_and_writes_nothing(
    office: Office, changes: yaml_editor.SectionChanges, said: str
) -> None:
    before = text(office)
    with pytest.raises(BrokenFiles, match=said):
        write(office, changes)
    assert text(office) == before


def test_who_must_not_touch_a_case_notes_nothing_in_it(office: Office) -> None:
    write(office, steps.assign("analis", "kabag", ["pengelola"]))
    with pytest.raises(BrokenFiles, match="pengelola tidak boleh menangani"):
        write(office, case_notes.obstacle("teknis", "x", TODAY), by="pengelola")


def test_an_obstacle_may_be_noted_of_what_is_over(office: Office) -> None:
    write(office, steps.withdraw(TODAY, "Lewat telepon."))
    write(office, case_notes.obstacle("pemohon", "Menarik karena selesai sendiri.", TODAY))
    assert [one.jenis for one in case_of(office).hambatan] == ["pemohon"]


def test_marks_come_with_the_approval_and_change_nothing_of_it() -> None:
    marks = workflow_steps._marks("4, 3,4,4,3")
    assert marks == {"fakta": 4, "isu": 3, "dasar_hukum": 4, "analisis": 4, "saran": 3}
    plain, marked = (steps.review("disetujui", "kabag", TODAY, marks=one) for one in (None, marks))
    assert {place for place in marked if place not in plain} == {("pemeriksaan", "mutu")}
    before = "pemeriksaan:\n  keputusan:\n  oleh:\n  tanggal:\n"
    edited = yaml_editor.apply(yaml_editor.apply(before, marked), {("pemeriksaan", "mutu"): {"isu": 1}})
    assert edited.endswith("  mutu:\n    isu: 1\n")
    assert "mutu" not in decision_digests.REVIEW


def payung(office: Office, *words: str) -> int:
    return main.main([words[0], NUMBER, *words[1:], "--pengaturan", str(office.settings.path)])


def test_the_commands_write_it_and_lihat_shows_it(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    by = ("--oleh", "analis")
    file(office.register, response(2, minute=1))
    number = case_of(office).diterima.date()
    assert payung(office, "hambatan", *by, "--jenis", "teknis", "--uraian", "Mati", "--tanggal", f"{number}") == 0
    assert payung(office, "koordinasi", *by, "--kepada", "BKD", "--perihal", "Data", "--tanggal", f"{number}") == 0
    assert payung(office, "koordinasi", *by, "--dijawab", "--tanggal", f"{number}") == 0
    assert payung(office, "jadwal", *by, "--waktu", "6 Maret 2026 10.30", "--cara", "tatap_muka") == 0
    assert payung(office, "jadwal", *by, "--batal") == 0
    assert payung(office, "koordinasi", *by, "--kepada", "BKD") != 0
    assert "Sebutkan --kepada siapa dan --perihal apa" in capsys.readouterr().err
    shown = case_output.case_text(case_output.case_data(office, NUMBER), office.settings.layanan.zone)
    for line in ("- 2 Maret 2026; teknis; Mati", "dijawab 2 Maret 2026", "tatap muka; batal"):
        assert line in shown
    assert "\nCatatan\n" in shown
    assert case_output.case_data(office, "BH-2026-0002")["catatan"] == {}
    pages = [officer_pages.case_page(Visit(office, "/a/"), number) for number in (NUMBER, "BH-2026-0002")]
    assert ["<dt>Hambatan</dt><dd><ul><li>2 Maret 2026; teknis; Mati</li></ul></dd>" in page for page in pages] == [
        True,
        False,
    ]


def test_a_pause_that_the_settings_do_not_allow_is_told_and_no_command_writes_it(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("koordinasi", "--oleh", "analis", "--kepada", "BKD", "--perihal", "Data", "--jeda")
    assert payung(office, *asked) != 0
    assert "layanan.jeda_koordinasi" in capsys.readouterr().err
    write(office, case_notes.ask("BKD", "Data", TODAY, pause=True))
    told = [problem for problem in case_output.case_data(office, NUMBER)["kesalahan"] if "jeda" in problem["masalah"]]
    assert [text(office).splitlines()[one["baris"] - 1].strip() for one in told] == ["jeda: ya"]
    layanan = {**office.settings.layanan.model_dump(mode="json", exclude={"batas"}), "jeda_koordinasi": "ya"}
    allowing = open_office(agency(tmp_path, layanan=layanan), office.clock, quiet=0)
    assert case_output.case_data(allowing, NUMBER)["kesalahan"] == []
    assert payung(allowing, "koordinasi", "--oleh", "analis", "--dijawab") == 0
