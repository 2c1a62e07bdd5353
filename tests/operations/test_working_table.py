"""The table of working time: what the browser counts with it is what the office's clock counts."""

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

from processor.cases import deadlines
from processor.foundation import working_days, working_time
from processor.operations import working_table
from tests import strict_site
from tests.opened_statuses import WIB
from tests.story import Story

VECTORS: Final = (
    ("2025-06-26T14:45", 30, "2025-06-30T08:15"), ("2025-07-04T15:00", 30, "2025-07-07T08:30"),
    ("2025-08-15T14:00", 420, "2025-08-19T14:00"), ("2026-03-17T14:50", 30, "2026-03-25T08:20"),
    ("2026-12-23T10:00", 885, "2026-12-29T10:45"), ("2025-07-02T08:00", 885, "2025-07-04T08:45"),
)  # fmt: skip


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story(tmp_path_factory.mktemp("kantor"))


def here(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=WIB)


def table(story: Story, now: datetime) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(working_table.file(story.settings, story.office.calendar, now))
    return found


def test_a_table_begins_with_the_month_and_ends_before_a_year_whose_days_off_are_not_known(story: Story) -> None:
    now = here("2026-03-17T14:50")
    said = table(story, now)
    assert datetime.fromtimestamp(said["awal"] * 60, UTC) == here("2026-03-01T00:00")
    assert said["jarak"][:4] == [32 * 60, 420, 17 * 60, 420]
    assert said["batas"] == {"verifikasi": 30, "sasaran": 420, "seluruhnya": 885, "dijawab": 14}
    assert (said["tiap"], said["zona"], said["zona_singkat"]) == (30, "Asia/Jakarta", "WIB")
    assert len(working_table.file(story.settings, story.office.calendar, now)) < 4000
    end = datetime.fromtimestamp((said["awal"] + sum(said["jarak"])) * 60, UTC)
    assert end > now + timedelta(days=365)
    last = table(story, here("2027-12-20T08:00"))
    assert datetime.fromtimestamp((last["awal"] + sum(last["jarak"])) * 60, UTC).astimezone(WIB).year == 2027


@pytest.mark.slow
def test_a_browser_counts_as_the_office_does(browser: Browser, story: Story) -> None:
    chance, hours = random.Random(14), deadlines.counting_hours(story.settings.layanan)
    asked = [(here(start), minutes) for start, minutes, _ in VECTORS]
    asked += [
        (here("2026-03-01T00:00") + timedelta(minutes=chance.randrange(500_000)), chance.choice([0, 1, 30, 420, 885]))
        for _ in range(60)
    ]
    days = [(start, chance.randrange(1, 20)) for start, _ in asked]
    given = [[table(story, start), start.timestamp() * 1000, minutes] for start, minutes in asked]
    counted = [[*one[:2], count] for one, (_, count) in zip(given, days, strict=True)]
    with strict_site.serving() as address, browser.new_page() as page:
        page.goto(address)
        found = page.evaluate(
            "async ([menit, hari]) => { const { sesudahKerja, hariKerjaKe } = await import('/jamkerja.js');"
            " return [menit.map((satu) => sesudahKerja(...satu)), hari.map((satu) => hariKerjaKe(...satu))]"
            ".map((semua) => semua.map((satu) => satu && satu.getTime() / 1000)); }",
            [given, counted],
        )
    calendar = story.office.calendar
    ends = [working_time.deadline_after(start, minutes, calendar, hours).at for start, minutes in asked]
    assert [datetime.fromtimestamp(one, WIB) for one in found[0]] == ends
    assert ends[: len(VECTORS)] == [here(end) for *_, end in VECTORS]
    nth = [working_days.day_after(start.date(), count, calendar, hours) for start, count in days]
    assert [datetime.fromtimestamp(one, WIB).date() for one in found[1]] == nth
