"""The virus scanner clamd, asked over its own Unix socket, where an office has one."""

import socket
from pathlib import Path

from processor.foundation.errors import PayungError, SourceFailed

_PING_WAIT, _SCAN_WAIT = 10, 120  # seconds; clamd's own limit for a file is two minutes
_CHUNK = 1 << 20


class Unscannable(PayungError):
    """Clamd is well, and cannot say anything about this file."""


def scan(content: bytes, place: Path) -> str:
    """Ask clamd, at the socket ``place``, for the name of the malware in ``content``; "" when it finds none.

    Raises:
        SourceFailed: When clamd does not answer.
        Unscannable: When it answers, but not about this file.
    """
    try:
        well = _ask_clamd(place, b"zPING\0", _PING_WAIT) == b"PONG"
    except OSError:
        well = False
    if not well:
        raise SourceFailed(f"Pemindai virus tidak menjawab di {place}. Hidupkan clamd; kiriman berlampiran menunggu.")
    chunks = [content[start : start + _CHUNK] for start in range(0, len(content), _CHUNK)]
    stream = b"".join(len(chunk).to_bytes(4) + chunk for chunk in [*chunks, b""])
    try:
        reply = _ask_clamd(place, b"zINSTREAM\0" + stream, _SCAN_WAIT).decode("ascii", "replace")
    except OSError:
        reply = ""
    if reply == "stream: OK":
        return ""
    if reply.endswith(" FOUND"):
        return reply.removeprefix("stream: ").removesuffix(" FOUND")
    raise Unscannable("Pemindai virus tidak dapat memeriksa sebuah lampirannya.")


def _ask_clamd(place: Path, command: bytes, wait: float) -> bytes:
    """Send one command to clamd and give its answer, without the NUL at its end. Raises OSError when there is none."""
    with socket.socket(socket.AF_UNIX) as clamd:
        clamd.settimeout(wait)
        clamd.connect(str(place))
        clamd.sendall(command)
        reply = b""
        while chunk := clamd.recv(4096):
            reply += chunk
        return reply.rstrip(b"\0")
