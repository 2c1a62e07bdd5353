"""Writes paragraphs as a letter prints them as the Markdown that somebody would type for them. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from processor.letters import markdown
from processor.letters.word import styles
from processor.letters.word.printed_letter import PrintedParagraph

_STEP = 4
"""Spaces before what belongs to an item."""
_BULLETS = frozenset("•–▪◦-")
_SIGNS = {"tebal": "**", "miring": "*"}
_SPECIAL = re.compile(r"([\\*_`\[<])")
_LIKE_A_MARK = re.compile(r"(\(?\w{1,5}|(?=[-+*#>]))([-.)+*#>])(?=\s)")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


def written(paragraphs: Sequence[PrintedParagraph]) -> str:
    """Write ``paragraphs`` as Markdown; "" for none."""
    typed = _Typed()
    for one in paragraphs:
        if one.words.strip():
            typed.add(one)
    return "".join(f"{line}\n" for line in typed.lines)


def inline(paragraph: PrintedParagraph) -> str:
    """Write the words of one paragraph with the signs for bold and italic, and a backslash only where one is needed."""
    if paragraph.style.startswith(styles.HEADING):
        return " ".join(paragraph.words.split())
    plain = "".join(_signed(paragraph, escape=False))
    if "".join(words for words, _ in markdown.inline(_broken(plain))) == paragraph.words:
        return plain
    return "".join(_signed(paragraph, escape=True))


def _signed(paragraph: PrintedParagraph, *, escape: bool) -> Iterator[str]:
    for words, look in paragraph.pieces:
        signs = "".join(sign for name, sign in _SIGNS.items() if name in look)
        found = _EDGES.fullmatch(words)
        before, inner, after = found.groups() if found else ("", words, "")
        inner = _SPECIAL.sub(r"\\\1", inner) if escape else inner
        yield f"{before}{signs}{inner}{signs[::-1]}{after}" if inner else words


def _broken(words: str) -> str:
    """Write the breaks inside a paragraph as Markdown does."""
    return words.replace("\n", "\\\n")


@dataclass(slots=True)
class _Typed:
    """The lines so far, and how far in (twips) the words of each item stand that is still open."""

    lines: list[str] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    quoted: bool = False
    after_item: bool = False

    def add(self, one: PrintedParagraph) -> None:
        """Type one paragraph below the others."""
        left, quoted = _left(one), one.style.startswith(styles.QUOTATION)
        self.items = self.items if quoted == self.quoted else []
        while self.items and (self.items[-1] >= left if one.mark else self.items[-1] > left):
            self.items.pop()
        before = ("> " if quoted else "") + " " * (_STEP * len(self.items))
        touches = self.after_item and bool(one.mark) and quoted == self.quoted
        self.lines += [] if touches or not self.lines else [">" if quoted and self.quoted else ""]
        first, *more = _broken(_marked(one)).split("\n")
        self.lines += [f"{before}{first}", *(f"{before}{line}" for line in more)]
        self.items += [left] if one.mark else []
        self.quoted, self.after_item = quoted, bool(one.mark)


def _marked(one: PrintedParagraph) -> str:
    """Write a paragraph's mark and words; words that look like a mark are told not to be one."""
    words = inline(one)
    if one.style.startswith(styles.HEADING):
        level = one.style.removeprefix(styles.HEADING).strip()
        return f"{'#' * (int(level) + 1 if level.isdecimal() else 2)} {words}"
    if one.mark:
        return f"{'-' if one.mark in _BULLETS else one.mark} {words}"
    return _LIKE_A_MARK.sub(r"\1\\\2", words, count=1) if _LIKE_A_MARK.match(words) else words


def _left(one: PrintedParagraph) -> int:
    """Give how far in the words of a paragraph stand (twips)."""
    told = next((look.rpartition(" ")[2] for look in one.look if look.startswith("masuk kiri")), "0")
    return int(told) if told.lstrip("-").isdigit() else 0
