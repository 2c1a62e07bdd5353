"""How words of a Word file look in print: what a run or paragraph says itself, else its styles, else the defaults.

Only what a reader sees is told, and only what survives when Word or LibreOffice saves a file anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from processor.letters.word import styles, word_numbering
from processor.letters.word.styles import NUMBERING_PART, STYLES_PART, Element, W
from processor.letters.word.word_numbering import BULLET, Indent, WordNumbering

_MARKS = {
    "b": "tebal", "i": "miring", "strike": "coret", "dstrike": "coret", "caps": "kapital", "smallCaps": "kapital kecil",
    "vanish": "tersembunyi",
}  # fmt: skip
_VALUES = {"u": "garis bawah", "vertAlign": "letak", "sz": "ukuran", "color": "warna", "highlight": "sorotan"}
_PLAIN = {"u": "none", "vertAlign": "baseline", "sz": "20", "color": "auto", "highlight": "none"}  # ISO/IEC 29500-1
NEW_PAGE = "halaman baru"
_OFF = frozenset({"0", "false", "off", "none"})
_INDENTS = {
    "left": "masuk kiri", "start": "masuk kiri", "right": "masuk kanan", "end": "masuk kanan",
    "hanging": "baris pertama", "firstLine": "baris pertama",
}  # fmt: skip
_ALIGNED = {
    "left": "kiri", "start": "kiri", "right": "kanan", "end": "kanan", "both": "kiri dan kanan",
    "justify": "kiri dan kanan", "center": "tengah",
}  # fmt: skip

_BULLETS = {"\uf0b7": BULLET, "\u00b7": BULLET, "\uf0a7": "▪", "o": "◦", "\uf02d": "–"}
"""Signs of Word's symbol fonts, by what they look like."""

Look = frozenset[str]
"""What is seen of words, in Indonesian: ``tebal``, ``ukuran 24``; nothing for plain ones of the usual size."""


