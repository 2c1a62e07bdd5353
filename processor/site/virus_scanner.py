"""The virus scanner clamd, asked over its own Unix socket, where an office has one."""

import socket
from pathlib import Path

from processor.foundation.errors import PayungError, SourceFailed

_PING_WAIT, _SCAN_WAIT = 10, 120  # seconds; clamd's own limit for a file is two minutes
_CHUNK = 1 << 20


class Unscannable(PayungError):
    """Clamd is well, and cannot say anything about this file."""


def scan(content: bytes, place: Path) -> str:
    """The name of the malware in ``content``, "" where clamd at the socket ``place`` finds none.

    Raises SourceFailed when clamd does not answer, Unscannable when it does, but not about this file.
    """
    try:
        well = _asked(place, b"zPING\0", _PING_WAIT) == b"PONG"
    except OSError:
        well = False
    if not well:
        raise SourceFailed(f"Pemindai virus tidak menjawab di {place}. Hidupkan clamd; kiriman berlampiran menunggu.")
    chunks = [content[start : start + _CHUNK] for start in range(0, len(content), _CHUNK)]
    stream = b"".join(len(chunk).to_bytes(4) + chunk for chunk in [*chunks, b""])
    try:
        reply = _asked(place, b"zINSTREAM\0" + stream, _SCAN_WAIT).decode("ascii", "replace")
    except OSError:
        reply = ""
    if reply == "stream: OK":
        return ""
    if reply.endswith(" FOUND"):
        return reply.removeprefix("stream: ").removesuffix(" FOUND")
    raise Unscannable("Pemindai virus tidak dapat memeriksa sebuah lampirannya.")


def _asked(place: Path, command: bytes, wait: float) -> bytes:
    """Clamd's answer to one command, without the NUL at its end. Raises OSError when there is none."""
    with socket.socket(socket.AF_UNIX) as clamd:
        clamd.settimeout(wait)
        clamd.connect(str(place))
        clamd.sendall(command)
        reply = b""
        while chunk := clamd.recv(4096):
            reply += chunk
        return reply.rstrip(b"\0")
