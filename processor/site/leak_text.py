"""Text as the leak gate compares it: plain letters, words in one spelling, runs of digits, e-mail addresses.

Knows no applicant. Whatever can stand between the parts of an identity is taken out here.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator

from processor.foundation.form_definition import digits
from processor.site.leak_markup import ReadableText, TextKind

_WINDOW, _OVERLAP = 1_000_000, 2_000  # characters looked at in one go; no identity is longer than the overlap

_MARK = re.compile(
    "[\u0300-\u036f\ufe00-\ufe0f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0001-\U000e007f\U000e0100-\U000e01ef]"
)
"""Accents, and what nobody sees: soft hyphens, joiners, directions, tags (Unicode Mn and Cf)."""


def plain_text(text: str) -> str:
    """Give text with plain letters and digits, and one blank where any stood."""
    if not text.isascii():
        text = _MARK.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(text.split())


_BROKEN = re.compile(r"[-\u2010] (?<=[^\W\d_]..)(?=[^\W\d_])")
"""A hyphen at the end of a line, which may be no part of the word. It stands first, as few characters are one."""


def windows(readings: Iterable[ReadableText]) -> Iterator[tuple[str, TextKind]]:
    """Give each reading made plain, in pieces that overlap, with its kind; an unread one as no text.

    A piece in which words are broken over two lines comes a second time, with these words whole. Many readings of one
    file are the same: each piece comes once of its kind.
    """
    given = set[tuple[bytes, TextKind]]()
    for reading in readings:
        for start in range(0, len(reading.text) or 1, _WINDOW):
            plain = plain_text(reading.text[max(0, start - _OVERLAP) : start + _WINDOW])
            for piece in dict.fromkeys((plain, _BROKEN.sub("", plain))):
                mark = hashlib.sha256(piece.encode("utf-8", "surrogatepass")).digest(), reading.kind
                if mark not in given:
                    given.add(mark)
                    yield piece, reading.kind


_WORD = re.compile(r"[^\W\d_]+|\d+")
_SAME = {"jl": "jalan", "jln": "jalan", "gg": "gang", "jend": "jenderal", "komp": "kompleks", "komplek": "kompleks"}
_DROPPED = {"no", "nomor"}


def words_of(normal: str) -> list[str]:
    """Give words and numbers in lower case, abbreviations of addresses in full, without what stands between them."""
    return [_SAME.get(word, word) for word in _WORD.findall(normal.casefold()) if word not in _DROPPED]


def word_orders(normal: str) -> Iterator[list[str]]:
    """Give the ``words_of`` a text as they stand and, where letters stand alone, without these: initials in a name."""
    words = words_of(normal)
    yield words
    whole = [word for word in words if len(word) > 1 or word.isdigit()]
    if len(whole) < len(words):
        yield whole


_SPELLED = re.compile(r"(?<![^\W_])[^\W\d_](?:[^\w]{1,3}[^\W\d_](?![^\W_])){3,}")


def spelled_words(normal: str) -> set[str]:
    """Give what stands there letter by letter, as R A T N A, written as one word in lower case."""
    return {re.sub(r"\W", "", found).casefold() for found in _SPELLED.findall(normal)}


def single_words(normal: str) -> set[str]:
    """Give the words of letters alone, in lower case."""
    return {word.casefold() for word in set(LETTERS.findall(normal))}


LETTERS = re.compile(r"[^\W\d_]+")
RUNNING = re.compile(r"(?<![^\s(\u201c\u2018\"'])[^\W\d_]+(?=[\s,;!?)\u201d\u2019\"']|[.:](?:\s|$)|$)")
"""A word of a sentence; in an address of a page, a class or an identifier other marks stand beside it."""

_BETWEEN = r"[\s.,\-\u2010-\u2015\u2212()/+:'\u2019_|*\u00b7\u2022\u2027\u2219\u22c5\u30fb]"
"""What may stand between the digits of one number, three at a time."""
EIGHT_DIGITS = rf"\d(?:{_BETWEEN}{{0,3}}\d){{7,}}"
_RUN = re.compile(EIGHT_DIGITS)
SHORT = 10  # digits; a shorter number is sought only where a number begins and ends
PREFIX = re.compile(r"^(?:00)?(?:62)?0*")
"""Country code and leading nought of a telephone number."""


def digit_runs(normal: str) -> Iterator[tuple[str, frozenset[int]]]:
    """Give every run of digits, whatever stands between them, and where in it a number may begin or end."""
    for run in _RUN.findall(normal):
        edges, at = {0}, 0
        for group in re.findall(r"\d+", run):
            begin, at = at + len(group) - len(PREFIX.sub("", group)), at + len(group)
            edges |= {begin, at}
        yield digits(run), frozenset(edges)


_SIGN = re.compile(r"[\[({] ?(?:at|@|et|dot|titik|\.) ?[\])}]")  # far quicker than the two that take the blanks along
_AT = re.compile(r" ?[\[({] ?(?:at|@|et) ?[\])}] ?")
_DOT = re.compile(r" ?[\[({] ?(?:dot|titik|\.) ?[\])}] ?")
_SAID_AT = re.compile(r" (?:at|et|@) ")
_SAID_DOT = re.compile(r" (?:dot|titik|\.) ")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")


def emails_in(normal: str) -> set[str]:
    """Give every e-mail address, also one with its signs written as words, in brackets or without."""
    signs = normal.casefold()
    if _SIGN.search(signs):
        signs = _DOT.sub(".", _AT.sub("@", signs))
    spoken = _SAID_AT.sub("@", signs)
    if "@" not in spoken:
        return set()
    words = {word for one in (signs, _SAID_DOT.sub(".", spoken)) for word in one.split(" ") if "@" in word}
    return {found.strip("._+-") for word in words for found in _EMAIL.findall(word)}
