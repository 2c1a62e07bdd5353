"""Pieces of Word XML, and the shipped template with pieces added or in place of its words: for tests of templates."""

from pathlib import Path

from processor.foundation.file_content import FileContent
from processor.letters.word import package_parts, template, zip_package
from tests.letter_samples import OPINIONS

Parts = dict[str, bytes]
SHIPPED = zip_package.read((OPINIONS / "pendapat-hukum.docx").read_bytes())
LETTER, LINKS = "word/document.xml", "word/_rels/document.xml.rels"
INNER = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
"""A table whose only cell takes what stands in it."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, look: str = "") -> str:
    """A run; a tab in ``text`` becomes Word's own."""
    inside = text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{inside}</w:t></w:r>'


def par(*inside: str, properties: str = "") -> str:
    """A paragraph of words and of XML; ``properties`` is its ``w:pPr``."""
    return f"<w:p>{properties}{''.join(one if one.startswith('<') else run(one) for one in inside)}</w:p>"


def table(*rows: tuple[str, ...], head: str = "<w:tblPr/><w:tblGrid/>") -> str:
    """A table; a cell is words, or blocks of its own."""
    cells = ("".join(f"<w:tc>{one if one.startswith('<') else par(one)}</w:tc>" for one in row) for row in rows)
    return f"<w:tbl>{head}{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def field(code: str, shown: str = "isi") -> str:
    """A field as Word writes it: its code cut into runs."""
    half = len(code) // 2
    parts = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in (code[:half], code[half:]))
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return mark("begin") + parts + mark("separate") + run(shown) + mark("end")


def with_body(xml: str, above: str) -> Parts:
    """The shipped template with a paragraph and more before its end."""
    head, end, tail = SHIPPED[LETTER].rpartition(b"<w:sectPr")
    return {**SHIPPED, LETTER: head + (par(above) + xml).encode() + end + tail}


def with_link(parts: Parts, kind: str, target: str, name: str = "rUji", *, outside: bool = False) -> Parts:
    """The parts with a relationship of the letter more."""
    mode = {"TargetMode": "External"} if outside else {}
    link = package_parts.with_entry(
        parts[LINKS], "Relationship", Id=name, Type=f"{_OFFICE}/{kind}", Target=target, **mode
    )
    return {**parts, LINKS: link}


def with_part(parts: Parts, name: str, content_type: str, content: bytes) -> Parts:
    """The parts with one more, which nothing uses yet."""
    types = package_parts.with_entry(
        parts[package_parts.TYPES], "Override", PartName=f"/{name}", ContentType=content_type
    )
    return {**parts, package_parts.TYPES: types, name: content}


def source_of(parts: Parts) -> template.TemplateSource:
    """The parts, read as a template that lies nowhere."""
    return template.read(FileContent(zip_package.write(parts), Path("naskah.docx")))
