"""Sets a report in Word: its blocks, in place of paragraphs of a document that was made from the office's template.

The same blocks give the same bytes.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from processor.letters.word import charts, paragraphs, zip_package
from processor.letters.word.report_blocks import WAITING, Block, Chart, Column, Heading, Judgement, ReportTable, Text

STYLES = (
    "Judul Bagian", "Judul Tanpa Nomor", "Subjudul", "Isi Surat", "Menunggu Penilaian", "Judul Tabel", "Kepala Tabel",
    "Isi Tabel", "Keterangan Tabel", "Grafik", "Tabel Laporan",
)  # fmt: skip
"""The styles that a template of reports must have."""
_HEADINGS = {0: "Judul Tanpa Nomor", 1: "Judul Bagian", 2: "Subjudul"}
_TWIPS = 635  # EMU
_SHORT = 12  # rows


def set_blocks(base: bytes, blocks: Mapping[str, Sequence[Block]], title: str) -> bytes:
    """Set the blocks of a report in a .docx.

    Args:
        base: A .docx with ``STYLES``.
        blocks: What to set in place of each paragraph, by the words of that paragraph.
        title: The document's only property besides its language.
    """
    document = docx.Document(BytesIO(base))
    for place in [one for one in document.paragraphs if one.text in blocks]:
        for block in blocks[place.text]:
            _set(document, place, block)
        if place.paragraph_format.keep_with_next:
            _keep_last(place)
        place._p.getparent().remove(place._p)  # noqa: SLF001 -- python-docx takes no paragraph away
    made = BytesIO()
    document.save(made)
    return zip_package.write(zip_package.anonymous(zip_package.read(made.getvalue()), title))


def _keep_last(place: Paragraph) -> None:
    """Keep the last thing that was set before ``place`` with what follows, as the template asks; no table."""
    before = place._p.getprevious()  # noqa: SLF001 -- python-docx gives no neighbours
    if before is not None and before.tag == qn("w:p"):
        Paragraph(before, place._parent).paragraph_format.keep_with_next = True  # noqa: SLF001


def _set(document: Document, place: Paragraph, block: Block) -> None:
    """Set one block before ``place``."""
    match block:
        case Heading():
            made = _paragraph(place, block.text, _HEADINGS[block.level])
            made.paragraph_format.page_break_before = True if block.level == 0 else None
        case Text():
            _paragraph(place, block.text, "Isi Surat")
        case Judgement():
            made = _paragraph(place, f"{WAITING} ", "Menunggu Penilaian")
            made.runs[0].bold = True
            made.add_run(paragraphs.clean(block.wanted))
        case ReportTable():
            _paragraph(place, block.title, "Judul Tabel")
            place._p.addprevious(_table(document, block))  # noqa: SLF001 -- a table that is not the last thing
            _paragraph(place, block.note, "Keterangan Tabel")
        case Chart():
            _paragraph(place, f"Grafik: {block.title} ({block.unit})", "Judul Tabel")
            _paragraph(place, "", "Grafik")._p.append(charts.drawing(document, block))  # noqa: SLF001


def _paragraph(place: Paragraph, text: str, style: str) -> Paragraph:
    return place.insert_paragraph_before(paragraphs.clean(text), style)


def _table(document: Document, table: ReportTable) -> Any:
    """Make a table whose first row is repeated on every page; rows are not broken, numbers stand right."""
    section = document.sections[0]
    assert section.page_width is not None
    assert section.left_margin is not None
    assert section.right_margin is not None
    whole = (section.page_width - section.left_margin - section.right_margin) // _TWIPS
    shares = sum(column.width for column in table.columns)
    widths = [whole * column.width // shares for column in table.columns]
    ids = {name: document.styles[name].style_id for name in ("Tabel Laporan", "Kepala Tabel", "Isi Tabel")}
    head = _row(table, widths, [column.title for column in table.columns], ids["Kepala Tabel"], "<w:tblHeader/>")
    rows = (_row(table, widths, row, ids["Isi Tabel"]) for row in table.rows)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    title = quoteattr(paragraphs.clean(table.title))
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{ids["Tabel Laporan"]}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={title}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"
    )


def _row(table: ReportTable, widths: Sequence[int], cells: Sequence[str], style: str, mark: str = "") -> str:
    """Write a row; a short table stays on one page, and the last row of any on that of the note below it."""
    kept = "<w:keepNext/>" if len(table.rows) <= _SHORT or cells in table.rows[-1:] else ""
    shown = zip(table.columns, widths, cells, strict=True)
    look = f'<w:pStyle w:val="{style}"/>{kept}'
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{''.join(_cell(look, *one) for one in shown)}</w:tr>"


def _cell(look: str, column: Column, width: int, text: str) -> str:
    side = '<w:jc w:val="right"/>' if column.numbers else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>{look}{side}</w:pPr><w:r>'
        f'<w:t xml:space="preserve">{paragraphs.inline(text)}</w:t></w:r></w:p></w:tc>'
    )


def places_waiting(content: bytes) -> int:
    """Count the places of a report, perhaps edited in Word, that still wait for a person.

    Raises:
        ValueError, KeyError, zipfile.BadZipFile: It is no Word document.
    """
    return sum(WAITING in one.text for one in docx.Document(BytesIO(content)).paragraphs)
