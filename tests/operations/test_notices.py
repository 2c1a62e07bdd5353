"""Each event is told once, to the right person, and never where it could expose or astonish somebody."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import SMTP
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from processor.foundation.errors import PayungError
from processor.mail import delivery, outbox
from processor.operations import (
    advance,
    case_notes,
    daily_pass,
    identity,
    notices,
    office_check,
    overview,
    response_filing,
    steps,
)
from processor.operations.pass_report import PassReport
from tests.office import FORM, START, applicant_keys, response, sources
from tests.smtp_server import DROP, Server, running
from tests.story import APPLICANT, NUMBER, Story, delivered

TODAY = date(2026, 3, 2)
RECEIVED = f"{NUMBER}.diterima"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as made:
        yield made


@pytest.fixture
def story(tmp_path: Path, server: Server) -> Story:
    return Story(tmp_path, server)


def told(story: Story) -> list[tuple[str, str]]:
    """What the journal knows of messages to the applicant: name and state."""
    events = story.office.register.read(NUMBER).events
    return [(e.data["pesan"], e.data["keadaan"]) for e in events if e.kind == "email"]


def correct(story: Story, **changes: str) -> None:
    """An officer corrects the identity."""
    with story.office.register.lock(1):
        identity.correct(story.office.register, FORM, NUMBER, changes, "ani", "salah ketik", story.now)


def test_what_was_sent_is_journalled_and_leaves_the_outbox(story: Story) -> None:
    story.receives(response(1))
    assert told(story) == [("diterima", "dikirim")]
    assert story.office.outbox.entries() == ()
    for _ in range(3):
        story.passes()
    assert len(story.mail()) == 1


def test_a_refused_address_is_told_and_mended_by_correcting_it(story: Story, server: Server) -> None:
    server.recipients[APPLICANT] = "550 5.1.1 no such user"
    story.receives(response(1))
    problems = story.passes().problems
    assert [problem.place for problem in problems] == [f"email {RECEIVED}"]
    assert APPLICANT not in str(problems[0])
    correct(story, email="baru@example.org")
    outbox.send_again(story.office.outbox, RECEIVED, story.now)
    assert story.passes().problems == []
    assert (story.mail("baru@example.org"), told(story)) == (
        [f"{NUMBER}: permohonan diterima"],
        [("diterima", "dikirim")],
    )


def test_an_uncertain_message_waits_for_a_person_who_may_give_it_up(story: Story, server: Server) -> None:
    server.contents.append(DROP)
    story.receives(response(1))
    assert [entry.state for entry in story.office.outbox.entries() if entry.number] == ["tidak_pasti"]
    story.later(days=1)
    story.passes()
    assert len(story.mail()) == 1, "it may have arrived: it is not sent again by itself"
    outbox.cancel(story.office.outbox, RECEIVED, story.now)
    assert story.passes().problems == []
    assert told(story) == [("diterima", "dibatalkan")]
    story.passes()
    assert story.office.outbox.entries() == ()


def test_a_request_filed_long_after_it_was_made_waits_for_a_person_who_sees_it(story: Story) -> None:
    with story.office.register.lock(1):
        late = [replace(response(n, minute=n), submitted=START - timedelta(days=8)) for n in range(1, 8)]
        response_filing.take_in(story.office, PassReport(), late)
    report = story.passes()
    entries = [one for one in story.office.outbox.entries() if one.number]
    assert {(entry.state, "7 hari" in entry.reason) for entry in entries} == {("ditahan", True)}
    assert (len(entries), story.mail()) == (7, [])
    held = [problem for problem in office_check.check(story.office) if "ditahan" in problem.message]
    assert held == [problem for problem in report.problems if "ditahan" in problem.message]
    assert [problem.message.startswith(f"7 email ditahan: {RECEIVED}, ") for problem in held] == [True]
    assert "dan 2 lagi" in held[0].message
    assert f"payung email lepas {RECEIVED}" in held[0].mend
    outbox.release(story.office.outbox, RECEIVED, story.now)
    story.passes()
    assert story.mail() == [f"{NUMBER}: permohonan diterima"]


def test_a_pass_that_comes_late_holds_nothing(story: Story) -> None:
    with story.office.register.lock(1):
        response_filing.take_in(story.office, PassReport(), [response(1)])
    story.later(days=30)
    story.passes()
    assert story.mail() == [f"{NUMBER}: permohonan diterima"]


def test_a_corrected_address_reaches_what_already_waits(story: Story, server: Server) -> None:
    server.recipients["orang.lain@example.org"] = "451 4.7.1 greylisted"
    story.receives(response(1, email="orang.lain@example.org"))
    assert [entry.state for entry in story.office.outbox.entries()] == ["ditunda"]
    correct(story, email=APPLICANT)
    server.recipients.clear()
    story.later(minutes=6)
    story.passes()
    assert (story.mail(), story.mail("orang.lain@example.org")) == ([f"{NUMBER}: permohonan diterima"], [])


def test_a_corrected_address_reaches_what_a_person_releases(story: Story, server: Server) -> None:
    server.recipients["orang.lain@example.org"] = "451 4.7.1 greylisted"
    story.receives(response(1, email="orang.lain@example.org"))
    outbox.hold(story.office.outbox, RECEIVED, story.now)
    correct(story, email=APPLICANT)
    server.recipients.clear()
    outbox.release(story.office.outbox, RECEIVED, story.now)
    story.passes()
    assert (story.mail(), story.mail("orang.lain@example.org")) == ([f"{NUMBER}: permohonan diterima"], [])


def test_what_a_case_no_longer_calls_for_is_not_sent_and_the_journal_says_so(story: Story, server: Server) -> None:
    story.receives(response(1))
    server.recipients[APPLICANT] = "451 4.7.1 greylisted"
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat tugas"]))
    assert [entry.event for entry in story.office.outbox.entries() if entry.number] == ["perlu_dilengkapi"]
    story.writes(steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
    server.recipients.clear()
    story.later(minutes=6)
    story.passes()
    assert story.mail() == [f"{NUMBER}: permohonan diterima"]
    assert told(story) == [("diterima", "dikirim"), ("perlu_dilengkapi", "usang")]
    assert [entry for entry in story.office.outbox.entries() if entry.number] == []


def test_an_applicant_who_takes_the_address_back_is_sent_nothing(story: Story, server: Server) -> None:
    server.recipients[APPLICANT] = "451 4.7.1 greylisted"
    story.receives(response(1))
    correct(story, email="")
    server.recipients.clear()
    story.later(minutes=6)
    story.passes()
    assert (story.mail(), told(story)) == ([], [("diterima", "usang")])


def answered(story: Story) -> None:
    """The study is written, approved and delivered."""
    story.writes(steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
    story.writes(steps.assign("analis", "kabag", []))
    story.studies()
    story.writes(steps.set_study_ready(done=True))
    story.writes(steps.review("disetujui", "kabag", TODAY))
    story.writes(delivered("180/12/Huk-2026", TODAY, TODAY))


@pytest.fixture
def no_soffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """An office without LibreOffice: the letter itself is the answer."""
    monkeypatch.setenv("PATH", "")


@pytest.mark.usefixtures("no_soffice")
def test_only_the_delivered_file_is_mailed(story: Story, server: Server) -> None:
    server.recipients[APPLICANT] = "451 4.7.1 greylisted"
    story.receives(response(1, cara_jawaban="email"))
    answered(story)
    letter = story.office.register.path(NUMBER) / "keluar" / "pendapat-hukum.docx"
    delivered = letter.read_bytes()
    letter.write_bytes(delivered + b"diubah")
    server.recipients.clear()
    story.later(minutes=6)
    problems = daily_pass.run_pass(story.office).problems
    assert story.attachments() == []
    assert any("berubah atau hilang" in problem.message for problem in problems)
    letter.write_bytes(delivered)
    story.later(minutes=6)
    story.passes()
    assert [content for _, content in story.attachments()] == [delivered]


@pytest.mark.usefixtures("no_soffice")
def test_an_answer_that_waits_survives_the_archive(story: Story, server: Server) -> None:
    server.recipients[APPLICANT] = "451 4.7.1 greylisted"
    story.receives(response(1, cara_jawaban="email"))
    answered(story)
    story.writes(steps.confirm_receipt(TODAY))
    story.writes(steps.archive(TODAY))
    assert story.status() == "diarsipkan"
    server.recipients.clear()
    story.later(minutes=6)
    story.passes()
    assert story.mail() == [f"{NUMBER}: permohonan sudah dijawab"], "that it was received is no news any more"
    assert len(story.attachments()) == 1


def test_the_register_is_free_while_mail_is_sent(story: Story, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    free = []
    hand_over = server.handle_DATA

    async def look(*given: Any) -> str:
        with story.office.register.lock(0.1):
            free.append(True)
        return await hand_over(*given)

    monkeypatch.setattr(server, "handle_DATA", look)
    story.receives(response(1))
    assert free == [True, True], "the applicant's notice, and a digest"
    assert told(story) == [("diterima", "dikirim")]


def test_what_cannot_be_journalled_now_is_journalled_by_the_next_pass(
    story: Story, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daily_pass, "_WAIT", 0.1)
    held = ExitStack()
    hand_over = server.handle_DATA

    async def take(*given: Any) -> str:
        held.enter_context(story.office.register.lock(0.1))
        return await hand_over(*given)

    with story.office.register.lock(1):
        response_filing.take_in(story.office, PassReport(), [response(1)])
    with monkeypatch.context() as patch, held:
        patch.setattr(server, "handle_DATA", take)
        report = daily_pass.run_pass(story.office)
    assert (report.sent, report.failures, told(story)) == (1, [], [])
    story.passes()
    assert (len(story.mail()), told(story)) == (1, [("diterima", "dikirim")])


def test_without_an_address_nothing_is_sent_and_nothing_is_wrong(story: Story) -> None:
    story.receives(response(1, email=""))
    assert story.passes().problems == []
    assert [entry.number for entry in story.office.outbox.entries()] == []


def test_an_address_that_is_none_is_told_without_repeating_it(story: Story) -> None:
    story.receives(response(1, email="orang1 di example"))
    problems = story.passes().problems
    assert any("Alamat email penerima tidak sah" in problem.message for problem in problems)
    assert "orang1 di example" not in "".join(map(str, problems))


def test_a_name_in_what_is_lacking_is_not_mailed(story: Story) -> None:
    story.receives(response(1))
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat tugas Orang Rekaan1"]))
    problems = daily_pass.run_pass(story.office).problems
    assert any("memuat identitas pemohon" in problem.message for problem in problems)
    assert story.mail() == [f"{NUMBER}: permohonan diterima"]
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat tugas"]))
    assert len(story.mail()) == 2


def test_a_thread_a_case(story: Story, server: Server) -> None:
    story.receives(response(1))
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat tugas"]))
    first, second = (message for message in server.messages() if message["To"] == APPLICANT)
    assert second["In-Reply-To"] == first["Message-ID"]
    assert all("Orang" not in str(message) and "persoalan." not in str(message) for message in (first, second))


def test_two_people_never_get_one_message_id_though_register_and_keys_went_back_together(
    tmp_path: Path, server: Server
) -> None:
    (tmp_path / "kantor").mkdir()
    story = Story(tmp_path / "kantor", server)
    shutil.copytree(tmp_path / "kantor", tmp_path / "cadangan")
    for person in (1, 2, 1):
        story.receives(response(person))
        shutil.rmtree(tmp_path / "kantor")
        shutil.copytree(tmp_path / "cadangan", tmp_path / "kantor")
        story.reopens()
    first, second, again = (one for one in server.messages() if str(one["To"]).startswith("orang"))
    assert {str(one["Subject"]) for one in (first, second, again)} == {f"{NUMBER}: permohonan diterima"}
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Message-ID"] == again["Message-ID"], "a mailbox that gets it twice may show it once"


def test_only_the_event_waits_and_the_words_are_written_as_they_go_out(story: Story, server: Server) -> None:
    server.recipients[APPLICANT] = "451 4.7.1 greylisted"
    story.receives(response(1))
    waiting = story.office.outbox.folder / RECEIVED
    assert [path.name for path in waiting.iterdir()] == ["keadaan.json"]
    (waiting / "pesan.age").write_bytes(b"what version 0.1 sealed there, and nobody reads")
    server.recipients.clear()
    story.later(minutes=6)
    story.passes()
    assert (len(story.mail()), told(story)) == (1, [("diterima", "dikirim")])


def test_a_pass_that_is_killed_before_the_journal_knows_tells_nothing_twice(story: Story) -> None:
    with story.office.register.lock(1):
        response_filing.take_in(story.office, PassReport(), [response(1)])
    advance.advance(story.office)
    delivery.send_due(story.office.outbox, story.settings, story.now, partial(notices.compose_now, story.office))
    assert (len(story.mail()), told(story)) == (1, [])
    story.passes()
    assert (len(story.mail()), told(story)) == (1, [("diterima", "dikirim")])


def test_a_case_that_vanished_is_told_and_stops_no_other(story: Story) -> None:
    with story.office.register.lock(1):
        response_filing.take_in(story.office, PassReport(), [response(1), response(2, minute=1)])
    advance.advance(story.office)
    folder = story.office.register.path(NUMBER)
    aside = folder.rename(story.office.register.folder / "disembunyikan")
    report = daily_pass.run_pass(story.office)
    told = [(problem.place, RECEIVED in problem.message) for problem in report.problems]
    assert told == [(NUMBER, False), ("payung email", True)]
    assert story.mail("orang2@example.org") == ["BH-2026-0002: permohonan diterima"]
    aside.rename(folder)
    story.later(minutes=6)
    story.passes()
    assert story.mail() == [f"{NUMBER}: permohonan diterima"]


@pytest.mark.parametrize("name", ["pengingat_petugas", "diterima"])
def test_a_broken_template_is_told_once_and_breaks_no_case(tmp_path: Path, server: Server, name: str) -> None:
    (tmp_path / "sumber").mkdir()
    story = Story(tmp_path, server, root=sources(tmp_path / "sumber"))
    template = story.settings.opinions / "pemberitahuan" / f"{name}.txt"
    sound = template.read_text("utf-8")
    template.write_text("Perihal: {{ salah }}\n\nx", "utf-8")
    story.receives(response(1), response(2, minute=1))
    story.later(hours=1)
    for _ in range(2):
        assert [problem.place for problem in daily_pass.run_pass(story.office).problems] == [str(template)]
        assert [(row.status, row.wrong) for row in overview.rows(story.office)] == [("diajukan", 0)] * 2
    template.write_text(sound, "utf-8")
    story.passes()
    assert sum(subject.startswith("Pengingat") for subject in story.mail("pengelola@example.org")) == 1
    assert len(story.mail()) == 1


def test_a_broken_template_stops_only_its_notice(tmp_path: Path, server: Server) -> None:
    (tmp_path / "sumber").mkdir()
    story = Story(tmp_path, server, root=sources(tmp_path / "sumber"))
    (story.settings.opinions / "pemberitahuan" / "ringkasan_petugas.txt").write_text(
        "Perihal: {{ salah }}\n\nx", "utf-8"
    )
    story.receives(response(1))
    story.later(days=1)
    problems = daily_pass.run_pass(story.office).problems
    assert any("ringkasan_petugas" in problem.place for problem in problems)
    assert len(story.mail()) == 1
    assert delivery.send_due(story.office.outbox, story.settings, story.now + timedelta(hours=1)).failures == ()


def test_again_needs_a_message_that_is_there(story: Story) -> None:
    with pytest.raises(PayungError, match="payung email"):
        outbox.send_again(story.office.outbox, "BH-2026-0009.diterima", story.now)


def test_an_address_that_more_than_three_give_in_a_day_waits_for_a_person(story: Story) -> None:
    """A stranger's address must not be flooded by whoever types it into the form."""
    story.receives(*(response(n, minute=n, email="orang.lain@example.org", uraian=f"Hal {n}.") for n in range(1, 4)))
    assert len(story.mail("orang.lain@example.org")) == 3
    story.receives(response(4, minute=4, email="orang.lain@example.org", uraian="Hal 4."))
    (entry,) = [one for one in story.office.outbox.entries() if one.number]
    assert (entry.state, "dalam 24 jam" in entry.reason) == ("ditahan", True)
    assert len(story.mail("orang.lain@example.org")) == 3
    story.later(days=2)
    story.receives(response(5, minute=2 * 24 * 60, email="orang.lain@example.org", uraian="Hal 5."))
    assert len(story.mail("orang.lain@example.org")) == 4, "the next days are counted anew"


