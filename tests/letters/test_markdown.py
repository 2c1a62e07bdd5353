"""No character that a person typed disappears: each is a word of the letter, or a sign of its grammar."""

import re

import pytest
from hypothesis import given, settings

from processor.letters import footnotes, markdown, markdown_slips
from processor.letters.inline_markdown import SYMBOLS
from processor.letters.markdown_blocks import BULLET, Block, Item, TableBlock
from processor.letters.word.paragraphs import Markdown
from tests.effort import TEXTS as EXAMPLES
from tests.letters.texts import TEXTS
from tests.letters.word.test_paragraphs import shown, tree

SIGNS = {*"*_\\<>[]()#-+|:", *SYMBOLS.values(), *"•‣○◦□·–—✔➤"}


def words(block: Block) -> str:
    """What is printed of a block, with the mark that was typed."""
    if isinstance(block, TableBlock):
        return "".join(text for row in block.table.rows for cell in row for text, _ in cell)
    mark = block.mark if isinstance(block, Item) and block.mark != BULLET else ""
    return mark + "".join(text for text, _ in block.pieces)


def bare(text: str) -> str:
    """Keep the characters that are never a sign of the grammar."""
    text = re.sub("[\u200b\u200e\u200f\u2060\ufeff]", "", text.translate(SYMBOLS))  # nobody sees them
    kept = (letter for letter in text if not letter.isspace() and letter not in SIGNS)
    return "".join(letter for letter in kept if not "\ue000" <= letter <= "\uf8ff")


@settings(max_examples=EXAMPLES)
@given(TEXTS)
def test_no_character_that_a_person_typed_disappears(text: str) -> None:
    typed = re.sub(r"(?m)^([\s>]*)o\t", r"\1", text)  # the second bullet of Word
    found = "".join(map(words, markdown.blocks(text)))
    assert bare(found) == bare(typed)
    between = re.compile(r"(?<=\d)[*_]+(?=\d)")
    assert between.findall(found) == between.findall(typed)


@settings(max_examples=EXAMPLES)
@given(TEXTS)
def test_what_was_read_is_what_word_is_given(text: str) -> None:
    text = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
    given_to_word = "".join(map(shown, tree(Markdown(text))))
    read = markdown.blocks(text)
    counted = {block.which for block in read if isinstance(block, Item) and block.first is not None}
    lines = (
        words(block)[len(block.mark) :] if isinstance(block, Item) and block.which in counted else words(block)
        for block in read
    )
    assert bare(given_to_word) == bare("".join(lines))


@settings(max_examples=EXAMPLES)
@given(TEXTS)
def test_every_text_can_be_looked_at_for_slips(text: str) -> None:
    last = text.count("\n") + sum(map(text.count, "\r\x0b\x0c\x85\u2028\u2029"))
    assert all(0 <= slip.line <= last and slip.message and slip.mend for slip in markdown_slips.slips(text))
    assert footnotes.take_out(text).body.count("\n") == text.count("\n")


@pytest.mark.parametrize("mark", ["[^1]", "\\[^1]"])
def test_a_look_ends_before_the_mark_of_a_footnote(mark: str) -> None:
    found = footnotes.take_out(f"Kata **tebal**{mark}, lain[^1].\n\n[^1]: sumber")
    assert markdown.inline(found.body)[1] == ("tebal", 1)


def test_bullets_two_spaces_below_a_bullet_are_its_children() -> None:
    found = markdown.blocks("- satu;\n  - anak;\n    - cucu;\n- dua.")
    assert [one.place.depth for one in found if isinstance(one, Item)] == [0, 1, 2, 0]


@pytest.mark.parametrize(
    "text", ["•satu\n•dua", "\u200b- satu\n\u200b- dua", "\ufeff- satu\n\u2060- dua", "▪satu\n▪dua"]
)
def test_pasted_items_are_read_as_what_they_look_like(text: str) -> None:
    assert [words(one) for one in markdown.blocks(text) if isinstance(one, Item)] == ["satu", "dua"]


def test_bullets_of_words_symbol_font_that_came_as_letters_are_bullets() -> None:
    for glyph in "oØ§ü":
        found = markdown.blocks(f"{glyph}\tsatu;\n{glyph}\tdua.")
        assert [one.mark for one in found if isinstance(one, Item)] == ["-", "-"]
    assert not isinstance(markdown.blocks("§ 12 berlaku.")[0], Item)
