"""Passes and complaints: status, reminders and notices, each once and never to who is complained about."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from processor.cases import complaint_register, reminders
from processor.foundation.errors import BrokenFiles
from processor.operations import daily_pass, notices, officer_mail
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
from tests.smtp_server import running
from tests.story import Story

ABOUT_HEAD = replace(HEAD, about=("kabag",))


def told(story: Story, kind: str) -> list[dict[str, object]]:
    events = complaint_register.read(story.office.register, NUMBER).events
    return [dict(event.data) for event in events if event.kind == kind]


def waiting(story: Story) -> list[str]:
    return sorted(entry.name for entry in story.office.outbox.entries() if entry.number == NUMBER)


def reminded(story: Story) -> list[tuple[str, str]]:
    """List and step of every line that waits for an officer, as often as it waits."""
    entries = story.office.outbox.entries()
    return sorted((item[0], item[2]) for one in entries if one.kind == "pengingat_petugas" for item in one.items)


def test_the_journal_learns_each_status_once_by_command_or_by_hand(tmp_path: Path) -> None:
    story = Story(tmp_path)
    complaint_intake.take(story.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    complaint_acts.forward(story.office, NUMBER, INTAKE, "")
    story.passes()
    path = complaint_register.path(story.office.register, NUMBER) / "pengaduan.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("rencana:\n  tanggal:\n  oleh:", "rencana:\n  tanggal: 2026-03-02\n  oleh: kabag"), "utf-8"
    )
    story.passes()
    assert [one["menjadi"] for one in told(story, "status")] == ["diteruskan", "ditindaklanjuti"]


def test_that_it_was_received_is_told_once(tmp_path: Path) -> None:
    story = Story(tmp_path)
    complaint_intake.take(story.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    for _ in range(2):
        story.passes()
        assert waiting(story) == [f"{NUMBER}.pengaduan_diterima"]


def test_who_gave_no_address_is_told_nothing(tmp_path: Path) -> None:
    story = Story(tmp_path)
    complaint_intake.take(story.office, INTAKE, ComplaintHead("surat"), typed("", "", "", "", WORDS))
    assert not story.passes().problems
    assert waiting(story) == []


def test_a_last_day_is_told_to_whose_turn_it_is_and_then_to_the_heads(tmp_path: Path) -> None:
    story = Story(tmp_path)
    complaint_intake.take(story.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    seen = []
    for moment in ("2026-03-04 09:00", "2026-03-05 09:00", "2026-03-05 16:00", "2026-03-06 07:00", "2026-03-06 09:00"):
        story.at(moment)
        daily_pass.run_pass(story.office)
        seen.append([(one["tingkat"], one["kepada"]) for one in told(story, reminders.KIND)])
    first, second, third = ("menjelang", ["pengelola"]), ("jatuh_tempo", ["pengelola"]), ("terlambat", ["kabag"])
    assert seen == [[], [first], [first, second], [first, second], [first, second, third]]


def test_a_head_who_is_complained_about_gets_no_message(tmp_path: Path) -> None:
    story = Story(tmp_path)
    complaint_intake.take(story.office, INTAKE, ABOUT_HEAD, typed(*PERSON, WORDS))
    for moment in ("2026-03-05 09:00", "2026-03-06 09:00", "2026-03-09 09:00"):
        story.at(moment)
        daily_pass.run_pass(story.office)
    entries = [one for one in story.office.outbox.entries() if any(item[1] == NUMBER for item in one.items)]
    assert entries
    assert not [one for one in entries if one.event.endswith(officer_mail._tag("kabag"))]
    assert [one for one in entries if one.event.endswith(officer_mail._tag("pengelola"))]


def test_a_reminder_of_a_step_that_was_taken_meanwhile_is_dropped(tmp_path: Path) -> None:
    story = Story(tmp_path)
    complaint_intake.take(story.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    story.at("2026-03-05 09:00")
    daily_pass.run_pass(story.office)
    assert reminded(story) == [("menjelang", "penerusan pengaduan")]
    complaint_acts.forward(story.office, NUMBER, INTAKE, "")
    daily_pass.run_pass(story.office)
    assert reminded(story) == []


def test_a_mistake_is_told_by_every_pass_until_it_is_mended(tmp_path: Path) -> None:
    story = Story(tmp_path)
    complaint_intake.take(story.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    path = complaint_register.path(story.office.register, NUMBER) / "pengaduan.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("- analis", "- anlis"), "utf-8")
    for _ in range(2):
        assert [one.line for one in story.passes().problems if "anlis" in one.message] == [12]
    path.write_text(text, "utf-8")
    assert not [one for one in story.passes().problems if "pengaduan" in one.place]


def test_a_pass_after_a_pass_reads_no_complaint(tmp_path: Path) -> None:
    story = Story(tmp_path)
    complaint_intake.take(story.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    story.passes()
    path = complaint_register.path(story.office.register, NUMBER) / "pengaduan.yaml"
    before = path.stat()
    path.write_bytes(b"[" * before.st_size)  # whoever reads it would tell
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not [one for one in story.passes().problems if one.place == str(path)]
    path.touch()
    assert [one for one in story.passes().problems if one.place == str(path)]


def test_an_answer_goes_out_with_its_letter_and_never_says_what_it_is_about(tmp_path: Path) -> None:
    with running() as server:
        story = Story(tmp_path, server)
        complaint_intake.take(story.office, INTAKE, HEAD, typed(*PERSON, WORDS))
        story.passes()
        answered(story)
        complaint_acts.give_number(story.office, NUMBER, INTAKE, "180/7/Huk-2026", date(2026, 3, 2))
        complaint_acts.deliver(story.office, NUMBER, INTAKE)
        story.passes()
    sent = [one for one in server.messages() if one["To"] == PERSON[2]]
    assert [[part.get_filename() for part in one.iter_attachments()] for one in sent] == [[], [f"{NUMBER}-1.docx"]]
    assert sent[1]["In-Reply-To"] == sent[0]["Message-ID"]
    words = [part.get_content() for one in sent for part in one.walk() if part.get_content_maintype() == "text"]
    said = " ".join((*words, *(str(one["Subject"]) for one in sent)))
    assert not [one for one in (*SECRETS, "pengaduan", "diadukan") if one in said.replace(NUMBER, "").casefold()]
    assert [(one["jenis"], one["keadaan"]) for one in told(story, "email")] == [
        ("pengaduan_diterima", "dikirim"), ("pengaduan_dijawab", "dikirim"),
    ]  # fmt: skip
    assert waiting(story) == []


def test_a_letter_that_changed_after_it_was_delivered_is_not_sent(tmp_path: Path) -> None:
    story = Story(tmp_path)
    complaint_intake.take(story.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    answered(story)
    name = complaint_acts.give_number(story.office, NUMBER, INTAKE, "180/7/Huk-2026", date(2026, 3, 2))
    complaint_acts.deliver(story.office, NUMBER, INTAKE)
    daily_pass.run_pass(story.office)
    letter = complaint_register.path(story.office.register, NUMBER) / "keluar" / name
    letter.write_bytes(letter.read_bytes() + b" ")
    [entry] = [one for one in story.office.outbox.entries() if one.number == NUMBER]
    with pytest.raises(BrokenFiles, match="tidak ada lagi, atau berubah"):
        notices.compose_now(story.office, entry)
