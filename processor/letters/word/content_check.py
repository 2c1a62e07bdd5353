"""Finds what a template holds and a letter must not: names of people, other files, links outside, dead placeholders."""

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote

from processor.foundation.errors import Problem
from processor.letters.word import fields, package_parts, styles, template_places, zip_package
from processor.letters.word.styles import Element, W
from processor.letters.word.template import TemplateSource
from processor.letters.word.template_places import BRACES, WordPart

_TRACKED = re.compile(
    "ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|numberingChange|(?:rPr|pPr|sectPr|tblPr|tblPrEx|trPr|tcPr|tblGrid)"
    "Change|(?:customXml(?:Ins|Del|MoveFrom|MoveTo)|moveFrom|moveTo)Range(?:Start)?"
)
_FORMATS = re.compile(r"\w+Change")
_EMBEDDED = {"package", "oleObject", "aFChunk", "control", "activeXControlBinary", "attachedToolbars", "subDocument"}
# XML, pictures, fonts, and what zip_package takes out.
_HARMLESS = re.compile(r"xml$|^image/|font|printerSettings|signature|^$")
_SHOWN_AS = {"chart": "grafik", "diagram": "SmartArt", "drawing": "gambar"}
# What zip_package takes out, and what is judged by its address.
_TAKEN_OUT = re.compile(r"attachedTemplate|mailMerge.*|transform|hyperlink")
_INTO_WORDS = "Pindahkan tempat isian ke dalam kalimat."
_NO_TRACE = "Di Word: Tinjau, Terima Semua Perubahan, lalu matikan Lacak Perubahan."


def mistakes(source: TemplateSource, words: tuple[WordPart, ...]) -> Iterator[Problem]:
    """Find what is wrong with what a template holds beside its placeholders."""
    found = chain(
        _comments(source, words), _tracked(source, words), _programs(source), _embedded(source, words),
        _links(source, words), _dead_placeholders(words), _unshown_parts(source, words),
    )  # fmt: skip
    for message, where, mend in found:
        yield template_places.problem(source, message, where, mend)
    for field in fields.fields(words):
        if found_ := fields.naming(field):
            yield template_places.problem(source, found_[0], field.where, found_[1])


_Found = Iterator[tuple[str, str, str]]
"""Message, place and mend."""


def _comments(source: TemplateSource, words: tuple[WordPart, ...]) -> _Found:
    parts = [name for name, kind in package_parts.content_types(source.parts).items() if kind.endswith(".comments+xml")]
    if not any(next(styles.parse_part(source.parts[name]).iter("{*}comment"), None) is not None for name in parts):
        return
    marks = ((one, mark) for one in words for mark in one.root.iter(f"{W}commentReference"))
    where = next((one.place_of(mark) for one, mark in marks), "di dalam berkasnya")
    mend = "Di Word: Tinjau, Hapus, Hapus Semua Komentar dalam Dokumen."
    yield "Naskah ini berisi komentar, lengkap dengan nama penulisnya", where, mend


def _tracked(source: TemplateSource, words: tuple[WordPart, ...]) -> _Found:
    """Find changes that Word tracked, of words or of formats, wherever they stand."""
    for one in words:
        for element in one.root.iter():
            if _is_tracked(element):
                kind = "format " if _FORMATS.fullmatch(_local(element)) else ""
                yield f"Naskah ini masih menyimpan perubahan {kind}yang dilacak", one.place_of(element), _NO_TRACE
                return
    for name in ("word/styles.xml", "word/numbering.xml"):
        if name in source.parts and any(map(_is_tracked, styles.parse_part(source.parts[name]).iter())):
            yield "Naskah ini masih menyimpan perubahan format yang dilacak", "di dalam gayanya", _NO_TRACE


