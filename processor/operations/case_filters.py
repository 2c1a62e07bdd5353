"""Which cases a list shows: by topic, channel, obstacle, near date, objection and follow-up, as their rows say. Pure.

The unit of an applicant is none of these: it is sealed, and ``unit_search`` opens it for a reason.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from processor.operations.overview import CaseRow

YES = "ya"
"""What is asked for where a case has a thing or not."""
Chosen = Mapping[str, str]
"""The word that is asked for, by the name of a filter."""
NOTHING: Chosen = {}

FILTERS: Mapping[str, Callable[[CaseRow], tuple[str, ...]]] = {
    "topik": lambda row: (row.topic,) if row.topic else (),
    "kanal": lambda row: (row.channel,) if row.channel else (),
    "hambatan": lambda row: tuple(row.obstacles.split()),
    "mendesak": lambda row: (YES,) if row.urgent else (),
    "keberatan": lambda row: (row.objection,) if row.objection else (),
    "lanjutan": lambda row: (YES,) if row.follows else (),
}
"""What a row holds of each, in the order in which they are offered."""


def holds(row: CaseRow, chosen: Chosen) -> bool:
    """Tell whether a row has all that was ``chosen``; "" asks for nothing."""
    return all(word in FILTERS[name](row) for name, word in chosen.items() if word)


def near_until(row: CaseRow, day: date | None) -> bool:
    """Tell whether the near date of a row is at the latest ``day``; None asks for nothing."""
    return day is None or (bool(row.urgent) and date.fromisoformat(row.urgent) <= day)


def counts(rows: Iterable[CaseRow]) -> Mapping[str, Mapping[str, int]]:
    """Count the words that rows hold, by the name of the filter; those of no row are left out."""
    found: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
    for row in rows:
        for name, words in FILTERS.items():
            for word in words(row):
                found[name][word] = found[name].get(word, 0) + 1
    return {name: dict(sorted(some.items())) for name, some in found.items() if some}


def remarks(row: CaseRow) -> tuple[str, ...]:
    """Say in words what a row holds besides its status: its topic first."""
    obstacles = row.obstacles.replace(" ", ", ").replace("_", " ")
    said = (
        row.topic.replace("_", " "),
        f"keberatan {row.objection.replace('_', ' ')}" if row.objection else "",
        f"lanjutan {row.follows}" if row.follows else "",
        f"hambatan: {obstacles}" if obstacles else "",
    )
    return tuple(filter(None, said))
