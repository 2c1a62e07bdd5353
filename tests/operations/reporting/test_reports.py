"""The reports of an office are made from its register, name no unit of any applicant, and respect what people edit."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest

from processor.cases import office_keys
from processor.cases.register import Register
from processor.evaluation.periods import Period
from processor.foundation.errors import PayungError
from processor.letters import pdf
from processor.letters.word.report_blocks import WAITING, Judgement
from processor.operations.act_journal import Person
from processor.operations.figures import register_figures
from processor.operations.office import Office, open_office
from processor.operations.reporting import report_files, report_sections, reports
from tests.office import START, agency, file, response

TREE = [{"kode": "DISDIKX", "nama": "Dinas Pendidikan Rekaan"}]
BY = Person("kabag", "akun")
YEAR, QUARTER = Period(2026), Period(2026, 1)
PLAN = """\
- {kode: 2025-7, tahun: 2025, aspek: 1, uraian: lama yang terbuka}
- {kode: 2025-8, tahun: 2025, aspek: 1, uraian: lama yang selesai, selesai: 2025-12-30, hasil: beres}
- {kode: 2026-1, tahun: 2026, aspek: 2, uraian: pemeriksa kedua, tenggat: 2026-06-30, selesai: 2026-02-20, hasil: dua}
- {kode: 2026-2, tahun: 2026, aspek: 3, uraian: cara menilai, tenggat: 2026-02-01, penanggung_jawab: Kabag}
- {kode: 2027-1, tahun: 2027, aspek: 4, uraian: survei di loket, tenggat: 2027-06-30}
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with three requests, an action plan, a risk and obstacles of its own."""
    found = agency(tmp_path, unit=TREE)
    office_keys.create_key_files(found.office_key, found.recipients)
    Register(found.register, office_keys.load(found.office_key, found.recipients), found.taksonomi).prepare()
    for name, text in {
        "rencana-aksi": PLAN,
        "risiko": "- {kode: R1, kemungkinan: 5, dampak: 5, uraian: petugas kurang, penanganan: usul formasi}\n",
        "hambatan": "- {tanggal: 2026-02-01, jenis: teknis, uraian: jaringan padam}\n"
        "- {tanggal: 2025-02-01, jenis: teknis, uraian: tahun lalu}\n",
    }.items():
        (found.register / f"{name}.yaml").write_text(text, "utf-8")
    (found.register / "kegiatan").mkdir()
    for name, day in {"a": "2026-02-03", "b": "2025-02-03", "c": "2026-12-03"}.items():
        text = f"jenis: sosialisasi\ntanggal: {day}\ncara: apel\nhadir: 41\nsasaran: pegawai {name}\n"
        (found.register / "kegiatan" / f"{name}.yaml").write_text(text, "utf-8")
    made = open_office(found, lambda: START)
    file(made.register, *(response(n, minute=n, unit="DISDIKX") for n in range(1, 4)))
    return made


def at(office: Office, moment: datetime) -> Office:
    return open_office(office.settings, lambda: moment)


def texts(path: Path) -> list[str]:
    """Every paragraph, and every cell of every table."""
    document = docx.Document(str(path))
    return [*(one.text for one in document.paragraphs), *_cells(document)]


def _cells(document: Any) -> Iterator[str]:
    return (cell.text for table in document.tables for row in table.rows for cell in row.cells)


def table(path: Path, title: str) -> list[list[str]]:
    """The rows of the table that stands below the last such title, without its head."""
    document = docx.Document(str(path))
    above = [one for one in document.paragraphs if one.text == title][-1]
    found = next(one for one in document.tables if one._tbl is above._p.getnext())
    return [[cell.text for cell in row.cells] for row in found.rows[1:]]


def test_the_same_register_gives_on_the_same_day_the_same_bytes(office: Office) -> None:
    first = [one.path.read_bytes() for one in reports.make(office, BY, YEAR)]
    again = reports.make(at(office, START + timedelta(hours=1)), BY, YEAR)
    assert not any(one.changed for one in again)
    assert len(first) == 2
    for one in again:
        one.path.unlink()
    assert [one.path.read_bytes() for one in reports.make(office, BY, YEAR)] == first


def test_the_yearly_report_speaks_of_six_aspects_and_of_what_the_office_wrote_about_itself(office: Office) -> None:
    report, letter = (one.path for one in reports.make(office, BY, YEAR))
    said = texts(report)
    for aspect in range(1, 7):
        assert [one for one in said if one.startswith(f"Aspek {aspect}: ")]
    assert {"petugas kurang", "5x5=25", "jaringan padam", "pemeriksa kedua", "survei di loket"} <= {*said}
    assert "tahun lalu" not in said
    assert [one for one in said if one.startswith("pegawai")] == ["pegawai a"]  # of this year, and held
    assert "Pada Tahun 2026, yang belum berakhir, didaftarkan 3 permohonan." in " ".join(texts(letter))


def test_the_report_checks_off_what_was_planned_and_asks_about_what_is_still_open(office: Office) -> None:
    report = reports.make(office, BY, YEAR)[0].path
    rows = table(report, "Rencana aksi Tahun 2026")
    assert [(row[0], row[4], row[5]) for row in rows] == [
        ("2025-7", "tanpa tenggat", "–"),
        ("2026-1", "selesai 20 Februari 2026", "dua"),
        ("2026-2", "sampai 1 Februari 2026, terlambat", "–"),
    ]
    said = " ".join(texts(report))
    assert "1 dari 2 rencana aksi tahun ini selesai." in said
    assert f"{WAITING} Mengapa 2025-7, 2026-2 belum selesai" in said
    assert [row[0] for row in table(report, "Rencana aksi Tahun 2027")] == ["2027-1"]


def test_a_recommendation_waits_for_a_person_until_the_plan_has_an_action_for_it(office: Office) -> None:
    def wanted() -> list[str]:
        blocks = report_sections.yearly(reports.material(office, YEAR))
        return [one.wanted for one in blocks if isinstance(one, Judgement) and "Terima" in one.wanted]

    assert [one.rpartition("aspek")[2] for one in wanted()] == [" 6."]  # for satisfaction there is an action
    path = office.register.folder / "rencana-aksi.yaml"
    path.write_text(path.read_text("utf-8").replace("kode: 2027-1, tahun: 2027", "kode: 2028-1, tahun: 2028"), "utf-8")
    assert [one.rpartition("aspek")[2] for one in wanted()] == [" 4.", " 6."]


def test_risks_that_nobody_reviewed_within_a_year_wait_for_a_judgement(office: Office) -> None:
    def wanted() -> list[str]:
        blocks = report_sections.yearly(reports.material(office, YEAR))
        return [one.wanted for one in blocks if isinstance(one, Judgement) and one.wanted.startswith("Risiko")]

    (office.register.folder / "risiko.yaml").write_text(
        "- {kode: R1, kemungkinan: 5, dampak: 5}\n"
        "- {kode: R2, kemungkinan: 4, dampak: 4, ditinjau: 2025-02-01}\n"
        "- {kode: R3, kemungkinan: 4, dampak: 4, ditinjau: 2026-01-05}\n",
        "utf-8",
    )
    [asked] = wanted()
    assert asked.startswith("Risiko R1, R2 belum ditinjau")
    (office.register.folder / "risiko.yaml").write_text("[]\n", "utf-8")
    assert wanted() == []


def test_places_for_judgement_are_counted_in_the_file_as_it_lies_there(office: Office) -> None:
    reports.make(office, BY, YEAR)
    assert report_files.places_waiting(office, YEAR) == 10  # the whole, aspects, a risk, what is open, a proposal
    path = report_files.report_of(office, YEAR)
    document = docx.Document(str(path))
    next(one for one in document.paragraphs if WAITING in one.text).runs[0].text = ""
    document.save(str(path))
    assert report_files.places_waiting(office, YEAR) == 9
    path.write_bytes(b"rusak")
    with pytest.raises(PayungError, match="tidak terbaca"):
        report_files.places_waiting(office, YEAR)
    with pytest.raises(PayungError, match="belum dibuat"):
        report_files.places_waiting(office, QUARTER)


def test_what_somebody_edited_is_kept_and_the_new_one_lies_beside_it(office: Office) -> None:
    path = reports.make(office, BY, QUARTER)[0].path
    assert not report_files.is_edited(office, QUARTER)
    document = docx.Document(str(path))
    document.add_paragraph("penilaian kami")
    document.save(str(path))
    assert report_files.is_edited(office, QUARTER)
    file(office.register, response(4, minute=9))
    [again] = reports.make(office, BY, QUARTER)
    assert (again.path.name, "disunting" in again.note) == ("laporan-2026-1-2.docx", True)
    assert "penilaian kami" in texts(path)
    file(office.register, response(5, minute=10))
    [third] = reports.make(office, BY, QUARTER)
    assert third.path == again.path  # nobody edited that one


def test_no_unit_and_no_officer_stands_in_a_report_that_leaves_the_office(office: Office) -> None:
    for one in (*reports.make(office, BY, YEAR), *reports.make(office, BY, QUARTER)):
        said = " ".join(texts(one.path))
        assert "DISDIKX" not in said
        assert "Dinas Pendidikan Rekaan" not in said
        assert "Beban" not in said
        for officer in office.settings.petugas.values():
            assert officer.nama not in said


def test_a_quarter_shows_the_trend_of_the_quarters_before_it(office: Office) -> None:
    later = at(office, START + timedelta(days=120))
    path = later.register.path("BH-2026-0003") / "permohonan.yaml"
    path.write_text(path.read_text("utf-8").replace("diterima: 2026-03", "diterima: 2026-05"), "utf-8")
    trend = reports.material(later, Period(2026, 2)).trend
    assert {str(one): count for one, count in trend.items()} == {"2026-1": 2, "2026-2": 1}
    assert list(reports.material(later, Period(2027)).trend) == [*trend]  # nobody knows of the next quarters yet


def test_a_report_of_what_has_not_begun_is_not_made(office: Office) -> None:
    with pytest.raises(PayungError, match="Triwulan III Tahun 2026 belum dimulai"):
        reports.make(office, BY, Period(2026, 3))
    assert not (office.register.folder / report_files.FOLDER).exists()


def test_a_report_is_done_once_nothing_in_it_waits_and_its_quarter_is_over(office: Office) -> None:
    path = reports.make(office, BY, QUARTER)[0].path
    with pytest.raises(PayungError, match="2 bagian"):
        report_files.declare_done(office, BY, QUARTER)
    document = docx.Document(str(path))
    for one in document.paragraphs:
        if WAITING in one.text:
            one.text = "Sudah kami nilai."
    document.save(str(path))
    with pytest.raises(PayungError, match="belum berakhir"):
        report_files.declare_done(office, BY, QUARTER)
    later = at(office, START + timedelta(days=40))
    assert not report_files.is_done(report_files.events(later), QUARTER)  # made is not done
    report_files.declare_done(later, BY, QUARTER)
    assert report_files.is_done(report_files.events(later), QUARTER)
    assert not report_files.is_done(report_files.events(later), YEAR)
    assert [(one.kind, one.actor) for one in report_files.events(later)] == [
        (report_files.MADE, "kabag"), (report_files.DONE, "kabag")
    ]  # fmt: skip


def test_the_figures_of_the_office_itself_are_set_in_word(office: Office) -> None:
    found = register_figures.figures_of(office, YEAR)
    content = reports.figures_document(office, found)
    document = docx.Document(io.BytesIO(content))
    said = " ".join((*(one.text for one in document.paragraphs), *_cells(document)))
    assert "Untuk kantor sendiri; jangan dibagikan. Angka Tahun 2026, keadaan pada 2 Maret 2026." in said
    assert all(one.title in said for one in found)
    assert "Dinas Pendidikan Rekaan" in said


@pytest.mark.slow
def test_libreoffice_makes_one_pdf_of_a_report_and_no_second_of_the_same(office: Office, soffice: str) -> None:
    assert pdf.is_available(), soffice
    reports.make(office, BY, YEAR)
    made = report_files.make_pdf(office, BY, YEAR)
    assert (made.path.name, made.changed) == ("laporan-2026.pdf", True)
    again = report_files.make_pdf(office, BY, YEAR)
    assert (again.changed, again.sha256) == (False, made.sha256)
