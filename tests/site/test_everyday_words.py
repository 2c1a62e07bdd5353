"""Everyday words lead to pages that are there, and an office's mistakes in its list are told with their line."""

from pathlib import Path

import pytest

from processor.foundation.errors import BrokenFiles
from processor.site import everyday_words
from tests.office import ROOT, small_sources, sources


def wrong(folder: Path, words: str) -> list[str]:
    """What is told of an office's own list with these ``words``, without the path."""
    root = sources(folder)
    (root / "docs" / everyday_words.FILE_NAME).write_text(words, "utf-8")
    return [str(one).rpartition(everyday_words.FILE_NAME)[2] for one in everyday_words.problems(root)]


def test_the_shipped_words_lead_to_shipped_pages() -> None:
    assert everyday_words.problems(ROOT) == ()
    assert len(everyday_words.load(ROOT).kata_sehari_hari) > 40


def test_words_stand_under_the_heading_to_which_they_lead(tmp_path: Path) -> None:
    root = sources(tmp_path)
    own = """
kata_sehari_hari:
  - {kata: [pantau, cek <b>], ke: lacak.md}
  - {kata: [upah], ke: faq.md#apakah-gratis}
  - {kata: [cerai], ke: faq.md#tidak-dilayani, bukan_kami: Tanyakan kepada advokat.}
bobot: {sop.md: 0.5}
"""
    (root / "docs" / everyday_words.FILE_NAME).write_text(own, "utf-8")
    assert everyday_words.listed(root) == (
        "[Lacak permohonan](lacak.md)\n:   pantau, cek &lt;b&gt;\n\n"
        "[Apakah gratis?](faq.md#apakah-gratis)\n:   upah\n\n"
        "[Apa yang tidak dilayani, dan ke mana saya harus pergi?](faq.md#tidak-dilayani)\n"
        ":   cerai\n:   Tanyakan kepada advokat."
    )
    assert everyday_words.weighed(root) == "[0.5](sop.md)"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("kata_sehari_hari:\n  - kata: [pantau]\n    ke: lacat.md\n", ", baris 3: Halaman “lacat.md” tidak ada"),
        (
            "kata_sehari_hari:\n  - kata: [upah]\n    ke: ../payung.yaml\n",
            ", baris 3: Halaman “../payung.yaml” tidak ada",
        ),
        ("kata_sehari_hari:\n  - kata: [upah]\n    ke: faq.md#apakah-grati\n", "Maksudnya “apakah-gratis”?"),
        (
            "kata_sehari_hari:\n  - kata: [a1]\n    ke: faq.md\n  - kata: [b, A1]\n    ke: sop.md\n",
            ", baris 4: Kata “A1”",
        ),
        ("kata_sehari_hari:\n  - kata: [b, b]\n    ke: sop.md\n", "Kata “b” tertulis dua kali"),
        ('kata_sehari_hari:\n  - kata: ["pantau, cek"]\n    ke: lacak.md\n', "“pantau, cek” bukan kata"),
        ("kata_sehari_hari:\n  - kata: []\n    ke: lacak.md\n", "“” bukan kata"),
        ('kata_sehari_hari:\n  - kata: ["?"]\n    ke: lacak.md\n', "“?” bukan kata"),
        ("kata_sehari_hari:\n  - kata: pantau\n    ke: lacak.md\n", ", baris 2: "),
        ("kata_sehari_hari:\n  - kata: [pantau]\n", "“kata_sehari_hari butir 1.ke” belum diisi"),
        ("bobot: {sop.md: 30}\n", "paling banyak 3"),
        ("bobot: {sopp.md: 1}\n", "Halaman “sopp.md” tidak ada"),
        ("sinonim: []\n", "“sinonim” tidak dikenal"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_mend(words: str, told: str, tmp_path: Path) -> None:
    found = wrong(tmp_path, words)
    assert len(found) == 1
    assert told in found[0]


def test_a_list_with_mistakes_stops_the_page(tmp_path: Path) -> None:
    root = sources(tmp_path)
    (root / "docs" / everyday_words.FILE_NAME).write_text("bobot: {sop.md: 30}\n", "utf-8")
    with pytest.raises(BrokenFiles):
        everyday_words.listed(root)


def test_a_heading_that_an_office_renames_is_told_and_stops_no_page(tmp_path: Path) -> None:
    root = sources(tmp_path)
    own = "kata_sehari_hari:\n  - {kata: [upah], ke: faq.md#apakah-gratis}\n  - {kata: [pantau], ke: lacak.md}\n"
    (root / "docs" / everyday_words.FILE_NAME).write_text(f"{own}bobot: {{sopp.md: 1}}\n", "utf-8")
    faq = root / "docs" / "faq.md"
    faq.write_text(faq.read_text("utf-8").replace("Apakah gratis?", "Apakah berbayar?"), "utf-8")
    assert everyday_words.listed(root) == "[Lacak permohonan](lacak.md)\n:   pantau"
    assert everyday_words.weighed(root) == ""
    assert [one.line for one in everyday_words.problems(root)] == [2, 4]


def test_shipped_words_that_lead_to_pages_which_an_office_has_not_are_left_out(tmp_path: Path) -> None:
    root = small_sources(tmp_path / "sumber")
    assert everyday_words.problems(root) == ()
    assert {one.ke for one in everyday_words.load(root).kata_sehari_hari} == {"faq.md"}
    with (root / "docs" / "faq.md").open("a", encoding="utf-8") as page:
        page.write("\n## Apakah gratis?\n\nYa.\n")
    assert {one.ke for one in everyday_words.load(root).kata_sehari_hari} == {"faq.md", "faq.md#apakah-gratis"}
