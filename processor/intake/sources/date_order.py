"""Decides whether day or month stands first in a column of times: 3/4/2026 is either, and a wrong guess swaps both.

What the column itself shows decides, then that nothing was sent in the future, then the order of the rows. What stays
undecided is read as its title lets one assume, never without a word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from processor.intake.sources import timestamps
from processor.intake.sources.timestamps import Cell, DigitDate, Order

_ORDERS: tuple[Order, Order] = ("hari", "bulan")
_SLACK = timedelta(days=1)  # of zones and clocks; day and month swapped are a month off
_ENOUGH_ROWS = 3  # of different times, before their order says something
_DAY_FIRST = {"cap waktu", "stempel waktu"}


@dataclass(frozen=True, slots=True)
class YearFirst:
    """What stands behind the year: the month, as the standard says, unless the column shows otherwise."""

    first: Order = "bulan"
    certain: bool = True


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How the dates of one column are read.

    ``first`` is what stands first, ``certain`` whether that was decided or only assumed. ``swapped`` tells that a
    spreadsheet has read day and month of its own date cells the other way round. ``behind_year`` is how those are read
    that begin with their year.
    """

    first: Order = "bulan"
    certain: bool = True
    swapped: bool = False
    behind_year: YearFirst = YearFirst()

    def of(self, cell: Cell) -> tuple[Order, bool]:
        """Give what stands first in a cell, and whether that was decided."""
        if timestamps.digit_date(cell, year_first=True):
            return self.behind_year.first, self.behind_year.certain
        return self.first, self.certain


def decide(cells: Sequence[Cell], title: str, limits: Sequence[datetime] = ()) -> DateOrder:
    """Decide how to read the times in ``cells``.

    Args:
        cells: The column, in the order of its rows.
        title: Of the column, in plain spelling: what is assumed where nothing decides.
        limits: Moments after which nothing can have been sent: the file's own time, now.
    """
    written = [found for cell in cells if (found := timestamps.digit_date(cell))]
    typed = [cell for cell in cells if isinstance(cell, date)]
    days = [limit.date() + _SLACK for limit in sorted(limits)]
    first = _shown(written) or _not_in_the_future(written, days) or _by_habit(written) or _by_rows(written)
    assumed: Order = "hari" if title in _DAY_FIRST else "bulan"
    certain = first is not None or not any(one.is_ambiguous for one in written)
    return DateOrder(first or assumed, certain, _is_swapped(typed, written, days), _behind_year(cells, days))


def _behind_year(cells: Sequence[Cell], limits: Sequence[date]) -> YearFirst:
    """Decide how dates are read that begin with their year: 2026-11-20, and 2026-20-11 as some programs write.

    That is certain where nothing speaks against the month, or all that shows an order shows the day.
    """
    read = (timestamps.digit_date(cell, year_first=True) for cell in cells)
    written = [one for one in read if one and (one.day("bulan") or one.day("hari"))]
    if (shown := _shown(written)) == "hari" or any(one.parts[0] > 12 for one in written):
        return YearFirst(shown or "bulan", certain=shown is not None)
    doubted = shown is None and "hari" in {_not_in_the_future(written, limits), _by_rows(written)}
    return YearFirst(certain=not doubted)


def _shown(written: Sequence[DigitDate]) -> Order | None:
    """Tell the order where a part over 12 shows it, and none shows the other."""
    over = [one for one in written if max(one.parts) > 12]
    found: set[Order] = {"hari" if one.parts[0] > 12 else "bulan" for one in over}
    return found.pop() if len(found) == 1 else None


def _not_in_the_future(written: Sequence[DigitDate], limits: Sequence[date]) -> Order | None:
    """Tell the order that is left when the other puts something into the future. A limit that leaves none is wrong."""
    for limit in limits:
        possible = [order for order in _ORDERS if all(day <= limit for day in _days(written, order))]
        if len(possible) == 1:
            return possible[0]
    return None


def _days(written: Sequence[DigitDate], order: Order) -> Iterator[date]:
    return (day for one in written if (day := one.day(order)))


def _by_habit(written: Sequence[DigitDate]) -> Order | None:
    """Tell the order by spelling: Indonesians write 13.05.09, and Microsoft Forms M/D/YY."""
    if any(one.dotted for one in written):
        return "hari"
    return "bulan" if any(one.short_year for one in written) else None


def _by_rows(written: Sequence[DigitDate]) -> Order | None:
    """Tell the order in which alone the rows stand as they were sent, one after the other."""
    rising = []
    for order in _ORDERS:
        times = [(day, one.clock) for one in written if (day := one.day(order))]
        if len(times) == len(written) and len(set(times)) >= _ENOUGH_ROWS and times == sorted(times):
            rising.append(order)
    return rising[0] if len(rising) == 1 else None


def _is_swapped(typed: Sequence[date], written: Sequence[DigitDate], limits: Sequence[date]) -> bool:
    """Tell whether a spreadsheet has read its date cells the other way round.

    It leaves as text what it cannot read: beside such texts, or where one date lies in the future and would not the
    other way round, no day of its date cells is over 12.
    """
    if not typed or any(cell.day > 12 for cell in typed):
        return False
    if any(max(one.parts) > 12 for one in written):
        return True
    as_they_are, other = ([_plain(cell, swap=swap) for cell in typed] for swap in (False, True))
    return any(max(as_they_are) > limit >= max(other) for limit in limits)


def _plain(cell: date, *, swap: bool) -> date:
    return date(cell.year, cell.day, cell.month) if swap else date(cell.year, cell.month, cell.day)
