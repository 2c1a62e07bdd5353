"""Only bounded answers are read, no redirect is followed, and a failure is a sentence in our own words."""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from processor.foundation.progress import silent
from processor.operations.figures import aggregate_addresses
from processor.operations.figures.aggregate_addresses import MOST_BYTES, NotFetched
from tests import smtp_server

OK = b"HTTP/1.1 200 OK\r\n"
ANSWERS: Mapping[str, tuple[bytes, ...]] = {
    "/ada": (OK + b"Content-Length: 2\r\n\r\n{}",),
    "/pindah": (b"HTTP/1.1 302 Found\r\nLocation: /ada\r\nContent-Length: 0\r\n\r\n",),
    "/hilang": (b"HTTP/1.1 404 <script>\r\nContent-Length: 8\r\n\r\n<script>",),
    "/besar": (OK + b"\r\n", b" " * (MOST_BYTES + 1)),
    "/kacau": (b"\x00\xff\x1b[31m\r\n\r\n",),
    "/panjang": (OK + b"X: " + b"a" * 70_000 + b"\r\n\r\n",),
    "/diam": (),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server that says just these bytes and closes; of /diam it says nothing and keeps the connection."""
    kept: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listener:
        thread = threading.Thread(target=_serve, args=(listener, kept))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        with socket.create_connection(listener.getsockname()) as last:
            last.sendall(b"GET /selesai HTTP/1.1\r\n\r\n")
            thread.join()
    for one in kept:
        one.close()


def _serve(listener: socket.socket, kept: list[socket.socket]) -> None:
    while True:
        client, _ = listener.accept()
        path = client.recv(4096).split()[1].decode().partition("?")[0]
        if path == "/selesai":
            client.close()
            return
        if not ANSWERS[path]:
            kept.append(client)
            continue
        with client, suppress(OSError):  # whoever asked has had enough
            for part in ANSWERS[path]:
                client.sendall(part)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/pindah", "mengalihkan ke alamat lain"),
        ("/hilang", "kode 404"),
        ("/besar", "lebih besar daripada 8 MB"),
        ("/kacau", "Tidak dapat dihubungi (BadStatusLine)"),
        ("/panjang", "Tidak dapat dihubungi (LineTooLong)"),
        ("/diam", "Tidak"),
    ],
)
def test_what_is_no_whole_answer_is_told_in_our_own_words(address: str, path: str, said: str) -> None:
    whole, failed = f"{address}/ada", f"{address}{path}"
    shown: list[tuple[int, int]] = []
    found = aggregate_addresses.fetch([whole, failed], lambda _, done, of: shown.append((done, of)), patience=1.0)
    assert found[whole] == b"{}"
    assert isinstance(found[failed], NotFetched)
    sentence = str(found[failed])
    assert said in sentence
    assert "payung" in sentence or "8 MB" in sentence
    assert not {"<", "\x1b"} & {*sentence}
    assert shown[-1] == (2, 2)


def test_more_addresses_than_are_asked_at_once_all_answer(address: str) -> None:
    many = [f"{address}/ada?{number}" for number in range(20)]
    assert aggregate_addresses.fetch(many, silent) == dict.fromkeys(many, b"{}")


def test_an_address_where_nobody_listens_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    (found,) = aggregate_addresses.fetch([f"http://127.0.0.1:{port}/"], silent).values()
    assert "ConnectionRefusedError" in str(found)


def test_a_site_for_whose_certificate_nobody_vouches_is_not_read(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(smtp_server.certificate(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            client, _ = listener.accept()
            with client, suppress(OSError):
                context.wrap_socket(client, server_side=True)

        thread = threading.Thread(target=answer)
        thread.start()
        (found,) = aggregate_addresses.fetch([f"https://127.0.0.1:{listener.getsockname()[1]}/"], silent).values()
        thread.join()
    assert "Sertifikat situsnya tidak sah" in str(found)
