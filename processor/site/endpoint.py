"""The endpoint for sealed packages: an ASGI app that stores what it is sent and can read none of it.

It holds no key, keeps no log, and answers 201 only for a package that would survive a power cut. It judges no sender by
an address: a whole office may stand behind one. Under load it asks for a sum (``proof_of_work``); a package without it,
as an older page sends, goes into a small slower lane, so that rubbish cannot take the place of all others.
"""

import asyncio
import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from starlette.types import Receive, Scope, Send

from processor.foundation import atomic_files
from processor.site.age_header import LONGEST, is_age
from processor.site.proof_of_work import Challenges

SUFFIX = ".age"
LARGEST = 12 * 1024 * 1024
"""Bytes of one sealed package."""
SEND, HEALTH = "/kirim", "/sehat"
METHODS: Mapping[str, tuple[str, ...]] = {SEND: ("POST",), HEALTH: ("GET", "HEAD")}
"""The paths that are answered, and how each may be asked."""

_DRAFT = "paket"
_KIND = b"application/octet-stream"  # no form of another site can send it without being asked first, and we never agree
_AT_ONCE = 4  # packages made to last at one time; the others queue
_AGAIN = (b"retry-after", b"60")
_ASKED, _PROOF = b"payung-soal", b"payung-bukti"
"""The headers of what is asked under load, and of what proves that it was done."""
_ASKING = 60.0  # seconds; what is half sent comes and goes, and a page may not be asked this now and that then
_LEFT_OVER, _LINGERING = 64 * 1024, 1.0  # bytes and seconds
_UNPROVEN_AT_ONCE = 200  # on their way in at one time; half of all connections stay for others


@dataclass(frozen=True, slots=True)
class EndpointLimits:
    """How much is taken: ``size`` of a package (bytes), ``seconds`` for a whole body and of ``silence`` within it,
    packages ``waiting``, and the ``spare`` (bytes) that the disk keeps for the register.

    Packages without proof are the ``small`` part of those that wait, leave ``reserve`` bytes more on the disk, and are
    let in ``pause`` seconds apart once there are half as many, in a queue of so ``many``.
    """

    size: int = LARGEST
    seconds: float = 600.0
    silence: float = 30.0
    waiting: int = 1000
    spare: int = 256 * 1024 * 1024
    small: int = 500
    reserve: int = 256 * 1024 * 1024
    pause: float = 0.5
    many: int = 40


LIMITS = EndpointLimits()


class _Refused(Exception):
    """What a sender is told, with the status and the headers that say it to a program."""

    def __init__(self, status: HTTPStatus, message: str, *headers: tuple[bytes, bytes]) -> None:
        super().__init__(message)
        self.status, self.headers = status, headers


