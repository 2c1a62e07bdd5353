"""Compiles a Word template once, so that many documents can be rendered from it.

docxtpl mends what Word does to placeholders (split runs, ``{%p``, ``{%tr``) once; Jinja2 compiles the result
once. Values are words: they are never read as a template.
"""

import io
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from jinja2 import StrictUndefined, Template
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.file_content import FileContent
from processor.letters.word import file_kinds, footnotes, lone_tags, package_parts, paragraphs, zip_package
from processor.letters.word import styles as word_styles
from processor.letters.word.lone_tags import PARAGRAPH
from processor.letters.word.note_marks import LetterNotes, NoteStyles
from processor.letters.word.paragraphs import Frame, Numbering, Styles
from processor.letters.word.styles import NUMBERING_PART, Element, NumberingPart, TextSizes
from processor.letters.word.zip_package import PackedPart

FILTERS = ("capitalize", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper")
_PLACES = {
    "header": "kepala halaman",
    "footer": "kaki halaman",
    "footnotes": "catatan kaki",
    "endnotes": "catatan akhir",
}
# A dash in a tag takes spaces away in Jinja2, but whole words in docxtpl: no letter needs either.
_DASHES = {
    re.compile(r"(\{(?:<[^>]*>)*[%{](?:<[^>]*>)*)[-+]"): r"\1",
    re.compile(r"[-+]((?:<[^>]*>)*[%}](?:<[^>]*>)*\})"): r"\1",
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What a condition or an empty list may leave, and Word refuses to open: a table without rows, a row without cells, and
# a cell, a text box, a head or foot of pages or a note without a paragraph at its end.
_ROWLESS = re.compile(r"<w:(tr|tbl)(?: [^>]*)?>(?:(?!<w:(?:tc|tr|tbl)[ >]).)*?</w:\1>", re.DOTALL)
_UNFINISHED = {  # by a sign that a part holds such at all: most letters hold none, and searching takes its time
    "</w:tc>": re.compile(r"(?:<w:tc>|</w:tcPr>|<w:tcPr/>|</w:tbl>)(?=\s*</w:tc>)"),
    "<w:txbxContent>": re.compile(r"<w:txbxContent>(?=\s*</w:txbxContent>)"),
    "</w:hdr>": re.compile(r"<w:hdr(?: [^>]*)?>(?=\s*</w:hdr>)"),
    "</w:ftr>": re.compile(r"<w:ftr(?: [^>]*)?>(?=\s*</w:ftr>)"),
    "</w:footnote>": re.compile(r"<w:footnote(?: [^>]*)?>(?=\s*</w:footnote>)"),
    "</w:endnote>": re.compile(r"<w:endnote(?: [^>]*)?>(?=\s*</w:endnote>)"),
}


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """A part that holds words, as Jinja2 source with a line for each paragraph; ``where`` is "" for the letter."""

    name: str
    where: str
    source: str


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A template as read: its raw parts, its texts and the frames of the placeholders that stand alone."""

    path: Path
    parts: Mapping[str, bytes]
    texts: tuple[TemplatePart, ...]
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """A template ready to render. Holds nothing of any case."""

    title: str
    fixed: Mapping[str, PackedPart]
    texts: tuple[tuple[str, Template], ...]
    frames: tuple[Frame, ...]
    styles: Styles | None
    numbering: NumberingPart | None
    note_styles: NoteStyles
    first_note: int

    def render(self, values: Mapping[str, Any], mark: str = "") -> bytes:
        """Render a document; the same values and mark give the same bytes.

        Args:
            values: what the placeholders stand for, nested mappings of text.
            mark: stands among the document's properties.

        Raises:
            jinja2.UndefinedError: a name that ``values`` does not hold; ``template_check`` finds those first.
        """
        numbering = Numbering(self.numbering.next if self.numbering else 1)
        notes = LetterNotes(self.note_styles, self.first_note)
        known = {**values, PARAGRAPH: _Setter(self.frames, self.styles, numbering, notes)}
        texts = {name: (_DECLARATION + _whole(text.render(known))).encode() for name, text in self.texts}
        core = {zip_package.CORE: zip_package.core_properties(self.title, mark)}
        lists = {NUMBERING_PART: self.numbering.complete(numbering.added)} if self.numbering else {}
        fixed = {name: part.content for name, part in self.fixed.items()}
        return zip_package.write(footnotes.with_notes({**fixed, **texts, **core, **lists}, notes), self.fixed)


@dataclass(frozen=True, slots=True)
class _Setter:
    """Turns a value, given the number of its frame, into paragraphs; called by the template in one rendering."""

    frames: tuple[Frame, ...]
    styles: Styles | None
    numbering: Numbering
    notes: LetterNotes

    def __call__(self, value: object, number: int) -> Markup:
        if isinstance(value, Markup):
            return value
        text = value if isinstance(value, str) else str(value)
        set_ = paragraphs.paragraphs(text, self.frames[number], self.styles, self.numbering, self.notes)
        return Markup(set_)  # noqa: S704 -- every word in it is escaped


def _whole(xml: str) -> str:
    """Take empty rows and tables out, and give a paragraph to whatever has lost all of its own."""
    if "</w:tbl>" in xml:
        xml = _ROWLESS.sub("", _ROWLESS.sub("", xml))  # a table that loses its last row goes as well
    for sign, unfinished in _UNFINISHED.items():
        if sign in xml:
            xml = unfinished.sub(r"\g<0><w:p/>", xml)
    return xml


def opened(path: Path) -> FileContent:
    """Give the file of a template. Raises BrokenFiles when there is none."""
    try:
        return FileContent.of(path)
    except FileNotFoundError:
        problem = Problem(str(path), None, "Naskah Word ini tidak ada.", "Kembalikan dari cadangan atau dari Git.")
        raise BrokenFiles((problem,)) from None


def read(file: FileContent) -> TemplateSource:
    """Read a template. Raises BrokenFiles when it is no Word document, or one that must be saved otherwise."""
    return replace(_read(file), path=file.path)


@lru_cache(maxsize=32)
def _read(file: FileContent) -> TemplateSource:
    try:
        found_parts = zip_package.read(file.content)
        if wrong := file_kinds.strange(found_parts):
            raise _unread(file.path, *wrong)
        parts = package_parts.with_usual_names(found_parts)
        package_parts.require_whole(parts)
        roots = {name: (where, word_styles.parse_part(parts[name])) for name, where in _text_parts(parts).items()}
    except (BadZipFile, zlib.error, KeyError, SyntaxError, NotImplementedError, RuntimeError):
        raise _unread(file.path, *file_kinds.unread(file.content)) from None
    if wrong := file_kinds.saved_otherwise(parts):
        raise _unread(file.path, *wrong)
    found: list[Frame] = []
    sizes = word_styles.text_sizes(parts)
    texts = tuple(TemplatePart(name, where, _jinja_source(root, found, sizes)) for name, (where, root) in roots.items())
    return TemplateSource(file.path, parts, texts, tuple(found))


def _unread(path: Path, message: str, mend: str) -> BrokenFiles:
    return BrokenFiles((Problem(str(path), None, message, mend),))


def _text_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Find the parts that hold words, and their places: the letter and what it uses. Raises KeyError without one."""
    letter = package_parts.letter(parts)
    used = {name: where for kind, where in _PLACES.items() for name in package_parts.related(parts, letter, kind)}
    return {letter: "", **used}


def _jinja_source(root: Element, found: list[Frame], sizes: TextSizes) -> str:
    """Write the Jinja2 source of one part; the frames of its lone placeholders are added to ``found``."""
    from docxtpl import DocxTemplate  # noqa: PLC0415  (0.17 s that only letters need)

    zip_package.take_marks_out(root)
    lone_tags.rewrite(root, found, sizes)
    lined = re.sub(r"<w:p([ >])", r"\n<w:p\1", word_styles.serialise(root).replace("\n", " "))
    for dash, without in _DASHES.items():
        lined = dash.sub(without, lined)
    return str(DocxTemplate(io.BytesIO()).patch_xml(lined))


def compile_template(source: TemplateSource, title: str) -> CompiledTemplate:
    """Compile a checked template; its documents carry ``title`` and a mark, and no other property.

    Raises jinja2.TemplateSyntaxError where ``template_check.template_mistakes`` would have found a Problem.
    """
    texts = {text.name: text.source for text in source.texts if "{{" in text.source or "{%" in text.source}
    parts = zip_package.anonymous(source.parts, title)
    numbering = word_styles.numbering_part(parts)
    fixed = {
        name: zip_package.pack(content)
        for name, content in parts.items()
        if name not in texts and name != zip_package.CORE and not (numbering and name == NUMBERING_PART)
    }
    return CompiledTemplate(
        title,
        fixed,
        tuple((name, environment().from_string(text)) for name, text in texts.items()),
        source.frames,
        word_styles.find_styles(parts)[0],
        numbering,
        footnotes.note_styles(source.parts),
        footnotes.first_number(source.parts),
    )


class _Environment(SandboxedEnvironment):
    """The sandbox, with two short cuts for what every letter does some fifty times.

    ``kajian.analisis`` is looked up as a key first: our values are mappings.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give the value of ``attribute``."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call our own function without a guard; the sandbox judges any other."""
        return obj(*args) if isinstance(obj, _Setter) else super().call(context, obj, *args, **kwargs)


@cache
def environment() -> SandboxedEnvironment:
    """Make the template language: strict, sandboxed, every value escaped for Word."""
    made = _Environment(autoescape=True, undefined=StrictUndefined, finalize=_inline_value)
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.tests = {name: made.tests[name] for name in ("eq", "ne", "in", "defined")}
    made.globals = {}
    return made


def _inline_value(value: object) -> Markup:
    """Write a value inside a line of the template."""
    if isinstance(value, Markup):
        return value
    return Markup(paragraphs.inline(value if isinstance(value, str) else str(value)))  # noqa: S704
