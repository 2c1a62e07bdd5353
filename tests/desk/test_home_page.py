"""The page on which a day begins: what waits, what is overdue, what went wrong, who holds what, and what is done."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from processor.desk import calendar_download, case_lines, home_page
from processor.desk.home_page import Workload
from processor.desk.visit import NoSuchPage, Visit
from processor.mail.message import Message
from processor.operations import steps
from processor.operations.case_notes import ask
from processor.operations.case_row import CaseRow
from tests.office import START, response
from tests.story import NUMBER, OFFICERS, Story

SECOND = "BH-2026-0002"
STAFF = {
    **OFFICERS,
    "biro": {"nama": "Kepala Biro Contoh", "peran": ["kepala_biro"]},
    "petugas2": {"nama": "Petugas Kedua", "peran": ["pengelola_layanan"]},
}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office with a case that awaits another office, and one that any intake officer may take."""
    told = Story(tmp_path_factory.mktemp("kantor"), officers=STAFF)
    told.receives(response(1, tanggal_mendesak="2026-03-20"), response(2))
    day = told.now.date()
    steps.apply(told.office, NUMBER, steps.verify("diteruskan", "pengelola", day))
    steps.apply(told.office, NUMBER, ask("BKD", "Riwayat", day, day))
    told.passes()
    told.later(days=1)
    return told


def page(story: Story, me: str = "pengelola") -> str:
    return home_page.front_page(Visit(story.office, "/", me, token="t", signed_in=True))


def part(text: str, name: str) -> str:
    """The section under a heading of that id, as words."""
    _, _, rest = text.partition(f'<h2 id="{name}">')
    return " ".join(re.sub(r"<[^>]+>", " ", rest.partition("</section>")[0]).split())


def test_what_i_did_is_seen_once_it_is_another_s_turn(story: Story) -> None:
    done = part(page(story), "selesai")
    assert f"{NUMBER} : menjadi diteruskan, kemarin 08.00" in done
    assert SECOND not in done
    assert 'id="selesai"' not in page(story, "kabag"), "the head has done nothing yet"
    story.now += timedelta(days=7)
    assert 'id="selesai"' not in page(story)
    story.now -= timedelta(days=7)


def test_an_answer_of_another_office_that_is_overdue_is_told_and_whose_turn_the_case_is(story: Story) -> None:
    assert part(page(story, "kabag"), "koordinasi").endswith(
        f"{NUMBER} : jawaban diminta sampai 2 Maret 2026 giliran Anda"
    )
    assert '<a href="/daftar?keadaan=koordinasi_lewat"><strong>1</strong> koordinasi lewat batas' in page(story)


def test_a_shared_duty_is_counted_once_on_a_line_of_its_own(story: Story) -> None:
    beban = part(page(story), "beban")
    assert "Petugas Contoh pengelola layanan 0 0 Petugas Kedua pengelola layanan 0 0" in beban
    assert beban.endswith("Bersama: Petugas Contoh, Petugas Kedua – 1 1")
    assert '<a href="/daftar?giliran=kabag">Kepala Bagian Contoh</a>' in page(story)
    assert '<a href="/daftar?giliran=saya">Petugas Contoh</a>' in page(story)
    holders = (("a",), ("a", "b"), ("a", "b"), ())
    lines = case_lines.lines([CaseRow(str(at), holders=some) for at, some in enumerate(holders)], START, START)
    assert home_page.workloads(lines, ["a", "b"]) == [
        Workload(("a",), 1, 0),
        Workload(("b",), 0, 0),
        Workload(("a", "b"), 2, 0),
    ]


def test_a_kepala_biro_sees_the_figures_and_no_way_to_a_case_or_its_mail(story: Story) -> None:
    text = page(story, "biro")
    assert part(text, "status") == "Sampai mana 1 diajukan 1 diteruskan"
    assert not re.search(r'href="/BH-', text)
    assert NUMBER in text
    assert "Menunggu Anda" not in text


def test_mail_that_failed_is_told_unless_it_is_about_a_complaint_that_is_not_to_be_seen(story: Story) -> None:
    outbox = story.office.outbox
    kinds = {NUMBER: "diterima", "PGD-2026-0001": "pengaduan_diterima", "": "ringkasan_petugas"}
    for number, kind in kinds.items():
        message = Message(number, f"gagal-{kind}", kind, b"Subject: x\n\n")
        outbox.queue(message, story.now)
        outbox.save(replace(outbox.entry(message.name), state="gagal"))
    outbox.queue(Message(SECOND, "diterima-1", "diterima", b"x"), story.now)
    text = part(page(story), "email")
    assert text.startswith("Email yang menunggu keputusan 2")
    assert f"{NUMBER}: diterima gagal" in text
    assert "PGD" not in text
    assert 'id="email"' not in page(story, "biro")


def test_my_calendar_is_a_file_and_there_is_none_of_nobody(story: Story) -> None:
    sent = calendar_download.calendar_file(Visit(story.office, "/", "kabag"))
    assert (sent.name, sent.media_type) == ("payung.ics", "text/calendar; charset=utf-8")
    assert f"SUMMARY:Tanggal dekat {NUMBER}\r\n".encode() in sent.content
    with pytest.raises(NoSuchPage, match="Pilih dahulu nama Anda"):
        calendar_download.calendar_file(Visit(story.office, "/"))
