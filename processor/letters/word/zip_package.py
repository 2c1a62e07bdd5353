"""A .docx as a zip file: the same bytes for the same parts.

No entry carries a time, and no property of the document names a person or a machine.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from processor.letters.word import package_parts, picture_marks, styles
from processor.letters.word.package_parts import Relationship
from processor.letters.word.styles import Element

CORE = package_parts.CORE

_VERSION, _UTF_8, _DEFLATED, _FIRST_DAY, _OWNERS_FILE = 20, 0x800, 8, 0x21, 0o600 << 16  # words of the zip format

_MOST_PARTS, _MOST_UNPACKED, _MOST_WORDS = 5000, 200 * 2**20, 20 * 2**20
"""Parts of a file, bytes of all, and of one part of XML."""

_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:identifier>{mark}</dc:identifier>'
    "<dc:language>id-ID</dc:language></cp:coreProperties>"
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_CORE_LINK = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_LETTERS_OWN = ("officeDocument", "core-properties", "extended-properties", "custom-properties")
# Of what a letter's parts may use: Word keeps somebody's cover page, name, printer, building blocks or paths there.
_OF_SOMEBODY = re.compile(
    "customXml|people|documenttasks|intelligence|printerSettings|glossaryDocument|attachedTemplate|mailMerge.*|transform"
    "|keyMapCustomizations"
)
_NOTED = re.compile(
    r"rsids|rsid|docVars|docId|attachedTemplate|mailMerge|saveThroughXslt|schemaLibrary|printerSettings|dataBinding"
    r"|permStart|permEnd|alias|tag|placeholder"
)
_MARKS = re.compile(r"rsid\w*|paraId|textId")
_WHO = ("author", "initials")
_DESCRIBED = ("descr", "title", "name", "alt", "href", "tooltip")
LOCAL_PATH = re.compile(r"(?i)\bfile:|(?<![a-z])[a-z]:[\\/]|\\\\\w|(?<![\w/.])/(?:users|home)/")
"""An address on somebody's computer or on an office's network: it names its owner."""


def is_swollen(archive: zipfile.ZipFile) -> bool:
    """Tell whether an archive unpacks to more than any letter holds, by what its list says."""
    entries = archive.infolist()
    texts = (one.file_size for one in entries if one.filename.lower().endswith((".xml", ".rels")))
    whole = sum(one.file_size for one in entries)
    return len(entries) > _MOST_PARTS or whole > _MOST_UNPACKED or max(texts, default=0) > _MOST_WORDS


def read(content: bytes) -> dict[str, bytes]:
    """Read the parts of a .docx by name, in its order.

    Raises zipfile.BadZipFile or KeyError when it is none, or unpacks to more than a letter holds.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if is_swollen(archive):
            raise zipfile.BadZipFile("it unpacks to more than a letter holds")
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def core_properties(title: str, mark: str = "") -> bytes:
    """Write the properties of a document: its title, its language and, as its identifier, the ``mark``."""
    return _CORE.format(title=escape(title), mark=escape(mark)).encode()


def anonymous(parts: Mapping[str, bytes], title: str) -> dict[str, bytes]:
    """Take out of ``parts`` who wrote, on which computer and when; only ``title`` and the language stay.

    Thumbnails, signatures, labels, add-ins, cover page properties, lists of people, printers, building blocks and
    whatever no part uses go with them. Of a file that is no letter, or damaged, only the properties are taken.
    """
    try:
        found = package_parts.without(package_parts.with_usual_names(parts), _is_of_somebody)
        result = {name: _without_marks(name, content) for name, content in _with_properties(found).items()}
    except (KeyError, SyntaxError):
        result = dict(parts)
    blank = {CORE: core_properties(title), package_parts.APP: _APP.encode(), package_parts.CUSTOM: _CUSTOM.encode()}
    return {name: blank.get(name, content) for name, content in result.items()}


