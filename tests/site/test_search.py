"""The published site's search, in a real browser: the page that helps comes first, whatever somebody afraid types."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from processor.foundation.word_stems import stem
from tests import applicant_site
from tests.applicant_site import NOTHING, Served, faults, traces
from tests.office import ROOT

pytestmark = pytest.mark.slow

TYPED: Final = ROOT / "tests" / "data" / "search"
FIELD: Final = "Kata yang dicari"
ENGINE: Final = """async (queries) => {
  const { mesin } = await import("../assets/cari.js");
  const find = await mesin(document.querySelector("form.cari"));
  return queries.map((query) => {
    const { temuan, maksud } = find(query);
    return { found: temuan.slice(0, 3).map(({ location }) => location), meant: maksud };
  });
}"""
STEMS: Final = """async (words) => {
  const { pokok } = await import("../assets/pokok.js");
  return words.map(pokok);
}"""
SHIFTS: Final = """() => {
  window.shift = 0;
  const add = (one) => (window.shift += one.hadRecentInput ? 0 : one.value);
  new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: "layout-shift", buffered: true });
}"""
BEFORE: Final = (
    "di",
    "ke",
    "me",
    "mem",
    "men",
    "meng",
    "meny",
    "pe",
    "pem",
    "pen",
    "peng",
    "peny",
    "ter",
    "ber",
    "pel",
)
BEHIND: Final = ("", "kan", "an", "i", "nya", "ku", "mu", "kah", "lah", "pun", "kannya", "inya", "si")


@dataclass(frozen=True)
class Hits:
    """What the first three results of a query are, and what the search took a word for."""

    found: tuple[str, ...]
    meant: tuple[str, ...]

    def leads_to(self, places: str | Sequence[str], *, among: int = 1) -> bool:
        """Whether a page, or where ``places`` name one this very part of it, is among the first results."""
        wanted = {places} if isinstance(places, str) else {*places}
        return any({one, one.partition("#")[0]} & wanted for one in self.found[:among])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with applicant_site.serving(applicant_site.published(tmp_path_factory.mktemp("situs"), tmp_path_factory)) as served:
        yield served


@pytest.fixture(scope="module")
def engine(browser: Browser, site: Served) -> Iterator[Page]:
    """The page of the search, for asking its engine many things at once."""
    with browser.new_page() as page:
        page.goto(f"{site.address}cari/")
        yield page


@pytest.fixture
def tab(context: BrowserContext, site: Served) -> Page:
    page = context.new_page()
    page.goto(f"{site.address}cari/")
    return page


def ask(engine: Page, queries: Sequence[str]) -> dict[str, Hits]:
    answers: list[dict[str, Any]] = engine.evaluate(ENGINE, list(queries))
    return {query: Hits(tuple(one["found"]), tuple(one["meant"])) for query, one in zip(queries, answers, strict=True)}


@pytest.mark.parametrize(
    ("name", "count", "first", "in_three"),
    [
        ("queries", 120, 0.90, 0.98),
        ("wordings", 180, 0.90, 0.98),
        ("held_out", 60, 0.88, 0.95),
        ("fresh", 100, 0.90, 0.95),
    ],
)
def test_what_frightened_people_type_finds_the_page_that_helps(
    name: str, count: int, first: float, in_three: float, engine: Page
) -> None:
    wanted: dict[str, str | list[str]] = yaml.safe_load((TYPED / f"{name}.yaml").read_text("utf-8"))
    hits = ask(engine, list(wanted))
    later = {query: hits[query].found for query, places in wanted.items() if not hits[query].leads_to(places)}
    lost = {query: hits[query].found for query, places in wanted.items() if not hits[query].leads_to(places, among=3)}
    assert len(wanted) >= count
    assert len(later) <= (1 - first) * len(wanted), later
    assert len(lost) <= (1 - in_three) * len(wanted), lost


def test_none_of_three_hundred_words_finds_nothing(engine: Page) -> None:
    words = (TYPED / "words.txt").read_text("utf-8").split()
    assert len(words) >= 300
    assert not [word for word, hits in ask(engine, words).items() if not hits.found]


AS_PEOPLE_WRITE: Final = {
    "whats app": "whatsapp",
    "nomorhp": "nomor hp",
    "di panggil polisi": "dipanggil polisi",
    "mutasiii": "mutasi",
    "bapnya": "bap",
    "ngelaporin atasan": "melaporkan atasan",
    "nyoblos": "coblos",
    "mecat": "pecat",
    "nuduh": "tuduh",
    "biayo": "biaya",
    "dipenjoro": "dipenjara",
    "trsangka": "tersangka",
    "kamrn dprksa polis": "polisi",
    "piye nek digugat": "digugat",
    "saya takut kalau nanti digugat gimana ya": "digugat",
    "apa permohonan saya sudah sampai mana": "sampai mana",
    "gimana prosesnya": "prosesnya",
    "takut": "khawatir",
}
"""Joined, cut in two, drawn out, with affixes of talk, of Minang and Javanese, without vowels, among empty words."""


def test_words_as_people_write_them_lead_where_the_usual_ones_lead(engine: Page) -> None:
    hits = ask(engine, [*AS_PEOPLE_WRITE, *AS_PEOPLE_WRITE.values()])
    assert {typed: hits[typed].found[:1] for typed in AS_PEOPLE_WRITE} == {
        typed: hits[usual].found[:1] for typed, usual in AS_PEOPLE_WRITE.items()
    }
    assert all(hits[typed].found for typed in AS_PEOPLE_WRITE)
    assert hits["gimana prosesnya"].meant == ()


def mistyped(word: str) -> Iterator[str]:
    """A word with one letter left out, doubled, taken for its neighbour's, or swapped, somewhere behind the first."""
    at = len(word) // 2
    yield word[:at] + word[at + 1 :]
    yield word[:at] + word[at] + word[at:]
    yield word[:at] + "x" + word[at + 1 :]
    yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def test_a_word_with_one_letter_mistyped_leads_where_the_right_one_leads(engine: Page) -> None:
    words = ("pengaduan", "tersangka", "korupsi", "netralitas", "pengadilan", "bendahara", "formulir", "kerahasiaan")
    right = ask(engine, words)
    wrong = {typed: word for word in words for typed in mistyped(word)}
    hits = ask(engine, list(wrong))
    assert not {typed: one for typed, one in hits.items() if one.found[:1] != right[wrong[typed]].found[:1]}
    assert {word for typed, word in wrong.items() if hits[typed].meant == (word,)} == {*words}
    assert not {word: one.meant for word, one in right.items() if one.meant}


