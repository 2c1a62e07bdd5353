"""Word files for tests: from the WordprocessingML of their paragraphs, with parts of one's own."""

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from processor.letters.study import word_blocks, word_opening, word_revisions
from processor.letters.study.word_blocks import WordContent, WordParagraph

NAMES = nsdecls("w", "r", "wp", "a", "pic", "m", "c")


def word_file(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A .docx whose body holds the XML ``body``; ``parts`` replace or add parts by name."""
    document = docx.Document()
    end = document.element.body[-1]
    for element in parse_xml(f"<w:body {NAMES}>{body}</w:body>"):
        end.addprevious(element)
    made = io.BytesIO()
    document.save(made)
    return with_parts(made.getvalue(), parts or {})


def with_parts(content: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """The same .docx with other parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return made.getvalue()


def with_words(content: bytes, old: str, new: str) -> bytes:
    """The same .docx in whose letter somebody wrote ``new`` in place of ``old``."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        words = archive.read("word/document.xml").decode()
    assert old in words
    return with_parts(content, {"word/document.xml": words.replace(old, new)})


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def read(content: bytes, *, accept: bool = True) -> WordContent:
    """What is read of a file."""
    document = word_opening.open_document(content, "berkas.docx")
    words = word_blocks.trees(document)
    for tree in words:
        word_revisions.settle(tree, accept=accept)
    return word_blocks.read(document, words)


def texts(found: WordContent) -> list[str]:
    """The words of each paragraph, behind the mark that it shows."""
    paragraphs = (one for one in found.blocks if isinstance(one, WordParagraph))
    return [f"{one.mark} {one.text}".strip() for one in paragraphs]
