"""The outbox at the desk: what waits and why, decided by a person once that was confirmed, and journalled."""

from dataclasses import replace
from html import unescape

import pytest

from processor.cases import complaint_register
from processor.desk import outbox_page
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Sent, Visit
from processor.mail.message import Message, State
from processor.operations import office_records, outbox_decisions, side_journal
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_intake
from processor.operations.outbox_decisions import MailDecision
from tests.office import response
from tests.operations.complaints.test_complaint_acts import HEAD, INTAKE, PERSON, WORDS, typed
from tests.operations.complaints.test_complaint_acts import NUMBER as COMPLAINT
from tests.story import NUMBER, Story

NAME, SECRET = f"{NUMBER}.dijawab", "orang1@example.org"
DONE = Elsewhere("/x/email#tercatat")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office with a request, and a complaint about its analyst."""
    made = Story(tmp_path_factory.mktemp("kantor"))
    made.receives(response(1))
    complaint_intake.take(made.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    return made


@pytest.fixture
def story(begun: Story) -> Story:
    """The same, with nothing in its outbox."""
    for one in begun.office.outbox.entries():
        begun.office.outbox.drop(one)
    return begun


def waits(story: Story, state: State, name: str = NAME, reason: str = "Ditolak server email (550).") -> None:
    number, _, event = name.partition(".")
    story.office.outbox.queue(Message(number, event, event, f"To: {SECRET}".encode()), story.now)
    with story.office.outbox.lock():
        story.office.outbox.save(replace(story.office.outbox.entry(name), state=state, reason=reason, tries=3))


def visit(story: Story, me: str = "pengelola", **texts: str) -> Visit:
    posted = Posted({name: (text,) for name, text in texts.items()})
    return Visit(story.office, "/x/", me, {}, posted, "t", "", signed_in=True)


def decided(story: Story, decision: str, state: str, me: str = "pengelola", **more: str) -> Elsewhere | Sent | str:
    return outbox_page.decide_act(visit(story, me, nama=NAME, tindakan=decision, keadaan=state, **more))


def test_the_outbox_says_what_failed_and_why_and_no_address(story: Story) -> None:
    waits(story, "gagal")
    page = unescape(outbox_page.outbox_page(visit(story)))
    assert "Menunggu keputusan" in page
    assert "Ditolak server email (550)." in page
    assert "3 kali dicoba" in page
    assert f'href="/x/{NUMBER}"' in page
    assert SECRET not in page


@pytest.mark.parametrize(
    ("state", "decision", "then"),
    [
        ("gagal", "ulang", "antre"), ("gagal", "batal", "dibatalkan"), ("ditahan", "lepas", "antre"),
        ("antre", "tahan", "ditahan"), ("tidak_pasti", "ulang", "antre"),
    ],
)  # fmt: skip
def test_a_decision_is_shown_then_taken_in_the_name_of_who_signed_in(
    story: Story, state: State, decision: MailDecision, then: State
) -> None:
    waits(story, state)
    shown = decided(story, decision, state)
    assert isinstance(shown, Sent)
    assert ("mungkin sudah sampai" in shown.content.decode()) == (state == "tidak_pasti")
    assert story.office.outbox.entry(NAME).state == state
    assert decided(story, decision, state, tahap="pasti") == DONE
    assert story.office.outbox.entry(NAME).state == then
    last = story.office.register.read(NUMBER).events[-1]
    assert (last.kind, last.actor, last.data["putusan"]) == (outbox_decisions.DECIDED, "pengelola", decision)
    assert SECRET not in str(last.data)


def test_what_was_sent_or_decided_meanwhile_is_not_decided_again(story: Story) -> None:
    waits(story, "gagal")
    assert "tidak ada yang diubah" in str(decided(story, "lepas", "ditahan", tahap="pasti"))
    assert "tidak ada yang diubah" in str(decided(story, "lepas", "gagal", tahap="pasti"))
    assert story.office.outbox.entry(NAME).state == "gagal"
    story.office.outbox.drop(story.office.outbox.entry(NAME))
    with pytest.raises(NoSuchPage):
        decided(story, "ulang", "gagal", tahap="pasti")


def test_an_analyst_looks_and_decides_nothing(story: Story) -> None:
    waits(story, "gagal")
    assert "Kirim ulang" not in outbox_page.outbox_page(visit(story, "analis"))
    assert "Yang memutuskan" in str(decided(story, "ulang", "gagal", "analis", tahap="pasti"))
    assert story.office.outbox.entry(NAME).state == "gagal"


def test_a_message_about_a_complaint_is_there_only_for_who_may_see_that(story: Story) -> None:
    name = f"{COMPLAINT}.pengaduan_diterima"
    waits(story, "gagal", name)
    assert COMPLAINT not in outbox_page.outbox_page(visit(story, "analis"))
    assert COMPLAINT in outbox_page.outbox_page(visit(story))
    with pytest.raises(NoSuchPage):
        outbox_page.decide_act(visit(story, "analis", nama=name, tindakan="ulang", keadaan="gagal"))
    outbox_decisions.decide(story.office, name, "batal", Person("", "akun"))
    last = complaint_register.read(story.office.register, COMPLAINT).events[-1]
    assert (last.kind, last.actor) == (outbox_decisions.DECIDED, "akun")


def test_messages_to_officers_and_damaged_ones_are_listed_too(story: Story) -> None:
    waits(story, "antre", "BH-2026-0099.dijawab")
    (story.office.outbox.folder / "BH-2026-0099.dijawab" / "keadaan.json").write_text("rusak", "utf-8")
    page = unescape(outbox_page.outbox_page(visit(story)))
    assert "Catatan keadaan tidak ada atau rusak" in page
    story.office.outbox.queue(Message("", "ringkasan-kabag", "ringkasan_petugas"), story.now)
    assert "Untuk petugas" in outbox_page.outbox_page(visit(story))
    assert outbox_decisions.decide(story.office, "ringkasan-kabag", "batal", INTAKE).state == "dibatalkan"
    last = side_journal.read(story.office.register, office_records.JOURNAL)[0][-1]
    assert (last.kind, last.actor, last.data["putusan"], last.data["email"]) == (
        outbox_decisions.DECIDED,
        "pengelola",
        "batal",
        "ringkasan-kabag",
    )