def test_a_short_name_in_a_reason_stays_out_of_the_mail(story: Story) -> None:
    story.receives(response(1, nama="Sri Ayu", cara_jawaban="email"))
    rejected = steps.verify(
        "ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Perkara Sri Ayu di pengadilan."
    )
    story.writes(rejected)
    story.writes(delivered("180/1", TODAY, TODAY))
    problems = story.passes().problems
    assert any("memuat identitas pemohon" in problem.message for problem in problems)
    assert story.mail() == [f"{NUMBER}: permohonan diterima"]


def test_a_request_for_more_that_changes_before_it_is_sent_is_sent_once(story: Story) -> None:
    story.receives(response(1))
    office = story.office
    steps.apply(office, NUMBER, steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["SK pertama"]))
    advance.advance(office)
    steps.apply(office, NUMBER, steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["SK kedua"]))
    delivery.send_due(office.outbox, story.settings, story.now, partial(notices.compose_now, office))
    story.passes()
    asked = [text for text in story.texts() if "SK " in text]
    assert (len(asked), "SK kedua" in asked[-1], "SK pertama" in asked[-1]) == (1, True, False)


def calendars(server: Server) -> list[tuple[Any, ...]]:
    """What stands in the calendar files that were sent: method, the line of the place, title."""
    found = []
    for content in server.received:
        for part in message_from_bytes(content, policy=SMTP).iter_attachments():
            lines = part.get_content().split("\r\n")
            place = next((line for line in lines if line.startswith("LOCATION")), "")
            found.append((part.get_param("method"), place, next(line for line in lines if line.startswith("SUMMARY"))))
    return found


