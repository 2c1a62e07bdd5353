"""Compares what a signed PDF says with the letter that it is to be: a good signature may stand under another text.

Only words are compared, since programs set the same letter differently; a PDF of pictures says nothing.
"""

import io
import logging
import re
import unicodedata
from collections.abc import Sequence

from pypdf import PdfReader

_MOST_PAGES = 40
_LEAST = 400
"""So few letters are no letter: what the stamp of a signature on a picture says."""
_COMMON = ("yang", "dengan", "untuk", "nomor")
"""Where none of these is read, the fonts of the PDF do not say which letters they show."""
_NO_WORDS = re.compile(r"\{[A-Z]+\}|\[gambar [0-9a-f]{8}\]")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SOME, _SHARE = 3, 0.05  # words, and of all, that two programs may read differently


def difference(content: bytes, letter: str, numbers: Sequence[str]) -> str:
    """Say what a PDF lacks of a letter, as the end of a sentence that begins with it; "" for nothing that can be told.

    Args:
        content: The PDF.
        letter: What the letter prints.
        numbers: What tells it from others: its own number, that of its case. Those that it does not print do not count.
    """
    found, own = _squeezed(_text(content)), _squeezed(letter)
    if len(found) < _LEAST or not any(word in found for word in _COMMON):
        return ""
    for number in numbers:
        if number and _squeezed(number) in own and _squeezed(number) not in found:
            return f"tidak memuat nomor {number}"
    words = {word.casefold() for word in _WORD.findall(_NO_WORDS.sub(" ", letter))}
    missing = sum(_squeezed(word) not in found for word in words)
    return f"tidak memuat {missing} dari {len(words)} kata surat" if missing > max(_SOME, _SHARE * len(words)) else ""


def _text(content: bytes) -> str:
    """Read the words of a PDF; "" where it cannot be read."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it prints what it mends
    try:
        pages = PdfReader(io.BytesIO(content)).pages
        return "\n".join(page.extract_text() for page in pages[:_MOST_PAGES])
    except Exception:  # noqa: BLE001 -- whatever a damaged or strange file does to a parser, there is nothing to compare
        return ""


def _squeezed(text: str) -> str:
    """Give letters and digits only: programs part lines and words differently."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
