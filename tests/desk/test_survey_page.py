"""The survey at the desk: how it stands, what people suggest, and answers from elsewhere as the command takes them."""

from pathlib import Path

import pytest

from processor.cases import survey_store
from processor.desk import survey_page
from processor.desk.visit import FormFile, Posted, Sent, Visit
from tests.operations.survey.test_survey_imports import HEADER, row
from tests.story import OFFICERS, Story

BUREAU = {"biro": {"nama": "Kepala Biro Contoh", "peran": ["kepala_biro"]}}
ANSWERS = "\n".join("\t".join(one) for one in (HEADER, row("2026/03/01 9:05:31 AM", words="Lebih <b>cepat."))).encode()


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story(tmp_path_factory.mktemp("kantor"), officers={**OFFICERS, **BUREAU})


def visit(story: Story, me: str = "pengelola", name: str = "survei.tsv", file: bytes = b"", year: str = "") -> Visit:
    posted = Posted({"tahun": (year,)}, {"berkas": FormFile(name, file)} if file else {})
    return Visit(story.office, "/x/", me, {}, posted, "t", signed_in=True)


def count(story: Story) -> int:
    return len(survey_store.answers(story.office.register).votes)


def test_answers_that_were_typed_into_a_table_are_taken_in_once_and_suggestions_shown(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for new in (1, 0):
        done = survey_page.import_act(visit(story, name="../<i>jawaban.tsv", file=ANSWERS))
        assert isinstance(done, Sent)
        assert f"jawaban.tsv: survei kepuasan, {new} jawaban baru" in done.content.decode()
    assert count(story) == 1
    assert [*tmp_path.iterdir()] == [], "no copy says who answered what"
    page = survey_page.survey_page(visit(story, "analis"))
    assert "Lebih &lt;b&gt;cepat." in page
    assert "masih berjalan" in page
    assert "<button" not in page.partition("<main")[2], "an analyst takes none in"
    assert "cepat." not in survey_page.survey_page(visit(story, "biro"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Pilih dahulu berkasnya."),
        ({"file": b"Cap waktu,Nama\n1,2\n", "name": "daftar.csv"}, "bukan ekspor survei"),
        ({"file": b"MZ", "name": "survei.exe\0.exe"}, "tidak dapat dibaca"),
        ({"file": ANSWERS, "year": "dua"}, "Tulis tahunnya saja"),
        ({"file": ANSWERS, "year": "1066"}, "bukan tahun survei itu"),
        ({"file": ANSWERS, "me": "analis"}, "pengelola layanan atau kepala bagian"),
    ],
)
def test_what_cannot_be_taken_in_is_told_and_changes_nothing(story: Story, asked: dict[str, str], said: str) -> None:
    before = count(story)
    page = survey_page.import_act(visit(story, **asked))  # type: ignore[arg-type]  # a table of words and bytes
    assert said in str(page)
    assert count(story) == before
