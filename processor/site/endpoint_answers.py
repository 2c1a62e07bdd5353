"""What the endpoint for sealed packages says to a sender: an answer, or why it did not take what came."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from http import HTTPStatus

from starlette.types import Receive, Send

Answer = tuple[HTTPStatus, str | Mapping[str, str | int]]
"""The status, and what is said: text, or an object of JSON."""

_AGAIN = (b"retry-after", b"60")
_LEFT_OVER, _LINGERING = 64 * 1024, 1.0  # bytes and seconds


class Refused(Exception):
    """What a sender is told, with the status and the headers that say it to a program."""

    def __init__(self, status: HTTPStatus, message: str, *headers: tuple[bytes, bytes]) -> None:
        super().__init__(message)
        self.status, self.headers = status, headers


def not_sealed() -> Refused:
    """Refuse what is no sealed package."""
    message = "Yang dikirim bukan kiriman tersegel. Muat ulang halamannya, lalu kirim lagi."
    return Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)


def not_whole() -> Refused:
    """Refuse a package that is not the one that its sender said."""
    message = "Kiriman tidak utuh ketika tiba. Kirim lagi; kiriman yang sama tidak akan tercatat dua kali."
    return Refused(HTTPStatus.BAD_REQUEST, message)


def cut_off() -> Refused:
    """Refuse what broke off on its way."""
    return Refused(HTTPStatus.BAD_REQUEST, "Kiriman terputus. Kirim lagi.")


def too_slow() -> Refused:
    """Refuse what took too long."""
    message = (
        "Kiriman tidak selesai tepat waktu. Periksa sambungan Anda, lalu kirim lagi; kiriman yang sama tidak akan "
        "tercatat dua kali."
    )
    return Refused(HTTPStatus.REQUEST_TIMEOUT, message)


def disk_full() -> Refused:
    """Refuse what the disk cannot take."""
    return Refused(HTTPStatus.INSUFFICIENT_STORAGE, _DISK_FULL)


def not_now() -> Refused:
    """Say that nothing could be stored now."""
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, _DISK_FULL, _AGAIN)


def full() -> Refused:
    """Refuse what has no place now."""
    message = "Penerima sedang penuh; kiriman Anda belum diterima. Coba lagi beberapa menit lagi."
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, message, _AGAIN)


_DISK_FULL = (
    "Tempat penyimpanan kami penuh; kiriman Anda belum diterima. Coba lagi nanti, atau hubungi kami dengan cara lain."
)


async def linger(receive: Receive) -> None:
    """Read a little of what nobody wants: closing over unread bytes can take the answer from who still sends them."""
    left = _LEFT_OVER
    with suppress(TimeoutError):
        async with asyncio.timeout(_LINGERING):
            while left > 0 and (message := await receive()).get("more_body"):
                left -= len(message["body"])


async def send_answer(
    send: Send,
    status: HTTPStatus,
    said: str | Mapping[str, str | int],
    *headers: tuple[bytes, bytes],
    then: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Send one answer, text or an object as JSON, and do what comes ``then`` before the connection may close."""
    kind = b"text/plain" if isinstance(said, str) else b"application/json"
    content = (said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)).encode()
    fixed = [
        (b"content-type", kind + b"; charset=utf-8"),
        (b"content-length", b"%d" % len(content)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": int(status), "headers": [*fixed, *headers]})
    await send({"type": "http.response.body", "body": content, "more_body": then is not None})
    if then:
        await then()
        await send({"type": "http.response.body", "body": b""})
