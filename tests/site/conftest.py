"""What tests of the site share: one browser context for the tests of a module, emptied after each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests import applicant_site
from tests.applicant_site import Served


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[BrowserContext]:
    with applicant_site.handed_on(browser) as context:
        yield context


@pytest.fixture
def context(shared: BrowserContext, site: Served) -> Iterator[BrowserContext]:
    yield shared
    applicant_site.leave(shared, site)
