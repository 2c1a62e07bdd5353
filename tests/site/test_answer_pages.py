"""Retold answers in the built site: pages by topic, in menu and search, with nothing in them but words."""

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from processor.cases.records import Applicant
from processor.foundation.errors import LeakFound
from processor.site import answer_pages, publish
from processor.site.answer_pages import RetoldAnswer
from tests.office import Everybody, agency, small_sources

HOSTILE = (
    '{{ instansi.nama }} {% include "x" %} {# c #} {## c ##} **tebal** `kode` <script>alert(1)</script> <b>b</b> &amp; '
    "[klik](javascript:1) ![](x.png) <https://contoh.invalid> https://contoh.invalid { #palsu .x } [^1] [TOC] #judul"
)
BLOCKS = (
    "```\nkode\n```", "# Judul", "Judul\n=====", "---\ntitle: x\n---", "> kutip", "1. satu", "| a | b |\n|---|---|",
    "[^1]: catatan", "[a]: https://contoh.invalid", "!!! note\n    isi", "<div markdown>*x*</div>",
    "<!-- daftar topik -->", "*[ASN]: x", "istilah\n: arti", "\\*bukan\\* \u202eterbalik\u200b", HOSTILE,
)  # fmt: skip
ANSWERS = (
    RetoldAnswer("pengadaan", f"Zebra?\n{HOSTILE}", "\n\n".join(BLOCKS), "t-00000001"),
    RetoldAnswer(
        "pengadaan", "Apakah harus tertulis?", "Ya.\n\n- Simpan salinannya\n  dengan baik.\n- Laporkan.", "t-ffffffff"
    ),
    RetoldAnswer("pengadaan", "Lewat siapa?", "Pejabat pengadaan.", "t-00000002"),
    RetoldAnswer("netralitas", "Bolehkah memberi tanda suka?", "Jangan.", "t-0000000a"),
    RetoldAnswer("Index <b>", "Apa?", "Telepon 0812-0000 (0001), tulis ke Budi.Khayali@example.org.", "t-0000000b"),
)


class Read(HTMLParser):
    """What stands in the article of a page: its tags with their ids, and its words."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, str]] = []
        self.words = ""
        self._inside = False
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside:
            self.tags.append((tag, dict(attrs).get("id") or ""))
        self._inside |= tag == "article"

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "article"

    def handle_data(self, data: str) -> None:
        self.words += data if self._inside else ""


def sources(folder: Path) -> Path:
    """The sources of a small site with the page of topics and that of neutrality."""
    made = small_sources(folder)
    menu = made / "mkdocs.yml"
    pages = f"  - Menurut topik: {answer_pages.INDEX}  # semua\n  - Netralitas: netralitas.md\n"
    menu.write_text(menu.read_text("utf-8") + pages, "utf-8")
    (made / "docs" / "netralitas.md").write_text(f"# Netralitas\n\n[Tanya jawab]({answer_pages.INDEX})\n", "utf-8")
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published site with answers in three topics; its own sources stay as they were."""
    folder = tmp_path_factory.mktemp("tanya-jawab")
    found = agency(folder, sources(folder / "sumber"))
    before = {path: path.read_bytes() for path in (folder / "sumber").rglob("*") if path.is_file()}
    publish.publish_site(found, Everybody(), found.site, answers=ANSWERS)
    assert {path: path.read_bytes() for path in (folder / "sumber").rglob("*") if path.is_file()} == before
    return found.site


@pytest.mark.slow
def test_what_somebody_wrote_is_words_and_nothing_else(site: Path) -> None:
    page = Read(site / "tanya-jawab" / "pengadaan" / "index.html")
    assert {tag for tag, _ in page.tags} == {"h1", "h2", "p", "ul", "li"}
    assert [name for tag, name in page.tags if tag == "h2"] == ["t-ffffffff", "t-00000002", "t-00000001"], (
        "by their words"
    )
    whole = (site / "tanya-jawab" / "pengadaan" / "index.html").read_text("utf-8")
    assert "Di halaman ini" in whole
    assert not [words for words in ("<script>alert", "<b>", 'javascript:1"', 'palsu"') if words in whole]
    said = " ".join(page.words.split())
    for words in (HOSTILE, *BLOCKS):
        seen = words.replace("\u202e", "").replace("\u200b", "")
        assert " ".join(seen.split()) in said
    assert "Ya. Simpan salinannya dengan baik.Laporkan." in said.replace("Ya.Simpan", "Ya. Simpan")


@pytest.mark.slow
def test_topics_have_stable_addresses_in_the_menu_the_search_and_beside_neutrality(site: Path) -> None:
    index = (site / "tanya-jawab" / "index.html").read_text("utf-8")
    for slug in ("pengadaan", "netralitas", "index-b"):
        assert (site / "tanya-jawab" / slug / "index.html").is_file()
        assert f'href="{slug}/"' in index
    assert "Belum ada tanya jawab" not in index
    assert "tanya-jawab/pengadaan/" in (site / "index.html").read_text("utf-8"), "in the menu of every page"
    assert 'href="../tanya-jawab/netralitas/"' in (site / "netralitas" / "index.html").read_text("utf-8")
    found = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    places = {one["location"]: one for one in found}
    assert "Jangan." in places["tanya-jawab/netralitas/#t-0000000a"]["text"]
    assert "Bolehkah memberi tanda suka?" in places["tanya-jawab/netralitas/#t-0000000a"]["title"]


@pytest.mark.slow
def test_the_gate_looks_through_answers_as_through_everything(site: Path) -> None:
    found = agency(site.parent, site.parent / "sumber")
    person = Applicant(telepon="0812 0000 0001", email="budi.khayali@example.org", nama="Zaenal Fikri")
    with pytest.raises(LeakFound) as stopped:
        publish.inspect(found, Everybody((person,)), site)
    kinds = {leak.partition(": ")[2] for leak in stopped.value.leaks if "tanya-jawab/index-b/" in leak}
    assert kinds == {"telepon", "email"}


@pytest.mark.slow
def test_what_is_withdrawn_is_gone_with_the_next_publication_and_its_topic_with_it(site: Path, tmp_path: Path) -> None:
    found = agency(tmp_path, site.parent / "sumber")
    shutil.copytree(site, found.site)
    publish.publish_site(found, Everybody(), found.site, answers=ANSWERS[:1])
    assert not (found.site / "tanya-jawab" / "netralitas").exists()
    left = "".join(
        path.read_text("utf-8") for path in found.site.rglob("*.*") if path.suffix in {".html", ".json", ".xml"}
    )
    assert "tanya-jawab/pengadaan" in left
    assert not [word for word in ("t-0000000a", "tanda suka", "tanya-jawab/netralitas") if word in left]


def test_a_menu_without_the_page_of_topics_is_known(tmp_path: Path) -> None:
    assert not answer_pages.in_menu(small_sources(tmp_path / "tanpa"))
    assert answer_pages.in_menu(sources(tmp_path / "dengan"))
    assert answer_pages.in_menu(tmp_path / "kosong"), "the shipped menu has it"
