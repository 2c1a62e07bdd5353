"""Listens on 127.0.0.1, for this computer alone."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from processor.foundation.errors import Busy

HOST = "127.0.0.1"


def bind(port: int, command: str) -> socket.socket:
    """A socket on ``port`` of this computer. Raises Busy, naming a free port for ``command``, when it is taken."""
    try:
        return _bound(port)
    except OSError as error:
        with _bound(0) as free:
            raise Busy(
                f"Port {port} sedang dipakai program lain, mungkin Payung yang sudah berjalan. "
                f"Hentikan yang itu, atau pakai port lain: {command} --port {free.getsockname()[1]}"
            ) from error


def _bound(port: int) -> socket.socket:
    """A socket that listens on ``port`` of this computer. Raises OSError when it cannot."""
    listener = socket.socket(proto=socket.IPPROTO_TCP)  # named, or asyncio would let small answers wait 40 ms
    try:
        if os.name != "nt":  # there it would let two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a visitor that hung up: a traceback could hold an applicant's words."""


@contextmanager
def listening(handler: Callable[..., BaseHTTPRequestHandler], port: int, command: str) -> Iterator[str]:
    """Answer with ``handler`` while the block runs; gives the address, without a slash at its end.

    Raises Busy, naming a free port for ``command``, when ``port`` is taken.
    """
    listener = bind(port, command)
    server = _Server(listener.getsockname(), handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
