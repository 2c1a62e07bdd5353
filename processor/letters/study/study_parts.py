"""Tells which words of a document are which part of a study: by our bookmarks, else by the headings of its own layout.

What cannot be told is asked: each question names its answers. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from processor.letters.study.study_document import OTHER_CASE, PART_MARK, PARTS
from processor.letters.study.word_blocks import WordBlock, WordParagraph
from processor.letters.study.word_words import BOLD, WordRun

SKIPPED, JOINED = "lewati", "sambung"
"""What may be said of words that belong to no part: they stay outside, or they go on with the part before them."""
BEGINNING = "awal"
"""What the words before the first heading are called in a question."""

_KNOWN_BY: Mapping[str, frozenset[str]] = {
    "kasus_posisi": frozenset({"fakta", "kasus", "kronologi", "kronologis", "duduk"}),
    "isu_hukum": frozenset({"isu", "masalah", "permasalahan", "pertanyaan", "ditanyakan", "dijelaskan"}),
    "dasar_hukum": frozenset({"dasar", "landasan", "peraturan"}),
    "analisis": frozenset({"analisis", "analisa", "pembahasan", "telaah", "telaahan", "pertimbangan", "penjelasan"}),
    "kesimpulan": frozenset({"kesimpulan", "simpulan", "pendapat"}),
    "saran": frozenset({"saran", "rekomendasi", "nasihat"}),
    "rujukan": frozenset({"rujukan", "mekanisme"}),
}
_LONGEST_HEADING = 90
_LEADING_MARK = re.compile(r"\s*\(?(?:[IVXLC]+|[ivxlc]+|[A-Za-z]|\d+(?:\.\d+)*)[.)]\s+")
_OUTER_MARK = re.compile(r"\s*(?:[IVXLC]+|[A-Z])[.)]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class StudySection:
    """What stands under one heading: its words, the part that it is (None: not known), and the stamp that it bears."""

    title: str
    part: str | None
    blocks: tuple[WordBlock, ...]
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class StudyLayout:
    """A document cut into sections; ``case_mark`` is the bookmark of the case that it was written for, if any."""

    sections: tuple[StudySection, ...]
    case_mark: str = ""


def layout(blocks: Sequence[WordBlock]) -> StudyLayout:
    """Cut a document into sections at the headings that stand where parts of a study do."""
    marked = any(_stamped(one) for one in blocks)
    headed = marked or _has_headings(blocks)
    levels = [0 if marked and _titled(one) else _level(one, headed=headed) for one in blocks]
    known = [level for level, one in zip(levels, blocks, strict=True) if level and part_of(_words(one))]
    outer = 1 if marked else min(known, default=1)
    found: list[tuple[StudySection, list[WordBlock]]] = [(StudySection("", None, ()), [])]
    for level, block in zip(levels, blocks, strict=True):
        begun = len(found) > 1
        section = _opened(block, level, outer, begun=begun) if level or _stamped(block) else None
        if section is not None:
            found.append((section, [*section.blocks]))
        elif not _titled(block):
            found[-1][1].append(_as_inner(block, level, outer))
    first, *rest = (replace(section, blocks=tuple(inside)) for section, inside in found)
    before = [first] if any(_has_words(one) for one in first.blocks) else []
    return StudyLayout((*before, *rest), _case_mark(blocks))


def _opened(block: WordBlock, level: int, outer: int, *, begun: bool) -> StudySection | None:
    """Give the section that a heading opens; None for one that only parts the words of a section."""
    stamped = _stamped(block)
    if stamped:
        return StudySection(_words(block), stamped[0], _joined_to_heading(block), stamped[1])
    if level > outer:
        return None
    part = part_of(_words(block))
    return StudySection(_words(block), part, ()) if part or begun or _is_sure(block) else None


def _is_sure(block: WordBlock) -> bool:
    """Tell whether a heading is no mere title above everything: it is counted, or set in a style of headings."""
    counted = isinstance(block, WordParagraph) and (block.mark or _LEADING_MARK.match(block.text))
    return bool(counted) or (isinstance(block, WordParagraph) and block.heading > 0)


def _joined_to_heading(block: WordBlock) -> tuple[WordBlock, ...]:
    """Give a heading of ours as words of its part where somebody joined these to it: it is none any more."""
    words = _words(block)
    if not isinstance(block, WordParagraph) or not (len(words) > _LONGEST_HEADING or words.endswith((".", ";"))):
        return ()
    return (replace(block, heading=0, mark="", counted_by="", left=0, first=0),)


def _as_inner(block: WordBlock, level: int, outer: int) -> WordBlock:
    """Give a block as it stands inside a section: headings count from the section's own."""
    if not level or not isinstance(block, WordParagraph):
        return block
    return replace(block, heading=max(level - outer, 1), mark="")


