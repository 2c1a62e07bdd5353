"""Parts are found by what uses them: Word 365 and others name them as they like."""

import io
from pathlib import Path

import docx
import pytest

from processor.foundation.errors import BrokenFiles
from processor.letters import documents
from processor.letters.word import package_parts, template, zip_package
from tests import letter_samples
from tests.letter_samples import APPLICANT, OPINIONS

SHIPPED = OPINIONS / "pendapat-hukum.docx"
Parts = dict[str, bytes]
MADE = {
    "document.xml": "isi/surat7.xml", "styles.xml": "isi/gaya2.xml", "numbering.xml": "isi/nomor.xml",
    "settings.xml": "isi/aturan.xml", "footer1.xml": "isi/kaki.xml",
}  # fmt: skip


def renamed(parts: Parts) -> Parts:
    """The same template as another program would have saved it: other folders, other names."""
    result = dict(parts)
    for old, new in MADE.items():
        result[new] = result.pop(f"word/{old}")
    links = result.pop("word/_rels/document.xml.rels")
    result["_rels/.rels"] = result["_rels/.rels"].replace(b"word/document.xml", b"/isi/surat7.xml")
    for old, new in MADE.items():
        result["[Content_Types].xml"] = result["[Content_Types].xml"].replace(f"word/{old}".encode(), new.encode())
        links = links.replace(f'"{old}"'.encode(), f'"{new.removeprefix("isi/")}"'.encode())
    for other in (b"theme/", b"webSettings", b"fontTable"):
        links = links.replace(b'Target="' + other, b'Target="../word/' + other)
    return {**result, "isi/_rels/surat7.xml.rels": links, "word/document.xml": b"<lama/>"}


def rendered(folder: Path) -> bytes:
    inputs = (letter_samples.case(), APPLICANT, letter_samples.settings(), letter_samples.catalogue(), folder)
    return documents.render("pendapat_hukum", *inputs)


def test_a_template_whose_parts_have_other_names_gives_the_same_letter(tmp_path: Path) -> None:
    parts = renamed(zip_package.read(SHIPPED.read_bytes()))
    (tmp_path / SHIPPED.name).write_bytes(zip_package.write(parts))
    assert documents.check_templates(tmp_path) == ()
    letter, wanted = rendered(tmp_path), rendered(OPINIONS)
    shown = [
        [(p.style.name, p.text) for p in docx.Document(io.BytesIO(one)).paragraphs if p.style]
        for one in (letter, wanted)
    ]
    assert shown[0] == shown[1]
    assert {*zip_package.read(wanted)} - {*zip_package.read(letter)} == {"word/footer1.xml"}
    assert b"<lama/>" not in zip_package.read(letter).values()


def test_properties_under_another_name_hold_nobodys_name() -> None:
    parts = zip_package.read(SHIPPED.read_bytes())
    core = "package/services/metadata/core-properties/a1.psmdcp"
    parts[core] = parts.pop(zip_package.CORE).replace(b"</cp:coreProperties>", b"<a>Budi</a></cp:coreProperties>")
    for name in ("_rels/.rels", package_parts.TYPES):
        parts[name] = parts[name].replace(b"docProps/core.xml", core.encode())
    found = zip_package.anonymous(parts, "Surat")
    assert core not in found
    assert found[zip_package.CORE] == zip_package.core_properties("Surat")


def kept_as(change: tuple[bytes, bytes]) -> bytes:
    parts = zip_package.read(SHIPPED.read_bytes())
    return zip_package.write({name: content.replace(*change) for name, content in parts.items()})


_WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OTHERWISE = {
    "Ketat": kept_as((_WORD, package_parts.STRICT)),
    "(.dotx)": kept_as((b"document.main+xml", b"template.main+xml")),
    "makro": kept_as(
        (
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )
    ),
    "(.doc)": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "RTF": b"{\\rtf1\\ansi Naskah}",
    "PDF": b"%PDF-1.7",
    "halaman web": b"\xef\xbb\xbf<html>",
    "(.odt)": zip_package.write({"mimetype": b"application/vnd.oasis.opendocument.text"}),
    "Bukan berkas Word yang utuh": SHIPPED.read_bytes()[:3000],
    "Bukan berkas Word yang": zip_package.write(
        {**zip_package.read(SHIPPED.read_bytes()), "word/theme/theme1.xml": b"<rusak>"}
    ),
}


@pytest.mark.parametrize("words", OTHERWISE)
def test_a_file_saved_otherwise_is_told_how_to_be_saved(words: str, tmp_path: Path) -> None:
    path = tmp_path / "pendapat-hukum.docx"
    path.write_bytes(OTHERWISE[words])
    with pytest.raises(BrokenFiles) as caught:
        template.read(template.opened(path))
    (problem,) = caught.value.problems
    assert words in problem.message
    assert problem.mend
