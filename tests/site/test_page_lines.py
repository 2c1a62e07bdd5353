"""Pages say what their writer typed: lists two spaces in, marks that count by themselves, sums; the rest is told."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension

from processor.site import page_lines, pages
from tests.office import ROOT

EXTENSIONS = ["admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables"]


def html(text: str) -> str:
    """A page as the builders show it, but for what is filled in."""
    reader = Markdown(extensions=[*EXTENSIONS, SaneListExtension()])
    reader.preprocessors.register(pages._Lines(reader), "baris", pages.AFTER_HTML)
    return re.sub(r"\n\s*", "", reader.convert(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("10. a\n    - b", '<ol start="10"><li>a<ul><li>b</li></ul></li></ol>'),
        ("1. a\n\n   b\n2. c", "<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>"),
        ("1. a\n\n   b\n\n   - z\n2. c",
         "<ol><li><p>a</p><p>b</p><ul><li>z</li></ul></li><li><p>c</p></li></ol>"),
        ("Syarat:\n- a\n- b", "<p>Syarat:</p><ul><li>a</li><li>b</li></ul>"),
        ("Syarat:\n5. a\n6. b", '<p>Syarat:</p><ol start="5"><li>a</li><li>b</li></ol>'),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("a. satu;\nb. dua.", "<p>a. satu;<br />b. dua.</p>"),
        ("Syarat:\n(1) satu\n(2) dua", "<p>Syarat:<br />(1) satu<br />(2) dua</p>"),
        ("1. satu:\n   a. x;\n   b. y.\n2. dua", "<ol><li>satu:<br />a. x;<br />b. y.</li><li>dua</li></ol>"),
        ("a. satu:\n1. x\n2. y\nb. dua", "<p>a. satu:</p><ol><li>x</li><li>y</li></ol><p>b. dua</p>"),
        ("A. satu:\n1. x\nB. dua", "<p>A. satu:</p><ol><li>x</li></ol><p>B. dua</p>"),
        ("a. bunyi:\n> (1) x\n> (2) y\nb. beda",
         "<p>a. bunyi:</p><blockquote><p>(1) x<br />(2) y</p></blockquote><p>b. beda</p>"),
        ("1/1000*50*Rp62.000 dan *miring*", "<p>1/1000*50*Rp62.000 dan <em>miring</em></p>"),
        ("`5*3` dan **5*3**", "<p><code>5*3</code> dan <strong>5*3</strong></p>"),
    ],
)  # fmt: skip
def test_a_page_reads_as_a_letter_does(text: str, shown: str) -> None:
    assert html(text) == shown
    assert page_lines.flattened(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Pasal 3 ayat\n(1) dan ayat\n(2) itu",
        "ditandatangani oleh\nH. Ahmad dan\nM. Ali",
        "pada tahun\n2026. Lalu",
        "```\n- a\n  - b\n5*3\n```",
        "- a\n\n        payung 5*3\n",
        '<form>\n<p title="5*3">a. x;\nb. y</p>\n</form>',
        "!!! note\n    - a\n      - b",
        "| a. x; | b |\n|---|---|\n| a. y | 5 |",
        "kata\n:   a. arti;\n    b. lain",
    ],
)
def test_what_is_no_list_or_sum_stays_as_it_is(text: str) -> None:
    plain = Markdown(extensions=[*EXTENSIONS, SaneListExtension()]).convert(text)
    assert html(text) == re.sub(r"\n\s*", "", plain)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("teks\n\n1. a\n5. b", 3, "Nomor 5. akan tampil sebagai 2."),
        ("1. a\n2. b\n\n1. c", 3, "Nomor 1. akan tampil sebagai 3."),
        ("---\ntitle: x\n---\n1. a;\n2. b.\nPenutup", 5, "menyatu dengan butir"),
        ("> 1. a\n> 3. b", 1, "Nomor 3."),
    ],
)
def test_what_a_page_would_flatten_is_told_with_its_line_and_mend(text: str, line: int, words: str) -> None:
    (slip,) = page_lines.flattened(text)
    assert (slip.line, words in slip.message, slip.mend[-1]) == (line, True, ".")


def test_numbers_that_are_all_one_are_counted_as_everywhere() -> None:
    assert page_lines.flattened("1. a\n1. b\n1. c") == ()


def test_no_shipped_page_would_be_flattened() -> None:
    assert [*page_lines.page_problems(ROOT / "docs")] == []


def test_a_page_of_the_office_is_told_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "docs" / "kabar").mkdir(parents=True)
    (tmp_path / "docs" / "kabar" / "baru.md").write_text("# Kabar\n\n1. a\n4. b\n", "utf-8")
    (problem,) = page_lines.page_problems(tmp_path / "docs")
    assert str(problem).startswith(f"{tmp_path / 'docs' / 'kabar' / 'baru.md'}, baris 4: Nomor 4.")


PAGE = st.lists(
    st.sampled_from(
        ["kata", "- ", "1. ", "7. ", "a. ", "(1) ", "B. ", "> ", "# ", "  ", "    ", "\n", "\n\n", ";\n", "*", "`",
         "```\n", "| ", "<p>", "!!! note\n", ": "]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(PAGE)
def test_no_word_of_a_page_is_lost_and_none_of_its_lines_is_torn(text: str) -> None:
    lines = text.split("\n")
    written = page_lines.readable(lines)
    assert "".join(written).count("kata") == text.count("kata")
    assert [line.replace("\\*", "*").replace(">", "").split() for line in written if line.strip("> ")] == [
        line.replace(">", "").split() for line in lines if line.strip("> ")
    ]
    page_lines.flattened(text)


def test_quotations_in_quotations_beyond_reason_stay_as_they_are() -> None:
    assert page_lines.readable(["> " * 5000 + "kata"]) == ["> " * 5000 + "kata"]