def _stamped(block: WordBlock) -> tuple[str, str] | None:
    """Give part and stamp of the bookmark at a heading of ours."""
    names = block.bookmarks if isinstance(block, WordParagraph) else ()
    found = next(filter(None, map(PART_MARK.fullmatch, names)), None)
    return (found[1], found[2]) if found else None


def _titled(block: WordBlock) -> bool:
    """Tell whether a paragraph is the title that this program wrote above a study."""
    names = block.bookmarks if isinstance(block, WordParagraph) else ()
    return any(map(OTHER_CASE.fullmatch, names))


def _case_mark(blocks: Sequence[WordBlock]) -> str:
    names = (name for one in blocks if isinstance(one, WordParagraph) for name in one.bookmarks)
    return next((name for name in names if OTHER_CASE.fullmatch(name)), "")


def _has_headings(blocks: Sequence[WordBlock]) -> bool:
    """Tell whether a document uses styles of headings; else bold lines are its headings."""
    return any(isinstance(one, WordParagraph) and one.heading and part_of(one.text) for one in blocks)


def _level(block: WordBlock, *, headed: bool) -> int:
    """Give the level of a heading, 1 the outermost; 0 for other words."""
    if not isinstance(block, WordParagraph) or not block.text.strip():
        return 0
    if headed or block.heading:
        return block.heading
    words = block.text.strip()
    bold = all(one.look & BOLD for one in block.runs if one.text.strip())
    if len(words) > _LONGEST_HEADING or words[-1] in ".;,:" or not (bold or (words.isupper() and len(words) > 3)):
        return 0
    outer = _OUTER_MARK.match(f"{block.mark} {words}") or not _LEADING_MARK.match(f"{block.mark} {words}")
    return 1 if outer else 2


def part_of(heading: str) -> str | None:
    """Tell which part of a study a heading announces; None where it is none, or could be two."""
    words = set(_WORD.findall(_LEADING_MARK.sub("", heading, count=1).casefold()))
    found = [part for part, names in _KNOWN_BY.items() if words & names]
    if found == ["saran", "rujukan"]:  # the letter's own heading for both
        return "saran"
    return found[0] if len(found) == 1 and len(words) <= 6 else None


def _words(block: WordBlock) -> str:
    return " ".join(block.text.split()) if isinstance(block, WordParagraph) else ""


def _has_words(block: WordBlock) -> bool:
    return not isinstance(block, WordParagraph) or bool(block.text.strip())


def name_of(section: StudySection) -> str:
    """Give the name by which a question, and its answer, call a section."""
    return _LEADING_MARK.sub("", section.title, count=1).strip().casefold() if section.title else BEGINNING


def by_part(found: StudyLayout, answers: Mapping[str, str]) -> Mapping[str, tuple[WordBlock, ...]]:
    """Give the blocks of each part that the document holds.

    Args:
        found: The document.
        answers: For each section that was asked about: a part, ``SKIPPED`` or ``JOINED``.
    """
    parts: dict[str, tuple[WordBlock, ...]] = {}
    last = ""
    for section in found.sections:
        answer = section.part or answers.get(name_of(section), SKIPPED)
        part = last if answer == JOINED else answer
        if part not in PARTS:
            continue
        headed = part in parts or section.part is None
        parts[part] = (*parts.get(part, ()), *(_heading(section) if headed and section.title else ()), *section.blocks)
        last = part
    return parts


def _heading(section: StudySection) -> tuple[WordBlock, ...]:
    """Keep the words of a heading that does not open a part by itself."""
    return (WordParagraph((WordRun(section.title),), heading=1),)
