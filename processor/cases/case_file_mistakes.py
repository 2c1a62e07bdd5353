"""Mistakes in a case file that its types cannot see: a misspelt key, words lost behind a #, lists without -."""

import difflib
from collections.abc import Iterator

from pydantic import BaseModel

from processor.foundation import yaml_mistakes
from processor.foundation.errors import Problem
from processor.foundation.yaml_reader import Document, Key

_WORDS_OF_LETTERS = {
    "uraian", "pertanyaan", "kekurangan", "alasan", "kasus_posisi", "isu_hukum", "dasar_hukum", "analisis",
    "kesimpulan", "saran", "rujukan", "catatan", "nomor_surat",
}  # fmt: skip
"""What goes into letters just as it is read. Any other value that a # cut short is told by its own check."""


def misspelt(document: Document, part: BaseModel, key: Key = ()) -> Iterator[Problem]:
    """Find unknown keys that look like a known one misspelt; any other unknown key is the office's own."""
    known = sorted(type(part).model_fields)
    for name in part.model_extra or {}:
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
        if close:
            line = document.line((*key, name))
            yield Problem(str(document.path), line, f"Kunci “{name}” tidak dikenal.", f"Maksudnya “{close[0]}”?")
    for name in known:
        if isinstance(inner := getattr(part, name), BaseModel):
            yield from misspelt(document, inner, (*key, name))


def lost_words(document: Document, part: BaseModel, key: Key = ()) -> Iterator[Problem]:
    """Find words of staff that YAML reads otherwise than they were meant."""
    for name in type(part).model_fields:
        place, value = (*key, name), getattr(part, name)
        if isinstance(value, BaseModel):
            yield from lost_words(document, value, place)
        elif name in _WORDS_OF_LETTERS and (noted := [one for one in document.noted if one[: len(place)] == place]):
            line = min(document.line(one) or 0 for one in noted)
            yield Problem(str(document.path), line, *yaml_mistakes.NOTED)
        elif isinstance(value, tuple) and (*place, 0) not in document.lines and _fills_several_lines(document, place):
            message = f"“{'.'.join(map(str, place))}” beberapa baris, tetapi bukan daftar."
            yield Problem(str(document.path), document.line(place), message, "Awali tiap butir dengan “- ”.")


def _fills_several_lines(document: Document, place: Key) -> bool:
    """Tell whether what stands at ``place`` fills more than one line."""
    line = document.lines.get(place)
    if line is None:
        return False
    head, *rest = document.text.splitlines()[line - 1 :]
    filled = [head.partition(":")[2].split("#")[0].strip(" |>-+0123456789")]
    for below in rest:
        if below.strip() and len(below) - len(below.lstrip()) <= len(head) - len(head.lstrip()):
            break
        filled.append(below.strip())
    return sum(bool(one) for one in filled) > 1
