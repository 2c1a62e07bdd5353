"""Counts the lists of a document, item after item, and writes the mark that stands before each in print."""

import re

from processor.letters.word.printed_looks import PrintedLists

_BULLETS = {"\uf0b7": "•", "\u00b7": "•", "\uf0a7": "▪", "o": "◦", "\uf02d": "–"}
"""Signs of Word's symbol fonts, by what they look like."""
_LETTERS = 26
_MOST = 4000  # beyond it Word itself writes no Roman number
_ROMAN = {
    1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV",
    1: "I",
}  # fmt: skip


class ListMarks:
    """The lists of one document while it is read from top to bottom."""

    def __init__(self, lists: PrintedLists) -> None:
        self._lists = lists
        self._counts: dict[str, list[int]] = {}
        self._begun = set[tuple[str, int]]()

    def mark(self, place: tuple[str, int] | None) -> str:
        """Count an item of the list with that number, at that depth; give its mark, "" for a paragraph of no list."""
        level = self._lists.level(*place) if place else None
        if place is None or level is None:
            return ""
        if level.kind in {"bullet", "none"}:
            return _BULLETS.get(level.pattern, level.pattern)
        number, depth = place
        counts = self._counted(number, depth)
        levels = [self._lists.level(number, one) for one in range(depth + 1)]
        written = [_written(one.kind if one else "decimal", count) for one, count in zip(levels, counts, strict=True)]
        return re.sub("%([1-9])", lambda found: "".join(written[int(found[1]) - 1 : int(found[1])]), level.pattern)

    def _counted(self, number: str, depth: int) -> list[int]:
        """Count one item further; give the counts of its level and of those above. Lists of one numbering go on."""
        counts = self._counts.setdefault(self._lists.numbering[number], [])
        if (number, depth) in self._lists.starts and (number, depth) not in self._begun:
            self._begun.add((number, depth))
            del counts[depth:]
        fresh = len(counts) <= depth
        counts += [self._first(number, one) for one in range(len(counts), depth + 1)]
        del counts[depth + 1 :]
        counts[depth] += not fresh
        return counts

    def _first(self, number: str, depth: int) -> int:
        """Give the number with which a level of a list starts."""
        level = self._lists.level(number, depth)
        return self._lists.starts.get((number, depth), level.first if level else 1)


def _written(kind: str, count: int) -> str:
    """Write a count as its level does."""
    if not 0 < count < _MOST:
        return str(count)
    if kind.endswith("Letter"):
        written = chr(ord("a") + (count - 1) % _LETTERS) * ((count - 1) // _LETTERS + 1)
    elif kind.endswith("Roman"):
        written = _roman(count)
    else:
        return str(count)
    return written.upper() if kind.startswith("upper") else written


def _roman(count: int) -> str:
    written = ""
    for value, sign in _ROMAN.items():
        written, count = written + sign * (count // value), count % value
    return written.lower()
