"""Pages for cheap phones and bad lines stay light: beside the stock theme with the same scripts, in the same run."""

import pytest
from playwright.sync_api import Browser

from tests import bench_pages

PAGES = {"": "home", "faq/": "reading", "sop/": "sheet", "cari/": "search", "ajukan/": "form", "lacak/": "form"}


@pytest.mark.slow
@pytest.mark.long
def test_a_page_of_each_type_weighs_no_more_than_its_share_of_the_stock_themes(browser: Browser) -> None:
    measured = bench_pages.measure_in(browser, [*PAGES])
    shares = {name: seen.weight / plain for name, (seen, plain) in measured.items()}
    assert [*shares] == sorted(PAGES)
    assert {name: share for name, share in shares.items() if share > bench_pages.HEAVIEST[PAGES[name]]} == {}
    assert {name: seen.cls for name, (seen, _) in measured.items() if seen.cls > bench_pages.MOST_SHIFT} == {}
