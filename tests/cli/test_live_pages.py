"""An open page follows the site on the computer that serves it, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from processor.cli import web_server
from tests.site.test_endpoint import ask

POLICY = "default-src 'none'; connect-src 'self'; script-src 'self'"
HOST = "payung.example.go.id"


def page(title: str) -> str:
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    words = "<p>Bantuan hukum.</p>" * 100  # enough to be compressed
    return (
        f'<!doctype html><html lang="id"><head>{policy}<title>{title}</title></head><body>{words}<input></body></html>'
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "situs"
    published(folder, "Lama")
    return folder


def published(folder: Path, title: str) -> None:
    """The site as it is built anew: another folder takes the name."""
    beside = folder.with_name(f".{title}")
    beside.mkdir()
    for name in ("index.html", "404.html"):
        (beside / name).write_text(page(title), "utf-8")
    if folder.exists():
        folder.rename(folder.with_name(".lama"))
    beside.rename(folder)


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with web_server.serving(site, 0, None, HOST, follow=True) as found:
        yield found


@pytest.mark.slow
def test_an_open_page_shows_the_site_as_it_is_built_anew_but_for_somebody_who_types(
    address: str, site: Path, browser: Browser
) -> None:
    with browser.new_context() as context:
        reading, typing = context.new_page(), context.new_page()
        for tab in (reading, typing):
            with tab.expect_response("**/_layani/terbit"):
                tab.goto(address)
        typing.fill("input", "Yang saya ketik")
        published(site, "Baru")
        expect(reading).to_have_title("Baru", timeout=60_000)
        looked_again(typing)
        expect(typing).to_have_title("Lama")
        assert typing.input_value("input") == "Yang saya ketik"


def looked_again(tab: Page) -> None:
    """Time enough for another look."""
    tab.wait_for_timeout(2500)


def test_no_published_file_and_no_visitor_from_elsewhere_gets_the_script(address: str, site: Path) -> None:
    here = ask(address, method="GET", path="/")
    assert here[2] == page("Lama").replace("</body>", '<script src="/_layani/segar.js" defer></script></body>')
    assert int(here[1]["content-length"]) == len(here[2])
    assert "segar" in ask(address, method="GET", path="/tidak-ada/")[2]
    assert ask(address, method="GET", path="/", headers={"Host": HOST})[2] == page("Lama")
    assert (site / "index.html").read_text("utf-8") == page("Lama")
    head = ask(address, method="HEAD", path="/")
    assert (int(head[1]["content-length"]), head[2]) == (len(page("Lama")), "")
    assert ask(address, method="GET", path="/_layani/segar.js")[0] == 200


def test_a_server_that_is_not_asked_to_adds_nothing(site: Path) -> None:
    with web_server.serving(site, 0) as address:
        assert ask(address, method="GET", path="/")[2] == page("Lama")
        assert ask(address, method="GET", path="/_layani/terbit")[0] == 404
