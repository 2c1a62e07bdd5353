"""How far the words of an enumeration stand behind their marks: as far in one list as its longest mark needs."""

from collections.abc import Iterable

from processor.letters.markdown_blocks import Block, Item

STEP, WIDE = 425, 567
"""Twips for a short mark and for one in brackets: 0.75 cm and 1 cm."""
_LETTER = 110  # twips for each further letter of a mark


def widths(blocks: Iterable[Block]) -> dict[int, int]:
    """Give for each list of a text how far its words stand behind its marks (twips)."""
    found: dict[int, int] = {}
    for block in blocks:
        if isinstance(block, Item):
            found[block.which] = max(found.get(block.which, STEP), _width(block.mark))
    return found


def _width(mark: str) -> int:
    """Give the width that one mark needs: "a." and "10." little, "(1)" and "15A." more."""
    if len(mark) < 3 or mark[:-1].isdecimal():
        return STEP
    return WIDE + _LETTER * max(len(mark) - 4, 0)
