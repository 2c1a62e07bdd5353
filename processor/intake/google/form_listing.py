"""Lists the responses of a Google Form page by page, as Google gives them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from processor.foundation.errors import SourceFailed
from processor.intake.google.client import Patience, RequestFailed, execute

PAGE = 1000
"""Responses a page: 5000 would take 237 MiB (measured)."""
OVERLAP = timedelta(hours=2)

_STARTS = 3  # of one listing
_EXPIRED = {HTTPStatus.BAD_REQUEST, HTTPStatus.GONE}


@dataclass(frozen=True, slots=True)
class Listing:
    """The responses that were listed, and whether Google led to the last page."""

    items: list[Any]
    complete: bool


def read(service: Any, form_id: str, since: datetime | None, patience: Patience) -> Listing:
    """List the responses sent since a moment, with an overlap; all of them where that is None.

    A token of a page lasts for a while only: when it has expired, the listing starts again.

    Raises:
        SourceFailed: Google could not be used, or its list not be read.
    """
    for start in range(1, _STARTS + 1):
        items: list[Any] = []
        try:
            return Listing(items, complete=_read_pages(service, form_id, since, patience, items))
        except RequestFailed as error:
            if not items or error.status not in _EXPIRED or start == _STARTS:
                raise
    raise AssertionError("unreachable: the last start returns or raises")


def _read_pages(service: Any, form_id: str, since: datetime | None, patience: Patience, items: list[Any]) -> bool:
    """Add every page to ``items``; give False when one leads back to a page that was read."""
    listing = service.forms().responses()
    options = {"formId": form_id, "pageSize": PAGE}
    if since is not None:
        stamp = (since - OVERLAP).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        options["filter"] = f"timestamp >= {stamp}"
    request, tokens = listing.list(**options), set[str]()
    while request is not None:
        page = execute(request, patience)
        found = page.get("responses", []) if isinstance(page, dict) else None
        if not isinstance(found, list):
            raise SourceFailed("Daftar tanggapan dari Google tidak terbaca. Dicoba lagi pada putaran berikutnya.")
        items += found
        token = str(page.get("nextPageToken", ""))
        if token in tokens:
            return False
        tokens |= {token} - {""}
        request = listing.list_next(request, page)
    return True
