"""When a row was sent: every time is read, or its finding says what is wrong with it."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]  # only written with here

from processor.cases.records import Response
from processor.intake.sources import spreadsheet
from tests.office import FORM, file, register

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 27, 16, tzinfo=WIB)
ANSWERS = "19800101200501190{},Pendapat hukum,Persoalan {},Apa hukumnya?"


def export(folder: Path, title: str, *times: str, name: str = "ekspor.csv") -> tuple[Response, ...]:
    rows = [f'"{time}",{ANSWERS.format(n, n)}' for n, time in enumerate(times, 1)]
    heads = ",".join([title, "NIP", "Bentuk layanan", "Uraian permasalahan hukum", "Pertanyaan hukum"])
    path = folder / name
    path.write_text("\n".join([heads, *rows]) + "\n", "utf-8")
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    return spreadsheet.read(path, FORM, WIB, NOW).responses


def times(found: tuple[Response, ...]) -> list[str]:
    return [one.submitted.isoformat()[:16] if one.submitted else "" for one in found]


def findings(found: tuple[Response, ...]) -> list[str]:
    return [problem.message for one in found for problem in one.problems]


def test_a_long_indonesian_date_under_an_unknown_title_is_read(tmp_path: Path) -> None:
    found = export(tmp_path, "Waktu kirim", "Jumat, 6 November 2026 pukul 13.39.50 WIB")
    assert (times(found), findings(found)) == (["2026-11-06T13:39"], [])
    assert found[0].others == {}


def test_day_and_month_are_read_so_that_nothing_lies_in_the_future(tmp_path: Path) -> None:
    found = export(tmp_path, "Cap waktu", "11/3/2026 08:41:17", "11/12/2026 20:00:00")
    assert (times(found), findings(found)) == (["2026-11-03T08:41", "2026-11-12T20:00"], [])


@pytest.mark.parametrize(
    ("title", "time", "words"),
    [
        ("Cap waktu", "03/11/2026 08:41:17", "tidak pasti"),
        ("Cap waktu", "2027/01/15 8:41:17 AM GMT+7", "masa depan"),
        ("Cap waktu", "1999/11/05 8:41:17 AM GMT+7", "lima tahun"),
        ("Cap waktu", "kemarin", "tidak terbaca"),
        ("Cap waktu", "", "tidak terbaca"),
        ("Hobi", "Catur", "tidak memuat kolom waktu"),
    ],
)
def test_a_time_that_is_not_certain_is_always_a_finding_with_its_row(
    tmp_path: Path, title: str, time: str, words: str
) -> None:
    (message,) = findings(export(tmp_path, title, time))
    assert message.startswith("Baris 2: ")
    assert words in message


def test_date_cells_beside_text_were_swapped_by_the_spreadsheet(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Cap waktu", "NIP", "Bentuk layanan", "Uraian permasalahan hukum", "Pertanyaan hukum"])
    for n, time in enumerate([datetime(2026, 3, 11, 8, 41), "20/11/2026 20:00:00"], 1):  # noqa: DTZ001  as a sheet holds it
        book.active.append([time, *ANSWERS.format(n, n).split(",")])
    book.save(tmp_path / "ekspor.xlsx")
    found = spreadsheet.read(tmp_path / "ekspor.xlsx", FORM, WIB, NOW).responses
    assert (times(found), findings(found)) == (["2026-11-03T08:41", "2026-11-20T20:00"], [])


def test_a_later_export_that_decides_tells_the_cases_that_were_filed_before(tmp_path: Path) -> None:
    made, first, second = register(tmp_path), "11/3/2026 08:41:17", "11/4/2026 08:41:17"
    file(made, *export(tmp_path, "Cap waktu", first, second))
    outcomes = file(made, *export(tmp_path, "Cap waktu", first, second, "11/25/2026 08:00:00", name="kemudian.csv"))
    assert [(one.kind, one.number, one.fields) for one in outcomes] == [
        ("berbeda", "BH-2026-0001", ("diajukan",)),
        ("berbeda", "BH-2026-0002", ("diajukan",)),
        ("baru", "BH-2026-0003", ()),
    ]
    beside = (made.path("BH-2026-0001") / "perubahan-1.yaml").read_text("utf-8")
    assert "2026-11-03T01:41:17+00:00" in beside
    assert "betulkan diajukan" in beside


@pytest.mark.parametrize(
    ("sent", "read", "doubted"),
    [
        (("2026-03-11 08:41", "2026-20-11 10:00"), ["2026-11-03T08:41", "2026-11-20T10:00"], []),
        (("2026/03/11 08:41", "2026/11/20 10:00"), ["2026-03-11T08:41", "2026-11-20T10:00"], []),
        (("2026-03-11 08:41", "2026-12-11 10:00"), ["2026-03-11T08:41", "2026-12-11T10:00"], [0, 1]),
        (("2026-03-11 08:41", "2026-20-11 10:00", "2026-10-30 10:00"), ["2026-03-11T08:41", "2026-11-20T10:00"], [0]),
        (
            ("2026-01-11 08:41", "2026-02-11 08:41", "2026-03-10 08:41", "2026-02-12 08:41"),
            ["2026-01-11T08:41", "2026-02-11T08:41", "2026-03-10T08:41", "2026-02-12T08:41"],
            [],
        ),
        (("2026-11-01 08:41", "2026-02-02 08:41", "2026-01-03 08:41"), ["2026-11-01T08:41"], [0, 2]),
        (("2026-03-11 08:41", "2026-99-11 08:41"), ["2026-03-11T08:41", ""], []),
    ],
)
def test_day_and_month_behind_a_year_are_read_as_the_column_shows_or_doubted(
    tmp_path: Path, sent: tuple[str, ...], read: list[str], doubted: list[int]
) -> None:
    found = export(tmp_path, "Cap waktu", *sent)
    assert times(found)[: len(read)] == read
    assert [row for row, one in enumerate(found) if any("tidak pasti" in p.message for p in one.problems)] == doubted
    assert [row for row, one in enumerate(found) if one.other_reading] == doubted, "a later export may decide"


@pytest.mark.parametrize("sent", ["3-Nov-26 08:41", "Nov 3, 2026 8:41 AM", "November 3, 2026", "Nov 3 2026, 8:41"])
def test_a_date_as_english_programs_write_it_is_a_finding(tmp_path: Path, sent: str) -> None:
    found = export(tmp_path, "Cap waktu", sent)
    assert (times(found), findings(found)) == ([""], ["Baris 2: waktu tidak terbaca."])
