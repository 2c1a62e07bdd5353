"""The example office shows nothing that an office should not do."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from processor.cases.case_file import CaseFile
from processor.cli import example
from processor.operations import daily_pass, office_records, overview, unit_index
from processor.operations.figures import aggregate_files, figure_release, next_publication
from processor.operations.office import Office, open_office
from processor.operations.survey import survey_overview
from processor.site import performance_page, publish, published_figures
from tests.office import ROOT, agency

NOW = datetime(2027, 2, 9, 3, 0, tzinfo=UTC)
BESIDE: dict[str, Any] = {
    "evaluasi": {"terbit": 15},
    "petugas": {"budi": {"nama": "Budi Rekaan", "peran": ["kepala_bagian"], "email": "budi@rekaan.example.org"}},
    "surat": {
        "awalan": "SBH", "klasifikasi": "100.3.10",
        "penandatangan": {"jabatan": "Kepala", "nama": "Rekaan", "nip": "197001011998031003"},
    },
    "email": {"server": "smtp.rekaan.example.org", "keamanan": "starttls"},
    "cadangan": {"ke": "/media/rekaan"},
    "pemantau": {"alamat": "https://rekaan.example.org/ping"},
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The example beside another office than the shipped one, after its officers' work; its site counts as built."""
    folder = tmp_path_factory.mktemp("contoh")
    found = example.prepare_example(agency(folder, **BESIDE).path, folder)
    opened = open_office(found, lambda: NOW, quiet=0)
    found.site.mkdir()
    (found.site / ".payung-situs").touch()
    opened.register.save_state("terbit", {"dari": publish.inputs_digest(found)})
    daily_pass.run_pass(opened)
    assert example.play_staff(opened.register, found.layanan.zone)
    return opened


def test_what_somebody_changed_in_the_example_stays_and_what_an_older_version_wrote_does_not(tmp_path: Path) -> None:
    found = example.prepare_example(agency(tmp_path).path, tmp_path)
    written = found.path.read_text("utf-8")
    found.path.write_text(written.replace("Biro Hukum", "Biro Rekaan", 1), "utf-8")
    assert example.prepare_example(tmp_path / "payung.yaml", tmp_path).path.read_text("utf-8").count("Biro Rekaan") == 1
    former = "# Dibuat dari payung.yaml setiap kali contoh dijalankan; jangan disunting.\ninstansi: {}\n"
    found.path.write_text(former, "utf-8")
    assert example.prepare_example(tmp_path / "payung.yaml", tmp_path).path.read_text("utf-8") == written


def test_the_example_has_officers_of_its_own_and_reaches_nothing_of_the_office_beside_it(office: Office) -> None:
    filed = [office.register.read(number) for number in office.register.numbers()]
    derived = [overview.derive_for(office, one) for one in filed]
    told = [problem.message for seen in derived if seen for problem in seen.problems]
    assert [one for one in told if "bukan petugas" in one] == []
    assert "disetujui" in {seen.status for seen in derived if seen}
    text = office.settings.path.read_text("utf-8")
    assert [word for word in ("Budi", "smtp", "media", "ping") if word in text] == []
    assert example.answered(office.register) == "SBH-2027-0001"


def cases(office: Office) -> list[CaseFile]:
    found = [office.register.read(number).case for number in office.register.numbers()]
    return [case for case in found if case]


def test_no_letter_and_no_decision_of_the_example_is_dated_before_its_request(office: Office) -> None:
    arrived = NOW.astimezone(office.settings.layanan.zone).date()
    letters = [case.penyampaian.tanggal_surat for case in cases(office) if case.penyampaian.tanggal_surat]
    assert len(letters) == 5
    assert {*letters, *(case.verifikasi.tanggal for case in cases(office) if case.verifikasi.tanggal)} == {arrived}


def test_the_example_never_advises_to_delete_what_may_be_evidence(office: Office) -> None:
    advice = [case.kajian.saran.lower() for case in cases(office) if "unggahan" in case.kajian.saran.lower()]
    assert len(advice) == 1
    assert "jangan langsung dihapus: simpan" in advice[0]
    assert "menghapus" not in advice[0]


def test_the_example_shows_every_product_of_the_guideline(office: Office) -> None:
    assert {case.bentuk for case in cases(office)} >= {"pendapat_hukum", "nasihat_hukum", "informasi_hukum"}


def test_the_example_shows_every_record_of_the_office_and_nothing_to_mend_in_them(office: Office) -> None:
    found = office_records.read(office)
    assert found.problems == ()
    kinds = (found.activities, found.risks, found.actions, found.obstacles, found.monitoring)
    assert [len(kind.entries) for kind in kinds] == [3, 5, 2, 1, 1]


def test_the_example_shows_notes_marks_units_and_near_dates_and_nothing_to_mend_in_them(office: Office) -> None:
    found = cases(office)
    assert [one.jenis for case in found for one in case.hambatan] == ["koordinasi"]
    assert [one.kepada for case in found for one in case.koordinasi] == ["OPD lain"]
    assert [case.pemeriksaan.mutu.marks["isu"] for case in found if case.pemeriksaan.mutu] == [4]
    assert {case.mendesak.perihal for case in found if case.mendesak} == {"surat_panggilan", "batas_jawaban"}
    assert not [problem for number in office.register.numbers() for problem in office.register.read(number).problems]
    assert len(unit_index.units_of(office)) == 8


def test_the_example_has_held_a_survey_that_shows_its_index(office: Office) -> None:
    [quarter] = survey_overview.state(office).quarters
    assert quarter.found is not None
    assert (str(quarter.period), quarter.way, quarter.found.respondents) == ("2025-4", "tanpa", 6)
    assert len(survey_overview.suggestions(office)) == 2


def test_the_example_has_published_figures_that_its_page_shows_and_its_file_for_other_agencies_holds(
    office: Office,
) -> None:
    names = [one.name for one in next_publication.published(office)]
    assert names == ["2025-1", "2025-2", "2025-3", "2025-4", "2025", "2026-1"]
    next_publication.check_memory(office)
    assert figure_release.next_day(office) is None, "though the office beside it publishes"
    published = {"terbitan": published_figures.read(office.settings)}
    page = performance_page.performance(published, office.settings.evaluasi, "data")
    assert [one.judul for one in page.bagian] == ["Triwulan I Tahun 2026", "Tahun 2025"]
    assert b"payung-rekap-1" in (aggregate_files.signed(office) or b"")
    again = example.prepare_example(office.settings.path, office.settings.path.parent)
    assert [one.name for one in next_publication.published(open_office(again, lambda: NOW))] == names


def test_every_unit_in_an_example_of_the_handbook_is_one_of_the_example_office(office: Office) -> None:
    handbook = [path for path in sorted((ROOT / "docs" / "petugas").glob("*.md")) if path.stem != "perintah"]
    pages = "\n".join(path.read_text("utf-8") for path in handbook)  # but that of all commands, which names none
    asked = re.findall(r"(?:--unit|laporan unit|^ *unit:) \[?([A-Z0-9.-]+(?:, [A-Z0-9.-]+)*)", pages, re.MULTILINE)
    assert len(asked) >= 5
    assert {one for words in asked for one in words.split(", ")} <= {*office_records.unit_codes(office)}
