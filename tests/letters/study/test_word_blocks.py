"""A document is read as what a person sees, and what Markdown cannot carry is told with its place."""

import pytest

from processor.letters.study.word_blocks import WordParagraph, WordTable
from tests.letters.study.word_files import paragraph, read, texts, word_file

SPANS_TWO = '<w:gridSpan w:val="2"/>'
DRAWING = "<w:p><w:r><w:t>Lihat</w:t></w:r><w:r><w:drawing>{}</w:drawing></w:r></w:p>"
DATA = '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{}"/></a:graphic>'


def only(body: str) -> WordParagraph:
    (found,) = (one for one in read(word_file(body)).blocks if isinstance(one, WordParagraph))
    return found


def test_words_keep_their_looks_and_breaks() -> None:
    runs = (
        "<w:r><w:t>a </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"
        "<w:r><w:rPr><w:b/><w:i/></w:rPr><w:t>d</w:t><w:tab/></w:r>"
        '<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>e</w:t></w:r>'
        '<w:r><w:br w:type="page"/><w:noBreakHyphen/><w:sym w:font="Arial" w:char="00A7"/></w:r>'
    )
    found = only(f"<w:p>{runs}</w:p>")
    assert [(one.text, one.look) for one in found.runs] == [("a ", 0), ("b\nc", 1), ("d\t", 3), ("e-§", 0)]


def test_of_a_field_only_what_it_shows_is_read() -> None:
    runs = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText><w:t>kode</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Pasal 5</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> berlaku</w:t></w:r>'
    )
    assert only(f"<w:p>{runs}</w:p>").text == "Pasal 5 berlaku"


def test_words_inside_controls_and_links_are_read() -> None:
    link = '<w:hyperlink w:anchor="x"><w:r><w:t>b</w:t></w:r></w:hyperlink>'
    inner = "<w:sdt><w:sdtContent><w:r><w:t>c</w:t></w:r></w:sdtContent></w:sdt>"
    words = f"<w:p><w:smartTag><w:r><w:t>a</w:t></w:r></w:smartTag>{link}{inner}</w:p>"
    body = f"<w:sdt><w:sdtContent>{words}</w:sdtContent></w:sdt>"
    assert texts(read(word_file(body))) == ["abc"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (DRAWING.format(DATA.format("picture")), "gambar"),
        (DRAWING.format(DATA.format("chart")), "grafik"),
        (DRAWING.format(DATA.format("diagram")), "SmartArt"),
        (DRAWING.format("<w:txbxContent><w:p><w:r><w:t>isi</w:t></w:r></w:p></w:txbxContent>"), "kotak teks"),
        ('<w:p><w:r><w:t>Lihat</w:t></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>', "rumus"),
        (paragraph("Lihat", run='<w:u w:val="single"/>'), "garis bawah"),
        (paragraph("Lihat", run="<w:strike/>"), "coretan"),
        (paragraph("Lihat", run='<w:vertAlign w:val="superscript"/>'), "huruf naik atau turun"),
        ('<w:p><w:r><w:t>Lihat</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>',
         "tulisan tersembunyi"),
        ('<w:p><w:r><w:t>Lihat</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>',
         "lambang dari huruf khusus"),
        (paragraph("Lihat") + '<w:altChunk r:id="rId99"/>', "berkas lain di dalam berkas"),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_is_told_with_its_place(body: str, kind: str) -> None:
    found = read(word_file(body))
    assert {key: [place[:5] for place in places] for key, places in found.lost.items()} == {kind: ["Lihat"]}
    assert texts(found) == ["Lihat"]


def test_looks_that_are_switched_off_are_not_missed() -> None:
    assert not read(word_file(paragraph("x", run='<w:u w:val="none"/><w:strike w:val="0"/>'))).lost


def test_a_table_has_its_rows_and_columns() -> None:
    def cell(text: str, look: str = "") -> str:
        return f"<w:tc><w:tcPr>{look}</w:tcPr>{paragraph(text)}</w:tc>"

    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('a', SPANS_TWO)}</w:tr>"
    body = f"<w:tbl>{head}<w:tr>{cell('b')}{cell('c')}</w:tr><w:tr>{cell('d')}</w:tr></w:tbl><w:p/>"
    table = next(one for one in read(word_file(body)).blocks if isinstance(one, WordTable))
    assert [["".join(p.text for p in cell) for cell in row] for row in table.rows] == [["a", ""], ["b", "c"], ["d", ""]]
    assert table.headed


def test_a_paragraph_is_numbered_by_its_style_or_by_itself() -> None:
    body = "".join(
        paragraph("x", f'<w:pStyle w:val="{style}"/>') for style in ("ListNumber", "ListNumber", "ListBullet")
    )
    none = paragraph("y", '<w:pStyle w:val="ListNumber"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts(read(word_file(body + none))) == ["1. x", "2. x", "• x", "y"]


INSERTED = '<w:ins w:author="A"><w:r><w:t> baru</w:t></w:r></w:ins>'
DELETED = '<w:del w:author="B"><w:r><w:delText> lama</w:delText></w:r></w:del>'
END = '<w:pPr><w:rPr><w:{} w:author="A"/></w:rPr></w:pPr>'


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (f"<w:p><w:r><w:t>kata</w:t></w:r>{INSERTED}{DELETED}</w:p>", ["kata baru"], ["kata lama"]),
        (
            f"<w:p>{END.format('ins')}<w:r><w:t>satu </w:t></w:r></w:p><w:p><w:r><w:t>dua</w:t></w:r></w:p>",
            ["satu", "dua"], ["satu dua"],
        ),
        (
            f"<w:p>{END.format('del')}<w:r><w:t>satu </w:t></w:r></w:p><w:p><w:r><w:t>dua</w:t></w:r></w:p>",
            ["satu dua"], ["satu", "dua"],
        ),
        (
            '<w:p><w:moveFrom w:author="A"><w:r><w:t>x</w:t></w:r></w:moveFrom></w:p>'
            '<w:p><w:r><w:t>y</w:t></w:r><w:moveTo w:author="A"><w:r><w:t>x</w:t></w:r></w:moveTo></w:p>',
            ["", "yx"], ["x", "y"],
        ),
        (
            '<w:p><w:pPr><w:pStyle w:val="ListNumber"/><w:pPrChange w:author="A"><w:pPr/></w:pPrChange></w:pPr>'
            "<w:r><w:t>x</w:t></w:r></w:p>",
            ["1. x"], ["x"],
        ),
    ],
)  # fmt: skip
def test_tracked_changes_are_accepted_or_rejected(body: str, accepted: list[str], rejected: list[str]) -> None:
    content = word_file(body)
    assert texts(read(content)) == accepted
    assert texts(read(content, accept=False)) == rejected


def test_tracked_rows_and_looks_are_accepted_or_rejected() -> None:
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc>" + paragraph("x") + "</w:tc></w:tr>"
    came, went = row.format('<w:ins w:author="A"/>'), row.format('<w:del w:author="A"/>')
    content = word_file(f"<w:tbl>{row.format('')}{came}{went}{went}</w:tbl><w:p/>")
    for accept, rows in ((True, 2), (False, 3)):
        table = next(one for one in read(content, accept=accept).blocks if isinstance(one, WordTable))
        assert len(table.rows) == rows
    bold = word_file(paragraph("x", run='<w:b/><w:rPrChange w:author="A"><w:rPr><w:i/></w:rPr></w:rPrChange>'))
    looks = [read(bold, accept=accept).blocks[0] for accept in (True, False)]
    assert [one.runs[0].look for one in looks if isinstance(one, WordParagraph)] == [1, 2]
