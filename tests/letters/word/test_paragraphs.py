"""Words and Markdown come out as Word's own paragraphs, and every word comes out."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from processor.letters import markdown
from processor.letters.markdown_blocks import Subheading
from processor.letters.word import paragraphs
from processor.letters.word.paragraphs import Frame, InlineMarkdown, ListStyle, Markdown, Numbering, Paragraphs, Styles

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NS}}}"
STYLES = Styles(ListStyle("DB", 2, 1, (425, 850, 1275)), ListStyle("DU", 3, 2, (425, 850, 1275)), "KP", "SJ")
LOOKS = ("<w:rPr/>", "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:i/></w:rPr>", "<w:rPr><w:b/><w:i/></w:rPr>")
FRAME = Frame('<w:pPr><w:pStyle w:val="IS"/></w:pPr>', LOOKS)


def tree(text: str, numbering: Numbering | None = None) -> list[etree._Element]:
    made = paragraphs.paragraphs(text, FRAME, STYLES, numbering or Numbering(10))
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


@pytest.mark.parametrize(
    ("levels", "outline"),
    [([2, 3, 4, 2], [1, 2, 3, 1]), ([1, 1], [1, 1]), ([3, 2, 6], [1, 1, 2]), ([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6])],
)
def test_headings_keep_their_levels_and_leave_none_out(levels: list[int], outline: list[int]) -> None:
    found = tree(Markdown("\n\n".join(f"{'#' * level} Judul" for level in levels)))
    assert [int(value(paragraph, "outlineLvl") or 0) for paragraph in found] == outline
    deeper = [level > 1 for level in outline]
    assert [[marks for marks, _ in looks(paragraph)] == ["i"] for paragraph in found] == deeper


def test_deeper_headings_have_the_templates_own_styles_where_it_has_some() -> None:
    styles = Styles(STYLES.numbered, STYLES.bullets, "KP", "SJ", deeper=("SJ2",))
    made = paragraphs.paragraphs(Markdown("# a\n\n## b\n\n### c"), FRAME, styles, Numbering(10))
    found = list(etree.fromstring(f'<w:body xmlns:w="{NS}">{made}</w:body>'))
    assert [value(paragraph, "pStyle") for paragraph in found] == ["SJ", "SJ2", "SJ2"]
    assert [marks for paragraph in found for marks, _ in looks(paragraph)] == ["", "", "i"]


def test_headings_and_quotations_get_their_styles() -> None:
    assert set_("## Judul\n\n> Pasal 1\n> (1) Setiap orang.\n> (2) Lain.") == [
        ("SJ", "Judul"),
        ("KP", "Pasal 1"),
        ("KP", "(1)\tSetiap orang."),
        ("KP", "(2)\tLain."),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a. satu\nb. dua", ["0 a.|satu", "0 b.|dua"]),
        ("a. satu\n\nb. dua", ["0 a.|satu", "0 b.|dua"]),
        ("a) satu\nlanjutannya\nb) dua", ["0 a)|satu lanjutannya", "0 b)|dua"]),
        ("Syarat\n1) satu\n2) dua:\na) x\nb) y\n3) tiga",
         ["- Syarat", "0 1)|satu", "0 2)|dua:", "1 a)|x", "1 b)|y", "0 3)|tiga"]),
        ("h. delapan\ni. sembilan", ["0 h.|delapan", "0 i.|sembilan"]),
        ("iii. tiga\niv. empat", ["0 iii.|tiga", "0 iv.|empat"]),
        ("B. dua\nC. tiga", ["0 B.|dua", "0 C.|tiga"]),
        ("a. satu:\n1. x\n2. y\nb. dua", ["0 a.|satu:", "1 1.|x", "1 2.|y", "0 b.|dua"]),
        ("> Menurut:\n> 7. tujuh\n> 9. delapan", ["- Menurut:", "0 7.|tujuh", "0 9.|delapan"]),
        ("a. **satu** dan\nb. dua", ["0 a.|satu dan", "0 b.|dua"]),
        ("syarat:\na. satu;\nb. dua; dan\nc. tiga.", ["- syarat:", "0 a.|satu;", "0 b.|dua; dan", "0 c.|tiga."]),
        ("Pasal 3 ayat\n(1) dan ayat\n(2) itu", ["- Pasal 3 ayat (1) dan ayat (2) itu"]),
        ("H. Ahmad hadir.\nM. Ali juga.", ["- H. Ahmad hadir. M. Ali juga."]),
        ("> 7. tujuh.\n> 7a. sisipan.\n> 8. delapan.", ["0 7.|tujuh.", "0 7a.|sisipan.", "0 8.|delapan."]),
        ("(3) tiga.\n(3a) sisipan.\n(4) empat.", ["0 (3)|tiga.", "0 (3a)|sisipan.", "0 (4)|empat."]),
        ("d. satu\nd1. sisipan\ne. dua", ["0 d.|satu", "0 d1.|sisipan", "0 e.|dua"]),
        ("z. satu;\naa. dua;", ["0 z.|satu;", "0 aa.|dua;"]),
        ("2.1. satu\n2.2. dua\n2.2.1. tiga\n2.3. empat",
         ["0 2.1.|satu", "0 2.2.|dua", "1 2.2.1.|tiga", "0 2.3.|empat"]),
        ("3. tiga.\n2. dua.\n1. satu.", ["0 3.|tiga.", "0 2.|dua.", "0 1.|satu."]),
        ("I. Fakta\n1. satu;\n2. dua.\nII. Analisis\n1. satu;",
         ["0 I.|Fakta", "1 1.|satu;", "1 2.|dua.", "0 II.|Analisis", "1 1.|satu;"]),
        ("A. Fakta\nBegini.\nB. Analisis\nBegitu.", ["0 A.|Fakta", "- Begini.", "0 B.|Analisis", "- Begitu."]),
        ("A. Fakta\n\n1. satu\n\nB. Analisis", ["0 A.|Fakta", "1 1.|satu", "0 B.|Analisis"]),
        ("Pasal 5\nSetiap orang wajib.\nPasal 6\n(1) Satu.",
         ["- Pasal 5", "- Setiap orang wajib.", "- Pasal 6", "0 (1)|Satu."]),
        ("diatur dalam\nPasal 5\nundang-undang itu", ["- diatur dalam Pasal 5 undang-undang itu"]),
        ("a. satu;\nb. dua.\nDengan demikian sah.", ["0 a.|satu;", "0 b.|dua.", "- Dengan demikian sah."]),
        ("a. satu\ntetap butir a;\nb. dua.", ["0 a.|satu tetap butir a;", "0 b.|dua."]),
        ("a.\u00a0satu\nb.\u2003dua", ["0 a.|satu", "0 b.|dua"]),
        ("1\\. bukan butir", ["- 1. bukan butir"]),
        ("vx. bukan angka", ["- vx. bukan angka"]),
    ],
)  # fmt: skip
def test_what_counts_by_itself_hangs_on_a_line_of_its_own_as_it_was_typed(text: str, lines: list[str]) -> None:
    assert [counted(paragraph) for paragraph in tree(Markdown(text))] == lines


def counted(paragraph: etree._Element) -> str:
    """A paragraph's words after its depth in an enumeration, a bar where its tab stands."""
    place = paragraph.find(f"{W}pPr/{W}ind")
    if place is None:
        return f"- {shown(paragraph)}"
    left, hanging = int(place.get(f"{W}left")), int(place.get(f"{W}hanging"))
    assert value(paragraph, "numPr/numId") == "0"
    return f"{(left - hanging) // 425} {shown(paragraph)}".replace("\t", "|", 1)


