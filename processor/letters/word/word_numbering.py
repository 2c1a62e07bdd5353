"""What Word's automatic numbering shows: the mark of each paragraph in turn, as ``numbering.xml`` describes it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from processor.letters.word.styles import Element, W

BULLET = "•"
LEVELS = 9  # ECMA-376 17.9.6
_SLOT = re.compile(r"%([1-9])")
_MOST = 999
_LONGEST = 60
"""Letters of a mark: Word takes no more than 255, and it stands before every paragraph."""
_ROMAN = (
    *((900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Indent:
    """Where the words of a paragraph begin, from the margin, and its first line, from there (twips); None: not said."""

    left: int | None = None
    shift: int | None = None

    def over(self, base: "Indent") -> "Indent":
        """Give this indent, with what it does not say from ``base``."""
        return Indent(base.left if self.left is None else self.left, base.shift if self.shift is None else self.shift)


UNSAID = Indent()


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list; ``style`` is the paragraph style that stands for it."""

    start: int = 1
    shape: str = "decimal"
    text: str = ""
    indent: Indent = UNSAID
    restarts: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class WordNumbering:
    """The lists of a document, and how far each has been counted."""

    lists: Mapping[str, tuple[str, tuple[ListLevel, ...], tuple[int | None, ...]]]
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def level(self, number: str, depth: int) -> ListLevel | None:
        """Describe a level of the list ``number``; None where there is no such list."""
        found = self.lists.get(number)
        return found[1][min(depth, LEVELS - 1)] if found else None

    def count(self, number: str, depth: int) -> int:
        """Give how far a level of a list has been counted."""
        found = self.lists.get(number)
        return (self.counts[found[0]][min(depth, LEVELS - 1)] or 0) if found else 0

    def depth_of_style(self, number: str, style: str) -> int:
        """Give the level that a paragraph style stands for in a list; the first where none does."""
        found = self.lists.get(number)
        return next((at for at, one in enumerate(found[1]) if one.style == style), 0) if found else 0

    def mark(self, number: str, depth: int) -> str:
        """Count on, and give the mark that the next paragraph of a list shows; "" where it shows none."""
        found = self.lists.get(number)
        if found is None:
            return ""
        depth = min(depth, LEVELS - 1)
        shared, levels, overrides = found
        counts = self.counts.setdefault(shared, [None] * LEVELS)
        if overrides[depth] is not None and (number, depth) not in self.begun:
            counts[depth] = None
        self.begun.add((number, depth))
        begin = overrides[depth] if overrides[depth] is not None else levels[depth].start
        counts[depth] = begin if counts[depth] is None else (counts[depth] or 0) + 1
        for below in range(depth + 1, LEVELS):
            limit = levels[below].restarts
            if limit is None or depth < limit:
                counts[below] = None
        return _shown(levels, counts, depth)


def _shown(levels: tuple[ListLevel, ...], counts: list[int | None], depth: int) -> str:
    """Write the mark of a level whose count stands in ``counts``."""
    level = levels[depth]
    if level.shape == "bullet":
        return BULLET
    if level.shape == "none":
        return _SLOT.sub("", level.text).strip()

    def slot(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        count = counts[at]
        shape = "decimal" if level.legal and levels[at].shape != "decimal" else levels[at].shape
        return number_shown(levels[at].start if count is None else count, shape)

    return _SLOT.sub(slot, level.text).strip()


def number_shown(count: int, shape: str) -> str:
    """Write a number in a shape of Word's (``lowerLetter``); one that law does not count by is written in digits."""
    small = shape.lower()
    if small.endswith("letter") and 0 < count <= _MOST:
        found = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)  # 27 is aa, 28 is bb
    elif small.endswith("roman") and 0 < count <= _MOST:
        found = _roman(count)
    else:
        return f"{count:02d}" if shape == "decimalZero" else str(count)
    return found.upper() if shape.startswith("upper") else found


def _roman(count: int) -> str:
    found = ""
    for value_of, letters in _ROMAN:
        found += letters * (count // value_of)
        count %= value_of
    return found


def read(root: Element | None) -> WordNumbering:
    """Read ``numbering.xml``; None is a document without lists."""
    if root is None:
        return WordNumbering({})
    abstract = {one.get(f"{W}abstractNumId", ""): one for one in root.iterchildren(f"{W}abstractNum")}
    linked = {value(one, "styleLink"): key for key, one in abstract.items() if value(one, "styleLink")}
    own = {key: linked.get(value(one, "numStyleLink"), key) for key, one in abstract.items()}
    levels = {key: _levels(abstract[meant]) for key, meant in own.items()}
    lists = {}
    for num in root.iterchildren(f"{W}num"):
        key = value(num, "abstractNumId")
        if key in levels:
            overridden, starts = _overridden(levels[key], num)
            lists[num.get(f"{W}numId", "")] = (own[key], overridden, starts)
    return WordNumbering(lists)


def value(element: Element, name: str) -> str:
    """Give ``w:val`` of a child; "" where there is none."""
    child = element.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val", ""))


def _levels(abstract: Element) -> tuple[ListLevel, ...]:
    """Read the nine levels of a list; those that are not described count 1., 2., 3."""
    found = [ListLevel(text=f"%{at + 1}.") for at in range(LEVELS)]
    for one in abstract.iterchildren(f"{W}lvl"):
        at = whole(one.get(f"{W}ilvl", ""))
        if 0 <= at < LEVELS:
            found[at] = _level(one)
    return tuple(found)


def _level(lvl: Element) -> ListLevel:
    restarts = value(lvl, "lvlRestart")
    return ListLevel(
        start=whole(value(lvl, "start")),
        shape=value(lvl, "numFmt") or "decimal",
        text=value(lvl, "lvlText")[:_LONGEST],
        indent=indent(lvl.find(f"{W}pPr/{W}ind")),
        restarts=whole(restarts) if restarts else None,
        legal=lvl.find(f"{W}isLgl") is not None,
        style=value(lvl, "pStyle"),
    )


def _overridden(levels: tuple[ListLevel, ...], num: Element) -> tuple[tuple[ListLevel, ...], tuple[int | None, ...]]:
    """Give the levels as one list changes them, and where it starts afresh."""
    changed, starts = list(levels), [None] * LEVELS  # type: list[ListLevel], list[int | None]
    for one in num.iterchildren(f"{W}lvlOverride"):
        at = whole(one.get(f"{W}ilvl", ""))
        if not 0 <= at < LEVELS:
            continue
        if (lvl := one.find(f"{W}lvl")) is not None:
            changed[at] = _level(lvl)
        if start := value(one, "startOverride"):
            starts[at] = whole(start)
            changed[at] = replace(changed[at], start=whole(start))
    return tuple(changed), tuple(starts)


def indent(place: Element | None) -> Indent:
    """Read a ``w:ind``: Word writes ``left``, newer files ``start``; what is measured otherwise counts as not said."""
    if place is None:
        return Indent()
    left = _twips(place.get(f"{W}left") or place.get(f"{W}start"))
    hanging, first = _twips(place.get(f"{W}hanging")), _twips(place.get(f"{W}firstLine"))
    if hanging is not None and (hanging or first is None):
        return Indent(left, -hanging)
    return Indent(left, first)


def _twips(text: str | None) -> int | None:
    return int(text) if text and text.lstrip("-").isdecimal() and len(text) < 7 else None


def whole(text: str) -> int:
    """Read a whole number; 0 for anything else."""
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 7 else 0
