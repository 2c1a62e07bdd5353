from datetime import date

import pytest

from processor.evaluation import release_days
from processor.evaluation.periods import parse


@pytest.mark.parametrize(
    ("after", "day"),
    [
        ("2026-03-02", "2026-04-15"),
        ("2026-04-14", "2026-04-15"),
        ("2026-04-15", "2026-07-15"),
        ("2026-12-31", "2027-01-15"),
        ("2026-10-20", "2027-01-15"),
    ],
)
def test_the_fixed_day_follows_the_end_of_a_quarter(after: str, day: str) -> None:
    assert release_days.next_day(date.fromisoformat(after), 15) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("published", "today", "periods"),
    [
        ([], "2026-07-15", ["2026-1", "2026-2"]),
        ([], "2027-01-15", ["2026-1", "2026-2", "2026-3", "2026-4", "2026"]),
        (["2026-1", "2026-1~2", "2026-2"], "2026-10-15", ["2026-3"]),
        (["2026-1", "2026-2"], "2027-04-15", ["2026-3", "2026-4", "2026", "2027-1"]),
        (["2026-1", "2026-2", "2026-3"], "2026-12-31", []),
    ],
)
def test_every_ended_period_is_published_once_and_a_year_after_its_quarters(
    published: list[str], today: str, periods: list[str]
) -> None:
    found = release_days.to_publish(published, date.fromisoformat(today))
    assert found == tuple(map(parse, periods))
