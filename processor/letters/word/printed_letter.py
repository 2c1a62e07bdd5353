"""What a Word letter prints, paragraph by paragraph: words, marks of lists and looks, whatever program saved it last.

Two files that print the same are the same letter, though Word or LibreOffice gave one of them other bytes, ids and
properties. Tracked changes count as accepted; the number that a field shows is not told, but which field it is.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from processor.letters.word import package_parts, printed_looks, styles, zip_package
from processor.letters.word.package_parts import LETTER
from processor.letters.word.printed_looks import Look, PrintedLooks
from processor.letters.word.styles import Element, W

Pieces = tuple[tuple[str, Look], ...]
"""Words, each run with its look."""
_Links = Mapping[str, str]
"""What a part uses, by the ids of its relationships."""

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PICTURE = "{urn:schemas-microsoft-com:vml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLACES = {
    "header": "kepala halaman", "footer": "kaki halaman", "footnotes": "catatan kaki", "endnotes": "catatan akhir",
}  # fmt: skip
_SKIPPED = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "delText")} | {
    f"{_COMPATIBLE}Fallback",
    f"{W}txbxContent",
}
_TRACKED = re.compile(
    rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange|tblPrChange|sectPrChange|numberingChange)[ >/]"
)
_TYPED_MARK = re.compile(r"(\(?(?:[0-9]+(?:\.[0-9]+)*|[A-Za-z]{1,5}|[0-9]+[A-Za-z]|[A-Za-z][0-9]+)[.)]|[-–•▪◦])\t")
_PAGE = {
    ("pgSz", "w"): "12240", ("pgSz", "h"): "15840", ("pgMar", "top"): "1440", ("pgMar", "right"): "1440",
    ("pgMar", "bottom"): "1440", ("pgMar", "left"): "1440",
}  # fmt: skip
"""Size and margins of a page (twips), with what Word takes where a section does not say it."""
_FILLED_IN = frozenset({
    "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE", "FILENAME",
    "FILESIZE", "EDITTIME", "REVNUM", "NUMWORDS", "NUMCHARS",
})  # fmt: skip
"""Fields whose words a program puts there by itself whenever it likes."""
_INSTRUCTION, _EDGE = "\0field ", "\0edge "  # of a field; no XML can hold such a character
_NEW_PAGE = printed_looks.NEW_PAGE


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """One paragraph in print: where it stands ("" for the letter itself), its list's mark, its words, how it stands."""

    where: str
    mark: str
    pieces: Pieces
    look: Look = frozenset()
    style: str = ""

    @property
    def words(self) -> str:
        """Give the words, without the mark."""
        return "".join(words for words, _ in self.pieces)

    @property
    def said(self) -> str:
        """Give the mark and the words, as somebody reads them."""
        return f"{self.mark} {self.words}".strip()

    @property
    def printed(self) -> tuple[object, ...]:
        """Give all by which two paragraphs differ in print; the name of a style prints nothing."""
        return (
            self.where,
            self.mark,
            tuple((words, tuple(sorted(look))) for words, look in self.pieces),
            tuple(sorted(self.look)),
        )


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """All that a letter prints, and whether somebody's tracked changes or comments still wait in it."""

    paragraphs: tuple[PrintedParagraph, ...]
    tracked: bool = False
    commented: bool = False

    @property
    def body(self) -> tuple[PrintedParagraph, ...]:
        """Give the paragraphs of the letter itself, without what stands at the edges of pages and in notes."""
        return tuple(one for one in self.paragraphs if one.where not in _PLACES.values())

    @property
    def text(self) -> str:
        """Give every word, a paragraph a line."""
        return "\n".join(paragraph.said for paragraph in self.paragraphs)

    @property
    def digest(self) -> str:
        """Give the SHA-256 (hex) of what is printed; who knows the words can compute it, so nobody else may see it."""
        return hashlib.sha256(json.dumps([one.printed for one in self.paragraphs]).encode()).hexdigest()


