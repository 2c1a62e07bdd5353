"""The virus scanner clamd, asked over its own Unix socket, where an office has one."""

import socket
from contextlib import suppress
from pathlib import Path

from processor.foundation.errors import PayungError, SourceFailed

_PING_WAIT, _SCAN_WAIT = 10, 120  # seconds; clamd's own limit for a file is two minutes
_CHUNK = 1 << 20


class ScannerTrouble(PayungError):
    """Clamd is well, and has not finished with this file; it may another time."""


def scan(content: bytes, place: Path) -> str:
    """Ask clamd, at the socket ``place``, and say in words what is wrong with ``content``; "" for nothing.

    Raises:
        SourceFailed: When clamd does not answer at all.
        ScannerTrouble: When it answers, but could not do its work: no memory, no disk, too slow.
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
    return _in_words(reply.removeprefix("stream: "))


_TOO_LARGE = "terlalu besar atau terlalu rumit, jadi tidak dapat diperiksa oleh pemindai virus"
_KINDS: tuple[tuple[str, str], ...] = (
    ("Heuristics.Encrypted", "terkunci kata sandi, jadi tidak dapat diperiksa oleh pemindai virus"),
    ("Heuristics.Limits.Exceeded", _TOO_LARGE),
    ("Heuristics.Broken", "rusak menurut pemindai virus ({name})"),
    ("Heuristics.OLE2.ContainsMacros", "memuat makro ({name})"),
    ("PUA.", "memuat program yang tidak diinginkan, belum tentu jahat ({name})"),
    ("Heuristics.Structured", ""),
    ("", "memuat program jahat ({name})"),
)
"""What clamd's names begin with, and what that means (clamd.conf: AlertEncrypted, AlertExceedsMax, DetectPUA, ...).

A number that looks like that of a card or an insurance (StructuredDataDetection) is an applicant's own, and no harm.
"""


def _in_words(reply: str) -> str:
    """Say what an answer of clamd means. Raises ScannerTrouble when it found out nothing."""
    if reply == "OK":
        return ""
    if reply.endswith(" FOUND"):
        name = reply.removesuffix(" FOUND")
        return next(words for beginning, words in _KINDS if name.startswith(beginning)).format(name=name)
    if "size limit exceeded" in reply or "Time limit reached" in reply:
        return _TOO_LARGE
    raise ScannerTrouble("Pemindai virus terganggu sewaktu memeriksa sebuah lampiran.")


def _ask_clamd(place: Path, command: bytes, wait: float) -> bytes:
    """Send one command to clamd and give its answer, without the NUL at its end. Raises OSError when there is none.

    It may answer, and hang up, before it has taken everything: a stream that is too long.
    """
    with socket.socket(socket.AF_UNIX) as clamd:
        clamd.settimeout(wait)
        clamd.connect(str(place))
        with suppress(ConnectionError):
            clamd.sendall(command)
        reply = b""
        while chunk := clamd.recv(4096):
            reply += chunk
        return reply.rstrip(b"\0")
