"""The study of a case as a form shows it, a text a part, and how what was typed joins what stands there now. Pure."""

import difflib
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from processor.cases.case_file import CaseFile
from processor.foundation.yaml_editor import SectionChanges
from processor.letters.study.study_document import LISTS, PARTS

Texts = Mapping[str, str]
"""What a form holds, by the keys of ``PARTS``; of a list each line is an entry."""
_LINE_END = re.compile("\r\n|\r")
_TOKEN = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Joined:
    """What typed texts would change, and the parts that somebody else changed meanwhile, as they stand there now."""

    changes: SectionChanges
    clashes: Texts


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a comparison: ``sign`` is "-" for what only the older text has, "+" for the newer, "" for both."""

    sign: str
    words: str


def of_case(case: CaseFile) -> dict[str, str]:
    """Give the texts of the study of a case."""
    return {key: _text(getattr(case.kajian, key)) for key in PARTS}


def of_changes(changes: SectionChanges) -> dict[str, str]:
    """Give the texts of the parts of a study that ``changes`` would write."""
    return {str(place[1]): _text(value) for place, value in changes.items() if len(place) > 1 and place[1] in PARTS}


def _text(value: str | Sequence[str] | None) -> str:
    if isinstance(value, str) or value is None:
        return _LINE_END.sub("\n", value or "").strip()
    return "\n".join(" ".join(entry.split()) for entry in value if entry.strip())


def entries(text: str) -> list[str]:
    """Give the entries of a list that a form shows as lines."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def value(key: str, text: str) -> str | list[str] | None:
    """Give what the case file holds for the text of a part; None for nothing."""
    return (entries(text) if key in LISTS else text) or None


def mark(text: str) -> str:
    """Give the short digest (16 hex digits) by which a form tells which text it showed."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def marks(texts: Texts) -> dict[str, str]:
    """Give the mark of each text."""
    return {key: mark(text) for key, text in texts.items()}


def joined(now: Texts, typed: Texts, shown: Mapping[str, str]) -> Joined:
    """Join what was typed with what stands there now.

    Args:
        now: The texts of the case file.
        typed: Those of the form; a part that it lacks stays as it is.
        shown: By part the ``mark`` of the text from which the person typed on.
    """
    theirs = {key: text for key, text in typed.items() if key in now and text != now[key]}
    written = {key: text for key, text in theirs.items() if mark(text) != shown.get(key)}
    clashes = {key: now[key] for key in written if mark(now[key]) != shown.get(key)}
    changes = {("kajian", key): value(key, text) for key, text in written.items() if key not in clashes}
    return Joined(changes, clashes)


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts word by word."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            pieces.append(Piece("", "".join(old[a:b])))
            continue
        pieces += [Piece(sign, words) for sign, words in (("-", "".join(old[a:b])), ("+", "".join(new[c:d]))) if words]
    return tuple(pieces)


def differences(before: Texts, after: Texts) -> dict[str, tuple[Piece, ...]]:
    """Compare the parts in which two studies differ, those of ``after`` alone."""
    return {key: difference(before.get(key, ""), text) for key, text in after.items() if text != before.get(key, "")}
