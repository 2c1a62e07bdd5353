"""Reports at the desk: figures as the command gives them, by who may see them, and documents made by the same act."""

import io
import re
from dataclasses import replace
from html import unescape

import docx
import pytest

from processor.desk import quality_page, report_pages
from processor.desk.visit import Elsewhere, FormFile, NoSuchPage, Posted, Visit
from processor.evaluation.periods import Period
from processor.letters.word.report_blocks import WAITING
from processor.operations.figures import register_figures
from processor.operations.reporting import report_files
from tests.office import response
from tests.story import OFFICERS, Story

BUREAU = {"biro": {"nama": "Kepala Biro Contoh", "peran": ["kepala_biro"]}}
QUARTER = Period(2026, 1)
BACK = Elsewhere("/x/laporan?periode=2026-1#berkas")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("kantor"), officers={**OFFICERS, **BUREAU})
    told.receives(response(1), response(2, minute=2))
    return told


def visit(story: Story, me: str = "kabag", **asked: str) -> Visit:
    return Visit(story.office, "/x/", me, {"periode": "2026-1", **asked}, token="t", signed_in=True)


def act(story: Story, name: str, me: str = "kabag", file: bytes = b"", **texts: str) -> Elsewhere | str:
    given = {key: (text,) for key, text in {"periode": "2026-1", "tindakan": name, **texts}.items()}
    files = {"berkas": FormFile("laporan.docx", file)} if file else {}
    return report_pages.report_act(replace(visit(story, me), posted=Posted(given, files)))


def answered(report: bytes) -> bytes:
    """A report in which somebody wrote what waited for a person."""
    document = docx.Document(io.BytesIO(report))
    for one in document.paragraphs:
        if WAITING in one.text:
            one.text = "Sudah dinilai."
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_figures_stand_there_as_the_command_gives_them_those_for_the_office_only_for_who_sees_requests(
    story: Story,
) -> None:
    found = register_figures.figures_of(story.office, QUARTER)
    inside = [one.title for one in found if one.inside]
    pages = {me: unescape(report_pages.report_page(visit(story, me))) for me in ("analis", "biro")}
    assert inside
    assert [one.title for one in found if f"<h3>{one.title} " not in pages["analis"]] == []
    assert [one.title for one in found if f"<h3>{one.title} " not in pages["biro"]] == inside
    assert "belum terbit" in pages["biro"]
    assert re.search(r">Masih berjalan</th>\s*<td[^>]*>2</td>", pages["biro"])


def test_marks_of_single_requests_are_for_who_sees_requests(story: Story) -> None:
    pages = {me: quality_page.quality_page(visit(story, me)) for me in ("analis", "biro")}
    assert all("Nilai mutu kajian" in page for page in pages.values())
    assert [me for me, page in pages.items() if "Nilai tiap permohonan <" in page] == ["analis"]


def test_files_of_figures_hold_what_the_page_shows(story: Story) -> None:
    files = {
        me: report_pages.report_file(visit(story, me, berkas="angka.md")).content.decode() for me in ("analis", "biro")
    }
    assert "Untuk kantor sendiri" in files["analis"]
    assert "Untuk kantor sendiri" not in files["biro"]
    assert report_pages.report_file(visit(story, berkas="angka.xlsx")).content[:2] == b"PK"


def test_a_report_is_made_taken_in_again_from_word_and_declared_done_by_who_signed_in(story: Story) -> None:
    assert "Laporan Triwulan I Tahun 2026 belum dibuat." in str(act(story, "pdf"))
    assert act(story, "buat") == BACK
    made = report_pages.report_file(visit(story, berkas="laporan-2026-1.docx")).content
    assert "menunggu penilaian" in str(act(story, "selesai"))
    seen = report_files.digest(story.office, QUARTER)
    assert "Pilih dahulu berkas" in str(act(story, "unggah", sidik=seen))
    assert "tidak terbaca" in str(act(story, "unggah", file=b"PK bukan Word", sidik=seen))
    assert "berubah sejak" in str(act(story, "unggah", file=answered(made), sidik="lain"))
    assert act(story, "unggah", file=answered(made), sidik=seen) == BACK
    assert report_files.is_edited(story.office, QUARTER)
    assert report_pages.report_file(visit(story, berkas="laporan-2026-1-lama-1.docx")).content == made
    assert report_files.places_waiting(story.office, QUARTER) == 0
    assert "belum berakhir" in str(act(story, "selesai"))
    assert [(one.kind, one.actor, "akun" in one.data) for one in report_files.events(story.office)] == [
        ("laporan", "kabag", False),
        ("laporan_disunting", "kabag", False),
    ]


def test_only_what_lies_there_is_sent_and_only_of_a_period(story: Story) -> None:
    for asked in ({"berkas": "../../permohonan.yaml"}, {"berkas": "tidak-ada.docx"}, {"periode": "2026-9"}):
        with pytest.raises(NoSuchPage):
            report_pages.report_file(visit(story, **{"berkas": "angka.md", **asked}))
    with pytest.raises(NoSuchPage):
        report_pages.report_page(visit(story, periode="2027"))


def test_who_may_not_make_reports_is_told_and_nothing_is_written(story: Story) -> None:
    before = report_files.events(story.office)
    posted = Posted({"periode": ("2026-1",), "tindakan": ("buat",)})
    nobody = replace(visit(story, ""), posted=posted, signed_in=False)
    assert "Pilih dahulu nama Anda" in str(report_pages.report_act(nobody))
    assert report_files.events(story.office) == before