def _with_properties(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Let a file that was saved without properties have some to fill in."""
    if CORE in parts:
        return parts
    links, kinds = parts["_rels/.rels"], parts[package_parts.TYPES]
    link = package_parts.with_entry(links, "Relationship", Id="sifat", Type=_CORE_LINK, Target=CORE)
    kind = package_parts.with_entry(kinds, "Override", PartName=f"/{CORE}", ContentType=_CORE_TYPE)
    return {**parts, "_rels/.rels": link, package_parts.TYPES: kind, CORE: b""}


def _is_of_somebody(source: str, one: Relationship) -> bool:
    """Tell whether a relationship leads to what a letter does not need and what may name a person."""
    if not source:
        return one.kind not in _LETTERS_OWN
    return bool(_OF_SOMEBODY.fullmatch(one.kind)) and "/ink/" not in one.target  # what was drawn by hand is "customXml"


def _without_marks(name: str, content: bytes) -> bytes:
    """Write a part of the letter anew, without the marks of editing sessions; any other part stays as it is."""
    if name.startswith("word/media/"):
        return picture_marks.without_notes(content)
    if not (name.startswith("word/") and name.endswith(".xml")):
        return content
    try:
        root = styles.parse_part(content)
    except SyntaxError:
        return content
    take_marks_out(root)
    return styles.serialise(root).encode()


def take_marks_out(root: Element) -> None:
    """Take out of a tree what names editing sessions, people, variables, data sources and paths."""
    found = [one for one in root.iter() if isinstance(one.tag, str)]
    unwanted = [one for one in found if one is not root and _NOTED.fullmatch(one.tag.rpartition("}")[2])]
    for element in unwanted:
        element.getparent().remove(element)
    marks = [(one, name) for one in found for name in one.attrib if _is_mark(name, one.attrib[name])]
    for element, name in marks:
        if _MARKS.fullmatch(name.rpartition("}")[2]):
            del element.attrib[name]
        else:
            element.set(name, "")


def _is_mark(name: str, value: str) -> bool:
    local = name.rpartition("}")[2]
    described = local in _DESCRIBED and LOCAL_PATH.search(value)
    return bool(_MARKS.fullmatch(local) or described or (local in _WHO and value))


@dataclass(frozen=True, slots=True)
class PackedPart:
    """A part as it stands in the zip file, so that it need be compressed once only."""

    content: bytes
    checksum: int
    packed: bytes


def pack(content: bytes) -> PackedPart:
    """Compress a part."""
    squeeze = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)  # a third of the time of level 6
    return PackedPart(content, zlib.crc32(content), squeeze.compress(content) + squeeze.flush())


def write(parts: Mapping[str, bytes], ready: Mapping[str, PackedPart] = {}) -> bytes:
    """Write ``parts`` as a .docx; each is dated the zip format's first day, and no system is named.

    The bytes are those that ``zipfile`` writes, in a sixth of the time where most of the parts are ``ready``.
    """
    files, listed, at = list[bytes](), list[bytes](), 0
    for name, content in parts.items():
        part = ready.get(name)
        if part is None or part.content is not content:
            part = pack(content)
        encoded = name.encode()
        sizes = (part.checksum, len(part.packed), len(content), len(encoded), 0)
        entry = struct.pack("<5H3L2H", _VERSION, 0 if name.isascii() else _UTF_8, _DEFLATED, 0, _FIRST_DAY, *sizes)
        files += (b"PK\3\4", entry, encoded, part.packed)
        listed.append(struct.pack("<4sH26s3H2L", b"PK\1\2", _VERSION, entry, 0, 0, 0, _OWNERS_FILE, at) + encoded)
        at += 30 + len(encoded) + len(part.packed)
    whole = b"".join(listed)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(parts), len(parts), len(whole), at, 0)
    return b"".join((*files, whole, end))


def same_parts(first: bytes, second: bytes) -> bool:
    """Tell whether two .docx hold the same parts, however each was compressed; False where one is no .docx.

    Marks that letters of an older version still bear, and this one takes out, make no difference.
    """
    try:
        one, other = read(first), read(second)
        return one == other or (one.get(CORE) == other.get(CORE) and anonymous(one, "") == anonymous(other, ""))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):  # damaged, foreign or encrypted
        return False