def read(content: bytes) -> PrintedLetter | None:
    """Read what a .docx prints; None where it is no whole Word document."""
    try:
        parts = package_parts.with_usual_names(zip_package.read(content))
        root = styles.parse_part(parts[LETTER])
        reader = _PrintReader(printed_looks.read(parts), parts)
        found = (*_pages(root), *_broken_into_pages(reader.paragraphs(root, LETTER, "")), *reader.around())
    except (zipfile.BadZipFile, KeyError, SyntaxError, ValueError, zlib.error, NotImplementedError, RuntimeError):
        return None
    tracked = any(_TRACKED.search(one) for name, one in parts.items() if name.endswith(".xml"))
    return PrintedLetter(found, tracked, any(b"<w:commentReference" in one for one in parts.values()))


def _pages(root: Element) -> Iterator[PrintedParagraph]:
    """Give the size and margins of the pages of each section, as something to compare."""
    for section in root.iter(f"{W}sectPr"):
        places = {"pgSz": section.find(f"{W}pgSz"), "pgMar": section.find(f"{W}pgMar")}
        told = (
            usual if (place := places[part]) is None else str(place.get(f"{W}{name}", usual))
            for (part, name), usual in _PAGE.items()
        )
        yield PrintedParagraph("ukuran halaman", "", ((" ".join(told), frozenset()),))


def _broken_into_pages(paragraphs: Iterator[PrintedParagraph]) -> Iterator[PrintedParagraph]:
    """Let the next paragraph with words say that a page begins: programs differ in where they put the break."""
    begins = False
    for one in paragraphs:
        words = one.words
        begins |= words.startswith("\f") or _NEW_PAGE in one.look
        pieces = _merged(iter([(piece.strip("\f"), look) for piece, look in one.pieces]))
        look = (one.look - {_NEW_PAGE}) | ({_NEW_PAGE} if begins and pieces else set())
        begins = (begins and not pieces) or words.endswith("\f")
        yield replace(one, pieces=pieces, look=look)


class _PrintReader:
    """Reads the paragraphs of one document; counts its lists on the way."""

    def __init__(self, looks: PrintedLooks, parts: Mapping[str, bytes]) -> None:
        self._looks, self._parts = looks, parts
        self._known: dict[tuple[str, str], Look] = {}

    def paragraphs(self, root: Element, part: str, where: str) -> Iterator[PrintedParagraph]:
        """Give the paragraphs under ``root`` in their order, those of text boxes after the one that holds the box."""
        links = {one.id: one.target for one in package_parts.relationships(self._parts, part)}
        for one in root.iter(f"{W}p"):
            outer = {str(above.tag) for above in one.iterancestors()}
            if outer & {f"{W}del", f"{W}moveFrom", f"{_COMPATIBLE}Fallback"}:
                continue
            place = "kotak teks" if f"{W}txbxContent" in outer else "tabel" if f"{W}tc" in outer else ""
            pieces = _merged(_clean(self._pieces(one, self._looks.style_of(one), links)))
            look = self._remembered(one.find(f"{W}pPr"), "¶", partial(self._looks.of_paragraph, one))
            mark, pieces = _with_typed_mark(self._looks.mark_of(one), pieces)
            yield PrintedParagraph(where or place, mark, pieces, look, self._looks.name_of(self._looks.style_of(one)))

    def around(self) -> Iterator[PrintedParagraph]:
        """Give what stands at the head and foot of pages and in notes: each once, as programs repeat and reorder it."""
        found = set[PrintedParagraph]()
        for kind, place in _PLACES.items():
            for name in package_parts.related(self._parts, LETTER, kind):
                inside = self.paragraphs(styles.parse_part(self._parts[name]), name, place)
                found |= {PrintedParagraph(place, "", one.pieces) for one in inside if one.words.strip()}
        yield from sorted(found, key=lambda one: repr(one.printed))

    def _pieces(self, node: Element, style: str, links: _Links) -> Iterator[tuple[str, Look]]:
        """Give the words under ``node``, each run with its look in a paragraph of ``style``."""
        for child in node:
            if child.tag == f"{W}r":
                look = self._remembered(child.find(f"{W}rPr"), style, partial(self._looks.of_run, child, style))
                yield from ((self._word(one, links), look) for one in child if one.tag not in _SKIPPED)
            elif child.tag == f"{W}fldSimple" and (name := _field(str(child.get(f"{W}instr", "")))):
                yield f"{{{name}}}", frozenset()
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                yield from self._pieces(child, style, links)

    def _remembered(self, properties: Element | None, style: str, look: Callable[[], Look]) -> Look:
        """Give a look that is worked out once for the same properties in the same style: letters repeat few."""
        key = "" if properties is None else styles.serialise(properties), style
        if key not in self._known:
            self._known[key] = look()
        return self._known[key]

    def _word(self, one: Element, links: _Links) -> str:
        """Give what an element of a run prints; the edges of a field as marks that ``_clean`` resolves."""
        name = str(one.tag).removeprefix(W)
        if name == "t":
            text = one.text or ""
            return text if one.get(_SPACE) == "preserve" else text.strip(" \t\r\n")  # as Word reads it
        if name == "instrText":
            return f"{_INSTRUCTION}{one.text or ''}"
        if name == "fldChar":
            return f"{_EDGE}{one.get(f'{W}fldCharType')}"
        if name == "br":
            return "\f" if one.get(f"{W}type") == "page" else "\n"
        if name == "sym":
            code = str(one.get(f"{W}char", ""))
            return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else ""
        plain = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "footnoteReference": "[*]"}
        return plain.get(name, "") or self._pictures(one, links)

    def _pictures(self, one: Element, links: _Links) -> str:
        """Give a sign for each picture, by which another picture in its place is seen."""
        named = [blip.get(f"{_R}embed") for blip in one.iter(f"{_DRAWING}blip") if not _falls_back(blip)]
        named += [image.get(f"{_R}id") for image in one.iter(f"{_PICTURE}imagedata") if not _falls_back(image)]
        seen = (self._parts.get(links.get(str(name), ""), b"") for name in named)
        return "".join(f"[gambar {hashlib.sha256(content).hexdigest()[:8]}]" for content in seen)


