"""What ``payung layani`` answers: pages as a browser asks for them, under this computer's own names alone."""

import gzip
import http.client
import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from processor.cli import web_server
from processor.foundation import loopback
from processor.foundation.errors import Busy
from tests.site.test_endpoint import ask, named, package, stored


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "situs"
    (folder / "ajukan").mkdir(parents=True)
    (folder / "index.html").write_text("Beranda")
    (folder / "404.html").write_text("Tidak ada")
    (folder / "ajukan" / "index.html").write_text("Ajukan")
    (folder / "a b.js").write_text("1")
    (tmp_path / "kunci.txt").write_text("rahasia")
    return folder


def test_site_and_endpoint_share_one_port(tmp_path: Path, site: Path) -> None:
    with web_server.serving(site, 0, tmp_path / "kiriman") as address:
        assert ask(address, method="GET", path="/")[2] == "Beranda"
        assert ask(address, method="GET", path="/ajukan/?dari=faq")[::2] == (200, "Ajukan")
        status, headers, _ = ask(address, method="GET", path="/ajukan")
        assert (status, headers["location"]) == (307, f"{address}ajukan/")
        assert "javascript" in ask(address, method="GET", path="/a%20b.js")[1]["content-type"]
        assert ask(address, method="HEAD", path="/")[1]["content-length"] == "7"
        assert ask(address, method="POST", path="/")[0] == 405
        assert ask(address, package())[0] == 201
    assert set(stored(tmp_path / "kiriman")) == {f"{named(package())}.age"}


@pytest.mark.parametrize(
    "path", ["/tidak-ada/", "/../kunci.txt", "/%2e%2e/kunci.txt", "/..%2fkunci.txt", "//../kunci.txt"]
)
def test_what_is_not_in_the_site_is_its_own_404(site: Path, path: str) -> None:
    with web_server.serving(site, 0) as address:
        assert ask(address, method="GET", path=path)[::2] == (404, "Tidak ada")


@pytest.mark.parametrize("path", ["/%00", "/" + "a" * 5000])
def test_a_path_that_no_file_system_knows_is_not_there(site: Path, path: str) -> None:
    with web_server.serving(site, 0) as address:
        assert ask(address, method="GET", path=path)[0] == 404


def test_a_port_that_is_taken_says_which_is_free(site: Path) -> None:
    with web_server.serving(site, 0) as address:
        taken = urlsplit(address).port or 0
        with pytest.raises(Busy, match=r"payung layani --port \d+") as raised:
            loopback.bind(taken, "payung layani")
    assert raised.value.exit_code == 3


def test_a_page_that_has_not_changed_is_not_sent_again(site: Path) -> None:
    with web_server.serving(site, 0) as address:
        first = ask(address, method="GET", path="/")[1]
        assert first["cache-control"] == "no-cache", "else a browser would guess how long a page stays as it is"
        again = {"If-None-Match": first["etag"]}
        assert ask(address, method="GET", path="/", headers=again)[::2] == (304, "")
        since = {"If-Modified-Since": first["last-modified"]}
        assert ask(address, method="GET", path="/", headers=since)[0] == 304
        (site / "index.html").write_text("Beranda yang lain")
        assert ask(address, method="GET", path="/", headers=again)[::2] == (200, "Beranda yang lain")


def test_a_part_of_a_file_can_be_asked_for(site: Path) -> None:
    with web_server.serving(site, 0) as address:
        status, headers, text = ask(address, method="GET", path="/", headers={"Range": "bytes=2-4"})
        assert (status, headers["content-range"], text) == (206, "bytes 2-4/7", "ran")
        assert ask(address, method="GET", path="/", headers={"Range": "bytes=7-"})[0] == 416


def _zipped(address: str, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """The answer to somebody who takes gzip, and its body as it came."""
    asked = {"Accept-Encoding": "gzip, br", **{name.replace("_", "-"): value for name, value in headers.items()}}
    one = http.client.HTTPConnection(urlsplit(address).netloc)
    one.request("GET", path, headers=asked)
    answer = one.getresponse()
    content = answer.read()
    one.close()
    return answer, content


@pytest.mark.parametrize("path", ["/", "/gaya.css", "/a%20b.js", "/cari.json", "/ikon.svg"])
def test_text_goes_out_compressed_to_whoever_takes_that(site: Path, path: str) -> None:
    words = "Beranda " * 20_000
    for name in ("index.html", "gaya.css", "a b.js", "cari.json", "ikon.svg"):
        (site / name).write_text(words)
    with web_server.serving(site, 0) as address:
        answer, content = _zipped(address, path)
        assert (answer.getheader("content-encoding"), gzip.decompress(content)) == ("gzip", words.encode())
        assert answer.getheader("vary") == "Accept-Encoding"
        _, headers, text = ask(address, method="GET", path=path)
        assert ("content-encoding" in headers, headers["vary"], text) == (False, "Accept-Encoding", words)


def test_what_was_compressed_is_asked_for_again_and_in_parts_as_ever(site: Path) -> None:
    (site / "index.html").write_text("Beranda " * 1000)
    with web_server.serving(site, 0) as address:
        tag = _zipped(address, "/")[0].getheader("etag") or ""
        assert tag.startswith('W/"'), "one tag for two forms of a file may not promise the same bytes"
        again, nothing = _zipped(address, "/", If_None_Match=tag)
        assert (again.status, nothing, again.getheader("etag")) == (304, b"", tag)
        part, content = _zipped(address, "/", Range="bytes=8-14")
        assert (part.status, part.getheader("content-encoding"), content) == (206, None, b"Beranda")
        whole, content = _zipped(address, "/", Range="bytes=8-14", If_Range=tag)
        assert (whole.status, len(gzip.decompress(content))) == (200, 8000)


@pytest.mark.parametrize("name", ["status-1-000.bin", "satu.age", "sidik.txt", "panduan.pdf", "huruf.woff2"])
def test_what_is_sealed_or_compressed_goes_out_as_it_is(site: Path, name: str) -> None:
    content = b"tersegel" * 1000
    (site / name).write_bytes(content)
    with web_server.serving(site, 0) as address:
        answer, got = _zipped(address, f"/{name}")
    assert (answer.getheader("content-encoding"), answer.getheader("content-length"), got) == (None, "8000", content)


@pytest.mark.parametrize("host", ["lain.example", "127.0.0.1.lain.example", "layanan.example.lain.example", ""])
def test_another_host_name_gets_neither_a_page_nor_a_receipt(tmp_path: Path, site: Path, host: str) -> None:
    with web_server.serving(site, 0, tmp_path / "kiriman", "layanan.example") as address:
        refused = ask(address, method="GET", path="/", headers={"Host": host})
        assert (refused[0], "Beranda" in refused[2]) == (400, False)
        assert ask(address, package(), headers={"Host": host, "Content-Type": "application/octet-stream"})[0] == 400
        assert not stored(tmp_path / "kiriman")
        for own in ("localhost", "Layanan.Example:8000", urlsplit(address).netloc):
            assert ask(address, method="GET", path="/", headers={"Host": own})[0] == 200


def test_a_script_stays_a_script_whatever_the_system_calls_it(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(mimetypes.types_map, ".js", "text/plain")
    with web_server.serving(site, 0) as address:
        assert "javascript" in ask(address, method="GET", path="/a%20b.js")[1]["content-type"]


def test_before_the_first_publication_nothing_is_there(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with web_server.serving(tmp_path / "situs", 0) as address:
        assert ask(address, method="GET", path="/")[0] == 404
    assert capfd.readouterr() == ("", "")
