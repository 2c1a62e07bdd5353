"""Listens on 127.0.0.1, for this computer alone, or where it is told to, and answers with an ASGI application."""

import asyncio
import errno
import os
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processor.foundation import atomic_files
from processor.foundation.errors import Busy

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HOST = "127.0.0.1"
_CONNECTIONS = 400  # each may hold a file as well, and a process has 1024 of both
_PATIENCE = 60  # seconds for what is under way when the server is told to stop


def bind(port: int, command: str, host: str = HOST) -> socket.socket:
    """Listen on ``port`` of this computer; 0 takes any that is free.

    Raises:
        Busy: When the port is taken; names a free one for ``command``.
        OSError: When ``host`` is no address of this computer.
    """
    try:
        return _listener(port, host)
    except OSError as error:
        if error.errno != errno.EADDRINUSE and host != HOST:
            raise
        with _listener(0) as free:
            raise Busy(
                f"Port {port} sedang dipakai program lain, mungkin Payung yang sudah berjalan. "
                f"Hentikan yang itu, atau pakai port lain: {command} --port {free.getsockname()[1]}"
            ) from error


def _listener(port: int, host: str = HOST) -> socket.socket:
    """Open a socket that listens on ``port`` of this computer. Raises OSError when it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, proto=socket.IPPROTO_TCP)  # named, or asyncio would let small answers wait 40 ms
    try:
        if os.name != "nt":  # there it would let two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def bind_file(path: Path, command: str) -> socket.socket:
    """Listen on a socket in the file system, which its owner and their group may use; one that nobody answers goes.

    Raises:
        Busy: When somebody listens there already; ``command`` says who would have.
        OSError: When it cannot be made, as where the system knows no such sockets.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise OSError(errno.EAFNOSUPPORT, os.strerror(errno.EAFNOSUPPORT))
    if path.is_socket():
        if _answers(path):
            raise Busy(f"Soket {path} sedang dipakai, mungkin oleh {command} yang sudah berjalan. Hentikan yang itu.")
        atomic_files.remove(path)
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind(str(path))
        path.chmod(0o660)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as other:
        return other.connect_ex(str(path)) == 0


_SILENCE, _SHORT_SILENCE = 10.0, 2.0
"""Seconds until a connection on which no request has begun is closed; the shorter once half of them are taken."""


def _closing_silent(**given: Any) -> Any:
    """Make what speaks HTTP on one connection, which is closed when nothing whole is asked on it for a while."""
    from uvicorn.protocols.http.h11_impl import H11Protocol  # noqa: PLC0415  (as below)

    made: Any = H11Protocol(**given)
    give_up = made.loop.time() + 2 * _SILENCE
    patience = _SILENCE if len(made.connections) < _CONNECTIONS // 2 else _SHORT_SILENCE

    def close_if_silent(last: object) -> None:
        if made.transport is None:  # TLS has not begun; what never begins it is closed without us
            if made.loop.time() < give_up:
                made.loop.call_later(patience, close_if_silent, None)
            return
        idle = made.cycle is None or made.cycle.response_complete
        if idle and made.cycle is last:
            made.transport.close()
        if not made.transport.is_closing():
            made.loop.call_later(patience, close_if_silent, made.cycle if idle else made)

    made.loop.call_later(patience, close_if_silent, None)
    return made


def _impatient_loop() -> asyncio.AbstractEventLoop:
    """Make an event loop that gives up soon on who begins no TLS; its own patience is a minute, and a stop waits so."""
    loop = asyncio.new_event_loop()
    listen = partial(loop.create_server, ssl_handshake_timeout=_SILENCE)
    loop.create_server = listen  # type: ignore[method-assign]  # uvicorn takes no such option
    return loop


@contextmanager
def answering(
    app: "ASGIApp",
    listener: socket.socket,
    headers: Mapping[str, str] | None = None,
    tls: tuple[Path, Path] | None = None,
) -> Iterator[str]:
    """Answer on ``listener`` with ``app`` while the block runs, and send ``headers`` with every answer.

    ``tls`` are the files of the certificate, with those that lead up to it, and of its key. Keeps no log. What is under
    way when the block ends is finished, for a minute at most.

    Yields:
        The address, without a slash at its end.
    """
    import uvicorn  # noqa: PLC0415  (0.3 s that only serving needs)

    speaks: Any = _closing_silent  # called as the class is that uvicorn would take
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=speaks,
            loop=f"{__name__}:_impatient_loop" if tls else "asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            headers=list((headers or {}).items()),
            limit_concurrency=_CONNECTIONS,
            ssl_certfile=tls[0] if tls else None,
            ssl_keyfile=tls[1] if tls else None,
            timeout_graceful_shutdown=_PATIENCE,
        )
    )
    name = listener.getsockname()
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"http://{name[0]}:{name[1]}" if listener.family == socket.AF_INET else str(name)
    finally:
        server.should_exit = True
        thread.join()
