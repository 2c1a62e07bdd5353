"""What the styles of a Word document say of the paragraphs and words that are set in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from processor.letters.word import word_numbering
from processor.letters.word.styles import Element, W
from processor.letters.word.word_numbering import UNSAID, Indent

QUOTATIONS = frozenset({"kutipan peraturan", "kutipan", "quote", "intense quote", "block text"})
_HEADINGS = {"judul bagian": 1, "judul tanpa nomor": 1, "subjudul": 2}
"""The headings of our letters, with their levels; those of Word are called ``heading 1`` in every language."""
_DEEPEST = 9
_MOST_BASES = 20


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A style with what it takes over from those on which it is based.

    ``heading`` is its level, 0 for none; ``number`` the list that numbers it, "" for none; ``depth`` its level there,
    None where the list says that.
    """

    name: str = ""
    heading: int = 0
    quoted: bool = False
    number: str = ""
    depth: int | None = None
    indent: Indent = UNSAID
    bold: bool = False
    italic: bool = False


PLAIN = WordStyle()


def read(root: Element | None) -> Mapping[str, WordStyle]:
    """Read ``styles.xml``: each style by its id; the style of paragraphs that name none stands under ""."""
    if root is None:
        return {"": PLAIN}
    raw = {one.get(f"{W}styleId", ""): one for one in root.iterchildren(f"{W}style")}
    found = {key: _style(raw, key) for key in raw}
    usual = (key for key, one in raw.items() if one.get(f"{W}type") == "paragraph" and is_on(one.get(f"{W}default")))
    return {**found, "": found.get(next(usual, ""), PLAIN)}


def _style(raw: Mapping[str, Element], key: str) -> WordStyle:
    """Read one style, from the one at the bottom to itself."""
    made = PLAIN
    for element in reversed([*_bases(raw, key)]):
        made = _changed(made, element)
    return made


def _bases(raw: Mapping[str, Element], key: str) -> Iterator[Element]:
    """Give a style, the one that it is based on, and so on; rings end somewhere."""
    for _ in range(_MOST_BASES):
        if key not in raw:
            return
        yield raw[key]
        key = word_numbering.value(raw[key], "basedOn")


def _changed(base: WordStyle, element: Element) -> WordStyle:
    """Give what a style makes of the one that it is based on."""
    name = word_numbering.value(element, "name")
    paragraph, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    number, depth = base.number, base.depth
    if paragraph is not None and (numbered := paragraph.find(f"{W}numPr")) is not None:
        number = word_numbering.value(numbered, "numId") or number
        depth = word_numbering.whole(word_numbering.value(numbered, "ilvl")) if _has(numbered, "ilvl") else depth
    own = word_numbering.indent(None if paragraph is None else paragraph.find(f"{W}ind"))
    return WordStyle(
        name,
        _heading(name, paragraph) or base.heading,
        base.quoted or name.casefold() in QUOTATIONS,
        "" if number == "0" else number,
        depth,
        own.over(base.indent),
        base.bold if (bold := switched(run, "b")) is None else bold,
        base.italic if (italic := switched(run, "i")) is None else italic,
    )


def _has(element: Element, name: str) -> bool:
    return element.find(f"{W}{name}") is not None


def _heading(name: str, paragraph: Element | None) -> int:
    """Tell which level of headings a style is, by its name or its outline; 0 for none."""
    word, _, level = name.casefold().partition(" ")
    if word == "heading" and level.isdecimal():
        return int(level)
    known = _HEADINGS.get(name.casefold(), 0)
    return known or outline_level(paragraph)


def outline_level(paragraph: Element | None) -> int:
    """Give the level at which a ``w:pPr`` lets a paragraph appear in the outline; 0 for body text."""
    text = "" if paragraph is None else word_numbering.value(paragraph, "outlineLvl")
    return int(text) + 1 if text.isdecimal() and int(text) < _DEEPEST else 0


def switched(properties: Element | None, name: str) -> bool | None:
    """Tell whether a ``w:rPr`` switches something on or off; None where it does neither."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else is_on(found.get(f"{W}val", "1"))


def is_on(text: str | None) -> bool:
    """Read how Word writes yes and no."""
    return text in {"1", "true", "on"}
