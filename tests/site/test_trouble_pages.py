"""The pages on an officer's own trouble: each says the same things in order, and no law that nobody has read."""

import re
from pathlib import Path
from typing import Any, Final

import pytest

from processor.foundation import law_catalogue, settings
from processor.foundation.errors import PayungError
from processor.site import pages, trouble_pages
from tests.office import ROOT, agency, sources

FOUND: Final = settings.load(ROOT / "payung.yaml")
FOLDER: Final = ROOT / "docs" / "persoalan"
TROUBLES: Final = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))}
PARTS: Final = [
    "Malam ini", "Yang jangan dilakukan", "Yang dibawa", "Yang diberikan aturan", "Kapan bertanya kepada kami",
    "Ke mana lagi", "Naskah aturannya",
]  # fmt: skip
CITED: Final = re.compile(r'\{\{ pasal\("([\w-]+)", ((?:"[^"]+"(?:, )?)+)\) \}\}')
LAW: Final = re.compile(
    r"\b(?:berhak|wajib|dipidana|\d+ (?:hari|jam|tahun)|\d+ x \d+ jam|kedaluwarsa|menurut (?:UU|PP|undang)"
    r"|(?:UU|PP|Perma|Perpres|Permen\w*) \d|Pasal \d)",
    re.IGNORECASE,
)
"""Words by which a sentence says what law gives or asks."""


def part(text: str, name: str) -> str:
    return text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def statements(text: str) -> list[str]:
    """The items of lists and the sentences of paragraphs in a page's source."""
    prose = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    blocks = [" ".join(one.split()) for one in re.split(r"\n\s*\n|\n(?=- |\d+\. |#|\{%)", prose)]
    items = [one for one in blocks if re.match(r"- |\d+\. ", one)]
    others = [one for one in blocks if one and one not in items and not one.startswith(("#", "{%", "{{"))]
    return items + [one for block in others for one in re.split(r"(?<=[.?!]) (?=\S)", block)]


def uncited(text: str) -> list[str]:
    """Statements of law that do not end with an article of the catalogue."""
    given = [one for one in statements(part(text, "Yang diberikan aturan")) if one.startswith("- ")]
    said = [one for one in statements(text) if LAW.search(CITED.sub("", one))]
    return sorted({one for one in given + said if not re.search(rf"{CITED.pattern}\.$", one)})


@pytest.mark.parametrize("page", TROUBLES)
def test_each_page_says_the_same_seven_things_in_order(page: str) -> None:
    assert re.findall(r"^## (.+)$", TROUBLES[page], re.MULTILINE) == PARTS
    assert all(part(TROUBLES[page], one).strip() for one in PARTS)


@pytest.mark.parametrize("page", TROUBLES)
def test_no_sentence_of_law_stands_without_its_article(page: str) -> None:
    assert uncited(TROUBLES[page]) == []


def test_the_judge_of_sentences_finds_what_is_planted() -> None:
    planted = TROUBLES["disiplin"].replace(
        "\n## Yang dibawa", "\n- Keberatan diajukan dalam 14 hari kerja.\n\n## Yang dibawa"
    )
    assert uncited(planted) == ["- Keberatan diajukan dalam 14 hari kerja."]
    planted = TROUBLES["data"].replace("\n### Data pribadi\n", "\n- Permintaan boleh lisan.\n\n### Data pribadi\n")
    assert uncited(planted) == ["- Permintaan boleh lisan."]


@pytest.mark.parametrize("page", TROUBLES)
def test_a_page_lists_the_titles_of_what_it_cites(page: str) -> None:
    shown = pages.fill(TROUBLES[page], pages.context(FOUND))
    for key in {key for key, _ in CITED.findall(TROUBLES[page])}:
        assert trouble_pages.whole_titles(FOUND, key) in shown, key


