"""The calendar of an officer: what is their turn, by number and date alone."""

import re
from pathlib import Path

from processor.operations import officer_calendar, steps
from tests.office import response
from tests.story import NUMBER, Story

SECOND = "BH-2026-0002"


def titles(story: Story, officer: str) -> list[str]:
    text = officer_calendar.calendar(story.office, officer).replace("\r\n ", "")
    starts = re.findall(r"DTSTART[:;](?:VALUE=DATE:)?(\S+)\r\nSUMMARY:(.*?)\r\n", text)
    assert "sewa" not in text
    assert "pengadaan" not in text
    return sorted(f"{title} {start[:8]}" for start, title in starts)


def test_what_is_mine_stands_there_by_number_and_what_is_another_s_does_not(tmp_path: Path) -> None:
    story = Story(tmp_path)
    first = response(1, uraian="Perkara sewa.", mendesak="Ada sidang", tanggal_mendesak="2026-03-20")
    story.receives(first, response(2))
    day = story.now.date()
    steps.apply(story.office, SECOND, steps.verify("diteruskan", "pengelola", day, topik="pengadaan"))
    assert titles(story, "pengelola") == [
        f"Janji kepada pemohon {NUMBER} 20260304",
        f"Tanggal dekat {NUMBER} 20260320",
        f"Tenggat {NUMBER} 20260302",
    ]
    assert [title.rpartition(" ")[0] for title in titles(story, "kabag")] == [
        f"Janji kepada pemohon {SECOND}",
        f"Tenggat {SECOND}",
    ]
    assert titles(story, "analis") == []
