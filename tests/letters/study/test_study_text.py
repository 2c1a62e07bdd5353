"""What a person typed in Word, in their own way, is the Markdown that prints so."""

import pytest

from processor.letters.study import study_document, study_text
from processor.letters.study.word_blocks import WordContent
from tests.letters.study.word_files import paragraph, read, with_parts, word_file
from tests.letters.word.test_word_numbering import level, num, outline

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LISTS = (
    f'<w:numbering xmlns:w="{NS}">'
    + outline(level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"))
    + outline(level(0, "bullet", "\uf0b7").replace('w:left="400"', 'w:left="1200"'), key=1)
    + outline(level(0, "decimal", "Pasal %1"), key=2)
    + f"{num(1)}{num(2, 1)}{num(3, 2)}</w:numbering>"
)


def counted(text: str, number: int, depth: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def content(body: str) -> WordContent:
    return read(with_parts(word_file(body), {"word/numbering.xml": LISTS}))


def markdown(body: str) -> str:
    found = content(body)
    said = study_text.values({"analisis": found.blocks}, found.notes).parts["analisis"]
    assert isinstance(said, str)
    return said


def test_lists_of_ones_own_come_with_the_marks_that_word_shows() -> None:
    body = (
        counted("Satu:", 1) + counted("anak;", 1, 1) + counted("titik", 2)
        + paragraph("Lanjutan satu.", '<w:ind w:left="400"/>') + counted("Dua.", 1) + paragraph("Penutup.")
        + counted("Dan tiga.", 1) + counted("bunyinya", 3)
    )  # fmt: skip
    assert markdown(body) == (
        "1. Satu:\n    a) anak;\n        - titik\n\n    Lanjutan satu.\n\n2. Dua.\n\nPenutup.\n\n3. Dan tiga.\n\n"
        "Pasal 1 bunyinya"
    )


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        (["a. satu;", "b. dua."], "a. satu;\nb. dua."),
        (["(1)\tSetiap orang.", "(1a)\tJuga."], "(1) Setiap orang.\n(1a) Juga."),
        (["H. Ahmad hadir."], "H. Ahmad hadir."),
        (["\uf0b7\tsatu", "– dua"], "- satu\n- dua"),
        (["# bukan judul"], "\\# bukan judul"),
        (["&gt; bukan kutipan"], "\\> bukan kutipan"),
        (["1/1000*50*Rp2 dan *bintang*"], "1/1000\\*50\\*Rp2 dan \\*bintang\\*"),
        (["1945. Tahun itu"], "1945. Tahun itu"),
        (["  tepi  ", "", "x"], "tepi\n\nx"),
    ],
)
def test_words_are_what_they_look_like(typed: list[str], form: str) -> None:
    assert markdown("".join(map(paragraph, typed))) == form


def test_quotations_are_known_by_their_style_and_depth_by_their_indent() -> None:
    quoted = '<w:pStyle w:val="Quote"/>'
    body = counted("Bunyinya:", 1) + paragraph("Pasal 1", f'{quoted}<w:ind w:left="400"/>') + counted("Kami:", 1)
    assert markdown(body + paragraph("Pasal 2", quoted)) == "1. Bunyinya:\n\n    > Pasal 1\n\n2. Kami:\n\n> Pasal 2"


def test_footnotes_are_numbered_by_their_place_and_repeated_marks_stay() -> None:
    def note(number: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    body = (
        f'<w:p><w:r><w:t>Satu</w:t></w:r><w:bookmarkStart w:id="1" w:name="_C"/>{note(7)}<w:bookmarkEnd w:id="1"/>'
        f"<w:r><w:t> dua</w:t></w:r>{note(5)}"
        '<w:fldSimple w:instr=" NOTEREF _C \\h "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t>.</w:t></w:r></w:p>'
    )
    found = read(word_file(body))
    notes = read(word_file(paragraph("Sumber lima.") + paragraph("Sumber *tujuh*."))).blocks
    said = study_text.values({"saran": found.blocks}, {"foo5": notes[:1], "foo7": notes[1:]})  # type: ignore[dict-item]
    assert said.parts["saran"] == "Satu[^1] dua[^2][^1].\n\n[^1]: Sumber \\*tujuh\\*.\n\n[^2]: Sumber lima."


def test_looks_that_no_markdown_marks_are_told_with_their_place() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>te</w:t></w:r>"
    half = f"<w:p><w:r><w:t>Kata se</w:t></w:r>{bold}<w:r><w:t>ngah.</w:t></w:r></w:p>"
    said = study_text.values({"saran": content(half + paragraph("utuh", run="<w:b/>")).blocks}, {})
    assert said.parts == {"saran": "Kata setengah.\n\n**utuh**"}
    assert said.lost == {"tebal atau miring di tengah kata": ["Kata setengah."]}


def test_a_list_of_issues_has_an_entry_for_each_and_tells_what_an_entry_cannot_hold() -> None:
    body = counted("Apakah boleh:", 1) + counted("sendiri?", 1, 1) + counted("Siapa?", 1)
    table = f"<w:tbl><w:tr><w:tc>{paragraph('x')}</w:tc></w:tr></w:tbl>"
    said = study_text.values({"isu_hukum": content(body + table).blocks}, {})
    assert said.parts == {"isu_hukum": ("Apakah boleh: a) sendiri?", "Siapa?")}
    assert said.lost == {"tabel": ["isu hukum"]}


def test_what_a_part_says_does_not_depend_on_how_footnotes_are_called() -> None:
    one = "Kata[^a] dan[^b].\n\n[^b]: B.\n[^a]: A."
    two = "Kata[^1] dan[^2].\n\n[^1]: A.\n\n[^2]: B."
    assert study_document.stamp(one) == study_document.stamp(two) != study_document.stamp(two.replace("B.", "C."))
