"""Reports are set in Word with true headings, tables that repeat their head, and charts that can be edited."""

import io
from functools import cache
from typing import Any

import docx
import openpyxl  # type: ignore[import-untyped]  # only read with here
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from processor.letters.word import report_word, zip_package
from processor.letters.word.report_blocks import (
    WAITING,
    Chart,
    Column,
    Heading,
    Judgement,
    ReportTable,
    Series,
    Text,
)
from tests.letter_samples import OPINIONS

HERE = "{{ laporan.isi }}"
CHART = Chart(
    "Topik <&\" ' uji",
    "permohonan",
    ("netralitas", "pengadaan & kontrak"),
    (Series("2025", (3, 0)), Series("2026", (1234, 2.5))),
)
BLOCKS = (
    Heading("Jumlah"),
    Text("a < b & {{ tidak dibaca }} \x00"),
    Heading("Rinci", level=2),
    ReportTable(
        "Menurut hasil",
        (Column("Rincian", 3), Column("2026", numbers=True)),
        (("Dijawab & <lain>", "1.234"), ("Ditolak", "–")),
        "Dari 1.234 permohonan.",
    ),
    Judgement("apa sebabnya?"),
    CHART,
    Chart("Menurut bulan", "permohonan", ("Juli", "Agustus"), (Series("2026", (1, 2)),), upright=True),
)


def content() -> bytes:
    return report_word.set_blocks((OPINIONS / "laporan.docx").read_bytes(), {HERE: BLOCKS}, "Laporan")


@cache
def document() -> Any:
    return docx.Document(io.BytesIO(content()))


def chart_parts() -> list[Any]:
    return [one.target_part for one in document().part.rels.values() if one.reltype == RELATIONSHIP_TYPE.CHART]


def test_the_same_blocks_give_the_same_bytes() -> None:
    assert content() == content()


def test_words_stay_words_and_headings_are_headings() -> None:
    styles = {one.text: one.style.name for one in document().paragraphs}
    assert styles["Jumlah"] == "Judul Bagian"
    assert styles["Rinci"] == "Subjudul"
    assert "a < b & {{ tidak dibaca }} \ufffd" in styles
    assert styles["Dari 1.234 permohonan."] == "Keterangan Tabel"
    assert HERE not in styles


def test_a_table_repeats_its_head_and_has_its_numbers_at_the_right() -> None:
    [table] = document().tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Rincian", "2026"], ["Dijawab & <lain>", "1.234"], ["Ditolak", "–"]
    ]  # fmt: skip
    repeated = [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True, False, False]
    sides = [cell.paragraphs[0].paragraph_format.alignment for cell in table.rows[1].cells]
    assert sides == [None, WD_ALIGN_PARAGRAPH.RIGHT]
    assert table.style.name == "Tabel Laporan"


def test_a_place_that_waits_for_a_person_is_marked_and_counted_until_somebody_takes_the_mark_away() -> None:
    assert report_word.places_waiting(content()) == 1
    edited = docx.Document(io.BytesIO(content()))
    waiting = next(one for one in edited.paragraphs if WAITING in one.text)
    assert waiting.text == f"{WAITING} apa sebabnya?"
    waiting.runs[0].text = ""
    kept = io.BytesIO()
    edited.save(kept)
    assert report_word.places_waiting(kept.getvalue()) == 0


def test_a_chart_says_in_words_what_it_shows() -> None:
    said = [one.get("descr") for one in document().element.body.iter(qn("wp:docPr"))]
    assert said[0] == (
        "Diagram batang Topik <&\" ' uji, dalam permohonan. 2025: netralitas 3, pengadaan & kontrak 0; "
        "2026: netralitas 1.234, pengadaan & kontrak 2,5."
    )
    assert len(said) == 2


def test_the_workbook_behind_a_chart_holds_what_it_shows_and_nothing_else() -> None:
    for part, rows in zip(
        chart_parts(),
        (
            [(None, "2025", "2026"), ("netralitas", 3, 1234), ("pengadaan & kontrak", 0, 2.5)],
            [(None, "2026"), ("Juli", 1), ("Agustus", 2)],
        ),
        strict=True,
    ):
        [relation] = part.rels.values()
        assert relation.reltype == RELATIONSHIP_TYPE.PACKAGE
        book = openpyxl.load_workbook(io.BytesIO(relation.target_part.blob))
        [sheet] = book.worksheets
        assert list(sheet.values) == rows
        assert b"creator" not in zip_package.read(relation.target_part.blob)[zip_package.CORE]


def test_bars_differ_by_their_pattern_and_bear_their_numbers() -> None:
    first = etree.fromstring(chart_parts()[0].blob)
    names = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main", "c": first.nsmap["c"]}
    looks = first.findall(".//c:ser/c:spPr", names)
    assert [look.find("a:pattFill", names) is not None for look in looks] == [True, False]
    assert first.find(".//c:dLbls/c:showVal", names).get("val") == "1"
    assert first.find("c:externalData", names).get(f"{{{first.nsmap['r']}}}id") == "rId1"
    assert {one.text for one in first.iterfind(".//c:ser//c:v", names)} >= {"1234", "2.5"}


def test_a_chart_of_lying_bars_grows_with_its_categories() -> None:
    many = Chart("Banyak", "permohonan", tuple(map(str, range(20))), (Series("2026", tuple(range(20))),))
    made = report_word.set_blocks((OPINIONS / "laporan.docx").read_bytes(), {HERE: (CHART, many)}, "Laporan")
    heights = [int(one.get("cy")) for one in docx.Document(io.BytesIO(made)).element.body.iter(qn("wp:extent"))]
    assert heights[1] > 2 * heights[0]
