"""Makes the copy of a letter that becomes its PDF: it names nobody, is spoken as Indonesian, and parts no signature.

Word marks words with the language in which it was set up, often English, and a screen reader would speak them so. The
letter itself keeps its marks.
"""

import re

from processor.letters.word import kept_together, zip_package

_LANGUAGE = re.compile(rb'(<w:lang\b[^>]*?\bw:val=")[^"]*')
_PICTURE = re.compile(rb'<wp:docPr\b(?![^>]*\bdescr="[^"])[^>]*>')
_NOTHING_SAID = re.compile(rb'\s+descr=""')
PICTURE = b"Gambar"
"""What is said of a picture that nobody described; PDF/UA wants a word for each."""


def export_copy(content: bytes, title: str) -> bytes:
    """Copy a letter without the names that Word notes in it.

    Raises:
        zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError: It is no .docx, or encrypted.
    """
    parts = kept_together.kept_together(zip_package.anonymous(zip_package.read(content), title))
    return zip_package.write({name: _spoken(part) if name.endswith(".xml") else part for name, part in parts.items()})


def _spoken(part: bytes) -> bytes:
    """Mark all words as Indonesian, and give every picture a word."""
    return _PICTURE.sub(_described, _LANGUAGE.sub(rb"\g<1>id-ID", part))


def _described(found: re.Match[bytes]) -> bytes:
    return _NOTHING_SAID.sub(b"", found[0]).replace(b"<wp:docPr", b'<wp:docPr descr="%s"' % PICTURE, 1)