def test_an_appointment_comes_as_a_calendar_file_without_topic_once_and_again_when_it_is_off(
    story: Story, server: Server
) -> None:
    begins = (story.now + timedelta(days=2)).astimezone(story.settings.layanan.zone).replace(second=0, tzinfo=None)
    story.receives(response(1, cara_jawaban="email"))
    story.writes(case_notes.appoint(begins, "video", "Ruang 3, lantai dua"))
    for _ in range(2):
        story.passes()
    assert told(story) == [("diterima", "dikirim"), (f"jadwal-{begins:%Y%m%d-%H%M}", "dikirim")]
    title = f"SUMMARY:Janji temu {NUMBER} (lewat video)"
    assert calendars(server) == [("PUBLISH", "LOCATION:Ruang 3\\, lantai dua", title)]
    case = story.office.register.read(NUMBER).case
    assert case is not None
    story.writes(case_notes.end_appointment(case, "batal"))
    for _ in range(2):
        story.passes()
    assert calendars(server)[1:] == [("CANCEL", "", title)]


def test_an_appointment_that_is_over_or_ended_before_anybody_was_told_is_no_news(story: Story, server: Server) -> None:
    zone = story.settings.layanan.zone
    soon, later = (
        (story.now + timedelta(days=days)).astimezone(zone).replace(second=0, tzinfo=None) for days in (1, 3)
    )
    story.receives(response(1))
    for one in (soon, later):
        steps.apply(story.office, NUMBER, case_notes.appoint(one, "telepon"))
    case = story.office.register.read(NUMBER).case
    assert case is not None
    steps.apply(story.office, NUMBER, case_notes.end_appointment(case, "batal", later))
    story.later(days=2)
    story.passes()
    assert calendars(server) == []


