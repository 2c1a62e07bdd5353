"""Adds up the files of many agencies, also along a tree of them, and names what is missing. Pure.

Only what agencies published is added, so a sum tells nobody more than its parts did: where one of them hides a number,
the sum says that it is at least so much, and of how many it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from processor.evaluation import periods
from processor.evaluation.aggregate import WHOLE, Aggregate, AggregateTable, Row
from processor.evaluation.periods import Period
from processor.evaluation.publication_tables import parent
from processor.evaluation.tally import Tally, along


@dataclass(frozen=True)
class Member:
    """An agency of a recap: its code, what people call it, the code of the one above it, and its file if there is one.

    A ``heading`` only stands above others, and nothing of its own is awaited.
    """

    code: str
    name: str
    parent: str = ""
    file: Aggregate | None = None
    heading: bool = False

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, tuple[AggregateTable, Row]]]:
        """What it published, by period and name of the table."""
        found: dict[str, dict[str, tuple[AggregateTable, Row]]] = defaultdict(dict)
        for table in self.file.tables if self.file else ():
            for period, row in table.rows.items():
                found[period][table.name] = table, row
        return found


@dataclass(frozen=True, slots=True)
class Gap:
    """What an agency has not published though others have: ``tables``, or all of a period where none are named."""

    member: Member
    periods: tuple[Period, ...]
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recap:
    """The files of many agencies, added up."""

    members: tuple[Member, ...]
    _by_period: Mapping[Period, Mapping[str, Mapping[str, Tally]]] = field(repr=False)

    @classmethod
    def of(cls, members: Iterable[Member]) -> "Recap":
        """Add up everything that ``members`` published, each table of each period by its categories."""
        given = tuple(members)
        gathered: dict[str, dict[str, dict[tuple[str, ...], list[Row]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        for table in (table for member in given for table in (member.file.tables if member.file else ())):
            for period, row in table.rows.items():
                gathered[period][table.name][table.categories].append(row)
        awaited = sum(1 for one in given if not one.heading)
        found = {
            periods.parse(period): {name: _summed(alike, awaited) for name, alike in tables.items()}
            for period, tables in gathered.items()
        }
        return cls(given, dict(sorted(found.items())))

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods of which anybody published anything, in order; quarters stand before their year."""
        return tuple(sorted(self._by_period, key=lambda one: (one.year, one.quarter or 5)))

    def sums(self, period: Period) -> Mapping[str, Mapping[str, Tally]]:
        """Give the sums of a period by table and category."""
        return self._by_period.get(period, {})

    def along_tree(self, period: Period, table: str, category: str = WHOLE) -> dict[str, Tally]:
        """Give one number of every agency with those below it, by code, and of all together under ""."""
        own = {
            one.code: _tally(one.rows.get(str(period), {}).get(table), category)
            for one in self.members
            if not one.heading
        }
        return along({one.code: one.parent for one in self.members}, own)

    def gaps(self) -> tuple[Gap, ...]:
        """Name what is missing: whole periods, and tables of a period that others have published."""
        expected: dict[str, set[str]] = defaultdict(set)
        for period, tables in self._by_period.items():
            for name in tables:
                expected[name].add(str(period))
        return tuple(gap for one in self.members if not one.heading for gap in _gaps(one, self.periods, expected))


def _gaps(member: Member, expected: Sequence[Period], tables: Mapping[str, set[str]]) -> Iterator[Gap]:
    """Find the periods of which an agency published nothing, then the tables that it lacks of others."""
    had: dict[str, set[str]] = defaultdict(set)
    for table in member.file.tables if member.file else ():
        had[table.name] |= table.rows.keys()
    at_all = set[str]().union(*had.values())
    if missing := tuple(one for one in expected if str(one) not in at_all):
        yield Gap(member, missing)
    lacking = {name: (those & at_all) - had[name] for name, those in tables.items()}
    for period in expected if any(lacking.values()) else ():
        if names := tuple(name for name, without in lacking.items() if str(period) in without):
            yield Gap(member, (period,), names)


def runs(of: Sequence[Period]) -> list[tuple[Period, Period]]:
    """Join periods of one kind that follow each other: the first and the last of each row of them."""
    found: list[tuple[Period, Period]] = []
    for one in sorted(of, key=lambda one: (one.quarter == 0, one.year, one.quarter)):
        if found and found[-1][1].next == one:
            found[-1] = found[-1][0], one
        else:
            found.append((one, one))
    return found


def _summed(alike: Mapping[tuple[str, ...], Sequence[Row]], members: int) -> dict[str, Tally]:
    """Add one table of many agencies up, category by category; those with the same categories together."""
    found: dict[str, Tally] = {}
    for categories, rows in alike.items():
        columns = dict(zip(categories, zip(*rows, strict=True), strict=True))
        nothing = (None,) * len(rows)
        for category, column in columns.items():
            tally = _of_column(column, columns.get(above(category), nothing))
            found[category] = found.get(category, Tally()) + tally
    return {category: replace(one, missing=members - one.shown - one.hidden) for category, one in found.items()}


def above(category: str) -> str:
    """Give the next greater category, of which one is a part."""
    return parent(category) or WHOLE


def _of_column(column: Row, whole: Row) -> Tally:
    """Add up what several agencies say of a category; ``whole`` is what they say of the next greater one."""
    hidden = column.count(None)
    total = sum(filter(None, column))
    if not hidden and None not in whole:
        return Tally(total, len(column), 0, 0, total, sum(filter(None, whole)))
    both = [(one, of) for one, of in zip(column, whole, strict=True) if one is not None and of is not None]
    return Tally(total, len(column) - hidden, hidden, 0, sum(one for one, _ in both), sum(of for _, of in both))


def _tally(published: tuple[AggregateTable, Row] | None, category: str) -> Tally:
    """Give what one agency says of a category."""
    if published is None or category not in published[0].categories:
        return Tally(missing=1)
    table, row = published
    numbers = dict(zip(table.categories, row, strict=True))
    return _of_column((numbers[category],), (numbers.get(above(category)),))
