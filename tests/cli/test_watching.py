"""A schedule wakes for what people change, and for nothing that a pass wrote itself."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from processor.cli import watching
from processor.cli.commands import pass_commands
from processor.cli.watching import Changes, LastPass
from processor.foundation.settings import Settings
from tests.office import ROOT, agency, file, register, response, small_sources
from tests.story import Story

LONG, SHORT = 60.0, 2.0
"""Seconds in which a change must be told, and in which one that is none is not."""


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    made = register(tmp_path)
    file(made, response(1))
    found = agency(tmp_path, small_sources(tmp_path / "sumber"))
    (found.register / "pengaduan").mkdir(exist_ok=True)
    return found


@pytest.fixture
def changes(office: Settings) -> Iterator[Changes]:
    with watching.watched(office) as found:
        probe = office.root / "docs" / "uji.md"
        for number in range(100):  # until both watches have begun
            probe.write_text(str(number))
            (office.register / "risiko.yaml").write_text("[]")
            if {path.name for path in found._paths} >= {"uji.md", "risiko.yaml"}:
                break
            time.sleep(0.6)
        yield found


def awaited(changes: Changes, last: LastPass, seconds: float) -> bool:
    """Whether the schedule wakes within so many seconds, long before its time."""
    stop = threading.Event()
    timer = threading.Timer(seconds, stop.set)
    timer.start()
    woken = changes.wait(3600, stop, last)
    timer.cancel()
    return woken


def passed(*filed: str) -> LastPass:
    return LastPass(time.time_ns() + 30_000_000, time.time_ns() + 30_000_000, filed)


def case(office: Settings) -> Path:
    [path] = office.register.glob("*/*/permohonan.yaml")
    return path


def replaced(path: Path) -> None:
    """As editors save: another file takes its name."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(f"{path.read_text('utf-8') if path.exists() else ''}\n# disunting\n", "utf-8")
    beside.replace(path)


def test_what_people_change_wakes_the_schedule(office: Settings, changes: Changes) -> None:
    places = (
        case(office),
        office.root / "docs" / ".kabar.yaml",
        office.path,
        office.days_off,
        office.register / "kegiatan" / "apel.yaml",
    )
    for place in places:
        last = passed()
        time.sleep(0.1)
        place.parent.mkdir(exist_ok=True)
        replaced(place)
        assert awaited(changes, last, LONG), place
    last = passed()
    (office.root / "docs" / "faq.md").unlink()
    assert awaited(changes, last, LONG), "a page that goes"


def test_drafts_what_a_pass_saw_and_what_it_filed_wake_nobody(office: Settings, changes: Changes) -> None:
    last = passed()
    for name in ("docs/.index.md.swp", "docs/index.md~", "docs/~$x.docx", "catatan.txt", "pribadi.json"):
        (office.root / name).write_text("x")
    (case(office).parent / "riwayat.jsonl").touch()
    (case(office).parent / "surat.docx").write_text("x")
    (office.register / ".payung").mkdir(exist_ok=True)
    (office.register / ".payung" / "x.json").write_text("{}")
    assert not awaited(changes, last, SHORT)
    replaced(case(office))
    replaced(office.root / "docs" / "index.md")
    time.sleep(0.1)
    assert not awaited(changes, passed(), SHORT), "the pass began after that"
    begun = time.time_ns() - 10**9
    replaced(case(office))
    ended = time.time_ns() + 30_000_000
    assert not awaited(changes, LastPass(begun, ended, (case(office).parent.name,)), SHORT)
    time.sleep(0.1)
    os.utime(case(office))
    assert awaited(changes, LastPass(begun, ended, (case(office).parent.name,)), LONG), "edited after it was filed"


def test_it_ends_at_once_and_goes_on_by_its_time_where_nothing_is_told(office: Settings) -> None:
    changes, stop = Changes(), threading.Event()
    assert changes.wait(0.01, stop, passed())
    stop.set()
    assert not changes.wait(3600, stop, passed())


def test_a_schedule_passes_once_for_a_change_and_not_for_what_it_files(tmp_path: Path) -> None:
    story = Story(tmp_path, root=small_sources(tmp_path / "sumber"))
    story.settings.inbox.mkdir(exist_ok=True)
    stop = threading.Event()
    schedule = threading.Thread(target=pass_commands.keep_on, args=(story.settings, 3600.0, stop))
    schedule.start()
    try:
        first = next_pass(story, None)
        export = story.settings.inbox / "google-id.csv"
        shutil.copy(ROOT / "tests" / "data" / "exports" / export.name, export)
        os.utime(export, (0, 0))  # it has lain still
        second = next_pass(story, first, story.settings.register / "risiko.yaml")
        assert story.office.register.numbers()
        time.sleep(SHORT)
        assert story.office.register.state("putaran")["selesai"] == second
        next_pass(story, second, next(story.settings.register.glob("*/*/permohonan.yaml")))
    finally:
        stop.set()
        schedule.join()


def next_pass(story: Story, last: str | None, *paths: Path) -> str:
    """Edit ``paths`` and tell when the next pass after the ``last`` one has ended."""
    for number in range(int(LONG * 10)):
        for path in paths if number % 200 == 0 else ():  # once more where the watch had not begun
            replaced(path)
        ended: str | None = story.office.register.state("putaran").get("selesai")
        if ended and ended != last:
            return ended
        time.sleep(0.1)
    raise AssertionError("no pass came")
