"""Changes that Word has tracked, and comments: who made how many, and what a document says with or without them.

Names of authors are for the eyes of whoever reads the file in; they go nowhere else.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.oxml import parse_xml

from processor.letters.word.styles import Element, W

_CAME = ("ins", "moveTo", "cellIns")
_WENT = ("del", "moveFrom", "cellDel")
_LOOKS = ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblPrExChange")
_PLACED = tuple(f"{W}{name}" for name in (*_CAME, *_WENT, *_LOOKS))
_KEPT_PROPERTIES = {f"{W}rPr", f"{W}sectPr"}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody noted at the edge of a document."""

    author: str
    words: str


def authors(roots: Sequence[Element]) -> Counter[str]:
    """Count the tracked changes of each author."""
    found = (one for root in roots for one in root.iter(*_PLACED))
    return Counter(map(_author, found))


def remarks(document: Document) -> tuple[Remark, ...]:
    """List the comments of a document."""
    kinds = (rel for rel in document.part.rels.values() if rel.reltype.endswith("/comments") and not rel.is_external)
    roots = (parse_xml(rel.target_part.blob) for rel in kinds)
    found = (one for root in roots for one in root.iter(f"{W}comment"))
    texts = ((one, "".join(text.text or "" for text in one.iter(f"{W}t"))) for one in found)
    return tuple(Remark(_author(one), _shortened(text)) for one, text in texts)


def _author(element: Element) -> str:
    return _shortened(str(element.get(f"{W}author", ""))) or "tanpa nama"


def _shortened(text: str) -> str:
    """Give words on one line that is not too long."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def settle(root: Element, *, accept: bool) -> None:
    """Change a tree to what it says once every tracked change is accepted, or rejected."""
    stays, goes = (_CAME, _WENT) if accept else (_WENT, _CAME)
    for change in [*root.iter(*(f"{W}{name}" for name in _LOOKS))]:
        _settle_look(change, accept=accept)
    for paragraph in reversed([*root.iter(f"{W}p")]):
        if _marks_of_end(paragraph, goes):
            _join_with_next(paragraph)
    for element in [*root.iter(*(f"{W}{name}" for name in goes))]:
        _take_away(element)
    for element in [*root.iter(*(f"{W}{name}" for name in stays))]:
        _unwrap(element)


def _settle_look(change: Element, *, accept: bool) -> None:
    """Let properties be as they are now, or as they were before."""
    properties = change.getparent()
    before = next(iter(change), None)
    properties.remove(change)
    if not accept and before is not None:
        for child in [one for one in properties if one.tag not in _KEPT_PROPERTIES]:
            properties.remove(child)
        for at, child in enumerate([*before]):
            properties.insert(at, child)


def _marks_of_end(paragraph: Element, names: Sequence[str]) -> bool:
    """Tell whether the end of a paragraph itself came or went."""
    return any(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in names)


def _join_with_next(paragraph: Element) -> None:
    """Put the words of a paragraph before those of the next one, which keeps its look."""
    following = paragraph.getnext()
    if following is None or following.tag != f"{W}p":
        return
    own = following.find(f"{W}pPr")
    at = 0 if own is None else following.index(own) + 1
    for child in [one for one in paragraph if one.tag != f"{W}pPr"]:
        following.insert(at, child)
        at += 1
    paragraph.getparent().remove(paragraph)


def _take_away(element: Element) -> None:
    """Take away what a change is about: its words, or the row or cell that it marks."""
    parent = element.getparent()
    if parent is None:
        return
    if parent.tag in {f"{W}trPr", f"{W}tcPr"} and parent.getparent() is not None:
        parent, element = parent.getparent().getparent(), parent.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    """Let the words in a change stand for themselves."""
    parent = element.getparent()
    if parent is None:
        return
    for child in [*element]:
        element.addprevious(child)
    parent.remove(element)
