"""A small clamd on a Unix socket, which speaks its protocol: PING and INSTREAM, commands that end with NUL."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test string that every scanner calls a virus; https://www.eicar.org."""
ANSWER = b"CLAMD ANSWERS: "
"""What stands behind this in a file is the answer about it."""
LONGEST = 1 << 20
"""StreamMaxLength of this one, in bytes."""


class Clamd(socketserver.ThreadingUnixStreamServer):
    """A clamd whose ``mood`` is its answer about every file; ``DOWN`` is none at all, "" its own judgement."""

    mood = b""


DOWN = b"-"


class _Handler(socketserver.StreamRequestHandler):
    """Answers one command."""

    server: Clamd

    def handle(self) -> None:
        if self.server.mood == DOWN:
            return
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM\0":
            self.wfile.write(self._verdict() + b"\0")
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def _verdict(self) -> bytes:
        content = b""
        while size := int.from_bytes(self.rfile.read(4)):
            content += self.rfile.read(size)
            if len(content) > LONGEST:  # hangs up, whatever is still to come
                return b"INSTREAM size limit exceeded. ERROR"
        if self.server.mood:
            return self.server.mood
        if ANSWER in content:
            return content.partition(ANSWER)[2].partition(b"\n")[0]
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"


@contextmanager
def running(place: Path) -> Iterator[Clamd]:
    """Clamd at ``place`` while the block runs."""
    with Clamd(str(place), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
            place.unlink()
