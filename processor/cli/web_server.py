"""What listens: the site and the endpoint for sealed packages on one port, and the pass on a schedule.

``payung layani`` runs it on 127.0.0.1; behind another web server the endpoint runs alone, on a port or on the socket
that systemd hands over.
"""

import asyncio
import mimetypes
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import uvicorn

from processor.foundation.loopback import bind
from processor.site import endpoint
from processor.site.endpoint import App, Receive, Scope, Send

_CONNECTIONS = 400  # each may hold a file as well, and a process has 1024 of both
_PATIENCE = 60  # seconds for what is under way when the server is told to stop


@contextmanager
def serving(folder: Path, port: int, packages: Path | None = None) -> Iterator[str]:
    """Serve the site in ``folder``, and store sealed packages in ``packages``, while the block runs; the address.

    Raises Busy, naming a free port, when ``port`` is taken.
    """
    pages = static_site(folder)
    receiver = endpoint.Endpoint(packages) if packages else pages

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await (receiver if scope["path"] in endpoint.METHODS else pages)(scope, receive, send)

    with answering(app, bind(port, "payung layani")) as address:
        yield f"{address}/"


@contextmanager
def answering(app: App, listener: socket.socket) -> Iterator[str]:
    """Answer on ``listener`` with ``app`` while the block runs; gives its address.

    What is under way when the block ends is finished, for a minute at most.
    """
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_PATIENCE,
        )
    )
    name = listener.getsockname()
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"http://{name[0]}:{name[1]}" if listener.family == socket.AF_INET else str(name)
    finally:
        server.should_exit = True
        thread.join()


def static_site(folder: Path) -> App:
    """The files in ``folder`` as a site: a folder is its index.html, what is not there is 404.html. Keeps no log."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 -- a page needs no body
        status, content, headers = await asyncio.to_thread(_page, folder, scope["method"], scope["path"])
        headers["content-length"] = str(len(content))
        said = [(key.encode(), value.encode()) for key, value in headers.items()]
        await send({"type": "http.response.start", "status": int(status), "headers": said})
        await send({"type": "http.response.body", "body": content})

    return app


def _page(folder: Path, method: str, asked: str) -> tuple[HTTPStatus, bytes, dict[str, str]]:
    """What a request for the path ``asked`` gets: status, content and headers."""
    if method not in {"GET", "HEAD"}:
        return HTTPStatus.METHOD_NOT_ALLOWED, b"", {"allow": "GET, HEAD"}
    top = folder.resolve()
    try:
        path = (top / asked.lstrip("/")).resolve()
        if path.is_relative_to(top):
            if path.is_dir() and not asked.endswith("/"):
                return HTTPStatus.MOVED_PERMANENTLY, b"", {"location": quote(f"/{path.relative_to(top).as_posix()}/")}
            path = path / "index.html" if path.is_dir() else path
            return HTTPStatus.OK, path.read_bytes(), {"content-type": _kind(path.name)}
    except (OSError, ValueError):  # not there, or a path that no file system knows
        pass
    missing = top / "404.html"
    return HTTPStatus.NOT_FOUND, missing.read_bytes() if missing.is_file() else b"", {"content-type": _kind("a.html")}


def _kind(name: str) -> str:
    """The content type of a file, from Python's own table: Windows lets other programs change the system's."""
    kind = mimetypes.MimeTypes().guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def repeat(seconds: float, work: Callable[[], None], stop: threading.Event) -> None:
    """Do ``work`` every so often, until ``stop`` is set."""
    while not stop.wait(seconds):
        work()
