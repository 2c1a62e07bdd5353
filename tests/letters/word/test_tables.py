"""A table of Markdown is Word's own: as wide as its words need and its page allows, its head on every page."""

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Cm
from docx.table import Table as WordTable

from processor.letters import markdown
from processor.letters.markdown_blocks import TableBlock
from processor.letters.markdown_tables import MarkdownTable
from processor.letters.word import tables
from tests import letter_samples
from tests.letters.test_documents import change, opened, own, render  # noqa: F401 -- own is a fixture

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SUM = "| No. | Uraian | Jumlah |\n|---|---|---|\n| 1. | Semen **Portland** | Rp62.000 |\n| 2. | Pasir<br>kali | 5,5 |"


def read(text: str) -> MarkdownTable:
    (block,) = markdown.blocks(text)
    assert isinstance(block, TableBlock)
    return block.table


def in_letter(text: str, folder: Path = letter_samples.OPINIONS) -> list[WordTable]:
    return opened(render("pendapat_hukum", letter_samples.case(kajian__analisis=text), folder)).tables


def widths(table: WordTable) -> list[int]:
    return [int(column.get(f"{W}w")) for column in table._tbl.iter(f"{W}gridCol")]


def test_a_table_of_the_study_is_a_table_of_the_letter() -> None:
    (table,) = in_letter(SUM)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["No.", "Uraian", "Jumlah"],
        ["1.", "Semen Portland", "Rp62.000"],
        ["2.", "Pasir\nkali", "5,5"],
    ]
    assert [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows] == [True, False, False]
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [2, 0, 2]
    assert [run.bold for run in table.cell(1, 1).paragraphs[0].runs] == [None, True]
    assert table.cell(0, 0).paragraphs[0].runs[0].bold


def test_a_table_without_a_head_repeats_none() -> None:
    (table,) = in_letter("| a | b |\n| 1 | 2 |")
    assert not list(table._tbl.iter(f"{W}tblHeader"))
    assert not table.cell(0, 0).paragraphs[0].runs[0].bold


def test_tables_that_follow_each_other_are_not_joined_and_a_paragraph_ends_them() -> None:
    body = in_letter(f"{SUM}\n\n{SUM}")[0]._tbl.getparent()
    after = [child.getnext().tag for child in body.iter(f"{W}tbl")]
    assert after == [f"{W}p", f"{W}p"]


def test_a_table_stands_as_far_in_as_the_words_around_it() -> None:
    row = "| a | b |\n{0}|---|---|\n{0}| 1 | 2 |"
    text = (
        f"{row.format('')}\n\na. satu:\n{row.format('')}\n\n1. satu\n\n   {row.format('   ')}\n\n> {row.format('> ')}"
    )
    found = [table._tbl.find(f"{W}tblPr/{W}tblInd").get(f"{W}w") for table in in_letter(text)]
    assert found == ["0", "425", "425", "709"]


def long_words(columns: int) -> str:
    return f"|{'kepala|' * columns}\n|{'---|' * columns}\n|{'kata ' * 40}|"


def turn(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def narrow(document: Any) -> None:
    document.sections[0].right_margin = Cm(8)


def into_a_cell(document: Any) -> None:
    place = next(p for p in document.paragraphs if "kajian.analisis" in p.text)
    table = document.add_table(1, 2)
    table.cell(0, 0).width = Cm(10)
    table.cell(0, 0).paragraphs[0].text, place.text = place.text, ""


@pytest.mark.parametrize(
    ("edit", "width"), [(lambda _: None, 9355), (turn, 14287), (narrow, 5954), (into_a_cell, 5669 - 216)]
)
def test_a_table_is_no_wider_than_where_it_stands(own: Path, edit: Any, width: int) -> None:  # noqa: F811 -- the fixture
    folder = change(own / "pendapat-hukum.docx", edit)
    content = render("pendapat_hukum", letter_samples.case(kajian__analisis=long_words(3)), folder)
    body = docx.Document(io.BytesIO(content)).element.body
    found = [table for table in body.iter(f"{W}tbl") if "kepala" in "".join(table.itertext())][-1]
    total = sum(int(column.get(f"{W}w")) for column in found.find(f"{W}tblGrid"))
    assert width - 5 <= total <= width


def test_a_short_column_is_on_one_line_and_the_long_ones_share_the_rest() -> None:
    found, size = tables.fit(
        read(f"| No. | x | y |\n|---|---|---|\n| 1. | {'kata ' * 80} | {'kata ' * 20} |"), 9355, 24
    )
    assert size == 24
    assert sum(found) <= 9355
    assert found[0] < 800 < found[2] < found[1]


def test_a_table_of_short_words_is_as_narrow_as_they_are() -> None:
    assert sum(tables.fit(read(SUM), 9355, 24)[0]) < 5500


@pytest.mark.parametrize(("columns", "size"), [(3, 24), (12, 23), (30, 16)])
def test_letters_get_smaller_before_words_are_broken(columns: int, size: int) -> None:
    found, smaller = tables.fit(read("|" + "kata12|" * columns + "\n|" + "---|" * columns), 9355, 24)
    assert smaller <= size
    assert (smaller == 24) == (columns == 3)
    assert sum(found) <= 9355
    assert min(found) > 0


def test_a_smaller_table_says_its_size_where_word_wants_it() -> None:
    (table,) = in_letter(long_words(14))
    (look,) = {
        run._r.find(f"{W}rPr").xml.count("w:sz ") for cell in table.rows[0].cells for run in cell.paragraphs[0].runs
    }
    assert look == 1
    assert table.rows[0].cells[0].paragraphs[0].runs[0].font.size.pt < 12


def test_what_word_takes_as_no_table_is_a_paragraph_a_row() -> None:
    wide = "|" + "kata|" * 64 + "\n|" + "---|" * 64 + "\n|" + "lain|" * 64
    content = render("pendapat_hukum", letter_samples.case(kajian__analisis=wide))
    found = [p.text for p in opened(content).paragraphs if p.text.startswith(("kata |", "lain |"))]
    assert found == [" | ".join(["kata"] * 64), " | ".join(["lain"] * 64)]
    assert not opened(content).tables


def test_a_tall_row_may_go_over_two_pages() -> None:
    narrow_column = "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n" + f"| {'kata ' * 90} | {'kata ' * 900} | x |"
    text = f"| a | b |\n|---|---|\n| 1 | 2 |\n| {'kata ' * 600} | x |\n| a{'<br>b' * 12} | x |\n\n{narrow_column}"
    found = [[row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows] for table in in_letter(text)]
    assert found == [[True, True, False, False], [True, True, False]]
