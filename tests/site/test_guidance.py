"""All guidance is read without a line: one ZIP that opens from a folder, one PDF, and links that lead to the site."""

import io
import re
import zipfile
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from processor.foundation import settings
from processor.site import guidance, printing
from tests import office
from tests.office import ROOT

FOUND: Final = settings.load(ROOT / "payung.yaml")
SITE: Final = FOUND.situs.alamat
HEAD: Final = (
    '<head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    '<link rel="stylesheet" href="../assets/payung.css"></head>'
)
PAGES: Final = {
    "index.html": '<main><h1>Beranda</h1><a href="faq/">Tanya</a> <a href="ajukan/">Ajukan</a></main>',
    "faq/index.html": f"""{HEAD}<main><div><p class="tinjauan">Belum ditinjau.</p><article><h1>Tanya jawab</h1>
        <p>Hubungi <a class="istilah" href="#arti-advokat">advokat</a>. <a href="..">Beranda</a>
        <a href="../persoalan/dipanggil/#malam-ini">Dipanggil</a> <a href="../lacak/?a=1&amp;b=2#kode">Lacak</a>
        <a href="#atas">Atas</a> <a href="https://lain.example/?a&amp;b">Lain</a> <a href="tel:0751">Telepon</a></p>
        <table><thead><tr><th>Perlu</th><th>Ke mana</th></tr></thead>
        <tbody><tr><td colspan="2">Advokat</td></tr></tbody></table>
        <dl><dt>Biaya</dt><dd>Tidak ada.</dd></dl><img src="a%20b.svg" alt="Bagan alur">
        <section class="istilah-arti"><h2>Istilah</h2><p>Arti kata.</p></section></article></div></main>""",
    "persoalan/dipanggil/index.html": "<main><article><h1>Dipanggil</h1><h2>Malam ini</h2></article></main>",
    "ajukan/index.html": '<main><h1>Ajukan</h1><script src="../assets/formulir.js"></script></main>',
    "google1a2b.html": "google-site-verification: google1a2b.html",
    "kosong.html": "",
    "tanpa-judul/index.html": '<main><p class="tinjauan">Belum.</p><p>Ada isinya.</p></main>',
    "kabar/index.html": "<main><h1>Kabar</h1></main>",
    "petugas/index.html": "<main><h1>Petugas</h1></main>",
    "luring/index.html": '<main><h1>Luring</h1><p id="panduan-pdf"><a href="panduan.pdf">PDF</a></p></main>',
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in PAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "payung.css").write_text("main { color: rgb(1, 2, 3) }")
    (tmp_path / "assets" / "formulir.js").write_text("1")
    (tmp_path / "faq" / "a b.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    return tmp_path


def packed(site: Path) -> dict[str, str]:
    with zipfile.ZipFile(site / guidance.FOLDER / guidance.ZIP) as file:
        return {name.removeprefix("panduan/"): file.read(name).decode() for name in file.namelist()}


def links(page: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', page)


def words(site: Path) -> str:
    pages = PdfReader(io.BytesIO((site / guidance.FOLDER / guidance.PDF).read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_zip_holds_what_is_read_and_leaves_what_needs_a_line_or_changes(site: Path) -> None:
    guidance.add(FOUND, site)
    names = {"index.html", "faq/index.html", "persoalan/dipanggil/index.html", "luring/index.html"}
    names |= {"tanpa-judul/index.html", "assets/payung.css"}
    assert set(packed(site)) == {*names, "faq/a b.svg"}


def test_links_lead_to_files_or_to_the_site(site: Path) -> None:
    guidance.add(FOUND, site)
    inside = packed(site)
    assert links(inside["index.html"]) == ["faq/index.html", f"{SITE}ajukan/"]
    assert links(inside["faq/index.html"]) == [
        "../assets/payung.css", "#arti-advokat", "../index.html", "../persoalan/dipanggil/index.html#malam-ini",
        f"{SITE}lacak/?a=1&amp;b=2#kode", "#atas", "https://lain.example/?a&amp;b", "tel:0751",
    ]  # fmt: skip


def test_the_same_pages_give_the_same_bytes(site: Path) -> None:
    made = []
    for _ in range(2):
        guidance.add(FOUND, site)
        made.append([(site / guidance.FOLDER / name).read_bytes() for name in (guidance.ZIP, guidance.PDF)])
    assert made[0] == made[1]


def test_the_pdf_says_what_the_pages_say_and_what_pictures_show(site: Path) -> None:
    guidance.add(FOUND, site)
    said = words(site)
    parts = ("Tanya jawab Belum ditinjau. Hubungi advokat.", "Perlu Ke mana Advokat", "Biaya Tidak ada.", "Bagan alur")
    assert [one for one in parts if one not in said] == []
    assert [one for one in ("Arti kata", "Luring", "Ajukan permohonan") if one in said] == []
    assert said.index("Beranda") < said.index("Dipanggil") < said.index("Tanya jawab Belum")
    assert "tidak ikut berubah bila aturannya berubah" in said


def test_a_page_that_cannot_be_set_is_named_in_the_pdf(site: Path) -> None:
    (site / "faq" / "index.html").write_text("<main><h1>Tanya</h1><h3>Terlalu dalam</h3></main>", "utf-8")
    guidance.add(FOUND, site)
    assert f"Halaman {SITE}faq/ tidak termuat di sini. Judul “Terlalu dalam” melompat" in words(site)


LACKING: Final = [
    ("<p>Senang 😀</p>", "Huruf “😀” (U+1F600) tidak ada dalam huruf cetakan."),
    ("<p>Senang \ue000</p>", "Tanda U+E000 tidak ada dalam huruf cetakan."),
    ("<h2></h2>", "Ada judul tanpa kata."),
]


@pytest.mark.parametrize(("wrong", "said"), LACKING)
def test_what_cannot_be_set_keeps_its_page_out_of_the_pdf_and_is_told(site: Path, wrong: str, said: str) -> None:
    (site / "faq" / "index.html").write_text(f"<main><h1>Tanya</h1>{wrong}</main>", "utf-8")
    [told] = guidance.add(FOUND, site)
    assert (Path(told.place).name, told.message) == ("faq.md", said)
    assert f"Halaman {SITE}faq/ tidak termuat di sini." in words(site)
    assert "Malam ini" in words(site)


def test_what_cannot_be_set_is_told_with_its_line(site: Path, tmp_path: Path) -> None:
    found = office.agency(tmp_path, office.small_sources(tmp_path / "sumber"))
    (found.root / "docs" / "faq.md").write_text("# Tanya\n\nSenang 😀\n", "utf-8")
    (site / "faq" / "index.html").write_text("<main><h1>Tanya</h1><p>Senang 😀</p></main>", "utf-8")
    assert [(told.place, told.line) for told in guidance.add(found, site)] == [(str(found.root / "docs" / "faq.md"), 3)]


def test_a_name_that_cannot_be_set_is_told_and_no_pdf_is_offered(site: Path) -> None:
    agency = FOUND.instansi.model_copy(update={"nama": "Biro 😀"})
    [told] = guidance.add(FOUND.model_copy(update={"instansi": agency}), site)
    assert told.place == str(FOUND.path)
    assert "U+1F600" in told.message
    assert not (site / guidance.FOLDER / guidance.PDF).exists()


def test_a_word_as_long_as_none_stays_on_its_page(site: Path) -> None:
    (site / "faq" / "index.html").write_text(f"<main><h1>T</h1><p>{'kunci' * 100}</p></main>", "utf-8")
    assert guidance.add(FOUND, site) == []
    pages = PdfReader(io.BytesIO((site / guidance.FOLDER / guidance.PDF).read_bytes())).pages
    lines = [line.replace("\u200b", "") for page in pages for line in page.extract_text().split("\n")]
    assert 20 < max(len(line) for line in lines if "kuncikunci" in line) < 110


def test_no_words_of_a_table_are_lost_wherever_it_stands(site: Path) -> None:
    table = (
        "<table><tr><td colspan='x'>{0}</td><td rowspan='0'>b</td></tr><tfoot><tr><td>kaki{0}</td></tr></tfoot></table>"
    )
    text = f"<main><h1>T</h1><ol><li>Lihat {table.format('satu')}</li></ol>{table.format(table.format('dua'))}</main>"
    (site / "faq" / "index.html").write_text(text, "utf-8")
    assert guidance.add(FOUND, site) == []
    assert [one for one in ("satu", "kakisatu", "dua", "kakidua") if one not in words(site)] == []


def test_without_typst_no_pdf_is_offered(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "is_installed", lambda: False)
    guidance.add(FOUND, site)
    assert not (site / guidance.FOLDER / guidance.PDF).exists()
    assert "panduan-pdf" not in (site / guidance.FOLDER / "index.html").read_text("utf-8")
    assert "panduan-pdf" not in packed(site)["luring/index.html"]


def test_a_site_without_the_page_that_offers_them_gets_neither(site: Path) -> None:
    (site / "luring" / "index.html").unlink()
    guidance.add(FOUND, site)
    assert [path.name for path in site.rglob("panduan.*")] == []


@pytest.mark.slow
def test_the_unpacked_pages_open_from_a_folder_in_their_own_style(site: Path, browser: Browser) -> None:
    guidance.add(FOUND, site)
    with zipfile.ZipFile(site / guidance.FOLDER / guidance.ZIP) as file:
        file.extractall(site / "diunduh")
    with browser.new_page() as tab:
        said: list[str] = []
        tab.on("console", lambda message: said.append(message.text))
        tab.goto((site / "diunduh" / "panduan" / "index.html").as_uri())
        tab.click("text=Tanya")
        assert tab.url.endswith("/panduan/faq/index.html")
        assert tab.eval_on_selector("main", "main => getComputedStyle(main).color") == "rgb(1, 2, 3)"
        assert said == []
