"""Writes blocks as the one Markdown text of letters: the same blocks always give the same text, and it reads as them.

Children stand four spaces to the right, every paragraph is one line, every bullet is ``-``, and a backslash stands
only where a sign would be read as a mark. Links come out as the words that a letter shows.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, repeat, takewhile
from operator import itemgetter

from processor.letters import enumeration, footnotes, inline_markdown, markdown, markdown_lines, markdown_tables
from processor.letters.enumeration import ItemMark, Outline
from processor.letters.inline_markdown import BOLD, ITALIC
from processor.letters.markdown_blocks import Block, Item, Paragraph, Pieces, Place, Subheading, TableBlock
from processor.letters.markdown_tables import RULE_OF_TABLE, MarkdownTable, Side

STEP = 4
"""Spaces for each level."""
PART = "---"
"""The line that ends every list."""

_SIGNS = re.compile(r"([*_<|]|\[(?!\^))")
_EDGES = re.compile(r"\s+|\S+(?:\s+\S+)*")
_RULES: dict[Side, str] = {"left": ":--", "center": ":-:", "right": "--:", "": "---"}


def canonical(text: str) -> str:
    """Give ``text`` in its canonical form: it prints as ``text`` does, and its own canonical form is itself."""
    found = footnotes.take_out("\n".join(markdown_lines.LINE_END.split(text)))
    notes = [_note(name, written(markdown.blocks(words))) for name, words in found.notes.items()]
    body = footnotes.with_escapes(written(markdown.blocks(found.body)))
    return "\n".join([one for one in (body, *notes) if one])


def _note(name: str, words: str) -> str:
    """Write a footnote; its further lines stand to the right."""
    first, *more = words.removesuffix("\n").split("\n")
    lines = [
        f"[^{name}]: {first}" if first else f"[^{name}]:",
        *(f"{' ' * STEP}{line}" if line else "" for line in more),
    ]
    return "".join(f"{line}\n" for line in lines)


def written(blocks: Sequence[Block]) -> str:
    """Write ``blocks`` as Markdown that reads as them; "" for none, else it ends with a line end."""
    plain = _Writer(keeps_initials=True).text(blocks)
    items = sum(isinstance(block, Item) for block in blocks)
    if sum(isinstance(block, Item) for block in markdown.blocks(plain)) == items:
        return plain
    return _Writer(keeps_initials=False).text(blocks)


def inline(pieces: Pieces) -> str:
    """Write one paragraph so that ``markdown.inline`` reads these words; line breaks become spaces."""
    return _marked(pieces).replace("\n", " ")


@dataclass(slots=True)
class _Writer:
    """Writes blocks one below the other, and follows the lists as a reader of its ``lines`` will.

    ``keeps_initials``: "H. Ahmad" at the start of a paragraph is left without a backslash.
    """

    keeps_initials: bool
    lines: list[str] = field(default_factory=list)
    own: Outline = field(default_factory=Outline)
    quote: Outline = field(default_factory=Outline)
    before: Place | None = None
    after_item: bool = False
    alone: Place | None = None
    """The place of what is held by an item without words, the last block."""

    def text(self, blocks: Iterable[Block]) -> str:
        """Write ``blocks``."""
        for block in blocks:
            if isinstance(block, Subheading):
                self._add_heading(block)
            elif isinstance(block, TableBlock):
                self._add_table(block)
            else:
                self._add_block(block)
            self.after_item = isinstance(block, Item)
            wordless = isinstance(block, Item) and not block.pieces
            self.alone = replace(self.before, depth=self.before.depth + 1) if wordless and self.before else None
        return "".join(f"{line}\n" for line in self.lines)

    def _add_heading(self, heading: Subheading) -> None:
        self.lines += [""] * bool(self.lines)
        self.lines.append(f"{'#' * heading.level} {_marked(heading.pieces).replace(chr(10), ' ')}")
        self.own, self.quote, self.before = Outline(), Outline(), None

    def _add_table(self, block: TableBlock) -> None:
        alone = self.alone == block.place
        around, gap, _ = self._begin(block.place)
        indent = " " * STEP * block.place.depth
        self._outline(block.place).leave(len(indent))
        first, *more = _rows(block.table)
        if alone:
            self.lines[-1] += f" {first}"
        else:
            self.lines += [*gap, f"{around}{indent}{first}"]
        self.lines += [f"{around}{indent}{row}" for row in more]

    def _begin(self, place: Place) -> tuple[str, list[str], bool]:
        """Begin a block; give what stands before its lines, the empty line above it, and whether it goes on there."""
        around = f"{' ' * STEP * place.below}> " if place.quoted else ""
        same = self.before is not None and replace(self.before, depth=0) == replace(place, depth=0)
        if place.quoted and not same:
            self.quote = Outline()
        self.before = place
        return around, [around.rstrip() if same else ""] * bool(self.lines), same

    def _add_block(self, block: Paragraph | Item) -> None:
        place = block.place
        around, gap, same = self._begin(place)
        indent = " " * STEP * place.depth
        first, *more = _lines_of(_marked(block.pieces))
        if isinstance(block, Item):
            self.lines += self._between(block, gap, (around, indent), same=same)
            line = f"{block.mark} {first}" if first else block.mark
            if RULE_OF_TABLE.fullmatch(line):
                line = line.replace("|", "\\|", 1)
            self.lines.append(f"{around}{indent}{line}")
            indent += " " * STEP
        else:
            self._outline(place).leave(len(indent))
            self.lines += [*gap, f"{around}{indent}{self._escaped(first)}"]
        self.lines += [f"{around}{indent}{markdown_lines.escaped(line)}" for line in more]

    def _outline(self, place: Place) -> Outline:
        return self.quote if place.quoted else self.own

    def _between(self, item: Item, gap: list[str], before: tuple[str, str], *, same: bool) -> list[str]:
        """Choose what stands before an item so that it is read as one of its list: nothing, an empty line or a rule."""
        outline = self._outline(item.place)
        mark = enumeration.mark_of(f"{item.mark} x")
        if mark is None:
            return gap
        last = self.lines[-1] if self.lines else ""
        around, indent = before
        apart = [gap, [*gap, f"{around}{indent}{PART}", *gap]]
        for between in [[], *apart] if same and self._may_touch(mark, last, outline) else apart:
            trial = Outline([*outline.levels])
            if len(between) > 1:
                trial.leave(len(indent))
            introduced = enumeration.introduces(last)
            trial.enter(mark, len(indent), item.which, apart=bool(between), introduced=introduced)
            outline_fits = len(trial.levels) == item.place.depth + 1 and trial.levels[-1].which == item.which
            if outline_fits:
                break
        outline.levels = trial.levels
        return between

    def _may_touch(self, mark: ItemMark, last: str, outline: Outline) -> bool:
        """Tell whether an item right below ``last`` is sure to be read as one."""
        if not self.after_item or mark.bullet:
            return self.after_item
        goes_on = outline.counts_on(mark) or outline.same_kind(mark) or enumeration.ends(last)
        return goes_on and not enumeration.refers(last)

    def _escaped(self, line: str) -> str:
        mark = enumeration.mark_of(line)
        return line if mark and mark.initial and self.keeps_initials else markdown_lines.escaped(line)


def _rows(table: MarkdownTable) -> Iterator[str]:
    """Write a table; one without a head begins with its row of dashes, which is left out where nothing needs it."""
    rows = [[_marked(cell).replace("|", "\\|").replace("\n", "<br>") for cell in row] for row in table.rows]
    head, below = rows[: table.header], rows[table.header :]
    columns = zip(*below, strict=True) if below else repeat(())
    rule = [_rule(side, column) for side, column in zip(table.sides, columns, strict=False)]
    whole = [f"| {' | '.join(row)} |" for row in (*head, rule, *below)]
    bare = not head and len(below) > 1 and set(rule) == {"---"} and not any(map(RULE_OF_TABLE.fullmatch, whole[1:]))
    yield from whole[bare:]


def _rule(side: Side, column: Sequence[str]) -> str:
    """Write the dashes of a column, with colons where its words alone would not say its side."""
    return "---" if markdown_tables.side_of("", column) == side else _RULES[side]


def _lines_of(content: str) -> list[str]:
    """Give the lines of a block, each but the last with the sign of a line break."""
    *broken, last = content.split("\n")
    return [*(f"{line}  " if line.endswith("\\") else f"{line}\\" for line in broken), last]


def _marked(pieces: Pieces) -> str:
    """Write the words of a block with the fewest signs that read as them; without looks where none do."""
    pieces = tuple(_settled(pieces))
    for italic in "*_":
        for escapes in (False, True):
            content = _with_signs(pieces, italic, escapes=escapes)
            if inline_markdown.read(content) == pieces:
                return content
    return _SIGNS.sub(r"\\\1", "".join(text for text, _ in pieces))


def _settled(pieces: Pieces) -> Iterator[tuple[str, int]]:
    """Take spaces at the edge of a look out of it, and join what looks alike."""
    cut = [(part, look) for text, look in pieces for part in _EDGES.findall(text)]
    looks = [
        look & (cut[place - 1][1] if place else 0) & (cut[place + 1][1] if place + 1 < len(cut) else 0)
        if not part.strip()
        else look
        for place, (part, look) in enumerate(cut)
    ]
    for look, parts in groupby(zip(looks, cut, strict=True), key=itemgetter(0)):
        yield "".join(part for _, (part, _) in parts), look


def _with_signs(pieces: Pieces, italic: str, *, escapes: bool) -> str:
    """Write words with signs where a look begins and ends; what lasts longer begins first."""
    signs = {BOLD: "**", ITALIC: italic}
    content, begun = "", list[int]()
    for place, (text, look) in enumerate(pieces):
        while any(not one & look for one in begun):
            content += signs[begun.pop()]
        missing = [one for one in signs if one & look and one not in begun]
        for one in sorted(missing, key=lambda one: -_lasting(pieces[place:], one)):
            content += signs[one]
            begun.append(one)
        content += _SIGNS.sub(r"\\\1", text) if escapes else text
    return content + "".join(signs[one] for one in reversed(begun))


def _lasting(pieces: Pieces, look: int) -> int:
    return len(list(takewhile(lambda piece: piece[1] & look, pieces)))
