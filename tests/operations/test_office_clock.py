"""Time that merely passed stops nothing; a clock that cannot be right is told, and numbers wait for a person."""

import os
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from processor.desk.home_page import front_page
from processor.desk.visit import Visit
from processor.foundation import clock_doubts
from processor.foundation.clock_doubts import RunningClock
from processor.operations import daily_pass, office_check, office_clock
from tests.commands import payung
from tests.office import keys, response
from tests.packages import dropped, said, sealed
from tests.story import Story


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """An office with one case and one pass behind it."""
    made = Story(tmp_path)
    made.receives(response(1, source="google", key="a"))
    return made


def waits(story: Story, person: int) -> str:
    """A request arrives; what a pass says of the clock, "" where it gave the request a number."""
    before = len(story.office.register.numbers())
    dropped(story.settings.packages, sealed(keys(story.settings.office_key.parent), said(person)), str(person))
    report = daily_pass.run_pass(story.office)
    told = [one.message for one in report.problems if "--percaya-jam" in one.message]
    assert (len(story.office.register.numbers()) == before) == bool(told)
    return told[0] if told else ""


@pytest.mark.parametrize("days", [0.1, 3, 14, 30, 200])
def test_time_that_merely_passed_stops_nothing(story: Story, days: float) -> None:
    story.later(days=days)
    assert waits(story, 2) == ""


def test_thirty_days_off_and_on_again_day_by_day_stop_nothing(story: Story) -> None:
    for turn in range(2, 5):
        story.later(days=30)
        assert waits(story, turn) == ""


def test_a_clock_behind_the_last_pass_makes_numbers_wait_until_a_person_agrees(story: Story) -> None:
    story.now -= timedelta(minutes=50)
    assert waits(story, 2) == ""
    story.now -= timedelta(hours=3)
    for _ in range(2):
        assert "lebih lambat daripada putaran yang terakhir" in waits(story, 3)
    office_clock.trust(story.office)
    assert waits(story, 4) == ""
    assert len(story.office.register.numbers()) == 4, "what waited was numbered too"


def test_a_doubt_is_told_at_the_desk_and_by_periksa_as_nobody_reads_what_a_service_prints(story: Story) -> None:
    assert "Permohonan baru menunggu nomor." not in front_page(Visit(story.office, ""))
    story.now -= timedelta(hours=3)
    assert "Permohonan baru menunggu nomor." in front_page(Visit(story.office, ""))
    assert [one for one in office_check.check(story.office) if "--percaya-jam" in one.message]
    office_clock.trust(story.office)
    assert not [one for one in office_check.check(story.office) if "--percaya-jam" in one.message]


def test_a_new_year_that_only_this_clock_claims_waits_and_one_that_a_server_knows_does_not(story: Story) -> None:
    story.now = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)
    assert "tahun sudah berganti" in waits(story, 2)
    office_clock.heard(story.office, f"220 mx.example.go.id ESMTP Exim 4.96 {format_datetime(story.now)}")
    assert waits(story, 3) == ""
    assert story.office.register.numbers() == ["BH-2026-0001", "BH-2027-0001", "BH-2027-0002"]


def test_a_clock_far_ahead_of_a_server_makes_numbers_wait_until_it_is_right(story: Story) -> None:
    right = story.now
    story.now += timedelta(days=40)
    office_clock.heard(story.office, format_datetime(right, usegmt=True))
    assert "jauh di depan jam server" in waits(story, 2)
    story.now = right
    office_clock.heard(story.office, format_datetime(right, usegmt=True))
    assert waits(story, 3) == ""


@pytest.mark.parametrize("greeting", ["220 mx ESMTP Postfix", "", "Fri, 31 Feb 2026 99:00:00 +0000"])
def test_a_server_that_does_not_say_the_time_changes_nothing(story: Story, greeting: str) -> None:
    before = clock_doubts.load(story.settings.office_key.parent)
    office_clock.heard(story.office, greeting)
    assert clock_doubts.load(story.settings.office_key.parent) == before


def test_a_clock_that_is_changed_while_the_program_runs_makes_numbers_wait(story: Story) -> None:
    clock = RunningClock(story.now, 0.0)
    story.now += timedelta(hours=2)
    office_clock.note_changes(story.office, clock)
    assert "berubah ketika Payung berjalan" in waits(story, 2)
    told = payung("jalankan", "--percaya-jam", folder=story.settings.path.parent)
    assert "2 permohonan baru" in told or "1 permohonan baru" in told


@pytest.fixture
def new_year(story: Story) -> Story:
    """The office after midnight; its last pass was in the evening."""
    story.at("2026-12-31T16:00")
    assert waits(story, 2) == ""
    story.at("2027-01-01T00:10")
    return story


def has_run_on(story: Story, hours: float) -> None:
    """The computer has run for ``hours`` since its clock was believed."""
    folder = story.settings.office_key.parent
    ran = clock_doubts.seconds_elapsed() - hours * 3600
    clock_doubts.save(folder, replace(clock_doubts.load(folder), running=ran))


def test_an_office_that_runs_through_new_years_night_needs_nobody(new_year: Story) -> None:
    has_run_on(new_year, 8.2)
    assert waits(new_year, 3) == ""
    assert new_year.office.register.numbers()[-1] == "BH-2027-0001"


@pytest.mark.parametrize("hours", [0.1, 7, 9, 300, -20])
def test_a_computer_that_ran_for_another_time_than_its_clock_claims_is_not_believed_about_the_year(
    new_year: Story, hours: float
) -> None:
    has_run_on(new_year, hours)
    assert "tahun sudah berganti" in waits(new_year, 3)


def test_a_memory_of_an_earlier_version_waits_for_somebody_in_the_new_year(new_year: Story) -> None:
    folder = new_year.settings.office_key.parent
    (folder / "ingatan-jam.json").write_text('{"terakhir": "2026-12-31T09:00:00+00:00", "ragu": ""}')
    assert "tahun sudah berganti" in waits(new_year, 3)


def test_a_simulation_believes_no_clock(story: Story) -> None:
    folder = story.settings.office_key.parent
    clock_doubts.save(folder, replace(clock_doubts.load(folder), noted="loncat"))
    before = (folder / "ingatan-jam.json").read_bytes()
    payung("jalankan", "--simulasi", "--percaya-jam", folder=story.settings.path.parent)
    assert (folder / "ingatan-jam.json").read_bytes() == before


def file_server_says(story: Story, moment: float) -> None:
    """A pass ended and wrote to a file server whose clock says ``moment``."""
    path = story.office.register.state_folder / "putaran.json"
    path.touch()
    os.utime(path, (moment, moment))
    office_clock.passed(story.office)


def test_a_clock_far_ahead_of_the_file_servers_makes_numbers_wait_until_it_agrees(story: Story) -> None:
    file_server_says(story, time.time() - 40 * 86400)
    assert "jauh di depan jam server berkas" in office_clock.doubt(story.office)
    file_server_says(story, time.time())
    assert office_clock.doubt(story.office) == ""


def test_a_disk_that_agrees_clears_up_nothing_that_another_server_said(story: Story) -> None:
    office_clock.heard(story.office, format_datetime(story.now - timedelta(days=40), usegmt=True))
    file_server_says(story, time.time())
    assert "jauh di depan jam server email atau web" in office_clock.doubt(story.office)


@pytest.mark.parametrize("minutes", [-50, 0, 50, 600])
def test_a_file_servers_clock_that_is_a_little_or_ahead_off_stops_nothing(story: Story, minutes: int) -> None:
    file_server_says(story, time.time() + minutes * 60)
    assert office_clock.doubt(story.office) == ""
