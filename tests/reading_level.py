"""How hard the pages for applicants are to read: ``python -m tests.reading_level`` prints a table of them.

No formula has been calibrated for official Indonesian prose, so none is claimed. What is counted are the two axes of
Fry's graph as Indonesian schools use it: the length of sentences, and syllables in a hundred words times 0.6, as
Indonesian words have more of them than English ones (Harjasujana and Mulyati 1996/1997 on Fry 1968). A passage for the
ninth year of school lies near 13 words a sentence and 157. The longest sentence stands beside them, as one is enough to
lose a reader. Only running text counts: no headings, cells of tables, labels, code, citations, addresses or titles.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

LEFT_OUT: Final = ("petugas/", "pengembang/", "cari/")
"""Staff's and developers' pages, and the one to search, which lists everyday words."""
_BLOCKS: Final = frozenset({"p", "li", "dd", "blockquote"})
_OTHER: Final = frozenset({"h1", "h2", "h3", "h4", "td", "th", "dt", "legend", "label", "button", "summary", "option"})
_SKIPPED: Final = frozenset({"code", "pre", "script", "style", "svg", "template"})
_NO_END: Final = frozenset({"br", "img", "input", "hr", "wbr", "meta", "link"})
_SENTENCE: Final = re.compile(r"(?<=[.?!:])[)”\"]*\s+(?=[(“\"]?[A-Z0-9])")
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_VOWELS: Final = re.compile(r"[aeo]i$|au$|[aeiouéè]", re.IGNORECASE)
_CITED: Final = re.compile(r" \([^()]*Pasal (?:[^()]|\([^()]*\))*\)|https?://\S+|\S+@\S+")
_TITLE: Final = re.compile(r"(?:Undang-Undang|Peraturan)\b.* Nomor \d")
"""The official title of a regulation, which nobody may shorten."""
FRY: Final = 0.6
"""English syllables for one Indonesian."""


@dataclass(frozen=True)
class Level:
    """What was counted on a page."""

    words: int
    per_sentence: float
    longest: str
    syllables: float
    """In a hundred words, times ``FRY``."""

    @property
    def most(self) -> int:
        """How many words the longest sentence has."""
        return len(_WORD.findall(self.longest))


class _Article(HTMLParser):
    """Collects the running text of a page's ``main``, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS | _OTHER | {"div", "ul", "ol", "dl", "table", "section"}:
            self.blocks.append("")
        left_out = tag in _SKIPPED | _OTHER or "istilah-arti" in (dict(attrs).get("class") or "")
        if tag not in _NO_END:
            self._open.append((tag, left_out))

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in {name for name, _ in self._open}:
            if self._open.pop()[0] == tag:
                break
        if tag in _BLOCKS | _OTHER:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        names = {name for name, _ in self._open}
        if "main" in names and _BLOCKS & names and not any(left_out for _, left_out in self._open):
            self.blocks[-1] += data


def syllables(word: str) -> int:
    """Count the syllables of an Indonesian word; of numbers and abbreviations every sign is said."""
    if word.isupper() or not word.isalpha():
        return sum(map(str.isalnum, word))
    return max(1, len(_VOWELS.findall(word)))


def sentences(html: str) -> Iterator[str]:
    """Give the sentences of a page's running text."""
    article = _Article()
    article.feed(html)
    for block in (" ".join(one.split()) for one in article.blocks):
        if len(_WORD.findall(block)) > 2:
            yield from (one for one in _SENTENCE.split(_CITED.sub("", block)) if not _TITLE.match(one))


def level(html: str) -> Level:
    """Count what stands on a page."""
    said = [one for one in sentences(html) if _WORD.search(one)]
    words = [word for one in said for word in _WORD.findall(one)]
    longest = max(said, key=lambda one: len(_WORD.findall(one)), default="")
    count = max(1, len(words))
    fry = FRY * 100 * sum(map(syllables, words)) / count
    return Level(len(words), len(words) / max(1, len(said)), longest, fry)


def levels(site: Path) -> dict[str, Level]:
    """Count what stands on each page for applicants of a site."""
    paths = {path.parent.relative_to(site).as_posix() + "/": path for path in sorted(site.rglob("index.html"))}
    found = {name: level(path.read_text("utf-8")) for name, path in paths.items() if not name.startswith(LEFT_OUT)}
    return {name: one for name, one in found.items() if one.words}


def table(found: Mapping[str, Level]) -> str:
    """Write a line for each page."""
    rows = [f"{'page':24} {'words':>6} {'a sentence':>11} {'longest':>8} {'syllables':>10}"]
    for name, one in found.items():
        rows.append(f"{name:24} {one.words:6} {one.per_sentence:11.1f} {one.most:8} {one.syllables:10.0f}")
    return "\n".join(rows)


def main() -> None:
    """Build the site that is shipped, and print the table."""
    from tests import bench_pages  # noqa: PLC0415 -- it needs a browser's library, the counting does not

    with tempfile.TemporaryDirectory() as folder:
        found = levels(bench_pages.built(Path(folder), "ours"))
    print(table(found))


if __name__ == "__main__":
    main()