class Endpoint:
    """``POST /kirim`` stores a package in ``folder`` under its SHA-256; ``GET /sehat`` tells whether it could."""

    def __init__(self, folder: Path, limits: EndpointLimits = LIMITS) -> None:
        self._folder, self._limits = folder, limits
        self._writing, self._lane = asyncio.Semaphore(_AT_ONCE), asyncio.Lock()
        self._queued, self._unproven, self._asking_until = 0, 0, 0.0
        self._challenges, self._proving, self._coming = Challenges(), set[str](), set[Path]()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            status, said = await self._dispatched(scope, receive)
            await _send_answer(send, status, said, *self._asked())
        except _Refused as refused:  # closed, so that the rest of a large body which nobody wants is not read
            headers = [(b"connection", b"close"), *refused.headers, *self._asked()]
            await _send_answer(send, refused.status, {"pesan": str(refused)}, *headers, then=partial(_linger, receive))

    async def _dispatched(self, scope: Scope, receive: Receive) -> tuple[HTTPStatus, str | Mapping[str, str]]:
        """Do what is asked; give the status and what to say."""
        methods = METHODS.get(scope["path"])
        if methods is None:
            raise _Refused(HTTPStatus.NOT_FOUND, "Tidak ada apa-apa di alamat ini.")
        if scope["method"] not in methods:
            allowed = (b"allow", ", ".join(methods).encode())
            raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED, "Alamat ini tidak melayani permintaan itu.", allowed)
        if scope["path"] == HEALTH:
            self._refuse_unless_ready()
            return HTTPStatus.OK, "ok"
        return HTTPStatus.CREATED, {"sidik": await self._store(dict(scope["headers"]), receive)}

    async def _store(self, headers: Mapping[bytes, bytes], receive: Receive) -> str:
        """Store the package in a request's body; give its SHA-256 (hex) once it would survive a power cut."""
        if headers.get(b"content-type") != _KIND:
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _NOT_SEALED)
        self._refuse_too_large(int(length) if (length := headers.get(b"content-length", b"")).isdigit() else 0)
        proven = self._challenges.proven(headers.get(_PROOF, b""))
        if proven and proven not in self._proving:  # a proof is for one package, once at a time
            self._proving.add(proven)
            try:
                return await self._stored(receive, proven)
            finally:
                self._proving.discard(proven)
        self._unproven += 1
        try:
            if self._lane_is_full():
                raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE, _FULL, _AGAIN)
            return await self._stored(receive, "")
        finally:
            self._unproven -= 1

    async def _let_in(self, draft: Path) -> None:
        """Let a package without proof in: at once, under load after others. Raises _Refused when its lane is full."""
        if self._under_load():
            if self._queued >= self._limits.many:
                raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE, _FULL, _AGAIN)
            self._queued += 1
            try:
                async with self._lane:
                    await asyncio.sleep(self._limits.pause)
            finally:
                self._queued -= 1
            if self._lane_is_full():
                raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE, _FULL, _AGAIN)
        self._coming.add(draft)  # it has its place from now on; no await lies between the look and this line

    def _under_load(self) -> bool:
        """Tell whether so much waits or is on its way in that work is asked for, and for a minute after."""
        if self._waiting() * 2 >= min(self._limits.small, self._limits.waiting) or self._lane_is_full():
            self._asking_until = time.monotonic() + _ASKING
        return time.monotonic() < self._asking_until

    def _lane_is_full(self) -> bool:
        """Tell whether packages without proof have taken all that is theirs, with those that were let in."""
        taken = self._waiting() + len(self._coming)
        return self._is_scarce() or taken >= self._limits.small or self._unproven > _UNPROVEN_AT_ONCE

    def _is_scarce(self) -> bool:
        """Tell whether what is left on the disk is for packages with proof; with less nobody is let in."""
        return self._limits.spare <= self._free() < self._limits.spare + self._limits.reserve

    def _asked(self) -> list[tuple[bytes, bytes]]:
        """Give the header that asks for work, under load."""
        return [(_ASKED, self._challenges.asked().encode())] if self._under_load() else []

    async def _stored(self, receive: Receive, proven: str) -> str:
        """Store a package that was let in; ``proven`` is the SHA-256 that it must have, "" for any."""
        draft = atomic_files.temporary(self._folder / _DRAFT)
        try:
            self._refuse_when_full()
            atomic_files.write(draft, b"", sync=False)
            with draft.open("ab") as file:
                async with asyncio.timeout(self._limits.seconds):
                    name = await self._write_body(receive, file, draft, proven=bool(proven))
                if proven not in {"", name}:
                    raise _Refused(HTTPStatus.BAD_REQUEST, _NOT_PROVEN)
                async with self._writing:
                    await asyncio.to_thread(_make_permanent, file, draft, self._folder / f"{name}{SUFFIX}")
        except TimeoutError:
            raise _Refused(HTTPStatus.REQUEST_TIMEOUT, _TOO_SLOW) from None
        except OSError:
            raise _Refused(HTTPStatus.INSUFFICIENT_STORAGE, _DISK_FULL) from None
        finally:
            draft.unlink(missing_ok=True)
            self._coming.discard(draft)
        return name

    async def _write_body(self, receive: Receive, file: BinaryIO, draft: Path, *, proven: bool) -> str:
        """Write a body to its ``draft`` as it comes, one that is not ``proven`` when it is let in; give its SHA-256.

        Raises OSError when the disk cannot take it, TimeoutError when nothing comes any more.
        """
        digest, size, head, more, let_in = hashlib.sha256(), 0, b"", True, proven
        while more:
            async with asyncio.timeout(self._limits.silence):
                message = await receive()
            if message["type"] == "http.disconnect":
                raise _Refused(HTTPStatus.BAD_REQUEST, "Kiriman terputus. Kirim lagi.")
            chunk, more = message.get("body", b""), message.get("more_body", False)
            size, head = size + len(chunk), head + chunk[: LONGEST - len(head)]
            self._refuse_too_large(size)
            if (len(head) == LONGEST or not more) and not is_age(head):
                raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _NOT_SEALED)
            if not let_in and (len(head) == LONGEST or not more):
                await self._let_in(draft)
                let_in = True
            if not proven and self._is_scarce():
                raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE, _FULL, _AGAIN)
            self._check_disk()
            digest.update(chunk)
            file.write(chunk)
        return digest.hexdigest()

    def _refuse_too_large(self, size: int) -> None:
        """Refuse a package of more than the largest size."""
        if size > self._limits.size:
            message = f"Kiriman terlalu besar, paling banyak {self._limits.size >> 20} MB. Kurangi lampirannya."
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)

    def _refuse_when_full(self) -> None:
        """Refuse, for now, when too many packages wait to be opened."""
        names = os.listdir(self._folder)  # noqa: PTH208 -- asked each time; it makes no Paths
        _remove_abandoned(
            [self._folder / name for name in names if name.startswith(f".{_DRAFT}.")], self._limits.seconds
        )
        if self._waiting() >= self._limits.waiting:
            raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE, _FULL, _AGAIN)

    def _waiting(self) -> int:
        """Count the packages that no pass has taken yet."""
        return sum(name.endswith(SUFFIX) for name in os.listdir(self._folder))  # noqa: PTH208 -- it makes no Paths

    def _free(self) -> int:
        """Give the bytes that are free on the disk."""
        return shutil.disk_usage(self._folder).free

    def _check_disk(self) -> None:
        """Raise OSError when the disk has no more than what the register needs."""
        if self._free() < self._limits.spare:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _refuse_unless_ready(self) -> None:
        """Refuse unless a package could be stored now."""
        draft = atomic_files.temporary(self._folder / _DRAFT)
        try:
            self._refuse_when_full()
            self._check_disk()
            atomic_files.write(draft, b"ok", sync=False)
        except OSError:
            raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE, _DISK_FULL, _AGAIN) from None
        finally:
            draft.unlink(missing_ok=True)


