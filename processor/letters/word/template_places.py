"""Says where in a template something stands, as a reader of the letter would find it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from processor.foundation.errors import Problem
from processor.letters.word import lone_tags, package_parts, styles
from processor.letters.word.styles import Element, W
from processor.letters.word.template import TemplatePart, TemplateSource

BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_XML = re.compile(r"<[^>]*>")
_LONGEST = 50


@dataclass(frozen=True, slots=True)
class WordPart:
    """A part that holds words as Word shows it: its tree, and its paragraphs with their words."""

    name: str
    where: str
    root: Element
    paragraphs: tuple[Element, ...]
    lines: tuple[str, ...]

    def place_of(self, element: Element) -> str:
        """Say where ``element`` stands: in its paragraph, or by the first that it holds, or one beside it."""
        ways = ("ancestor-or-self::w:p[1]", "(descendant::w:p)[1]", "(following::w:p)[1]", "(preceding::w:p)[last()]")
        found = (one for way in ways for one in element.xpath(way, namespaces={"w": W.strip("{}")}))
        holder = next(found, None)
        number = self.paragraphs.index(holder) + 1 if holder is not None else 1
        return place(self.lines, self.where, number)


def word_parts(source: TemplateSource) -> tuple[WordPart, ...]:
    """Read the parts of a template that hold words."""
    return tuple(_word_part(text, source.parts[text.name]) for text in source.texts)


def _word_part(text: TemplatePart, content: bytes) -> WordPart:
    root = styles.parse_part(content)
    paragraphs = tuple(root.iter(f"{W}p"))
    lines = tuple(" ".join(lone_tags.own_words(one).split("\n")) for one in paragraphs)
    return WordPart(text.name, text.where, root, paragraphs, lines)


def problem(source: TemplateSource, message: str, where: str, mend: str) -> Problem:
    """Make a Problem of a template: what is wrong, ``where`` it stands, and its mend."""
    return Problem(str(source.path), None, f"{message}, {where}.", mend)


def place(lines: tuple[str, ...] | list[str], where: str, number: int) -> str:
    """Say where the line with this number (from 1) stands: by its own words, else by those above it.

    Args:
        lines: paragraphs, as words or as XML.
        where: the part, "" for the letter itself.
        number: of the line.
    """
    part = f" ({where})" if where else ""
    if own := _visible_words(lines[number - 1]):
        return f"paragraf “{own}”{part}"
    above = next(filter(None, map(_visible_words, reversed(lines[: number - 1]))), "")
    return f"di bawah “{above}”{part}" if above else f"di awal {where or 'surat'}"


def _visible_words(line: str) -> str:
    """Give what a reader sees of a line, without its placeholders, up to 50 characters."""
    line = " ".join(_XML.sub("", BRACES.sub("…", lone_tags.INVISIBLE.sub("", line))).split())
    if not line.replace("…", "").strip(" .,:;"):
        return ""
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def users_of(source: TemplateSource, words: tuple[WordPart, ...], part: str) -> str:
    """Say where the letter shows ``part`` (a chart, or what a chart holds); "di dalam berkasnya" where nothing does."""
    waiting, seen = [part], {part}
    while waiting:
        for user, link in package_parts.users(source.parts, waiting.pop()):
            for where in linked_places(words, user, link):
                return where
            if user not in seen:
                seen.add(user)
                waiting.append(user)
    return "di dalam berkasnya"


def linked_places(words: tuple[WordPart, ...], part: str, link: str) -> Iterator[str]:
    """Say where in ``part`` the relationship with the id ``link`` is used."""
    for one in words:
        if one.name == part:
            found = (element for element in one.root.iter() if link in element.attrib.values())
            yield from map(one.place_of, found)
