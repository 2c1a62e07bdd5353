"""What may come as an attachment: told by the content alone. A name is data; it only ever gains an ending."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final

ACCEPTED = "PDF, foto (JPEG, PNG, WebP, HEIC), Word (DOCX), Excel (XLSX), ODT, atau teks"
"""The kinds in words; the page that takes requests says the same."""

_LONGEST_NAME = 120
_MOST_PARTS = 5000  # in the ZIP of an office document; the longest list that a sound one could need
PICTURES: Final[Mapping[str, tuple[str, ...]]] = {
    r"\xff\xd8\xff": (".jpg", ".jpeg"),
    r"\x89PNG\r\n\x1a\n": (".png",),
    r"RIFF[\0-\xff]{4}WEBP": (".webp",),
    r"[\0-\xff]{4}ftyp(?:hei[cxms]|mif1|msf1)": (".heic", ".heif"),
}
"""How pictures begin, a regular expression of a byte a letter for Python and browsers, and how their names may end."""
ARCHIVE: Final = r"PK\x03\x04"
_TEXT = r"[^\0-\x08\x0b\x0e-\x1f\x7f]*$"
STARTS: Final[Mapping[str, tuple[str, ...]]] = {
    **PICTURES,
    r"[\t-\r ]{0,59}%PDF-": (".pdf",),  # some scanners put a blank line before it
    ARCHIVE: (".docx", ".xlsx", ".odt"),
    _TEXT: (".txt",),
}
"""How everything begins that may come, in its first 64 bytes; an archive and a text are looked at further."""

_HEAD = 64
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.textPK"  # the first part of the ZIP, stored as it is
_TYPES = "[Content_Types].xml"
_MOST_TYPES = 2**18  # bytes of that part which are looked at: a sound one has some thousands
_PARTS = {"word/document.xml": (".docx",), "xl/workbook.xml": (".xlsx",)}
_KINDS = {b"wordprocessingml.document.main+xml": (".docx",), b"spreadsheetml.sheet.main+xml": (".xlsx",)}
_MAIN = re.compile(  # the part may have any name: Word 365 and Google Docs choose others than Word of old
    rb"<(?:\w+:)?Override\b(?=[^<>]*\sPartName=[\"']/([^\"'<>]{1,200})[\"'])"
    rb"(?=[^<>]*\sContentType=[\"']application/vnd\.openxmlformats-officedocument\.([\w.+]{1,99})[\"'])"
)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MACROS = ("vbaproject.bin", "basic/script-lc.xml")


def accepted_endings(content: bytes) -> tuple[str, ...]:
    """Give the endings that a file with this content may have; none for a kind that is not accepted.

    A ZIP is judged by its list of parts and by what an office document says of their types; no more is unpacked.
    """
    begin = content[:_HEAD].decode("latin-1")
    start = next((start for start in STARTS if re.match(start, begin)), "")
    if start == ARCHIVE:
        return _office_endings(content)
    return STARTS.get(start, ()) if start != _TEXT or _is_text(content) else ()


def safe_name(given: str, accepted: tuple[str, ...]) -> str:
    """Give ``given`` as one line of visible letters, with one of the endings ``accepted``."""
    shown = "".join(letter for letter in given if letter.isprintable()).strip()[-_LONGEST_NAME:] or "lampiran"
    return shown if shown.lower().endswith(accepted) else shown + accepted[0]


def _office_endings(content: bytes) -> tuple[str, ...]:
    """Give the endings of an office document without macros; none for any other ZIP."""
    if content.count(b"PK\x01\x02") > _MOST_PARTS:
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
            types = _begin(archive, _TYPES) if _TYPES in parts else b""
    except Exception:  # noqa: BLE001 -- a ZIP can be damaged in more ways than its reader has errors for
        return ()
    if any(part.lower().endswith(_MACROS) for part in parts):
        return ()
    if content[30 : 30 + len(_ODT)] == _ODT:
        return (".odt",)
    told = (_KINDS.get(kind, ()) for name, kind in _MAIN.findall(types) if name.decode("utf-8", "replace") in parts)
    usual = (found for part, found in _PARTS.items() if {part, _TYPES} <= parts)
    return next(filter(None, (*told, *usual)), ())


def _begin(archive: zipfile.ZipFile, part: str) -> bytes:
    """Unpack the beginning of a part."""
    with archive.open(part) as opened:
        return opened.read(_MOST_TYPES)


def _is_text(content: bytes) -> bool:
    """Tell whether ``content`` is words in UTF-8 and nothing else."""
    try:
        return bool(content.decode().strip()) and not _NO_TEXT.search(content)
    except UnicodeDecodeError:
        return False
