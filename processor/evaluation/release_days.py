"""When figures are published, and of which periods. Pure.

Figures come out on fixed days only, the same day of the month after each quarter: nobody can tell from when one came
out what happened to a request.
"""

from collections.abc import Collection, Iterator
from datetime import date

from processor.evaluation import periods
from processor.evaluation.periods import Period


def next_day(after: date, day: int) -> date:
    """Give the first fixed day after a date.

    Args:
        after: A date on the office's calendar.
        day: The day of the month that follows a quarter (``evaluasi.terbit``), 1 to 28.
    """
    quarter = periods.quarter_of(after)
    days = (one.first.replace(day=day) for one in (quarter, quarter.next))
    return next(one for one in days if one > after)


def to_publish(published: Collection[str], today: date) -> tuple[Period, ...]:
    """Give the periods that have ended and are not published yet, each year after its quarters.

    They begin with the year of the first publication or, where there is none, of the quarter that ended last.
    """
    ended = periods.quarter_of(today).previous
    first = min((int(name[:4]) for name in published), default=ended.year)
    every = (one for year in range(first, ended.year + 1) for one in _of_year(year))
    return tuple(one for one in every if one.last < today and str(one) not in published)


def _of_year(year: int) -> Iterator[Period]:
    yield from Period(year).quarters
    yield Period(year)
