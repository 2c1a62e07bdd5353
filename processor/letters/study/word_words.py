"""The words of a Word paragraph, run by run, and what stands in it that Markdown cannot carry."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from processor.letters.study import word_styles
from processor.letters.study.word_styles import WordStyle
from processor.letters.word.styles import Element, W

BOLD, ITALIC = 1, 2
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THROUGH = {
    *(f"{W}{name}" for name in ("smartTag", "sdt", "sdtContent", "customXml", "bdo", "dir", "ruby")),
    *(f"{W}{name}" for name in ("rubyBase", "ins", "moveTo", "del", "moveFrom")),
}
_LETTERS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"}
_LINES_ACROSS = {
    "u": "garis bawah",
    "strike": "coretan",
    "dstrike": "coretan",
    "highlight": "sorotan warna",
    "vertAlign": "huruf naik atau turun",
}
_OFF = {"0", "false", "off", "none", "baseline"}


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words of one look: 0 plain, 1 bold, 2 italic, 3 both. ``note`` is the number of a footnote that stands here."""

    text: str
    look: int = 0
    note: str = ""


@dataclass(slots=True)
class Carried:
    """What a document holds that cannot be carried: each kind with the beginning of the words where it stands."""

    lost: dict[str, list[str]] = field(default_factory=dict)

    def miss(self, kind: str, near: str) -> None:
        """Note that something stands ``near`` these words."""
        self.lost.setdefault(kind, []).append(near)


