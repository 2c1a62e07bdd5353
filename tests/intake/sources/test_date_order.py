"""Whether day or month stands first: what decides, and what is left undecided rather than guessed."""

from datetime import UTC, datetime

import pytest

from processor.intake.sources.date_order import DateOrder, decide
from processor.intake.sources.timestamps import Cell, Order

NOW = datetime(2026, 11, 27, 16, tzinfo=UTC)
BEFORE = datetime(2026, 4, 1, 16, tzinfo=UTC)
NEW_YEAR = datetime(1980, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["3/4/2026 10:00", "24/4/2026 10:00"], "hari"),
        (["3/4/2026 10:00", "4/24/2026 10:00"], "bulan"),
        (["3/4/26 10:00"], "bulan"),
        (["03/11/2026 08.41.17"], "hari"),
        (["03.11.2026 08:41"], "hari"),
        (["11/12/2026 20:00:00"], "bulan"),
        (["11/3/2026 08:41:17", "11/12/2026 20:00:00"], "bulan"),
        (["12/11/2026 20:00:00"], "hari"),
        (["12/11/2026 20.00.00"], "hari"),
        (["11/12/2026 20.00.00"], "bulan"),
        (["30/10/2026 10:00", "12/11/2026 10:00"], "hari"),
        (["01/02/2026 10:00", "03/02/2026 10:00", "02/03/2026 10:00"], "hari"),
        (["02/01/2026 10:00", "02/03/2026 10:00", "03/02/2026 10:00"], "bulan"),
        (["04/03/2026 10:00", "03/04/2026 10:00", "03/04/2026 11:00"], "hari"),
    ],
)
@pytest.mark.parametrize("title", ["cap waktu", "timestamp"])
def test_what_is_written_tells_which_part_is_the_day(cells: list[Cell], first: Order, title: str) -> None:
    assert decide(cells, title, [NOW]) == DateOrder(first)


@pytest.mark.parametrize(
    "cells",
    [
        ["3/4/2026 10:00", "2026-04-03 10:00"],
        ["03/11/2026 08:41:17"],
        ["01/02/2026 10:00", "03/02/2026 10:00"],
        ["01/02/2026 10:00", "03/04/2026 10:00", "05/06/2026 10:00"],
        ["13/11/2026 10:00", "10/14/2026 10:00", "3/4/2026 10:00"],
    ],
)
def test_what_stays_undecided_is_assumed_by_the_title_and_uncertain(cells: list[Cell]) -> None:
    assert decide(cells, "cap waktu", [NOW]) == DateOrder("hari", certain=False)
    assert decide(cells, "timestamp", [NOW]) == DateOrder("bulan", certain=False)


def test_dates_that_read_alike_either_way_are_certain() -> None:
    assert decide(["04/04/2026", "kemarin", ""], "timestamp") == DateOrder()
    assert decide([], "timestamp") == DateOrder()


def test_nothing_was_sent_after_the_file_was_written_unless_its_time_is_wrong() -> None:
    assert decide(["02/06/2026 10:00"], "cap waktu", [NOW]) == DateOrder("hari", certain=False)
    assert decide(["02/06/2026 10:00"], "cap waktu", [BEFORE, NOW]) == DateOrder("bulan")
    assert decide(["02/06/2026 10:00"], "cap waktu", [NEW_YEAR, NOW]) == DateOrder("hari", certain=False)
    assert decide(["12/11/2026 10:00"], "timestamp", [NOW, NEW_YEAR]) == DateOrder("hari")


MARCH, MAY = datetime(2026, 3, 11, 8, 41), datetime(2026, 5, 11, 13, 5)  # noqa: DTZ001  as a sheet holds them


@pytest.mark.parametrize(
    ("cells", "swapped"),
    [
        ([MARCH, MAY, "20/11/2026 20:00:00"], True),
        ([MARCH, MAY, "11/20/2026 20:00:00"], True),
        ([MARCH, MAY], False),
        ([MARCH, MAY.replace(day=13), "20/11/2026 20:00:00"], False),
        ([MARCH, "10/11/2026 20.00.00"], False),
        ([MARCH, MAY.replace(month=12, day=5)], True),
        ([MARCH, MAY.replace(month=12, day=13)], False),
        ([MARCH.replace(month=12, day=12)], False),
        (["20/11/2026 20:00:00"], False),
    ],
)
def test_date_cells_that_a_spreadsheet_swapped_are_known_by_what_it_left_as_text(
    cells: list[Cell], *, swapped: bool
) -> None:
    assert decide(cells, "cap waktu", [NOW]).swapped is swapped