def _remove_abandoned(drafts: Iterable[Path], seconds: float) -> None:
    """Remove what a killed endpoint left half written; what is younger than ``seconds`` is still on its way in."""
    for draft in drafts:
        with suppress(OSError):
            if time.time() - draft.stat().st_mtime > seconds:
                draft.unlink()


def _make_permanent(file: BinaryIO, draft: Path, target: Path) -> None:
    """Make the draft the package, and flush both file and folder. A package that is there already keeps its time."""
    file.flush()
    os.fsync(file.fileno())
    file.close()
    if not target.exists():
        draft.rename(target)
    atomic_files.sync_folder(target.parent)


_NOT_SEALED = "Yang dikirim bukan kiriman tersegel. Muat ulang halamannya, lalu kirim lagi."
_NOT_PROVEN = "Kiriman tidak utuh ketika tiba. Kirim lagi; kiriman yang sama tidak akan tercatat dua kali."
_TOO_SLOW = (
    "Kiriman tidak selesai tepat waktu. Periksa sambungan Anda, lalu kirim lagi; kiriman yang sama tidak akan "
    "tercatat dua kali."
)
_DISK_FULL = (
    "Tempat penyimpanan kami penuh; kiriman Anda belum diterima. Coba lagi nanti, atau hubungi kami dengan cara lain."
)
_FULL = "Penerima sedang penuh; kiriman Anda belum diterima. Coba lagi beberapa menit lagi."


async def _linger(receive: Receive) -> None:
    """Read a little of what nobody wants: closing over unread bytes can take the answer from who still sends them."""
    left = _LEFT_OVER
    with suppress(TimeoutError):
        async with asyncio.timeout(_LINGERING):
            while left > 0 and (message := await receive()).get("more_body"):
                left -= len(message["body"])


async def _send_answer(
    send: Send,
    status: HTTPStatus,
    said: str | Mapping[str, str],
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
