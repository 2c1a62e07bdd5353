"""The calendar of an officer for calendar programs, at an address that only the officer was shown.

Such a program has no cookie of the desk: who knows the address reads numbers and dates, and nothing else.
"""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from starlette.responses import PlainTextResponse, Response

from processor.desk.calendar_download import MEDIA_TYPE
from processor.desk.page_table import Page
from processor.desk.visit import Elsewhere, NoSuchPage, Sent, Visit, rendered
from processor.operations import desk_accounts, officer_calendar
from processor.operations.desk_accounts import Accounts
from processor.operations.office import Office

ADDRESS = "kalender/"
_ENDING = ".ics"
_NONE = "Tidak ada kalender di alamat ini.\n"
_LATER = "Kalender tidak dapat dibuat sekarang. Coba lagi nanti.\n"
_UNKNOWN = "Tidak ada yang dapat dilakukan dengan nama itu di halaman ini."


def pages(accounts: Accounts, public: str) -> tuple[Page, ...]:
    """Make the page on which an officer opens, renews or ends the address of their calendar.

    Args:
        accounts: The office's.
        public: The desk's address as browsers write it, without a slash.
    """
    return (Page("akun/kalender", None, partial(_act, accounts, public), view="akun"),)


def _act(accounts: Accounts, public: str, visit: Visit) -> Elsewhere | Sent:
    """Open a new address and show it, this once, or end the one that there is."""
    asked = visit.posted.text("lakukan")
    if asked == "cabut":
        accounts.close_calendar(visit.me)
        return Elsewhere(visit.link("akun", "kalender"))
    if asked != "buat":
        raise NoSuchPage(_UNKNOWN)
    address = f"{public}/{ADDRESS}{accounts.open_calendar(visit.me)}{_ENDING}"
    page = rendered("kalender.html", visit, address=address)
    return Sent(page.encode(), "text/html; charset=utf-8")


def feed(opened: Callable[[], Office], accounts: Accounts, name: str) -> Response:
    """Answer a calendar program that asks for what its address ends with.

    Whatever opens nothing (unknown, renewed, ended, of an officer who left) is answered alike.
    """
    try:
        officer = accounts.of_calendar(name.removesuffix(_ENDING)) if name.endswith(_ENDING) else ""
        office = opened() if officer else None
        if office is None or not desk_accounts.may_sign_in(office.settings, officer):
            return PlainTextResponse(_NONE, HTTPStatus.NOT_FOUND)
        return Response(officer_calendar.calendar(office, officer).encode(), media_type=MEDIA_TYPE)
    except Exception:  # noqa: BLE001 -- a traceback could hold an applicant's words
        return PlainTextResponse(_LATER, HTTPStatus.SERVICE_UNAVAILABLE)