def test_the_place_of_an_appointment_is_read_with_the_code_where_there_is_one(story: Story, server: Server) -> None:
    keys = applicant_keys()
    begins = (story.now + timedelta(days=2)).astimezone(story.settings.layanan.zone).replace(second=0, tzinfo=None)
    story.receives(response(1, cara_jawaban="kode", kode_lacak=keys.locator, kunci_balasan=keys.recipient))
    story.writes(case_notes.appoint(begins, "video", "https://rapat.example.go.id/rahasia"))
    story.passes()
    assert [place for _, place, _ in calendars(server)] == [""]
    assert not [content for content in server.received if b"rapat.example" in content]


def test_nobody_is_sent_to_a_page_that_their_broken_code_does_not_open(story: Story, server: Server) -> None:
    keys, place = applicant_keys(), "Ruang rapat lantai dua"
    begins = (story.now + timedelta(days=2)).astimezone(story.settings.layanan.zone).replace(second=0, tzinfo=None)
    story.receives(response(1, cara_jawaban="kode", kode_lacak=keys.locator, kunci_balasan=keys.recipient[:-1]))
    story.writes(case_notes.appoint(begins, "tatap_muka", place))
    story.writes(steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Sudah di pengadilan."))
    story.writes(delivered("180/1/Huk-2026", TODAY, TODAY))
    received, meeting, rejected = story.texts()
    assert [text for text in (received, meeting, rejected) if "lacak" in text or "dengan kode" in text] == []
    assert (place in meeting, "di loket kami" in rejected) == (True, True)
