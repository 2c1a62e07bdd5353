"""Finds lines that look like items or rows of a table and are neither, so that they run together in a letter.

A sign alone says little ("a.n. Kepala Biro"): told are only lines that count on from each other, or have as many
columns.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from processor.letters import enumeration, markdown_tables
from processor.letters.enumeration import ItemMark
from processor.letters.markdown import Reading
from processor.letters.markdown_blocks import MarkdownSlip, TableBlock
from processor.letters.markdown_lines import TextLine

_APART = 5
"""Items further from each other (lines) are no one list."""
_COUNTED = re.compile(
    r"(?P<open>\(?)(?P<count>[0-9]{1,3}(?:\.[0-9]{1,2})*|[A-Za-z]|[ivx]{2,5})"
    r"(?:\s?(?P<close>\)\.|\.\)|[.)/\]])\s*|\s+)(?=\S)"
)
_BULLET = re.compile(r"[-+·–—](?=[^\W\d_])")
_BETWEEN = (re.compile(r"(?<=\S) *\| *(?=\S)"), re.compile(r"(?<=\S)\t+(?=\S)"))

_Line = tuple[int, str]


def slips(reading: Reading, lines: Sequence[TextLine]) -> Iterator[MarkdownSlip]:
    """Find them among ``lines``, whose ``reading`` says what became of each."""
    spans = zip(reading.blocks, reading.starts, [*reading.starts[1:], len(lines)], strict=False)
    typed = [range(start, end) for block, start, end in spans if not isinstance(block, TableBlock)]
    parts = [[(at, lines[at].words) for at in part if lines[at].words.strip()] for part in typed]
    yield from _items([one for part in parts for one in part])
    for part in parts:
        yield from _rows(part)


def _items(lines: Sequence[_Line]) -> Iterator[MarkdownSlip]:
    """Find the lines that would be items of one list if their marks were typed as letters know them."""
    marked = [(at, *found) for at, words in lines if (found := _mark(words))]
    told = set[int]()
    for (at, mark, real), (later, following, also_real) in pairwise(marked):
        if later - at <= _APART and enumeration.follows(following.readings, mark.readings):
            told |= {line for line, known in ((at, real), (later, also_real)) if not known}
    for at, mark, _ in marked:
        if at in told:
            message = "Baris ini seperti butir, tetapi tandanya tidak dikenal surat, jadi dibaca sebagai kata biasa."
            yield MarkdownSlip(
                at, message, f"Tulis {mark.typed} lalu satu spasi di depan barisnya. Memang kata? Biarkan."
            )


def _mark(words: str) -> tuple[ItemMark, bool] | None:
    """Give the mark of a line and True; the mark that it may be meant to have, and False."""
    if known := enumeration.mark_of(words):
        return known, True
    found = _COUNTED.match(words)
    if found and (found["close"] or "." in found["count"]):
        close = ")" if found["open"] or set(found["close"] or "") & set(")/]") else "."
        meant = enumeration.mark_of(f"{found['open']}{found['count']}{close} x")
    else:
        meant = enumeration.mark_of("- x") if _BULLET.match(words) else None
    return (meant, False) if meant else None


def _rows(lines: Sequence[_Line]) -> Iterator[MarkdownSlip]:
    """Find the lines of one paragraph that look like rows of a table."""
    columns = [[len(sign.findall(words)) for sign in _BETWEEN] for _, words in lines]
    pairs = zip(columns, [*columns[1:], []], [[], *columns], strict=False)
    for (at, words), (own, below, above) in zip(lines, pairs, strict=True):
        alike = any(
            count and [count] in (below[sign : sign + 1], above[sign : sign + 1]) for sign, count in enumerate(own)
        )
        if alike or (len(lines) == 1 and markdown_tables.is_row(words)):
            message = (
                "Baris ini seperti baris tabel, tetapi tidak dibaca sebagai tabel, jadi tercetak sebagai kata biasa."
            )
            yield MarkdownSlip(at, message, "Apit tiap baris dengan |, seperti | satu | dua |, sedikitnya dua baris.")
