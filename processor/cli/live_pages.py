"""Lets pages that ``payung layani`` shows on this computer follow the site: a script that no published file holds.

Whoever comes by the site's own address, through a web server in front, gets the pages as they are published.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path, PurePosixPath
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from processor.foundation import loopback

SCRIPT: Final = "/_layani/segar.js"
MARK: Final = "/_layani/terbit"
_TAG: Final = f'<script src="{SCRIPT}" defer></script></body>'.encode()
_HERE: Final = frozenset({loopback.HOST, "localhost"})


async def script(_: Request) -> Response:
    """Send the script."""
    return FileResponse(Path(__file__).with_name("segar.js"))


def mark_of(site: Path) -> Callable[[Request], Awaitable[Response]]:
    """Make what answers with a text that is another once the site was built anew: then another folder stands there."""

    async def answer(_: Request) -> Response:
        try:
            found = site.stat()
        except OSError:
            return PlainTextResponse("", 503)
        return PlainTextResponse(f"{found.st_ino}.{found.st_mtime_ns}")

    return answer


class FollowingPages:
    """Puts the script's tag into pages for this computer's own browser; the rest goes out as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        host = Headers(scope=scope).get("host", "").rpartition(":")[0] if scope["type"] == "http" else ""
        page = host in _HERE and scope["method"] == "GET" and PurePosixPath(scope["path"]).suffix in {"", ".html"}
        await self.app(scope, receive, _tagging(send) if page else send)


def _tagging(send: Send) -> Send:
    """Make a sender that holds an HTML page back until it is whole, and puts the tag at its end."""
    held: list[Message] = []
    body = bytearray()

    async def tag(message: Message) -> None:
        if message["type"] == "http.response.start":
            html = Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
            if not (html and message["status"] in {200, 404}):
                await send(message)
                return
            held.append(message)
        elif held:
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            tagged = bytes(body).replace(b"</body>", _TAG)
            MutableHeaders(raw=held[0]["headers"])["content-length"] = str(len(tagged))
            await send(held.pop())
            await send({"type": "http.response.body", "body": tagged})
        else:
            await send(message)

    return tag
