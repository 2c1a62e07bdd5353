"""The desk as a web application: whoever may come in is shown pages, and what they post is done in their name.

On 127.0.0.1 that is whoever was given the address with its secret path: other users of this computer, and pages that a
browser has open, can reach the port; without the path and under another host name they get nothing. Nothing is written
down of who read what.
"""

import getpass
import hmac
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from processor.desk import visit as visits
from processor.desk.background_work import BackgroundWork
from processor.desk.page_table import PAGES, Page
from processor.desk.permissions import Act, View
from processor.desk.tickets import Tickets
from processor.desk.visit import Elsewhere, FormFile, NoSuchPage, Posted, Sent, Visit
from processor.foundation import loopback, shipped
from processor.foundation.errors import PayungError
from processor.operations import desk_accounts
from processor.operations.office import Office

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # without any, a browser would not say from where it posts
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_NOTHING = "Tidak ada apa-apa di sini. Buka alamat yang ditulis payung meja.\n"
_NOT_FROM_HERE = "Kiriman ini tidak datang dari halaman meja yang masih berlaku. Muat ulang halamannya, lalu ulangi."
_TOKEN = "tanda"  # noqa: S105 -- the name of a field
_LEFT = "Anda tidak tercatat lagi sebagai petugas layanan ini. Keliru? Betulkan petugas di payung.yaml."
_NOT_YOURS = "Halaman atau langkah ini untuk peran lain. Peran Anda tertulis di payung.yaml, bagian petugas."
_TOO_LARGE = "Kiriman ini terlalu besar; paling banyak 64 MB sekali kirim."
_MOST, _LONGEST = 64 * 1024 * 1024, 4 * 1024 * 1024
"""Bytes of all that one form may send, and of one text in it."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: an officer by short name ("" for nobody in particular), what their forms must send back, the computer's
    account where they did not sign in, and whether they did."""

    me: str
    token: str
    account: str = ""
    signed_in: bool = False


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Somebody whose session is over: ``answer`` makes the page that gives them back what they posted."""

    answer: Callable[[Posted], Response]


Access = Callable[[Request], Visitor | SignedOut | Response]
"""Tells who asks, or answers for the desk where nobody may come in; only who posts can be signed out."""


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
    secret = secrets.token_urlsafe(16)
    listener = loopback.bind(port, "payung meja")
    hosts = {f"{name}:{listener.getsockname()[1]}" for name in (loopback.HOST, "localhost")}
    token, account = secrets.token_urlsafe(16), getpass.getuser()

    def whoever_knows_the_path(request: Request) -> Visitor | Response:
        knows = secrets.compare_digest(request.path_params["secret"].encode(), secret.encode())
        if not knows or request.headers.get("host") not in hosts:
            return PlainTextResponse(_NOTHING, HTTPStatus.NOT_FOUND)
        return Visitor(request.query_params.get("petugas", ""), token, account)

    app = Starlette(routes=[Mount("/{secret}", routes=routes(opened, f"/{secret}/", whoever_knows_the_path))])
    app.router.redirect_slashes = False
    with loopback.answering(app, listener, HEADERS) as address:
        yield f"{address}/{secret}/"


def routes(opened: Callable[[], Office], base: str, access: Access, pages: Sequence[Page] = PAGES) -> list[Route]:
    """Make the routes of every page, and of the files that they are shown with, under ``base``."""
    kept = (BackgroundWork(), Tickets())

    async def asset(request: Request) -> Response:
        visitor = access(request)
        if not isinstance(visitor, Visitor):
            return _turned_away(visitor)
        return await run_in_threadpool(asset_response, opened, request.path_params["name"])

    async def page(request: Request, page: Page) -> Response:
        visitor = access(request)
        if not isinstance(visitor, Visitor):
            return _turned_away(visitor, await read_posted(request) if isinstance(visitor, SignedOut) else None)
        posted = await read_posted(request) if request.method == "POST" else None
        if isinstance(posted, _RefusedPost):
            return html_response(posted.status, visits.error_page(base, "Tidak dilakukan", posted.sentence))
        if posted is not None and not hmac.compare_digest(posted.text(_TOKEN).encode(), visitor.token.encode()):
            return html_response(HTTPStatus.FORBIDDEN, visits.error_page(base, "Tidak dilakukan", _NOT_FROM_HERE))
        asked = {**request.query_params, **request.path_params}
        return await run_in_threadpool(_respond, opened, base, visitor, page, asked, posted, kept)

    async def nowhere(request: Request) -> Response:
        visitor = access(request)
        return _no_page(base) if isinstance(visitor, Visitor) else _turned_away(visitor)

    return [
        Route("/aset/{name:path}", asset),
        *(
            Route(f"/{one.path}", partial(page, page=one), methods=["GET", "POST"] if one.act else ["GET"])
            for one in pages
        ),
        Route("/{path:path}", nowhere),
    ]


def _turned_away(visitor: SignedOut | Response, posted: "Posted | _RefusedPost | None" = None) -> Response:
    """Answer who may not come in, with what they posted where they could until just now."""
    if isinstance(visitor, Response):
        return visitor
    return visitor.answer(posted if isinstance(posted, Posted) else Posted())


@dataclass(frozen=True, slots=True)
class _RefusedPost:
    """Why nothing of what was posted is even read."""

    status: HTTPStatus
    sentence: str


async def read_posted(request: Request) -> Posted | _RefusedPost:
    """Read what a form sent, where a page of the desk's own posted it: the browser says from where."""
    origin = urlsplit(request.headers.get("origin", ""))
    if not origin.netloc or origin.netloc != request.headers.get("host"):
        return _RefusedPost(HTTPStatus.FORBIDDEN, _NOT_FROM_HERE)
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > _MOST:
        return _RefusedPost(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE)
    texts: dict[str, tuple[str, ...]] = {}
    files: dict[str, FormFile] = {}
    async with request.form(max_files=20, max_fields=500, max_part_size=_LONGEST) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = FormFile(value.filename or "", await value.read())
            else:
                texts[name] = (*texts.get(name, ()), value)
    return Posted(texts, files)


