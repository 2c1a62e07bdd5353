"""Tells a text in UTF-8 that a program has read as something else: Renée became RenÃ©e, Ren├⌐e or RenГ©e. Pure."""

import re
from collections.abc import Mapping

CODE_PAGES: Mapping[str, str] = {
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "cp850": "DOS 850",
    "cp437": "DOS 437",
    "cp1251": "Windows-1251",
    "mac-roman": "Macintosh",
}
"""Encodings in which programs open what they should not, with the names that people know; the likeliest first."""

_STRANGE = re.compile(r"[^\x00-\x7f]{2,}")
_MEANT = re.compile("[\u00a0-\u017f\u2010-\u203a\u20ac\u2122\u2190-\u21ff\u2713\u2714\ufeff\U0001f300-\U0001faff]+")
"""What people write who write Indonesian: accented letters, marks, arrows, pictures. No other script."""


def code_page(text: str) -> str:
    """Name the encoding as which a part of ``text`` was read; "" where nothing shows that."""
    runs = _STRANGE.findall(text)
    return next((name for page, name in CODE_PAGES.items() if any(_was_read_as(page, run) for run in runs)), "")


def _was_read_as(page: str, run: str) -> bool:
    """Tell whether letters are UTF-8 again once they are written as the bytes that they were read from."""
    try:
        return bool(_MEANT.fullmatch(run.encode(page).decode("utf-8")))
    except UnicodeError:
        return False
