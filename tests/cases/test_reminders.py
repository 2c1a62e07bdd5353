"""Never the same reminder twice, never one missed: over a year of days on which the processor is often not running."""

import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from functools import partial
from pathlib import Path

import pytest

from processor.cases import deadlines, reminders
from processor.cases.case_file import CaseFile
from processor.cases.case_status import STAGES, Derived, Status
from processor.cases.deadlines import Due
from processor.cases.records import Event
from processor.foundation.settings import load
from processor.foundation.working_time import Calendar
from processor.mail.composer import NoticeLine
from processor.operations import advance, daily_pass, officer_mail, overview, steps
from processor.operations.office import open_office
from tests.effort import LONG, STRIDE
from tests.killing import done_until_killed
from tests.office import ROOT, forget_register, response
from tests.smtp_server import running
from tests.story import NUMBER, OFFICERS, Story

SERVICE = load(ROOT / "payung.yaml").layanan
NEXT: dict[Status, tuple[Status, ...]] = {
    "diajukan": ("diteruskan", "menunggu_kelengkapan"),
    "menunggu_kelengkapan": ("diajukan",),
    "diteruskan": ("disusun",),
    "disusun": ("diperiksa",),
    "diperiksa": ("disetujui", "dikembalikan"),
    "dikembalikan": ("diperiksa",),
    "disetujui": ("disampaikan",),
}


def passes(chance: random.Random) -> Iterator[datetime]:
    """Every few minutes for a year, but for the hours and days on which nothing runs."""
    moment = datetime(2026, 1, 2, 7, 50, tzinfo=SERVICE.zone)
    end = moment + timedelta(days=365)
    while moment < end:
        yield moment
        down = chance.random() < 0.004
        moment += timedelta(hours=chance.uniform(2, 150)) if down else timedelta(minutes=chance.uniform(5, 25))


class Case:
    """A case whose officers act when they like; ``rings`` are the reminders given, with the pass that gave them."""

    def __init__(self, filed: datetime, chance: random.Random) -> None:
        given = {"nomor_registrasi": NUMBER, "diterima": filed, "sumber": "ekspor"}
        self.file = CaseFile.model_validate(given)
        self.chance = chance
        self.status: Status = "diajukan"
        self.events: list[Event] = []
        self.acts_at = self.soon(filed)
        self.wake: datetime | None = filed
        self.dues: dict[int, Due | None] = {}
        self.expected: Counter[tuple[str, ...]] = Counter()

    def soon(self, moment: datetime) -> datetime:
        return moment + timedelta(hours=self.chance.choice([0.1, 2, 20, 60, 130]))

    def due(self) -> Due | None:
        """The deadlines that run; they change with the status alone."""
        moves = sum(event.kind == "status" for event in self.events)
        if moves not in self.dues:
            self.dues[moves] = deadlines.running(self.file, self.status, self.events, Calendar(), SERVICE)
        return self.dues[moves]

    def visit(self, now: datetime) -> None:
        """A pass: staff may have acted since; then, if it is time or something changed, reminders are given."""
        changed = now >= self.acts_at and self.status in NEXT
        if changed:
            before, self.status = self.status, self.chance.choice(NEXT[self.status])
            self.events.append(Event("status", now, "x", {"dari": before, "menjadi": self.status}))
            self.acts_at = self.soon(now)
        due = self.due()
        self.expect(due, now)
        if changed or (self.wake and self.wake <= now):
            look = Derived(self.status, "x", ("holder",), ("head",), (), ())
            for reminder in reminders.owed_now(due, look, self.events, now):
                self.events.append(Event(reminders.KIND, now, "payung", reminder.data))
            self.wake = reminders.next_alarm(due, self.events, now)

    def expect(self, due: Due | None, now: datetime) -> None:
        """By a simple model: what is past at a pass is told once; that something comes near, only before it is past."""
        late = {alarm.step: alarm.at for alarm in (due.alarms if due else ()) if alarm.level == "jatuh_tempo"}
        for alarm in due.alarms if due else ():
            if alarm.at <= now and (alarm.level != "menjelang" or now < late[alarm.step]):
                self.expected[alarm.step, alarm.level, alarm.begun.isoformat(), alarm.due.isoformat()] = 1

    def given(self) -> Counter[tuple[str, ...]]:
        data = (event.data for event in self.events if event.kind == reminders.KIND)
        return Counter(tuple(one[key] for key in ("tahap", "tingkat", "mulai", "tenggat")) for one in data)


