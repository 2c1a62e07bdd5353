"""The desk shows what the office writes about itself, also where some of it is broken."""

import re
import shutil
from pathlib import Path

import pytest

from processor.desk import evaluation_page, home_page
from processor.desk.visit import Visit
from processor.evaluation import frozen_publication
from processor.operations.figures import next_publication
from processor.operations.reporting import report_duties
from tests.cases import test_testimonials
from tests.cases.test_office_record_files import ACTION, OBSTACLE, put
from tests.evaluation import published_samples
from tests.office import ROOT
from tests.story import Story


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    """The desk of an office that has written nothing about itself yet."""
    return Visit(Story(tmp_path).office, "/a/", "kabag")


def rows(page: str, title: str) -> list[list[str]]:
    """The cells below a title."""
    _, _, rest = page.partition(f">{title} <span")
    body = rest.partition("</section>")[0].partition("<tbody")[2]
    return [re.findall(r"<t[hd] [^>]*>([^<]*)<", row) for row in body.split("<tr ")[1:]]


def test_an_office_that_wrote_nothing_is_told_how_to_begin(visit: Visit) -> None:
    page = evaluation_page.evaluation_page(visit)
    assert "payung risiko --mulai --oleh PETUGAS" in page
    assert "<table" not in page
    assert "Perlu dibetulkan" not in page


def test_reports_that_are_due_stand_there(tmp_path: Path) -> None:
    story = Story(tmp_path)
    report_duties.begin(story.office)
    story.at("2026-04-01 09:00")
    page = evaluation_page.evaluation_page(Visit(story.office, "/a/", "kabag"))
    assert [row[:2] for row in rows(page, "Laporan yang ditunggu")] == [["Triwulan I Tahun 2026", "pemetaan triwulan"]]


def test_every_kind_is_shown_with_what_is_computed(visit: Visit) -> None:
    sample = ROOT / "processor" / "cli" / "sample" / "catatan"
    shutil.copytree(sample, visit.office.register.folder, dirs_exist_ok=True)
    page = evaluation_page.evaluation_page(visit)
    assert [row[:3] for row in rows(page, "Risiko")][:3] == [
        ["R2", "5x5=25", "belum"],
        ["R5", "5x5=25", "belum"],
        ["R3", "4x4=16", "belum"],
    ]
    assert rows(page, "Kegiatan")[2][0] == "3 Agustus 2026 (rencana)"
    assert [len(rows(page, title)) for title in ("Rencana aksi", "Hambatan kantor", "Pemantauan netralitas")] == [
        2,
        1,
        1,
    ]


def test_an_action_that_is_past_its_day_says_so(visit: Visit) -> None:
    put(visit.office.register.folder, "rencana-aksi.yaml", ACTION.replace("2026-06-30", "2026-02-27"))
    [row] = rows(evaluation_page.evaluation_page(visit), "Rencana aksi")
    assert row[3] == "sampai 27 Februari 2026, terlambat"


def test_a_broken_file_is_told_with_its_line_and_hides_no_other(visit: Visit) -> None:
    put(visit.office.register.folder, "risiko.yaml", "- kode: [\n")
    put(visit.office.register.folder, "hambatan.yaml", OBSTACLE.replace("Jaringan", "<script>window.hacked</script>"))
    page = evaluation_page.evaluation_page(visit)
    assert re.search(r"<strong>risiko\.yaml, baris \d:</strong>", page)
    assert len(rows(page, "Hambatan kantor")) == 1
    assert "&lt;script&gt;" in page
    assert "<script>window" not in page


def test_the_front_page_leads_there_for_the_same_officer(visit: Visit) -> None:
    assert 'href="/a/evaluasi?petugas=kabag"' in home_page.front_page(visit)


def test_published_figures_and_testimonials_stand_there(visit: Visit) -> None:
    page = evaluation_page.evaluation_page(visit)
    assert "Angka tidak diterbitkan" in page
    assert "payung testimoni --tambah" in page
    one = published_samples.samples()[0]
    next_publication.files_of(visit.office).add(one.name, frozen_publication.to_json(one), b"")
    test_testimonials.put(visit.office.register.folder)
    page = evaluation_page.evaluation_page(visit)
    assert rows(page, "Angka yang terbit") == [["2025-1", "15 April 2025", "6", "6"]]
    assert rows(page, "Testimoni") == [["a", "Seorang guru", "menunggu petugas kedua"]]
    (visit.office.register.folder / "kinerja" / "catatan.json").write_text("{}")
    test_testimonials.put(visit.office.register.folder, "kutipan: x\n")
    page = evaluation_page.evaluation_page(visit)
    assert "kinerja/catatan.json: Terbitan" in page
    assert "Persetujuan tertulisnya belum lengkap." in page