def _is_tracked(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(W) and bool(_TRACKED.fullmatch(_local(element)))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _programs(source: TemplateSource) -> _Found:
    if any(name.endswith("vbaProject.bin") for name in source.parts):
        yield "Naskah ini berisi makro", "di dalam berkasnya", "Simpan sebagai Dokumen Word (*.docx) tanpa makro."


def _embedded(source: TemplateSource, words: tuple[WordPart, ...]) -> _Found:
    """Find files inside the file, which bear the names of those who wrote them."""
    links = chain.from_iterable(package_parts.relationships(source.parts, part) for part in source.parts)
    used = {one.target for one in links if one.kind in _EMBEDDED}
    kinds = package_parts.content_types(source.parts)
    for name in source.parts:
        known = _HARMLESS.search(kinds[name]) or name.endswith("vbaProject.bin")
        if name in used or "/embeddings/" in f"/{name}" or not known:
            where = template_places.users_of(source, words, name)
            mend = "Hapus objek itu; bila isinya perlu tampak, salin lalu Tempel Spesial sebagai Gambar."
            yield f"Naskah ini menyimpan berkas lain di dalamnya ({name.rpartition('/')[2]})", where, mend


def _links(source: TemplateSource, words: tuple[WordPart, ...]) -> _Found:
    """Find what is fetched from outside, and addresses that are dead or tell of somebody's computer."""
    for part in source.parts:
        for one in package_parts.relationships(source.parts, part):
            if not one.external:
                continue
            where = next(template_places.linked_places(words, part, one.id), "di dalam berkasnya")
            if not _TAKEN_OUT.fullmatch(one.kind):
                mend = "Sisipkan gambar atau berkasnya ke dalam naskah, jangan ditautkan."
                yield "Naskah ini mengambil gambar atau berkas dari luar", where, mend
            elif one.kind == "hyperlink":
                yield from ((message, where, mend) for message, mend in _address_mistakes(one.target))


def _address_mistakes(address: str) -> Iterator[tuple[str, str]]:
    if BRACES.search(unquote(address)):
        mend = "Klik kanan pada tautan itu, pilih Hapus Hipertautan; tempat isiannya tetap tampil sebagai kata."
        yield "Ada tempat isian di dalam alamat tautan, yang tidak dapat diisi", mend
    if zip_package.LOCAL_PATH.search(unquote(address)):
        mend = "Klik kanan pada tautan itu, pilih Hapus Hipertautan."
        yield "Ada tautan ke berkas di komputer seseorang", mend


def _dead_placeholders(words: tuple[WordPart, ...]) -> _Found:
    """Find placeholders in the letter that stand where none is filled: descriptions, fields, formulas."""
    for one in words:
        for element in one.root.iter():
            if any(BRACES.search(value) for value in element.attrib.values()):
                message = "Ada tempat isian di teks alternatif gambar, di WordArt, atau di nama bidang"
                yield message, one.place_of(element), _INTO_WORDS
            elif element.tag != f"{W}t" and BRACES.search(element.text or ""):
                message = f"Ada tempat isian di dalam {_holder(element)}, yang tidak dapat diisi"
                yield message, one.place_of(element), _INTO_WORDS


def _holder(element: Element) -> str:
    return {"instrText": "bidang (field)", "delText": "kata yang dihapus"}.get(_local(element), "rumus atau gambar")


def _unshown_parts(source: TemplateSource, words: tuple[WordPart, ...]) -> _Found:
    """Find placeholders in charts, SmartArt and other parts that are copied into letters as they are."""
    filled = {one.name for one in words}
    kinds = package_parts.content_types(source.parts)
    for name, content in source.parts.items():
        kind = kinds[name]
        if name in filled or not kind.endswith("+xml") or b"{" not in content or not name.startswith("word/"):
            continue
        text = "".join(styles.parse_part(content).itertext())
        if BRACES.search(text) and (shown := next((word for key, word in _SHOWN_AS.items() if key in kind), "")):
            where = template_places.users_of(source, words, name)
            mend = f"Tulis tempat isian itu di luar {shown}, dalam kalimat atau tabel."
            yield f"Ada tempat isian di dalam {shown}, yang tidak dapat diisi", where, mend
