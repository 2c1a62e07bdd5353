"""A small server on 127.0.0.1, for this computer alone."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from processor.errors import Busy

HOST = "127.0.0.1"


class _Server(ThreadingHTTPServer):
    allow_reuse_address = os.name != "nt"  # there it would let two programs share a port
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a visitor that hung up: a traceback could hold an applicant's words."""


@contextmanager
def listening(handler: Callable[..., BaseHTTPRequestHandler], port: int, command: str) -> Iterator[str]:
    """Answer with ``handler`` while the block runs; gives the address, without a slash at its end.

    Raises Busy, naming a free port for ``command``, when ``port`` is taken.
    """
    try:
        server = _Server((HOST, port), handler)
    except OSError as error:
        raise Busy(
            f"Port {port} sedang dipakai program lain, mungkin Payung yang sudah berjalan. "
            f"Hentikan yang itu, atau pakai port lain: {command} --port {_free_port()}"
        ) from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
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
