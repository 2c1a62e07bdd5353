"""Every reading of a file in which an identity could stand: as it is, without markup, its parts and properties.

Knows no applicant. What it cannot open it says, as a reading of the kind "unread"; it never raises for a file.
"""

import gzip
import io
import json
import logging
import re
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from processor.site.leak_markup import UNREAD, ReadableText, carried_files, json_strings, read_name, read_text

LIMIT = 100_000_000
"""Bytes that one file may hold once everything in it is unpacked."""

_DEPTH = 8  # archives within archives
_PIXELS = LIMIT // 4  # an image unpacks to four bytes a pixel


class _Stream(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


_Opener = Callable[[], AbstractContextManager[_Stream]]


@dataclass(slots=True)
class Allowance:
    """How many bytes may still be unpacked: ``left``."""

    left: int

    def read(self, stream: _Stream) -> bytes:
        """Read all that ``stream`` holds. Raises ValueError when that is more than what is left."""
        content = stream.read(max(self.left, 0) + 1)
        self.left -= len(content)
        if self.left < 0:
            raise ValueError("more than may be unpacked")
        return content


def read_file(path: Path, limit: int = LIMIT) -> Iterator[ReadableText]:
    """Give every reading of the file's content; of ``limit`` bytes at most, unpacked."""
    yield from _readings_of_part(path.name, lambda: path.open("rb"), Allowance(limit), 0)


def _readings_of_part(name: str, open_it: _Opener, allowance: Allowance, depth: int) -> Iterator[ReadableText]:
    """Read a file, or a member of an archive; whatever breaks becomes UNREAD."""
    try:
        with open_it() as stream:
            content = allowance.read(stream)
        yield from _readings_of_content(name, content, allowance, depth)
    except Exception:  # noqa: BLE001 -- a damaged file can break its parser in any way; it is told, not hidden
        yield UNREAD


_PACKED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"LZIP")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNK = 12  # bytes of a PNG's chunk besides what it holds: its length, kind and checksum
_IMAGES = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff", ".bmp"}
_IMAGE = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF.{4}WEBP|II\*\x00|MM\x00\*", re.DOTALL)
_ZIPS = {".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub"}
_CODE = {".css", ".js", ".mjs", ".map", ".svg"}


def _readings_of_content(name: str, content: bytes, allowance: Allowance, depth: int) -> Iterator[ReadableText]:
    """Give every reading of ``content``, told apart by its first bytes; the name counts only where they say nothing."""
    yield from _readings_as_text(name, _without_pixels(content))
    if depth <= _DEPTH and b";base64," in content:
        for carried in carried_files(content.decode("utf-8", "replace")):
            yield from _readings_of_part("", partial(io.BytesIO, carried), allowance, depth + 1)
    suffix = Path(name).suffix.lower()
    packed = content.startswith(_PACKED) or suffix in {".br", ".zst"}
    if packed or depth > _DEPTH or (content.startswith(_OLE) and _ENCRYPTED in content):
        yield UNREAD
    elif content.startswith(b"\x1f\x8b") or suffix in {".gz", ".tgz"}:
        unpacked = partial(gzip.GzipFile, fileobj=io.BytesIO(content))
        yield from _readings_of_part(Path(name).stem, unpacked, allowance, depth + 1)
    elif content[257:262] == b"ustar":
        yield from _tar(content, allowance, depth)
    else:
        yield from _readings_inside(suffix, content, allowance, depth)


def _readings_inside(suffix: str, content: bytes, allowance: Allowance, depth: int) -> Iterator[ReadableText]:
    """Read the insides of a PDF, an image or a zip; a zip may also hang behind something else."""
    if content.startswith(b"PK\x03\x04") or suffix in _ZIPS or zipfile.is_zipfile(io.BytesIO(content)):
        yield from _zip(content, allowance, depth)
    if content[:1024].lstrip().startswith(b"%PDF-") or suffix == ".pdf":
        for part in _pdf(content):
            yield from (
                [part]
                if isinstance(part, ReadableText)
                else _readings_of_part("", partial(io.BytesIO, part), allowance, depth + 1)
            )
    elif _IMAGE.match(content) or suffix in _IMAGES:
        yield from _image(content)


def _without_pixels(content: bytes) -> bytes:
    """Leave the packed pixels of a PNG out: as letters they mean nothing, and chance spells short names in them."""
    if not content.startswith(_PNG):
        return content
    kept, at = [_PNG], len(_PNG)
    while at + _CHUNK <= len(content):
        end = at + _CHUNK + int.from_bytes(content[at : at + 4], "big")
        if content[at + 4 : at + 8] != b"IDAT":
            kept.append(content[at:end])
        at = end
    return b"".join((*kept, content[at:]))


