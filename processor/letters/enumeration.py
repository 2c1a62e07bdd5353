"""How a line may start that counts or lists: "a.", "1)", "(2)", "iv.", "15A.", "(1a)", "1.1.", "-" or Word's "•".

A mark is kept as it was typed. How deep its item stands follows from its indent and, at one indent, from the marks:
what counts on goes on, another way of counting is below.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from processor.letters.markdown_blocks import BULLET

Readings = dict[str, tuple[int, ...]]
"""What a mark may mean: its kind (brackets and letter case, "i" for Roman) -> its place in the count."""

DEEPER = 2
"""How many columns to the right of a mark its children and its further paragraphs begin, at the least."""

_SPACE = r"[^\S\n]"
_NUMBER = r"(?P<number>[0-9]{1,3})(?P<more>[A-Za-z]{0,2})"
_LETTER = r"(?P<letter>[A-Za-z]|(?P<twice>[A-Za-z])(?P=twice))(?P<extra>[0-9]{0,2})"
_ROMAN = r"(?P<roman>[ivx]{1,7}|[IVX]{1,7})"
_PARTS = r"(?P<parts>[1-9][0-9]?(?:\.(?:[1-9][0-9]?|[a-z]))+)"
_MARK = re.compile(rf"(?P<open>\(?)(?:{_PARTS}|{_NUMBER}|{_ROMAN}|{_LETTER})(?P<close>[.)])(?:{_SPACE}+|$)")
BULLETS = re.compile(
    rf"(?:([-*+·–—])(?:{_SPACE}+|$)|([•‣●○◦■▪□➢➤❖✓✔\ue000-\uf8ff]){_SPACE}*|([oØ§ü])\t{_SPACE}*)(?=\S|$)"
)
_LOOSE_BULLET = frozenset("–—·")  # also stand between the words of a sentence
_BOUND = re.compile(
    r"(?:\b(?:ayat|huruf|angka|butir|pasal|nomor|no\.|bab|bagian|pada|dalam|dengan|dan|atau|oleh|dari|untuk|"
    r"menurut|sebagaimana|jo\.|juncto|dan/atau)|,)\s*$",
    re.IGNORECASE,
)
_REFERS = re.compile(r"\b(?:ayat|huruf|angka|butir|pasal|nomor|no\.|bab|bagian)\s*$", re.IGNORECASE)
_ENDS = re.compile(r"(?:[:;.?!][\"'”’)\]*_]*|[;,] (?:dan|atau|dan/atau))\s*$")
_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class ItemMark:
    """The mark at the start of a line; ``end`` is where the words of its item begin."""

    typed: str
    readings: Readings
    end: int
    loose: bool = False

    @property
    def bullet(self) -> bool:
        """Tell whether it lists without counting."""
        return self.typed == BULLET

    @property
    def first(self) -> bool:
        """Tell whether a count begins with it."""
        return (1,) in self.readings.values()

    @property
    def parted(self) -> bool:
        """Tell whether it has several parts, as "1.1." does."""
        return "." in self.typed[:-1]

    @property
    def capital(self) -> bool:
        """Tell whether it counts the parts of a text, as "A." and "II." do."""
        return any("A" in kind or "I" in kind for kind in self.readings)

    @property
    def initial(self) -> bool:
        """Tell whether it may be the initial of a name, as in "H. Ahmad"."""
        return len(self.typed) == 2 and self.typed[0].isupper()


@lru_cache(maxsize=1024)  # a line is looked at from those above it
def mark_of(line: str) -> ItemMark | None:
    """Read the mark at the start of ``line``; None when there is none.

    "i." reads as ``{"a.": (9,), "i.": (1,)}``: the ninth letter, or the first Roman number.
    """
    if bullet := BULLETS.match(line):
        sign = bullet[1] or bullet[2] or bullet[3]
        kind = BULLET if sign in "-*+–—" else sign
        return ItemMark(BULLET, {kind: ()}, bullet.end(), loose=sign in _LOOSE_BULLET)
    found = _MARK.match(line)
    if not found or (found["open"] and found["close"] != ")"):
        return None
    readings = dict(_readings(found))
    return ItemMark(found[0].rstrip(), readings, found.end()) if readings else None


def _readings(found: re.Match[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Give every kind that a mark may be of, with its place."""
    around = f"{found['open']}{{}}{found['close']}"
    if parts := found["parts"]:
        kinds, places = zip(*map(_part, parts.split(".")), strict=True)
        yield around.format(".".join(kinds)), places
    elif number := found["number"]:
        yield around.format("1"), (int(number), *(_part(letter)[1] for letter in found["more"]))
    else:
        word = found["roman"] or found["letter"]
        case = "A" if word.isupper() else "a"
        if value := _roman(word.lower()):
            yield around.format("I" if case == "A" else "i"), (value,)
        if len(word) == 1 or word[0] == word[-1] == word[len(word) // 2]:
            place = _part(word)[1] + 26 * (len(word) - 1)
            yield around.format(case), (place, *map(int, filter(None, [found["extra"]])))


def _part(word: str) -> tuple[str, int]:
    """Give the kind of one counted part and its place."""
    return ("1", int(word)) if word.isdigit() else ("a", ord(word[0].lower()) - ord("a") + 1)


def _roman(word: str) -> int:
    """Read a Roman number up to xxxix; 0 for other letters."""
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", word):
        return 0
    values = [_VALUES[letter] for letter in word]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def follows(mark: Readings, other: Readings) -> bool:
    """Tell whether ``mark`` comes right after ``other`` in some count, also as what was inserted there."""
    return any(_counts_on(place, other[kind]) for kind, place in mark.items() if kind in other)


def _counts_on(place: tuple[int, ...], before: tuple[int, ...]) -> bool:
    """Tell whether a place comes right after another: 2 after 1 or 1b, 1b after 1a, 1a after 1."""
    if not before:
        return not place
    return place in {(*before[:-1], before[-1] + 1), (*before, 1), (before[0] + 1,)}


@dataclass(frozen=True, slots=True)
class Level:
    """One list that is being read: where its marks begin (columns), its latest mark, and its number in the text."""

    indent: int
    readings: Readings
    which: int

    def holds(self, indent: int) -> bool:
        """Tell whether what begins at ``indent`` stands inside the latest item."""
        return indent >= self.indent + DEEPER


@dataclass(slots=True)
class Outline:
    """The lists that are open at one place of a text, outermost first."""

    levels: list[Level] = field(default_factory=list)

    def enter(self, mark: ItemMark, indent: int, known: int, *, apart: bool, introduced: bool) -> bool:
        """Note an item; the last of ``levels`` is then the list that it stands in.

        Args:
            mark: its mark.
            indent: the column of the mark.
            known: the number that a new list takes.
            apart: an empty line stands before it.
            introduced: what stands before it ends with a colon.

        Returns:
            Whether it begins a list.
        """
        stay = next((place for place, one in enumerate(self.levels) if indent < one.indent - 1), len(self.levels))
        self.levels, left = self.levels[:stay], self.levels[stay:]
        level = self._level_of(mark, indent)
        if level is not None:
            self.levels[level:] = [Level(self.levels[level].indent, mark.readings, self.levels[level].which)]
            return False
        if self.levels and not self.levels[-1].holds(indent) and apart and not self._below(mark, introduced=introduced):
            self.levels = [one for one in self.levels if one.holds(indent)]
        elif left and mark.readings.keys() & left[0].readings.keys():  # typed further to the left, else the same list
            known = left[0].which
        self.levels.append(Level(indent, mark.readings, known))
        return not left or known != left[0].which

    def leave(self, indent: int) -> int:
        """Leave the lists that a paragraph at ``indent`` does not stand in; give how many hold it."""
        self.levels = [one for one in self.levels if one.holds(indent)]
        return len(self.levels)

    def counts_on(self, mark: ItemMark) -> bool:
        """Tell whether ``mark`` goes on with a list that is open."""
        return any(follows(mark.readings, one.readings) for one in self.levels)

    def same_kind(self, mark: ItemMark) -> bool:
        """Tell whether a list with such marks is open."""
        return any(mark.readings.keys() & one.readings.keys() for one in self.levels)

    def _level_of(self, mark: ItemMark, indent: int) -> int | None:
        """Find the open list that an item at ``indent`` goes on with, by its mark."""
        near = [place for place, one in enumerate(self.levels) if abs(one.indent - indent) <= 1]
        if not near and self.levels and indent == self.levels[-1].indent + DEEPER and not (mark.first or mark.bullet):
            near = [len(self.levels) - 1] * follows(mark.readings, self.levels[-1].readings)
        going_on = [place for place in near if follows(mark.readings, self.levels[place].readings)]
        alike = [place for place in near if mark.readings.keys() & self.levels[place].readings.keys()]
        return going_on[-1] if going_on else alike[-1] if alike else None

    def _below(self, mark: ItemMark, *, introduced: bool) -> bool:
        """Tell whether another way of counting, after an empty line, is meant below the latest item."""
        if introduced or mark.bullet or not mark.first:
            return introduced
        return _rank(mark.readings) > _rank(self.levels[-1].readings)


_RANKS = ("A.", "I.", "1.", "a.", "1)", "a)", "(1)", "(a)")


def _rank(readings: Readings) -> int:
    """Give how deep a kind stands in the outline of official letters; bullets deepest."""
    return min((_RANKS.index(kind) for kind in readings if kind in _RANKS), default=len(_RANKS))


def refers(line: str) -> bool:
    """Tell whether ``line`` breaks off before a number that belongs to it, as in "dimaksud pada ayat"."""
    return bool(_REFERS.search(line[-40:]))


def goes_on(line: str) -> bool:
    """Tell whether the sentence of ``line`` cannot end there."""
    return bool(_BOUND.search(line[-40:]))


def ends(line: str) -> bool:
    """Tell whether a sentence or an introduction ends with ``line``."""
    return bool(_ENDS.search(line[-40:]))


def introduces(line: str) -> bool:
    """Tell whether ``line`` ends with a colon."""
    return line.rstrip(" \t*_").endswith(":")


def counted_on(mark: ItemMark, lines: Sequence[str]) -> bool:
    """Tell whether an item among ``lines``, of which the first is that of ``mark``, counts on from it."""
    for before, line in pairwise(lines):
        later = mark_of(line)
        if later and line[later.end :].strip() and follows(later.readings, mark.readings) and not refers(before):
            return True
    return False
