"""Writes the study of a case as a Word document that looks like its letter: one heading a part, and what it says.

Invisible bookmarks tell later which heading is which part, even under other words, and what each said at the time.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from processor.foundation import shipped
from processor.foundation.file_content import FileContent
from processor.letters import canonical, footnotes, markdown
from processor.letters.word import styles, template
from processor.letters.word.paragraphs import InlineMarkdown, Markdown
from processor.letters.word.template import CompiledTemplate

PARTS: Mapping[str, str] = {
    "kasus_posisi": "FAKTA DAN KASUS POSISI",
    "isu_hukum": "ISU HUKUM",
    "dasar_hukum": "DASAR HUKUM",
    "analisis": "ANALISIS",
    "kesimpulan": "KESIMPULAN",
    "saran": "SARAN",
    "rujukan": "RUJUKAN",
}
"""The parts of a study by their keys in the case file, with their headings, in the order of the letter."""
LISTS = ("isu_hukum", "dasar_hukum")
"""The parts that are lists: each entry is one paragraph."""
OTHER_CASE = re.compile(r"payung_nomor_(\w+)")
"""The bookmark that tells which case a document belongs to."""
PART_MARK = re.compile(rf"payung_({'|'.join(PARTS)})_([0-9a-f]{{8}})")
"""The bookmark at the heading of a part, with the ``stamp`` of what it said."""

_LETTER = "opinions/pendapat-hukum.docx"
_HEADING, _BODY, _NUMBERED, _TITLE = "Judul Bagian", "Isi Surat", "Daftar Bernomor", "Judul Dokumen"
_DEEPER = range(2, 7)
_NOT_IN_BOOKMARKS = re.compile(r"\W")

Study = Mapping[str, str | Sequence[str]]
"""What a study says, by the keys of ``PARTS``: Markdown, or a list of paragraphs for each of ``LISTS``."""


def settled(said: str | Sequence[str]) -> str:
    """Give what a part says in a form that does not depend on how it was written."""
    if isinstance(said, str):
        return _text_settled(said)
    return "".join(f"{canonical.inline(markdown.inline(' '.join(entry.split())))}\n" for entry in said)


def _text_settled(text: str) -> str:
    """Give a text in its canonical form, its footnotes numbered and placed by the order of their marks."""
    found = footnotes.take_out(text)
    marked = {words for words, is_mark in footnotes.split_marks(found.body, found.notes) if is_mark}
    body = "\n\n".join([found.body, *(words for name, words in found.notes.items() if name not in marked)])
    numbers: dict[str, int] = {}
    body = "".join(
        f"[^{numbers.setdefault(words, len(numbers) + 1)}]" if is_mark else words
        for words, is_mark in footnotes.split_marks(canonical.canonical(body), marked)
    )
    return "".join(
        [body, *(f"[^{number}]: {canonical.canonical(found.notes[name])}" for name, number in numbers.items())]
    )


def stamp(said: str | Sequence[str]) -> str:
    """Give the short digest of what a part says (8 hex digits), however it was written."""
    return hashlib.sha256(settled(said).encode()).hexdigest()[:8]


def number_mark(number: str) -> str:
    """Give the bookmark of a case."""
    return f"payung_nomor_{_NOT_IN_BOOKMARKS.sub('_', number)}"


def write(number: str, study: Study, shown: Study) -> bytes:
    """Write the study of a case as a .docx; the same words give the same bytes.

    Args:
        number: The case's registration number.
        study: What the case file says, from which later changes are told.
        shown: What is to stand in the document: the catalogue's titles in place of its keys.
    """
    stamps = {key: stamp(study[key]) for key in PARTS}
    said = {key: _value(key, shown[key]) for key in PARTS}
    values = {"nomor": number, "tanda": number_mark(number), "sidik": stamps, "kajian": said}
    return _compiled(frozenset(key for key in LISTS if any(shown[key]))).render(values)


@lru_cache(maxsize=4)
def _compiled(filled: frozenset[str]) -> CompiledTemplate:
    """Make the template of studies in which these lists have entries, from that of the letter."""
    path = shipped.sources() / _LETTER
    base = docx.Document(BytesIO(path.read_bytes()))
    _clear(base)
    _add_deeper_headings(base)
    _add_bookmark(base.add_paragraph("Kajian {{ nomor }}", _TITLE), "{{ tanda }}", 1)
    for count, (key, heading) in enumerate(PARTS.items(), start=2):
        mark = f"payung_{key}_{{{{ sidik.{key} }}}}"
        _add_bookmark(base.add_paragraph(heading, _HEADING), mark, count)
        _add_place(base, key, filled=key not in LISTS or key in filled)
    made = BytesIO()
    base.save(made)
    return template.compile_template(template.read(FileContent(made.getvalue(), path)), "Kajian")


def _clear(base: Document) -> None:
    """Take out of the letter what stands in it and on its edges; page, styles and numbering stay."""
    body = base.element.body
    for child in [one for one in body if one.tag != qn("w:sectPr")]:
        body.remove(child)
    for section in base.sections:
        for edge in section._sectPr.findall(qn("w:headerReference")) + section._sectPr.findall(  # noqa: SLF001 -- python-docx can only empty them
            qn("w:footerReference")
        ):
            base.part.drop_rel(edge.get(qn("r:id")))
            section._sectPr.remove(edge)  # noqa: SLF001


def _add_deeper_headings(base: Document) -> None:
    """Give headings below others styles of their own, by which they are known again."""
    above = base.styles[styles.HEADING]
    for depth in _DEEPER:
        made = base.styles.add_style(f"{styles.HEADING} {depth}", WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = above
        made.font.italic = depth % 2 == 1
        above = made


def _add_place(base: Document, key: str, *, filled: bool) -> None:
    """Add the place where the words of a part are set, as the letters have it."""
    if key not in LISTS:
        base.add_paragraph(f"{{{{ kajian.{key} }}}}", _BODY)
        return
    base.add_paragraph(f"{{% for butir in kajian.{key} %}}" if filled else "", _BODY)
    if filled:
        _number_afresh(base, base.add_paragraph("{{ butir }}", _NUMBERED))
        base.add_paragraph("{% endfor %}", _BODY)


def _number_afresh(base: Document, paragraph: Paragraph) -> None:
    """Let the list of a paragraph begin with 1."""
    numbering = base.part.numbering_part.element
    of_style = base.styles[_NUMBERED].element.pPr.numPr.numId.val
    made = numbering.add_num(numbering.num_having_numId(of_style).abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 -- python-docx cannot number
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = made.numId


def _add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around the words of a paragraph."""
    for tag, at in (("w:bookmarkStart", 0), ("w:bookmarkEnd", None)):
        element = OxmlElement(tag, {qn("w:id"): str(number)})
        if at is None:
            paragraph._p.append(element)  # noqa: SLF001 -- python-docx knows no bookmarks
        else:
            element.set(qn("w:name"), name)
            paragraph.runs[0]._r.addprevious(element)  # noqa: SLF001


def _value(key: str, said: str | Sequence[str]) -> Any:
    """Give words with the way in which they are set."""
    if isinstance(said, str):
        return Markdown(said)
    return tuple(InlineMarkdown(one) if key == "isu_hukum" else one for one in said if one)
