"""Letters: drafts say so, what was delivered is fixed, the signed PDF counts, and edits by hand have an author."""

import hashlib
import subprocess
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from processor import doctor, pipeline, steps
from tests.office import response
from tests.story import NUMBER, Story

TODAY = date(2026, 3, 2)


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """An office on a computer without LibreOffice and without git."""
    monkeypatch.setenv("PATH", "")
    made = Story(tmp_path)
    made.receives(response(1))
    made.writes(steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"), steps.assign("analis", "kabag", []))
    made.studies()
    made.writes(steps.finish(done=True))
    return made


def header(story: Story) -> str:
    """What stands at the top of every page of the letter."""
    letter = Document(str(story.office.register.path(NUMBER) / "keluar" / "pendapat-hukum.docx"))
    return "\n".join(paragraph.text for section in letter.sections for paragraph in section.header.paragraphs)


def answer(story: Story) -> list[dict[str, str]]:
    return [dict(event.data) for event in story.office.register.read(NUMBER).events if event.kind == "jawaban"]


def test_a_letter_is_a_draft_until_it_is_approved_and_again_when_the_study_changes(story: Story) -> None:
    assert "KONSEP, belum disetujui" in header(story)
    story.writes(steps.review("disetujui", "kabag", TODAY))
    assert "KONSEP" not in header(story)
    story.studies(saran="Tolak secara lisan.")
    story.passes()
    assert "KONSEP" in header(story), "what was approved is another text"


def test_the_delivered_letter_is_kept_and_a_change_of_it_is_told(story: Story) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY), steps.deliver("180/1/Huk-2026", TODAY, TODAY))
    path = story.office.register.path(NUMBER) / "keluar" / "pendapat-hukum.docx"
    assert "KONSEP" not in header(story)
    assert answer(story) == [{"berkas": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}]
    path.write_bytes(path.read_bytes() + b"x")
    assert any("berubah atau hilang" in problem.message for problem in doctor.check(story.office))
    assert len(answer(story)) == 1


def test_the_signed_pdf_that_a_person_put_there_is_the_answer(story: Story) -> None:
    signed = story.office.register.path(NUMBER) / "keluar" / "pendapat-hukum.pdf"
    story.writes(steps.review("disetujui", "kabag", TODAY))
    signed.write_bytes(b"%PDF-1.7\nditandatangani\n%%EOF\n")
    story.writes(steps.deliver("180/1/Huk-2026", TODAY, TODAY))
    assert answer(story) == [{"berkas": signed.name, "sha256": hashlib.sha256(signed.read_bytes()).hexdigest()}]


def test_a_pdf_that_is_none_stops_the_delivery_and_says_why(story: Story) -> None:
    signed = story.office.register.path(NUMBER) / "keluar" / "pendapat-hukum.pdf"
    story.writes(steps.review("disetujui", "kabag", TODAY))
    signed.write_bytes(b"bukan PDF")
    story.writes(steps.deliver("180/1/Huk-2026", TODAY, TODAY))
    assert any("bukan PDF yang utuh" in problem.message for problem in pipeline.run(story.office).problems)
    assert answer(story) == []


def test_an_edit_has_the_author_that_git_knows(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    register = story.office.register.folder
    story.studies()
    for words in (
        ["init", "-q"],
        ["add", "2026"],
        ["-c", "user.name=Analis Contoh", "-c", "user.email=a@example.org", "commit", "-qm", "kajian"],
    ):
        subprocess.run(["git", "-C", str(register), *words], check=True)
    story.passes()
    story.studies(saran="Lain.")
    story.passes()
    edits = [event for event in story.office.register.read(NUMBER).events if event.kind == "disunting"]
    assert [event.actor for event in edits] == ["Analis Contoh", "petugas"], "the second is not committed yet"
    assert edits[1].data["bagian"] == ["kajian.saran"]
