"""The endpoint for sealed packages: an ASGI app that stores what it is sent and can read none of it.

It holds no key, keeps no log, and answers 201 only for a package that would survive a power cut. It judges no sender by
an address: a whole office may stand behind one. A large package may come in pieces (``package_pieces``), and under load
not all come alike (``package_lanes``).
"""

import asyncio
import errno
import hashlib
import os
import shutil
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import nullcontext, suppress
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from starlette.types import Receive, Scope, Send

from processor.foundation import atomic_files
from processor.site import endpoint_answers, package_pieces
from processor.site.age_header import LONGEST, is_age
from processor.site.endpoint_answers import Answer, Refused
from processor.site.package_lanes import EndpointLimits, Lanes
from processor.site.package_pieces import PackagePiece

SUFFIX = ".age"
LIMITS = EndpointLimits()
LARGEST = LIMITS.size
"""Bytes of one sealed package."""
SEND, HEALTH = "/kirim", "/sehat"
METHODS: Mapping[str, tuple[str, ...]] = {SEND: ("POST",), HEALTH: ("GET", "HEAD")}
"""The paths that are answered, and how each may be asked."""

_DRAFT = "paket"
_KIND = b"application/octet-stream"  # no form of another site can send it without being asked first, and we never agree
_AT_ONCE = 4  # packages made to last at one time; the others queue
_PROOF = b"payung-bukti"  # the header of what proves that the work was done which is asked under load


