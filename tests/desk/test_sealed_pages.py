"""What is sealed, shown at the desk for a reason: journalled first, once, hidden soon, and never run by a browser."""

import re
from dataclasses import replace
from html import unescape

import pytest

from processor.cases.records import Attachment
from processor.desk import sealed_pages
from processor.desk.tickets import Tickets
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Sent, Visit
from processor.foundation import yaml_editor
from tests.office import response
from tests.story import OFFICERS, Story

NUMBER = "BH-2026-0001"
STAFF = OFFICERS | {"analis2": {"nama": "Analis Kedua", "peran": ["analis_hukum"]}}
PDF, PNG, PAGE = b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"<!doctype html><script>window.hacked = 1</script>"
TICKETS = Tickets()
FILES = ((PDF, "surat.pdf"), (PNG, '"><script>x</script>.png'), (PAGE, "../../../foto.png"), (PAGE, "halaman.pdf"))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("kantor"), officers=STAFF)
    files = tuple(Attachment(name, content) for content, name in FILES)
    told.receives(replace(response(1), attachments=files), response(2))
    return told


@pytest.fixture
def story(begun: Story) -> Story:
    """The office, long after anybody opened anything."""
    begun.later(minutes=10)
    return begun


def visit(story: Story, me: str = "pengelola", number: str = NUMBER, token: str = "t", **texts: str) -> Visit:
    posted = Posted({key: (text,) for key, text in texts.items()})
    asked = {"number": number, "tiket": texts.get("tiket", "")}
    return Visit(story.office, "/x/", me, asked, posted, token, signed_in=True, tickets=TICKETS)


def ticket(story: Story) -> str:
    """The ticket in the address to which somebody is led who gave their reason."""
    answer = sealed_pages.open_identity(visit(story, alasan="Memeriksa surat."))
    assert isinstance(answer, Elsewhere)
    return answer.address.removeprefix(f"/x/{NUMBER}/identitas/")


def opened(story: Story) -> Sent:
    answer = sealed_pages.identity_page(visit(story, tiket=ticket(story)))
    assert isinstance(answer, Sent)
    return answer


def attachment_tickets(story: Story) -> list[str]:
    """The tickets of the buttons: two of each attachment, to see it and to keep it."""
    return re.findall(r'name="tiket" value="([^"]+)"', opened(story).content.decode())


def attachment(story: Story, order: int, *, kept: bool = False) -> Sent:
    answer = sealed_pages.open_attachment(visit(story, tiket=attachment_tickets(story)[2 * order - 2 + kept]))
    assert isinstance(answer, Sent)
    return answer


def journal(story: Story) -> list[tuple[str, object]]:
    events = story.office.register.read(NUMBER).events
    return [(one.actor, one.data.get("alasan")) for one in events if one.kind == "identitas_dibuka"]


def test_an_identity_is_shown_once_the_journal_says_who_opened_it_and_is_hidden_after_a_minute(story: Story) -> None:
    before = len(journal(story))
    given = ticket(story)
    assert journal(story)[before:] == [("pengelola", "Memeriksa surat.")]
    story.later(minutes=0.5)
    answer = sealed_pages.identity_page(visit(story, tiket=given))
    assert isinstance(answer, Sent)
    page = answer.content.decode()
    assert len(journal(story)) == before + 1
    assert "Tercatat di riwayat: Memeriksa surat." in page
    assert "Orang Rekaan1" in page
    assert "Orang Rekaan1" not in page.partition("</title>")[0]
    assert answer.headers["Refresh"] == f"30; url=/x/{NUMBER}"
    assert "<script>x" not in page
    assert '"><script>x</script>.png' in unescape(page)


@pytest.mark.parametrize(
    "asked",
    [{}, {"token": "t2"}, {"me": "analis"}, {"number": "BH-2026-0002"}, {"tiket": "lain"}],
    ids=["again", "another session", "another officer", "another case", "a guess"],
)
def test_a_ticket_opens_once_and_only_in_its_session_for_its_case(story: Story, asked: dict[str, str]) -> None:
    given = ticket(story)
    if not asked:
        sealed_pages.identity_page(visit(story, tiket=given))
    answer = sealed_pages.identity_page(visit(story, **{"tiket": given, **asked}))
    assert isinstance(answer, str)
    assert "orang1@example.org" not in answer
    assert "waktunya sudah lewat" in answer


def test_after_its_minute_neither_identity_nor_attachment_is_opened(story: Story) -> None:
    given, seen = ticket(story), attachment_tickets(story)[0]
    story.later(minutes=1)
    assert isinstance(sealed_pages.identity_page(visit(story, tiket=given)), str)
    assert isinstance(sealed_pages.open_attachment(visit(story, tiket=seen)), str)


@pytest.mark.parametrize("reason", ["", "Bertanya kepada Orang Rekaan1."])
def test_without_a_reason_that_may_stand_in_the_journal_nothing_is_shown(story: Story, reason: str) -> None:
    before = journal(story)
    answer = sealed_pages.open_identity(visit(story, alasan=reason))
    assert isinstance(answer, str)
    assert 'id="alasan-salah">Alasan' in answer
    assert "orang1@example.org" not in answer
    assert journal(story) == before


@pytest.mark.parametrize(("order", "media_type", "ending"), [(1, "application/pdf", ".pdf"), (2, "image/png", ".png")])
def test_a_pdf_and_a_picture_are_shown_in_a_sandbox_under_a_name_of_the_desks(
    story: Story, order: int, media_type: str, ending: str
) -> None:
    answer = attachment(story, order)
    assert (answer.content, answer.media_type) == (FILES[order - 1][0], media_type)
    assert answer.headers == {
        "Content-Disposition": f'inline; filename="{NUMBER}-lampiran-{order}{ending}"',
        "Content-Security-Policy": "sandbox",
        "Refresh": f"60; url=/x/{NUMBER}",
    }
    kept = attachment(story, order, kept=True)
    assert (kept.media_type, kept.name) == ("application/octet-stream", f"{NUMBER}-lampiran-{order}{ending}")


@pytest.mark.parametrize("order", [3, 4])
def test_a_page_that_is_called_a_picture_is_only_kept(story: Story, order: int) -> None:
    answer = attachment(story, order)
    assert (answer.content, answer.media_type) == (PAGE, "application/octet-stream")
    assert answer.name == f"{NUMBER}-lampiran-{order}.txt"


def test_an_attachment_is_sent_once_and_its_ticket_opens_no_identity(story: Story) -> None:
    first, kept, second, *_ = attachment_tickets(story)
    assert isinstance(sealed_pages.open_attachment(visit(story, tiket=first)), Sent)
    assert isinstance(sealed_pages.open_attachment(visit(story, tiket=first)), str)
    assert isinstance(sealed_pages.open_attachment(visit(story, tiket=kept, token="t2")), str)
    assert isinstance(sealed_pages.identity_page(visit(story, tiket=second)), str)
    assert isinstance(sealed_pages.open_attachment(visit(story, tiket=ticket(story))), str)


def test_an_attachment_that_is_not_there_is_not_found(story: Story) -> None:
    now = story.office.now()
    found = TICKETS.redeem(ticket(story), now)
    assert found
    gone = TICKETS.issue(replace(found, attachment=5), now)
    with pytest.raises(NoSuchPage):
        sealed_pages.open_attachment(visit(story, tiket=gone))


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
