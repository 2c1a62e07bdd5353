"""A page on 127.0.0.1 that may do no more than the applicant's pages: the strictest headers, and our own scripts."""

import base64
import functools
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from typing import Any, Final

from processor.foundation import loopback
from tests.office import ROOT

MODULE: Final = ROOT / "docs" / "assets" / "brankas.js"
POLICY: Final = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'"


class _Strict(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        integrity = base64.b64encode(hashlib.sha256(MODULE.read_bytes()).digest()).decode()
        script = f'<script type="module" src="{MODULE.name}" integrity="sha256-{integrity}"></script>'
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f'<!doctype html><html lang="id"><title>Uji</title>{script}</html>'.encode())
        return None

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name in the standard library)
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """An empty page that loads the built module; gives its address."""
    with loopback.listening(functools.partial(_Strict, directory=str(MODULE.parent)), 0, "") as address:
        yield f"{address}/"
