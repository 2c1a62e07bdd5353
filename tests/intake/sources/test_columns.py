"""The column of the time: found by its name, or by what stands in it."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from processor.intake.sources import columns
from processor.intake.sources.tables import TableRow
from processor.intake.sources.timestamps import Cell
from tests.office import FORM

LONG = "Jumat, 6 November 2026 pukul 13.39.50 WIB"


def sent(titles: Sequence[str], *rows: Sequence[Cell]) -> int | None:
    header, *lines = [TableRow(line, tuple(cells)) for line, cells in enumerate([titles, *rows], 1)]
    return columns.find(header, lines, FORM).sent


@pytest.mark.parametrize(
    "cell",
    [LONG, "2026-11-06T13:39:50+07:00", "6/11/2026 13.39", datetime(2026, 11, 6, 13), 46332.57, "1793947190"],  # noqa: DTZ001  as a sheet holds it
)
@pytest.mark.parametrize("titles", [["Waktu kirim", "Nama lengkap"], ["Nama lengkap", "Tanggal pengajuan"]])
def test_a_time_under_an_unknown_title_is_found(titles: list[str], cell: Cell) -> None:
    row = [cell if title != "Nama lengkap" else "Sari Rekaan" for title in titles]
    assert sent(titles, row, row) == row.index(cell)


@pytest.mark.parametrize(
    ("titles", "row"),
    [
        (["No", "Nama lengkap"], [45954.7, "Sari"]),
        (["No", "Nama lengkap"], ["12345", "Sari"]),
        (["Hobi", "Nama lengkap"], ["Catur", "Sari"]),
        (["Nama lengkap", "Mulai", "Selesai"], ["Sari", LONG, LONG]),
        (["Nama lengkap", "Catatan waktu"], ["Sari", "pagi"]),
        (["Nama lengkap"], ["Sari"]),
    ],
)
def test_what_is_no_time_or_could_be_either_is_not_taken_for_one(titles: list[str], row: list[Cell]) -> None:
    assert sent(titles, row) is None


def test_a_name_that_is_known_goes_before_what_looks_like_a_time() -> None:
    assert sent(["Tanggal", "Cap waktu", "Nama"], [LONG, "", "Sari"]) == 1


def test_the_only_column_of_times_is_found_whatever_its_title() -> None:
    assert sent(["Nama lengkap", "Kolom X"], ["Sari", LONG], ["Budi", ""]) == 1
    assert sent(["Nama lengkap", "Kolom X"], ["Sari", LONG], ["Budi", "besok"]) is None


def test_a_column_of_times_may_hold_a_few_cells_that_are_none() -> None:
    assert sent(["Waktu", "Nama"], [LONG, "Sari"], [LONG, "Budi"], ["kemarin", "Ana"]) == 0
    assert sent(["Waktu", "Nama"], [LONG, "Sari"], ["kemarin", "Ana"]) is None
