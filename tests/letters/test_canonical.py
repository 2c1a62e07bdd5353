"""The canonical form of a text reads as the text does, is its own canonical form, and has few signs."""

import pytest
from hypothesis import example, given, settings

from processor.letters import footnotes, markdown, markdown_lines
from processor.letters.canonical import canonical
from processor.letters.markdown_blocks import Block
from tests.effort import TEXTS as EXAMPLES
from tests.letters.texts import TEXTS


@settings(max_examples=EXAMPLES)
@given(TEXTS)
@example("• kata\n  - kata\n\n-\xa0")
@example("0\r\\\r0")
@example("[^b]: a. \n> \xa0 [^b]: lain")
def test_the_canonical_form_reads_as_the_text_and_is_its_own(text: str) -> None:
    form = canonical(text)
    assert read(form) == read(text)
    assert canonical(form) == form


def read(text: str) -> list[tuple[Block, ...]]:
    """The blocks of a text and of each of its footnotes, as a letter takes them."""
    found = footnotes.take_out("\n".join(markdown_lines.LINE_END.split(text)))
    return [markdown.blocks(part) for part in (found.body, *found.notes, *found.notes.values())]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("* a\n* b", "- a\n- b\n"),
        ("satu\nkalimat", "satu kalimat\n"),
        ("1. a:\n  1. b\n  2. c", "1. a:\n    1. b\n    2. c\n"),
        ("1/1000*50*Rp2 dan *miring*", "1/1000*50*Rp2 dan *miring*\n"),
        ("\\*bintang*", "\\*bintang\\*\n"),
        ("**a *b***", "**a *b***\n"),
        ("H. Contoh hadir.", "H. Contoh hadir.\n"),
        ("1\\. bukan daftar", "1\\. bukan daftar\n"),
        ("> (1) a\n> (2) b\nc", "> (1) a\n> (2) b\n\nc\n"),
        ("a[^1]\n\n[^1]: x\x1cy", "a[^1]\n\n[^1]: x\x1cy\n"),
        ("## Judul\nteks", "## Judul\n\nteks\n"),
        ("a  \nb", "a\\\nb\n"),
        ("a[^1]\n[^1]: x\ny\n\n    z\n\nb", "a[^1]\n\nb\n\n[^1]: x y\n\n    z\n"),
        ("| a | b |\n| c | d |", "| a | b |\n| c | d |\n"),
        ("|---|---|\n| a | b |", "| --- | --- |\n| a | b |\n"),
        ("a \\[^1] b[^1]\n\n[^1]: x", "a \\[^1] b[^1]\n\n[^1]: x\n"),
        ("", ""),
    ],
)
def test_a_text_in_its_canonical_form(text: str, form: str) -> None:
    assert canonical(text) == form