@pytest.mark.parametrize("seed", range(20 if LONG else 1))
def test_a_year_with_downtimes(seed: int) -> None:
    chance = random.Random(seed)
    moments = list(passes(chance))
    cases: list[Case] = []
    for moment in moments:
        if chance.random() < 0.01:
            cases.append(Case(moment, chance))
        for case in cases:
            case.visit(moment)
        finished = [case for case in cases if case.status == "disampaikan"]
        for case in finished:
            assert case.given() == case.expected
        cases = [case for case in cases if case not in finished]
    assert all(case.given() == case.expected for case in cases)


def test_every_status_with_a_limit_can_ring() -> None:
    with_limit = {status for status, stage in STAGES.items() if stage.step}
    assert with_limit - {"ditolak", "keberatan", "keberatan_ditolak"} == set(NEXT) - {"menunggu_kelengkapan"}


def test_officers_are_told_by_mail_once_each_and_then_the_head(tmp_path: Path) -> None:
    with running() as server:
        story = Story(tmp_path, server)
        story.receives(response(1))
        for minutes in (20, 5, 10, 30, 60, 5):  # 30 minutes are over at 08.30, an hour more at 09.30
            story.later(minutes=minutes)
            story.passes()
            story.passes()
        assert story.mail("pengelola@example.org").count("Pengingat: 1 hal") == 2
        assert story.mail("kabag@example.org").count("Pengingat: 1 hal") == 1
        assert story.mail("analis@example.org") == []
        events = [e.data for e in story.office.register.read(NUMBER).events if e.kind == reminders.KIND]
        assert [(e["tahap"], e["tingkat"], e["kepada"]) for e in events] == [
            ("verifikasi", "menjelang", ["pengelola"]),
            ("verifikasi", "jatuh_tempo", ["pengelola"]),
            ("verifikasi", "terlambat", ["kabag"]),
        ]


def test_after_days_without_a_pass_only_what_still_tells_something_is_said(tmp_path: Path) -> None:
    with running() as server:
        story = Story(tmp_path, server)
        story.receives(response(1))
        story.later(days=6)
        story.passes()
        given = {
            (e.data["tahap"], e.data["tingkat"])
            for e in story.office.register.read(NUMBER).events
            if e.kind == reminders.KIND
        }
        levels = ("jatuh_tempo", "terlambat")
        assert given == {(step, level) for step in ("verifikasi", "seluruhnya") for level in levels}


def test_the_first_pass_that_counts_from_sending_alarms_nobody_and_tells_the_head_once(tmp_path: Path) -> None:
    with running() as server:
        story = Story(tmp_path, server)
        story.receives(response(1), response(2, minute=1))
        story.later(minutes=5)
        story.passes()
        (story.office.register.state_folder / "janji.json").unlink()  # the program of before knew no promise
        path = story.office.register.path(NUMBER) / "permohonan.yaml"
        sent = "diajukan: 2026-02-25T08:00:00+07:00"
        path.write_text(re.sub("(?m)^diajukan:.*$", sent, path.read_text("utf-8")), "utf-8")
        server.received.clear()
        story.later(hours=9)
        story.passes()
        story.passes()
        given = [e for e in story.office.register.read(NUMBER).events if e.kind == reminders.KIND]
        assert given == []
        assert story.mail("kabag@example.org") == ["Ringkasan harian: 2 hal"]
        assert story.mail("pengelola@example.org") == []
        story.later(days=1)
        story.passes()
        later = [e.data for e in story.office.register.read("BH-2026-0002").events if e.kind == reminders.KIND]
        assert [(e["tahap"], e["tingkat"]) for e in later] == [("seluruhnya", "menjelang")], (
            "what comes is told as ever"
        )


def test_a_digest_a_working_day_tells_each_officer_what_waits(tmp_path: Path) -> None:
    with running() as server:
        story = Story(tmp_path, server)
        story.receives(response(1), response(2, minute=1))
        days = 0
        for day in range(4, 11):  # until 10 March 2026; 7 and 8 are a weekend
            story.at(f"2026-03-{day:02d}T09:00")
            days += story.now.weekday() < 5
            story.passes()
        subjects = story.mail("pengelola@example.org")
        assert subjects.count("Ringkasan harian: 2 hal") == days + 1
        assert "Sudah lewat tenggat" in story.texts("kabag@example.org")[-1]