def _respond(
    opened: Callable[[], Office],
    base: str,
    visitor: Visitor,
    page: Page,
    asked: Mapping[str, str],
    posted: Posted | None,
    kept: tuple[BackgroundWork, Tickets],
) -> Response:
    """Answer with a page of the desk, with where to go once an act is done, or with a page that says why not."""
    try:
        office = opened()
        me = visitor.me if visitor.me in office.settings.petugas else ""
        if visitor.signed_in and not desk_accounts.may_sign_in(office.settings, me):
            return html_response(HTTPStatus.FORBIDDEN, visits.error_page(base, "Tidak dapat ditampilkan", _LEFT))
        known = (visitor.token, visitor.account, visitor.signed_in)
        visit = Visit(office, base, me, asked, posted or Posted(), *known, *kept)
        make = page.show if posted is None else page.act
        if make is None:
            return _no_page(base)
        if visit.signed_in and not all(map(visit.may, _needed(page, posted))):
            return html_response(HTTPStatus.FORBIDDEN, visits.error_page(base, "Bukan bagian peran Anda", _NOT_YOURS))
        made = make(visit)
        if isinstance(made, Elsewhere):
            return RedirectResponse(made.address, HTTPStatus.SEE_OTHER)
        if isinstance(made, Sent):
            return _sent_response(made)
        return html_response(HTTPStatus.OK if posted is None else HTTPStatus.UNPROCESSABLE_ENTITY, made)
    except NoSuchPage as error:
        return _no_page(base, str(error))
    except (PayungError, OSError) as error:
        sentence = str(error)
    except Exception as error:  # noqa: BLE001 -- a traceback could hold an applicant's words
        sentence = f"Kesalahan program ({type(error).__name__}). Halaman lain tetap dapat dibuka."
    title = "Tidak dapat ditampilkan" if posted is None else "Belum dilakukan"
    return html_response(HTTPStatus.INTERNAL_SERVER_ERROR, visits.error_page(base, title, sentence))


def _needed(page: Page, posted: Posted | None) -> tuple[View | Act, ...]:
    """Give what somebody must be allowed to for a page, or for what is posted there."""
    return (page.view, page.does) if posted is not None and page.does else (page.view,)


def _no_page(base: str, sentence: str = "Tidak ada halaman di alamat itu.") -> Response:
    """Answer that nothing stands under an address."""
    return html_response(HTTPStatus.NOT_FOUND, visits.error_page(base, "Tidak ditemukan", sentence))


def html_response(status: HTTPStatus, text: str) -> Response:
    """Send a page as bytes, whatever stands in it."""
    return HTMLResponse(text.encode("utf-8", "replace"), status)


def _sent_response(sent: Sent) -> Response:
    """Send what is no page; a file is kept by the browser and never opened inside the desk."""
    kept = {"Content-Disposition": f'attachment; filename="{quote(sent.name)}"'} if sent.name else {}
    return Response(sent.content, media_type=sent.media_type, headers={**sent.headers, **kept})


_SCRIPTS = ("meja.js", "meja-kajian.js", "meja-markdown.js", "meja-identitas.js", "meja-loket.js")
_OWN = {"meja.css": "text/css"} | dict.fromkeys(_SCRIPTS, "text/javascript")
_SITE = {"ikon.svg": "image/svg+xml", "fonts/plus-jakarta-sans-latin-wght-normal.woff2": "font/woff2"}


def asset_response(opened: Callable[[], Office], name: str) -> Response:
    """Send style and script, also where the office cannot be opened, or font and icon from the site's sources."""
    if name not in {*_OWN, *_SITE}:
        return PlainTextResponse(_NOTHING, HTTPStatus.NOT_FOUND)
    if name in _OWN:
        return Response((visits.FOLDER / name).read_bytes(), media_type=_OWN[name])
    place = f"docs/assets/{name}"
    path = shipped.own_or_shipped(opened().settings.root / place, place)
    return Response(path.read_bytes(), media_type=_SITE[name])
