"""The desk on 127.0.0.1: pages under a secret path, for whoever was given the address, and no other program.

Other users of this computer, and pages that a browser has open, can reach the port; without the path and under another
host name they get nothing. Nothing is written down of who read what.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from processor.desk import complaints_page, evaluation_page, filters, list_pages, officer_pages
from processor.desk.officer_pages import NoSuchPage, Visit
from processor.foundation import loopback, shipped
from processor.foundation.errors import PayungError
from processor.operations.office import Office

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_NOTHING = "Tidak ada apa-apa di sini. Buka alamat yang ditulis payung meja.\n"


@contextmanager
def serve_desk(opened: Callable[[], Office], port: int) -> Iterator[str]:
    """Serve the desk on 127.0.0.1 while the block runs.

    Args:
        opened: opens the office anew for every page.
        port: 0 for any that is free.

    Yields:
        The address, secret path included.

    Raises:
        Busy: ``port`` is taken; names a free one.
    """
    base = f"/{secrets.token_urlsafe(16)}/"
    listener = loopback.bind(port, "payung meja")
    hosts = {f"{name}:{listener.getsockname()[1]}" for name in (loopback.HOST, "localhost")}

    def answer(request: Request) -> Response:
        path: str = request.scope["path"]
        knows_path = secrets.compare_digest(path[: len(base)].encode(), base.encode())
        if not knows_path or request.headers.get("host") not in hosts:
            return PlainTextResponse(_NOTHING, HTTPStatus.NOT_FOUND)
        return _respond(opened, base, path[len(base) :], request.query_params)

    app = Starlette(routes=[Route("/{path:path}", answer)])
    with loopback.answering(app, listener, _HEADERS) as address:
        yield address + base


def _respond(opened: Callable[[], Office], base: str, page: str, asked: Mapping[str, str]) -> Response:
    """Answer with a page of the desk, a file that it is shown with, or a page that says why not."""
    try:
        if page.startswith("aset/"):
            return _asset_response(opened, page.removeprefix("aset/"))
        office, me = opened(), asked.get("petugas", "")
        visit = Visit(office, base, me if me in office.settings.petugas else "")
        return _html_response(HTTPStatus.OK, _page_at(visit, page, asked))
    except NoSuchPage as error:
        return _html_response(HTTPStatus.NOT_FOUND, officer_pages.error_page(base, "Tidak ditemukan", str(error)))
    except (PayungError, OSError) as error:
        sentence = str(error)
    except Exception as error:  # noqa: BLE001 -- a traceback could hold an applicant's words
        sentence = f"Kesalahan program ({type(error).__name__}). Halaman lain tetap dapat dibuka."
    return _html_response(
        HTTPStatus.INTERNAL_SERVER_ERROR, officer_pages.error_page(base, "Tidak dapat ditampilkan", sentence)
    )


def _page_at(visit: Visit, page: str, asked: Mapping[str, str]) -> str:
    """Make the page under a path. Raises Nowhere when there is none."""
    chosen = filters.chosen_in(asked)
    if page == "":
        return officer_pages.front_page(visit, chosen)
    if page == "cari":
        return list_pages.search_page(visit, asked.get("q", ""), chosen)
    if page == "evaluasi":
        return evaluation_page.evaluation_page(visit)
    if page == "pengaduan":
        return complaints_page.complaints_page(visit)
    if page == "arsip":
        return list_pages.archive_page(visit, _page_number(asked.get("halaman", "1")), chosen)
    return officer_pages.case_page(visit, page)


def _page_number(text: str) -> int:
    """Read the number in ``text``; 0 where it is none."""
    try:
        return int(text)
    except ValueError:
        return 0


def _html_response(status: HTTPStatus, text: str) -> Response:
    """Send a page as bytes, whatever stands in it."""
    return HTMLResponse(text.encode("utf-8", "replace"), status)


_OWN = {"meja.css": "text/css", "meja.js": "text/javascript"}
_SITE = {"ikon.svg": "image/svg+xml", "fonts/plus-jakarta-sans-latin-wght-normal.woff2": "font/woff2"}


def _asset_response(opened: Callable[[], Office], name: str) -> Response:
    """Send style and script, also where the office cannot be opened, or font and icon from the site's sources."""
    if name not in {*_OWN, *_SITE}:
        return PlainTextResponse(_NOTHING, HTTPStatus.NOT_FOUND)
    if name in _OWN:
        return Response((officer_pages.FOLDER / name).read_bytes(), media_type=_OWN[name])
    place = f"docs/assets/{name}"
    path = shipped.own_or_shipped(opened().settings.root / place, place)
    return Response(path.read_bytes(), media_type=_SITE[name])
