"""Shows the texts of a study as its letter will: read by the reader of the letters, written as HTML. Pure.

Every word is escaped; a class says how far in something stands, as the strict policy allows no style of its own.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from processor.letters import footnotes, markdown
from processor.letters.inline_markdown import BOLD, ITALIC
from processor.letters.markdown_blocks import BULLET, Block, Item, Pieces, Place, Subheading, TableBlock
from processor.letters.study.study_document import LISTS, PARTS
from processor.letters.word import paragraphs, tables
from processor.operations import study_texts
from processor.operations.study_texts import Texts

_DEEPEST = 8
_LOOKS = {0: "{}", BOLD: "<strong>{}</strong>", ITALIC: "<em>{}</em>", BOLD | ITALIC: "<strong><em>{}</em></strong>"}


@dataclass(slots=True)
class _Notes:
    """The footnotes of one text, by name, and the numbers that they got in the letter, where a mark stands."""

    words: Mapping[str, str]
    before: int
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """Give the number of a footnote, in the order of the marks."""
        return self.numbers.setdefault(name, self.before + len(self.numbers) + 1)


def shown(texts: Texts, citations: Sequence[str]) -> Markup:
    """Show a study.

    Args:
        texts: By part; an empty one has no heading.
        citations: What the letter says for the entries of ``dasar_hukum``.
    """
    count, parts = 0, list[Markup]()
    for key, heading in PARTS.items():
        text = paragraphs.clean(texts.get(key, "")).strip("\n")
        if not text.strip():
            continue
        notes = _Notes({}, count)
        inside = _listed(key, text, citations) if key in LISTS else _text(text, notes)
        count += len(notes.numbers)
        parts.append(Markup("<h3>{}</h3>{}").format(heading, inside))
    return Markup("").join(parts)


def _listed(key: str, text: str, citations: Sequence[str]) -> Markup:
    """Show a list; the issues are Markdown, the legal bases are not."""
    if key == "isu_hukum":
        items = [_runs(markdown.inline(entry), _Notes({}, 0)) for entry in study_texts.entries(text)]
    else:
        items = [escape(one) for one in citations]
    return Markup("<ol>{}</ol>").format(Markup("").join(Markup("<li>{}</li>").format(one) for one in items))


def _text(text: str, notes: _Notes) -> Markup:
    """Show a long text, its footnotes below it; those that nothing marks stand there as the words that they are."""
    found = footnotes.take_out(text)
    notes.words = found.notes
    body = Markup("").join(_blocks(markdown.blocks(found.body), notes))
    left = [f"[^{name}]: {words}" for name, words in found.notes.items() if name not in notes.numbers]
    stray = (block for words in left for block in markdown.blocks(words))
    below = [_note(number, found.notes[name]) for name, number in notes.numbers.items()]
    listed = Markup('<div class="catatan-kaki">{}</div>').format(Markup("").join(below)) if below else Markup("")
    return body + Markup("").join(_blocks(tuple(stray), _Notes({}, 0))) + listed


def _note(number: int, words: str) -> Markup:
    """Show one footnote."""
    inside = Markup("").join(_blocks(markdown.blocks(words), _Notes({}, 0)))
    return Markup("<div><sup>{}</sup> {}</div>").format(number, inside)


def _blocks(blocks: Sequence[Block], notes: _Notes) -> Iterator[Markup]:
    """Show blocks one below the other; headings count from those that stand above them."""
    above: list[int] = []
    for block in blocks:
        if isinstance(block, Subheading):
            while above and above[-1] >= block.level:
                above.pop()
            level = min(4 + len(above), 6)
            above.append(block.level)
            yield Markup("<h{}>{}</h{}>").format(level, _runs(block.pieces, notes), level)
        elif isinstance(block, TableBlock):
            yield _table(block, notes)
        elif isinstance(block, Item):
            mark = "•" if block.mark == BULLET else block.mark
            words = Markup('<span class="tanda-butir">{}</span><span>{}</span>').format(
                mark, _runs(block.pieces, notes)
            )
            yield Markup('<p class="butir {}">{}</p>').format(_place(block.place), words)
        else:
            yield Markup('<p class="{}">{}</p>').format(_place(block.place), _runs(block.pieces, notes))


def _place(place: Place) -> str:
    """Name how far in a block stands, and whether it is quoted."""
    depth = min(place.depth + place.below, _DEEPEST)
    return f"dalam-{depth}{' kutipan' if place.quoted else ''}"


def _table(block: TableBlock, notes: _Notes) -> Markup:
    """Show a table; one that Word would refuse, a paragraph for each row."""
    if len(block.table.sides) > tables.MOST:
        return Markup("").join(Markup("<p>{}</p>").format(_runs(row, notes)) for row in tables.as_lines(block.table))
    rows = []
    for at, row in enumerate(block.table.rows):
        tag = "th" if block.table.header and at == 0 else "td"
        cells = (
            Markup('<{} class="rata-{}">{}</{}>').format(tag, side or "left", _runs(cell, notes), tag)
            for cell, side in zip(row, block.table.sides, strict=False)
        )
        rows.append(Markup("<tr>{}</tr>").format(Markup("").join(cells)))
    return Markup('<div class="tabel-surat" tabindex="0"><table class="{}">{}</table></div>').format(
        _place(block.place), Markup("").join(rows)
    )


def _runs(pieces: Pieces, notes: _Notes) -> Markup:
    """Show the words of a paragraph, each run with its look, and the marks of its footnotes."""
    names: Collection[str] = notes.words
    return Markup("").join(
        Markup("<sup>{}</sup>").format(notes.number(words)) if is_mark else _run(words, look)
        for text, look in pieces
        for words, is_mark in footnotes.split_marks(text, names)
    )


def _run(words: str, look: int) -> Markup:
    """Show words of one look, with the breaks of lines that they hold."""
    lines = Markup("<br>").join(escape(line) for line in words.split("\n"))
    return Markup(_LOOKS[look]).format(lines)  # noqa: S704 -- one of four fixed words
