"""Puts footnotes into a Word file: their part, its separators and their styles, where the template has none."""

import re
from collections.abc import Collection, Mapping
from itertools import chain, count

from processor.letters.word import package_parts, styles
from processor.letters.word.note_marks import FIELD, LetterNotes, NoteStyles
from processor.letters.word.package_parts import LETTER
from processor.letters.word.styles import STYLES_PART, W

PART, SETTINGS = "word/footnotes.xml", "word/settings.xml"
TEXT, MARK = "footnote text", "footnote reference"
"""The names of Word's own styles, which it shows in the language of whoever looks."""

_LINKS = "word/_rels/document.xml.rels"
_NO_LINKS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_LINE = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
_RANK = '<w:uiPriority w:val="99"/>'
_NO_STYLES = f'<w:styles xmlns:w="{W[1:-1]}"/>'.encode()
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<w:footnotes xmlns:w="{W[1:-1]}"><w:footnote w:type="separator" w:id="-1"><w:p>{_LINE}<w:r><w:separator/></w:r>'
    f'</w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p>{_LINE}<w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"
)
_SEPARATORS = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
_AFTER_SEPARATORS = re.compile(  # what follows them in the order of Word's schema
    r"<w:(?:endnotePr|compat|docVars|rsids|attachedSchema|themeFontLang|clrSchemeMapping|shapeDefaults|decimalSymbol"
    r"|listSeparator)\b|<m:mathPr\b|</w:settings>"
)
_REFERENCE = re.compile(r'<w:footnoteReference [^>]*w:id="([0-9]+)"')
_AGAIN = re.compile(rf"({FIELD}([0-9]+) .*?<w:t>)[0-9]+", re.DOTALL)


def note_styles(parts: Mapping[str, bytes]) -> NoteStyles:
    """Find the styles of footnotes by the names that Word gives them in every language, or make them."""
    root = styles.parse_part(parts.get(STYLES_PART, _NO_STYLES))
    names = {name.get(f"{W}val", "").lower(): style for style in root for name in style.iter(f"{W}name")}
    ids = {name: style.get(f"{W}styleId", "") for name, style in names.items()}
    text, mark = (ids.get(name) or _free(name, {*ids.values()}) for name in (TEXT, MARK))
    plain = root.find(f"{W}style[@{W}type='paragraph'][@{W}default='1']")
    based = "" if plain is None else f'<w:basedOn w:val="{plain.get(f"{W}styleId")}"/>'
    made = {
        TEXT: f'<w:style w:type="paragraph" w:styleId="{text}"><w:name w:val="{TEXT}"/>{based}{_RANK}{_LINE}'
        '<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>',
        MARK: f'<w:style w:type="character" w:styleId="{mark}"><w:name w:val="{MARK}"/>{_RANK}'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
    }
    return NoteStyles(text, mark, "".join(style for name, style in made.items() if name not in ids))


def _free(name: str, taken: Collection[str]) -> str:
    """Make an id for the style ``name`` that no other has."""
    wanted = name.title().replace(" ", "")
    return next(own for own in chain([wanted], (f"{wanted}{at}" for at in count(2))) if own not in taken)


def first_number(parts: Mapping[str, bytes]) -> int:
    """Give the first number that no footnote of a template has."""
    found = styles.parse_part(parts[PART]).iter(f"{W}footnote") if PART in parts else ()
    return max((int(note.get(f"{W}id", "0")) for note in found), default=0) + 1


def with_notes(parts: Mapping[str, bytes], notes: LetterNotes) -> dict[str, bytes]:
    """Give the parts of a letter with the footnotes that its words brought, if any."""
    if not notes.added:
        return dict(parts)
    result = dict(parts)
    if PART not in parts:
        result |= _with_part(parts)
    result[PART] = _before_end(result[PART], "</w:footnotes>", "".join(notes.added))
    if notes.styles.added and STYLES_PART in parts:
        result[STYLES_PART] = _before_end(parts[STYLES_PART], "</w:styles>", notes.styles.added)
    result[LETTER] = _with_numbers(parts[LETTER].decode()).encode()
    return result


def _with_part(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the parts that change when a letter gets its first footnotes."""
    link = package_parts.with_entry(
        parts.get(_LINKS, _NO_LINKS), "Relationship", Id="catatanKaki", Type=_KIND, Target="footnotes.xml"
    )
    kinds = package_parts.with_entry(parts[package_parts.TYPES], "Override", PartName=f"/{PART}", ContentType=_CONTENT)
    found = {PART: _EMPTY.encode(), _LINKS: link, package_parts.TYPES: kinds}
    settings = parts.get(SETTINGS, b"").decode()
    if settings and "<w:footnotePr" not in settings:
        found[SETTINGS] = _AFTER_SEPARATORS.sub(rf"{_SEPARATORS}\g<0>", settings, count=1).encode()
    return found


def _before_end(part: bytes, end: str, added: str) -> bytes:
    before, _, after = part.decode().rpartition(end)
    return f"{before}{added}{end}{after}".encode()


def _with_numbers(letter: str) -> str:
    """Let each repeated mark show the number of its footnote, counted in the order in which they stand."""
    if FIELD not in letter:
        return letter
    order = {number: at for at, number in enumerate(_REFERENCE.findall(letter), 1)}
    return _AGAIN.sub(lambda found: f"{found[1]}{order[found[2]]}", letter)
