"""Blocks while their lines are read, and what they come to once the whole text is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from processor.letters import inline_markdown
from processor.letters.enumeration import ItemMark
from processor.letters.markdown_blocks import Block, Item, Paragraph, Place, Subheading, TableBlock


@dataclass(slots=True)
class BlockDraft:
    """A block that is being read."""

    lines: list[str]
    place: Place
    indent: int
    mark: ItemMark | None = None
    which: int = 0
    heading: int = 0
    law: bool = False


def finished(read: BlockDraft | TableBlock, counted: Mapping[int, int]) -> Block:
    """Give a block as it was read."""
    if isinstance(read, TableBlock):
        return read
    pieces = inline_markdown.read(inline_markdown.join_lines(read.lines))
    if read.heading:
        return Subheading(pieces, read.heading)
    if not read.mark:
        return Paragraph(pieces, read.place)
    return Item(read.mark.typed, pieces, read.place, read.which, counted.get(read.which))


def counted_lists(read: Sequence[BlockDraft | TableBlock], parents: Sequence[int | None]) -> dict[int, int]:
    """Find the lists that Word may count: 1. 2. 3. in the office's own words, not below other marks; by first number.

    Below such a list the outline of the template counts (1., a., 1), a)), so what stands there has to begin with 1.,
    or to go on with what stood there before.
    """
    marks: dict[int, list[str]] = {}
    for one in read:
        if isinstance(one, BlockDraft) and one.mark:
            marks.setdefault(one.which, []).append("" if one.place.quoted else one.mark.typed)
    counted: dict[int, int] = {}
    reached: dict[int | None, int] = {}
    for which, typed in marks.items():
        parent, number = parents[which], typed[0][:-1]
        first = int(number) if number.isdecimal() else 0
        in_order = typed == [f"{value}." for value in range(first, first + len(typed))]
        if in_order and (parent is None or (parent in counted and first in {1, reached.get(parent, 0) + 1})):
            counted[which] = first
            reached[parent] = first + len(typed) - 1
    return counted
