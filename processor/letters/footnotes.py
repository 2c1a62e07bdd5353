"""Finds footnotes in staff's Markdown: ``[^1]`` marks the place, ``[^1]: words`` at the start of a line says them.

The lines below belong to a footnote until one is empty or begins something else; after an empty line, those that stand
further in.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from processor.letters.markdown_blocks import MarkdownSlip

_NAME = r"\[\^([\w.-]{1,60})\]"
_PLAIN = "\ufdd0"
"""Stands before a mark that a backslash made plain words, until the words are cut; Unicode gives it no other use."""
_MARK = re.compile(rf"(?<![\\{_PLAIN}]){_NAME}")
_PLAIN_MARK = re.compile(rf"{_PLAIN}(?={_NAME})")
_SPACE = r"[^\S\n]"
_AHEAD = rf"(?:{_SPACE}|>)"
"""What may stand before the words of a line: spaces of any kind, and the signs of a quotation."""
_NO_MARK = re.compile(rf"\\(?={_NAME})|^(?P<before>{_AHEAD}*)(?={_NAME}:(?:[ \t]|$))", re.MULTILINE)
"""What keeps a mark words: a backslash; that it begins a footnote, the second of its name."""
_NOTE = re.compile(rf"({_AHEAD}*){_NAME}:(?:[ \t]+|$)")
_BEGINS = re.compile(r"(?:[-+*][ \t]|\(?(?:[0-9]{1,3}|[a-z]|[ivx]+)[.)][ \t]|#{1,6}[ \t]|\|)")
_FURTHER = 2  # letters


@dataclass(frozen=True, slots=True)
class Footnoted:
    """A text without its footnotes, line by line, and their words by name; ``twice`` are those with several marks."""

    body: str
    notes: Mapping[str, str]
    twice: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote that stands in the lines from ``first`` to before ``end``."""

    name: str
    first: int
    end: int
    words: str


def take_out(text: str) -> Footnoted:
    """Part ``text`` from its footnotes; of two with one name the second stays in the text."""
    if "[^" not in text:
        return Footnoted(text, {})
    lines = text.split("\n")
    notes: dict[str, str] = {}
    for note in notes_of(text.split("\n")):
        if note.name not in notes:
            notes[note.name] = note.words
            lines[note.first : note.end] = [""] * (note.end - note.first)
    body = _NO_MARK.sub(
        lambda found: f"{found['before'] or ''}{_PLAIN}" if (found[1] or found[3]) in notes else found[0],
        "\n".join(lines),
    )
    times = Counter(_MARK.findall(body))
    return Footnoted(body, notes, {name for name in notes if times[name] > 1})


def begins(line: str) -> bool:
    """Tell whether a footnote begins in ``line``."""
    return bool(_NOTE.match(line))


def split_marks(words: str, names: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Cut ``words`` at the marks of footnotes: give words, and the ``names`` among them with True."""
    done = 0
    for mark in _MARK.finditer(words):
        if mark[1] in names:
            if mark.start() > done:
                yield _PLAIN_MARK.sub("", words[done : mark.start()]), False
            yield mark[1], True
            done = mark.end()
    if done < len(words):
        yield _PLAIN_MARK.sub("", words[done:]), False


def kept_plain(words: str) -> str:
    """Give ``words`` that were not read from Markdown so that nothing in them becomes the mark of a footnote."""
    return re.sub(f"(?={_NAME})", _PLAIN, words) if "[^" in words else words


def with_escapes(text: str) -> str:
    """Give written Markdown with a backslash before each mark that is plain words."""
    return _PLAIN_MARK.sub(r"\\", text)


def slips(text: str) -> Iterator[MarkdownSlip]:
    """Find marks that no footnote explains, footnotes without a mark, and what cannot be set as one, line by line."""
    lines = text.split("\n") if "[^" in text else []
    notes = [*notes_of(lines)]
    first_at = {note.name: note.first for note in reversed(notes)}
    inside = {at for note in notes for at in range(note.first, note.end)}
    marked = {name for at, line in enumerate(lines) if at not in inside for name in _MARK.findall(line)}
    starts = {note.first: note for note in notes}
    for at, line in enumerate(lines):
        if note := starts.get(at):
            yield from _note_slips(note, marked, first_at)
        for name in _MARK.findall(_NOTE.sub("", line, count=1) if note else line):
            if at in inside:
                message = f"Tanda [^{name}] berada di dalam catatan kaki lain, jadi tercetak apa adanya."
                yield MarkdownSlip(at, message, "Pindahkan tandanya ke kalimat di luar catatan kaki.")
            elif name not in first_at:
                message = f"Tanda catatan kaki [^{name}] tidak ada isinya, jadi tercetak apa adanya."
                yield MarkdownSlip(
                    at, message, f"Tulis isinya di baris sendiri: [^{name}]: sumbernya. Atau hapus tandanya."
                )


def _note_slips(note: Note, marked: Collection[str], first_at: Mapping[str, int]) -> Iterator[MarkdownSlip]:
    """Find what is wrong with a footnote as a whole."""
    if first_at[note.name] != note.first:
        message = f"Catatan kaki [^{note.name}] ditulis dua kali; yang kedua tercetak sebagai paragraf biasa."
        yield MarkdownSlip(note.first, message, "Beri nama lain pada yang kedua, beserta tandanya.")
    elif note.name not in marked:
        message = f"Catatan kaki [^{note.name}] tidak bertanda di kalimat mana pun, jadi tercetak di akhir bagian ini."
        yield MarkdownSlip(note.first, message, f"Tulis [^{note.name}] sesudah kata yang diterangkannya.")


def notes_of(lines: Sequence[str]) -> Iterator[Note]:
    """Find the footnotes of a text, in their order."""
    at = 0
    while at < len(lines):
        begun = _NOTE.match(lines[at])
        end = at + 1
        if begun:
            end = _end_of_note(lines, end, *_place(lines[at]))
            more = [_without_indent(line, len(begun[1])) for line in lines[at + 1 : end]]
            yield Note(begun[2], at, end, "\n".join([lines[at][begun.end() :], *more]))
        at = end


def _end_of_note(lines: Sequence[str], at: int, quotes: int, indent: int) -> int:
    """Give the line after the footnote whose first line is before ``at`` and stands so far in."""
    end, parted = at, False
    for number, line in enumerate(lines[at:], at):
        if not _words(line):
            parted = True
            continue
        own_quotes, own_indent = _place(line)
        further = own_indent >= indent + _FURTHER
        if own_quotes != quotes or _NOTE.match(line) or (not further and (parted or _BEGINS.match(_words(line)))):
            break
        end = number + 1
    return end


def _place(line: str) -> tuple[int, int]:
    """Tell in how many quotations a line stands, and how far in."""
    ahead = line[: len(line) - len(_words(line))]
    return ahead.count(">"), len(ahead.rpartition(">")[2].expandtabs(4))


def _words(line: str) -> str:
    """Give a line without what stands before its words."""
    return re.sub(rf"^{_AHEAD}+", "", line)


def _without_indent(line: str, indent: int) -> str:
    """Give a line below the first of a footnote as it would stand by itself."""
    return re.sub(rf"^{_AHEAD}{{0,{indent}}}{_SPACE}{{0,4}}", "", line)
