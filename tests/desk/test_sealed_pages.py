"""What is sealed, shown at the desk for a reason: journalled first, hidden soon, and never run by a browser."""

from dataclasses import replace
from html import unescape

import pytest

from processor.cases.records import Attachment
from processor.desk import sealed_pages
from processor.desk.visit import NoSuchPage, Posted, Sent, Visit
from processor.foundation import yaml_editor
from tests.office import response
from tests.story import OFFICERS, Story

NUMBER = "BH-2026-0001"
STAFF = OFFICERS | {"analis2": {"nama": "Analis Kedua", "peran": ["analis_hukum"]}}
PDF, PNG, PAGE = b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"<!doctype html><script>window.hacked = 1</script>"
FILES = ((PDF, "surat.pdf"), (PNG, '"><script>x</script>.png'), (PAGE, "../../../foto.png"), (PAGE, "halaman.pdf"))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("kantor"), officers=STAFF)
    files = tuple(Attachment(name, content) for content, name in FILES)
    told.receives(replace(response(1), attachments=files))
    return told


@pytest.fixture
def story(begun: Story) -> Story:
    """The office, long after anybody opened anything."""
    begun.later(minutes=10)
    return begun


def visit(story: Story, me: str = "pengelola", **texts: str) -> Visit:
    posted = Posted({key: (text,) for key, text in texts.items()})
    return Visit(story.office, "/x/", me, {"number": NUMBER}, posted, "t", "", signed_in=True)


def opened(story: Story, me: str = "pengelola") -> Sent:
    answer = sealed_pages.open_identity(visit(story, me, alasan="Memeriksa surat."))
    assert isinstance(answer, Sent)
    return answer


def attachment(story: Story, order: str, way: str = "lihat", me: str = "pengelola") -> Sent | str:
    return sealed_pages.open_attachment(visit(story, me, urutan=order, cara=way))


def journal(story: Story) -> list[tuple[str, object]]:
    events = story.office.register.read(NUMBER).events
    return [(one.actor, one.data.get("alasan")) for one in events if one.kind == "identitas_dibuka"]


def test_an_identity_is_shown_once_the_journal_says_who_opened_it_and_is_hidden_after_a_minute(story: Story) -> None:
    before = len(journal(story))
    answer = opened(story)
    page = answer.content.decode()
    assert journal(story)[before:] == [("pengelola", "Memeriksa surat.")]
    assert "Orang Rekaan1" in page
    assert "Orang Rekaan1" not in page.partition("</title>")[0]
    assert answer.headers["Refresh"] == f"60; url=/x/{NUMBER}"
    assert "<script>x" not in page
    assert '"><script>x</script>.png' in unescape(page)


@pytest.mark.parametrize("reason", ["", "Bertanya kepada Orang Rekaan1."])
def test_without_a_reason_that_may_stand_in_the_journal_nothing_is_shown(story: Story, reason: str) -> None:
    before = journal(story)
    answer = sealed_pages.open_identity(visit(story, alasan=reason))
    assert isinstance(answer, str)
    assert 'id="alasan-salah">Alasan' in answer
    assert "orang1@example.org" not in answer
    assert journal(story) == before


@pytest.mark.parametrize(
    ("order", "media_type", "ending"), [("1", "application/pdf", ".pdf"), ("2", "image/png", ".png")]
)
def test_a_pdf_and_a_picture_are_shown_under_a_name_of_the_desks(
    story: Story, order: str, media_type: str, ending: str
) -> None:
    opened(story)
    answer = attachment(story, order)
    assert isinstance(answer, Sent)
    assert (answer.content, answer.media_type) == (FILES[int(order) - 1][0], media_type)
    assert answer.headers["Content-Disposition"] == f'inline; filename="{NUMBER}-lampiran-{order}{ending}"'
    assert (answer.headers.get("Content-Security-Policy") == "sandbox") == (ending == ".png")
    kept = attachment(story, order, "simpan")
    assert isinstance(kept, Sent)
    assert (kept.media_type, kept.name) == ("application/octet-stream", f"{NUMBER}-lampiran-{order}{ending}")


@pytest.mark.parametrize("order", ["3", "4"])
def test_a_page_that_is_called_a_picture_is_only_kept(story: Story, order: str) -> None:
    opened(story)
    answer = attachment(story, order)
    assert isinstance(answer, Sent)
    assert (answer.content, answer.media_type) == (PAGE, "application/octet-stream")
    assert answer.name == f"{NUMBER}-lampiran-{order}.txt"


def test_an_attachment_is_sent_only_to_whoever_gave_the_reason_and_only_for_a_while(story: Story) -> None:
    assert isinstance(attachment(story, "1"), str)
    opened(story)
    assert isinstance(attachment(story, "1", me="analis"), str)
    story.later(minutes=3)
    assert isinstance(attachment(story, "1"), str)


@pytest.mark.parametrize("order", ["0", "5", "-1", "", "²", "../1", "9" * 5000])
def test_only_the_attachments_of_the_case_can_be_asked_for(story: Story, order: str) -> None:
    opened(story)
    with pytest.raises(NoSuchPage):
        attachment(story, order)


def test_an_officer_in_conflict_opens_nothing(story: Story) -> None:
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    text = path.read_text("utf-8")
    yaml_editor.write(path, text, {("penugasan", "benturan_kepentingan"): ["analis2"]})
    before = journal(story)
    answer = sealed_pages.open_identity(visit(story, "analis2", alasan="Memeriksa surat."))
    path.write_text(text, "utf-8")
    assert isinstance(answer, str)
    assert "tidak boleh menangani permohonan ini" in answer
    assert journal(story) == before
