"""The named styles of a Word template in which Markdown is set, and the numbering behind its lists."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from processor.letters.word.paragraphs import ListStyle, Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = Any  # lxml's
NUMBERED, BULLETS, QUOTATION, HEADING = "Daftar Bernomor", "Daftar Butir", "Kutipan Peraturan", "Subjudul"
_TEN_POINTS = 20  # what Word takes where nothing says a size
STYLES_PART, NUMBERING_PART = "word/styles.xml", "word/numbering.xml"


@dataclass(frozen=True, slots=True)
class NumberingPart:
    """``word/numbering.xml``, cut where a document's own lists are added; ``next`` is the first free number."""

    before: str
    after: str
    next: int

    def complete(self, added: list[str]) -> bytes:
        """Give the part with the lists that one document adds."""
        return "".join((self.before, *added, self.after)).encode()


@dataclass(frozen=True, slots=True)
class TextSizes:
    """How large text is (half points): by the id of its paragraph's style, and by itself."""

    styles: Mapping[str, int]
    plain: int

    def of(self, style: str) -> int:
        """Give the size of text whose paragraph has the style with this id, "" for none."""
        return self.styles.get(style, self.plain)


def parse_part(content: bytes) -> Element:
    """Read a part as a tree, without what no reader sees. Raises etree.XMLSyntaxError."""
    unseen = {"remove_comments": True, "remove_pis": True}
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, **unseen))


def serialise(root: Element) -> str:
    """Write a tree as text, with the names that it was read with."""
    return str(etree.tostring(root, encoding="unicode"))


def find_styles(parts: Mapping[str, bytes]) -> tuple[Styles | None, tuple[str, ...]]:
    """Find the styles that Markdown needs.

    Returns:
        The styles, or None and the names of all that are missing or number no more.
    """
    named = _by_name(parts)
    numbers = parse_part(parts[NUMBERING_PART]) if NUMBERING_PART in parts else None
    numbered, bullets = (_list_style(named, numbers, name) for name in (NUMBERED, BULLETS))
    quotation, heading = (_style_id(named.get(name)) for name in (QUOTATION, HEADING))
    if numbered and bullets and quotation and heading:
        indent, below = _left_indent(named[QUOTATION].find(f"{W}pPr/{W}ind")), (f"{HEADING} {at}" for at in range(2, 7))
        deeper = tuple(_style_id(named[name]) for name in itertools.takewhile(named.__contains__, below))
        return Styles(numbered, bullets, quotation, heading, indent, deeper, _outline(named[HEADING])), ()
    found = {NUMBERED: numbered, BULLETS: bullets, QUOTATION: quotation, HEADING: heading}
    return None, tuple(name for name, style in found.items() if not style)


def _outline(heading: Element) -> int:
    """Give the outline level of the first headings of a text (from 0); below the letter's own where none is set."""
    level = heading.find(f"{W}pPr/{W}outlineLvl")
    value = "" if level is None else level.get(f"{W}val", "")
    return int(value) if value.isdecimal() and int(value) < 9 else 1


def names(parts: Mapping[str, bytes]) -> frozenset[str]:
    """Give the name of every style, of paragraphs and of tables, as Word shows it."""
    found = parse_part(parts[STYLES_PART]).iter(f"{W}style") if STYLES_PART in parts else ()
    shown = (style.find(f"{W}name") for style in found)
    return frozenset(name.get(f"{W}val", "") for name in shown if name is not None)


def numbering_part(parts: Mapping[str, bytes]) -> NumberingPart | None:
    """Cut the numbering part where more lists go; None where the template has no list."""
    if NUMBERING_PART not in parts:
        return None
    root = parse_part(parts[NUMBERING_PART])
    used = [int(num.get(f"{W}numId", "0")) for num in root.iter(f"{W}num")]
    if not used:
        return None
    whole = serialise(root)
    cut = whole.rfind("</w:num>") + len("</w:num>")
    return NumberingPart(whole[:cut], whole[cut:], max(used) + 1)


