"""The built site, by both builders, in a real browser: fits a phone, open to everyone, talking to nobody else."""

import functools
import http.server
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import pytest
from playwright.sync_api import Browser, Page, Route
from pypdf import PdfReader

from processor.evaluation import frozen_publication
from processor.foundation import settings
from processor.foundation.working_time import Calendar
from processor.operations import working_table
from processor.site import guidance, jdih_feed, news_feed, pages, published_figures, sealed_files, site_prints
from tests import accessibility, by_hand
from tests.effort import LONG
from tests.evaluation import published_samples
from tests.site import test_official_texts

pytestmark = pytest.mark.slow

ROOT: Final = Path(__file__).parents[2]
BUILDERS: Final = {"mkdocs": ["--strict"], "zensical": ["--strict", "--clean"]}
Scheme = Literal["light", "dark"]
SIGHTS: Final[tuple[tuple[str, Scheme, int], ...]] = (("mkdocs", "light", 360), ("zensical", "dark", 1280))
OTHER_SIGHTS: Final[tuple[tuple[Scheme, int], ...]] = (("light", 1280), ("light", 320), ("dark", 320), ("dark", 360))
"""In which a page of each template is seen as well."""
TEMPLATES: Final = (
    "404.html", "ajukan/index.html", "cari/index.html", "faq/index.html", "index.html",
    "persoalan/dipanggil/index.html", "sop/index.html",
)  # fmt: skip
"""A page of each template."""
A4: Final = (210, 297)
INTERNAL: Final = ("petugas/", "pengembang/")
WORDS_AND_PLACES: Final = """() => [...document.querySelectorAll("body *")].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return [one.innerText, x, y, width, height].join();
})"""
HARD_TO_READ: Final = """() => {
  const style = (one, part = "") => getComputedStyle(one, part);
  const shows = (one) => (part) => style(one, part).backgroundImage.includes("url(");
  const pictured = (one) => ["", "::before", "::after"].some(shows(one));
  const light = (colour) => {
    const parts = colour.match(/[0-9.]+/g).slice(0, 3).map((one) => one / 255);
    const [r, g, b] = parts.map((one) => (one > 0.04 ? ((one + 0.055) / 1.055) ** 2.4 : one / 12.92));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const ground = (one) => (one ? style(one).backgroundColor : "rgb(255, 255, 255)");
  const under = (one) => (ground(one).endsWith(", 0)") ? under(one.parentElement) : ground(one));
  const ratio = (one) => [style(one).color, under(one)].map(light).sort((a, b) => b - a).reduce((a, b) => a / b);
  const speaks = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const near = [...document.querySelectorAll("body *")].filter(pictured);
  const within = near.flatMap((one) => [one, ...one.querySelectorAll("*")]);
  const words = within.filter((one) => speaks(one) && one.checkVisibility());
  return [words.length, words.filter((one) => ratio(one) < 4.5).map((one) => one.outerHTML.slice(0, 120))];
}"""
"""Words on a picture, and those of them that its ground alone does not carry; axe judges no words on pictures."""


