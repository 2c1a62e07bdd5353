"""Footnotes of a study are Word's own in the letter, whatever its template has; none of their words is lost."""

import re
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document as WordDocument
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from processor.letters.word import paragraphs, zip_package
from processor.letters.word.note_marks import LetterNotes, NoteStyles
from processor.letters.word.paragraphs import Markdown, Numbering
from tests import letter_samples
from tests.letters.test_documents import change, opened, own, render  # noqa: F401 -- own is a fixture
from tests.letters.word.test_paragraphs import FRAME, STYLES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIMPLE = "Kalimat.[^1]\n\n[^1]: Sumbernya."


def letter(text: str, folder: Path = letter_samples.OPINIONS, **changes: Any) -> dict[str, bytes]:
    return zip_package.read(render("pendapat_hukum", letter_samples.case(kajian__analisis=text, **changes), folder))


def notes(parts: dict[str, bytes]) -> dict[str, list[str]]:
    """The words of each footnote, by its number, a paragraph each."""
    found = etree.fromstring(parts["word/footnotes.xml"]).iter(f"{W}footnote")
    return {
        note.get(f"{W}id"): ["".join(text.text or "" for text in p.iter(f"{W}t")).strip() for p in note.iter(f"{W}p")]
        for note in found
    }


def shown(parts: dict[str, bytes], start: str) -> str:
    """The words of the paragraph of the letter that begins so; a mark is ⟨its footnote's number⟩."""
    body = etree.fromstring(parts["word/document.xml"])
    for mark in body.iter(f"{W}footnoteReference"):
        mark.tag, mark.text = f"{W}t", f"⟨{mark.get(f'{W}id')}⟩"
    found = ("".join(text.text or "" for text in p.iter(f"{W}t")) for p in body.iter(f"{W}p"))
    return next(words for words in found if words.startswith(start))


def test_a_footnote_is_words_own_with_its_separators_styles_and_links() -> None:
    parts = letter(SIMPLE)
    assert notes(parts) == {"-1": [""], "0": [""], "1": ["Sumbernya."]}
    assert re.findall(rb'w:type="(\w+)" w:id="([-0-9]+)"', parts["word/footnotes.xml"]) == [
        (b"separator", b"-1"), (b"continuationSeparator", b"0")
    ]  # fmt: skip
    assert shown(parts, "Kalimat") == "Kalimat.⟨1⟩"
    assert b'PartName="/word/footnotes.xml"' in parts["[Content_Types].xml"]
    assert b'Target="footnotes.xml"' in parts["word/_rels/document.xml.rels"]
    settings = parts["word/settings.xml"]
    assert settings.index(b"characterSpacingControl") < settings.index(b"footnotePr") < settings.index(b"<w:compat>")
    document = opened(zip_package.write(parts))
    by_id = {style.style_id: str(style.name) for style in document.styles}
    assert by_id["FootnoteText"].lower() == "footnote text"
    assert by_id["FootnoteReference"].lower() == "footnote reference"
    assert document.styles["footnote reference"].font.superscript


def test_a_letter_without_footnotes_gets_nothing_of_theirs() -> None:
    parts = letter("Kalimat.[^tak] dan [1]")
    assert "word/footnotes.xml" not in parts
    assert b"footnote text" not in parts["word/styles.xml"]
    assert shown(parts, "Kalimat") == "Kalimat.[^tak] dan [1]"


def test_footnotes_of_several_parts_are_counted_through_and_names_are_each_parts_own() -> None:
    parts = letter(
        SIMPLE, kajian__kesimpulan="Jadi.[^1]\n\n[^1]: Lain.", kajian__isu_hukum=("Apakah?[^i]\n\n[^i]: Isu.",)
    )
    assert [*notes(parts).values()][2:] == [["Isu."], ["Sumbernya."], ["Lain."]]
    assert [shown(parts, start)[-3:] for start in ("Apakah?", "Kalimat.", "Jadi.")] == ["⟨1⟩", "⟨2⟩", "⟨3⟩"]


def test_the_second_mark_of_a_footnote_repeats_its_number() -> None:
    parts = letter("Satu[^b] dua[^a] tiga[^b].\n\n[^a]: A.\n[^b]: B.")
    body = parts["word/document.xml"].decode()
    assert shown(parts, "Satu") == "Satu⟨1⟩ dua⟨2⟩ tiga1."
    assert "NOTEREF _CatatanKaki1" in body
    assert re.search(r'<w:bookmarkStart w:id="(\d+)" w:name="_CatatanKaki1"/>.*?<w:bookmarkEnd w:id="\1"/>', body)
    assert [*notes(parts).values()][2:] == [["B."], ["A."]]


def test_a_footnote_keeps_its_paragraphs_lists_looks_and_hostile_words() -> None:
    parts = letter("Satu[^1].\n\n[^1]: **A** & <b> {{ x }}\n\n    B\n\n    1. C\n\n    | d | e |\n    | f | g |")
    assert notes(parts)["1"] == ["A & <b> {{ x }}", "B", "C", "d | e", "f | g"]
    styles = re.findall(r'pStyle w:val="(\w+)"', parts["word/footnotes.xml"].decode())
    assert styles == ["FootnoteText"] * 5