class Endpoint:
    """``POST /kirim`` stores a package in ``folder`` under its SHA-256; ``GET /sehat`` tells whether it could."""

    def __init__(self, folder: Path, limits: EndpointLimits = LIMITS) -> None:
        self._folder, self._limits = folder, limits
        self._lanes, self._writing = Lanes(limits, self._waiting, self._free), asyncio.Semaphore(_AT_ONCE)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            status, said = await self._dispatched(scope, receive)
            await endpoint_answers.send_answer(send, status, said, *self._asked(scope["path"]))
        except Refused as refused:  # closed, so that the rest of a large body which nobody wants is not read
            headers = [(b"connection", b"close"), *refused.headers, *self._asked(scope["path"])]
            then = partial(endpoint_answers.linger, receive)
            await endpoint_answers.send_answer(send, refused.status, {"pesan": str(refused)}, *headers, then=then)

    async def _dispatched(self, scope: Scope, receive: Receive) -> Answer:
        """Do what is asked; give the status and what to say."""
        methods = METHODS.get(scope["path"])
        if methods is None:
            raise Refused(HTTPStatus.NOT_FOUND, "Tidak ada apa-apa di alamat ini.")
        if scope["method"] not in methods:
            allowed = (b"allow", ", ".join(methods).encode())
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "Alamat ini tidak melayani permintaan itu.", allowed)
        if scope["path"] == HEALTH:
            self._refuse_unless_ready()
            return HTTPStatus.OK, "ok"
        return await self._take(dict(scope["headers"]), receive)

    async def _take(self, headers: Mapping[bytes, bytes], receive: Receive) -> Answer:
        """Take what comes in a request's body, a package or a piece of one; with 201 it would survive a power cut."""
        if headers.get(b"content-type") != _KIND:
            raise endpoint_answers.not_sealed()
        said = headers.get(package_pieces.HEADER)
        piece = None if said is None else package_pieces.read_header(said)
        if said is not None and piece is None:
            raise endpoint_answers.not_whole()
        length = headers.get(b"content-length", b"")
        self._refuse_too_large(piece.whole if piece else int(length) if length.isdigit() else 0)
        with self._lanes.entered(headers.get(_PROOF, b""), whole=piece is None) as proven:
            return await self._taken(receive, proven, piece)

    async def _taken(self, receive: Receive, proven: str, piece: PackagePiece | None) -> Answer:
        """Take a body; ``proven`` is the SHA-256 that its package must have, "" for any."""
        try:
            async with asyncio.timeout(self._limits.seconds):
                if piece is None:
                    return HTTPStatus.CREATED, {"sidik": await self._stored(receive, proven)}
                if proven not in {"", piece.digest}:
                    raise endpoint_answers.not_whole()
                return await self._piece_taken(receive, piece, proven=bool(proven))
        except TimeoutError:
            raise endpoint_answers.too_slow() from None
        except OSError:
            raise endpoint_answers.disk_full() from None

    async def _piece_taken(self, receive: Receive, piece: PackagePiece, *, proven: bool) -> Answer:
        """Write a piece at its place, unless that is not where its package goes on; say where it does.

        The last one makes the package: what lets others in late, or not, does so with it then.
        """
        part, target = package_pieces.part_of(self._folder, piece), self._folder / f"{piece.digest}{SUFFIX}"
        known = target.exists()
        goes_on = piece.begin == package_pieces.come(part) and not known
        if goes_on and not piece.begin and self._parts_are_full():
            raise endpoint_answers.full()
        with package_pieces.written(part, piece.begin) if goes_on else nullcontext() as file:
            size = piece.begin
            async for chunk, _ in self._chunks(receive):
                size += len(chunk)
                if size > piece.whole:
                    raise endpoint_answers.not_whole()
                if not proven and self._lanes.is_scarce():
                    raise endpoint_answers.full()
                self._check_disk()
                if file:
                    file.write(chunk)
        known = known or target.exists()
        if not known and package_pieces.come(part) == piece.whole:
            await self._join(part, target, proven=proven)
            known = True
        if known:
            return HTTPStatus.CREATED, {"sidik": piece.digest}
        return HTTPStatus.ACCEPTED, {"sampai": package_pieces.come(part)}

    async def _join(self, part: Path, target: Path, *, proven: bool) -> None:
        """Make a whole part the package ``target``, let in like any other. Raises Refused, also where it is none."""
        draft = atomic_files.temporary(self._folder / _DRAFT)
        try:
            if not is_age(package_pieces.head(part, LONGEST)):
                part.unlink(missing_ok=True)
                raise endpoint_answers.not_sealed()
            self._refuse_when_full()
            if not proven:
                if self._lanes.is_full():
                    raise endpoint_answers.full()
                await self._lanes.let_in(draft)
            atomic_files.write(draft, b"", sync=False)
            async with self._writing:
                whole = await asyncio.to_thread(_joined, part, draft, target)
            part.unlink(missing_ok=True)
            if not whole and not target.exists():
                raise endpoint_answers.not_whole()
        finally:
            draft.unlink(missing_ok=True)
            self._lanes.let_go(draft)

    def _parts_are_full(self) -> bool:
        """Tell whether of so many packages a part lies there that no more are begun in pieces."""
        return len(package_pieces.parts(self._folder, self._names())) >= self._limits.parts

    def _asked(self, path: str) -> list[tuple[bytes, bytes]]:
        """Give the headers that ask for work, under load, and that tell who asks for it how large a piece may be."""
        asked = self._lanes.asked()
        if path == HEALTH and not self._parts_are_full():
            asked.append((package_pieces.HEADER, b"%d" % package_pieces.SIZE))
        return asked

    async def _stored(self, receive: Receive, proven: str) -> str:
        """Store a package that came whole; give its SHA-256 (hex)."""
        draft = atomic_files.temporary(self._folder / _DRAFT)
        try:
            self._refuse_when_full()
            atomic_files.write(draft, b"", sync=False)
            with draft.open("ab") as file:
                name = await self._write_body(receive, file, draft, proven=bool(proven))
                if proven not in {"", name}:
                    raise endpoint_answers.not_whole()
                async with self._writing:
                    await asyncio.to_thread(_make_permanent, file, draft, self._folder / f"{name}{SUFFIX}")
        finally:
            draft.unlink(missing_ok=True)
            self._lanes.let_go(draft)
        return name

    async def _write_body(self, receive: Receive, file: BinaryIO, draft: Path, *, proven: bool) -> str:
        """Write a body to its ``draft`` as it comes, one that is not ``proven`` when it is let in; give its SHA-256.

        Raises OSError when the disk cannot take it, TimeoutError when nothing comes any more.
        """
        digest, head, let_in = hashlib.sha256(), b"", proven
        async for chunk, more in self._chunks(receive):
            head += chunk[: LONGEST - len(head)]
            if (len(head) == LONGEST or not more) and not is_age(head):
                raise endpoint_answers.not_sealed()
            if not let_in and (len(head) == LONGEST or not more):
                await self._lanes.let_in(draft)
                let_in = True
            if not proven and self._lanes.is_scarce():
                raise endpoint_answers.full()
            self._check_disk()
            digest.update(chunk)
            file.write(chunk)
        return digest.hexdigest()

    async def _chunks(self, receive: Receive) -> AsyncIterator[tuple[bytes, bool]]:
        """Give a body as it comes, with whether more will. Raises TimeoutError when nothing comes any more."""
        size, more = 0, True
        while more:
            async with asyncio.timeout(self._limits.silence):
                message = await receive()
            if message["type"] == "http.disconnect":
                raise endpoint_answers.cut_off()
            chunk, more = message.get("body", b""), message.get("more_body", False)
            size += len(chunk)
            self._refuse_too_large(size)
            yield chunk, more

    def _refuse_too_large(self, size: int) -> None:
        """Refuse a package of more than the largest size."""
        if size > self._limits.size:
            message = f"Kiriman terlalu besar, paling banyak {self._limits.size >> 20} MB. Kurangi lampirannya."
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)

    def _refuse_when_full(self) -> None:
        """Refuse, for now, when too many packages wait to be opened."""
        drafts = [self._folder / name for name in self._names() if name.startswith(f".{_DRAFT}.")]
        _remove_abandoned(drafts, self._limits.seconds)
        _remove_abandoned(package_pieces.parts(self._folder, self._names()), package_pieces.KEPT)
        if self._waiting() >= self._limits.waiting:
            raise endpoint_answers.full()

    def _waiting(self) -> int:
        """Count the packages that no pass has taken yet."""
        return sum(name.endswith(SUFFIX) for name in self._names())

    def _names(self) -> list[str]:
        """List what lies in the folder, by name: asked for each time, as it makes no Paths."""
        return os.listdir(self._folder)  # noqa: PTH208 -- for that reason

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
            raise endpoint_answers.not_now() from None
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


def _joined(part: Path, draft: Path, target: Path) -> bool:
    """Make a copy of a whole part the package ``target``; tell whether it is that."""
    with draft.open("ab") as file:
        whole = package_pieces.join(part, file, target.stem)
        if whole:
            _make_permanent(file, draft, target)
    return whole