@pytest.mark.parametrize("gap", ["\n   ", "\n", "\n\n   ", "\n\n"])
def test_letters_below_a_numbered_item_are_nested_under_it(gap: str) -> None:
    found = tree(Markdown(f"1. Satu:{gap}a. x;{gap}b. y.\n\n2. Dua"))
    assert [shown(paragraph) for paragraph in found] == ["Satu:", "a.\tx;", "b.\ty.", "Dua"]
    places = [paragraph.find(f"{W}pPr/{W}ind") for paragraph in found]
    assert [None if place is None else place.get(f"{W}left") for place in places] == [None, "850", "850", None]


@pytest.mark.parametrize("spaces", [2, 3, 4])
@pytest.mark.parametrize("first", ["1.", "10.", "a.", "(2)"])
def test_children_stand_below_their_item_at_two_to_four_spaces(spaces: int, first: str) -> None:
    gap = " " * spaces
    listed = markdown.blocks(f"{first} induk:\n{gap}- anak;\n{gap}- anak.\n\n{gap}Alinea.")
    assert [block.place.depth for block in listed if not isinstance(block, Subheading)] == [0, 1, 1, 1]


@pytest.mark.parametrize(
    ("text", "hanging"),
    [
        ("a. x\nb. y", 425),
        ("> 9. x\n> 10. y", 425),
        ("a. x\na1. y", 567),
        ("(1) x\n(1a) y", 567),
        ("ix. a\nxviii. b", 787),
    ],
)
def test_the_words_of_one_list_begin_below_each_other(text: str, hanging: int) -> None:
    assert {int(p.find(f"{W}pPr/{W}ind").get(f"{W}hanging")) for p in tree(Markdown(text))} == {hanging}


def test_numbers_below_a_number_are_counted_by_the_outline_of_the_letter() -> None:
    found = tree(Markdown("9. Dasar:\n  1. UU satu;\n  2. UU dua.\n10. Maksud."))
    assert [value(p, "numPr/ilvl") for p in found] == ["0", "1", "1", "0"]
    assert [value(p, "numPr/numId") for p in found] == ["10", "11", "11", "10"]


