"""Tables of Markdown are found where people write them, with every word in its cell."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.letters import markdown
from processor.letters.markdown_blocks import Item, Place, TableBlock
from processor.letters.markdown_tables import Cell, MarkdownTable


def words(cell: Cell) -> str:
    return "".join(text for text, _ in cell)


def tables(text: str) -> list[MarkdownTable]:
    return [block.table for block in markdown.blocks(text) if isinstance(block, TableBlock)]


def around(text: str) -> list[str]:
    """Give the words of each block, "" for a table."""
    return ["" if isinstance(block, TableBlock) else words(block.pieces) for block in markdown.blocks(text)]


def rows(text: str) -> list[list[str]]:
    return [[words(cell) for cell in row] for table in tables(text) for row in table.rows]


@pytest.mark.parametrize(
    ("text", "header", "shown"),
    [
        ("| a | b \\| c |\n|---|:-:|\n| 1 | 2 |", True, [["a", "b | c"], ["1", "2"]]),
        ("a | b\n--- | ---\n1|2", True, [["a", "b"], ["1", "2"]]),
        ("| a | b |\n|-|-|\n| - | - |\n| -- | x |", True, [["a", "b"], ["-", "-"], ["--", "x"]]),
        ("| a | b |\n| 1 | 2 |", False, [["a", "b"], ["1", "2"]]),
        ("|   |  |\n|---|---|\n| a | b |", False, [["a", "b"]]),
        ("|---|---|\n| a | b |", False, [["a", "b"]]),
        ("| a |\n|---|\n| 1 | 2 | 3 |\n|  |", True, [["a", "", ""], ["1", "2", "3"], ["", "", ""]]),
        ("No. | Isu\n--- | ---\n1. | satu\n2. | dua", True, [["No.", "Isu"], ["1.", "satu"], ["2.", "dua"]]),
        ("# | Isu\n---|---\n- | satu", True, [["#", "Isu"], ["-", "satu"]]),
        ("| a | **b**<br>*c* |\n|---|---|\n| `d` | e<BR/>f |", True, [["a", "b\nc"], ["`d`", "e\nf"]]),
    ],
)
def test_a_table_is_read_row_by_row(text: str, header: int, shown: list[list[str]]) -> None:
    assert (rows(text), [table.header for table in tables(text)]) == (shown, [header])


@pytest.mark.parametrize(
    "text", ["kata | kata", "|x| + |y|", "| satu baris |", "|---|---|", "- |\n- |", "a\n| b |\nc", "a\n---\nb | c"]
)
def test_bars_alone_make_no_table(text: str) -> None:
    assert tables(text) == []
    assert "".join(around(text)).count("|") == text.count("|")


def test_words_right_above_and_below_a_table_are_paragraphs_of_their_own() -> None:
    assert around("Daftar:\n| a | b |\n|---|---|\n| 1 | 2 |\nPenutup.") == ["Daftar:", "", "Penutup."]


def test_tables_that_touch_stay_two() -> None:
    assert [len(table.rows) for table in tables("| a | b |\n| c | d |\n| e | f |\n|---|---|\n| 1 | 2 |")] == [2, 2]


def test_a_table_stands_in_the_item_or_quotation_that_holds_it() -> None:
    table = "| a | b |\n{0}|---|---|\n{0}| 1 | 2 |"
    text = (
        f"a. satu:\n{table.format('')}\nb. dua\n\n1. satu\n\n   {table.format('   ')}\n2. dua\n\n> {table.format('> ')}"
    )
    assert around(text) == ["satu:", "", "dua", "satu", "", "dua", ""]
    places = [block.place for block in markdown.blocks(text) if isinstance(block, TableBlock)]
    assert places == [Place(1), Place(1), Place(0, quoted=True)]


def test_an_item_that_is_a_table_shows_its_number_first() -> None:
    number, table = markdown.blocks("1. | a | b |\n   |---|---|\n   | 1 | 2 |")
    assert number == Item("1.", (), first=1)
    assert isinstance(table, TableBlock)
    assert table.place == Place(1)


@pytest.mark.parametrize(
    ("column", "side"),
    [
        (["12,5", "3", "", "1.000.000,00"], "right"),
        (["Rp62.000.000", "Rp 5.000,-", "(3)", "-"], "right"),
        (["1.", "10."], "right"),
        (["**12 %**", "−4"], "right"),
        (["Pasal 5", "6"], ""),
        (["", ""], ""),
    ],
)
def test_a_column_of_numbers_keeps_to_the_right(column: list[str], side: str) -> None:
    (table,) = tables("| x | y |\n|---|---|\n" + "\n".join(f"| kata | {cell} |" for cell in column))
    assert table.sides == ("", side)


def test_colons_say_the_side() -> None:
    (table,) = tables("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | kata | kata |")
    assert table.sides == ("left", "center", "right", "")


ROW = st.lists(
    st.sampled_from(["kata", "|", "\\|", "-", "---", ":--", " ", "1. ", "# ", "- ", "> ", "**", "<br>", "`", "\\"]),
    max_size=8,
).map("".join)


@given(st.lists(ROW, max_size=8).map("\n".join))
def test_no_word_of_a_table_is_lost(text: str) -> None:
    shown = "".join(around(text)) + "".join(cell for row in rows(text) for cell in row)
    assert shown.count("kata") == text.count("kata")


def test_a_long_row_of_dashes_is_read_at_once() -> None:
    assert not tables("a | b\n" + "-|" * 20_000 + "x\nc")
    assert re.match("-", around("-|" * 20_000 + "x")[0])
