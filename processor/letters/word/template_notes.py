"""Finds what in a template is hardly meant, though letters can be made from it: told when a person checks it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from processor.foundation.errors import BrokenFiles, Problem
from processor.letters.word import fields, lone_tags, styles, template, template_places
from processor.letters.word.styles import Element, W
from processor.letters.word.template import TemplateSource
from processor.letters.word.template_places import BRACES, WordPart

_AS_HERE = "Tempat isian ditulis {{ … }}, perintah {% … %}, tanpa spasi di antara tandanya."
_OTHER_MARKS = re.compile(
    r"\$?(?<!\{)\{\s*[A-Za-z_][\w. ]*\}(?!\})|\{\s+%[^{}]*%\s*\}|«[^«»]+»|<<[^<>]+>>|\[\[[^\[\]]+\]\]"
)


def of_file(path: Path, names: Mapping[str, object]) -> tuple[Problem, ...]:
    """Find the same in a file; nothing in one that cannot be read, which is told as a mistake."""
    try:
        return notes(template.read(template.opened(path)), names)
    except BrokenFiles:
        return ()


def notes(source: TemplateSource, names: Mapping[str, object]) -> tuple[Problem, ...]:
    """Find what letters would show as it was typed, or number in an odd way.

    Args:
        source: the template as read.
        names: every name that it may use.
    """
    words = template_places.word_parts(source)
    told = ((field.where, fields.unfilled(field)) for field in fields.fields(words))
    unfilled = ((wrong[0], where, wrong[1]) for where, wrong in told if wrong)
    found = (*_other_marks(words, names), *_continued_lists(source, words), *unfilled)
    return tuple(dict.fromkeys(template_places.problem(source, *one) for one in found))


_Found = Iterator[tuple[str, str, str]]
"""Message, place and mend."""


def _other_marks(words: tuple[WordPart, ...], names: Mapping[str, object]) -> _Found:
    """Find placeholders as other programs write them."""
    for one in words:
        for number, line in enumerate(one.lines, start=1):
            for mark in _OTHER_MARKS.findall(BRACES.sub("", line)):
                known = _known(mark.strip("${}%«»<>[] "), names)
                mend = f"Maksudnya {{{{ {known} }}}}?" if known else _AS_HERE
                yield f"“{mark}” tidak diisi", template_places.place(one.lines, one.where, number), mend


def _known(name: str, names: Mapping[str, object]) -> str:
    """Give the placeholder that a name of another program may mean, the applicant's before others; "" for none."""
    if name in names:
        return name
    found = [known for known in names if known.rpartition(".")[2] == name.lower().replace(" ", "_")]
    return min(found, key=lambda known: not known.startswith("pemohon."), default="")


def _continued_lists(source: TemplateSource, words: tuple[WordPart, ...]) -> _Found:
    """Find numbered paragraphs inside a loop, whose numbers run on from one round to the next."""
    numbers = styles.numbers_of(source.parts)
    for one in words:
        rounds: list[tuple[str, Counter[tuple[str, str]]]] = []
        for paragraph, line in zip(one.paragraphs, one.lines, strict=True):
            command = lone_tags.command_alone(line)
            if command.startswith("for "):
                rounds.append((line.strip(), Counter()))
            elif command == "endfor" and rounds:
                loop, counted = rounds.pop()
                if max(counted.values(), default=0) > 1:
                    mend = "Ketik tandanya sendiri (a., b.), atau sisakan satu paragraf bernomor di dalam perulangan."
                    message = f"Nomor di dalam “{loop}” berlanjut dari putaran ke putaran, tidak mulai lagi dari 1"
                    yield message, one.place_of(paragraph), mend
            elif rounds and not command and (mark := _mark(paragraph, numbers)):  # a command prints nothing
                rounds[-1][1][mark] += 1


def _mark(paragraph: Element, numbers: Mapping[str, str]) -> tuple[str, str] | None:
    """Give the list and level that number a paragraph; None for a paragraph without a number."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
    level = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
    which = numbers.get("" if style is None else style.get(f"{W}val", ""), "")
    which = which if number is None else number.get(f"{W}val", "")
    return (which, "0" if level is None else level.get(f"{W}val", "0")) if which.strip("0") else None
