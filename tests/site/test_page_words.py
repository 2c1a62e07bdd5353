"""Words that not everybody knows are explained where a page first uses them."""

import re
from typing import Final

import pytest

from processor.foundation import settings
from processor.site import pages
from tests.office import ROOT

FOUND: Final = settings.load(ROOT / "payung.yaml")
PUBLIC: Final = {
    str(path.relative_to(ROOT / "docs").with_suffix("")): path.read_text("utf-8")
    for path in sorted((ROOT / "docs").rglob("*.md"))
    if path.relative_to(ROOT / "docs").parts[0] not in {"petugas", "pengembang", ".tema"}
}
EXPLAINED: Final = {
    r"\w*segel\w*": r"\((?:di|ter)kunci|\(dienkripsi",
    r"\bperamban": r"\(aplikasi pembuka situs",
    r"\w*pindai\w*": r"\((?:di)?foto",
}
"""A word, and what explains it right behind it."""
FORMER: Final = ("siapa terlindung dari siapa", " hari kerja lebih ")


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    context = pages.context(FOUND, ("age1rekaan",))
    return {name: " ".join(pages.fill(text, context).split()) for name, text in PUBLIC.items()}


@pytest.mark.parametrize("word", EXPLAINED)
def test_a_word_is_explained_where_a_page_first_uses_it(word: str, shown: dict[str, str]) -> None:
    first = {name: re.search(word, text, re.IGNORECASE) for name, text in shown.items()}
    met = {name: shown[name][found.start() : found.end() + 40] for name, found in first.items() if found}
    assert len(met) >= 3
    assert {name: said for name, said in met.items() if not re.search(EXPLAINED[word], said)} == {}


def test_times_are_told_as_one_says_them_and_no_name_needs_a_second_look(shown: dict[str, str]) -> None:
    assert "dua hari kerja dan 45 menit" in shown["sop"]
    assert "hari Rabu pukul 08.45 WIB" in shown["sop"]
    assert [(name, words) for name, text in shown.items() for words in FORMER if words in text.lower()] == []