def test_a_list_in_a_footnote_is_counted_by_itself() -> None:
    parts = letter("1. satu[^1]\n2. dua\n\n[^1]: Sumber:\n\n    1. x\n    2. y")
    inside = re.findall(rb'numId w:val="([0-9]+)"', parts["word/footnotes.xml"])
    body = etree.fromstring(parts["word/document.xml"])
    item = next(p for p in body.iter(f"{W}p") if "".join(p.itertext()).startswith("dua"))
    assert inside[-2] == inside[-1] != item.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val").encode()


def test_marks_in_a_table_an_item_a_heading_and_a_quotation_are_set() -> None:
    text = "# J[^1]\n\n| k[^2] | l |\n|---|---|\n| 12[^3] | m |\n\na. n[^4]\n\n> o[^5]\n\n" + "".join(
        f"[^{at}]: catatan {at}\n" for at in range(1, 6)
    )
    parts = letter(text)
    assert [shown(parts, start) for start in ("J⟨", "k⟨", "12⟨", "a.n⟨", "o⟨")] == [
        "J⟨1⟩", "k⟨2⟩", "12⟨3⟩", "a.n⟨4⟩", "o⟨5⟩"
    ]  # fmt: skip
    assert [words for (words,) in [*notes(parts).values()][2:]] == [f"catatan {at}" for at in range(1, 6)]


def test_a_footnote_that_nothing_marks_and_a_mark_without_footnote_stay_words() -> None:
    parts = letter("Satu[^1] [^2].\n\n[^1]: Isi [^1].\n[^3]: Yatim.\n\n    Dua.")
    assert shown(parts, "Satu") == "Satu⟨1⟩ [^2]."
    assert shown(parts, "[^3]") == "[^3]: Yatim."
    assert shown(parts, "Dua.") == "Dua."
    assert notes(parts)["1"] == ["Isi [^1]."]


def with_own_note(document: WordDocument) -> None:
    """A template that has a footnote of its own, in an office's style, and a style with the id that ours would have."""
    document.styles["Batasan"].element.set(f"{W}styleId", "FootnoteText")


def test_a_template_with_footnotes_keeps_them_and_repeated_marks_count_them(own: Path) -> None:  # noqa: F811
    path = own / "pendapat-hukum.docx"
    path.write_bytes(render("pendapat_hukum", letter_samples.case(kajian__analisis=SIMPLE)))
    document = opened(path.read_bytes())
    place = next(p for p in document.paragraphs if p.text.startswith("Kalimat"))
    place.insert_paragraph_before("").add_run("{{ kajian.saran }}")
    place._p.addnext(place.insert_paragraph_before("{{ kajian.analisis }}")._p)
    document.save(str(path))
    parts = letter("Satu[^b] dua[^b].\n\n[^b]: B.", own, kajian__saran="Awal.[^s]\n\n[^s]: S.")
    assert notes(parts) == {"-1": [""], "0": [""], "1": ["Sumbernya."], "2": ["S."], "3": ["B."]}
    assert shown(parts, "Satu") == "Satu⟨3⟩ dua3."
    assert parts["[Content_Types].xml"].count(b"/word/footnotes.xml") == 1


def test_an_id_that_is_taken_is_not_used_again(own: Path) -> None:  # noqa: F811 -- the fixture
    folder = change(own / "pendapat-hukum.docx", with_own_note)
    parts = letter(SIMPLE, folder)
    assert b'w:styleId="FootnoteText2"><w:name w:val="footnote text"/>' in parts["word/styles.xml"]
    assert b'<w:pStyle w:val="FootnoteText2"/>' in parts["word/footnotes.xml"]


def into_the_header(document: WordDocument) -> None:
    document.sections[0].header.paragraphs[0].text = "{{ kajian.analisis }}"
    next(p for p in document.paragraphs if p.text == "{{ kajian.analisis }}").text = ""


def test_where_word_allows_no_footnote_all_its_words_stand_in_the_text(own: Path) -> None:  # noqa: F811
    content = render(
        "pendapat_hukum",
        letter_samples.case(kajian__analisis=SIMPLE),
        change(own / "pendapat-hukum.docx", into_the_header),
    )
    assert [p.text for p in opened(content).sections[0].header.paragraphs] == ["Kalimat.[^1]", "[^1]: Sumbernya."]
    assert "word/footnotes.xml" not in zip_package.read(content)


TEXT = st.lists(
    st.sampled_from(
        ["kata", " ", "[^1]", "[^2]", "\n[^1]: ", "\n[^2]: ", "\n", "\n\n", "    ", "> ", "1. ", "| ", "**", "\\",
         "a. ", "[^1](https://a.id)", "`"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("kind", [Markdown, paragraphs.InlineMarkdown])
@given(text=TEXT)
def test_no_word_around_footnotes_is_lost(kind: type[str], text: str) -> None:
    noted = LetterNotes(NoteStyles("CK", "TK"))
    made = paragraphs.paragraphs(kind(text), FRAME, STYLES, Numbering(10), noted)
    shown_words = re.sub("<[^>]*>", "", "".join([made, *noted.added]))
    assert shown_words.count("kata") == text.count("kata")
    etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}">{made}{"".join(noted.added)}</w:body>')
