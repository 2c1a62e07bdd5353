"""Writes the footnotes of a text and their marks as WordprocessingML."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from processor.letters import footnotes
from processor.letters.footnotes import Footnoted

BOOKMARK = "_CatatanKaki"
FIELD = f" NOTEREF {BOOKMARK}"
"""Begins the field that shows the number of a footnote once more."""

_FIRST_PARAGRAPH = re.compile(r"<w:p>(?:<w:pPr>.*?</w:pPr>)?", re.DOTALL)
_BOOKMARKS = 1_000_000  # ours are counted from there, those of a template from 0


@dataclass(frozen=True, slots=True)
class NoteStyles:
    """The ids of the styles of a footnote and of its mark; ``added`` are those that the template lacks, as XML."""

    text: str
    mark: str
    added: str = ""


@dataclass(slots=True)
class LetterNotes:
    """The footnotes that one document adds, as Word's XML; ``next`` is the number of the next."""

    styles: NoteStyles
    next: int = 1
    added: list[str] = field(default_factory=list)

    def add(self, paragraphs: str) -> int:
        """Add a footnote of given paragraphs; give the number by which its mark knows it."""
        number, self.next = self.next, self.next + 1
        run = f'<w:r><w:rPr><w:rStyle w:val="{self.styles.mark}"/></w:rPr><w:footnoteRef/></w:r>'
        first = f'\\g<0>{run}<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        whole = _FIRST_PARAGRAPH.sub(first, paragraphs, count=1)
        self.added.append(f'<w:footnote w:id="{number}">{whole}</w:footnote>')
        return number


@dataclass(frozen=True, slots=True)
class TextNotes:
    """The footnotes of one text; ``placed`` are in the letter already, ``set_note`` writes the words of one."""

    found: Footnoted
    letter: LetterNotes
    set_note: Callable[[str], str]
    placed: dict[str, int] = field(default_factory=dict)

    def cut(self, pieces: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int, bool]]:
        """Cut the words of a paragraph at the marks of footnotes: the third value tells what is one's name."""
        for look, group in groupby(pieces, key=lambda piece: piece[1]):
            for words, is_mark in footnotes.split_marks("".join(text for text, _ in group), self.found.notes):
                yield words, look, is_mark

    def mark(self, name: str) -> str:
        """Write the mark of a footnote: the footnote itself the first time, then a field that repeats its number."""
        style = f'<w:rPr><w:rStyle w:val="{self.letter.styles.mark}"/></w:rPr>'
        if name in self.placed:
            again = f"{FIELD}{self.placed[name]} \\f \\h "
            run = f"<w:r>{style}<w:t>{self.placed[name]}</w:t></w:r>"
            return f'<w:fldSimple w:instr="{again}">{run}</w:fldSimple>'
        number = self.placed[name] = self.letter.add(self.set_note(self.found.notes[name]))
        run = f'<w:r>{style}<w:footnoteReference w:id="{number}"/></w:r>'
        if name not in self.found.twice:
            return run
        mark = f'w:id="{_BOOKMARKS + number}"'
        return f'<w:bookmarkStart {mark} w:name="{BOOKMARK}{number}"/>{run}<w:bookmarkEnd {mark}/>'
