"""What tests of the site share: one browser context for the tests of a module, emptied after each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext

if TYPE_CHECKING:  # else how much tests try would be settled before pytest knows it
    from tests.applicant_site import Served


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[BrowserContext]:
    from tests import applicant_site  # noqa: PLC0415 -- see above

    with applicant_site.handed_on(browser) as context:
        yield context


@pytest.fixture
def context(shared: BrowserContext, site: "Served") -> Iterator[BrowserContext]:
    from tests import applicant_site  # noqa: PLC0415 -- see above

    yield shared
    applicant_site.leave(shared, site)
