"""A Word document as what a person sees: its paragraphs with the marks that they show, its tables and footnotes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.oxml import parse_xml

from processor.letters.study import word_styles, word_words
from processor.letters.study.word_styles import WordStyle
from processor.letters.study.word_words import Carried, WordRun, WordsReader
from processor.letters.word import word_numbering
from processor.letters.word.styles import NUMBERED, Element, W
from processor.letters.word.word_numbering import WordNumbering

_THROUGH = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"}
_MOST_CELLS = 20_000
_SIDES = {"right": "right", "end": "right", "center": "center"}


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph: its words, the mark that automatic numbering shows before them, and how it is set.

    ``left`` is where its words begin and ``first`` where its first line does (twips from the margin), ``usual`` where
    words of its style begin; ``heading`` is its level, 0 for body text; ``bookmarks`` are the names that begin in it;
    ``counted_by`` is the list that numbers it, "" for none; ``side`` is "right" or "center" where its lines keep there.
    """

    runs: tuple[WordRun, ...]
    mark: str = ""
    style: str = ""
    heading: int = 0
    quoted: bool = False
    left: int = 0
    first: int = 0
    usual: int = 0
    bookmarks: tuple[str, ...] = ()
    counted_by: str = ""
    side: str = ""

    @property
    def text(self) -> str:
        """Give its words without their looks."""
        return "".join(one.text for one in self.runs)


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: rows of cells, each of its paragraphs; a cell that spans several columns is followed by empty ones.

    ``headed`` tells whether its first row is its head, ``left`` where it begins (twips from the margin).
    """

    rows: tuple[tuple[tuple[WordParagraph, ...], ...], ...]
    headed: bool = False
    left: int = 0


WordBlock = WordParagraph | WordTable


@dataclass(frozen=True, slots=True)
class WordContent:
    """What was read of a document: its blocks, the footnotes by number, and what cannot be carried, with places."""

    blocks: tuple[WordBlock, ...]
    notes: Mapping[str, tuple[WordParagraph, ...]]
    lost: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class _Reader:
    styles: Mapping[str, WordStyle]
    numbering: WordNumbering
    words: WordsReader
    cells: int = 0

    def blocks(self, parent: Element) -> Iterator[WordBlock]:
        """Give what stands in a body, a cell or a note, top to bottom."""
        for child in parent:
            if child.tag == f"{W}p":
                yield self.paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self.table(child)
            elif child.tag in _THROUGH:
                yield from self.blocks(child)
            elif child.tag == f"{W}altChunk":
                self.words.carried.miss("berkas lain di dalam berkas", self.words.near)

    def paragraph(self, element: Element) -> WordParagraph:
        """Read a paragraph; its list counts on."""
        properties = element.find(f"{W}pPr")
        named = "" if properties is None else word_numbering.value(properties, "pStyle")
        style = self.styles.get(named, self.styles[""])
        number, depth = self._list(properties, named, style)
        runs = self.words.runs(element)
        level = self.numbering.level(number, depth)
        mark = self.numbering.mark(number, depth) if level and runs else ""
        if mark and mark != word_numbering.BULLET and style.name == NUMBERED:  # whose levels Markdown counts alike
            mark = f"{self.numbering.count(number, depth)}."
        own = word_numbering.indent(None if properties is None else properties.find(f"{W}ind"))
        place = own.over(level.indent.over(style.indent) if level else style.indent)
        left = place.left or 0
        return WordParagraph(
            runs,
            mark,
            style.name,
            word_styles.outline_level(properties) or style.heading,
            style.quoted,
            left,
            left + (place.shift or 0),
            style.indent.left or 0,
            tuple(str(one.get(f"{W}name", "")) for one in element.iter(f"{W}bookmarkStart")),
            number if mark else "",
            _SIDES.get("" if properties is None else word_numbering.value(properties, "jc"), ""),
        )

    def _list(self, properties: Element | None, named: str, style: WordStyle) -> tuple[str, int]:
        """Find by which list, and at which level of it, a paragraph is numbered."""
        numbered = None if properties is None else properties.find(f"{W}numPr")
        number, depth = style.number, style.depth
        if number and depth is None:
            depth = self.numbering.depth_of_style(number, named)
        if numbered is not None:
            number = word_numbering.value(numbered, "numId") or number
            own = word_numbering.value(numbered, "ilvl")
            depth = word_numbering.whole(own) if own else depth
        return number, max(depth or 0, 0)

    def table(self, element: Element) -> WordTable:
        """Read a table."""
        rows = tuple(self._row(row) for row in element.iter(f"{W}tr") if _belongs(row, element))
        width = max(map(len, rows), default=0)
        headed = element.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        whole = tuple((*row, *[()] * (width - len(row))) for row in rows)
        return WordTable(whole, headed, _indent_of(element))

    def _row(self, row: Element) -> tuple[tuple[WordParagraph, ...], ...]:
        found: list[tuple[WordParagraph, ...]] = []
        for cell in row.iter(f"{W}tc"):
            if not _belongs(cell, row):
                continue
            self.cells += 1
            if self.cells > _MOST_CELLS:
                self.words.carried.miss("bagian tabel yang terlalu besar", self.words.near)
                break
            found.append(tuple(self.paragraphs(cell)))
            found += [()] * (more := _spanned(cell))
            if more or cell.find(f"{W}tcPr/{W}vMerge") is not None:
                self.words.carried.miss("sel tabel yang digabung", self.words.near)
        return tuple(found)

    def paragraphs(self, parent: Element) -> Iterator[WordParagraph]:
        """Read the paragraphs of a cell or a note; those of a table in it one by one, and that it was one is told."""
        for block in self.blocks(parent):
            if isinstance(block, WordParagraph):
                yield block
            else:
                self.words.carried.miss("tabel di dalam tabel atau catatan kaki", self.words.near)
                yield from (one for row in block.rows for inner in row for one in inner)


def _belongs(element: Element, owner: Element) -> bool:
    """Tell whether a row is of this table, or a cell of this row, and not of one inside."""
    above = element.getparent()
    while above is not owner:
        if above is None or above.tag in {f"{W}tbl", f"{W}tc"}:
            return False
        above = above.getparent()
    return True


def _indent_of(table: Element) -> int:
    """Give where a table begins (twips from the margin)."""
    place = table.find(f"{W}tblPr/{W}tblInd")
    return 0 if place is None else word_numbering.whole(str(place.get(f"{W}w", "")))


def _spanned(cell: Element) -> int:
    """Count the further columns that a cell spans."""
    properties = cell.find(f"{W}tcPr")
    span = 0 if properties is None else word_numbering.whole(word_numbering.value(properties, "gridSpan"))
    return min(max(span - 1, 0), 62)  # Word knows 63 columns


def trees(document: Document) -> tuple[Element, ...]:
    """Give the trees in which a document holds words: its body, its footnotes and its endnotes."""
    return (document.element.body, *_roots(document, "footnotes", "endnotes"))


def read(document: Document, words: Sequence[Element]) -> WordContent:
    """Read a document.

    Args:
        document: The document, for its styles and lists.
        words: Its ``trees``, whose tracked changes are settled.
    """
    body, *notes = words
    styles = word_styles.read(document.styles.element)
    numbering = word_numbering.read(next(_roots(document, "numbering"), None))
    carried = Carried()
    targets = {key: rel.target_ref for key, rel in document.part.rels.items() if rel.is_external}
    words_reader = WordsReader(styles, carried, lambda key: targets.get(key, ""), word_words.named_notes(body))
    reader = _Reader(styles, numbering, words_reader)
    blocks = tuple(reader.blocks(body))
    found = dict(one for root in notes for one in _notes(reader, root))
    return WordContent(blocks, found, {kind: tuple(places) for kind, places in carried.lost.items()})


def _roots(document: Document, *kinds: str) -> Iterator[Element]:
    """Give the trees of parts of some kinds, found by relationship; python-docx reads only some of them itself."""
    for rel in document.part.rels.values():
        if not rel.is_external and rel.reltype.rpartition("/")[2] in kinds:
            part = rel.target_part
            element = getattr(part, "element", None)
            yield parse_xml(part.blob) if element is None else element


def _notes(reader: _Reader, root: Element) -> Iterator[tuple[str, tuple[WordParagraph, ...]]]:
    """Read the notes of a document by kind and number; those that draw lines between texts are none."""
    for note in root:
        if note.get(f"{W}type", "normal") == "normal":
            yield word_words.note_key(note), tuple(reader.paragraphs(note))
