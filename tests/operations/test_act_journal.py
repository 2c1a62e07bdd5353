"""The journal says at once what a command did, and of a hand edit when its file was saved."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from processor.cases.deadlines import TIMED_BY
from processor.cases.records import Event
from processor.foundation import yaml_editor
from processor.operations import act_journal, daily_pass, edit_session, steps
from processor.operations.act_journal import Person
from tests.office import response
from tests.story import NUMBER, Story

FORWARD = steps.verify("diteruskan", "pengelola", date(2026, 12, 23), topik="pengadaan")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A request that came on 22 December, and a pass on the 23rd at 09.00."""
    story = Story(tmp_path)
    story.at("2026-12-22T10:00:00")
    story.receives(response(1))
    story.at("2026-12-23T09:00:00")
    daily_pass.run_pass(story.office)
    return story


def told(story: Story, *kinds: str) -> list[Event]:
    return [event for event in story.office.register.read(NUMBER).events if event.kind in (kinds or ("status",))]


def write(story: Story, changes: steps.StepChanges, saved: str) -> None:
    """Somebody writes by hand, in a file with that change time."""
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), changes)
    os.utime(path, (moment(saved).timestamp(),) * 2)


def test_a_command_is_journalled_at_once_with_its_time_and_who_ran_it(story: Story) -> None:
    story.at("2026-12-23T09:40:00")
    steps.apply(story.office, NUMBER, FORWARD, by=Person("", "budi"))
    steps.apply(story.office, NUMBER, steps.assign("analis", "kabag", []), by=Person("kabag", "budi"))
    events = told(story, "disunting", "status")
    assert [(event.kind, event.actor) for event in events] == [
        ("disunting", "budi"),
        ("status", "pengelola"),
        ("disunting", "kabag"),
        ("status", "kabag"),
    ]
    assert {(event.time, event.data[TIMED_BY], event.data["akun"]) for event in events} == {
        (moment("2026-12-23T09:40:00"), "perintah", "budi")
    }
    story.at("2026-12-28T09:00:00")
    story.passes()
    assert told(story, "disunting", "status") == events, "the pass has nothing to add"


def test_a_step_that_is_refused_or_simulated_is_no_act(story: Story) -> None:
    steps.apply(story.office, NUMBER, FORWARD, simulate=True)
    assert told(story, "disunting", "status") == []


@pytest.mark.parametrize(
    ("saved", "time", "timed_by"),
    [
        ("2026-12-23T09:40:00", "2026-12-23T09:40:00", "berkas"),
        ("2026-12-20T09:40:00", "2026-12-23T09:00:00", "putaran_sebelumnya"),
        ("2027-01-03T09:40:00", "2026-12-28T09:00:00", "putaran_ini"),
    ],
)
def test_a_hand_edit_counts_from_when_its_file_was_saved_within_the_passes_around_it(
    story: Story, saved: str, time: str, timed_by: str
) -> None:
    write(story, FORWARD, saved)
    story.at("2026-12-28T09:00:00")
    story.passes()
    events = told(story, "disunting", "status")
    assert [event.kind for event in events] == ["disunting", "status"]
    assert {(event.time, event.data[TIMED_BY]) for event in events} == {(moment(time), timed_by)}


def test_what_was_written_by_hand_before_a_command_has_its_own_time(story: Story) -> None:
    write(story, FORWARD, "2026-12-23T09:40:00")
    story.at("2026-12-23T14:00:00")
    steps.apply(story.office, NUMBER, steps.assign("analis", "kabag", []), by=Person("kabag"))
    assert [(event.time.hour, event.actor, event.data["menjadi"]) for event in told(story)] == [
        (9, "pengelola", "diteruskan"),
        (14, "kabag", "disusun"),
    ]


def test_an_edit_in_the_editor_is_journalled_when_it_is_saved(story: Story) -> None:
    story.at("2026-12-23T09:40:00")
    with edit_session.session(story.office, NUMBER) as at:
        yaml_editor.write(at.copy, at.copy.read_text("utf-8"), FORWARD)
        edit_session.save_copy(at, Person("", "budi"))
    [edit, status] = told(story, "disunting", "status")
    assert (edit.actor, edit.time, edit.data[TIMED_BY]) == ("budi", moment("2026-12-23T09:40:00"), "perintah")
    assert (status.actor, status.data["menjadi"]) == ("pengelola", "diteruskan")


def test_a_status_that_the_applicant_brought_about_is_the_applicant_s(story: Story) -> None:
    steps.apply(story.office, NUMBER, steps.verify("dilengkapi", "pengelola", story.now.date(), kekurangan=["SK"]))
    story.at("2026-12-28T08:00:00")
    story.office.register.record(NUMBER, Event("dilengkapi", story.now, "pemohon", {"berkas": "perubahan-1.yaml"}))
    story.at("2026-12-28T09:00:00")
    daily_pass.run_pass(story.office)
    last = told(story)[-1]
    assert (last.actor, last.time, TIMED_BY in last.data) == ("pemohon", moment("2026-12-28T08:00:00"), False)


def test_between_two_passes_a_file_is_as_old_as_it_says() -> None:
    early, middle, late = (moment(f"2026-12-23T{hour}:00:00") for hour in ("09", "10", "11"))
    assert act_journal.bounded(middle, early, late) == (middle, "berkas")
    assert act_journal.bounded(early, early, late) == (early, "berkas")
    assert act_journal.bounded(early, middle, late) == (middle, "putaran_sebelumnya")
    assert act_journal.bounded(late, early, middle) == (middle, "putaran_ini")
