"""How words of a Word file look in print: what a run or paragraph says itself, else its styles, else the defaults.

Only what a reader sees is told, and only what survives when Word or LibreOffice saves a file anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from processor.letters.word import styles
from processor.letters.word.styles import NUMBERING_PART, STYLES_PART, Element, W

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

Look = frozenset[str]
"""What is seen of words, in Indonesian: ``tebal``, ``ukuran 24``; nothing for plain ones of the usual size."""


@dataclass(frozen=True, slots=True)
class PrintedLevel:
    """One level of a list: the kind of its numbers, the pattern of its mark, and with what it starts."""

    kind: str
    pattern: str
    first: int
    indents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PrintedLists:
    """The lists of a document: which numbering each uses, its levels, and what a list starts its levels with."""

    numbering: Mapping[str, str]
    levels: Mapping[tuple[str, int], PrintedLevel]
    starts: Mapping[tuple[str, int], int]

    def level(self, number: str, depth: int) -> PrintedLevel | None:
        """Give the level of the list with that number; None where there is none."""
        return self.levels.get((self.numbering.get(number, ""), depth))


@dataclass(frozen=True, slots=True)
class PrintedLooks:
    """The styles of one document."""

    defaults: Element | None
    named: Mapping[str, Element]
    usual: str
    lists: PrintedLists

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

    def number_of(self, paragraph: Element) -> tuple[str, int] | None:
        """Give the number of the list to which a paragraph belongs, and its level there; None for none."""
        sources = [*_there(paragraph.find(f"{W}pPr")), *self._chain(self.style_of(paragraph), "pPr")]
        number = _value(sources, "numPr", "numId")
        if not number or number == "0":
            return None
        depth = _value(sources, "numPr", "ilvl") or "0"
        return number, int(depth) if depth.isdigit() else 0

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
            level = self.lists.level(number, int(depth)) if listed and number and depth.isdigit() else None
            for side, value in (*_sides(place), *(level.indents if level else {}).items()):
                found.setdefault(side, value)
        return found


def _sides(place: Element | None) -> Iterator[tuple[str, str]]:
    """Give the indents that a ``w:ind`` says (twips); a first line hangs out with a minus before its number."""
    given = {} if place is None else {str(key).removeprefix(W): str(value) for key, value in place.attrib.items()}
    for name, said in _INDENTS.items():
        if name in given:
            yield said, f"-{given[name]}" if name == "hanging" and given[name] != "0" else given[name]


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
    return PrintedLooks(defaults, named, next(usual, ""), _read_lists(parts))


def _read_lists(parts: Mapping[str, bytes]) -> PrintedLists:
    if NUMBERING_PART not in parts:
        return PrintedLists({}, {}, {})
    root = styles.parse_part(parts[NUMBERING_PART])
    numbering = {one.get(f"{W}numId", ""): _value([one], "abstractNumId") or "" for one in root.iter(f"{W}num")}
    levels = {
        (abstract.get(f"{W}abstractNumId", ""), int(level.get(f"{W}ilvl", "0"))): _level(level)
        for abstract in root.iter(f"{W}abstractNum")
        for level in abstract.iter(f"{W}lvl")
    }
    starts = {
        (one.get(f"{W}numId", ""), int(override.get(f"{W}ilvl", "0"))): int(_value([override], "startOverride") or "1")
        for one in root.iter(f"{W}num")
        for override in one.iter(f"{W}lvlOverride")
        if override.find(f"{W}startOverride") is not None
    }
    return PrintedLists(numbering, levels, starts)


def _level(level: Element) -> PrintedLevel:
    place = level.find(f"{W}pPr/{W}ind")
    kind, pattern = _value([level], "numFmt") or "decimal", _value([level], "lvlText") or ""
    return PrintedLevel(kind, pattern, int(_value([level], "start") or "1"), dict(_sides(place)))
