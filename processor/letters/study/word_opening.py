"""Opens a Word file that comes from a person: how large it may be is checked before anything in it is unpacked.

Nothing is fetched from outside, and no entity is resolved: a part that declares a document type is refused.
"""

import io
import zipfile
import zlib

import docx
from docx.document import Document
from lxml import etree

from processor.foundation.errors import PayungError

MOST_BYTES = 30 * 2**20
_MOST_UNPACKED, _MOST_PARTS = 80 * 2**20, 2000
_MOST_WORDS = 8 * 2**20
"""Bytes of one part of XML: some 500 pages."""
_MOST_TAGS = 500_000
"""Signs < of one part of XML: some 300 pages as Word writes them."""
_BEGIN = 128
_XML = (b"<", *("<?xml".encode(code) for code in ("utf-16-le", "utf-16-be")))
_OLD_WORD = b"\xd0\xcf\x11\xe0"  # also what Word locks with a password
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_SAVE = "Buka di Word, simpan sebagai Dokumen Word (*.docx), lalu ulangi."


def open_document(content: bytes, name: str) -> Document:
    """Open a .docx.

    Args:
        content: The file.
        name: What the person calls it, for messages.

    Raises:
        PayungError: It is no Word document, or larger than a study may be; says which, and the mend.
    """
    if content.startswith(_OLD_WORD):
        raise PayungError(f"{name} adalah berkas Word lama (.doc) atau terkunci kata sandi. {_SAVE}")
    if len(content) > MOST_BYTES:
        raise PayungError(f"{name} lebih besar dari {MOST_BYTES >> 20} MB. Kecilkan atau hapus gambarnya, lalu ulangi.")
    try:
        _check_parts(content, name)
        document = docx.Document(io.BytesIO(content))
        assert document.element.body is not None, "it has no body"
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise PayungError(f"{name} bukan dokumen Word yang utuh. {_SAVE}") from error
    except (etree.XMLSyntaxError, AttributeError, AssertionError, TypeError, OSError) as error:
        raise PayungError(f"{name} rusak di dalamnya. {_SAVE}") from error
    return document


def _check_parts(content: bytes, name: str) -> None:
    """Judge the list of parts, then those that hold XML. Raises PayungError, and as ``zipfile``."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
            raise PayungError(f"{name} membesar tidak wajar ketika dibuka, jadi tidak dibaca. {_SAVE}")
        for entry in entries:
            with archive.open(entry) as part:
                begin = part.read(_BEGIN)
            if any(mark in begin for mark in _XML):
                if entry.file_size > _MOST_WORDS:
                    raise PayungError(f"{name} terlalu panjang untuk sebuah kajian. Pisahkan lampirannya, lalu ulangi.")
                _check_xml(archive.read(entry), name)


def _check_xml(part: bytes, name: str) -> None:
    """Refuse what no word processor writes, and the form of Word files in which every name is another."""
    if part.count(b"<") > _MOST_TAGS:
        raise PayungError(f"{name} terlalu panjang untuk sebuah kajian. Pisahkan lampirannya, lalu ulangi.")
    if any(mark in part for mark in _DOCTYPE):
        raise PayungError(f"{name} memuat deklarasi DOCTYPE, yang tidak pernah ditulis Word; tidak dibaca. {_SAVE}")
    if _STRICT in part:
        raise PayungError(
            f"{name} disimpan sebagai “Strict Open XML”. Di Word: Simpan Sebagai, pilih “Dokumen Word (*.docx)” yang "
            "biasa, lalu ulangi."
        )
