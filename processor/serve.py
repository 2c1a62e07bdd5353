"""The site on 127.0.0.1 and the pass on a schedule: what ``payung layani`` runs until it is stopped."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from processor.errors import Busy

HOST = "127.0.0.1"


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and writes no log: a log would say who read what."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 -- the base class's signature
        return

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a wrong address with the site's own page."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    allow_reuse_address = os.name != "nt"  # there it would let two programs share a port
    daemon_threads = True


@contextmanager
def serving(folder: Path, port: int) -> Iterator[str]:
    """Serve ``folder`` while the block runs; gives its address.

    Raises Busy, naming a free port, when ``port`` is taken.
    """
    try:
        server = _Server((HOST, port), partial(_Quiet, directory=str(folder)))
    except OSError as error:
        raise Busy(
            f"Port {port} sedang dipakai program lain, mungkin Payung yang sudah berjalan. "
            f"Hentikan yang itu, atau pakai port lain: payung layani --port {_free_port()}"
        ) from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def every(seconds: float, work: Callable[[], None], stop: threading.Event) -> None:
    """Do ``work`` every so often, until ``stop`` is set."""
    while not stop.wait(seconds):
        work()
