"""The links by which a page of the desk is narrowed: plain addresses, so that they work without any script. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from processor.operations import case_filters
from processor.operations.case_filters import YES, Chosen
from processor.operations.overview import CaseRow

_TITLES = {
    "topik": "Topik",
    "kanal": "Datang lewat",
    "hambatan": "Hambatan",
    "mendesak": "Tanggal dekat",
    "keberatan": "Keberatan",
    "lanjutan": "Pertanyaan lanjutan",
}


@dataclass(frozen=True, slots=True)
class FilterLink:
    """A word to narrow by, how many cases would be shown, and where that is; of a ``chosen`` one, without it."""

    words: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """The links of a page by the titles of what they narrow; ``cleared`` leads to the page without any, "" for none."""

    groups: Mapping[str, Sequence[FilterLink]]
    cleared: str


def chosen_in(asked: Mapping[str, str]) -> Chosen:
    """Give what an address asks for."""
    return {name: word for name in case_filters.FILTERS if (word := asked.get(name, ""))}


def address(page: str, **asked: str) -> str:
    """Give the address of a page with what is asked for, without what is empty."""
    words = urlencode({name: word for name, word in asked.items() if word})
    return f"{page}?{words}" if words else page


def links(rows: Sequence[CaseRow], chosen: Chosen, page: str, **kept: str) -> Filters:
    """Make the links of a page.

    Args:
        rows: What the page would show without any of them.
        chosen: What is asked for now.
        page: The page's address without what is asked for.
        kept: What else its address asks for.

    Returns:
        Links to every word that one of the rows has which hold all else that was chosen; and to what was chosen.
    """
    groups: dict[str, Sequence[FilterLink]] = {}
    for name, title in _TITLES.items():
        others = {key: word for key, word in chosen.items() if key != name}
        found = case_filters.counts([row for row in rows if case_filters.holds(row, others)]).get(name, {})
        now = chosen.get(name, "")
        words = {**found, **({now: found.get(now, 0)} if now else {})}
        groups[title] = [
            FilterLink(
                title.lower() if word == YES else word.replace("_", " "),
                count,
                address(page, **kept, **others, **({} if word == now else {name: word})),
                word == now,
            )
            for word, count in words.items()
        ]
    shown = {title: some for title, some in groups.items() if some}
    return Filters(shown, address(page, **kept) if chosen else "")