@pytest.mark.parametrize("bullet", ["• ", "•\t", "– ", "\uf0b7\t", "\uf0a7", "o\t", "-\u00a0", "▪ "])
def test_bullets_pasted_from_word_are_bullets(bullet: str) -> None:
    assert set_(f"{bullet}satu;\n{bullet}dua.") == [("DU", "satu;"), ("DU", "dua.")]


def test_a_quotation_ends_where_its_signs_end() -> None:
    assert set_("a. bunyinya:\n   > Setiap orang\n   > wajib.\nb. Kami berbeda.\n> Lain.\nKami.") == [
        ("DB", "a.\tbunyinya:"),
        ("KP", "Setiap orang wajib."),
        ("DB", "b.\tKami berbeda."),
        ("KP", "Lain."),
        ("IS", "Kami."),
    ]


def test_quoted_numbers_stand_at_the_indent_of_their_quotation() -> None:
    styles = Styles(STYLES.numbered, STYLES.bullets, "KP", "SJ", quoted_at=600)
    made = paragraphs.paragraphs(Markdown("> 1. Satu.\n> 5. Lima.\n> - Butir."), FRAME, styles, Numbering(10))
    found = list(etree.fromstring(f'<w:body xmlns:w="{NS}">{made}</w:body>'))
    assert [shown(p) for p in found] == ["1.\tSatu.", "5.\tLima.", "Butir."]
    assert [p.find(f"{W}pPr/{W}ind").get(f"{W}left") for p in found] == ["1025", "1025", "1450"]


@pytest.mark.parametrize(
    "text", ["1/1000*50*Rp62.000 dan 5*3*2.", "(2)*4*(3) = 24", "a_b_c", "3 * 4", "catatan *) itu"]
)
def test_signs_inside_a_sum_or_a_word_stay(text: str) -> None:
    assert set_(text) == [("IS", text)]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_letters_go_on_after_bullets_between_them(gap: str) -> None:
    found = tree(Markdown(f"a. satu\n- x\n- y{gap}b. dua"))
    assert [(value(p, "pStyle"), shown(p)) for p in found] == [
        ("DB", "a.\tsatu"), ("DU", "x"), ("DU", "y"), ("DB", "b.\tdua")
    ]  # fmt: skip
    assert found[0].find(f"{W}pPr/{W}ind").attrib == found[3].find(f"{W}pPr/{W}ind").attrib


def test_a_quoted_enumeration_hangs_inside_its_quotation() -> None:
    styles = Styles(STYLES.numbered, STYLES.bullets, "KP", "SJ", quoted_at=600)
    made = paragraphs.paragraphs(Markdown("> (1) Setiap\n> orang:\n> a. satu."), FRAME, styles, Numbering(10))
    first, second = etree.fromstring(f'<w:body xmlns:w="{NS}">{made}</w:body>')
    assert [shown(first), shown(second)] == ["(1)\tSetiap orang:", "a.\tsatu."]
    assert [p.find(f"{W}pPr/{W}ind").get(f"{W}left") for p in (first, second)] == ["1167", "1450"]


@pytest.mark.parametrize("rule", ["---", "- - -", "*****", "\n---\n", "  ---  "])
def test_a_rule_only_parts(rule: str) -> None:
    assert set_(f"satu\n{rule}\ndua") == [("IS", "satu"), ("IS", "dua")]


def test_each_ordered_list_is_numbered_afresh() -> None:
    numbering = Numbering(10)
    found = tree(Markdown("1. a\n2. b\n\nteks\n\n1. c\n\nteks\n\n5. d"), numbering)
    assert [value(paragraph, "numPr/numId") for paragraph in found] == ["10", "10", None, "11", None, "12"]
    starts = [re.findall(r'startOverride w:val="(\d+)"', added) for added in numbering.added]
    assert starts == [["1"], ["1"], ["5"]]


def test_nested_lists_keep_their_depth_and_numbers() -> None:
    found = tree(Markdown("1. a\n   - b\n     1. c\n2. d\n   1. e"))
    levels = [(value(p, "pStyle"), value(p, "numPr/ilvl"), value(p, "numPr/numId")) for p in found]
    assert levels == [("DB", "0", "10"), ("DU", "1", "3"), ("DB", "0", "0"), ("DB", "0", "10"), ("DB", "1", "11")]
    assert shown(found[2]) == "1.\tc"  # below a bullet no outline counts: the mark is the one that was typed


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
        ("![denah](d.png)", "![denah](d.png)"),
        ("baris  \nbaru\\\nlagi", "baris\nbaru\nlagi"),
        ("    menjorok", "menjorok"),
        ("Jum`at dan Ma`ruf", "Jum`at dan Ma`ruf"),
        ("teks ---", "teks ---"),
        ("kata | kata", "kata | kata"),
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
