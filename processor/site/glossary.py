"""Explains the words of ``docs/istilah.md`` where a page first uses them: a link there, the meanings at its foot.

A page that ends with ``{{ istilah }}`` wants that. Nothing of it needs a script: a pointer sees the meaning at the
word, a keyboard, a finger and a screen reader follow the link and come back, and paper has the list.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER

FILE_NAME: Final = "istilah.md"
MARK: Final = "<!-- istilah -->"
"""What a page has at the place of its list, until the words are known that it uses; elsewhere it is nothing."""
_ENTRY: Final = re.compile(r"^((?:[^\s:#].*\n)+):[ ]{3}(.+(?:\n[ ]{4}\S.*)*)$", re.MULTILINE)
_LEFT_ALONE: Final = frozenset(
    {"a", "button", "code", "h1", "h2", "h3", "h4", "label", "pre", "script", "style", "summary", "svg", "th"}
)
_RAW_HTML: Final = HTML_PLACEHOLDER.partition("%")[0]


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its meaning, and the words that mean the same."""

    words: tuple[str, ...]
    meaning: str

    @property
    def slug(self) -> str:
        """Give the word as anchors are written."""
        return re.sub(r"\W+", "-", self.words[0].casefold())


def terms(text: str) -> tuple[Term, ...]:
    """Read the terms from the text of the page that lists them, a definition list in Markdown."""
    found = _ENTRY.findall(text)
    return tuple(Term(tuple(words.splitlines()), " ".join(meaning.split())) for words, meaning in found)


class Explanations(Treeprocessor):
    """Links the first use of each term of a page, and puts the meanings where ``MARK`` stands."""

    def __init__(self, md: Markdown, known: Callable[[], Sequence[Term]]) -> None:
        super().__init__(md)
        self._known = known

    def run(self, root: Element) -> None:
        """Explain what a page uses that wants it; every other page stays as it is."""
        stash = self.md.htmlStash
        marks = {stash.get_placeholder(at) for at, raw in enumerate(stash.rawHtmlBlocks) if str(raw).strip() == MARK}
        for parent in root.iter() if marks else ():
            for at, child in enumerate(parent):
                if child.tag == "p" and (child.text or "").strip() in marks:
                    parent.remove(child)
                    if used := _Links({word.casefold(): one for one in self._known() for word in one.words}).put(root):
                        parent.insert(at, _meanings(used))
                    return


class _Links:
    """Puts links to the meanings into a tree, one for each term of which a word stands in it."""

    def __init__(self, known: Mapping[str, Term]) -> None:
        words = sorted(map(re.escape, known), key=len, reverse=True)
        self._known, self._used = known, dict[Term, None]()
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(words) or '(?!)'})(?![\w-])", re.IGNORECASE)

    def put(self, element: Element) -> tuple[Term, ...]:
        """Link the first use of each term in ``element``; give those that were used, by their words."""
        self._walk(element)
        return tuple(sorted(self._used, key=lambda one: one.slug))

    def _walk(self, element: Element) -> None:
        own = [element.text, *(child.tail for child in element)]
        if element.tag in _LEFT_ALONE or any(_RAW_HTML in text for text in own if text):
            return  # within tags that were typed as they are, a link may stand already
        at = self._link_before(element, 0)
        while at < len(element):
            self._walk(element[at])
            at += 1 + self._link_before(element, at + 1)

    def _link_before(self, parent: Element, at: int) -> int:
        """Link in the text before the child ``at`` of ``parent``; give how many links there are now."""
        before = parent[at - 1] if at else None
        text = (parent.text if before is None else before.tail) or ""
        found = next((one for one in self._pattern.finditer(text) if self._term(one) not in self._used), None)
        if found is None:
            return 0
        term = self._term(found)
        self._used[term] = None
        given = {"class": "istilah", "id": f"kata-{term.slug}", "href": f"#arti-{term.slug}", "title": term.meaning}
        link = Element("a", given)
        link.text, link.tail = found[0], text[found.end() :]
        if before is None:
            parent.text = text[: found.start()]
        else:
            before.tail = text[: found.start()]
        parent.insert(at, link)
        return 1 + self._link_before(parent, at + 1)

    def _term(self, found: re.Match[str]) -> Term:
        return self._known[found[0].casefold()]


def _meanings(used: Sequence[Term]) -> Element:
    """Write the list of meanings, each with the way back to its word."""
    section = Element("section", {"class": "istilah-arti", "data-search-exclude": ""})
    SubElement(section, "h2").text = "Istilah di halaman ini"
    listed = SubElement(section, "dl")
    for term in used:
        SubElement(listed, "dt", {"id": f"arti-{term.slug}"}).text = term.words[0]
        meaning = SubElement(listed, "dd")
        meaning.text = f"{term.meaning} "
        back = SubElement(meaning, "a", {"href": f"#kata-{term.slug}", "class": "istilah-kembali"})
        back.text = "Kembali ke bacaan"
        back.set("aria-label", f"Kembali ke bacaan: {term.words[0]}")
    return section