@dataclass(frozen=True, slots=True)
class PrintedLooks:
    """The styles of one document."""

    defaults: Element | None
    named: Mapping[str, Element]
    usual: str
    lists: WordNumbering

    def of_run(self, run: Element, style: str) -> Look:
        """Tell how the words of ``run`` look in a paragraph of ``style``."""
        own = run.find(f"{W}rPr")
        sources = [*_there(own), *self._chain(self._style(own, "rStyle"), "rPr"), *self._chain(style, "rPr")]
        sources += _there(None if self.defaults is None else self.defaults.find(f"{W}rPrDefault/{W}rPr"))
        marks = {words for name, words in _MARKS.items() if (_value(sources, name) or "0").lower() not in _OFF}
        values = {name: _value(sources, name) or plain for name, plain in _PLAIN.items()}
        shown = (f"{_VALUES[name]} {value}" for name, value in values.items() if value != _PLAIN[name])
        return frozenset({*marks, *shown})

    def of_paragraph(self, paragraph: Element) -> Look:
        """Tell how a paragraph stands on the page: its alignment, its indents and whether it begins a page."""
        own = paragraph.find(f"{W}pPr")
        sources = [*_there(own), *self._chain(self.style_of(paragraph), "pPr")]
        aligned = _value(sources, "jc") or "left"
        found = {f"rata {_ALIGNED.get(aligned, aligned)}"} - {"rata kiri"}
        starts_page = _value(sources, "pageBreakBefore")
        found |= {NEW_PAGE} if starts_page and starts_page.lower() not in _OFF else set()
        indents = self._indents(paragraph, own)
        return frozenset(found | {f"{side} {value}" for side, value in indents.items() if value not in {"0", ""}})

    def _number_of(self, paragraph: Element) -> tuple[str, int] | None:
        """Give the number of the list to which a paragraph belongs, and its level there; None for none."""
        sources = [*_there(paragraph.find(f"{W}pPr")), *self._chain(self.style_of(paragraph), "pPr")]
        number = _value(sources, "numPr", "numId")
        if not number or number == "0":
            return None
        depth = _value(sources, "numPr", "ilvl") or "0"
        return number, int(depth) if depth.isdecimal() else 0

    def mark_of(self, paragraph: Element) -> str:
        """Count a paragraph of a list, and give the mark that is printed before it; "" for one of no list."""
        item = self._number_of(paragraph)
        mark = self.lists.mark(*item) if item else ""
        level = self.lists.level(*item) if item and mark == BULLET else None
        return _BULLETS.get(level.text, level.text) if level else mark

    def style_of(self, paragraph: Element) -> str:
        """Give the id of a paragraph's style."""
        return self._style(paragraph.find(f"{W}pPr"), "pStyle") or self.usual

    def name_of(self, style: str) -> str:
        """Give the name that Word shows for the style with this id."""
        found = None if style not in self.named else self.named[style].find(f"{W}name")
        return style if found is None else str(found.get(f"{W}val", style))

    def _style(self, properties: Element | None, name: str) -> str:
        found = None if properties is None else properties.find(f"{W}{name}")
        return "" if found is None else str(found.get(f"{W}val", ""))

    def _chain(self, style: str, part: str) -> Iterator[Element]:
        """Give the properties of a style, then of what it is based on."""
        seen = set[str]()
        while style in self.named and style not in seen:
            seen.add(style)
            yield from _there(self.named[style].find(f"{W}{part}"))
            style = self._style(self.named[style], "basedOn")

    def _indents(self, paragraph: Element, own: Element | None) -> Mapping[str, str]:
        """Give the indents: the paragraph's, its own list's, those of its styles and of the lists of these."""
        found, listed = dict[str, str](), True
        for properties in (*_there(own), *self._chain(self.style_of(paragraph), "pPr")):
            place = properties.find(f"{W}ind")
            number, depth = _value([properties], "numPr", "numId"), _value([properties], "numPr", "ilvl") or "0"
            listed = listed and number != "0"  # a paragraph that left its list does not stand where that would put it
            level = self.lists.level(number, int(depth)) if listed and number and depth.isdecimal() else None
            for side, value in (*_sides(place), *(_sides_of(level.indent) if level else ())):
                found.setdefault(side, value)
        return found


def _sides(place: Element | None) -> Iterator[tuple[str, str]]:
    """Give the indents that a ``w:ind`` says (twips); a first line hangs out with a minus before its number."""
    given = {} if place is None else {str(key).removeprefix(W): str(value) for key, value in place.attrib.items()}
    for name, said in _INDENTS.items():
        if name in given:
            yield said, f"-{given[name]}" if name == "hanging" and given[name] != "0" else given[name]


def _sides_of(indent: Indent) -> Iterator[tuple[str, str]]:
    """Give the indents that a level of a list says, as ``_sides`` gives a paragraph's."""
    for side, value in (("masuk kiri", indent.left), ("baris pertama", indent.shift)):
        if value is not None:
            yield side, str(value)


def _there(found: Element | None) -> list[Element]:
    return [] if found is None else [found]


def _value(sources: list[Element], *path: str) -> str | None:
    """Give the first value at ``path`` among ``sources``; "1" for a mark without one, None where none says it."""
    for source in sources:
        found = source.find("/".join(f"{W}{name}" for name in path))
        if found is not None:
            return str(found.get(f"{W}val", "1"))
    return None


def read(parts: Mapping[str, bytes]) -> PrintedLooks:
    """Read styles and lists from the ``parts`` of a document. Raises SyntaxError where they are no XML."""
    root = styles.parse_part(parts[STYLES_PART]) if STYLES_PART in parts else None
    named = {} if root is None else {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")}
    usual = (
        key
        for key, one in named.items()
        if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default", "0") not in _OFF
    )
    defaults = None if root is None else root.find(f"{W}docDefaults")
    numbering = styles.parse_part(parts[NUMBERING_PART]) if NUMBERING_PART in parts else None
    return PrintedLooks(defaults, named, next(usual, ""), word_numbering.read(numbering))
