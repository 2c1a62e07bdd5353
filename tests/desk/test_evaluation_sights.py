"""The pages of the office's own work as a person sees them: in both colour schemes, on a phone and on a desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from processor.desk import server
from tests import accessibility
from tests.cases import test_testimonials
from tests.office import response
from tests.story import Story

PAGES = (
    "evaluasi", "kegiatan", "rencana", "risiko", "pemantauan", "mutu", "laporan", "kinerja", "kinerja/pratinjau",
    "testimoni", "periksa", "survei", "rekap", "tanya-jawab",
)  # fmt: skip
SIGHTS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    story = Story(tmp_path_factory.mktemp("kantor"))
    story.receives(response(1))
    test_testimonials.put(story.office.register.folder)
    with server.serve_desk(lambda: story.office, 0) as address:
        yield address


@pytest.mark.long
@pytest.mark.slow
def test_axe_finds_nothing_and_no_page_scrolls_sideways(desk: str, browser: Browser) -> None:
    with browser.new_page() as tab:
        for page in PAGES:
            tab.goto(f"{desk}{page}?petugas=kabag")
            if page == "periksa":
                tab.locator("main form button").click()
                tab.wait_for_selector("text=Terakhir diperiksa", timeout=60_000)
            tab.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
            for width, scheme in SIGHTS:
                tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                tab.set_viewport_size({"width": width, "height": 740})
                assert accessibility.violations(tab) == [], (page, width, scheme)
                assert tab.evaluate("document.documentElement.scrollWidth") == width, page
