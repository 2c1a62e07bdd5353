"""The links by which a page of the desk is narrowed: plain addresses, so that they work without any script. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from processor.desk.visit import Visit
from processor.operations import case_filters
from processor.operations.case_filters import AWAITED, FILTERS, YES, Chosen, Words
from processor.operations.case_row import CaseRow

MINE = "saya"
"""How an address says that it is the turn of whoever looks, so that none names them."""
_TITLES = {
    "keadaan": "Keadaan",
    "status": "Status",
    "giliran": "Giliran",
    "topik": "Topik",
    "bentuk": "Bentuk",
    "kanal": "Datang lewat",
    "hambatan": "Hambatan",
    "mendesak": "Tanggal dekat",
    "keberatan": "Keberatan",
    "lanjutan": "Pertanyaan lanjutan",
    "betulkan": "Perlu dibetulkan",
}
_SAID = {AWAITED: "koordinasi lewat batas"}


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


@dataclass(frozen=True, slots=True)
class FilteredPage:
    """A page that links narrow.

    ``address`` is its own without what is asked for, ``kept`` what else that asks for, ``by`` its filters, ``me`` who
    looks, ``named`` gives an officer's name.
    """

    address: str
    kept: Mapping[str, str]
    by: Mapping[str, Words] = field(default_factory=lambda: FILTERS)
    me: str = ""
    named: Callable[[str], str] = str

    def chosen_in(self, asked: Mapping[str, str]) -> Chosen:
        """Give what an address asks for."""
        words = {name: asked.get(name, "") for name in self.by}
        mine = {"giliran": self.me} if words.get("giliran") == MINE else {}
        return {name: word for name, word in {**words, **mine}.items() if word}

    def written(self, chosen: Chosen) -> Chosen:
        """Give what was chosen as an address asks for it."""
        mine = {"giliran": MINE} if self.me and chosen.get("giliran") == self.me else {}
        return {**chosen, **mine}

    def to(self, chosen: Chosen) -> str:
        """Give the address that asks for what is ``chosen``."""
        return address(self.address, **self.kept, **self.written(chosen))


def filtered(visit: Visit, page: str, by: Mapping[str, Words] = FILTERS, **kept: str) -> FilteredPage:
    """Describe a page of the desk that links narrow, with what else its address asks for."""
    names = {key: one.nama for key, one in visit.office.settings.petugas.items()}
    asked = {"petugas": visit.asking, **kept}
    return FilteredPage(f"{visit.base}{page}", asked, by, visit.me, lambda key: names.get(key, key))


def address(page: str, **asked: str) -> str:
    """Give the address of a page with what is asked for, without what is empty."""
    words = urlencode({name: word for name, word in asked.items() if word})
    return f"{page}?{words}" if words else page


def links(rows: Sequence[CaseRow], chosen: Chosen, page: FilteredPage) -> Filters:
    """Make the links of a page.

    Args:
        rows: What the page would show without any of them.
        chosen: What is asked for now.
        page: The page.

    Returns:
        Links to every word that one of the rows has which hold all else that was chosen, and not all of these have;
        and to what was chosen.
    """
    groups: dict[str, Sequence[FilterLink]] = {}
    counted = case_filters.counts(rows, chosen, page.by)
    for name, title in _TITLES.items():
        now, found = chosen.get(name, ""), dict(counted.get(name, {}))
        words = {**found, **({now: found.get(now, 0)} if now else {})}
        if now or [*words.values()] != [len(rows)]:
            groups[title] = [_link(page, chosen, name, word, count) for word, count in words.items()]
    shown = {title: some for title, some in groups.items() if some}
    return Filters(shown, page.to({}) if chosen else "")


def _link(page: FilteredPage, chosen: Chosen, name: str, word: str, count: int) -> FilterLink:
    """Make the link to one word of a filter, or away from it where it was chosen."""
    taken = chosen.get(name, "") == word
    others = {key: one for key, one in chosen.items() if key != name}
    said = _TITLES[name].lower() if word == YES else _SAID.get(word) or word.replace("_", " ")
    said = page.named(word) if name == "giliran" else said
    return FilterLink(said, count, page.to(others if taken else {**others, name: word}), taken)
