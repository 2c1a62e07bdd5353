"""Writes what stands in a Word document as the Markdown of letters: depth by indents, marks as they are shown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from processor.letters import canonical, enumeration, footnotes, markdown, markdown_tables
from processor.letters.markdown_blocks import BULLET, Block, Item, Pieces, Place, Subheading, TableBlock
from processor.letters.markdown_blocks import Paragraph as Words
from processor.letters.markdown_tables import Cell, MarkdownTable, Side
from processor.letters.study.study_document import LISTS, Study
from processor.letters.study.word_blocks import WordBlock, WordParagraph, WordTable
from processor.letters.study.word_words import BOLD, WordRun
from processor.letters.word import word_numbering

_NEAR = 100
"""Indents that differ by less are meant to be the same (twips: 1.8 mm)."""
_BODY = "Isi Surat"
_INSIDE_WORDS = "tebal atau miring di tengah kata"
_SHOWN = 40
"""Letters of a paragraph by which a person finds it."""
_SPACES = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Said:
    """What the parts of a study say, and what of it Markdown cannot say, with the places."""

    parts: Study
    lost: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _OpenItem:
    """An open list: where its marks begin (twips), its number in the text, and what counts it."""

    at: int
    which: int
    kind: str
    readings: enumeration.Readings


@dataclass(slots=True)
class _Converter:
    """Turns paragraphs of Word into blocks of Markdown, one after another."""

    own: list[_OpenItem] = field(default_factory=list)
    quote: list[_OpenItem] = field(default_factory=list)
    below: int | None = None
    quoted_at: int = 0
    lists: int = 0

    def block(self, paragraph: WordParagraph) -> Block | None:
        """Give the block of a paragraph; None for an empty one."""
        mark, pieces = _mark_and_words(paragraph)
        if not pieces and not mark:
            return None
        if paragraph.heading and not mark:
            self.own, self.quote, self.below = [], [], None
            return Subheading(_one_line(pieces), min(paragraph.heading + 1, 6))
        levels, at, text_at = self._levels(paragraph, marked=bool(mark))
        if not mark:
            levels[:] = [one for one in levels if one.at < text_at - _NEAR]
            return Words(pieces, self._place(len(levels)))
        self._enter(levels, at, mark, paragraph)
        return Item(mark, pieces, self._place(len(levels) - 1), levels[-1].which)

    def table(self, table: WordTable) -> TableBlock:
        """Give the block of a table, which stands in the item or quotation whose words begin where it does."""
        inside = (
            self.below is not None and table.left > self.quoted_at - _NEAR and self._holds(table.left - self.quoted_at)
        )
        if not inside:
            self.below = None
        levels, at = (self.quote, table.left - self.quoted_at) if inside else (self.own, table.left)
        levels[:] = [one for one in levels if one.at < at - _NEAR]
        return TableBlock(_table(table), self._place(len(levels)))

    def _levels(self, paragraph: WordParagraph, *, marked: bool) -> tuple[list[_OpenItem], int, int]:
        """Give the lists that are open where a paragraph stands, and where its mark and its words begin there."""
        words_at = min(paragraph.first, paragraph.left)  # what hangs without a mark of ours begins where it hangs
        if not paragraph.quoted:
            self.below = None
            return self.own, paragraph.first, words_at
        place = paragraph.first if marked else words_at
        inside = self.below is not None and self._holds(place - paragraph.usual)
        if not inside:
            self.quote, self.quoted_at = [], paragraph.usual
            self.below = sum(one.at < place - paragraph.usual - _NEAR for one in self.own)
        return self.quote, paragraph.first - paragraph.usual, words_at - paragraph.usual

    def _holds(self, place: int) -> bool:
        """Tell whether what begins at ``place`` is of the quotation that is being read."""
        own = sum(one.at < place - _NEAR for one in self.own)
        return own == self.below or bool(self.quote and self.quote[0].at - _NEAR < place)

    def _place(self, depth: int) -> Place:
        return Place(depth, self.below is not None, self.below or 0)

    def _enter(self, levels: list[_OpenItem], at: int, mark: str, paragraph: WordParagraph) -> None:
        """Note an item; the last of ``levels`` is then the list in which it stands."""
        while levels and at < levels[-1].at - _NEAR:
            levels.pop()
        found = enumeration.mark_of(f"{mark} x")
        readings = found.readings if found else {}
        if levels and at <= levels[-1].at + _NEAR:
            before = levels.pop()
            alike = before.kind == paragraph.counted_by and (before.kind or before.readings.keys() & readings.keys())
            if alike or enumeration.follows(readings, before.readings):  # LibreOffice cuts lists in two
                levels.append(_OpenItem(before.at, before.which, paragraph.counted_by, readings))
                return
        levels.append(_OpenItem(at, self.lists, paragraph.counted_by, readings))
        self.lists += 1


def values(parts: Mapping[str, Sequence[WordBlock]], notes: Mapping[str, Sequence[WordParagraph]]) -> Said:
    """Give what each part of a study says: Markdown, or the entries of a list."""
    lost: dict[str, list[str]] = {}
    said: dict[str, str | tuple[str, ...]] = {}
    for key, blocks in parts.items():
        names: dict[str, str] = {}
        read = [*_blocks([_with_marks(one, names) for one in blocks])]
        if plain := [*_without_looks(read)]:
            lost[_INSIDE_WORDS] = [*lost.get(_INSIDE_WORDS, ()), *plain]
        if key not in LISTS:
            said[key] = (footnotes.with_escapes(canonical.written(read)) + _notes(names, notes)).strip("\n")
            continue
        entries = [one for one in read if not isinstance(one, TableBlock)]
        whole = (footnotes.split_marks(one, ()) for one in _entries(entries, key))
        said[key] = tuple("".join(words for words, _ in one) for one in whole)
        for kind, count in {"catatan kaki": len(names), "tabel": len(read) - len(entries)}.items():
            if count:
                lost[kind] = [*lost.get(kind, ()), *[key.replace("_", " ")] * count]
    return Said(said, lost)


def _without_looks(blocks: Sequence[Block]) -> Iterator[str]:
    """Give the beginning of each paragraph whose looks no Markdown marks, as where half a word is bold."""
    for block in blocks:
        rows = block.table.rows if isinstance(block, TableBlock) else ((block.pieces,),)
        for pieces in (cell for row in rows for cell in row if any(look for _, look in cell)):
            if not any(look for _, look in markdown.inline(canonical.inline(pieces))):
                yield "".join(text for text, _ in pieces)[:_SHOWN]


def _with_marks(block: WordBlock, names: dict[str, str]) -> WordBlock:
    """Give a block in which footnotes have their marks of Markdown; ``names`` are those that were met so far."""
    if isinstance(block, WordTable):
        rows = tuple(tuple(tuple(_marked(one, names) for one in cell) for cell in row) for row in block.rows)
        return replace(block, rows=rows)
    return _marked(block, names)


def _marked(paragraph: WordParagraph, names: dict[str, str]) -> WordParagraph:
    runs = (
        WordRun(f"[^{names.setdefault(one.note, str(len(names) + 1))}]", one.look)
        if one.note
        else replace(one, text=footnotes.kept_plain(one.text))
        for one in paragraph.runs
    )
    return replace(paragraph, runs=tuple(runs))


def _notes(names: Mapping[str, str], notes: Mapping[str, Sequence[WordParagraph]]) -> str:
    """Write the footnotes of a text below it: further paragraphs of one stand further in."""
    lines: list[str] = []
    for key, name in names.items():
        text = canonical.written([*_blocks(notes.get(key, ()))]).strip("\n")
        first, *more = text.split("\n")
        lines += ["", f"[^{name}]: {first}".rstrip(), *(f"    {line}".rstrip() for line in more)]
    return "\n".join(lines)


def _blocks(blocks: Sequence[WordBlock]) -> Iterator[Block]:
    converter = _Converter()
    for block in blocks:
        if isinstance(block, WordTable):
            yield converter.table(block)
        elif (made := converter.block(block)) is not None:
            yield made


def _table(table: WordTable) -> MarkdownTable:
    """Give a table as Markdown holds it: the words of its head are bold by themselves."""
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    header = table.headed or (
        len(rows) > 1 and any(rows[0]) and all(look & BOLD for cell in rows[0] for _, look in cell)
    )
    if header:
        rows[0] = [_merged([(text, look & ~BOLD) for text, look in cell]) for cell in rows[0]]
    sides = tuple(_side([row[at] for row in table.rows[header:]], rows[header:], at) for at in range(len(rows[0])))
    return MarkdownTable(tuple(map(tuple, rows)), header, sides)


def _cell(paragraphs: Sequence[WordParagraph]) -> Cell:
    """Give the words of a cell, its paragraphs one below the other."""
    runs = []
    for at, one in enumerate(paragraphs):
        mark = WordRun(f"{one.mark} ") if one.mark else WordRun("")
        runs += [WordRun("\n" if at else ""), mark, *one.runs]
    return _pieces([one for one in runs if one.text])


def _side(cells: Sequence[Sequence[WordParagraph]], rows: Sequence[Sequence[Cell]], at: int) -> Side:
    """Give the side to which a column keeps."""
    sides = {one.side for cell in cells for one in cell}
    found = sides.pop() if len(sides) == 1 else ""
    words = ["".join(text for text, _ in row[at]) for row in rows]
    usual = markdown_tables.side_of("", words)
    shown: Side = "right" if found == "right" else "center" if found == "center" else ""
    return shown or ("left" if usual else "")


def _mark_and_words(paragraph: WordParagraph) -> tuple[str, Pieces]:
    """Take a paragraph apart: the mark that it shows, counted by Word or typed, and its words."""
    pieces = _pieces(paragraph.runs)
    if paragraph.mark == word_numbering.BULLET:
        return BULLET, pieces
    if paragraph.mark:
        known = enumeration.mark_of(f"{paragraph.mark} x")
        plain = known is None or known.typed != paragraph.mark  # "Pasal 1"
        return ("", ((f"{paragraph.mark} ", 0), *pieces)) if plain else (paragraph.mark, pieces)
    text = paragraph.text.lstrip()
    found = enumeration.mark_of(text)
    hangs = "\t" in text[: found.end] or paragraph.first < paragraph.left - _NEAR if found else False
    if found is None or not (hangs or (paragraph.style != _BODY and not found.initial)):
        return "", pieces
    return found.typed, _pieces(_without(paragraph.runs, len(paragraph.text) - len(text) + found.end))


def _without(runs: Sequence[WordRun], length: int) -> Iterator[WordRun]:
    """Give runs without their first letters."""
    for run in runs:
        if length < len(run.text):
            yield WordRun(run.text[length:], run.look, run.note)
        length = max(length - len(run.text), 0)


def _pieces(runs: Sequence[WordRun] | Iterator[WordRun]) -> Pieces:
    """Give words as Markdown holds them: no spaces around lines, one look after another."""
    return _trimmed([*_merged([(_SPACES.sub(" ", run.text), run.look) for run in runs])])


def _merged(pieces: Sequence[tuple[str, int]]) -> Pieces:
    """Join what looks alike."""
    joined: list[tuple[str, int]] = []
    for text, look in pieces:
        if joined and joined[-1][1] == look:
            joined[-1] = (joined[-1][0] + text, look)
        elif text:
            joined.append((text, look))
    return tuple(joined)


def _trimmed(pieces: list[tuple[str, int]]) -> Pieces:
    """Take spaces and line ends off both ends."""
    while pieces and not pieces[0][0].lstrip():
        pieces = pieces[1:]
    while pieces and not pieces[-1][0].rstrip():
        pieces = pieces[:-1]
    if pieces:
        pieces = [(pieces[0][0].lstrip(), pieces[0][1]), *pieces[1:]]
        pieces = [*pieces[:-1], (pieces[-1][0].rstrip(), pieces[-1][1])]
    return tuple((re.sub(r" *\n *", "\n", text), look) for text, look in pieces)


def _one_line(pieces: Pieces) -> Pieces:
    return tuple((text.replace("\n", " "), look) for text, look in pieces)


def _entries(blocks: Sequence[Subheading | Words | Item], key: str) -> Iterator[str]:
    """Give the entries of a part that is a list: each item or paragraph at the margin with what stands below it."""
    entry: list[Subheading | Words | Item] = []
    for block in blocks:
        below = isinstance(block, (Item, Words)) and (block.place.depth or block.place.quoted)
        if entry and not below:
            yield _entry(entry, key)
            entry = []
        entry.append(block)
    if entry:
        yield _entry(entry, key)


def _entry(blocks: Sequence[Subheading | Words | Item], key: str) -> str:
    """Write an entry as one line: Markdown for an issue, plain words for a legal basis."""
    pieces: list[tuple[str, int]] = []
    for at, block in enumerate(blocks):
        mark = f"{block.mark} " if at and isinstance(block, Item) else ""
        pieces += [(f"{' ' * bool(at)}{mark}", 0), *_one_line(block.pieces)]
    joined = _trimmed([one for one in pieces if one[0]])
    if key == "dasar_hukum":
        return "".join(text for text, _ in joined)
    return canonical.inline(joined)
