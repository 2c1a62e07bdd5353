"""The copy of which a PDF is made: spoken as Indonesian, every picture has a word; shipped templates are Indonesian."""

import re
from pathlib import Path

import pytest

from processor.letters.word import zip_package
from processor.letters.word.export_copy import export_copy
from tests.letter_samples import OPINIONS

_LANGUAGE = re.compile(rb'<w:lang\b[^>]*?\bw:val="([^"]*)"')


def exported(document: bytes) -> bytes:
    """The main part of the copy of a letter with that main part."""
    return zip_package.read(export_copy(zip_package.write({"word/document.xml": document}), "Surat"))[
        "word/document.xml"
    ]


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [
        (b'<w:lang w:val="en-US"/>', b'<w:lang w:val="id-ID"/>'),
        (b'<w:lang w:eastAsia="ja-JP" w:val="en-GB" />', b'<w:lang w:eastAsia="ja-JP" w:val="id-ID" />'),
        (b'<w:lang w:bidi="ar-SA"/>', b'<w:lang w:bidi="ar-SA"/>'),
        (b'<wp:docPr id="1" name="a.png"/>', b'<wp:docPr descr="Gambar" id="1" name="a.png"/>'),
        (b'<wp:docPr id="1" descr="" name="a">', b'<wp:docPr descr="Gambar" id="1" name="a">'),
        (b'<wp:docPr id="1" descr="Lambang"/>', b'<wp:docPr id="1" descr="Lambang"/>'),
    ],
)
def test_words_are_marked_as_indonesian_and_pictures_have_a_word(typed: bytes, spoken: bytes) -> None:
    assert exported(typed) == spoken


@pytest.mark.parametrize("path", sorted(OPINIONS.glob("*.docx")), ids=lambda path: path.stem)
def test_a_shipped_template_is_indonesian_throughout(path: Path) -> None:
    parts = zip_package.read(path.read_bytes())
    marked = [found for name, part in parts.items() if name.endswith(".xml") for found in _LANGUAGE.findall(part)]
    assert set(marked) == {b"id-ID"}
    assert re.search(rb"<w:rPrDefault>.*<w:lang [^>]*w:val=.*</w:rPrDefault>", parts["word/styles.xml"])
