"""The form on paper: everything is asked, nothing is loaded, nothing is markup, two pages."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from processor.foundation import form_definition, settings
from processor.foundation.form_definition import Form
from processor.site import pages, paper_form, printing
from processor.site.print_faces import PrintMaterial

ROOT = Path(__file__).parents[2]
FORM = form_definition.load(ROOT / "forms" / "permohonan.yaml")
SETTINGS = settings.load(ROOT / "payung.yaml")


class Words(HTMLParser):
    """The words of a page and the tags that stand in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  the base class calls it
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


@pytest.fixture
def page() -> str:
    return paper_form.render(FORM, SETTINGS)


def test_every_question_is_on_paper_but_those_the_page_fills_in(page: str) -> None:
    text = Words(page).text
    for question in FORM.pertanyaan:
        if question.jenis == "persetujuan":
            assert next(iter(question.pilihan.values())) in text
        else:
            assert (question.judul in text) == (question.jenis not in {"kode_lacak", "kunci_balasan"})


def test_terms_options_letterhead_and_desk_are_there(page: str) -> None:
    text = Words(page).text
    for words in (*FORM.ketentuan.butir, *FORM.pertanyaan[7].pilihan.values(), *SETTINGS.instansi.kop):
        assert words in text
    assert "Diisi petugas" in text
    assert "08.00–15.00 WIB" in text


def test_paper_has_no_code_so_it_offers_none(page: str) -> None:
    text = Words(page).text
    options = next(question for question in FORM.pertanyaan if question.kunci == "cara_jawaban").pilihan
    assert {key: words in text for key, words in options.items()} == {"kode": False, "email": True, "loket": True}


def test_a_nip_has_18_boxes(page: str) -> None:
    boxes = re.search(r'aria-label="18 kotak angka">(.*?)</div>', page)
    assert boxes is not None
    assert boxes[1].count("<i") == 18


def test_the_page_is_whole_indonesian_and_loads_nothing(page: str) -> None:
    words = Words(page)
    assert words.open == []
    assert '<html lang="id">' in page
    assert not {"script", "link", "img", "iframe"} & set(words.tags)
    assert not re.search(r"url\(|@import|https?://", page)


def test_what_people_wrote_is_words_not_markup() -> None:
    data = FORM.model_dump()
    data["pertanyaan"][0]["judul"] = "<b>Nama</b> & {{ 7*7 }} {% if %}"
    page = paper_form.render(Form.model_validate(data), SETTINGS)
    assert "&lt;b&gt;Nama&lt;/b&gt; &amp; {{ 7*7 }} {% if %}" in page


def longer(more: int) -> Form:
    """The form with ``more`` questions."""
    data = FORM.model_dump()
    extra = [data["pertanyaan"][2] | {"kunci": f"lain{n}", "judul": f"Lain {n}", "alias": ()} for n in range(more)]
    data["pertanyaan"] = [*data["pertanyaan"][:3], *extra, *data["pertanyaan"][3:]]
    return Form.model_validate(data)


def assert_two_sides_of_a4(pdf: bytes) -> None:
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2
    assert {tuple(round(float(side) * 25.4 / 72) for side in page.mediabox[2:]) for page in pages} == {(210, 297)}


@pytest.mark.slow
@pytest.mark.parametrize("more", [0, 3])
def test_it_prints_on_two_sides_of_a4(browser: Browser, more: int) -> None:
    with browser.new_page() as tab:
        tab.set_content(paper_form.render(longer(more), SETTINGS))
        assert_two_sides_of_a4(tab.pdf(prefer_css_page_size=True))


def test_its_pdf_has_two_sides_of_a4_as_well_and_the_same_words() -> None:
    form = longer(3)
    material = PrintMaterial(SETTINGS, pages.context(SETTINGS) | {"formulir": form})
    with printing.press(material) as press:
        made = press.files("formulir")["formulir.pdf"]
    assert_two_sides_of_a4(made)
    printed = plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
    body = lxml.html.fromstring(paper_form.render(form, SETTINGS)).find("body")
    assert [words for words in body.itertext() if plain(words) not in printed] == []


def plain(words: str) -> str:
    """Words without spaces, which a reader of PDF guesses, and without capitals, which a title may be set in."""
    return "".join(words.casefold().split())


@pytest.mark.slow
def test_no_frame_touches_the_edge_where_the_printer_cuts(tmp_path: Path, browser: Browser, page: str) -> None:
    (tmp_path / "formulir.html").write_text(page, "utf-8")
    with browser.new_page(viewport={"width": 650, "height": 1000}) as tab:  # 172 mm, the width between the margins
        tab.emulate_media(media="print")
        tab.goto((tmp_path / "formulir.html").as_uri())
        right = tab.evaluate("document.querySelector('.desk').getBoundingClientRect().right")
    assert right <= 650 - 1


def test_the_bars_are_in_the_green_of_the_house(page: str) -> None:
    css = (ROOT / "docs" / "assets" / "payung.css").read_text("utf-8")
    green = re.search(r"--kanopi: (#\w+);", css)
    assert green is not None
    assert f"background: {green[1]};" in page
