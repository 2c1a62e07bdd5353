"""Writes paragraphs as a letter prints them as the Markdown that somebody would type for them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from processor.letters import canonical
from processor.letters.inline_markdown import BOLD, ITALIC
from processor.letters.markdown_blocks import BULLET, Paragraph
from processor.letters.word import styles
from processor.letters.word.printed_letter import PrintedParagraph

_BULLETS = frozenset("•–▪◦-")


def written(paragraphs: Sequence[PrintedParagraph]) -> str:
    """Write ``paragraphs`` as Markdown in its canonical form; "" for none."""
    typed = _Typed()
    for one in paragraphs:
        if one.words.strip():
            typed.add(one)
    return canonical.canonical("".join(f"{line}\n" for line in typed.lines))


def inline(paragraph: PrintedParagraph) -> str:
    """Write the words of one paragraph, with signs for bold and italic, and a backslash only where one is needed."""
    bold = 0 if paragraph.style.startswith(styles.HEADING) else BOLD  # headings are bold by their style
    looks = ((words, bold * ("tebal" in look) + ITALIC * ("miring" in look)) for words, look in paragraph.pieces)
    return canonical.written((Paragraph(tuple(looks)),)).rstrip("\n")


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
        before = ("> " if quoted else "") + " " * (canonical.STEP * len(self.items))
        touches = self.after_item and bool(one.mark) and quoted == self.quoted
        self.lines += [] if touches or not self.lines else [">" if quoted and self.quoted else ""]
        self.lines += [f"{before}{line}" for line in f"{_mark(one)}{inline(one)}".split("\n")]
        self.items += [left] if one.mark else []
        self.quoted, self.after_item = quoted, bool(one.mark)


def _mark(one: PrintedParagraph) -> str:
    """Give what stands before the words of a heading or an item."""
    if one.style.startswith(styles.HEADING):
        level = one.style.removeprefix(styles.HEADING).strip()
        return f"{'#' * (int(level) + 1 if level.isdecimal() else 2)} "
    return f"{BULLET if one.mark in _BULLETS else one.mark} " if one.mark else ""


def _left(one: PrintedParagraph) -> int:
    """Give how far in the words of a paragraph stand (twips)."""
    told = next((look.rpartition(" ")[2] for look in one.look if look.startswith("masuk kiri")), "0")
    return int(told) if told.lstrip("-").isdecimal() else 0
