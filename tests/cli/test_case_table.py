"""The list of cases in a terminal."""

from datetime import datetime

import pytest

from processor.cli import case_table
from processor.operations.case_row import CaseRow

NOW = datetime.fromisoformat("2026-03-04T09:00:00+07:00")
YESTERDAY, LATER = "2026-03-03T10:45:00+07:00", "2026-03-05T08:15:00+07:00"


@pytest.mark.parametrize(
    ("due", "promise", "shown"),
    [
        (LATER, LATER, "2026-03-05 08.15"),
        (LATER, "", "2026-03-05 08.15"),
        (LATER, YESTERDAY, "2026-03-03 10.45 TERLAMBAT"),
        (YESTERDAY, LATER, "2026-03-03 10.45 TERLAMBAT"),
        ("", "", ""),
    ],
)
def test_the_deadline_that_is_called_late_is_the_one_that_is_past(due: str, promise: str, shown: str) -> None:
    assert case_table._deadline_cell(CaseRow("BH-2026-0001", due=due, promise=promise), NOW) == shown
