"""Which cases a list shows: by status, turn, topic, channel, obstacle, near date and what else their rows say. Pure.

The unit of an applicant is none of these: it is sealed, and ``unit_search`` opens it for a reason.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Final

from processor.cases import applicant_messages
from processor.operations.case_row import CaseRow

YES: Final = "ya"
"""What is asked for where a case has a thing or not."""
LATE, SOON, AWAITED = "terlambat", "segera", "koordinasi_lewat"
"""What a row is at a moment: see ``of_moment``."""
Chosen = Mapping[str, str]
"""The word that is asked for, by the name of a filter."""
Words = Callable[[CaseRow], tuple[str, ...]]
"""The words by which a filter finds a row."""
NOTHING: Chosen = {}

FILTERS: Mapping[str, Words] = {
    "status": lambda row: (row.status,),
    "giliran": lambda row: row.holders,
    "topik": lambda row: (row.topic,) if row.topic else (),
    "bentuk": lambda row: (row.service,) if row.service else (),
    "kanal": lambda row: (row.channel,) if row.channel else (),
    "hambatan": lambda row: tuple(row.obstacles.split()),
    "mendesak": lambda row: (YES,) if row.urgent else (),
    "keberatan": lambda row: (row.objection,) if row.objection else (),
    "lanjutan": lambda row: (YES,) if row.follows else (),
    "betulkan": lambda row: (YES,) if row.wrong else (),
}
"""What a row holds of each, whenever it is looked at."""


def of_moment(now: datetime, soon: datetime) -> Mapping[str, Words]:
    """Give the filters by what rows are at ``now`` and no later than ``soon`` (both aware), beside ``FILTERS``."""
    return {"keadaan": lambda row: tuple(states(row, now, soon)), **FILTERS}


def states(row: CaseRow, now: datetime, soon: datetime) -> Iterable[str]:
    """Tell whether a row is late, else due ``soon``, and whether another office let its day pass."""
    nearest = min((datetime.fromisoformat(text) for text in (row.due, row.promise) if text), default=None)
    if nearest and nearest <= soon:
        yield LATE if nearest < now else SOON
    if row.awaited and row.awaited < now.date().isoformat():
        yield AWAITED


def holds(row: CaseRow, chosen: Chosen, by: Mapping[str, Words] = FILTERS) -> bool:
    """Tell whether a row has all that was ``chosen``; "" asks for nothing."""
    return all(word in by[name](row) for name, word in chosen.items() if word)


def near_until(row: CaseRow, day: date | None) -> bool:
    """Tell whether the near date of a row is at the latest ``day``; None asks for nothing."""
    return day is None or (bool(row.urgent) and date.fromisoformat(row.urgent) <= day)


def counts(
    rows: Iterable[CaseRow], chosen: Chosen = NOTHING, by: Mapping[str, Words] = FILTERS
) -> Mapping[str, Mapping[str, int]]:
    """Count by the name of each filter what words are held by the rows that hold all that was ``chosen`` of others."""
    found: dict[str, dict[str, int]] = {name: {} for name in by}
    asked = {name: word for name, word in chosen.items() if word}
    for row in rows:
        failing = [name for name, word in asked.items() if word not in by[name](row)]
        if len(failing) > 1:
            continue
        for name in failing or by:
            counted = found[name]
            for word in by[name](row):  # a Counter takes twice as long, and a list has 10 000 rows
                counted[word] = counted.get(word, 0) + 1
    return {name: dict(sorted(some.items())) for name, some in found.items() if some}


def remarks(row: CaseRow) -> tuple[str, ...]:
    """Say in words what a row holds besides its status: its topic first."""
    obstacles = row.obstacles.replace(" ", ", ").replace("_", " ")
    said = (
        row.topic.replace("_", " "),
        f"keberatan {row.objection.replace('_', ' ')}" if row.objection else "",
        f"lanjutan {row.follows}" if row.follows else "",
        f"hambatan: {obstacles}" if obstacles else "",
        f"pesan: {applicant_messages.in_words(row.messages)}" if row.messages else "",
    )
    return tuple(filter(None, said))
