"""The desk's pages of complaints: apart from requests, without a word of any, and not for who is complained about."""

import re
from html import unescape
from pathlib import Path

import pytest

from processor.cases import complaint_register
from processor.desk import complaints_page, home_page
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Sent, Visit
from processor.operations.complaints import complaint_acts, complaint_intake
from processor.operations.complaints.complaint_intake import ComplaintHead
from tests.operations.complaints.test_complaint_acts import (
    HEAD,
    INTAKE,
    NUMBER,
    PERSON,
    SECRETS,
    WORDS,
    answered,
    typed,
)
from tests.story import Story

OTHER = "PGD-2026-0002"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """An office with one complaint about its analyst."""
    made = Story(tmp_path)
    complaint_intake.take(made.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    return made


def visit(story: Story, me: str, step: str = "", number: str = NUMBER, **texts: str) -> Visit:
    posted = Posted({name: (text,) for name, text in texts.items()})
    return Visit(story.office, "/x/", me, {"number": number, "step": step}, posted, "t", "", signed_in=True)


def taken(story: Story, me: str, step: str, **texts: str) -> Elsewhere | Sent | str:
    return complaints_page.take_step(visit(story, me, step, **texts))


def actors(story: Story, number: str = NUMBER) -> list[tuple[str, str]]:
    """What the journal of a complaint says happened, and by whom."""
    path = complaint_register.path(story.office.register, number)
    assert path.is_dir()
    events = complaint_register.read(story.office.register, number).events
    return [(f"{one.kind} {one.data.get('langkah', '')}".strip(), one.actor) for one in events]


def test_each_officer_sees_what_is_not_about_them_and_no_word_of_it(story: Story) -> None:
    complaint_intake.take(story.office, INTAKE, ComplaintHead("surat"), typed(*PERSON, WORDS))
    shown = {one: complaints_page.complaints_page(Visit(story.office, "/x/", one)) for one in ("kabag", "analis", "")}
    listed = {one: [number for number in (NUMBER, OTHER) if number in page] for one, page in shown.items()}
    assert listed == {"kabag": [NUMBER, OTHER], "analis": [OTHER], "": [OTHER]}
    one = complaints_page.complaint_page(visit(story, "kabag"))
    assert not [secret for secret in SECRETS for page in (*shown.values(), one) if secret in page]
    assert "meneruskan kepada petugas yang menindaklanjuti" in shown["kabag"]
    front = home_page.front_page(Visit(story.office, "/x/", "kabag"))
    assert NUMBER not in front
    assert 'href="/x/pengaduan?petugas=kabag"' in front


def test_a_complaint_goes_from_the_counter_to_its_answer_at_the_desk(story: Story) -> None:
    done = Elsewhere(f"/x/pengaduan/{NUMBER}#tercatat")
    assert taken(story, "pengelola", "teruskan", kepada="kabag") == done
    assert "Belum diisi." in str(taken(story, "kabag", "rencana", isi=" "))
    assert taken(story, "kabag", "rencana", isi="Kepala bagian menegur petugas.") == done
    assert taken(story, "kabag", "jawab", isi="Petugas sudah ditegur.", hasil="terbukti") == done
    assert taken(story, "pengelola", "nomor", nomor_surat="180/7/Huk-2026", tanggal_surat="2026-03-02") == done
    asked = taken(story, "pengelola", "sampaikan")
    assert isinstance(asked, Sent)
    assert "dikirim ke email pengadu" in asked.content.decode()
    assert ("langkah penyampaian", "pengelola") not in actors(story)
    shown = re.findall(r'name="riwayat" value="(\d+)"', asked.content.decode())[0]
    assert taken(story, "kabag", "jawab", isi="Petugas dipindahkan.", hasil="terbukti") == done
    again = taken(story, "pengelola", "sampaikan", tahap="pasti", riwayat=shown)
    assert isinstance(again, Sent), "the answer is another one by now, so it is shown again"
    shown = re.findall(r'name="riwayat" value="(\d+)"', again.content.decode())[0]
    assert taken(story, "pengelola", "sampaikan", tahap="pasti", riwayat=shown) == done
    assert ("langkah penyampaian", "pengelola") in actors(story)
    assert ("langkah rencana", "kabag") in actors(story)


def test_to_whom_is_complained_about_there_is_no_such_complaint_whatever_they_post(story: Story) -> None:
    for act in (complaints_page.complaint_page, complaints_page.take_step, complaints_page.open_words):
        with pytest.raises(NoSuchPage, match="tidak ada"):
            act(visit(story, "analis", "teruskan", kepada="analis", alasan="Ingin tahu."))
        with pytest.raises(NoSuchPage):
            act(visit(story, "kabag", number="../../2026/BH-2026-0001"))
    assert [who for _, who in actors(story)] == ["pengelola"]
    page = complaints_page.complaint_page(visit(story, "pengelola"))
    assert '<option value="analis"' not in page, "nobody forwards it to whom it is about"


def test_a_step_is_taken_only_by_whose_turn_it_is_and_only_when_it_is(story: Story) -> None:
    answered(story)
    assert "tidak dapat diambil" in str(taken(story, "kabag", "teruskan", kepada="kabag"))
    before = actors(story)
    assert "tidak dapat diambil" in str(taken(story, "kabag", "sampaikan", tahap="pasti")), "it has no number yet"
    assert actors(story) == before


def test_the_words_open_for_a_minute_once_the_journal_says_who_and_why(story: Story) -> None:
    answer = complaints_page.open_words(visit(story, "kabag", alasan="Memeriksa isinya."))
    assert isinstance(answer, Sent)
    page = unescape(answer.content.decode())
    assert WORDS in page
    assert PERSON[0] in page
    assert PERSON[0] not in page.partition("</title>")[0]
    assert answer.headers["Refresh"] == f"60; url=/x/pengaduan/{NUMBER}"
    assert actors(story)[-1] == (complaint_acts.OPENED, "kabag")
    for reason in ("", f"Bertanya kepada {PERSON[2]}"):
        refused = complaints_page.open_words(visit(story, "kabag", alasan=reason))
        assert 'id="buka-alasan-salah"' in str(refused)
        assert WORDS not in str(refused)
    assert len([kind for kind, _ in actors(story) if kind == complaint_acts.OPENED]) == 1