def _readings_as_text(name: str, content: bytes) -> Iterator[ReadableText]:
    """Read text in UTF-8 or UTF-16; of anything else what looks like text in one-byte or two-byte letters."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        yield from _readings_of_text_file(name, content.decode("utf-16", "replace"))
        return
    text = content.decode("utf-8", "replace")
    if b"\x00" not in content and text.count("\ufffd") * 20 <= len(text):
        yield from _readings_of_text_file(name, text)
        return
    yield from read_text(text, "bytes")
    for letters in (_LITTLE, _BIG):
        found = b"\n".join(letters.findall(content)).replace(b"\x00", b"")
        yield ReadableText(found.decode("latin-1"), "bytes")


_LITTLE = re.compile(rb"(?:[\t\n\r\x20-\x7e\xa0-\xff]\x00){4,}")
_BIG = re.compile(rb"(?:\x00[\t\n\r\x20-\x7e\xa0-\xff]){4,}")
"""Western text in two-byte letters, wherever it begins."""


def _readings_of_text_file(name: str, text: str) -> Iterator[ReadableText]:
    """Read a text file; JSON also as the values and keys that it means, as far as it can be parsed."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in {"{", "["}:
        try:
            values, keys = json_strings(json.loads(text.lstrip("\ufeff")))
        except (ValueError, RecursionError):
            pass
        else:
            yield from read_text(text, "code")
            yield from read_text("\n".join(values))
            yield from read_text("\n".join(keys), "code")
            return
    yield from read_text(text, "code" if Path(name).suffix.lower() in _CODE else "prose")


def _zip(content: bytes, allowance: Allowance, depth: int) -> Iterator[ReadableText]:
    """Read the members of a zip, also of a Word file, with their names and comments."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from read_text(archive.comment.decode("utf-8", "replace"))
        for member in archive.infolist():
            yield from read_name(member.filename)
            yield from read_text(member.comment.decode("utf-8", "replace"))
            yield from _readings_of_part(member.filename, partial(archive.open, member), allowance, depth + 1)


def _tar(content: bytes, allowance: Allowance, depth: int) -> Iterator[ReadableText]:
    """Read the members of a tar with their names; what lies between them was read as plain bytes."""
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        for member in archive:
            yield from read_name(member.name)
            if stream := archive.extractfile(member) if member.isfile() else None:
                yield from _readings_of_part(member.name, partial(closing, stream), allowance, depth + 1)


def _pdf(content: bytes) -> Iterator[ReadableText | bytes]:
    """Read the words of a PDF and every string in it: properties, links, notes; bytes are a file that it carries."""
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy, and few sites hold a PDF

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it prints to stderr what the gate tells anyway
    reader = PdfReader(io.BytesIO(content))
    for page in reader.pages:
        text = page.extract_text()
        yield ReadableText(text)
        yield from read_name(text)
    yield from _pdf_strings(reader.trailer)


def _pdf_strings(trailer: Any) -> Iterator[ReadableText | bytes]:
    """Give every string and every carried file or description that a PDF's objects hold."""
    from pypdf.generic import IndirectObject, NameObject, StreamObject  # noqa: PLC0415 -- as above

    seen: set[int] = set()
    waiting = [trailer]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum not in seen:
                seen.add(thing.idnum)
                waiting.append(thing.get_object())
        elif isinstance(thing, str) and not isinstance(thing, NameObject):
            yield ReadableText(thing)
        elif isinstance(thing, list):
            waiting += thing
        elif isinstance(thing, dict):
            waiting += list(dict.values(thing))  # as they stand, references unresolved
            if isinstance(thing, StreamObject) and thing.get("/Type") in {"/EmbeddedFile", "/Metadata"}:
                yield thing.get_data()


_TABLES = (0x8769, 0x8825)  # EXIF tags that lead to further tags: camera, place


_PROFILE = re.compile(rb"(?:iCCP|sPLT)([^\x00]{1,79})\x00")
"""The name of a colour profile or palette in a PNG."""


def _image(content: bytes) -> Iterator[ReadableText]:
    """Read an image's own text: comments, EXIF, colour profiles. What is drawn in it is not read."""
    from PIL import Image  # noqa: PLC0415 -- heavy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > _PIXELS:
                raise ValueError("more than may be unpacked")
            image.load()
            exif = image.getexif()
            tables: list[Mapping[Any, Any]] = [image.info, exif, *(exif.get_ifd(number) for number in _TABLES)]
            values = [value for table in tables for value in table.values()]
    for value in (*values, *_PROFILE.findall(content)):
        yield from _property(value)


def _property(value: object) -> Iterator[ReadableText]:
    """Read a property; one of bytes with each empty byte as nothing (half a letter) and as a blank (an end)."""
    if isinstance(value, bytes):
        yield ReadableText(value.replace(b"\x00", b"").decode("utf-8", "replace"))
        yield ReadableText(value.replace(b"\x00", b" ").decode("utf-8", "replace"))
        yield from _readings_as_text("", value)
    else:
        yield ReadableText(str(value))
