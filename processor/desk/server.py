"""The desk on 127.0.0.1: pages under a secret path, for whoever was told the address, and for no other program.

Other users of this computer, and pages that a browser has open, can reach the port; without the path and under another
host name they get nothing. Nothing is written down of who read what.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, unquote

from processor.desk import officer_pages
from processor.desk.officer_pages import Nowhere, Visit
from processor.foundation import loopback
from processor.foundation.errors import PayungError
from processor.operations.office import Office

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_HTML, _TEXT = "text/html; charset=utf-8", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What goes back to the browser."""

    status: HTTPStatus
    kind: str
    content: bytes


_NOTHING = _Answer(HTTPStatus.NOT_FOUND, _TEXT, b"Tidak ada apa-apa di sini. Buka alamat yang ditulis payung meja.\n")


@contextmanager
def sitting(opened: Callable[[], Office], port: int) -> Iterator[str]:
    """Serve the desk while the block runs; gives its address. ``opened`` opens the office anew for every page.

    Raises Busy, naming a free port, when ``port`` is taken.
    """
    base = f"/{secrets.token_urlsafe(16)}/"
    with loopback.listening(partial(_Handler, base, opened), port, "payung meja") as address:
        yield address + base


class _Handler(BaseHTTPRequestHandler):
    """Answers one browser, with GET and HEAD alone."""

    server_version, sys_version = "Payung", ""
    timeout = 30

    def __init__(self, base: str, opened: Callable[[], Office], *connection: Any) -> None:
        self._base, self._opened = base, opened
        super().__init__(*connection)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 -- the base class's signature
        return

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Answer what is no request of ours in few words."""
        status = HTTPStatus(code)
        self._send(_Answer(status, _TEXT, f"{code} {status.phrase}\n".encode()))

    def do_GET(self) -> None:
        """A page."""
        self._send(self._answer())

    def do_HEAD(self) -> None:
        """A page's headers."""
        self._send(self._answer())

    def _send(self, answer: _Answer) -> None:
        self.send_response(answer.status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)

    def _answer(self) -> _Answer:
        """The page asked for; nothing to a stranger."""
        path, _, query = self.path.partition("?")
        port = self.connection.getsockname()[1]
        if self.headers.get("Host") not in {f"{loopback.HOST}:{port}", f"localhost:{port}"}:
            return _NOTHING
        if not secrets.compare_digest(path[: len(self._base)].encode(), self._base.encode()):
            return _NOTHING
        return _serve(self._opened, self._base, unquote(path[len(self._base) :]), query)


def _serve(opened: Callable[[], Office], base: str, page: str, query: str) -> _Answer:
    """A page of the desk, a file that it is shown with, or a page that says why not."""
    asked = {key: values[0] for key, values in parse_qs(query).items()}
    try:
        if page.startswith("aset/"):
            return _asset(opened, page.removeprefix("aset/"))
        office, me = opened(), asked.get("petugas", "")
        visit = Visit(office, base, me if me in office.settings.petugas else "")
        return _html(HTTPStatus.OK, _written(visit, page, asked))
    except Nowhere as error:
        return _html(HTTPStatus.NOT_FOUND, officer_pages.error_page(base, "Tidak ditemukan", str(error)))
    except (PayungError, OSError) as error:
        return _html(
            HTTPStatus.INTERNAL_SERVER_ERROR, officer_pages.error_page(base, "Tidak dapat ditampilkan", str(error))
        )
    except Exception as error:  # noqa: BLE001 -- a traceback could hold an applicant's words
        sentence = f"Kesalahan program ({type(error).__name__}). Halaman lain tetap dapat dibuka."
        return _html(
            HTTPStatus.INTERNAL_SERVER_ERROR, officer_pages.error_page(base, "Tidak dapat ditampilkan", sentence)
        )


def _written(visit: Visit, page: str, asked: Mapping[str, str]) -> str:
    """The page under a path. Raises Nowhere when there is none."""
    if page == "":
        return officer_pages.front_page(visit)
    if page == "cari":
        return officer_pages.search_page(visit, asked.get("q", ""))
    if page == "arsip":
        return officer_pages.archive_page(visit, _number(asked.get("halaman", "1")))
    return officer_pages.case_page(visit, page)


def _number(text: str) -> int:
    """The number that ``text`` is; 0 where it is none."""
    try:
        return int(text)
    except ValueError:
        return 0


def _html(status: HTTPStatus, text: str) -> _Answer:
    """A page as bytes, whatever stands in it."""
    return _Answer(status, _HTML, text.encode("utf-8", "replace"))


_OWN = {"meja.css": "text/css; charset=utf-8", "meja.js": "text/javascript; charset=utf-8"}
_SITE = {"ikon.svg": "image/svg+xml", "fonts/plus-jakarta-sans-latin-wght-normal.woff2": "font/woff2"}


def _asset(opened: Callable[[], Office], name: str) -> _Answer:
    """Style and script, also where the office cannot be opened; font and icon from the site's sources."""
    if name not in {*_OWN, *_SITE}:
        return _NOTHING
    folder = officer_pages.FOLDER if name in _OWN else opened().settings.root / "docs" / "assets"
    content = (folder / name).read_bytes()
    return _Answer(HTTPStatus.OK, {**_OWN, **_SITE}[name], content)
