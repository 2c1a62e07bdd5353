"""Words -> WordprocessingML: plain text, and the Markdown of staff as true Word styles and numbered lists.

Every character that comes in comes out as a word: markup is escaped, what XML cannot hold becomes U+FFFD,
and nothing is ever read as a template.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
DEEPEST = 8  # Word knows nine levels of a list, 0 to 8

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_PARAGRAPH_END = re.compile(r"\n(?:[ \t]*\n)+")
_MARKED = re.compile(r"[*_`\[\]!\\<&\n]")
# Words, not the start of a list: "1)", which another numbering would misquote, and a year such as "1945."
_NOT_A_LIST = re.compile(r"^([ \t>]*(?:[0-9]{4,}(?=[.)]\s)|[0-9]+(?=\)\s)))", re.MULTILINE)
# A line of a law's enumeration keeps its own line: "a. ...;" below ":" or ";" or "Pasal 5". Else a new line is a space.
_ENUMERATED = re.compile(r"\(?[A-Za-z0-9]{1,3}\\?[.)]\s")
_ITEM_ENDS = re.compile(r"(?:[:;.]|[;,] (?:dan|atau|dan/atau)|^Pasal \w+)\s*$")


class Paragraphs(str):
    """Plain text of several paragraphs: an empty line starts a new one."""

    __slots__ = ()


class Markdown(str):
    """Staff's text in Markdown, to be set as paragraphs, lists and quotations."""

    __slots__ = ()


class InlineMarkdown(str):
    """One paragraph of staff's text in Markdown: bold, italics and links only."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ListStyle:
    """A paragraph style that numbers: its id, its list, and the left indent of each level (twips)."""

    style: str
    number: int
    abstract: int
    indents: tuple[int, ...]

    def indent(self, level: int) -> int:
        """Left indent of ``level``; 0.63 cm more for each level that the list does not describe."""
        if level < len(self.indents):
            return self.indents[level]
        return (self.indents[-1] if self.indents else 0) + 357 * (level + 1 - len(self.indents))


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a template that Markdown is set in, as ids."""

    numbered: ListStyle
    bullets: ListStyle
    quotation: str
    heading: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The paragraph that held a placeholder: its ``w:pPr`` and the ``w:rPr`` for plain, bold, italic and both."""

    paragraph: str
    runs: tuple[str, str, str, str]


@dataclass(slots=True)
class Numbering:
    """The lists that one document adds, each with a number of its own so that each starts afresh."""

    next: int
    added: list[str] = field(default_factory=list)

    def start(self, style: ListStyle, level: int, first: int) -> int:
        """Add a list of ``style`` whose ``level`` starts at ``first``; its number for ``w:numPr``."""
        number, self.next = self.next, self.next + 1
        self.added.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{style.abstract}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
        )
        return number


def clean(text: str) -> str:
    """``text`` with one kind of line end and without what XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", _LINE_END.sub("\n", text))


def words(text: str) -> str:
    """Clean ``text`` for the inside of a ``w:t``; line ends and tabs become Word's own."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n" in text:
        text = text.replace("\n", BREAK)
    return text.replace("\t", TAB) if "\t" in text else text


def inline(text: str) -> str:
    """``text`` as words inside a line of the template, where Markdown cannot be set: its marks stay visible."""
    return words(clean(text))


def paragraphs(text: str, frame: Frame, styles: Styles | None, numbering: Numbering) -> str:
    """``text`` as whole paragraphs in place of the one that held its placeholder, by the kind of ``text``.

    ``styles`` is needed for Markdown only.
    """
    content = clean(text)
    if isinstance(text, Markdown) and styles is not None:
        return _Composer(frame, styles, numbering).compose(_parse(content)) or _paragraph(frame.paragraph, "")
    if isinstance(text, InlineMarkdown):
        lines = _PARAGRAPH_END.split(content.strip("\n"))
        return _paragraph(frame.paragraph, _run(frame, "\n", 0).join(_runs(line, frame) for line in lines))
    parts = _PARAGRAPH_END.split(content.strip("\n")) if isinstance(text, Paragraphs) else [content]
    return "".join(_paragraph(frame.paragraph, _run(frame, part, 0)) for part in parts)


def _paragraph(properties: str, runs: str) -> str:
    return f"<w:p>{properties}{runs}</w:p>"


def _run(frame: Frame, text: str, look: int) -> str:
    return f'<w:r>{frame.runs[look]}<w:t xml:space="preserve">{words(text)}</w:t></w:r>'


def _runs(content: str, frame: Frame) -> str:
    return "".join(_run(frame, text, look) for text, look in _pieces(content))


def _reader() -> MarkdownIt:
    """CommonMark and tables, without what would swallow a lawyer's words or read them as something else.

    Off: raw HTML and entities, indented code, underlines as headings or rules, link definitions. Inline marks are
    read by ``_pieces``, and only where a text has any.
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    return reader.disable(
        ["code", "lheading", "hr", "reference", "entity", "html_block", "html_inline", "inline", "text_join"]
    )


_READER = _reader()


def _parse(text: str) -> list[Token]:
    return _READER.parse(_NOT_A_LIST.sub(r"\1\\", text))


