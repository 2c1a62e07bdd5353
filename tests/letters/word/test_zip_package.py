"""Whatever somebody's Word notes in a template, a letter made from it names nobody."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.letters import documents
from processor.letters.word import package_parts, zip_package
from tests import letter_samples
from tests.letter_samples import APPLICANT, OPINIONS

NAME = "Budi Rekaan"
LINKS = "word/_rels/document.xml.rels"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Parts = dict[str, bytes]


def shipped() -> Parts:
    return zip_package.read((OPINIONS / "tanda-terima.docx").read_bytes())


def linked(parts: Parts, source: str, kind: str, target: str, content: bytes) -> Parts:
    """The parts with one more, used by ``source``."""
    links = package_parts.with_entry(parts[source], "Relationship", Id="rOrang", Type=f"{_TYPE}/{kind}", Target=target)
    folder = "" if source.startswith("_rels") else "word/"
    return {**parts, source: links, f"{folder}{target}".replace("word/../", ""): content}


def inside(parts: Parts, name: str, before: bytes, added: bytes) -> Parts:
    assert before in parts[name]
    return {**parts, name: parts[name].replace(before, added + before, 1)}


def rendered(parts: Parts, folder: Path) -> Parts:
    (folder / "tanda-terima.docx").write_bytes(zip_package.write(parts))
    inputs = ("tanda_terima", letter_samples.case(), APPLICANT, letter_samples.settings(), letter_samples.catalogue())
    return zip_package.read(documents.render(*inputs, folder))  # type: ignore[arg-type]  # the kind is a literal


NAMED = NAME.encode()
PLACES: dict[str, Callable[[Parts], Parts]] = {
    "sampul": lambda parts: linked(parts, LINKS, "customXml", "../customXml/item1.xml", b"<a>%b</a>" % NAMED),
    "orang": lambda parts: linked(parts, LINKS, "people", "people9.xml", b'<a author="%b"/>' % NAMED),
    "pencetak": lambda parts: linked(parts, LINKS, "printerSettings", "cetak.bin", NAMED),
    "blok": lambda parts: linked(parts, LINKS, "glossaryDocument", "glossary/document.xml", b"<a>%b</a>" % NAMED),
    "gambar mini": lambda parts: linked(parts, "_rels/.rels", "thumbnail", "docProps/thumbnail.jpeg", NAMED),
    "tanda tangan": lambda parts: linked(parts, "_rels/.rels", "origin", "_xmlsignatures/a.sigs", NAMED),
    "label": lambda parts: linked(parts, "_rels/.rels", "classificationlabels", "docMetadata/a.xml", b"<a/>" + NAMED),
    "tak terpakai": lambda parts: {**parts, "word/lama.xml": b"<a>%b</a>" % NAMED},
    "tugas": lambda parts: linked(parts, LINKS, "documenttasks", "documenttasks/a.xml", b"<a>%b</a>" % NAMED),
    "penyunting": lambda parts: inside(
        parts, "word/document.xml", b"<w:sectPr", b'<w:p><w:permStart w:id="1" w:ed="%b"/></w:p>' % NAMED,
    ),
    "variabel": lambda parts: inside(
        parts,
        "word/settings.xml",
        b"</w:settings>",
        b'<w:docVars><w:docVar w:name="n" w:val="%b"/></w:docVars>' % NAMED,
    ),
    "isian terikat": lambda parts: inside(
        parts, "word/document.xml", b"<w:sectPr", b'<w:sdt><w:sdtPr><w:dataBinding w:xpath="%b"/></w:sdtPr>'
        b"<w:sdtContent><w:p/></w:sdtContent></w:sdt>" % NAMED,
    ),
    "kontrol isi": lambda parts: inside(
        parts, "word/document.xml", b"<w:sectPr", b'<w:sdt><w:sdtPr><w:alias w:val="%b"/><w:tag w:val="%b"/></w:sdtPr>'
        b"<w:sdtContent><w:p/></w:sdtContent></w:sdt>" % (NAMED, NAMED),
    ),
    "komentar XML": lambda parts: inside(
        parts, "word/document.xml", b"<w:sectPr", b"<!-- %b --><?a %b?>" % (NAMED, NAMED)
    ),
    "letak gambar": lambda parts: inside(
        parts, "word/document.xml", b"<w:sectPr", rb'<w:p><w:r><w:pict><v:shape '
        rb'xmlns:v="urn:schemas-microsoft-com:vml" alt="C:\Users\%b\logo.png"/></w:pict></w:r></w:p>' % NAMED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_name_that_word_notes_does_not_come_into_the_letter(place: str, tmp_path: Path) -> None:
    named = PLACES[place](shipped())
    assert any(NAMED in content for content in named.values())
    letter = rendered(named, tmp_path)
    assert not [name for name, content in letter.items() if NAMED in content]
    assert letter.keys() == rendered(shipped(), tmp_path).keys()


def test_no_editing_session_can_be_told_from_a_letter(tmp_path: Path) -> None:
    parts = shipped()
    assert b"w:rsidRoot" in parts["word/settings.xml"]
    body = parts["word/document.xml"].replace(b"<w:p>", b'<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">')
    letter = rendered({**parts, "word/document.xml": body}, tmp_path)
    assert not [name for name, content in letter.items() if re.search(rb"rsid|docId|00AB12CD", content)]


def test_a_letter_of_an_older_version_is_still_the_same_letter(tmp_path: Path) -> None:
    today = rendered(shipped(), tmp_path)
    older = {**today, "word/settings.xml": shipped()["word/settings.xml"], "word/people.xml": b"<a/>"}
    assert zip_package.same_parts(zip_package.write(older), zip_package.write(today))
    other = {**older, zip_package.CORE: zip_package.core_properties("Tanda terima", "lain")}
    assert not zip_package.same_parts(zip_package.write(other), zip_package.write(today))


def test_who_commented_on_a_letter_is_not_in_its_copy_for_the_pdf() -> None:
    comments = (
        b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b'<w:comment w:id="0" w:author="%b" w:initials="BR"><w:p/></w:comment></w:comments>' % NAMED
    )
    copy = zip_package.anonymous(linked(shipped(), LINKS, "comments", "comments.xml", comments), "Surat")
    assert b"<w:comment " in copy["word/comments.xml"]
    assert NAMED not in copy["word/comments.xml"]


@pytest.mark.parametrize("parts", [{}, {"_rels/.rels": b"<a>"}, {"a.txt": b"a"}])
def test_of_a_file_that_is_no_letter_nothing_is_lost(parts: Parts) -> None:
    assert zip_package.anonymous(parts, "Surat") == parts
