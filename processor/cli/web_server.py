"""What ``payung layani`` does on 127.0.0.1: serve the site and the endpoint for sealed packages."""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from processor.cli import live_pages
from processor.cli.live_pages import MARK, SCRIPT
from processor.foundation import loopback
from processor.site.endpoint import METHODS, Endpoint

HEADERS = {"Cache-Control": "no-cache"}
"""A browser asks again each time, as behind the web server of docs/petugas/hosting.md: 304 is its answer."""

_TEXT: Final = frozenset({"", ".html", ".css", ".js", ".json", ".svg", ".xml"})
"""What is compressed, by how its path ends, pages without a name of their own included: nothing that is sealed."""


class _Compressed(GZipMiddleware):
    """Compresses text for whoever takes that; the rest goes out as it is."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        text = PurePosixPath(scope["path"]).suffix in _TEXT
        await (super().__call__ if text else self.app)(scope, receive, send)


class _Files(StaticFiles):
    """The site's files, with weak ETags: the same file goes out compressed to one and as it is to another."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        answer = super().file_response(*args, **kwargs)
        answer.headers["etag"] = f"W/{answer.headers['etag']}"
        return answer


@contextmanager
def serving(
    folder: Path, port: int, packages: Path | None = None, host: str = "", *, follow: bool = False
) -> Iterator[str]:
    """Serve the site in ``folder``, and store sealed packages in ``packages``, while the block runs.

    Answers under this computer's own names and under ``host``, which a web server in front of it may pass on. Pages
    that are open on this computer ``follow`` the site where that is asked for.

    Yields:
        The address, with a slash at its end.

    Raises:
        Busy: When ``port`` is taken; names a free one.
    """
    app, listener = application(folder, packages, host, follow=follow), loopback.bind(port, "payung layani")
    with loopback.answering(app, listener, HEADERS) as address:
        yield f"{address}/"


def application(folder: Path, packages: Path | None = None, host: str = "", *, follow: bool = False) -> Starlette:
    """Make the application: the files in ``folder``, with its 404.html for what is not there, and the endpoint.

    See ``serving``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    own = mimetypes.MimeTypes()
    mimetypes.types_map.update(own.types_map[True])  # Windows lets other programs change the system's table
    receiver = Endpoint(packages) if packages else None
    hosts = [loopback.HOST, "localhost", *filter(None, [host])]
    files = _Files(directory=folder, html=True)
    return Starlette(
        routes=[
            *(Route(path, receiver) for path in METHODS if receiver),
            *((Route(SCRIPT, live_pages.script), Route(MARK, live_pages.mark_of(folder))) if follow else ()),
            Mount("/", _Compressed(live_pages.FollowingPages(files) if follow else files)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)],
    )