def test_there_is_a_page_for_every_trouble_of_the_menu_the_home_page_the_form_and_the_questions() -> None:
    assert sorted(TROUBLES) == ["data", "digugat", "dipanggil", "disiplin", "keuangan", "pengadaan"]
    for place in ("mkdocs.yml", "docs/.cetak.yaml", "docs/ajukan.md", "docs/faq.md"):
        text = (ROOT / place).read_text("utf-8")
        text = (
            pages.fill(text, pages.context(FOUND)) if place == "docs/index.md" else text
        )  # its list is printed as well
        assert [page for page in TROUBLES if f"persoalan/{page}.md" not in text] == [], place


def test_an_article_is_cited_only_once_somebody_has_read_it() -> None:
    assert trouble_pages.cited_articles(FOUND, "uu-20-2025", "22 ayat (1)", "153") == (
        "(UU 20/2025 Pasal 22 ayat (1) dan 153)"
    )
    wrong = {
        ("uu-20-2025", "1"): "uu-20-2025: Pasal 1 belum dibaca siapa pun",
        ("uu-8-1981", "227"): "uu-8-1981, yang sudah dicabut",
        ("uu-99-2099", "1"): "uu-99-2099, yang tidak ada",
    }
    for (key, article), said in wrong.items():
        with pytest.raises(PayungError, match=re.escape(said)):
            trouble_pages.cited_articles(FOUND, key, article)


def test_an_older_catalogue_of_the_office_lacks_no_article_and_its_repeals_count(tmp_path: Path) -> None:
    root = sources(tmp_path / "sumber")
    own = root / "opinions" / law_catalogue.FILE_NAME
    title = "Undang-Undang Nomor 20 Tahun 2025 tentang Kitab Undang-Undang Hukum Acara Pidana"
    own.write_text(f"peraturan:\n  uu-20-2025: {{judul: {title}, tahun: 2025, status: berlaku}}\n", "utf-8")
    found = agency(tmp_path, root)
    assert trouble_pages.cited_articles(found, "uu-20-2025", "153") == "(UU 20/2025 Pasal 153)"
    assert trouble_pages.cited_articles(found, "uu-1-2004", "59") == "(UU 1/2004 Pasal 59)"
    own.write_text(own.read_text("utf-8").replace("berlaku}", "dicabut, dicabut_oleh: UU lain}"), "utf-8")
    with pytest.raises(PayungError, match="sudah dicabut"):
        trouble_pages.cited_articles(found, "uu-20-2025", "153")


PLACES: Final[list[dict[str, Any]]] = [
    {"nama": "Lembaga Rekaan", "keterangan": "organisasi bantuan hukum", "telepon": "(0000) 12-34", "jam": "24 jam"},
    {"nama": "Kantor Rekaan", "alamat": "Jalan Rekaan 1", "untuk": ["data"]},
]


def test_where_else_to_turn_to_is_a_setting_and_its_absence_is_told(tmp_path: Path) -> None:
    listed = agency(tmp_path, tempat_lain=PLACES)
    everywhere = "- Lembaga Rekaan: organisasi bantuan hukum. [(0000) 12-34](tel:00001234). 24 jam."
    assert trouble_pages.places_for(listed, "dipanggil") == everywhere
    assert trouble_pages.places_for(listed, "data") == f"{everywhere}\n- Kantor Rekaan. Jalan Rekaan 1."
    assert "belum tercantum" in trouble_pages.places_for(FOUND, "data")


def test_a_page_that_a_lawyer_of_the_office_reviewed_is_no_longer_named(tmp_path: Path) -> None:
    root = sources(tmp_path)
    assert len(list(trouble_pages.unreviewed(root))) == len(TROUBLES)
    page = root / "docs" / "persoalan" / "data.md"
    page.write_text(
        page.read_text("utf-8").replace('ditinjau_oleh: ""', "ditinjau_oleh: Rekaan, analis hukum"), "utf-8"
    )
    (root / "docs" / "persoalan" / "keuangan.md").unlink()  # then the shipped one is published
    named = list(trouble_pages.unreviewed(root))
    assert "docs/persoalan/data.md" not in named
    assert "docs/persoalan/keuangan.md" in named
    assert len(named) == len(TROUBLES) - 1
