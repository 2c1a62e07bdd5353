"""Each event is told once, to the right person, and never where it could expose or astonish somebody."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from processor import advance, dispatch, identity, notify, outbox, pipeline, steps
from processor.errors import PayungError
from tests.office import FORM, response, sources
from tests.smtp_server import DROP, Server, running
from tests.story import APPLICANT, NUMBER, Story

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
    with story.office.register.lock(1):
        identity.correct(
            story.office.register, FORM, NUMBER, {"email": "baru@example.org"}, "ani", "salah ketik", story.now
        )
    notify.again(story.office, RECEIVED)
    assert story.passes().problems == []
    assert (story.mail("baru@example.org"), told(story)) == (
        [f"{NUMBER}: permohonan diterima"],
        [("diterima", "dikirim")],
    )


def test_an_uncertain_message_waits_for_a_person_who_may_give_it_up(story: Story, server: Server) -> None:
    server.contents.append(DROP)
    story.receives(response(1))
    assert [entry.state for entry in story.office.outbox.entries()] == ["tidak_pasti"]
    story.later(days=1)
    story.passes()
    assert len(story.mail()) == 1, "it may have arrived: it is not sent again by itself"
    outbox.cancel(story.office.outbox, RECEIVED, story.now)
    assert story.passes().problems == []
    assert told(story) == [("diterima", "dibatalkan")]
    story.passes()
    assert story.office.outbox.entries() == ()


def test_what_happened_long_ago_waits_for_a_person(story: Story) -> None:
    story.later(days=30)
    story.receives(response(1))
    [entry] = [one for one in story.office.outbox.entries() if one.number]
    assert (entry.state, "7 hari" in entry.reason, story.mail()) == ("ditahan", True, [])
    outbox.release(story.office.outbox, RECEIVED, story.now)
    story.passes()
    assert story.mail() == [f"{NUMBER}: permohonan diterima"]


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
    problems = pipeline.run(story.office).problems
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


def test_a_pass_that_is_killed_before_the_journal_knows_tells_nothing_twice(story: Story) -> None:
    with story.office.register.lock(1):
        pipeline.take_in(story.office, pipeline.Report(), [response(1)])
    advance.advance(story.office)
    dispatch.send_due(story.office.outbox, story.settings, story.now)
    assert (len(story.mail()), told(story)) == (1, [])
    story.passes()
    assert (len(story.mail()), told(story)) == (1, [("diterima", "dikirim")])


def test_a_case_that_vanished_is_told_and_stops_no_other(story: Story) -> None:
    with story.office.register.lock(1):
        pipeline.take_in(story.office, pipeline.Report(), [response(1), response(2, minute=1)])
    advance.advance(story.office)
    folder = story.office.register.path(NUMBER)
    folder.rename(story.office.register.folder / "disembunyikan")
    report = pipeline.run(story.office)
    assert [problem.place for problem in report.problems] == [f"email {RECEIVED}"]
    assert story.mail("orang2@example.org") == ["BH-2026-0002: permohonan diterima"]


def test_a_broken_template_stops_only_its_notice(tmp_path: Path, server: Server) -> None:
    (tmp_path / "sumber").mkdir()
    story = Story(tmp_path, server, root=sources(tmp_path / "sumber"))
    (story.settings.opinions / "pemberitahuan" / "ringkasan_petugas.txt").write_text(
        "Perihal: {{ salah }}\n\nx", "utf-8"
    )
    story.receives(response(1))
    story.later(days=1)
    problems = pipeline.run(story.office).problems
    assert any("ringkasan_petugas" in problem.place for problem in problems)
    assert len(story.mail()) == 1
    assert dispatch.send_due(story.office.outbox, story.settings, story.now + timedelta(hours=1)).failures == ()


def test_again_needs_a_message_that_is_there(story: Story) -> None:
    with pytest.raises(PayungError, match="payung surat"):
        notify.again(story.office, "BH-2026-0009.diterima")
