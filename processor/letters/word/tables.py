"""Writes a table of staff's Markdown as Word's own: as wide as its words need, its head repeated on every page."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import sqrt

from processor.letters.markdown_tables import Cell, MarkdownTable

MOST = 63
"""Word refuses a table of more columns."""
SMALLEST = 16
"""The smallest letters of a table (half points); where the longest words do not fit even so, they are broken."""

_ROOM = 5
"""A fifth more for the longest words, where the page has it: a font that stands in for Arial may be wider."""
_INSIDE = 170  # twips between both edges of a cell and its words: 1.5 mm each
_WIDTHS = dict.fromkeys("iljtfI.,:;'|!()[]-/ ", 35) | dict.fromkeys("mwMW%@", 94)
_TALL = 12  # lines; a row of more may go over two pages
_CUT = re.compile(r"[ \t\n]|(?<=[-/])")
_AFTER_SIZE = re.compile(
    r"<w:(?:highlight|u|effect|bdr|shd|fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath)\b|</w:rPr>"
)
_SIZES = re.compile(r"<w:sz(?:Cs)?\b[^>]*/>")
_BORDERS = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = "".join(f'<w:{edge} w:w="{_INSIDE // 2}" w:type="dxa"/>' for edge in ("left", "right"))
_CELL_LOOK = (
    '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr><w:spacing w:before="40" w:after="40" w:line="240" '
    'w:lineRule="auto"/><w:ind w:left="0" w:right="0" w:firstLine="0"/>'
)
_GAP = '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'  # Word joins tables that touch


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table stands: how far in, how wide it may be (twips), the ``w:pStyle`` and the looks of its words."""

    indent: int
    width: int
    style: str
    looks: Sequence[str]
    size: int
    """Of its letters (half points), where they fit."""


def fit(table: MarkdownTable, width: int, size: int) -> tuple[list[int], int]:
    """Give the widths of the columns (twips) and the size of the letters (half points).

    Args:
        table: what is to be set.
        width: how wide it may be (twips).
        size: of the text around it; the table's is smaller where the longest words would else be broken.
    """
    columns = [*zip(*table.rows, strict=True)]
    wishes = [max(_length(cell) for cell in column) for column in columns]
    words = _longest_words(table)
    for smaller in range(size, min(size, SMALLEST) - 1, -1):
        least = _least(words, smaller, width)
        if sum(least) <= width:
            roomy = [own + own // _ROOM for own in least]
            least = roomy if sum(roomy) <= width else least
            wanted = [max(_twips(wish, smaller), own) for wish, own in zip(wishes, least, strict=True)]
            return _shares(wanted, least, width), smaller
    return [width * own // sum(least) for own in least], min(size, SMALLEST)


def is_too_wide(table: MarkdownTable, width: int) -> bool:
    """Tell whether words of ``table`` are broken in lines of ``width`` (twips) even with the smallest letters."""
    return sum(_least(_longest_words(table), SMALLEST, width)) > width


def _longest_words(table: MarkdownTable) -> list[int]:
    """Give how wide the longest word of each column is."""
    return [
        max(max(map(_width, _CUT.split(_text(cell)))) for cell in column) for column in zip(*table.rows, strict=True)
    ]


def _least(words: Sequence[int], size: int, width: int) -> list[int]:
    """Give the least width of each column (twips); a word longer than a third of a line, as an address, is broken."""
    return [min(_twips(word, size), width // 3) for word in words]


def write(table: MarkdownTable, place: TablePlace, set_runs: Callable[[Cell, Sequence[str]], str]) -> str:
    """Write ``table`` and the small gap below it, without which Word joins tables that touch.

    Args:
        table: what is to be set, of no more than ``MOST`` columns.
        place: where it stands.
        set_runs: writes the words of a cell as runs, with the ``w:rPr`` for plain, bold, italic and both.
    """
    widths, size = fit(table, place.width, place.size)
    looks = [look if size == place.size else _resized(look, size) for look in place.looks]
    rows: list[str] = []
    for number, row in enumerate(table.rows):
        head = table.header and not number
        shown = [set_runs(cell, [looks[1], looks[1], looks[3], looks[3]] if head else looks) for cell in row]
        kept = "" if any(map(_is_tall, row, widths, repeat(size))) else "<w:cantSplit/>"
        cells = map(_cell, shown, widths, table.sides, [(place.style, head)] * len(row))
        rows.append(f"<w:tr><w:trPr>{kept}{'<w:tblHeader/>' * head}</w:trPr>{''.join(cells)}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{place.indent}" w:type="dxa"/>'
        f"<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblCellMar>{_MARGINS}</w:tblCellMar>"
        f'<w:tblLook w:val="{"0020" if table.header else "0000"}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl><w:p><w:pPr>{place.style}{_GAP}</w:pPr></w:p>"
    )


def as_lines(table: MarkdownTable) -> list[Cell]:
    """Give each row as the words of one paragraph, a bar between its cells: for what Word takes as no table."""
    return [
        tuple(piece for at, cell in enumerate(row) for piece in ((" | ", 0), *cell)[not at :]) for row in table.rows
    ]


def _cell(runs: str, width: int, side: str, look: tuple[str, bool]) -> str:
    """Write one cell; the head's is grey and stays on the page of the row below it."""
    style, head = look
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>' if head else ""
    kept = "<w:keepNext/>" if head else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p><w:pPr>{style}{kept}{_CELL_LOOK}'
        f'<w:jc w:val="{side or "left"}"/></w:pPr>{runs}</w:p></w:tc>'
    )


def _resized(look: str, size: int) -> str:
    """Give run properties with letters of ``size``, at the place where Word's schema has it."""
    own = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    bare = _SIZES.sub("", look or "<w:rPr></w:rPr>").replace("<w:rPr/>", "<w:rPr></w:rPr>")
    return _AFTER_SIZE.sub(lambda found: own + found[0], bare, count=1)


def _length(cell: Cell) -> int:
    """Give the width of the longest line of a cell."""
    return max(map(_width, _text(cell).split("\n")))


def _is_tall(cell: Cell, width: int, size: int) -> bool:
    text = _text(cell)
    return text.count("\n") >= _TALL or _twips(_width(text), size) > _TALL * width


def _width(text: str) -> int:
    """Give how wide ``text`` is, in hundredths of its size: as Arial's letters are, a little more for bold ones."""
    return sum(_WIDTHS.get(letter, 76 if letter.isupper() else 60) for letter in text)


def _text(cell: Cell) -> str:
    return "".join(text for text, _ in cell)


def _twips(width: int, size: int) -> int:
    """Give how wide a column is whose words are so wide (hundredths of their size, which is in half points)."""
    return width * size // 10 + _INSIDE


def _shares(wishes: Sequence[int], least: Sequence[int], width: int) -> list[int]:
    """Give each column what it wishes where that fits; else the long ones share what the short ones leave.

    None gets less than ``least``, all of which fit.
    """
    given = dict(enumerate(wishes)) if sum(wishes) <= width else {}
    while waiting := [at for at in range(len(wishes)) if at not in given]:
        left, weights = width - sum(given.values()), sum(sqrt(wishes[at]) for at in waiting)
        share = {at: int(left * sqrt(wishes[at]) / weights) for at in waiting}
        settled = {at: least[at] for at in waiting if share[at] < least[at]}
        settled = settled or {at: wishes[at] for at in waiting if wishes[at] <= share[at]}
        given |= settled or share
    return [given[at] for at in range(len(wishes))]
