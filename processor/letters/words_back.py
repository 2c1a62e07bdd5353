"""Reads the words of an edited letter back into the parts of a case file that they came from.

Where a part stands in a letter is found by rendering it once with a word of its own there. What belongs to no part of
the file, the template's own words above all, cannot be carried; nor can what Markdown cannot say. Pure.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from processor.cases.case_file import CaseFile, LetterKind
from processor.cases.decision_digests import STUDY
from processor.letters import canonical, letter_difference, printed_markdown
from processor.letters.letter_difference import PrintedChange
from processor.letters.word import printed_letter
from processor.letters.word.printed_letter import PrintedLetter, PrintedParagraph

Place = tuple[str, str]
"""Section and key of a case file."""
Render = Callable[[CaseFile], bytes]

_OWN_WORD = "Tempat isian ini, tidak lain"  # no key of the catalogue of law has blanks
_OTHERS: Mapping[LetterKind, tuple[Place, ...]] = {
    "pemberitahuan_penolakan": (("verifikasi", "alasan"),),
    "jawaban_keberatan": (("keberatan", "pertimbangan"),),
}
_PLAIN = frozenset({("verifikasi", "alasan"), ("keberatan", "pertimbangan")})
"""The parts that letters set as they are typed, without Markdown."""
_UNCARRIED = re.compile(r"\[gambar [0-9a-f]{8}\]|\[\*\]|\f")


@dataclass(frozen=True, slots=True)
class CarriedWords:
    """What was read back: the new words of parts of the case file, and what prints otherwise all the same."""

    values: Mapping[Place, str | list[str]]
    lost: tuple[PrintedChange, ...]


def places(kind: LetterKind) -> tuple[Place, ...]:
    """List the parts of a case file whose words a letter of ``kind`` prints as paragraphs of their own."""
    return _OTHERS.get(kind, tuple(("kajian", name) for name in STUDY))


def read_back(case: CaseFile, kind: LetterKind, render: Render, edited: PrintedLetter) -> CarriedWords:
    """Read the words of an ``edited`` letter back.

    Args:
        case: as it is now.
        kind: of the letter.
        render: makes the letter from a case.
        edited: what lies there now.

    Returns:
        The parts that changed, and what would print otherwise than in ``edited`` once they are taken in.

    Raises:
        BrokenFiles: no letter can be made of the case.
    """
    made = _read(render(case))
    values: dict[Place, str | list[str]] = {}
    spans = {place: span for place in places(kind) if (span := _span(case, place, render, made))}
    owned = _owned(made.body, edited.body, spans)
    for place, span in spans.items():
        old, new = made.body[span.start : span.stop], owned[place]
        if [one.printed for one in old] != [one.printed for one in new]:
            value = _value(case, place, old, new)
            values |= {place: value} if value else {}
    again = _read(render(with_values(case, values)))
    return CarriedWords(values, letter_difference.changes(again, edited))


def with_values(case: CaseFile, values: Mapping[Place, str | list[str]]) -> CaseFile:
    """Give the case with other words in these parts."""
    for (section, name), value in values.items():
        part = getattr(case, section)
        told = tuple(value) if isinstance(value, list) else value
        case = case.model_copy(update={section: part.model_copy(update={name: told})})
    return case


def _read(content: bytes) -> PrintedLetter:
    found = printed_letter.read(content)
    assert found is not None, "what was just rendered is a letter"
    return found


def _span(case: CaseFile, place: Place, render: Render, made: PrintedLetter) -> range | None:
    """Find the paragraphs of a part in the letter; None where it stands nowhere alone, or several times."""
    value = getattr(getattr(case, place[0]), place[1], "") if getattr(case, place[0]) else ""
    if not value:
        return None
    marked = _read(render(with_values(case, {place: [_OWN_WORD] if isinstance(value, tuple) else _OWN_WORD}))).body
    found = [at for at, one in enumerate(marked) if _OWN_WORD in one.words]
    if len(found) != 1 or marked[found[0]].words != _OWN_WORD:
        return None
    return range(found[0], len(made.body) - (len(marked) - found[0] - 1))


def _owned(
    old: Sequence[PrintedParagraph], new: Sequence[PrintedParagraph], spans: Mapping[Place, range]
) -> dict[Place, list[PrintedParagraph]]:
    """Tell which paragraphs of the edited letter belong to which part: what was added, to the one that it goes on."""
    owners: list[Place | None] = [None] * len(old)
    for place, span in spans.items():
        owners[span.start : span.stop] = [place] * len(span)
    found: dict[Place, list[PrintedParagraph]] = {place: [] for place in spans}
    before: Place | None = None
    at = 0
    for one, other in _aligned(old, new):
        before = owners[at] if one else before
        at += one is not None
        following = owners[at] if at < len(old) else None
        owner = before if one or before else following
        if other and owner:
            found[owner].append(other)
    return found


def _aligned(old: Sequence[PrintedParagraph], new: Sequence[PrintedParagraph]) -> Iterator[letter_difference.Pair]:
    """Pair every paragraph with what became of it, in order; see ``letter_difference.pairs``."""
    said, now = ([(one.where, one.words) for one in side] for side in (old, new))
    for kind, start, end, first, last in SequenceMatcher(None, said, now, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(old[start:end], new[first:last], strict=True)
        else:
            yield from letter_difference.pairs(old[start:end], new[first:last])


def _can_carry(paragraphs: Sequence[PrintedParagraph]) -> bool:
    """Tell whether text can say all of it: no table, picture, note or text box."""
    return bool(paragraphs) and not any(one.where or _UNCARRIED.search(one.words) for one in paragraphs)


def _value(
    case: CaseFile, place: Place, old: Sequence[PrintedParagraph], new: Sequence[PrintedParagraph]
) -> str | list[str]:
    """Write the words of a part as its file holds them; nothing where that cannot be."""
    value = getattr(getattr(case, place[0]), place[1])
    if isinstance(value, tuple):
        return _listed(value, place, old, new) if _can_carry(new) else ""
    text = "" if place in _PLAIN else _with_changed_lines(value, old, new)
    if not text and _can_carry(new):
        text = _typed(new) if place in _PLAIN else printed_markdown.written(new)
    return text if "\n" in text.rstrip("\n") or value.endswith("\n") else text.rstrip("\n")


def _typed(new: Sequence[PrintedParagraph]) -> str:
    return "\n\n".join(one.words for one in new if one.words.strip()) + "\n"


def _listed(
    value: Sequence[str], place: Place, old: Sequence[PrintedParagraph], new: Sequence[PrintedParagraph]
) -> list[str]:
    """Write the entries of a list; one that did not change as it stands there."""
    filled = [one for one in value if one]
    kept = dict(zip((one.words for one in old), filled, strict=True)) if len(filled) == len(old) else {}
    inline = printed_markdown.inline if place[1] == "isu_hukum" else _without_looks
    return [kept.get(one.words) or inline(one) for one in new if one.words.strip()]


def _with_changed_lines(text: str, old: Sequence[PrintedParagraph], new: Sequence[PrintedParagraph]) -> str:
    """Put the words of changed paragraphs in the place of the old ones, and leave all else as it was written.

    Nothing where a paragraph came, went, or got another mark, or where its words are not found just once.
    """
    text = canonical.canonical(text)
    for one, other in _aligned(old, new):
        if one is not None and other is not None and one.printed == other.printed:
            continue
        if one is None or other is None or one.mark != other.mark or not _can_carry((one, other)):
            return ""
        before = printed_markdown.inline(one)
        if not before or text.count(before) != 1:
            return ""
        text = text.replace(before, printed_markdown.inline(other))
    return text


def _without_looks(paragraph: PrintedParagraph) -> str:
    return " ".join(paragraph.words.split())
