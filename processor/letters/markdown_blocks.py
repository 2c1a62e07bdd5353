"""What a text in Markdown consists of once it is read: headings, paragraphs, items and tables."""

from dataclasses import dataclass

from processor.letters.markdown_tables import MarkdownTable

Pieces = tuple[tuple[str, int], ...]
"""Words, each run with its look: 0 plain, 1 bold, 2 italic, 3 both. A line end inside is a line break."""

BULLET = "-"
"""The mark of every item that is not counted, however its bullet was typed."""


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading; ``level`` is how many ``#`` were typed, 1 to 6."""

    pieces: Pieces
    level: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph or an item stands.

    ``depth`` is how many items hold it, of the quotation where it is ``quoted``; ``below`` is how many items of the
    office's own words hold the quotation.
    """

    depth: int = 0
    quoted: bool = False
    below: int = 0


TOP = Place()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words without a mark."""

    pieces: Pieces
    place: Place = TOP


@dataclass(frozen=True, slots=True)
class Item:
    """Words behind a mark, kept as it was typed: "a.", "(1a)", "15A."; ``BULLET`` for every bullet.

    ``which`` tells the lists of a text apart (from 0). ``first`` is the number that its list starts with where Word's
    own numbering says what was typed, or counts children by its outline (1., a., 1), a)); else None.
    """

    mark: str
    pieces: Pieces
    place: Place = TOP
    which: int = 0
    first: int | None = None


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table, and where it stands."""

    table: MarkdownTable
    place: Place = TOP


Block = Subheading | Paragraph | Item | TableBlock


@dataclass(frozen=True, slots=True)
class MarkdownSlip:
    """What a letter may show otherwise than it was meant: on which line of the text (from 0), and the mend."""

    line: int
    message: str
    mend: str