def test_the_browser_cuts_words_to_the_same_stems_as_the_desk(engine: Page) -> None:
    pages = (path.read_text("utf-8").lower() for path in sorted((ROOT / "docs").rglob("*.md")))
    written = sorted({word for page in pages for word in re.findall("[a-z]+", page)})
    forms = [f"{one}{word}{end}" for word in Random(1).sample(written, 20) for one, end in product(BEFORE, BEHIND)]
    words = [*written, *forms, "kan" * 400]
    assert len(words) > 5_000
    assert {
        word: one for word, one in zip(words, engine.evaluate(STEMS, words), strict=True) if one != stem(word)
    } == {}


def test_results_come_as_one_types_and_nothing_shifts(tab: Page) -> None:
    tab.evaluate(SHIFTS)
    held: list[Route] = []
    tab.route("**/search_index.json", lambda route: held.append(route))  # noqa: PLW0108 -- Playwright asks a function for its name
    expect(tab.get_by_label(FIELD)).to_be_focused()
    tab.keyboard.type("dipanggil pol", delay=20)
    expect(tab.get_by_role("status")).to_have_text("Mencari …")
    tab.wait_for_timeout(700)  # half a second after a key the browser forgives shifts; a slow line takes longer
    held[0].continue_()
    expect(tab.locator("#hasil a").first).to_have_text("Dipanggil polisi, jaksa, inspektorat, atau BPK")
    expect(tab.get_by_role("status")).to_contain_text(re.compile(r"^\d+ bagian ditemukan"))
    assert tab.locator("#hasil mark").all_inner_texts()
    assert tab.evaluate("window.shift") == 0
    tab.keyboard.press("Enter")
    expect(tab.locator("#hasil a").first).to_be_focused()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/persoalan/dipanggil/")


def test_what_is_not_ours_is_answered_at_once(tab: Page) -> None:
    tab.get_by_label(FIELD).fill("gugat cerai")
    answer = tab.locator("#hasil li").first
    expect(answer).to_contain_text("bukan urusan layanan ini")
    expect(answer.get_by_role("link")).to_have_attribute("href", re.compile("faq/#tidak-dilayani$"))
    assert faults(tab) == []


def test_a_likely_mistake_is_told_and_what_is_nowhere_leads_to_people(tab: Page, site: Served) -> None:
    tab.get_by_label(FIELD).fill("penagduan")
    expect(tab.get_by_role("status")).to_contain_text("Maksud Anda “pengaduan”?")
    expect(tab.locator("#hasil a").first).to_have_text("Pengaduan tentang layanan")
    tab.get_by_label(FIELD).fill("zzzxqv")
    expect(tab.get_by_role("status")).to_contain_text("Tidak ditemukan")
    nowhere = tab.locator(".tidak-ada")
    expect(nowhere.locator("a[href^='tel:']")).to_have_text(site.settings.instansi.telepon)
    expect(nowhere.locator("a[href='../ajukan/']")).to_be_visible()
    assert faults(tab) == []
    tab.get_by_label(FIELD).fill("")
    expect(nowhere).to_be_hidden()
    expect(tab.get_by_role("heading", name="Semua halaman")).to_be_visible()


def test_what_is_typed_stays_on_the_device(tab: Page) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.get_by_label(FIELD).fill("tersangka")
    tab.wait_for_selector("#hasil a")
    assert sorted(Path(url).name for url in asked) == ["search_index.json", "temu.js"]
    assert "tersangka" not in tab.url
    assert traces(tab) == NOTHING


def test_without_scripts_the_everyday_words_stand_on_the_page(browser: Browser, site: Served) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}cari/")
        page.get_by_text("Daftar kata sehari-hari").click()
        line = page.locator("dd", has_text="tipikor")
        expect(line).to_be_visible()
        expect(page.get_by_label(FIELD)).to_be_hidden()
        page.get_by_role("link", name="Dipanggil polisi, jaksa").first.click()
        page.wait_for_url("**/persoalan/dipanggil/")


def test_a_search_whose_list_cannot_be_fetched_says_so_and_goes_on_when_it_can(tab: Page) -> None:
    for one in ("search_index.json", "temu.js"):
        tab.route(f"**/{one}", lambda route: route.abort())
    tab.get_by_label(FIELD).fill("mutasi")
    expect(tab.get_by_role("status")).to_contain_text("Periksa sambungan Anda")
    tab.unroute_all()
    tab.get_by_label(FIELD).fill("mutas")
    expect(tab.locator("#hasil a").first).to_have_text("Disiplin dan kepegawaian")
