"""The applicant's pages as they are published: built from the settings, under the strictest headers, with the endpoint.

What the tests do to them they do from outside: with a browser, and by taking the endpoint away.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page
from starlette.types import Receive, Scope, Send

from processor.cases import office_keys
from processor.cli import web_server
from processor.foundation import loopback
from processor.foundation.settings import Settings
from processor.site import endpoint, publish
from tests import office

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_RULES: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


@dataclass
class Served:
    """A site that is served: ``lost`` lets the endpoint store a package and die before it answers."""

    settings: Settings
    keys: office_keys.OfficeKeys
    packages: Path
    address: str = ""
    lost: bool = False
    changed: dict[str, bytes] = field(default_factory=dict)
    """Paths that somebody has tampered with, and what is there now."""

    @property
    def sent(self) -> list[Path]:
        """The packages that were stored."""
        return sorted(self.packages.glob("*.age"))

    def forget(self) -> None:
        """As it was before anybody sent or spoiled anything."""
        self.lost = False
        self.changed.clear()
        for path in self.sent:
            path.unlink()


def built(folder: Path, *, keys: bool = True, google: str = "") -> Settings:
    """A published site, of an office with ``keys`` or without, and with a Google Form or without."""
    situs = {"alamat": "https://payung.example.go.id/", "formulir_google": google}
    settings = office.agency(folder, situs=situs)
    if keys:
        office.keys(settings.office_key.parent)
    publish.publish_site(settings, office.Everybody(), settings.site)
    return settings


@contextmanager
def serving(settings: Settings) -> Iterator[Served]:
    """The published site and the endpoint on one port."""
    served = Served(settings, office.keys(settings.office_key.parent), settings.inbox / "kiriman")
    receiver, pages = endpoint.Endpoint(served.packages), web_server.application(settings.site)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def strict(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-security-policy", POLICY.encode())]
            await send(message)

        async def nowhere(_: Any) -> None:
            """The connection is gone."""

        path = scope["path"]
        if path in endpoint.METHODS:
            await receiver(scope, receive, nowhere if served.lost and path == endpoint.SEND else strict)
        elif path in served.changed:
            await strict(
                {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/javascript")]}
            )
            await strict({"type": "http.response.body", "body": served.changed[path]})
        else:
            await pages(scope, receive, strict)

    with loopback.answering(app, loopback.bind(0, ""), web_server.HEADERS) as address:
        served.address = f"{address}/"
        yield served


def uploads(*files: tuple[str, bytes]) -> list[FilePayload]:
    """Files, each a name and its content, as the browser is handed them."""
    return [{"name": name, "mimeType": "", "buffer": content} for name, content in files]


def faults(tab: Page) -> list[str]:
    """What is wrong with the page as it now stands: rules of WCAG 2.2 AA, and scrolling sideways."""
    found = Axe().run(tab, options=_RULES).response["violations"]
    wrong = [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]
    beyond = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*wrong, *([f"{beyond} px too wide"] if beyond > 0 else [])]


def traces(tab: Page) -> list[Any]:
    """What the site has left on the device."""
    left: list[Any] = tab.evaluate(
        "(async () => [document.cookie, localStorage.length, sessionStorage.length, (await caches.keys()).length,"
        " (await indexedDB.databases()).length])()"
    )
    return left


NOTHING: Final = ["", 0, 0, 0, 0]


@contextmanager
def phone(browser: Browser, site: Served) -> Iterator[BrowserContext]:
    """A browser of its own on a phone; afterwards the site is as nobody had been there."""
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        yield context
    site.forget()
