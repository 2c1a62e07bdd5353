"""Reports are due from when the office first knew of them; every kepala bagian is told in time, until one is done."""

from datetime import date
from pathlib import Path

import pytest

from processor.cases import deadlines, reminders
from processor.evaluation import periods
from processor.evaluation.periods import Period, ReportDue
from processor.mail.composer import STEPS
from processor.operations import daily_pass, office_records
from processor.operations.act_journal import Person
from processor.operations.reporting import report_duties, report_files, reports
from processor.operations.reporting.report_duties import heads, open_duties
from tests.operations.complaints.test_complaint_pass import reminded
from tests.story import OFFICERS, Story

BY = Person("kabag", "akun")
FIRST = Period(2026, 1)


def due(story: Story) -> list[tuple[str, str, str]]:
    return [(str(one.period), one.name, one.day.isoformat()) for one in open_duties(story.office)]


def dues(story: Story, period: Period) -> tuple[ReportDue, ...]:
    hours = deadlines.counting_hours(story.settings.layanan)
    return periods.due_days(period, story.office.calendar, hours)


def story_in(folder: Path, moment: str, began: str = "2026-02-10 09:00") -> Story:
    """An office that began at ``began``, at a later moment."""
    story = Story(folder)
    story.at(began)
    report_duties.begin(story.office)
    story.at(moment)
    return story


def done(story: Story, period: Period) -> None:
    """Somebody declares a report done."""
    with story.office.register.lock(1):
        report_files.record(story.office, BY, report_files.DONE, {"periode": str(period)})


def test_the_quarter_in_which_the_office_began_is_the_first_that_is_due_and_no_older_one(tmp_path: Path) -> None:
    story = story_in(tmp_path, "2026-03-31 14:00")
    assert due(story) == []
    story.at("2026-04-01 09:00")
    [(period, name, day)] = due(story)
    assert (period, name) == ("2026-1", "pemetaan triwulan")
    assert day == dues(story, FIRST)[0].day.isoformat()
    story.at("2026-07-01 09:00")
    assert [one[0] for one in due(story)] == ["2026-1", "2026-2"]


def test_what_was_due_before_the_office_began_is_not_demanded(tmp_path: Path) -> None:
    assert due(story_in(tmp_path, "2026-12-20 09:00", "2026-12-15 09:00")) == [
        ("2026", "laporan tahunan", "2026-12-31")
    ]


def test_a_clock_that_was_ahead_keeps_no_report_from_being_due(tmp_path: Path) -> None:
    story = story_in(tmp_path, "2026-03-02 09:00", "2031-01-01 09:00")
    assert report_duties.begin(story.office) == date(2026, 3, 2)
    story.at("2026-04-01 09:00")
    assert [one[0] for one in due(story)] == ["2026-1"]


def test_the_year_is_told_a_month_ahead_and_a_draft_counts_once_it_was_due(tmp_path: Path) -> None:
    story = story_in(tmp_path, "2026-10-31 09:00")
    for quarter in (1, 2, 3):
        done(story, Period(2026, quarter))
    reports.make(story.office, BY, Period(2026))  # too early to be the draft of the year
    assert due(story) == []
    story.at("2026-11-02 09:00")
    assert due(story) == [("2026", "rancangan laporan tahunan", "2026-12-01")]
    with story.office.register.lock(1):
        report_files.place(story.office, BY, Period(2026), "unit-DISDIK-2026.docx", b"lain")
    assert due(story) == [("2026", "rancangan laporan tahunan", "2026-12-01")]  # a report on a unit is none of the year
    (report_files.report_of(story.office, Period(2026))).unlink()
    reports.make(story.office, BY, Period(2026))
    assert due(story) == []
    story.at("2026-12-01 09:00")
    assert due(story) == [("2026", "laporan tahunan", "2026-12-31")]
    done(story, Period(2026))
    assert due(story) == []


def test_an_office_that_maps_no_quarters_owes_only_the_year(tmp_path: Path) -> None:
    story = story_in(tmp_path, "2026-11-02 09:00")
    service = story.settings.layanan.model_copy(update={"pemetaan_triwulan": False})
    story.reopens(story.settings.model_copy(update={"layanan": service}))
    assert [one[0] for one in due(story)] == ["2026"]


def told(story: Story) -> list[tuple[str, list[str]]]:
    events = [one for one in report_files.events(story.office) if one.kind == reminders.KIND]
    return [(one.data["tingkat"], one.data["kepada"]) for one in events]


def test_every_head_is_reminded_on_the_last_day_at_its_end_and_the_working_day_after_each_once(tmp_path: Path) -> None:
    story = story_in(tmp_path, "2026-04-01 09:00")
    last = date.fromisoformat(due(story)[0][2])
    daily_pass.run_pass(story.office)
    assert told(story) == []
    seen = []
    for moment in (f"{last} 09:00", f"{last} 15:30", "2026-05-04 09:00"):
        story.at(moment)
        daily_pass.run_pass(story.office)
        daily_pass.run_pass(story.office)
        seen.append(told(story))
    first, second, third = ("menjelang", ["kabag"]), ("jatuh_tempo", ["kabag"]), ("terlambat", ["kabag"])
    assert seen == [[first], [first, second], [first, second, third]]
    assert [one for _, one in reminded(story)] == ["pemetaan triwulan"]  # of what is late only that is said
    done(story, FIRST)
    daily_pass.run_pass(story.office)
    assert reminded(story) == []  # what is done meanwhile is told to nobody


def test_the_morning_message_of_the_head_names_the_report_and_nobody_elses_does(tmp_path: Path) -> None:
    story = story_in(tmp_path, "2026-04-01 09:00")
    daily_pass.run_pass(story.office)
    [entry] = [one for one in story.office.outbox.entries() if one.kind == "ringkasan_petugas"]
    assert [(item[0], item[1], item[2]) for item in entry.items] == [("menunggu", "2026-1", "pemetaan triwulan")]
    assert b"2026-1: pemetaan triwulan, tenggat " in story.office.outbox.content(entry.name)


def test_who_left_the_office_is_no_head(tmp_path: Path) -> None:
    officers = {**OFFICERS, "lama": {"nama": "Lama", "peran": ["kepala_bagian"], "berhenti": "ya"}}
    assert heads(Story(tmp_path, officers=officers).office) == ("kabag",)


@pytest.mark.parametrize(("moment", "standing"), [("2026-04-02 09:00", "menunggu"), ("2026-06-01 09:00", "terlambat")])
def test_lists_say_how_a_report_stands(tmp_path: Path, moment: str, standing: str) -> None:
    [row] = report_duties.listed(story_in(tmp_path, moment).office).rows
    assert (row[0], row[1], row[3]) == ("Triwulan I Tahun 2026", "pemetaan triwulan", standing)


def test_messages_know_every_report_that_can_be_due(tmp_path: Path) -> None:
    story = story_in(tmp_path, "2026-12-02 09:00")
    named = {one.name for period in (FIRST, Period(2026)) for one in dues(story, period)}
    assert named == report_duties.STEPS
    assert named <= STEPS
    assert all(report_duties.line(story.office, one).is_sound for one in open_duties(story.office))


def test_a_journal_of_reports_that_somebody_changed_is_told(tmp_path: Path) -> None:
    story = Story(tmp_path)
    done(story, FIRST)
    done(story, Period(2026))
    path = story.office.register.folder / report_files.FOLDER / "riwayat.jsonl"
    path.write_text(path.read_text("utf-8").replace("2026-1", "2026-2"), "utf-8")
    assert [one for one in office_records.mistakes(story.office) if str(path) in one.place]
