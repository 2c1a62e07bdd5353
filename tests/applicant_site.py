"""The applicant's pages as they are published: built from the settings, under the strictest headers, with the endpoint.

What the tests do to them they do from outside: with a browser, and by taking the endpoint away.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, ViewportSize
from starlette.types import Receive, Scope, Send

from processor.cases import office_keys
from processor.cli import web_server
from processor.foundation import file_locks, loopback
from processor.foundation import settings as settings_file
from processor.foundation.settings import Settings
from processor.foundation.working_time import Calendar
from processor.operations import working_table
from processor.site import endpoint, pages, publish, sealed_files
from tests import accessibility, by_hand, office

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
Scheme = Literal["light", "dark"]
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
SIGHTS: Final[tuple[tuple[Scheme, int], ...]] = (("light", 320), ("dark", 1280))
ADDRESS: Final = "https://payung.example.go.id/"


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


UNITS = [{"kode": "DISDIK", "nama": "Dinas Pendidikan Rekaan"}, {"kode": "RS", "nama": "Rumah Sakit Rekaan"}]


def recipe(kind: str) -> str:
    """The only block of ``kind`` in the handbook's page on hosting, as the site shows it."""
    page = (office.ROOT / "docs" / "petugas" / "hosting.md").read_text("utf-8")
    filled = pages.fill(page, pages.context(settings_file.load(office.ROOT / settings_file.FILE_NAME)))
    [block] = re.findall(rf"^```{kind}\n(.*?)^```$", filled, re.DOTALL | re.MULTILINE)
    return str(block)


def published(folder: Path, run: pytest.TempPathFactory) -> Settings:
    """An office in ``folder`` that takes requests: its keys, and its site as it was published once in this ``run``."""
    once = _published_once(run)
    for name in ("kunci", "situs"):
        shutil.copytree(once / name, folder / name)
    share_reading(folder, run)
    return office.agency(folder, situs={"alamat": ADDRESS, "formulir_google": ""}, unit=UNITS)


def by_google(folder: Path, link: str) -> Settings:
    """An office without keys in ``folder`` that asks by the Google Form at ``link``, and its site of three pages."""
    root = office.small_sources(folder / "sumber")
    shutil.copy(office.ROOT / "docs" / "ajukan.md", root / "docs")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as menu:
        menu.write("  - Ajukan: ajukan.md\n")
    settings = office.agency(folder, root, situs={"alamat": ADDRESS, "formulir_google": link})
    publish.publish_site(settings, office.Everybody(), settings.site)
    return settings


def share_reading(folder: Path, run: pytest.TempPathFactory) -> None:
    """Let the gate of an office in ``folder`` know what it read in the site that was published once in this ``run``."""
    kept = Path("register", ".payung", "situs.sqlite")
    (folder / kept).parent.mkdir(parents=True)
    shutil.copy(_published_once(run) / kept, folder / kept)


def _published_once(run: pytest.TempPathFactory) -> Path:
    """Where the office's keys and site lie that all processes of this run share; the first that asks makes them."""
    base = run.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "terbit-sekali"
    with file_locks.hold(folder.with_suffix(".lock"), 240, "the site is not built yet"):
        if not folder.exists():
            draft = folder.with_suffix(".baru")
            (draft / "register" / ".payung").mkdir(parents=True)
            root = office.sources(draft)
            (root / "docs" / "_headers").write_text(recipe("headers"), "utf-8")
            settings = office.agency(draft, root, situs={"alamat": ADDRESS, "formulir_google": ""}, unit=UNITS)
            office.keys(settings.office_key.parent)
            publish.publish_site(settings, office.Everybody(), settings.site)
            told = {
                sealed_files.PUBLICATION: sealed_files.publication(office.START, 1),
                sealed_files.WORKING_HOURS: working_table.file(settings, Calendar(), office.START),
            }
            sealed_files.write(settings.site, told, office.START)
            draft.rename(folder)
    return folder


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
    """What is wrong with the page as it now stands, on a small phone in light colours and on a wide screen in dark.

    Rules of WCAG 2.2 AA, scrolling sideways, and what axe cannot find (``by_hand``).
    """
    rules = (accessibility.WCAG, accessibility.SEEN)
    found = [
        fault
        for (scheme, width), judged in zip(SIGHTS, rules, strict=True)
        for fault in _seen(tab, scheme, width, judged)
    ]
    return [*found, *by_hand.faults(tab)]


# At its end nothing sticky stands over a button that one need only scroll to.
_WIDE_AT_ITS_END: Final = """() => {
  const { scrollWidth, scrollHeight } = document.documentElement;
  scrollTo(0, scrollHeight);
  return scrollWidth - innerWidth;
}"""


def _seen(tab: Page, scheme: Scheme, width: int, rules: tuple[str, ...]) -> list[str]:
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 740})
    beyond = tab.evaluate(_WIDE_AT_ITS_END)
    wide = [f"{beyond} px too wide"] if beyond > 0 else []
    return [f"{scheme}, {width} px: {fault}" for fault in [*accessibility.violations(tab, rules), *wide]]


def traces(tab: Page) -> list[Any]:
    """What the site has left on the device."""
    left: list[Any] = tab.evaluate(
        "(async () => [document.cookie, localStorage.length, sessionStorage.length, (await caches.keys()).length,"
        " (await indexedDB.databases()).length])()"
    )
    return left


def keeps(tab: Page, wanted: list[Any]) -> None:
    """Wait until these are the ``traces``: what is typed is kept a moment later."""
    for _ in range(600):
        if traces(tab) == wanted:
            return
        tab.wait_for_timeout(100)
    pytest.fail(f"on the device stays {traces(tab)}")


NOTHING: Final = ["", 0, 0, 0, 0]
DRAFT: Final = ["", 0, 1, 0, 1]
"""A draft with its key, and no package that waits."""


@contextmanager
def phone(browser: Browser, site: Served) -> Iterator[BrowserContext]:
    """A browser of its own on a phone; afterwards the site is as nobody had been there."""
    with browser.new_context(viewport=PHONE) as context:
        yield context
    site.forget()


@contextmanager
def handed_on(browser: Browser) -> Iterator[BrowserContext]:
    """A browser on a phone for many visitors, one after another: ``leave`` makes it as new for the next one.

    Starting one anew costs more than most visits, and so does the first page where no other is open: one stays.
    """
    with browser.new_context(viewport=PHONE) as context:
        context.new_page()
        yield context


def leave(context: BrowserContext, site: Served) -> None:
    """A visitor goes, and nothing of them stays: no page, nothing kept, no right, and the site as before."""
    stays, *others = context.pages
    for tab in others:
        tab.close()
    context.unroute_all()
    context.set_offline(offline=False)
    context.clear_permissions()
    session = context.new_cdp_session(stays)
    origin = site.address.removesuffix("/")
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    session.detach()
    site.forget()
