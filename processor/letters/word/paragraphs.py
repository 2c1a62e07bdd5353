"""Writes words as WordprocessingML: plain text, and staff's Markdown as true Word styles, numbered lists and tables.

Every character that comes in comes out as a word: markup is escaped, what XML cannot hold becomes U+FFFD,
and nothing is ever read as a template.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from processor.letters import footnotes, markdown
from processor.letters.markdown_blocks import BULLET, TOP, Block, Item, Pieces, Place, Subheading, TableBlock
from processor.letters.markdown_tables import MarkdownTable
from processor.letters.word import hanging, tables
from processor.letters.word.note_marks import LetterNotes, TextNotes
from processor.letters.word.tables import TablePlace

BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
DEEPEST = 8  # Word knows nine levels of a list, 0 to 8
NO_NUMBER = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_NOTE_LOOKS = ("", *(f"<w:rPr>{look}</w:rPr>" for look in ("<w:b/>", "<w:i/>", "<w:b/><w:i/>")))
_OWN_STYLE = re.compile(r"<w:pStyle [^>]*/>")
_PARAGRAPH_END = re.compile(r"\n(?:[ \t]*\n)+")


class Paragraphs(str):
    """Plain text of several paragraphs: an empty line starts a new one."""

    __slots__ = ()


class Markdown(str):
    """Staff's text in Markdown, to be set as paragraphs, lists and quotations."""

    __slots__ = ()


class InlineMarkdown(str):
    """One paragraph of staff's text in Markdown: bold, italics and links only."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ListStyle:
    """A paragraph style that numbers: its id, its list, and the left indent of each level (twips)."""

    style: str
    number: int
    abstract: int
    indents: tuple[int, ...]

    def indent(self, level: int) -> int:
        """Give the left indent of ``level`` (twips); 0.63 cm more for each level that the list does not describe."""
        if level < len(self.indents):
            return self.indents[level]
        return (self.indents[-1] if self.indents else 0) + 357 * (level + 1 - len(self.indents))


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a template that Markdown is set in, as ids."""

    numbered: ListStyle
    bullets: ListStyle
    quotation: str
    heading: str
    quoted_at: int = 0
    """Left indent of a quotation (twips)."""
    deeper: tuple[str, ...] = ()
    """Headings below ``heading``, as far as the template has styles of their own for them."""
    outline: int = 1
    """The outline level of ``heading``, from 0: headings of the template itself stand above it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The paragraph that held a placeholder: its ``w:pPr`` and the ``w:rPr`` for plain, bold, italic and both.

    ``width`` is that of its lines (twips), 0 where no table may stand; ``size`` is that of its letters (half points).
    """

    paragraph: str
    runs: Sequence[str]
    width: int = 9355
    size: int = 24
    notes: bool = True
    """Whether Word allows a footnote there."""


@dataclass(slots=True)
class Numbering:
    """The lists that one document adds, each with a number of its own so that each starts afresh."""

    next: int
    added: list[str] = field(default_factory=list)

    def start(self, style: ListStyle, level: int, first: int) -> int:
        """Add a list of ``style`` whose ``level`` starts at ``first``; give its number for ``w:numPr``."""
        number, self.next = self.next, self.next + 1
        self.added.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{style.abstract}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
        )
        return number


def clean(text: str) -> str:
    """Give ``text`` with one kind of line end and without what XML cannot hold."""
    if text.isprintable():
        return str(text)
    return _FORBIDDEN.sub("\ufffd", _LINE_END.sub("\n", text))


