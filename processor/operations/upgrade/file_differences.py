"""Says in lines how two versions of a file differ; of Word files, which words do."""

import difflib
from collections.abc import Iterator

from processor.letters import letter_difference
from processor.letters.word import printed_letter

_WORD = ".docx"


def lines(name: str, before: bytes, after: bytes) -> tuple[str, ...]:
    """Give the difference between two contents of the file ``name``, of a text with two lines around each change."""
    if name.endswith(_WORD):
        return tuple(_of_words(before, after))
    if b"\0" in before + after:
        return ("Berkas ini bukan teks; bukalah keduanya.",)
    old, new = (one.decode("utf-8-sig", "replace").splitlines() for one in (before, after))
    return tuple(difflib.unified_diff(old, new, lineterm="", n=2))[2:]


def _of_words(before: bytes, after: bytes) -> Iterator[str]:
    old, new = printed_letter.read(before), printed_letter.read(after)
    if not old or not new:
        yield "Berkas Word yang satu tidak dapat dibaca; bukalah keduanya."
        return
    found = letter_difference.changes(old, new)
    yield from (change.shown() for change in found)
    if not found:
        yield "Kata-kata dan rupanya sama; yang berbeda hanya cara program menyimpannya."