def _pieces(content: str) -> Iterator[tuple[str, int]]:
    """The words of inline Markdown, each with its look: 1 bold, 2 italic, 3 both. Links show their address."""
    content = _joined(content)
    if not _MARKED.search(content):
        yield content, 0
        return
    children: list[Token] = []
    _READER.inline.parse(content, _READER, {}, children)
    look = {"strong": 0, "em": 0}
    shown, address = "", ""
    for child in children:
        name, _, edge = child.type.rpartition("_")
        if name in look:
            look[name] += 1 if edge == "open" else -1
            continue
        if name == "link":
            text = _address(shown, address) if edge == "close" else ""
            shown, address = "", str(child.attrGet("href") or "")
        else:
            text = _word(child)
            shown += text
        if text:
            yield text, bool(look["strong"]) + 2 * bool(look["em"])


def _joined(content: str) -> str:
    """Lines as one, save where a break is meant: two spaces or a backslash at the end, or an enumeration of law."""
    first, *rest = content.split("\n")
    joined = first
    for line in map(str.lstrip, rest):
        if joined.endswith(("  ", "\\")):
            joined += "\n" + line
        elif _ENUMERATED.match(line) and _ITEM_ENDS.search(joined):
            joined += "  \n" + line
        else:
            joined = f"{joined.rstrip()} {line}"
    return joined


def _word(child: Token) -> str:
    if child.type in {"hardbreak", "softbreak"}:
        return "\n"
    if child.type == "image":
        return child.content + _address(child.content, str(child.attrGet("src") or ""))
    return child.content


def _address(shown: str, address: str) -> str:
    """The address of a link, unless its text already shows it."""
    plain = address.removeprefix("mailto:")
    return "" if not plain or plain in shown else f" ({plain})"


@dataclass(slots=True)
class _List:
    """An open list: its style, its number in the document, its level, and whether its item has its words yet."""

    style: ListStyle
    number: int
    level: int
    begun: bool = True


class _Composer:
    """Sets the tokens of one Markdown text as paragraphs, top to bottom."""

    def __init__(self, frame: Frame, styles: Styles, numbering: Numbering) -> None:
        self._frame = frame
        self._styles = styles
        self._numbering = numbering
        self._lists: list[_List] = []
        self._quotes = 0
        self._block = ""
        self._done: list[str] = []

    def compose(self, tokens: Sequence[Token]) -> str:
        """The paragraphs of ``tokens``."""
        row: list[str] = []
        for token in tokens:
            if token.type == "inline" and self._block == "tr":
                row.append(_runs(token.content, self._frame))
            elif token.type == "inline":
                self._add(_runs(token.content, self._frame))
            elif token.type == "fence":
                self._add(_run(self._frame, token.content.rstrip("\n"), 0))
            elif token.nesting:
                self._turn(token)
            if token.type == "tr_close":
                self._add(_run(self._frame, " | ", 0).join(row))
                row.clear()
        return "".join(self._done)

    def _turn(self, token: Token) -> None:
        """Note the opening or closing of a block."""
        name, _, edge = token.type.rpartition("_")
        if name in {"ordered_list", "bullet_list"}:
            self._list(token) if edge == "open" else self._lists.pop()
        elif name == "list_item":
            self._item(opened=edge == "open")
        elif name == "blockquote":
            self._quotes += token.nesting
        elif name in {"heading", "tr"}:
            self._block = name if edge == "open" else ""

    def _list(self, token: Token) -> None:
        self._flush()
        level = min(len(self._lists), DEEPEST)
        if token.type == "bullet_list_open":
            self._lists.append(_List(self._styles.bullets, self._styles.bullets.number, level))
            return
        first = int(token.attrs.get("start", 1))
        number = self._numbering.start(self._styles.numbered, level, first)
        self._lists.append(_List(self._styles.numbered, number, level))

    def _item(self, *, opened: bool) -> None:
        if not opened:
            self._flush()
        self._lists[-1].begun = not opened

    def _flush(self) -> None:
        """An item without words of its own still shows its number."""
        if self._lists and not self._lists[-1].begun:
            self._add("")

    def _add(self, runs: str) -> None:
        self._done.append(_paragraph(self._properties(), runs))

    def _properties(self) -> str:
        """How the next paragraph looks: as in the template, or by a style."""
        if self._lists:
            return self._listed(self._lists[-1])
        if self._block == "heading":
            return f'<w:pPr><w:pStyle w:val="{self._styles.heading}"/></w:pPr>'
        if self._quotes:
            return f'<w:pPr><w:pStyle w:val="{self._styles.quotation}"/></w:pPr>'
        return self._frame.paragraph

    def _listed(self, inside: _List) -> str:
        style = self._styles.quotation if self._quotes else inside.style.style
        if not inside.begun:
            inside.begun = True
            return (
                f'<w:pPr><w:pStyle w:val="{style}"/><w:numPr><w:ilvl w:val="{inside.level}"/>'
                f'<w:numId w:val="{inside.number}"/></w:numPr></w:pPr>'
            )
        left = inside.style.indent(inside.level)
        return (
            f'<w:pPr><w:pStyle w:val="{style}"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
            f'<w:ind w:left="{left}" w:firstLine="0"/></w:pPr>'
        )
