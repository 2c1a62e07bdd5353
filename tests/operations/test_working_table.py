"""The table of working time: what the browser counts with it is what the office's clock counts."""

import json
import random
from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from processor.cases import deadlines
from processor.foundation import working_days, working_time
from processor.foundation.settings import Settings
from processor.foundation.working_time import Calendar, Deadline
from processor.operations import working_table
from processor.site import special_days
from tests import strict_site
from tests.office import agency
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


@pytest.fixture(scope="module")
def unusual(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Calendar]:
    """Fridays and Ramadan with hours of their own, breaks, a day off of the office, and one worked by decree."""
    folder = tmp_path_factory.mktemp("kantor-lain")
    friday = {"mulai": "07.30", "selesai": "15.30", "istirahat": ["11.30", "13.30"]}
    fasting = {"nama": "Ramadan", "dari": "2026-02-18", "sampai": "2026-03-19", "mulai": "08.00", "selesai": "14.00"}
    hours = {
        "hari": "Senin sampai Jumat",
        "petugas": "9",
        "zona": "Asia/Makassar",
        "mulai": "07.30",
        "selesai": "16.00",
    }
    breaks = {"istirahat": ["12.00", "13.00"], "jumat": friday, "jam_khusus": [{**fasting, "jumat": deepcopy(friday)}]}
    settings = agency(folder, layanan={**hours, **breaks})
    settings.days_off.write_text(
        "hari:\n"
        "  - {tanggal: 2026-04-27, nama: Hari jadi <kota>, dasar: Keputusan Wali Kota 1-2026}\n"
        "  - {tanggal: 2026-12-24, nama: Cuti bersama tidak diambil, dasar: Edaran 2-2026, kerja: ya}\n",
        "utf-8",
    )
    calendar, problems = working_time.read_calendar(settings.days_off)
    assert problems == ()
    return settings, calendar


COUNT: Final = """async ([tabel, menit, hari, kata]) => {
  const { sesudahKerja, hariKerjaKe } = await import('/jamkerja.js');
  const { hitung } = await import('/hitungan.js');
  const saat = (satu) => satu && satu.getTime() / 1000;
  return [
    menit.map((satu) => saat(sesudahKerja(tabel, ...satu))),
    hari.map((satu) => saat(hariKerjaKe(tabel, ...satu))),
    menit.map(([dari, lama]) => hitung(tabel, dari, lama, kata)).map((satu) => satu && [saat(satu.saat), satu.langkah]),
  ];
}"""


def moments(chance: random.Random, zone: ZoneInfo, vectors: Sequence[tuple[str, int]]) -> list[tuple[datetime, int]]:
    """What is asked for: the vectors, and minutes of which every third is an hour of opening, closing or a break."""
    begin, clocks = datetime(2026, 3, 1, tzinfo=zone), ("07:30", "08:00", "11:30", "12:00", "14:00", "15:00", "16:00")
    asked = [(datetime.fromisoformat(start).replace(tzinfo=zone), minutes) for start, minutes in vectors]
    for number in range(250):
        start = begin + timedelta(minutes=chance.randrange(585_000), seconds=chance.randrange(60))
        if number % 3 == 0:
            start = datetime.combine(start.date(), time.fromisoformat(chance.choice(clocks)), zone)
        asked.append((start, chance.choice([0, 1, 30, 420, 885, 450 * 12])))
    return asked


def names(settings: Settings) -> dict[str, Any]:
    """What the page calls its days, as its script reads them."""
    days = [day for several in special_days.special_days(settings, 2026).values() for day in several]
    seasons = [
        {"nama": one.nama, "dari": one.dari.isoformat(), "sampai": one.sampai.isoformat()}
        for one in settings.layanan.jam_khusus
    ]
    off, worked = ({day.tanggal.isoformat(): day.nama for day in days if day.kerja is one} for one in (False, True))
    return {"libur": off, "kerja": worked, "musim": seasons}


def explained(found: Deadline) -> list[str]:
    """The steps of a trace without their numbers."""
    lines = working_time.explain_trace(found, "").splitlines()[1:-1]
    return [line.partition(". ")[2] for line in lines]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["usual", "unusual"])
def test_a_browser_counts_and_explains_as_the_office_does(
    kind: str, browser: Browser, story: Story, unusual: tuple[Settings, Calendar]
) -> None:
    settings, calendar = (story.settings, story.office.calendar) if kind == "usual" else unusual
    chance, hours = random.Random(14), deadlines.counting_hours(settings.layanan)
    begin = datetime(2026, 3, 1, tzinfo=hours.zone)
    asked = moments(chance, hours.zone, [one[:2] for one in VECTORS if one[0] >= "2026-03"])
    days = [(start, chance.randrange(1, 20)) for start, _ in asked]
    told = json.loads(working_table.file(settings, calendar, begin))
    given = [[[start.timestamp() * 1000, count] for start, count in several] for several in (asked, days)]
    with strict_site.serving() as address, browser.new_page() as page:
        page.goto(address)
        found = page.evaluate(COUNT, [told, *given, names(settings)])
    end = datetime.fromtimestamp((told["awal"] + sum(told["jarak"])) * 60, hours.zone)
    counted = [working_time.deadline_after(start, minutes, calendar, hours) for start, minutes in asked]
    ends = [one.at if one.at and one.at <= end else None for one in counted]
    assert [one and datetime.fromtimestamp(one, hours.zone) for one in found[0]] == ends
    assert [one and one[0] for one in found[2]] == found[0]
    shown = [(due and due[1], one) for due, one in zip(found[2], counted, strict=True) if due]
    assert [lines for lines, _ in shown] == [explained(one) for _, one in shown]
    nth = [working_days.day_after(start.date(), count, calendar, hours) for start, count in days]
    dates = [one and datetime.fromtimestamp(one, hours.zone).date() for one in found[1]]
    assert dates == [one if one <= end.date() else None for one in nth]
    assert None in ends
    assert sum(one is not None for one in ends) > 200
    words = "\n".join(line for lines, _ in shown for line in lines)
    wanted = ("Ramadan", "Hari jadi <kota>", "Cuti bersama tidak diambil") if kind == "unusual" else ("Cuti Bersama",)
    assert [one for one in (*wanted, "Idul Fitri", "di luar jam layanan") if one not in words] == []


@pytest.mark.slow
def test_a_browser_finds_the_vectors_that_a_person_has_counted(browser: Browser, story: Story) -> None:
    asked = [(here(start), minutes) for start, minutes, _ in VECTORS]
    given = [[table(story, start), start.timestamp() * 1000, minutes] for start, minutes in asked]
    with strict_site.serving() as address, browser.new_page() as page:
        page.goto(address)
        found = page.evaluate(
            "async (semua) => { const { sesudahKerja } = await import('/jamkerja.js');"
            " return semua.map((satu) => sesudahKerja(...satu).getTime() / 1000); }",
            given,
        )
    assert [datetime.fromtimestamp(one, WIB) for one in found] == [here(end) for *_, end in VECTORS]
