"""A file that comes from a person is bounded before it is read, and what is wrong with it is said in a sentence."""

import io
import random
import zipfile
from contextlib import suppress

import pytest

from processor.foundation.errors import PayungError
from processor.letters.study import word_opening
from tests.letters.study.word_files import paragraph, read, texts, with_parts, word_file

GOOD = word_file(paragraph("kata"))
BOMB = b'<?xml version="1.0"?><w:x>' + b"a" * (word_opening._MOST_WORDS + 1)
BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body></w:document>'
)


def document(content: bytes) -> dict[str, bytes]:
    return {"word/document.xml": content}


def many_parts(count: int, size: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"word/media/{number}.png", b"\0" * size)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "bukan dokumen Word yang utuh"),
        (b"%PDF-1.7", "bukan dokumen Word yang utuh"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", r"\(.doc\) atau terkunci"),
        (GOOD[: len(GOOD) // 2], "bukan dokumen Word yang utuh"),
        (many_parts(word_opening._MOST_PARTS + 1, 1), "membesar tidak wajar"),
        (many_parts(9, 2**24), "membesar tidak wajar"),
        (with_parts(GOOD, document(BOMB)), "terlalu panjang"),
        (with_parts(GOOD, document(BILLION)), "DOCTYPE"),
        (with_parts(GOOD, document(BILLION.decode().encode("utf-16"))), "DOCTYPE"),
        (with_parts(GOOD, document(b"<w:document/>")), "rusak di dalamnya"),
        (with_parts(GOOD, document(b"<x/>")), "rusak di dalamnya"),
        (with_parts(GOOD, document(BILLION.partition(b"]>")[2].replace(b"<w:body>&b;</w:body>", b""))), "rusak"),
        (with_parts(GOOD, document(b'<x xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>')), "Strict"),
        (with_parts(GOOD, {"[Content_Types].xml": b"<Types/>"}), "bukan dokumen Word yang utuh|rusak di dalamnya"),
    ],
)
def test_what_cannot_be_a_study_is_refused_with_the_mend(content: bytes, said: str) -> None:
    with pytest.raises(PayungError, match=said) as told:
        word_opening.open_document(content, "berkas.docx")
    assert str(told.value).startswith("berkas.docx ")
    assert "ulangi" in str(told.value)


def test_a_file_that_is_too_large_is_not_unpacked() -> None:
    with pytest.raises(PayungError, match="lebih besar dari"):
        word_opening.open_document(b"PK" + b"\0" * word_opening.MOST_BYTES, "berkas.docx")


def test_damage_anywhere_is_told_in_a_sentence_or_does_not_matter() -> None:
    chance = random.Random(12)
    for _ in range(60):
        damaged = bytearray(GOOD)
        for _ in range(3):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with suppress(PayungError):
            read(bytes(damaged))


def test_nothing_outside_is_fetched() -> None:
    linked = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>'
    )
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        rels = archive.read("word/_rels/document.xml.rels").decode()
    content = with_parts(GOOD, {"word/_rels/document.xml.rels": rels.replace("</Relationships>", linked)})
    assert texts(read(content)) == ["kata"]