def escaped(text: str) -> str:
    """Escape clean ``text`` for the inside of a ``w:t``; line ends and tabs become Word's own."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n" in text:
        text = text.replace("\n", BREAK)
    return text.replace("\t", TAB) if "\t" in text else text


def inline(text: str) -> str:
    """Write ``text`` inside a line of the template, where Markdown cannot be set: its marks stay visible."""
    return escaped(clean(text)) if text else ""


def paragraphs(
    text: str, frame: Frame, styles: Styles | None, numbering: Numbering, notes: LetterNotes | None = None
) -> str:
    """Write ``text`` as whole paragraphs in place of the one that held its placeholder.

    Args:
        text: a ``Markdown``, ``InlineMarkdown``, ``Paragraphs`` or plain text; its type says how it is set.
        frame: the look of the paragraph that held the placeholder.
        styles: needed for ``Markdown`` only.
        numbering: takes up the lists that the text begins.
        notes: takes up its footnotes; without it, or where Word allows none, they stay words.
    """
    content = clean(text)
    if isinstance(text, Markdown | InlineMarkdown) and styles is not None:
        return _staff_text(text, content, _MarkdownSetter(frame, styles, numbering, {}, []), notes)
    if isinstance(text, InlineMarkdown):
        return _paragraph(frame.paragraph, _runs(markdown.inline(content.strip("\n")), frame.runs))
    parts = _PARAGRAPH_END.split(content.strip("\n")) if isinstance(text, Paragraphs) else [content]
    return "".join(_paragraph(frame.paragraph, _runs(((part, 0),), frame.runs)) for part in parts)


def _staff_text(text: str, content: str, setting: "_MarkdownSetter", notes: LetterNotes | None) -> str:
    """Write a text of staff; footnotes that nothing marks stand below it as the words that they are."""
    write = _MarkdownSetter.text if isinstance(text, Markdown) else _MarkdownSetter.line
    if not notes or not setting.frame.notes or not (found := footnotes.take_out(content)).notes:
        return write(setting, content)
    own = TextNotes(found, notes, _for_notes(setting, notes.styles.text).text)
    whole = write(replace(setting, notes=own), found.body)
    left = [f"[^{name}]: {words}" for name, words in found.notes.items() if name not in own.placed]
    return whole + "".join(map(setting.text, left))


def _paragraph(properties: str, runs: str) -> str:
    """Write a paragraph of given properties."""
    return f"<w:p>{properties}{runs}</w:p>"


def _runs(pieces: Pieces, looks: Sequence[str]) -> str:
    """Write the words of a paragraph, each run with its look."""
    return "".join(
        [f'<w:r>{looks[look]}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>' for text, look in pieces]
    )


@dataclass(frozen=True, slots=True)
class _MarkdownSetter:
    """How the blocks of one Markdown text are set.

    ``numbers`` are its lists in the document, ``above`` the levels of its open headings, ``widths`` those of its marks.
    """

    frame: Frame
    styles: Styles
    numbering: Numbering
    numbers: dict[int, int]
    above: list[int]
    notes: TextNotes | None = None
    widths: Mapping[int, int] = field(default_factory=dict)

    def text(self, content: str) -> str:
        """Write a whole text."""
        blocks = markdown.blocks(content)
        setting = replace(self, numbers={}, above=[], widths=hanging.widths(blocks))
        return "".join(map(setting.block, blocks)) or _paragraph(self.frame.paragraph, "")

    def line(self, content: str) -> str:
        """Write a text as one paragraph."""
        return _paragraph(self.frame.paragraph, self.runs(markdown.inline(content.strip("\n")), self.frame.runs))

    def runs(self, pieces: Pieces, looks: Sequence[str]) -> str:
        """Write the words of a paragraph with the marks of its footnotes."""
        if self.notes is None:
            return _runs(pieces, looks)
        cut = self.notes.cut(pieces)
        return "".join(self.notes.mark(text) if mark else _runs(((text, look),), looks) for text, look, mark in cut)

    def block(self, block: Block) -> str:
        """Write one block: as the template's own paragraph, by a style, or as a table."""
        if isinstance(block, TableBlock):
            return self._table(block.table, block.place)
        if isinstance(block, Subheading):
            return self._heading(block)
        if isinstance(block, Item):
            return self._item(block)
        properties = self._held_properties(block.place) if block.place != TOP else self.frame.paragraph
        return _paragraph(properties, self.runs(block.pieces, self.frame.runs))

    def _heading(self, block: Subheading) -> str:
        """Write a heading at its depth below the others of its text: no level is left out, as PDF/UA wants it."""
        while self.above and self.above[-1] >= block.level:
            self.above.pop()
        depth = len(self.above)
        self.above.append(block.level)
        styles = (self.styles.heading, *self.styles.deeper)
        looks = self.frame.runs if depth < len(styles) else [self.frame.runs[look | 2] for look in range(4)]  # italic
        properties = (
            f'<w:pPr><w:pStyle w:val="{styles[min(depth, len(styles) - 1)]}"/>'
            f'<w:outlineLvl w:val="{min(self.styles.outline + depth, DEEPEST)}"/></w:pPr>'
        )
        return _paragraph(properties, self.runs(block.pieces, looks))

    def _table(self, table: MarkdownTable, held: Place) -> str:
        """Write a table as far in as the words around it; one that Word would refuse, a paragraph for each row."""
        if len(table.sides) > tables.MOST or not self.frame.width:
            return "".join(
                _paragraph(self.frame.paragraph, self.runs(row, self.frame.runs)) for row in tables.as_lines(table)
            )
        indent = self._left(held)
        own = _OWN_STYLE.search(self.frame.paragraph)
        width = max(self.frame.width - indent, self.frame.width // 3)
        place = TablePlace(indent, width, own[0] if own else "", self.frame.runs, self.frame.size)
        return tables.write(table, place, self.runs)

    def _item(self, item: Item) -> str:
        """Write an item: counted or given its bullet by Word, else with its own mark hanging left of its words."""
        if item.mark == BULLET or item.first is not None:
            return _paragraph(self._list_properties(item), self.runs(item.pieces, self.frame.runs))
        wide = self.widths[item.which]
        tight = "<w:contextualSpacing/>" if item.place.quoted else ""
        indent = f'<w:ind w:left="{self._left(item.place) + wide}" w:hanging="{wide}"/>{tight}'
        properties = f'<w:pPr><w:pStyle w:val="{self._style(item.place)}"/>{NO_NUMBER}{indent}</w:pPr>'
        return _paragraph(properties, self.runs(((f"{item.mark}\t", 0), *item.pieces), self.frame.runs))

    def _list_properties(self, item: Item) -> str:
        """Let Word count an item, or give it its bullet."""
        kind = self.styles.bullets if item.first is None else self.styles.numbered
        level = min(item.place.depth, DEEPEST)
        number = kind.number if item.first is None else self._list_number(item.which, item.first, level)
        style = self.styles.quotation if item.place.quoted else kind.style
        left = self._left(item.place) + hanging.STEP
        shift = f'<w:ind w:left="{left}" w:hanging="{hanging.STEP}"/>' if item.place.quoted else ""
        return (
            f'<w:pPr><w:pStyle w:val="{style}"/><w:numPr><w:ilvl w:val="{level}"/>'
            f'<w:numId w:val="{number}"/></w:numPr>{shift}</w:pPr>'
        )

    def _held_properties(self, place: Place) -> str:
        """Let a paragraph begin where the words of its item or quotation do."""
        if place.quoted and not place.depth and not place.below:
            return f'<w:pPr><w:pStyle w:val="{self.styles.quotation}"/></w:pPr>'
        indent = f'<w:ind w:left="{self._left(place)}" w:firstLine="0"/>'
        return f'<w:pPr><w:pStyle w:val="{self._style(place)}"/>{NO_NUMBER}{indent}</w:pPr>'

    def _style(self, place: Place) -> str:
        return self.styles.quotation if place.quoted else self.styles.numbered.style

    def _left(self, place: Place) -> int:
        """Give where the words of the items that hold ``place`` begin (twips)."""
        depths = (min(depth - 1, DEEPEST) for depth in (place.depth, place.below) if depth)
        return sum(map(self.styles.numbered.indent, depths)) + self.styles.quoted_at * place.quoted

    def _list_number(self, which: int, first: int, level: int) -> int:
        """Give the number of a list that Word counts, a new one for each."""
        if which not in self.numbers:
            self.numbers[which] = self.numbering.start(self.styles.numbered, level, first)
        return self.numbers[which]


def _for_notes(setting: _MarkdownSetter, style: str) -> _MarkdownSetter:
    """Give the setting of footnotes: all their paragraphs have one style, and no footnotes of their own."""
    styles = replace(
        setting.styles,
        numbered=replace(setting.styles.numbered, style=style),
        bullets=replace(setting.styles.bullets, style=style),
        quotation=style,
        heading=style,
    )
    frame = Frame(f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>', _NOTE_LOOKS, width=0)  # LibreOffice loses tables there
    return replace(setting, frame=frame, styles=styles)