def test_the_person_who_can_mend_a_broken_file_is_told_once(tmp_path: Path) -> None:
    with running() as server:
        story = Story(tmp_path, server)
        story.receives(response(1))
        path = story.office.register.path(NUMBER) / "permohonan.yaml"
        path.write_text(path.read_text("utf-8").replace("  keputusan:\n", "  keputusan: diterusken\n", 1), "utf-8")
        story.now = datetime.fromtimestamp(path.stat().st_mtime, SERVICE.zone) + timedelta(minutes=5)
        story.passes()
        told = [e for e in story.office.register.read(NUMBER).events if e.data.get("tingkat") == "perlu_dibetulkan"]
        assert told == [], "somebody may still be writing"
        for _ in range(2):
            story.later(minutes=40)
            story.passes()
        told = [e for e in story.office.register.read(NUMBER).events if e.data.get("tingkat") == "perlu_dibetulkan"]
        assert [e.data["kepada"] for e in told] == [["pengelola"]]
        assert sum("berkas permohonan" in text for text in story.texts("pengelola@example.org")) >= 1


def test_what_one_pass_must_say_to_an_officer_is_one_mail(tmp_path: Path) -> None:
    with running() as server:
        story = Story(tmp_path, server)
        story.receives(*(response(person, minute=person) for person in range(1, 6)))
        story.later(hours=3)
        story.passes()
        reminders_ = [text for text in story.texts("pengelola@example.org") if "payung lihat NOMOR" in text]
        assert [text.count("verifikasi, tenggat") for text in reminders_] == [5]
        assert story.mail("kabag@example.org").count("Pengingat: 5 hal") == 1
        for number in story.office.register.numbers():
            events = [e for e in story.office.register.read(number).events if e.kind == reminders.KIND]
            assert len(events) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_at_every_step_each_reminder_is_in_exactly_one_mail(tmp_path: Path) -> None:
    with running() as server:
        (tmp_path / "0").mkdir()
        base = Story(tmp_path / "0", server)
        base.receives(response(1), response(2, minute=1))
        base.later(hours=1)
        step, through = 0, False
        while not through:
            step += STRIDE
            folder = base.settings.register
            kept = shutil.copytree(folder, tmp_path / f"kept-{step}")
            through = done_until_killed(folder, step, partial(prepared, base))
            server.received.clear()
            base.passes()
            said = [
                line for text in base.texts("pengelola@example.org") for line in text.split("\n") if "tenggat" in line
            ]
            lines = [line for line in said if line.startswith("- ")]
            assert sorted(lines) == sorted(set(lines)), f"step {step}"
            assert sum("verifikasi" in line for line in lines) == 2, f"step {step}"
            shutil.rmtree(folder)
            kept.rename(folder)
            forget_register(base.settings)
        assert step > 20, "the kill switch saw too few steps"


def prepared(story: Story) -> None:
    """A pass up to the moment at which mail would be sent."""
    advance.advance(story.office)
    officer_mail.merge_reminders(story.office)


def test_reminders_are_joined_to_one_message_whatever_waited_first_and_say_of_what_is_late_only_that(
    tmp_path: Path,
) -> None:
    """So a mailbox that gets them twice, as a register was put back from a backup, shows them once."""
    sent = set()
    for order in ((0, 1), (1, 0)):
        folder = tmp_path / str(order[0])
        folder.mkdir()
        story = Story(folder)
        story.receives(response(1), response(2, minute=1))
        row, *_ = overview.rows(story.office)
        line = NoticeLine(row.number, row.step, datetime.fromisoformat(row.due))
        lists: tuple[officer_mail.Lists, ...] = ({"jatuh_tempo": [line]}, {"terlambat": [line]})
        for which in order:
            story.later(minutes=1)
            officer_mail.queue_reminder(story.office, story.now, ["kabag"], f"hal {which}", lists[which])
        officer_mail.merge_reminders(story.office)
        [entry] = [one for one in story.office.outbox.entries() if one.kind == "pengingat_petugas"]
        content = message_from_bytes(story.office.outbox.content(entry.name))
        sent.add((content["Message-ID"], *(item[:2] for item in entry.items)))
    [(_, *said)] = sent
    assert said == [("terlambat", NUMBER)]


