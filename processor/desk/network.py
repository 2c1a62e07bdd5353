"""The desk on the office's network: whoever signed in is shown pages, by TLS alone, which this or a web server ends."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from processor.desk import account_pages, calendar_pages, server
from processor.desk import visit as visits
from processor.desk.page_table import PAGES
from processor.desk.server import SignedOut, Visitor
from processor.desk.sessions import Sessions, Tries
from processor.desk.visit import Posted
from processor.foundation import loopback
from processor.foundation.errors import PayungError
from processor.operations import desk_accounts, desk_sign_in
from processor.operations.desk_accounts import Accounts
from processor.operations.office import Office

COOKIE = "__Host-payung"
"""A browser keeps a cookie of this beginning for one host and by TLS only."""
_NOTHING = "Tidak ada apa-apa di sini. Buka alamat meja yang diberitahukan kantor Anda.\n"
_SIGN_IN, _LINK = "masuk", "undangan/{token}"
_WRONG = "Nama, kata sandi, atau kodenya tidak cocok. Periksa ejaan dan huruf besarnya, lalu coba lagi."
_USED_UP = "Tautan ini sudah dipakai atau lewat 24 jam. Mintalah yang baru kepada petugas di komputer kantor."
_ENDED = "Sesi Anda sudah berakhir, jadi kiriman tadi belum dilakukan. Masuk lagi, lalu ulangi."
_FROM_ELSEWHERE = "Kiriman ini tidak datang dari halaman meja. Buka alamat meja, lalu ulangi."


@dataclass(frozen=True, slots=True)
class NetworkDesk:
    """What the desk on the network works with; ``public`` is its address as browsers write it, without a slash."""

    opened: Callable[[], Office]
    accounts: Accounts
    public: str
    sessions: Sessions
    tries: Tries

    @property
    def host(self) -> str:
        """The host, and the port where it is not the usual one, as browsers send them."""
        return urlsplit(self.public).netloc


def desk(opened: Callable[[], Office], public: str, clock: Callable[[], datetime] | None = None) -> NetworkDesk:
    """Make a desk on which nobody is signed in yet; ``clock`` gives the time (aware)."""
    now = clock or partial(datetime.now, UTC)
    return NetworkDesk(opened, desk_accounts.of(opened().settings), public.rstrip("/"), Sessions(now), Tries(now))


def application(one: NetworkDesk) -> Starlette:
    """Make the application of a desk on the network."""
    pages = (*account_pages.pages(one.accounts, one.sessions), *calendar_pages.pages(one.accounts, one.public))
    own = [
        Route("/aset/{name:path}", partial(_asset, one)),
        Route(f"/{_SIGN_IN}", partial(_sign_in, one), methods=["GET", "POST"]),
        Route(f"/{_LINK}", partial(_use_link, one), methods=["GET", "POST"]),
        Route(f"/{calendar_pages.ADDRESS}{{name}}", partial(_calendar, one)),
    ]
    app = Starlette(routes=[*own, *server.routes(one.opened, "/", partial(_who, one), (*pages, *PAGES))])
    app.router.redirect_slashes = False
    return app


@contextmanager
def serve(one: NetworkDesk, listener: socket.socket, tls: tuple[Path, Path] | None) -> Iterator[None]:
    """Serve a desk on ``listener`` while the block runs, by ``tls`` (files of certificate and key), else for a proxy.

    Raises:
        PayungError: The certificate or its key cannot be used.
    """
    try:
        if tls:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*tls)
    except (OSError, ssl.SSLError) as error:
        listener.close()
        raise PayungError(
            f"Sertifikat {tls[0] if tls else ''} dan kuncinya tidak dapat dipakai: {error}. Keduanya berkas PEM, dan "
            "kuncinya tanpa kata sandi. Periksa letak dan izin bacanya."
        ) from error
    headers = {**server.HEADERS, "Strict-Transport-Security": "max-age=31536000"}
    with loopback.answering(application(one), listener, headers, tls):
        yield


def _refused(one: NetworkDesk, request: Request) -> Response | None:
    """Answer what asks for another host, or posts from elsewhere; None where neither is so."""
    if request.headers.get("host") != one.host:
        return PlainTextResponse(_NOTHING, HTTPStatus.NOT_FOUND)
    if request.method == "POST" and request.headers.get("origin") != one.public:
        page = visits.error_page("/", "Tidak dilakukan", _FROM_ELSEWHERE)
        return server.html_response(HTTPStatus.FORBIDDEN, page)
    return None


def _who(one: NetworkDesk, request: Request) -> Visitor | SignedOut | Response:
    """Tell which officer asks, by their cookie, or lead to where they sign in; what they typed is given back."""
    if refused := _refused(one, request):
        return refused
    session = one.sessions.find(request.cookies.get(COOKIE, ""))
    if session and one.accounts.all().get(session.officer, desk_accounts.Account()).stamp == session.stamp:
        return Visitor(session.officer, session.token, signed_in=True)
    if request.method == "POST":
        own = request.url.path.startswith("/akun")  # where passphrases are typed
        return SignedOut(lambda posted: _sign_in_page(HTTPStatus.UNAUTHORIZED, _ENDED, () if own else _typed(posted)))
    return RedirectResponse(f"/{_SIGN_IN}", HTTPStatus.SEE_OTHER)


async def _asset(one: NetworkDesk, request: Request) -> Response:
    """Send style, script, font or icon, which hold nothing of the office, to anybody."""
    if refused := _refused(one, request):
        return refused
    return await run_in_threadpool(server.asset_response, one.opened, request.path_params["name"])


async def _sign_in(one: NetworkDesk, request: Request) -> Response:
    """Show the form, or sign somebody in; wrong tries only make the next one slower."""
    if refused := _refused(one, request):
        return refused
    if request.method == "GET":
        return _sign_in_page(HTTPStatus.OK)
    posted = await server.read_posted(request)
    if not isinstance(posted, Posted):
        return server.html_response(posted.status, visits.error_page("/", "Tidak dilakukan", posted.sentence))
    name = posted.text("nama").lower()
    await asyncio.sleep(one.tries.delay(name))
    stamp = await run_in_threadpool(_checked, one, name, posted)
    if stamp is None:
        one.tries.failed(name)
        return _sign_in_page(HTTPStatus.UNPROCESSABLE_ENTITY, _WRONG)
    one.tries.succeeded(name)
    done = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    cookie = one.sessions.begin(name, stamp, request.headers.get("user-agent", ""))
    done.set_cookie(COOKIE, cookie, secure=True, httponly=True, samesite="strict")
    return done


def _checked(one: NetworkDesk, name: str, posted: Posted) -> str | None:
    """Give the stamp of the account that what was typed opens; None where it opens none."""
    office = one.opened()
    found = desk_sign_in.sign_in(
        one.accounts, name, posted.secret("kata_sandi"), posted.text("kode"), one.sessions.clock()
    )
    return found.stamp if found and desk_accounts.may_sign_in(office.settings, name) else None


async def _use_link(one: NetworkDesk, request: Request) -> Response:
    """Show the form of a one-time link, or set the passphrase that it was sent for."""
    if refused := _refused(one, request):
        return refused
    posted = await server.read_posted(request) if request.method == "POST" else Posted()
    if not isinstance(posted, Posted):
        return server.html_response(posted.status, visits.error_page("/", "Tidak dilakukan", posted.sentence))
    return await run_in_threadpool(_link_answer, one, request.path_params["token"], request.method, posted)


def _link_answer(one: NetworkDesk, token: str, method: str, posted: Posted) -> Response:
    """Answer a one-time link, which a look at its page does not use up."""
    settings, now = one.opened().settings, one.sessions.clock()
    name = one.accounts.invited(token, now)
    if not name or not desk_accounts.may_sign_in(settings, name):
        return server.html_response(HTTPStatus.NOT_FOUND, visits.error_page("/", "Tautan tidak berlaku", _USED_UP))
    show: Callable[..., str] = partial(
        visits.open_page, "undangan.html", officer=name, name=settings.petugas[name].nama, token=token
    )
    if method == "GET":
        return server.html_response(HTTPStatus.OK, show(wrong=""))
    passphrase = posted.secret("kata_sandi")
    if wrong := desk_sign_in.weakness(passphrase, posted.secret("ulangi"), name):
        return server.html_response(HTTPStatus.UNPROCESSABLE_ENTITY, show(wrong=wrong))
    desk_sign_in.set_passphrase(one.accounts, token, passphrase, now)
    return RedirectResponse(f"/{_SIGN_IN}", HTTPStatus.SEE_OTHER)


async def _calendar(one: NetworkDesk, request: Request) -> Response:
    """Answer a calendar program, which has no cookie: what its address ends with says whose calendar it is."""
    if refused := _refused(one, request):
        return refused
    return await run_in_threadpool(calendar_pages.feed, one.opened, one.accounts, request.path_params["name"])


def _typed(posted: Posted) -> list[tuple[str, str]]:
    """Give the words that somebody typed, by the names of their boxes."""
    return [
        (name, text.strip())
        for name, texts in posted.texts.items()
        for text in texts
        if len(text.split()) > 1 and not name.startswith("kata_sandi")
    ]


def _sign_in_page(status: HTTPStatus, said: str = "", typed: Sequence[tuple[str, str]] = ()) -> Response:
    """Make the page on which officers sign in; it names nobody, and gives back what was ``typed``."""
    return server.html_response(status, visits.open_page("masuk.html", said=said, typed=typed))
