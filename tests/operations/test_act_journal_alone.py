"""What the journal has still to say of a case, by whom and when: each rule on parts and events, without a pass."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processor.cases import case_status, decision_digests, staff_edits
from processor.cases.deadlines import TIMED_BY
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.foundation import yaml_editor
from processor.foundation.errors import Problem
from processor.foundation.yaml_reader import Document
from processor.operations import act_journal, steps
from processor.operations.act_journal import NOBODY, Act, Person
from processor.operations.office import Office, open_office
from tests.cases import test_case_status as cases
from tests.office import START, agency, file, register, response

NUMBER = "BH-2026-0001"
SEEN, WRITTEN, NOW, LATER = (START + timedelta(hours=hours) for hours in (1, 2, 3, 4))
BY_COMMAND = act_journal.by_command(Person("ani", "budi"), WRITTEN)
BY_HAND = Act("dewi", WRITTEN, "berkas")
SHA = hashlib.sha256(b"teks").hexdigest()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    register(tmp_path)
    return open_office(agency(tmp_path), lambda: NOW)


def not_asked() -> Act:
    raise AssertionError


def filed(office: Office, *events: Event, known: cases.Parts | None = None, **parts: Any) -> Filed:
    """A case of these ``parts``, whose journal begins with the ``known`` ones."""
    told = staff_edits.fingerprints(cases.case(**(known or {})), office.register.fingerprint)
    begin = Event("didaftar", START, "pemohon", staff_edits.initial_record(told))
    document = Document(office.register.folder / NUMBER / "permohonan.yaml", {}, {}, "teks")
    return Filed(NUMBER, document.path.parent, document, cases.case(**parts), (begin, *events), ())


def fresh(office: Office, one: Filed, act: Callable[[], Act] = not_asked) -> tuple[Event, ...]:
    assert one.case
    seen = case_status.derive(one.case, one.document, one.events, cases.STAFF)
    return act_journal.fresh_events(office, one, seen, NOW, act)


def status(before: str, after: str, parts: cases.Parts, **data: str) -> dict[str, object]:
    """What is told of a change of status."""
    return {"dari": before, "menjadi": after, "sha256": SHA, **decision_digests.digests(cases.case(**parts)), **data}


def test_of_a_case_that_nobody_touched_there_is_nothing_to_tell(office: Office) -> None:
    assert fresh(office, filed(office)) == ()
    told = Event("status", SEEN, "ani", status("diajukan", "diteruskan", cases.FORWARD))
    assert fresh(office, filed(office, told, known=cases.FORWARD, **cases.FORWARD)) == ()


def test_a_step_is_told_as_an_edit_and_the_status_that_it_brought(office: Office) -> None:
    edit, moved = fresh(office, filed(office, **cases.FORWARD), lambda: BY_COMMAND)
    assert (edit.kind, edit.time, edit.actor) == ("disunting", WRITTEN, "ani")
    assert (edit.data["bagian"], edit.data["sha256"]) == (["verifikasi.keputusan", "verifikasi.oleh"], SHA)
    assert (edit.data[TIMED_BY], edit.data["akun"]) == ("perintah", "budi")
    data = status("diajukan", "diteruskan", cases.FORWARD, waktu_dari="perintah", akun="budi")
    assert (moved.kind, moved.time, moved.actor, moved.data) == ("status", WRITTEN, "ani", data)


@pytest.mark.parametrize(("act", "who"), [(BY_COMMAND, "ani"), (BY_HAND, "petugas")])
def test_a_status_that_names_nobody_in_the_file_is_of_who_ran_the_command(office: Office, act: Act, who: str) -> None:
    told = Event("status", SEEN, "ani", status("diajukan", "diteruskan", cases.FORWARD))
    edit, moved = fresh(office, filed(office, told, known=cases.FORWARD, **cases.ASSIGNED), lambda: act)
    assert (edit.actor, moved.actor, moved.data["dari"], moved.data["menjadi"]) == (
        act.who, who, "diteruskan", "disusun",
    )  # fmt: skip


def test_the_officer_whom_the_file_names_brought_the_status_only_where_those_words_are_new(office: Office) -> None:
    told = Event("status", SEEN, "ani", status("diajukan", "diteruskan", cases.FORWARD))
    *_, moved = fresh(office, filed(office, told, known=cases.ASSIGNED, **cases.READY), lambda: BY_HAND)
    assert (moved.data["menjadi"], moved.actor) == ("diperiksa", "bima")
    *_, moved = fresh(
        office,
        filed(office, told, known=cases.READY, **cases.but(cases.READY, arsip__klasifikasi="x")),
        lambda: BY_HAND,
    )
    assert (moved.data["menjadi"], moved.actor) == ("diperiksa", "petugas")


COMPLETED = Event("dilengkapi", WRITTEN, "pemohon", {"berkas": "perubahan-1.yaml"})
LACKING = Event("status", SEEN, "ani", status("diajukan", "menunggu_kelengkapan", cases.LACKING))
NOTED = Event("catatan", NOW - timedelta(minutes=1), "petugas")


@pytest.mark.parametrize(
    ("events", "time"), [((COMPLETED,), WRITTEN), ((COMPLETED, NOTED), NOW), ((NOTED, COMPLETED), WRITTEN)]
)
def test_what_the_applicant_completed_brings_a_status_at_once_and_is_the_applicants(
    office: Office, events: tuple[Event, ...], time: datetime
) -> None:
    (moved,) = fresh(office, filed(office, LACKING, *events, known=cases.LACKING, **cases.LACKING))
    assert (moved.kind, moved.time, moved.actor, TIMED_BY in moved.data) == ("status", time, "pemohon", False)
    assert moved.data["dari"] == "menunggu_kelengkapan"


def sent(kind: str, notice: str) -> Event:
    return Event(kind, WRITTEN, "payung", {"jenis": notice, "keadaan": "dikirim"})


BY_MAIL = {**cases.DELIVERED, "balasan": {"cara": "email"}}
ANSWERED = Event("status", SEEN, "citra", status("disetujui", "disampaikan", BY_MAIL))
REFUSED = Event("status", SEEN, "citra", {"menjadi": "diteruskan"})


@pytest.mark.parametrize(
    ("told", "events", "parts", "after", "time"),
    [
        (ANSWERED, (sent("email", "dijawab"),), BY_MAIL, "selesai", WRITTEN),
        (ANSWERED, (sent("email", "dijawab"), sent("email", "lain")), BY_MAIL, "selesai", NOW),
        (ANSWERED, (sent("email", "dijawab"), sent("surat", "ditolak")), BY_MAIL, "selesai", NOW),
        (REFUSED, (), cases.ASSIGNED, "disusun", NOW),
    ],
)
def test_what_stands_in_no_file_brings_a_status_when_it_happens_or_is_seen(
    office: Office, told: Event, events: tuple[Event, ...], parts: cases.Parts, after: str, time: datetime
) -> None:
    (moved,) = fresh(office, filed(office, cases.ANSWERED, told, *events, known=parts, **parts))
    assert (moved.data["menjadi"], moved.time, moved.actor) == (after, time, "petugas")


def test_a_status_that_the_journal_never_told_is_told_as_the_first(office: Office) -> None:
    (moved,) = fresh(office, filed(office, known=cases.FORWARD, **cases.FORWARD))
    assert (moved.data["dari"], moved.data["menjadi"], moved.time) == ("diajukan", "diteruskan", NOW)


def test_of_several_that_were_told_the_last_status_counts(office: Office) -> None:
    first = Event("status", SEEN, "ani", status("diajukan", "diteruskan", cases.ASSIGNED))
    second = Event("status", WRITTEN, "ani", status("diteruskan", "disusun", cases.ASSIGNED))
    assert fresh(office, filed(office, first, second, known=cases.ASSIGNED, **cases.ASSIGNED)) == ()


def test_a_status_whose_line_a_crash_lost_is_of_who_decided_whatever_was_noted_since(office: Office) -> None:
    edit = Event("disunting", SEEN, "petugas", {"bagian": ["verifikasi.keputusan"]})
    (moved,) = fresh(office, filed(office, edit, NOTED, known=cases.FORWARD, **cases.FORWARD))
    assert (moved.data["menjadi"], moved.actor) == ("diteruskan", "ani")


@pytest.mark.parametrize(
    ("confirming", "parts", "said"),
    [
        ("ya", cases.APPROVED, None),
        ("tidak", cases.APPROVED, "tidak"),
        ("tidak", cases.READY, None),
    ],
)
def test_the_journal_says_where_nobody_has_to_confirm_a_decision(
    tmp_path: Path, confirming: str, parts: cases.Parts, said: str | None
) -> None:
    register(tmp_path)
    made = open_office(agency(tmp_path, meja={"peneguhan": confirming}), lambda: NOW)
    *_, moved = fresh(made, filed(made, known=parts, **parts))
    assert moved.data.get("peneguhan") == said


def test_a_decision_that_is_written_again_is_told_again_although_the_status_stays(office: Office) -> None:
    again = cases.but(cases.LACKING, verifikasi__kekurangan=["SK", "Surat tugas"])
    edit, moved = fresh(office, filed(office, LACKING, known=cases.LACKING, **again), lambda: BY_HAND)
    assert edit.data["bagian"] == ["verifikasi.kekurangan"]
    data = status("menunggu_kelengkapan", "menunggu_kelengkapan", again, waktu_dari="berkas")
    assert (moved.data, moved.actor) == (data, "ani")
    beside = cases.but(cases.LACKING, arsip__klasifikasi="x")
    (edit,) = fresh(office, filed(office, LACKING, known=cases.LACKING, **beside), lambda: BY_HAND)
    assert (edit.kind, edit.actor) == ("disunting", "dewi")


@pytest.mark.parametrize(
    ("person", "who", "data"),
    [
        (NOBODY, "petugas", {TIMED_BY: "perintah"}),
        (Person(account="budi"), "budi", {TIMED_BY: "perintah", "akun": "budi"}),
        (Person("ani", "budi"), "ani", {TIMED_BY: "perintah", "akun": "budi"}),
        (Person("ani"), "ani", {TIMED_BY: "perintah"}),
    ],
)
def test_a_command_is_of_the_named_officer_else_of_the_account(person: Person, who: str, data: dict[str, str]) -> None:
    act = act_journal.by_command(person, NOW)
    assert (act.who, act.time, act.data) == (who, NOW, data)
    assert Act("ani", NOW, "berkas").account == ""


AT = [START + timedelta(minutes=minutes) for minutes in range(60)]


@pytest.mark.parametrize(
    ("state", "kind", "seen"),
    [
        ({}, "catatan", AT[1]),
        ({"selesai": AT[9]}, "catatan", AT[9]),
        ({"mulai": AT[7], "selesai": AT[9]}, "catatan", AT[7]),
        ({"mulai": AT[7]}, "disunting", AT[8]),
        ({"mulai": AT[7]}, "status", AT[8]),
        ({"mulai": AT[7]}, "didaftar", AT[8]),
        ({"mulai": AT[7]}, "surat", AT[7]),
        ({"selesai": AT[9]}, "status", AT[9]),
    ],
)
def test_a_hand_edit_is_no_older_than_the_last_look_or_what_was_written_after_it(
    office: Office, state: dict[str, datetime], kind: str, seen: datetime
) -> None:
    office.register.save_state("putaran", {key: moment.isoformat() for key, moment in state.items()})
    one = filed(office, Event(kind, AT[8], "ani"))
    one = replace(one, events=(replace(one.events[0], time=AT[1]), *one.events[1:]))
    one.folder.mkdir()
    one.document.path.touch()
    for saved, found in (
        (START, (seen, "putaran_sebelumnya")),
        (AT[20], (AT[20], "berkas")),
        (LATER, (NOW, "putaran_ini")),
    ):
        os.utime(one.document.path, (saved.timestamp(),) * 2)
        act = act_journal.by_hand(office, one, NOW)
        assert (act.who, act.time, act.timed_by, act.account) == ("petugas", *found, "")
    os.utime(one.document.path, (0, 0))
    office.register.save_state("putaran", {})
    assert act_journal.by_hand(office, replace(one, events=()), NOW).timed_by == "berkas"


def test_what_is_noted_stands_in_the_journal_once_and_not_of_a_file_with_mistakes(office: Office) -> None:
    file(office.register, response(1))
    path = office.register.path(NUMBER) / "permohonan.yaml"
    step = steps.verify("diteruskan", "pengelola", NOW.date(), topik="pengadaan")
    yaml_editor.write(path, path.read_text("utf-8"), step)
    before = office.register.read(NUMBER)
    wrong = replace(before, problems=(Problem("x", None, "Salah.", "Betulkan."),))
    assert act_journal.note(office, wrong, not_asked) is wrong
    unusable = replace(before, case=None)
    assert act_journal.note(office, unusable, not_asked) is unusable
    assert office.register.read(NUMBER).events == before.events
    after = act_journal.note(office, before, lambda: BY_COMMAND)
    assert [event.kind for event in after.events[len(before.events) :]] == ["disunting", "status"]
    assert office.register.read(NUMBER).events == after.events
    assert act_journal.note(office, after, not_asked).events == after.events
