"""Reads staff's Markdown as blocks: headings, paragraphs and items with the marks that were typed.

The reading is by lines. A line with a mark is an item, ``#`` a heading, ``>`` a quotation as far as it stands before
the lines, a line of dashes only separates, rows with bars are a table; every other line goes on with the one above it.
Nothing is dropped: what is no mark of this grammar stays words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from processor.letters import block_drafts, enumeration, inline_markdown, markdown_lines, markdown_tables
from processor.letters.block_drafts import BlockDraft
from processor.letters.enumeration import ItemMark, Outline
from processor.letters.markdown_blocks import Block, Pieces, Place, TableBlock
from processor.letters.markdown_lines import TextLine

_NEAR = 60
"""How many lines ahead a mark is sought that counts on; and how short a line is that did not wrap (characters)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The blocks of a text, and the line on which each starts (from 0).

    ``joined`` are lines that go on with an item without standing below it, ``unlisted`` those that begin as an item and
    go on with a sentence.
    """

    blocks: tuple[Block, ...]
    starts: tuple[int, ...]
    joined: tuple[int, ...]
    unlisted: tuple[int, ...]


def reading(text: str) -> Reading:
    """Read ``text``, top to bottom."""
    return _LineReader(markdown_lines.lines_of(text)).read()


@lru_cache(maxsize=512)  # a pass reads the same answers again and again
def blocks(text: str) -> tuple[Block, ...]:
    """Read the blocks of ``text``, top to bottom."""
    return reading(text).blocks


def inline(text: str) -> Pieces:
    """Read ``text`` as one paragraph: what looks like a list or a heading stays words."""
    return inline_markdown.read(inline_markdown.join_lines(markdown_lines.LINE_END.split(text)))


class _LineReader:
    """Reads lines one after another; ``own`` and ``quote`` are the lists of the office's words and of the quotation."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._lines = lines
        self._words = [line.words for line in lines]
        self._done: list[BlockDraft | TableBlock] = []
        self._open: BlockDraft | None = None
        self._own, self._quote = Outline(), Outline()
        self._quoted: int | None = None
        self._apart = True
        self._parents: list[int | None] = []
        self._accepted: list[ItemMark] = []
        self._at = 0
        self._starts_at: list[int] = []
        self._joined: list[int] = []
        self._unlisted: list[int] = []

    def read(self) -> Reading:
        """Read every line."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.words.strip():
                self._turn(line)
                self._at = self._read_table(self._at, line) or self._read_line(self._at, line)
            else:
                self._close(apart=True)
                self._at += 1
        self._close()
        counted = block_drafts.counted_lists(self._done, self._parents)
        found = tuple(block_drafts.finished(one, counted) for one in self._done)
        return Reading(found, tuple(self._starts_at), tuple(self._joined), tuple(self._unlisted))

    def _turn(self, line: TextLine) -> None:
        """Begin or end a quotation where ``line`` does; only its own ``>`` make a line quoted."""
        below = sum(one.holds(line.at) for one in self._own.levels) if line.quoted else None
        if below != self._quoted:
            self._close()
            self._quoted, self._quote = below, Outline()

    def _outline(self) -> Outline:
        return self._own if self._quoted is None else self._quote

    def _read_table(self, number: int, line: TextLine) -> int:
        """Read the table that begins in a line; give the line after it, 0 where none begins."""
        if "|" not in line.words:
            return 0
        mark = enumeration.mark_of(line.words)
        below = self._lines[number + 1 : number + 2]
        inside = bool(mark and below and below[0].indent >= line.indent + enumeration.DEEPER)
        first = line.words[mark.end :] if mark and inside else line.words
        if not markdown_tables.may_begin(first, below[0].words if below else ""):
            return 0
        rows = self._words_below(number)
        if inside:
            rows = [*takewhile(lambda row: not enumeration.mark_of(row), rows)]
        end = markdown_tables.end_of_table([first, *rows], 0)
        if not end:
            return 0
        if mark and inside:
            self._begin_item(mark, replace(line, words=line.words[: mark.end]))
        place = self._table_place(line, inside=inside)
        self._close()
        table = markdown_tables.read_table([first, *self._words[number + 1 : number + end]], inline)
        self._done.append(TableBlock(table, place))
        self._starts_at.append(number)
        self._apart = False
        return number + end

    def _table_place(self, line: TextLine, *, inside: bool) -> Place:
        """Give the place of a table: right below an item it belongs to it, however far left it was typed."""
        levels = self._outline()
        belongs = inside or (self._open is not None and self._open.mark is not None)
        return self._place(len(levels.levels) if belongs else levels.leave(line.indent))

    def _read_line(self, number: int, line: TextLine) -> int:
        """Read a line that has words; give the next."""
        words = line.words
        if markdown_lines.RULE.fullmatch(words.rstrip()):
            self._close(apart=True)
            self._outline().leave(line.indent)
        elif heading := markdown_lines.HEADING.match(words):
            self._close()
            self._own, self._quote = Outline(), Outline()
            self._add(line, [words[heading.end() :]], heading=len(heading[1]))
            self._close(apart=True)
        elif (mark := enumeration.mark_of(words)) and self._starts(mark, number):
            self._begin_item(mark, line)
        elif self._open and self._joins(self._open, number):
            if mark and not mark.initial and not enumeration.refers(self._open.lines[-1]):
                self._unlisted.append(number)
            self._open.lines.append(markdown_lines.without_escape(words))
        else:
            self._close()
            self._add(line, [markdown_lines.without_escape(words)], law=bool(markdown_lines.LAW_LINE.fullmatch(words)))
        return number + 1

    def _close(self, *, apart: bool = False) -> None:
        """End the block that is being read; ``apart``: before an empty line."""
        if self._open:
            self._done.append(self._open)
        self._open, self._apart = None, self._apart or apart

    def _add(self, line: TextLine, lines: list[str], *, heading: int = 0, law: bool = False) -> None:
        """Begin a paragraph, or a heading, at the place of ``line``."""
        place = self._place(self._outline().leave(line.indent))
        self._open, self._apart = BlockDraft(lines, place, line.indent, heading=heading, law=law), False
        self._starts_at.append(self._at)

    def _place(self, depth: int) -> Place:
        return Place(depth, self._quoted is not None, self._quoted or 0)

    def _begin_item(self, mark: ItemMark, line: TextLine) -> None:
        """Begin an item."""
        before = self._before()
        self._close()
        levels = self._outline()
        if levels.enter(
            mark, line.indent, len(self._parents), apart=self._apart, introduced=enumeration.introduces(before)
        ):
            self._parents.append(levels.levels[-2].which if len(levels.levels) > 1 else None)
        self._accepted.append(mark)
        place, which = self._place(len(levels.levels) - 1), levels.levels[-1].which
        self._open, self._apart = BlockDraft([line.words[mark.end :]], place, line.indent, mark, which), False
        self._starts_at.append(self._at)

    def _before(self) -> str:
        """Give the line that was read last."""
        latest = self._open or (self._done[-1] if self._done else None)
        return latest.lines[-1] if isinstance(latest, BlockDraft) else ""

    def _starts(self, mark: ItemMark, number: int) -> bool:
        """Tell whether a line with a mark is an item, or goes on with a sentence that wrapped there."""
        outline, words = self._outline(), self._lines[number].words
        going_on = outline.counts_on(mark)
        if not words[mark.end :].strip():
            return going_on and not self._begins_list(mark, number)
        if mark.capital and (going_on or self._counted_before(mark)):
            return True
        if mark.initial:
            return self._counts_later(mark, number)
        if self._open is None or self._open.law:
            return True
        before = self._open.lines[-1]
        if mark.bullet:
            return not mark.loose or going_on or enumeration.ends(before) or self._counts_next(mark, number)
        if enumeration.refers(before):
            return False
        return (
            going_on
            or mark.typed == "1."
            or mark.parted
            or enumeration.ends(before)
            or (self._open.mark is not None and (outline.same_kind(mark) or self._starts_children(mark, number)))
            or self._counts_next(mark, number)
        )

    def _begins_list(self, mark: ItemMark, number: int) -> bool:
        """Tell whether an item in line ``number`` would be the first of its list."""
        trial, introduced = Outline([*self._outline().levels]), enumeration.introduces(self._before())
        return trial.enter(
            mark, self._lines[number].indent, len(self._parents), apart=self._apart, introduced=introduced
        )

    def _starts_children(self, mark: ItemMark, number: int) -> bool:
        """Tell whether a line further to the right begins the children of the item above it."""
        assert self._open, "nothing stands above"
        inside = self._lines[number].indent >= self._open.indent + enumeration.DEEPER
        return inside and mark.first and not enumeration.goes_on(self._open.lines[-1])

    def _counts_next(self, mark: ItemMark, number: int) -> bool:
        """Tell whether a line right below counts on from ``mark``."""
        below = (one.words for one in self._lines_below(number))
        return enumeration.counted_on(mark, [self._words[number], *below])

    def _counted_before(self, mark: ItemMark) -> bool:
        """Tell whether an item stands above from which ``mark`` counts on."""
        return any(enumeration.follows(mark.readings, one.readings) for one in self._accepted[-_NEAR:])

    def _counts_later(self, mark: ItemMark, number: int) -> bool:
        """Tell whether a capital is no initial of a name: another one counts on from it."""
        return enumeration.counted_on(mark, self._words[number : number + 3 * _NEAR])

    def _words_below(self, number: int) -> Sequence[str]:
        """Give the words of the lines below line ``number`` that may be rows of one table with it."""
        rest = (self._lines[below] for below in range(number + 1, len(self._lines)))
        rows = takewhile(lambda line: "|" in line.words and line.quoted == self._lines[number].quoted, rest)
        return [line.words for line in rows]

    def _lines_below(self, number: int) -> Iterator[TextLine]:
        """Give the lines right below line ``number``, as far as no empty line and no other quotation begins."""
        for line in self._lines[number + 1 : number + 1 + _NEAR]:
            if not line.words.strip() or line.quoted != self._lines[number].quoted:
                return
            yield line

    def _joins(self, block: BlockDraft, number: int) -> bool:
        """Tell whether a line without a mark goes on with the block above it."""
        line, before = self._lines[number], block.lines[-1]
        if inline_markdown.breaks(before):
            return True
        if block.law:
            return False
        if markdown_lines.LAW_LINE.fullmatch(line.words):
            return enumeration.goes_on(before) or (len(before) > _NEAR and not enumeration.ends(before))
        inner = block.indent + enumeration.DEEPER if block.mark else block.indent if block.place.depth else 0
        if line.indent >= inner:
            return True
        title = bool(block.mark and block.mark.capital) and len(before) <= _NEAR and not enumeration.goes_on(before)
        own = _begins_sentence(line.words) and (title or (enumeration.ends(before) and not self._list_goes_on(number)))
        self._joined += [number] * (not own and number - 1 not in self._joined)
        return not own

    def _list_goes_on(self, number: int) -> bool:
        """Tell whether a line right below goes on with a list that is open."""
        marks = [mark for one in self._lines_below(number) if (mark := enumeration.mark_of(one.words))]
        return any(self._outline().counts_on(mark) for mark in marks)


def _begins_sentence(words: str) -> bool:
    """Tell whether a sentence may begin with ``words``: its first letter is a capital."""
    return next((letter for letter in words if letter.isalnum()), "").isupper()