@dataclass(slots=True)
class WordsReader:
    """Reads the runs of paragraphs, one after another: a field may reach over several of them."""

    styles: Mapping[str, WordStyle]
    carried: Carried
    address: Callable[[str], str]
    named_notes: Mapping[str, str]
    near: str = ""
    _fields: list[str | None] = field(default_factory=list)

    def runs(self, paragraph: Element) -> tuple[WordRun, ...]:
        """Give the words of a paragraph; those of neighbours of one look together."""
        self.near = beginning(paragraph)
        merged: list[WordRun] = []
        for one in self._children(paragraph):
            if merged and not one.note and not merged[-1].note and merged[-1].look == one.look:
                merged[-1] = WordRun(merged[-1].text + one.text, one.look)
            elif one.text or one.note:
                merged.append(one)
        return tuple(merged)

    def _children(self, element: Element) -> Iterator[WordRun]:
        for child in element:
            if child.tag == f"{W}r":
                yield from self._run(child)
            elif child.tag == f"{W}hyperlink":
                yield from self._link(child)
            elif child.tag == f"{W}fldSimple" and (note := self._repeated(str(child.get(f"{W}instr", "")))):
                yield WordRun("", 0, note)
            elif child.tag in _THROUGH or child.tag == f"{W}fldSimple":
                yield from self._children(child)
            elif child.tag in {f"{_M}oMath", f"{_M}oMathPara"}:
                self.carried.miss("rumus", self.near)
            elif child.tag in _DRAWN:
                self._drawing(child)

    def _link(self, link: Element) -> Iterator[WordRun]:
        found = [*self._children(link)]
        target = self.address(str(link.get(f"{_R}id", ""))).removeprefix("mailto:")
        if target and target not in "".join(one.text for one in found):
            self.carried.miss("alamat tautan", self.near)
        yield from found

    def _run(self, run: Element) -> Iterator[WordRun]:
        properties = run.find(f"{W}rPr")
        if word_styles.switched(properties, "vanish"):
            self.carried.miss("tulisan tersembunyi", self.near)
            return
        look = self._look(properties)
        for child in run:
            if child.tag == f"{W}fldChar":
                yield from self._field(str(child.get(f"{W}fldCharType", "")))
            elif child.tag == f"{W}instrText" and self._fields:
                self._fields[-1] = (self._fields[-1] or "") + (child.text or "")
            elif any(one is not None for one in self._fields):
                continue
            elif text := self._letters(child):
                yield WordRun(text, look)
            elif child.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                yield WordRun("", 0, note_key(child))
        self._note_lines(run, properties)

    def _letters(self, child: Element) -> str:
        """Give the letters that one part of a run stands for."""
        tag = child.tag
        if tag in {f"{W}t", f"{W}delText"}:
            return child.text or ""
        if tag == f"{W}br":
            return "" if child.get(f"{W}type") in {"page", "column"} else "\n"
        if tag == f"{W}sym":
            return self._symbol(child)
        if tag in _DRAWN:
            self._drawing(child)
        return _LETTERS.get(tag, "")

    def _symbol(self, child: Element) -> str:
        """Read a letter of a symbol font; one of its private letters means nothing without that font."""
        code = str(child.get(f"{W}char", ""))
        letter = chr(int(code, 16)) if len(code) <= 4 and all(one in "0123456789abcdefABCDEF" for one in code) else ""
        if not letter or not letter.isprintable() or "\ue000" <= letter <= "\uf8ff":
            self.carried.miss("lambang dari huruf khusus", self.near)
            return ""
        return letter

    def _field(self, kind: str) -> Iterator[WordRun]:
        """Follow a field: what it is made of is no word of the document, what it shows is; a note is shown as one."""
        if kind == "begin":
            self._fields.append("")
        elif kind == "separate" and self._fields:
            note = self._repeated(self._fields[-1] or "")
            self._fields[-1] = self._fields[-1] if note else None
            yield from [WordRun("", 0, note)] if note else ()
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _repeated(self, instruction: str) -> str:
        """Give the footnote whose number a field shows once more; "" for any other field."""
        kind, _, rest = instruction.strip().partition(" ")
        return self.named_notes.get(rest.split()[0], "") if kind == "NOTEREF" and rest.split() else ""

    def _drawing(self, element: Element) -> None:
        """Say what a drawing is; words in it are not carried either."""
        inside = {str(one.tag).rpartition("}")[2] for one in element.iter() if isinstance(one.tag, str)}
        uris = {str(one.get("uri", "")).rpartition("/")[2] for one in element.iter(f"{_A}graphicData")}
        self.carried.miss(_kind_of_drawing(inside, uris), self.near)

    def _look(self, properties: Element | None) -> int:
        named = "" if properties is None else _named(properties)
        style = self.styles.get(named) if named else None
        bold, italic = word_styles.switched(properties, "b"), word_styles.switched(properties, "i")
        bold = style.bold if bold is None and style else bold
        italic = style.italic if italic is None and style else italic
        return BOLD * bool(bold) + ITALIC * bool(italic)

    def _note_lines(self, run: Element, properties: Element | None) -> None:
        """Note looks that Markdown does not know, where there are words to look so."""
        if properties is None or not any((one.text or "").strip() for one in run.iter(f"{W}t")):
            return
        for name, kind in _LINES_ACROSS.items():
            found = properties.find(f"{W}{name}")
            if found is not None and found.get(f"{W}val", "1") not in _OFF:
                self.carried.miss(kind, self.near)


def _named(properties: Element) -> str:
    found = properties.find(f"{W}rStyle")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _kind_of_drawing(inside: set[str], uris: set[str]) -> str:
    if "txbxContent" in inside:
        return "kotak teks"
    if "chart" in uris or "chart" in inside:
        return "grafik"
    if "diagram" in uris:
        return "SmartArt"
    return "benda tersemat" if "OLEObject" in inside else "gambar"


def note_key(reference: Element) -> str:
    """Give the key of the footnote or endnote to which a reference, or the note itself, belongs."""
    return f"{str(reference.tag).removeprefix(W)[:3]}{reference.get(f'{W}id', '')}"


def named_notes(body: Element) -> Mapping[str, str]:
    """Give the notes around whose marks a bookmark stands, by its name."""
    found = ((start, next(start.itersiblings(f"{W}r"), None)) for start in body.iter(f"{W}bookmarkStart"))
    marks = ((start, None if run is None else run.find(f"{W}footnoteReference")) for start, run in found)
    return {str(start.get(f"{W}name", "")): note_key(mark) for start, mark in marks if mark is not None}


def beginning(paragraph: Element) -> str:
    """Give the first words of a paragraph, by which a person finds it."""
    words = ""
    for text in paragraph.iter(f"{W}t"):
        words += text.text or ""
        if len(words) > 60:
            break
    words = " ".join(words.split())
    return words if len(words) <= 40 else f"{words[:40]}…"
