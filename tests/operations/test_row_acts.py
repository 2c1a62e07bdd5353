"""What the row of a case keeps of who did what there last."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from processor.cases.records import Event
from processor.foundation.settings_agency import Officer
from processor.operations import overview, row_acts, steps
from processor.operations.case_notes import ask
from processor.operations.row_acts import LastAct
from tests.office import response
from tests.story import NUMBER, OFFICERS, Story

WIB = timezone(timedelta(hours=7))
STAFF = {key: Officer.model_validate(one) for key, one in OFFICERS.items()}


def event(actor: str, hour: int, status: object, kind: str = "status") -> Event:
    return Event(kind, datetime(2026, 3, 2, hour, 5, 59, tzinfo=UTC), actor, {"menjadi": status})


def test_the_last_step_of_each_officer_is_kept_whatever_they_are_called_by() -> None:
    events = (
        event("Petugas Contoh", 1, "diteruskan"),
        event("kabag", 2, "disusun"),
        event("pengelola", 3, "ditolak"),
        event("pengelola", 4, "x", kind="disunting"),
        event("payung", 5, "selesai"),
        event("kabag", 6, "bukan status\nkabag"),
    )
    text, day = row_acts.kept(events, STAFF, WIB), date(2026, 3, 2)
    found = {key: row_acts.of_officer(text, key, day) for key in (*STAFF, "kab", "payung")}
    assert {key: act for key, act in found.items() if act} == {
        "kabag": LastAct("kabag", datetime(2026, 3, 2, 9, 5, tzinfo=WIB), "disusun"),
        "pengelola": LastAct("pengelola", datetime(2026, 3, 2, 10, 5, tzinfo=WIB), "ditolak"),
    }
    assert row_acts.of_officer(text, "kabag", day + timedelta(days=1)) is None
    assert row_acts.of_officer("", "kabag", day) is None


def test_a_row_keeps_who_acted_and_until_when_another_office_was_to_answer(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    day = story.now.date()
    steps.apply(story.office, NUMBER, steps.verify("diteruskan", "pengelola", day))
    steps.apply(story.office, NUMBER, ask("BKD", "Riwayat disiplin", day, day + timedelta(days=3)))
    steps.apply(story.office, NUMBER, ask("Inspektorat", "Hasil pemeriksaan", day, day + timedelta(days=2)))
    story.passes()
    [row] = overview.rows(story.office)
    assert (row.acts.split(" ")[0], row.awaited) == ("pengelola", "2026-03-04")
    known = overview.KnownRows.load(story.office).row(NUMBER, story.office.register.change_mark(NUMBER))
    assert known == row
