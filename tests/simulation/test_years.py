"""A few of the office-years that ``make simulasi`` lives, and that a year finds what is wrong in a program."""

import pytest

from processor.foundation import atomic_files
from tests.effort import LONG
from tests.simulation.__main__ import live
from tests.simulation.invariants import Broken


@pytest.fixture(autouse=True)
def _without_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


@pytest.mark.parametrize("seed", range(1, 50 if LONG else 4))
def test_in_an_office_year_nothing_is_lost_doubled_or_told(seed: int) -> None:
    live(seed)


def test_a_program_that_forgets_to_flush_is_found_in_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_files, "sync_all", bool)
    with pytest.raises(Broken, match="pass_in_a_power_cut"):
        live(3)