@dataclass(frozen=True)
class Built:
    """A site on disk and the loopback address that serves it."""

    folder: Path
    address: str

    @property
    def pages(self) -> list[str]:
        """Every page, as the path after the address."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.html"))


@dataclass(frozen=True)
class Visit:
    """What one page did in one colour scheme, in a window ``window`` pixels wide."""

    page: str
    window: int
    requests: tuple[str, ...]
    errors: tuple[str, ...]
    width: int
    large: int
    """How wide it is with letters twice as large."""
    violations: tuple[str, ...]
    small: tuple[str, ...]
    """Words in letters of less than 16 pixels."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name in the standard library)
        """Say nothing."""


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Built]]:
    root = tmp_path_factory.mktemp("situs")
    for name in ("docs", "forms", "opinions"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("mkdocs.yml", "payung.yaml"):
        shutil.copy(ROOT / name, root / name)
    for name in ("deploy", "processor"):
        (root / name).symlink_to(ROOT / name)
    published = [frozen_publication.to_data(one) for one in published_samples.samples()]
    voices = [{"kutipan": "Jawabannya jelas.", "sebagai": "Seorang guru"}]
    (root / "kinerja.json").write_text(json.dumps({"terbitan": published, "testimoni": voices}), "utf-8")
    found = settings.load(root / "payung.yaml")
    test_official_texts.put(found)
    now = datetime.now(found.layanan.zone)
    told = {
        sealed_files.PUBLICATION: sealed_files.publication(now, 1),
        sealed_files.WORKING_HOURS: working_table.file(found, Calendar(), now),
    }
    offered = site_prints.make(found, root / "site", ())
    environment = pages.builder_environment(found, (), root / "kinerja.json", offered.hand_over(root))
    environment["NO_MKDOCS_2_WARNING"] = "1"
    servers = []
    built = {}
    for builder, flags in BUILDERS.items():
        command = [sys.executable, "-m", builder, "build", *flags]
        done = subprocess.run(
            command, cwd=root, env=os.environ | environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        folder = (root / "site").rename(root / builder)
        published_figures.add_open_data(found, folder, published)
        offered.add(folder)
        assert guidance.add(found, folder) == []
        jdih_feed.add(found, folder)
        news_feed.add(found, folder)
        sealed_files.write(folder, told, now)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        built[builder] = Built(folder, f"http://127.0.0.1:{server.server_port}/")
    yield built
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session", params=BUILDERS)
def site(request: pytest.FixtureRequest, sites: dict[str, Built]) -> Built:
    return sites[request.param]


@pytest.fixture(scope="session")
def visits(sites: dict[str, Built], browser: Browser) -> list[Visit]:
    """On a phone in light colours every page once; on a wide screen in dark ones a page of each template, which is then
    judged in all other sights and by hand (every page in make test-long)."""
    (first, bright, phone), (second, dim, wide) = SIGHTS
    narrow = list(_walk(sites[first], sites[first].pages, browser, bright, phone))
    judged = sites[second].pages if LONG else TEMPLATES
    return [*narrow, *_walk(sites[second], judged, browser, dim, wide, OTHER_SIGHTS)]


SMALL: Final = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (words.nextNode()) {
    const text = words.currentNode.data.trim(), holder = words.currentNode.parentElement;
    const shown = text && holder.checkVisibility({ visibilityProperty: true }) && !holder.closest("sup, svg");
    if (shown && parseFloat(getComputedStyle(holder).fontSize) < 16) found.push(text.slice(0, 40));
  }
  return found;
}"""

LARGE: Final = "document.documentElement.style.fontSize = '200%', document.documentElement.scrollWidth"


def _walk(
    site: Built,
    pages: Sequence[str],
    browser: Browser,
    scheme: Scheme,
    window: int,
    others: Sequence[tuple[Scheme, int]] = (),
) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": window, "height": 740}, color_scheme=scheme)
    tab = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda request: requests.append(request.url.removeprefix(site.address)))
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: errors.append(str(error)))
    for page in pages:
        tab.goto(site.address + page)
        width = tab.evaluate("document.documentElement.scrollWidth")
        where = tuple(f"{scheme}: {fault}" for fault in _judged(tab, page, others))
        public = window < 640 and not page.startswith(INTERNAL)
        small = tuple(tab.evaluate(SMALL)) if public else ()
        large = tab.evaluate(LARGE) if public else width
        yield Visit(page, window, tuple(requests), tuple(errors), width, large, where, small)
        requests.clear()
        errors.clear()
    context.close()


def _judged(tab: Page, page: str, others: Sequence[tuple[Scheme, int]]) -> Iterator[str]:
    """What is wrong with a page by all rules, without ``others`` (of staff's pages, colours are judged by template); or
    by hand, and by what its colours and its width change in each sight."""
    yield from by_hand.crossed_words(tab)
    if not others:
        only_words = page.startswith(INTERNAL) and not LONG
        yield from accessibility.violations(tab, accessibility.WCAG, *[accessibility.COLOURS] * only_words)
        return
    yield from accessibility.violations(tab, accessibility.SEEN)
    yield from by_hand.focus_faults(tab)
    for scheme, width in others:
        tab.emulate_media(color_scheme=scheme)
        tab.set_viewport_size({"width": width, "height": 740})
        yield from (f"{scheme}, {width} px: {fault}" for fault in accessibility.violations(tab, accessibility.SEEN))
        yield from by_hand.crossed_words(tab)
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            yield f"wider than {width} px"
    yield from by_hand.faults(tab)
    tab.emulate_media(color_scheme=SIGHTS[1][1])
    tab.set_viewport_size({"width": SIGHTS[1][2], "height": 740})


def test_both_builders_publish_the_same_pages(sites: dict[str, Built]) -> None:
    assert sites["mkdocs"].pages == sites["zensical"].pages


def test_what_stands_two_spaces_in_belongs_to_its_item(site: Built) -> None:
    handbook = (site.folder / "petugas" / "index.html").read_text("utf-8")
    assert re.search(r"<p><code>--jenis alamat</code> membatasinya(?:(?!<li>).)*</p>\s*</li>", handbook, re.DOTALL)


def test_nothing_stays_unfilled(site: Built) -> None:
    for page in site.pages:
        html = re.sub(r"<(code|pre)\b.*?</\1>", "", (site.folder / page).read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"\{\{|\{%|\}\}|%\}|\bNone\b", html), page


def test_every_local_link_leads_somewhere(site: Built) -> None:
    for page in site.pages:
        html = (site.folder / page).read_text(encoding="utf-8")
        for link in re.findall(r'\b(?:href|src)="([^"]*)"', html):
            target = urlsplit(urljoin(f"http://situs/{page}", link.replace("&amp;", "&")))
            if (target.scheme, target.netloc) != ("http", "situs"):
                continue
            path = site.folder / unquote(target.path).lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            assert path.is_file(), f"{page}: {link}"
            assert not target.fragment or f'id="{unquote(target.fragment)}"' in path.read_text(encoding="utf-8"), link


def test_search_is_one_step_away_on_every_page(site: Built) -> None:
    for page in site.pages:
        html = (site.folder / page).read_text(encoding="utf-8")
        assert '<a class="cari-kepala" href="' in html, page


STAFF_ONLY: Final = re.compile(r'href="[^"]*(?:petugas|pengembang)/')


def test_an_applicant_meets_one_quiet_link_for_staff_and_none_for_developers(site: Built) -> None:
    for page in site.pages:
        if page.startswith(INTERNAL):
            continue
        html = (site.folder / page).read_text(encoding="utf-8")
        before, _, after = html.partition('class="lebar kaki-petugas"')
        assert not STAFF_ONLY.search(before), page
        assert re.findall(r">([^<]+)</a>", after) == ["Untuk petugas"], page
        assert "pengembang" not in after, page
    assert 'href="../pengembang/"' in (site.folder / "petugas/index.html").read_text(encoding="utf-8")


def test_no_page_asks_a_third_party_for_anything(visits: list[Visit]) -> None:
    assert all(visit.requests for visit in visits)
    assert not {url for visit in visits for url in visit.requests if urlsplit(url).netloc}


def test_no_page_reports_an_error(visits: list[Visit]) -> None:
    assert not {(visit.page, error) for visit in visits for error in visit.errors}


def test_a_phone_never_scrolls_sideways(visits: list[Visit]) -> None:
    assert not {(visit.page, visit.width) for visit in visits if visit.width > visit.window}


def test_a_phone_with_letters_twice_as_large_never_scrolls_sideways(visits: list[Visit]) -> None:
    phone = [visit for visit in visits if visit.window == SIGHTS[0][2]]
    public = [visit for visit in phone if not visit.page.startswith(INTERNAL)]
    assert not {(visit.page, visit.large) for visit in public if visit.large > visit.window}
    assert len(public) > 10


def test_no_words_for_applicants_are_smaller_than_16_pixels_on_a_phone(visits: list[Visit]) -> None:
    assert not {(visit.page, visit.small) for visit in visits if visit.small and not visit.page.startswith(INTERNAL)}


def test_a_phone_loads_no_letters_so_that_nothing_shifts_when_they_come(visits: list[Visit]) -> None:
    loaded = {
        window: [url for visit in visits if visit.window == window for url in visit.requests] for window in (360, 1280)
    }
    assert not [url for url in loaded[360] if url.endswith(".woff2")]
    assert [url for url in loaded[1280] if url.endswith(".woff2")]


def test_axe_finds_nothing_against_wcag_22_aa(visits: list[Visit]) -> None:
    assert not {(visit.page, violation) for visit in visits for violation in visit.violations}


@pytest.fixture(scope="session")
def shared(browser: Browser) -> Iterator[Page]:
    with browser.new_page() as page:
        yield page


@pytest.fixture
def tab(shared: Page) -> Page:
    """A page for one test after another, in a window and for a medium as a browser has them at first."""
    shared.emulate_media(media="null")
    shared.set_viewport_size({"width": 1280, "height": 720})
    return shared


@pytest.mark.parametrize(
    ("page", "size", "count"),
    [("leaflet/", A4, 1), ("sop/", A4[::-1], None), ("pedoman/", A4, None)],
)
def test_a_page_prints_on_the_paper_it_is_made_for(
    page: str, size: tuple[int, int], count: int | None, sites: dict[str, Built], tab: Page
) -> None:
    tab.goto(sites["mkdocs"].address + page)
    sheets = PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True))).pages
    sizes = [(round(float(s.mediabox.width) * 25.4 / 72), round(float(s.mediabox.height) * 25.4 / 72)) for s in sheets]
    assert set(sizes) == {size}
    assert count in {None, len(sizes)}


def test_every_picture_says_what_it_shows_or_shows_nothing_of_its_own(sites: dict[str, Built]) -> None:
    site, silent = sites["mkdocs"], []
    for page in site.pages:
        tree = lxml.html.fromstring((site.folder / page).read_text("utf-8"))
        words = tree.text_content()
        for picture in tree.xpath("//img | //svg[not(ancestor-or-self::*[@aria-hidden='true'])]"):
            said = picture.get("alt" if picture.tag == "img" else "aria-label")  # an empty alt: nothing of its own
            if said is None or any(address not in words for address in re.findall(r"https?://\S+", said)):
                silent.append((page, str(lxml.html.tostring(picture))[:120]))
    assert silent == []


@pytest.mark.parametrize("page", ["", "leaflet/"])
def test_without_pictures_words_stand_where_they_stood_and_can_be_read(
    page: str, sites: dict[str, Built], shared: Page
) -> None:
    shared.set_viewport_size({"width": 1280, "height": 720})
    shared.goto(sites["mkdocs"].address + page)
    before = shared.evaluate(WORDS_AND_PLACES)
    left_out: list[str] = []

    def leave_out(route: Route) -> None:
        left_out.append(urlsplit(route.request.url).path)
        route.abort()

    shared.route("**/*.svg", leave_out)
    shared.goto(sites["mkdocs"].address + page)
    after = shared.evaluate(WORDS_AND_PLACES)
    shared.unroute_all()
    assert "/assets/kanopi.svg" in left_out
    assert after == before
    words, hard = shared.evaluate(HARD_TO_READ)
    assert words > 2
    assert hard == []


def test_every_print_that_the_page_offers_is_there_and_no_other(site: Built) -> None:
    page = (site.folder / "leaflet" / "index.html").read_text("utf-8")
    links = re.findall(r'href="([^"]+)" download', page)
    assert {(site.folder / "leaflet" / link).resolve() for link in links} == {
        one for one in (site.folder / "cetak").resolve().iterdir() if one.suffix != ".json"
    }


def test_the_printed_leaflet_cuts_nothing_off(sites: dict[str, Built], tab: Page) -> None:
    tab.emulate_media(media="print")
    tab.goto(sites["mkdocs"].address + "leaflet/")
    assert tab.eval_on_selector(".leaflet", "sheet => sheet.scrollHeight - sheet.clientHeight") <= 0


def test_the_printed_headline_of_the_leaflet_keeps_clear_of_the_umbrella(sites: dict[str, Built], tab: Page) -> None:
    tab.set_viewport_size({"width": 794, "height": 1123})
    tab.emulate_media(media="print")
    tab.goto(sites["mkdocs"].address + "leaflet/")
    clear = tab.evaluate("""() => {
        const panel = document.querySelector(".panel-judul"), style = getComputedStyle(panel);
        const words = document.createRange();
        words.selectNodeContents(panel.querySelector("h2"));
        const beyond = parseFloat(style.backgroundPositionX.match(/[0-9.]+(?=px)/)[0]);
        const umbrella = panel.getBoundingClientRect().right + beyond - parseFloat(style.backgroundSize);
        return umbrella - words.getBoundingClientRect().right;
    }""")
    assert clear > 15


def test_the_first_screen_of_a_cheap_phone_leads_to_the_status_and_to_the_telephone(
    sites: dict[str, Built], tab: Page
) -> None:
    tab.set_viewport_size({"width": 360, "height": 640})
    tab.goto(sites["mkdocs"].address)
    for link in ('.cepat a[href="lacak/"]', '.cepat a[href^="tel:"]', '.cari-kepala[href="cari/"]'):
        box = tab.locator(link).bounding_box()
        assert box is not None, link
        assert 0 <= box["y"] <= 640 - box["height"], link


def test_how_it_works_stands_on_one_screen_of_a_phone(sites: dict[str, Built], tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(sites["mkdocs"].address)
    tab.click("text=Baca cara kerjanya")
    assert tab.evaluate("document.querySelector('article').getBoundingClientRect().bottom") <= 740


def test_the_text_by_which_news_is_handed_on_is_copied_with_one_touch(sites: dict[str, Built], tab: Page) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(sites["mkdocs"].address + "kabar/")
    tab.click(".bagikan summary >> nth=0")
    tab.click(".bagikan button >> nth=0")
    tab.get_by_text("Tersalin.").wait_for()
    text = tab.evaluate("navigator.clipboard.readText()")
    assert text == tab.locator(".salinan >> nth=0").text_content()
    assert re.fullmatch(r"\*[^*]+\*\n\d+ \w+ \d{4}\n\nhttps://\S+/kabar/#[\w-]+", text)


def test_what_is_read_offline_is_as_small_as_its_page_says(site: Built) -> None:
    sizes = {path.name: path.stat().st_size for path in (site.folder / guidance.FOLDER).glob("panduan.*")}
    assert sizes[guidance.ZIP] < 500_000
    assert sizes[guidance.PDF] < 1_000_000


def test_a_keyboard_reaches_the_meaning_of_a_word_and_comes_back(sites: dict[str, Built], tab: Page) -> None:
    tab.goto(f"{sites['mkdocs'].address}persoalan/dipanggil/")
    tab.focus("#kata-tersangka")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector(':target').innerText") == "tersangka"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.hash") == "#kata-tersangka"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") in {"kata-tersangka", "kata-advokat"}
    tab.emulate_media(media="print")
    assert tab.locator(".istilah-arti dd").first.is_visible()
    assert not tab.locator(".istilah-kembali").first.is_visible()


INDEXES: Final = {"mkdocs": ("search/search_index.json", "docs"), "zensical": ("search.json", "items")}


def indexed(site: Built) -> set[str]:
    """Every place that the site's own search knows."""
    path, key = next((path, key) for path, key in INDEXES.values() if (site.folder / path).is_file())
    return {one["location"] for one in json.loads((site.folder / path).read_text("utf-8"))[key]}


def test_both_builders_let_the_same_places_be_found_and_none_of_staff_and_developers(sites: dict[str, Built]) -> None:
    places = indexed(sites["mkdocs"])
    assert places == indexed(sites["zensical"])
    assert {"persoalan/dipanggil/", "faq/#tidak-dilayani"} <= places
    assert not [place for place in places if place.startswith((*INTERNAL, "cari/"))]


def test_search_works_where_the_other_builder_built_it(sites: dict[str, Built], tab: Page) -> None:
    tab.goto(sites["zensical"].address + "cari/")
    tab.get_by_label("Kata yang dicari").fill("menyusun")
    tab.wait_for_selector("#hasil a")
    assert "penyusunan" in tab.inner_text("#hasil").lower()
    tab.get_by_label("Kata yang dicari").fill("tilang")
    tab.locator("#hasil .bukan-kami a").click()
    tab.wait_for_url("**/faq/#tidak-dilayani")