def test_after_two_weeks_without_a_server_an_officer_gets_one_digest(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    for _ in range(14):
        story.later(days=1)
        daily_pass.run_pass(story.office)
    kinds = Counter(entry.kind for entry in story.office.outbox.entries())
    assert kinds == {"diterima": 1, "ringkasan_petugas": 2, "pengingat_petugas": 2}, "one for each of two officers"
    days = {entry.event.split("-", 1)[1][:10] for entry in story.office.outbox.entries() if "ringkasan" in entry.kind}
    assert len(days) == 1


def test_the_digest_names_what_is_due_today(tmp_path: Path) -> None:
    with running() as server:
        story = Story(tmp_path, server)
        story.receives(response(1))
        [text] = story.texts("pengelola@example.org")
        assert "Tenggatnya hari ini:\n\n- BH-2026-0001: verifikasi" in text.replace("\r\n", "\n")


def test_a_reminder_names_the_deadline_and_not_its_own_time(tmp_path: Path) -> None:
    with running() as server:
        story = Story(tmp_path, server)
        story.receives(response(1))
        for minutes in (25, 5, 60):
            story.later(minutes=minutes)
            story.passes()
        texts = [*story.texts("pengelola@example.org"), *story.texts("kabag@example.org")]
        lines = [line for text in texts for line in text.split("\n") if ": verifikasi, tenggat" in line]
        assert len(lines) == 4, "the digest, two reminders, and one to the kepala bagian"
        assert {line.partition("tenggat ")[2].strip() for line in lines} == {"2 Maret 2026 08.30 WIB"}


def test_what_was_done_before_its_reminder_could_go_is_not_reminded_of(tmp_path: Path) -> None:
    with running() as server:
        story = Story(tmp_path)
        story.receives(response(1), response(2, minute=1))
        story.later(minutes=40)
        story.passes()
        story.writes(steps.verify("diteruskan", "pengelola", story.now.date(), topik="pengadaan"))
        ready = Story(tmp_path, server)
        ready.now = story.now
        ready.passes()
        [text] = [text for text in ready.texts("pengelola@example.org") if "payung lihat NOMOR" in text]
        assert "BH-2026-0002: verifikasi" in text
        assert "BH-2026-0001" not in text
        assert [entry for entry in ready.office.outbox.entries() if entry.waiting] == []


def test_a_deadline_that_a_new_holiday_moved_is_reminded_of_again(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    story.later(hours=2)
    story.writes(steps.verify("diteruskan", "pengelola", story.now.date()), steps.assign("analis", "kabag", []))
    story.at("2026-03-03T12:00")
    story.passes()
    day_off = "hari:\n  - tanggal: 2026-03-03\n    nama: Libur daerah\n    dasar: SE 1/2026\n"
    story.settings.days_off.write_text(day_off, "utf-8")
    story.office = open_office(story.settings, lambda: story.now, quiet=0)
    story.at("2026-03-04T12:00")
    story.passes()
    told = [e.data for e in story.office.register.read(NUMBER).events if e.kind == reminders.KIND]
    due = [one["tenggat"][:16] for one in told if (one["tahap"], one["tingkat"]) == ("kajian", "jatuh_tempo")]
    assert due == ["2026-03-03T10:00", "2026-03-04T10:00"]


def test_a_reminder_that_waits_follows_the_case_to_whoever_has_it_now(tmp_path: Path) -> None:
    staff = {**OFFICERS, "dua": {"nama": "Analis Kedua", "peran": ["analis_hukum"], "email": "dua@example.org"}}
    with running() as server:
        story = Story(tmp_path, officers=staff)
        story.receives(response(1))
        story.writes(steps.verify("diteruskan", "pengelola", story.now.date()), steps.assign("analis", "kabag", []))
        story.at("2026-03-03T10:00")
        story.passes()
        story.writes(steps.assign("dua", "kabag", []))
        ready = Story(tmp_path, server, officers=staff)
        ready.now = story.now
        ready.passes()
        assert [subject for subject in ready.mail("analis@example.org") if "Pengingat" in subject] == []
        assert any("Pengingat" in subject for subject in ready.mail("kabag@example.org"))


def test_without_a_mail_server_reminders_are_journalled_and_wait(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    story.later(hours=3)
    report = story.passes()
    kinds = Counter(entry.kind for entry in story.office.outbox.entries())
    assert kinds["pengingat_petugas"] > 0
    assert report.waiting == sum(kinds.values())
    assert (report.problems, report.failures) == ([], [])


def test_nobody_is_reminded_of_what_nobody_need_do() -> None:
    look = Derived("menunggu_kelengkapan", "x", (), ("head",), (), ())
    assert reminders.owed_now(None, look, (), datetime(2026, 3, 2, tzinfo=SERVICE.zone)) == ()
    assert replace(look, status="selesai").draft is False