def text_sizes(parts: Mapping[str, bytes]) -> TextSizes:
    """Give how large the text of each paragraph style is."""
    known = {_style_id(style): style for style in _by_name(parts).values()}
    default = parse_part(parts[STYLES_PART]).find(f"{W}docDefaults//{W}sz") if STYLES_PART in parts else None
    normal = next((name for name, style in known.items() if style.get(f"{W}default") in {"1", "true"}), "")
    plain = _own_size(known, normal) or _half_points(default) or _TEN_POINTS
    return TextSizes({name: _own_size(known, name) or plain for name in known}, plain)


def _own_size(known: Mapping[str, Element], name: str) -> int:
    """Give the size that a style, or one that it is based on, sets; 0 where none does."""
    seen: set[str] = set()
    while name in known and name not in seen:
        seen.add(name)
        if size := _half_points(known[name].find(f"{W}rPr/{W}sz")):
            return size
        parent = known[name].find(f"{W}basedOn")
        name = "" if parent is None else parent.get(f"{W}val", "")
    return 0


def _half_points(size: Element | None) -> int:
    value = "" if size is None else size.get(f"{W}val", "")
    return int(value) if value.isdecimal() else 0


def _by_name(parts: Mapping[str, bytes]) -> dict[str, Element]:
    """Give the paragraph styles by the name that Word shows."""
    found: dict[str, Element] = {}
    if STYLES_PART not in parts:
        return found
    for style in parse_part(parts[STYLES_PART]).iter(f"{W}style"):
        name = style.find(f"{W}name")
        if style.get(f"{W}type") == "paragraph" and name is not None:
            found[name.get(f"{W}val", "")] = style
    return found


def numbers_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Give the number of the list of each paragraph style that numbers, by the style's id."""
    named = _by_name(parts)
    found = {_style_id(style): _numbered_by(named, style) for style in named.values()}
    return {style: number for style, number in found.items() if number}


def _style_id(style: Element | None) -> str:
    return "" if style is None else style.get(f"{W}styleId", "")


def _list_style(named: Mapping[str, Element], numbers: Element | None, name: str) -> ListStyle | None:
    """Find how lists of a style are numbered and indented."""
    style = named.get(name)
    number = _numbered_by(named, style)
    if style is None or numbers is None or not number:
        return None
    for num in numbers.iter(f"{W}num"):
        abstract = num.find(f"{W}abstractNumId")
        if num.get(f"{W}numId") == number and abstract is not None:
            kind = abstract.get(f"{W}val", "0")
            return ListStyle(_style_id(style), int(number), int(kind), _indents(numbers, kind))
    return None


def _numbered_by(named: Mapping[str, Element], style: Element | None) -> str:
    """Find the number of the list of ``style`` or of a style that it is based on; "" when there is none."""
    known = {_style_id(other): other for other in named.values()}
    while style is not None:
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            value = number.get(f"{W}val", "")
            return "" if value == "0" else value
        parent = style.find(f"{W}basedOn")
        style = None if parent is None else known.pop(parent.get(f"{W}val", ""), None)
    return ""


def _indents(numbers: Element, kind: str) -> tuple[int, ...]:
    """Give the left indent of each level of a list, in twips."""
    for abstract in numbers.iter(f"{W}abstractNum"):
        if abstract.get(f"{W}abstractNumId") == kind:
            places = (level.find(f"{W}pPr/{W}ind") for level in abstract.iter(f"{W}lvl"))
            return tuple(_left_indent(place) for place in places)
    return ()


def _left_indent(place: Element | None) -> int:
    """Read a left indent (twips): Word writes ``left``, newer files ``start``; centimetres and the like count as 0."""
    if place is None:
        return 0
    value = place.get(f"{W}left") or place.get(f"{W}start") or "0"
    return int(value) if value.lstrip("-").isdecimal() else 0
