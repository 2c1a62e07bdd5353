"""Tells what a spreadsheet or a wrong encoding made of an answer from what its applicant changed. Pure.

Exports are opened, edited and saved again: a long number is rounded, a letter becomes two or a question mark, a cell is
cut or emptied. None of that is an edit, and none of it may take the place of the good value.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from processor.cases.records import Response
from processor.foundation.form_definition import digits, nip_problem
from processor.intake.recognition import OTHERS, comparable_text
from processor.intake.sources.answers import without_number_format
from processor.intake.sources.misread_letters import CODE_PAGES

_EXPONENT = re.compile(r"\+?(\d)(?:[.,](\d*))?[eE]\+?(\d{1,2})")
_CUT = re.compile(r"\s*(?:…|\.\.\.)$")
_WORD = re.compile(r"[^\W_]")
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?|TRUE|FALSE|[#?\ufffd\s]+", re.IGNORECASE)
_FEWEST_ZEROS = 3  # 18 digits of which a spreadsheet keeps 15
_INEXACT = 16  # from so many digits on a spreadsheet no longer keeps every one
_MOST_READINGS = 32  # of one text side by side; more are only met in a text made to be slow


@dataclass(frozen=True, slots=True)
class Difference:
    """How the answers of one sending differ from those that are kept: in which fields are they worse, better, other."""

    worse: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


def compare(filed: Sequence[Response], seen: Response, *, later: bool) -> Difference:
    """Judge where the answers of ``seen`` differ from what was filed; a column that it does not have is no difference.

    Args:
        filed: What was filed of the case, oldest first.
        seen: What a source holds now.
        later: Whether ``seen`` was sent later, so that its applicant may have shortened or emptied an answer.
    """
    answers = {key: text for one in filed for key, text in one.answers.items()}
    others = {title: text for one in filed for title, text in one.others.items()}
    kinds = {key: _kind(key, answers.get(key, ""), text, later=later) for key, text in seen.answers.items()}
    beside = {_kind("", others[title], text, later=later) for title, text in seen.others.items() if title in others}
    beside -= {""}
    kinds[OTHERS] = beside.pop() if len(beside) == 1 else "other" if beside else ""
    worse, better, other = (tuple(key for key in kinds if kinds[key] == kind) for kind in ("worse", "better", "other"))
    return Difference(worse, better, other)


def _kind(key: str, kept: str, seen: str, *, later: bool) -> str:
    """Tell whether ``seen`` is worse than ``kept``, better, other, or no different ("")."""
    if comparable_text(key, kept) == comparable_text(key, seen):
        return ""
    if later:
        return "worse" if is_garbled(key, kept, seen) else "other"
    return "worse" if is_damaged_copy(key, kept, seen) else "better" if is_damaged_copy(key, seen, kept) else "other"


def is_damaged_copy(key: str, good: str, seen: str) -> bool:
    """Tell whether ``seen`` can be what became of ``good``, the answer to ``key``, on its way through spreadsheets.

    For 198503122010012901 that is whatever ``is_garbled`` finds, 1985 and nothing; for Renée also Ren and RENÉE; never
    another name or number of the same quality.
    """
    good, seen = _one_line(good), _one_line(seen)
    if not _WORD.search(seen) or not _WORD.search(good):
        return bool(_WORD.search(good))
    if key in _CHECKS and _CHECKS[key](good) and not _CHECKS[key](seen):
        return True
    if key in _NUMBERS:
        if _EXPONENT.fullmatch(seen):  # of whichever number
            return not _EXPONENT.fullmatch(good) or is_garbled(key, good, seen)
        cut = len(digits(seen)) < len(digits(good)) and digits(good).startswith(digits(seen))
        rounded = _is_rounded(digits(good).lstrip("0"), seen, shortest=_FEWEST_ZEROS)
        return cut or rounded or is_garbled(key, good, seen)
    shouted = seen in {seen.upper(), seen.lower()} and seen.casefold() == good.casefold()
    return shouted or _is_misread(good, _CUT.sub("", seen), typed=True) or is_garbled(key, good, seen)


def is_garbled(key: str, good: str, seen: str) -> bool:
    """Tell whether ``seen`` is what only a program makes of ``good``: nobody would type that.

    For 198503122010012901 that is 198503122010012000, 1,98503E+17 and ``#####``; for Renée it is RenÃ©e and Ren?e.
    """
    good, seen = _one_line(good), _one_line(seen)
    if _WORD.search(good) and _ERROR.fullmatch(seen):
        return True
    if key in _NUMBERS:
        return _is_rounded(digits(good).lstrip("0"), seen, shortest=_INEXACT)
    return bool(good) and any(_is_misread(good, text) for text in {seen, html.unescape(seen)})


_NUMBERS = {"nip", "telepon"}
_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "nip": lambda text: not nip_problem(text, date.max),
    "email": lambda text: "@" in text,
    "telepon": lambda text: not _EXPONENT.fullmatch(text) and 8 <= len(digits(text)) <= 15,
}


def _one_line(text: str) -> str:
    return " ".join(without_number_format(text).split())


def _is_rounded(good: str, seen: str, *, shortest: int) -> bool:
    """Tell whether ``seen`` is the number ``good`` (its digits, none of them a leading zero) with digits lost.

    Without an exponent that only counts from so many digits on as are the ``shortest``.
    """
    if match := _EXPONENT.fullmatch(seen):
        kept = (match[1] + (match[2] or "")).rstrip("0")
        return bool(kept) and len(good) == int(match[3]) + 1 and _first_digits(good, len(kept), kept)
    number = digits(seen).lstrip("0")
    kept = number.rstrip("0")
    if not shortest <= len(number) == len(good) or not kept:
        return False
    rounded = len(number) - len(kept) >= _FEWEST_ZEROS and _first_digits(good, len(kept), kept)
    return rounded or int(float(good)) == int(number)


def _first_digits(good: str, count: int, kept: str) -> bool:
    """Tell whether ``kept`` are the first ``count`` digits of ``good``, cut or rounded up."""
    return int(kept) - int(good[:count]) in {0, 1}


def _is_misread(good: str, seen: str, *, typed: bool = False) -> bool:
    """Tell whether ``seen`` is ``good`` with letters misread or lost.

    With ``typed`` it may also be without accents, or cut off at its end, as a person could have typed it.
    """
    places = {0}
    for letter in good:
        if typed and seen and len(seen) in places:
            return True
        ways = _misreadings(letter, typed=typed)
        places = {place + len(way) for place in places for way in ways if seen.startswith(way, place)}
        places = set(sorted(places)[:_MOST_READINGS])
    return len(seen) in places


@cache
def _misreadings(letter: str, *, typed: bool) -> frozenset[str]:
    """Give what a letter can become: itself, and for one outside ASCII what wrong encodings make of it."""
    if letter.isascii():
        return frozenset({letter})
    plain = {unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode(), ""} if typed else set()
    marks = {mark * count for mark in "?\ufffd" for count in range(1, len(letter.encode("utf-8", "replace")) + 1)}
    once = set(_decodings(letter))
    twice = {text for one in once for text in _decodings(one)}
    return frozenset({letter, "_", *plain, *marks, *once, *twice} - ({""} if not typed else set()))


def _decodings(text: str) -> Iterator[str]:
    """Give how the UTF-8 of ``text`` reads in other encodings, in one line as the rest is."""
    content = text.encode("utf-8", "replace")
    for page in CODE_PAGES:
        for lost in ("ignore", "replace"):
            yield re.sub(r"\s+", " ", content.decode(page, lost))
            yield " ".join(content.decode(page, lost).split())
