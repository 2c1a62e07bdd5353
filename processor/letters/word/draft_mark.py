"""Puts a line at the top of every page of a template: that it is not approved yet, or that nobody signs it.

The line stands in a frame placed on the page itself, above the letterhead, so nothing in the letter moves for it.
"""

import re
from dataclasses import replace
from pathlib import PurePosixPath

from processor.letters.word import package_parts
from processor.letters.word.template import TemplateSource

MARK = "KONSEP, belum disetujui"
"""What a reader of a draft sees first."""
UNSIGNED = "Diterbitkan secara elektronik tanpa tanda tangan"
"""What a reader sees of an answer that nobody signs, as its office chose (``surat.tanda_tangan: tidak_wajib``)."""

_ID = "konsep"
_KINDS = ("default", "first", "even")
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NO_LINKS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
# 0.4 cm below the edge of the page: printers print there, and no letterhead begins so high. Lengths in twips.
_LINE = (
    '<w:p><w:pPr><w:framePr w:w="6804" w:h="340" w:hRule="exact" w:wrap="around" w:vAnchor="page" w:hAnchor="page" '
    'w:xAlign="center" w:y="227"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:rPr><w:b/><w:bCs/><w:color w:val="C00000"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    "<w:t>{words}</w:t></w:r></w:p>"
)
# A header needs a paragraph outside the frame: one as low as Word allows.
_PART = (
    f'<w:hdr xmlns:w="{_WORDS}">'
    "{line}"
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p></w:hdr>'
)
_HEAD = re.compile(r"<w:hdr\b[^>]*>")
_SECTION = re.compile(r"(<w:sectPr\b[^>]*>)(.*?</w:sectPr>)", re.DOTALL)
_REFERENCE = re.compile(r'<w:headerReference\b[^>]*w:type="(\w+)"[^>]*>')


def with_draft_mark(source: TemplateSource, words: str = MARK) -> TemplateSource:
    """Put ``words`` into each header of ``source``, and into a new header wherever a page has none."""
    line = _LINE.format(words=words)
    texts = tuple(
        replace(text, source=_with_header_references(_HEAD.sub(rf"\g<0>{line}", text.source))) for text in source.texts
    )
    letter = PurePosixPath(next(text.name for text in texts if not text.where))
    header, links = letter.with_name(f"{_ID}.xml"), f"{letter.parent}/_rels/{letter.name}.rels"
    known = source.parts.get(links, _NO_LINKS)
    added = {
        str(header): _PART.format(line=line).encode(),
        package_parts.TYPES: package_parts.with_entry(
            source.parts[package_parts.TYPES], "Override", PartName=f"/{header}", ContentType=_CONTENT
        ),
        links: package_parts.with_entry(known, "Relationship", Id=_ID, Type=f"{_RELATIONS}/header", Target=header.name),
    }
    changed = {text.name: text.source.encode() for text in texts if text not in source.texts}
    return replace(source, parts={**source.parts, **changed, **added}, texts=texts)


def _with_header_references(text: str) -> str:
    """Let every section of the letter name a header for every kind of page: its own, the last one's or the mark's."""
    text = re.sub(r"<w:sectPr\b([^>]*)/>", r"<w:sectPr\1></w:sectPr>", text)
    if not re.search(r"</w:sectPr>\s*</w:body>", text):
        text = text.replace("</w:body>", "<w:sectPr></w:sectPr></w:body>")
    headers = {kind: f'<w:headerReference xmlns:r="{_RELATIONS}" w:type="{kind}" r:id="{_ID}"/>' for kind in _KINDS}

    def section(found: re.Match[str]) -> str:
        own = {reference[1]: reference[0] for reference in _REFERENCE.finditer(found[2])}
        headers.update(own)
        return found[1] + "".join(headers[kind] for kind in _KINDS if kind not in own) + found[2]

    return _SECTION.sub(section, text)
