"""A publication reads again only what changed, and says the same as one that reads everything."""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from processor.operations import status_store, steps
from processor.operations.status_store import NO_CODE, StatusStore, UndatedStatus
from tests.intake.test_recognition_index import SPOILED
from tests.office import response
from tests.opened_statuses import made, statuses
from tests.operations.test_applicant_status import ALI, BUDI, asked, status
from tests.story import NUMBER, Story

ONE = UndatedStatus("abc", "age1", {"nomor": NUMBER}, "2026-03-02T08:00:00+00:00", "")


@pytest.fixture
def story(tmp_path: Path) -> Story:
    told = Story(tmp_path)
    told.receives(asked(ALI, 1), asked(BUDI, 2), response(3, minute=3))
    return told


def kept(story: Story) -> Path:
    return story.office.register.state_folder / status_store.FILE_NAME


def test_only_a_case_that_changed_is_read(story: Story) -> None:
    before = [status(story, keys) for keys in (ALI, BUDI)]
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    stat = path.stat()
    path.write_bytes(b"#" * stat.st_size)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert [status(story, keys) for keys in (ALI, BUDI)] == before
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert statuses(made(story), ALI) == []
    assert status(story, BUDI) == before[1]


def test_what_staff_write_is_told_at_once(story: Story) -> None:
    assert status(story)["status"] != "Dibatalkan"
    first = status(story)
    story.writes(steps.withdraw(story.now.date(), ""))
    assert status(story)["status"] != first["status"]
    assert status(story, BUDI)["status"] == first["status"]


def test_a_case_that_is_over_is_read_once_where_no_code_opens_it(story: Story) -> None:
    for number in (NUMBER, "BH-2026-0003"):
        story.writes(steps.withdraw(story.now.date(), ""), number=number)
    story.passes()
    assert status(story)["status"] == "Dibatalkan"
    with closing(sqlite3.connect(kept(story))) as file:
        found = {number: json.loads(entry) for number, entry in file.execute("select nomor, isi from permohonan")}
    assert (NUMBER in found, found["BH-2026-0003"]["locator"]) == (False, "")
    story.later(days=1000)
    assert statuses(made(story), ALI) == []


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_store_that_is_gone_or_damaged_is_made_anew(story: Story, spoil: Callable[[Path], None]) -> None:
    before, content = status(story), kept(story).read_bytes()
    spoil(kept(story))
    assert status(story) == before
    assert kept(story).stat().st_size == len(content)


def test_what_was_made_from_something_else_does_not_count(tmp_path: Path) -> None:
    first = StatusStore.load(tmp_path, "lama")
    first.put(NUMBER, "1", ONE)
    first.put("BH-2026-0002", "1", NO_CODE)
    first.save()
    again = StatusStore.load(tmp_path, "lama")
    assert again.get(NUMBER, "1") == ONE
    assert again.get(NUMBER, "2") is None
    again.save()
    assert StatusStore.load(tmp_path, "lama").get("BH-2026-0002", "1") is None, "it was not asked for any more"
    other = StatusStore.load(tmp_path, "baru")
    assert other.get(NUMBER, "1") is None
    other.put(NUMBER, "1", NO_CODE)
    other.save()
    assert StatusStore.load(tmp_path, "lama").get(NUMBER, "1") is None
    assert StatusStore.load(tmp_path, "baru").get(NUMBER, "1") == NO_CODE


def test_the_store_holds_no_identity(story: Story) -> None:
    status(story)
    content = kept(story).read_bytes().lower()
    assert NUMBER.lower().encode() in content
    assert b"rekaan" not in content
    assert b"orang1" not in content