def _with_typed_mark(mark: str, pieces: Pieces) -> tuple[str, Pieces]:
    """Take a mark that was typed before a tab out of the words: in print it is a mark like those that Word counts."""
    found = None if mark or not pieces else _TYPED_MARK.match(pieces[0][0])
    if found is None:
        return mark, pieces
    (words, look), *more = pieces
    rest = ((words[found.end() :], look),) if words[found.end() :] else ()
    return found[1], (*rest, *more)


def _falls_back(found: Element) -> bool:
    return any(above.tag == f"{_COMPATIBLE}Fallback" for above in found.iterancestors())


def _field(instruction: str) -> str:
    """Give the name of a field whose words a program fills in by itself; "" for one of which the words count."""
    name = (instruction.split() or [""])[0].upper()
    return name if name in _FILLED_IN else ""


def _clean(pieces: Iterator[tuple[str, Look]]) -> Iterator[tuple[str, Look]]:
    """Give the pieces with each complex field as its name, or as the words that it shows."""
    instruction, hidden = "", False
    for words, look in pieces:
        if words.startswith(_INSTRUCTION):
            instruction += words.removeprefix(_INSTRUCTION)
        elif not words.startswith(_EDGE):
            yield from ((words, look),) if not hidden else ()
        elif words == f"{_EDGE}separate":
            hidden = bool(_field(instruction))
        else:
            if words == f"{_EDGE}end" and (name := _field(instruction)):
                yield f"{{{name}}}", frozenset()
            instruction, hidden = "", False


def _merged(pieces: Iterator[tuple[str, Look]]) -> Pieces:
    """Join neighbours of one look; blanks take the look of what stands before them."""
    found: list[tuple[str, Look]] = []
    for words, look in pieces:
        if words and found and (found[-1][1] == look or not words.strip()):
            found[-1] = found[-1][0] + words, found[-1][1]
        elif words:
            found.append((words, look))
    return tuple(found)
