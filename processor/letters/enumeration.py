"""How Indonesian law counts within its text: lines that start with "a.", "1)", "(2)" or "iv.", each kept as typed.

Markdown knows only "1."; all other counting is recognised here by the words at the start of a line.
"""

import re
from collections.abc import Iterator, Sequence

MarkReading = dict[str, int]
"""What a mark may mean: its kind (brackets and letter case, "i" for Roman) -> its place in the count."""
Stack = list[MarkReading]
"""The latest mark of each level that is being counted, outermost first."""

_MARK = re.compile(r"(\(?)([A-Za-z]|[ivx]{2,5}|[IVX]{2,5}|[0-9]{1,3})\\?([.)])[ \t]+(?=\S)")
_ENDS = re.compile(r"(?:[:;.]|[;,] (?:dan|atau|dan/atau)|^Pasal \w+) *$")
_REFERS = re.compile(r"\b(?:ayat|huruf|angka|butir|pasal|nomor|bab|bagian)\s*$", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"([ \t>]*)([0-9]{1,3})(\.[ \t])")
_BULLET_LINE = re.compile(r"[ \t>]*[-+*][ \t]")
_LETTER_LINE = re.compile(r"([ \t>]*)\(?[a-z]\\?[.)][ \t]")
_ROMAN = {"i": 1, "v": 5, "x": 10}


def mark_of(line: str) -> MarkReading:
    """Read what the mark at the start of ``line`` may mean; empty when there is none.

    "i." gives ``{"a.": 9, "i.": 1}``: the ninth letter, or the first Roman number.
    """
    found = _MARK.match(line)
    if not found or (found[1] and found[3] != ")"):
        return {}
    around, word = f"{found[1]}{{}}{found[3]}", found[2]
    if word.isdigit():
        return {around.format("1"): int(word)}
    case = "A" if word.isupper() else "a"
    readings = {around.format(case): ord(word) - ord(case) + 1} if len(word) == 1 else {}
    value = _roman(word.lower())
    return readings | ({around.format("I" if case == "A" else "i"): value} if value else {})


def with_tab(text: str) -> str:
    """Put a tab between the mark of ``text`` and its words."""
    found = _MARK.match(text)
    return f"{text[: found.end()].rstrip()}\t{text[found.end() :]}" if found else text


def split_items(lines: Sequence[str], stack: Stack) -> Iterator[tuple[int | None, list[str]]]:
    """Split the lines of one paragraph into items.

    Args:
        lines: the paragraph.
        stack: what the paragraphs before it counted; it is brought up to date.

    Yields:
        For each item its level (None for words that are no item) and its lines.
    """
    part: list[str] = []
    level: int | None = None
    for number, line in enumerate(lines):
        reading = mark_of(line)
        if reading and _starts_item(number, lines, reading, stack):
            if part:
                yield level, part
            level, part = _enter_level(reading, stack), []
        elif not number:
            stack.clear()
        part.append(line)
    if part:
        yield level, part


def keep_apart(text: str) -> str:
    """Change ``text`` so that Markdown does not tear a lettered enumeration apart.

    "1." below "a." stays words, as renumbering would misquote it; "b." after bullets below "a." leaves the bullets.
    """
    kept: list[str] = []
    start: str | None = None
    numbered = listed = False
    for line in text.split("\n"):
        letter = _LETTER_LINE.match(line)
        if not line.strip(" \t>"):
            start, numbered, listed = None, False, False
        elif _NUMBER_LINE.match(line):
            numbered = numbered or start is None
            kept.append(line if numbered else _NUMBER_LINE.sub(r"\1\2\\\3", line, count=1))
            continue
        elif _BULLET_LINE.match(line):
            listed = start is not None
        elif letter and not numbered:
            if listed and letter[1] == start:
                kept.append(letter[1].rstrip())
            start, listed = (letter[1] if start is None or listed else start), False
        kept.append(line)
    return "\n".join(kept)


def _starts_item(number: int, lines: Sequence[str], reading: MarkReading, stack: Stack) -> bool:
    """Tell whether the marked line ``number`` starts an item, or is the tail of a sentence that wrapped there."""
    before = lines[number - 1] if number else ""
    if _REFERS.search(before):
        return False
    if any(_follows(reading, other) for other in stack):
        return True
    if any(_follows(mark_of(line), reading) for line in lines[number + 1 :]):
        return True
    initial = any("A" in kind or "I" in kind for kind in reading)  # as in "H. Ahmad"
    return not initial and (not number or bool(_ENDS.search(before[-40:])))


def _enter_level(reading: MarkReading, stack: Stack) -> int:
    """Give the level of an item and note it as the latest of that level; deeper levels that it ends leave ``stack``."""
    for level in range(len(stack) - 1, -1, -1):
        followed = {kind: place for kind, place in reading.items() if stack[level].get(kind) == place - 1}
        if followed:
            stack[level:] = [followed]
            return level
    for level, other in enumerate(stack):
        if reading.keys() & other.keys():
            stack[level:] = [reading]
            return level
    stack.append(reading)
    return len(stack) - 1


def _follows(reading: MarkReading, other: MarkReading) -> bool:
    """Tell whether ``reading`` comes right after ``other`` in some count."""
    return any(other.get(kind) == place - 1 for kind, place in reading.items())


def _roman(word: str) -> int:
    """Read a Roman number up to xxxix; 0 for other letters."""
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", word):
        return 0
    values = [_ROMAN[letter] for letter in word]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
