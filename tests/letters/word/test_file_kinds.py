"""A file that only looks like a template, or would take all memory, is refused with a sentence before it is read."""

import io
import zipfile
from pathlib import Path

import pytest

from processor.foundation.errors import BrokenFiles
from processor.letters.word import template, zip_package
from processor.letters.word.file_kinds import _MOST_TAGS
from tests.letter_samples import OPINIONS

LETTER = "word/document.xml"


def changed(old: bytes, new: bytes) -> bytes:
    parts = zip_package.read((OPINIONS / "pendapat-hukum.docx").read_bytes())
    return zip_package.write({**parts, LETTER: parts[LETTER].replace(old, new, 1)})


def without_body() -> bytes:
    parts = zip_package.read((OPINIONS / "pendapat-hukum.docx").read_bytes())
    return zip_package.write({**parts, LETTER: b"<x/>"})


def swollen(name: str, size: int, count: int = 1) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"word/{number}{name}", b"\0" * size)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (swollen("document.xml", zip_package._MOST_WORDS + 1), "membesar tidak wajar"),
        (swollen("a.png", 1, zip_package._MOST_PARTS + 1), "membesar tidak wajar"),
        (changed(b"<w:body>", b"<w:body>" + b"<w:p/>" * _MOST_TAGS), "membesar tidak wajar"),
        (changed(b"<w:document", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]><w:document'), "DOCTYPE"),
        (without_body(), "tidak berisi surat"),
    ],
)
def test_what_cannot_be_a_template_is_told(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "pendapat-hukum.docx"
    path.write_bytes(content)
    with pytest.raises(BrokenFiles, match=f"(?i){says}"):
        template.read(template.opened(path))
