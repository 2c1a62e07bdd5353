"""A .docx as a zip file: the same bytes for the same parts.

No entry carries a time, and no property of the document names a person or a machine.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape

CORE = "docProps/core.xml"

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
_NO_PEOPLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'
)
# Where Word keeps the path of somebody's own template or data source.
_LINKED = re.compile(
    rb"<w:attachedTemplate[^>]*/>|<w:mailMerge>.*?</w:mailMerge>"
    rb"|<Relationship [^>]*/(?:attachedTemplate|mailMerge\w*)\"[^>]*/>",
    re.DOTALL,
)


def read(content: bytes) -> dict[str, bytes]:
    """Read the parts of a .docx by name, in its order. Raises zipfile.BadZipFile or KeyError when it is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def core_properties(title: str, mark: str = "") -> bytes:
    """Write the properties of a document: its title, its language and, as its identifier, the ``mark``."""
    return _CORE.format(title=escape(title), mark=escape(mark)).encode()


def anonymous(parts: Mapping[str, bytes], title: str) -> dict[str, bytes]:
    """Take author, company, times and paths out of ``parts``; only ``title`` and the language stay."""
    blank = {
        CORE: core_properties(title).decode(),
        "docProps/app.xml": _APP,
        "docProps/custom.xml": _CUSTOM,
        "word/people.xml": _NO_PEOPLE,
    }
    result = {name: blank[name].encode() if name in blank else content for name, content in parts.items()}
    for name in ("word/settings.xml", "word/_rels/settings.xml.rels"):
        if name in result:
            result[name] = _LINKED.sub(b"", result[name])
    return result


def write(parts: Mapping[str, bytes]) -> bytes:
    """Write ``parts`` as a .docx; each is dated the zip format's first day, and no system is named."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = 0  # or Windows would write other bytes than Linux
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=1)  # a third of the time of 6
    return buffer.getvalue()


def same_parts(first: bytes, second: bytes) -> bool:
    """Tell whether two .docx hold the same parts, however each was compressed; False where one is no .docx."""
    try:
        return read(first) == read(second)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):  # damaged, foreign or encrypted
        return False
