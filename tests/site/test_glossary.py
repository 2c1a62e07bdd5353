"""A page explains the words of the glossary where it first uses them, for a pointer, a keyboard, a finger and paper."""

import re
from typing import Final

import pytest
from markdown import Markdown

from processor.site import glossary
from tests.office import ROOT

GLOSSARY: Final = """# Istilah

advokat
pengacara
:   Ahli hukum
    yang "mendampingi" orang.

berita acara
:   Catatan resmi.
"""
SHIPPED: Final = glossary.terms((ROOT / "docs" / glossary.FILE_NAME).read_text("utf-8"))


def shown(text: str, words: str = GLOSSARY) -> str:
    md = Markdown(extensions=["md_in_html", "tables"])
    md.treeprocessors.register(glossary.Explanations(md, lambda: glossary.terms(words)), "istilah", 6)
    return md.convert(text)


def linked(html: str) -> list[str]:
    return re.findall(r'<a class="istilah"[^>]*>([^<]*)</a>', html)


def test_a_word_is_linked_where_it_is_first_used_and_explained_at_the_foot() -> None:
    html = shown(f"Hubungi **Advokat**, lalu advokat lain. Baca berita acara.\n\nPengacara juga.\n\n{glossary.MARK}")
    assert linked(html) == ["Advokat", "berita acara"]
    assert 'href="#arti-advokat" id="kata-advokat" title="Ahli hukum yang &quot;mendampingi&quot; orang."' in html
    foot = html.partition("<section")[2]
    assert re.findall(r'<dt id="(arti-[a-z-]+)">([^<]+)</dt>', foot) == [
        ("arti-advokat", "advokat"), ("arti-berita-acara", "berita acara"),
    ]  # fmt: skip
    assert re.findall(r'href="#(kata-[a-z-]+)"', foot) == ["kata-advokat", "kata-berita-acara"]
    assert glossary.MARK not in html


@pytest.mark.parametrize(
    "text",
    [
        "## Advokat",
        "[advokat](https://example.org)",
        "`advokat`",
        "Advokatnya, keadvokatan, advokat-advokat.",
        "| advokat |\n|---|\n| lain |",
        "<button>advokat</button>",
        'Lihat <a href="x">*dahulu* advokat *itu*</a>.',
        "Advocate.",
    ],
)
def test_headings_links_code_and_other_words_stay_as_they_are(text: str) -> None:
    html = shown(f"{text}\n\n{glossary.MARK}")
    assert linked(html) == []
    assert ("<section" in html, glossary.MARK in html) == (False, False)


def test_a_page_that_does_not_ask_stays_as_it_is() -> None:
    assert shown("Hubungi advokat.") == "<p>Hubungi advokat.</p>"


def test_words_around_a_link_stay_in_their_order() -> None:
    html = shown(f"Satu advokat *dua* berita acara tiga **empat** pengacara.\n\n{glossary.MARK}")
    words = re.sub(r"<[^>]+>", "", html.partition("<section")[0])
    assert " ".join(words.split()) == "Satu advokat dua berita acara tiga empat pengacara."


def test_a_word_of_a_page_never_becomes_markup() -> None:
    html = shown(f"Kata & advokat.\n\n{glossary.MARK}", 'advokat\n:   Arti "<script>" & lain.\n')
    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_a_glossary_without_terms_explains_nothing() -> None:
    assert linked(shown(f"advokat\n\n{glossary.MARK}", "# Istilah\n")) == []


def test_the_shipped_glossary_explains_each_word_once_and_shortly() -> None:
    words = [word.casefold() for one in SHIPPED for word in one.words]
    assert len(words) > 30
    assert len(words) == len({*words})
    assert len({one.slug for one in SHIPPED}) == len(SHIPPED)
    assert [one.words for one in SHIPPED if len(one.meaning.split()) > 20 or not one.meaning.endswith(".")] == []


def test_every_page_of_guidance_asks_for_its_list() -> None:
    docs = ROOT / "docs"
    without = {"cara-kerja.md", "cari.md", "index.md", "istilah.md", "kapan-dijawab.md", "leaflet.md", "luring.md"}
    pages = [*docs.glob("*.md"), *(docs / "persoalan").glob("*.md")]
    silent = {path.name for path in pages if not path.read_text("utf-8").endswith("\n{{ istilah }}\n")}
    assert silent == without
