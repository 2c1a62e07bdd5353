"""What the desk lets be posted: only what a page of its own sends, with what that page was given."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlencode, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from processor.desk import server
from processor.desk.page_table import Page
from processor.desk.server import Visitor
from processor.desk.visit import Elsewhere, Sent, Visit
from processor.foundation import loopback
from processor.foundation.errors import PayungError
from tests.story import Story

TOKEN = "tanda-halaman"
DONE: list[tuple[str, str]] = []


def act(visit: Visit) -> Elsewhere | str:
    """Note who did what; refuse what is empty."""
    if not (text := visit.posted.text("isi")):
        return "<p>Isinya masih kosong.</p>"
    if text == "gagal":
        raise PayungError("Nomornya sudah dipakai.")
    DONE.append((visit.me, text))
    return Elsewhere(visit.link("catatan", "akhir"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    story = Story(tmp_path_factory.mktemp("kantor"))

    def access(request: Request) -> Visitor:
        return Visitor(request.query_params.get("petugas", ""), TOKEN)

    file = Sent(b"isi", "application/pdf", 'ka"jian.pdf')
    pages = (
        Page("catatan", lambda _: "<p>Halaman</p>", act),
        Page("berkas", lambda _: file),
        Page("sebentar", lambda _: Sent(b"isi", "text/plain", headers={"Refresh": "60; url=/meja/"})),
        Page("hanya-dilihat", lambda _: "<p>Halaman</p>"),
    )
    app = Starlette(routes=[Mount("/meja", routes=server.routes(lambda: story.office, "/meja/", access, pages))])
    with loopback.answering(app, loopback.bind(0, "payung meja")) as found:
        yield found


def post(address: str, page: str, origin: str | None = "", **fields: str) -> tuple[int, str]:
    """What is answered: the status, and where to go or what is said."""
    netloc = urlsplit(address).netloc
    given = {} if origin is None else {"Origin": origin or f"http://{netloc}"}
    form = {"Content-Type": "application/x-www-form-urlencoded", **given}
    with closing(http.client.HTTPConnection(netloc, timeout=60)) as connection:
        connection.request("POST", f"/meja/{page}", urlencode(fields), form)
        answer = connection.getresponse()
        said = answer.read().decode()
        return answer.status, answer.headers.get("Location") or said


@pytest.fixture
def done() -> list[tuple[str, str]]:
    DONE.clear()
    return DONE


def test_what_a_page_of_the_desk_posts_is_done_and_leads_on(address: str, done: list[tuple[str, str]]) -> None:
    assert post(address, "catatan?petugas=kabag", tanda=TOKEN, isi=" Baik.\r\n") == (
        303,
        "/meja/catatan?petugas=kabag#akhir",
    )
    assert done == [("kabag", "Baik.")]


@pytest.mark.parametrize(
    ("origin", "token"),
    [
        ("https://evil.example", TOKEN),
        ("null", TOKEN),
        (None, TOKEN),
        ("", ""),
        ("", "lain"),
        ("", "tanda-halamán"),
    ],
)
def test_what_comes_from_elsewhere_or_without_what_the_page_gave_is_not_done(
    address: str, done: list[tuple[str, str]], origin: str | None, token: str
) -> None:
    status, said = post(address, "catatan", origin, tanda=token, isi="Palsu.")
    assert (status, done) == (403, [])
    assert "Muat ulang halamannya" in said


def test_what_is_wrong_is_shown_and_what_fails_is_said(address: str, done: list[tuple[str, str]]) -> None:
    assert post(address, "catatan", tanda=TOKEN) == (422, "<p>Isinya masih kosong.</p>")
    status, said = post(address, "catatan", tanda=TOKEN, isi="gagal")
    assert (status, done) == (500, [])
    assert "Nomornya sudah dipakai." in said


def test_a_page_that_does_nothing_takes_nothing(address: str) -> None:
    assert post(address, "hanya-dilihat", tanda=TOKEN, isi="Palsu.")[0] == 405
    assert post(address, "tidak-ada", tanda=TOKEN, isi="Palsu.")[0] == 405


def test_a_stranger_is_no_officer(address: str, done: list[tuple[str, str]]) -> None:
    assert post(address, "catatan?petugas=orang-lain", tanda=TOKEN, isi="Halo.")[0] == 303
    assert done == [("", "Halo.")]


def test_more_than_is_taken_is_not_even_read(address: str, done: list[tuple[str, str]]) -> None:
    netloc = urlsplit(address).netloc
    head = f"POST /meja/catatan HTTP/1.1\r\nHost: {netloc}\r\nOrigin: http://{netloc}\r\n"
    for length in ("Content-Length: 999999999", "Transfer-Encoding: chunked"):
        with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=60) as connection:
            connection.sendall(f"{head}{length}\r\n\r\n".encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 413 ")
    assert not done


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"])
def test_another_machine_reaches_nothing_of_a_desk_for_this_one(address: str) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", urlsplit(address).port or 0), timeout=60)


def test_a_file_is_sent_to_be_kept_and_not_opened_inside_the_desk(address: str) -> None:
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:
        connection.request("GET", "/meja/berkas")
        answer = connection.getresponse()
        assert (answer.read(), answer.headers["Content-Type"]) == (b"isi", "application/pdf")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="ka%22jian.pdf"'


def test_what_is_shown_for_a_while_says_so_to_the_browser(address: str) -> None:
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:
        connection.request("GET", "/meja/sebentar")
        answer = connection.getresponse()
        assert (answer.read(), answer.headers["Refresh"]) == (b"isi", "60; url=/meja/")
        assert answer.headers["Content-Disposition"] is None
