"""Words and Markdown come out as Word's own paragraphs, and every word comes out."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from processor import wordtext
from processor.wordtext import Frame, InlineMarkdown, ListStyle, Markdown, Numbering, Paragraphs, Styles

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NS}}}"
STYLES = Styles(ListStyle("DB", 2, 1, (425, 850, 1275)), ListStyle("DU", 3, 2, (425, 850, 1275)), "KP", "SJ")
LOOKS = ("<w:rPr/>", "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:i/></w:rPr>", "<w:rPr><w:b/><w:i/></w:rPr>")
FRAME = Frame('<w:pPr><w:pStyle w:val="IS"/></w:pPr>', LOOKS)


def tree(text: str, numbering: Numbering | None = None) -> list[etree._Element]:
    made = wordtext.paragraphs(text, FRAME, STYLES, numbering or Numbering(10))
    return list(etree.fromstring(f'<w:body xmlns:w="{NS}">{made}</w:body>'))


def value(paragraph: etree._Element, path: str) -> str | None:
    found = paragraph.find("/".join(f"{W}{part}" for part in ("pPr", *path.split("/"))))
    return None if found is None else found.get(f"{W}val")


def shown(paragraph: etree._Element) -> str:
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(marks.get(part.tag, part.text or "") for part in paragraph.iter() if part.tag in {*marks, f"{W}t"})


def set_(text: str) -> list[tuple[str | None, str]]:
    """Style and words of each paragraph of Markdown."""
    return [(value(paragraph, "pStyle"), shown(paragraph)) for paragraph in tree(Markdown(text))]


def looks(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    for run in paragraph.iter(f"{W}r"):
        marks = "".join(mark for mark in "bi" if run.find(f"{W}rPr/{W}{mark}") is not None)
        yield marks, "".join(part.text or "" for part in run.iter(f"{W}t"))


def test_a_paragraph_looks_like_the_one_of_its_placeholder() -> None:
    assert set_("Satu\nkalimat.\n\nDua.") == [("IS", "Satu kalimat."), ("IS", "Dua.")]


def test_bold_and_italics_are_runs() -> None:
    (paragraph,) = tree(Markdown("a **b *c*** *d*"))
    assert list(looks(paragraph)) == [("", "a "), ("b", "b "), ("bi", "c"), ("", " "), ("i", "d")]


def test_headings_and_quotations_get_their_styles() -> None:
    assert set_("## Judul\n\n> Pasal 1\n> (1) Setiap orang.\n> (2) Lain.") == [
        ("SJ", "Judul"),
        ("KP", "Pasal 1\n(1) Setiap orang.\n(2) Lain."),
    ]


def test_each_ordered_list_is_numbered_afresh() -> None:
    numbering = Numbering(10)
    found = tree(Markdown("1. a\n2. b\n\nteks\n\n1. c\n\nteks\n\n5. d"), numbering)
    assert [value(paragraph, "numPr/numId") for paragraph in found] == ["10", "10", None, "11", None, "12"]
    starts = [re.findall(r'startOverride w:val="(\d+)"', added) for added in numbering.added]
    assert starts == [["1"], ["1"], ["5"]]


def test_nested_lists_keep_their_depth_and_numbers() -> None:
    found = tree(Markdown("1. a\n   - b\n     1. c\n2. d\n   1. e"))
    levels = [(value(p, "pStyle"), value(p, "numPr/ilvl"), value(p, "numPr/numId")) for p in found]
    assert levels == [("DB", "0", "10"), ("DU", "1", "3"), ("DB", "2", "11"), ("DB", "0", "10"), ("DB", "1", "12")]


def test_a_second_paragraph_of_an_item_is_indented_without_a_number() -> None:
    first, second, nested = tree(Markdown("1. a\n\n   b\n\n   > c"))
    assert value(first, "numPr/numId") == "10"
    assert [value(second, "numPr/numId"), value(nested, "numPr/numId")] == ["0", "0"]
    assert second.find(f"{W}pPr/{W}ind").get(f"{W}left") == "425"
    assert value(nested, "pStyle") == "KP"


def test_an_empty_item_keeps_its_number() -> None:
    assert len(tree(Markdown("1. a\n2.\n3. c"))) == 3


@pytest.mark.parametrize(
    "text",
    [
        "<b>tebal</b> & &amp; <!-- x -->",
        "{{ kajian.saran }} {% if x %} {# y #}",
        "[nama]: bukan definisi",
        "1) bukan daftar",
        "(1) ayat",
        "2026. Tahun itu",
        "Judul bukan === judul",
        "C:\\berkas dan snake_case_kata 2 * 3 * 4",
    ],
)
def test_what_only_looks_like_markup_stays_words(text: str) -> None:
    assert set_(text) == [("IS", text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[situs](https://a.id/ü)", "situs (https://a.id/ü)"),
        ("<https://a.id>", "https://a.id"),
        ("![denah](d.png)", "denah (d.png)"),
        ("baris  \nbaru\\\nlagi", "baris\nbaru\nlagi"),
        ("syarat:\na. satu;\nb. dua; dan\nc. tiga.", "syarat:\na. satu;\nb. dua; dan\nc. tiga."),
        ("Pasal 3 ayat\n(1) dan ayat\n(2)", "Pasal 3 ayat (1) dan ayat (2)"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n| 1 | 2 |"),
        ("    menjorok", "menjorok"),
        ("teks\n---", "teks ---"),
    ],
)
def test_every_word_is_shown(text: str, words: str) -> None:
    assert set_(text) == [("IS", words)]


def test_an_issue_stays_one_paragraph() -> None:
    (paragraph,) = tree(InlineMarkdown("1. Apakah **sah**?\n\n- Lalu?"))
    assert shown(paragraph) == "1. Apakah sah? - Lalu?"


def test_nesting_beyond_reason_still_shows_its_words() -> None:
    assert "dalam" in "".join(words for _, words in set_("> " * 25_000 + "dalam"))


def test_nothing_is_still_a_paragraph() -> None:
    assert [shown(paragraph) for text in ("", Markdown(""), Paragraphs("\n")) for paragraph in tree(text)] == [""] * 3


WORDS = st.sampled_from(
    ["kata", "hukum", "<", "&", "*", "**", "_", "`", "```", "[", "](", ")", "!", "\\", "#", ">", "- ", "1. ", "1) ",
     "|", "---", "\n", "\n\n", "    ", "\t", "  \n", "{{", "}}", "{%", "&lt;", "<b>", '"', "a. ", ";\n", ": "]
)  # fmt: skip


@given(st.lists(WORDS, max_size=60).map("".join))
def test_no_word_of_markdown_is_lost(text: str) -> None:
    found = "".join(shown(paragraph) + "\n" for paragraph in tree(Markdown(text)))
    assert re.findall("kata|hukum", found) == re.findall("kata|hukum", text)


@given(st.text(st.characters(exclude_categories=())))
def test_plain_text_comes_out_letter_by_letter(text: str) -> None:
    expected = "".join(map(expected_letter, text.replace("\r\n", "\n")))
    (paragraph,) = tree(text)
    assert shown(paragraph) == expected


def expected_letter(letter: str) -> str:
    if letter in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    code = ord(letter)
    kept = letter == "\t" or 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or code >= 0xE000
    return letter if kept and code not in {0xFEFF, 0xFFFE, 0xFFFF} else "\ufffd"
