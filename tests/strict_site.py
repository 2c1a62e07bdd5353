"""A page on 127.0.0.1 that may do no more than the applicant's pages: the strictest headers, and our own scripts."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from processor.foundation import loopback
from tests.office import ROOT

MODULE: Final = ROOT / "docs" / "assets" / "brankas.js"
POLICY: Final = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'"


@contextmanager
def serving() -> Iterator[str]:
    """An empty page that loads the built module; gives its address."""
    integrity = base64.b64encode(hashlib.sha256(MODULE.read_bytes()).digest()).decode()
    script = f'<script type="module" src="{MODULE.name}" integrity="sha256-{integrity}"></script>'
    page = HTMLResponse(f'<!doctype html><html lang="id"><title>Uji</title>{script}</html>')
    app = Starlette(routes=[Route("/", lambda _: page), Mount("/", StaticFiles(directory=MODULE.parent))])
    with loopback.answering(app, loopback.bind(0, ""), {"Content-Security-Policy": POLICY}) as address:
        yield f"{address}/"
