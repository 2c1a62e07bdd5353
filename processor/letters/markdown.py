"""Reads staff's Markdown as blocks: paragraphs, headings, quotations and list items, with bold and italic words.

What would swallow a lawyer's words or renumber a quoted law is off: raw HTML, entities, indented code, underlined
headings, link definitions and lists written "1)". All of those come out as the words that they are. A line that counts
by itself ("a.", "1)", "(2)") becomes a paragraph of its own, a table a block; a line of dashes only separates.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from processor.letters import enumeration, markdown_tables
from processor.letters.markdown_tables import MarkdownTable

Pieces = tuple[tuple[str, int], ...]
"""Words, each run with its look: 0 plain, 1 bold, 2 italic, 3 both. A line end inside is a line break."""

_MARKED = re.compile(r"[*_`\[\]!\\<&\n]")
# Words, not the start of a list: "1)", which another numbering would misquote, and a year such as "1945."
_NOT_A_LIST = re.compile(r"^([ \t>]*(?:[0-9]{4,}(?=[.)]\s)|[0-9]+(?=\)\s)))", re.MULTILINE)
# Nesting that markdown-it would cut off, with the words in it.
_TOO_DEEP = re.compile(r"^(?:[ \t]*(?:>|[-+*][ \t]|[0-9]{1,3}\.[ \t])){20}|^[ \t]{90}", re.MULTILINE)
_KEPT = re.compile(r"(?<=[0-9])\\(?=[.)]\s)")  # our own marks, which only a fence would show
_RULE = re.compile(r"^([ \t>]*)([-*])(?:[ \t]*\2){2,}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ListItem:
    """A paragraph's place in a list: which list of the text (from 0), its depth, and whether it shows its number.

    ``first`` is the number that an ordered list starts with, None for bullets.
    """

    which: int
    depth: int
    first: int | None
    begins: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or a table that stands in place of its words.

    ``heading`` is its level (1 to 6), 0 for none; ``level`` is its depth in an enumeration whose mark and tab stand in
    its words, or that a table stands in.
    """

    pieces: Pieces
    heading: int = 0
    quoted: bool = False
    item: ListItem | None = None
    level: int | None = None
    table: MarkdownTable | None = None


@lru_cache(maxsize=512)  # a pass reads the same answers again and again
def blocks(text: str) -> tuple[Block, ...]:
    """Read the paragraphs of ``text``, top to bottom."""
    if _TOO_DEEP.search(text):
        return tuple(Block(((part, 0),)) for part in text.split("\n") if part.strip())
    text = markdown_tables.frame_rows(text)
    marked = enumeration.keep_apart(_NOT_A_LIST.sub(r"\1\\", _RULE.sub(r"\1", text)))
    return _BlockReader().read(_READER.parse(marked))


def inline(text: str) -> Pieces:
    """Read ``text`` as one paragraph of inline Markdown: what looks like a list or a heading stays words."""
    return tuple(_inline_pieces(text))


class _LinkKeepingReader(MarkdownIt):
    def normalizeLink(self, url: str) -> str:  # noqa: N802  (markdown-it's name)
        """Leave an address as it was written."""
        return url


def _make_reader() -> MarkdownIt:
    """Make a CommonMark reader with the rules above; ``_inline_pieces`` reads inline marks, where a text has any."""
    reader = _LinkKeepingReader("commonmark", {"html": False, "maxNesting": 100})
    return reader.disable(
        ["code", "lheading", "hr", "reference", "entity", "html_block", "html_inline", "inline", "text_join"]
    )


_READER = _make_reader()


def _inline_pieces(content: str) -> Iterator[tuple[str, int]]:
    """Read the words of inline Markdown, each with its look: 1 bold, 2 italic, 3 both. Links show their address."""
    content = _join_lines(content)
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
            text = _address_to_show(shown, address) if edge == "close" else ""
            shown, address = "", _link_target(child, "href")
        else:
            text = _token_text(child)
            shown += text
        if text:
            yield text, bool(look["strong"]) + 2 * bool(look["em"])


def _join_lines(content: str) -> str:
    """Join lines to one, save where a break is meant: two spaces or a backslash at the end."""
    if "\n" not in content:
        return content
    lines = [line for line in (line.lstrip() for line in content.split("\n")) if line]
    last = len(lines) - 1
    return "".join(
        line + "\n" if line.endswith(("  ", "\\")) and number < last else line.rstrip() + " " * (number < last)
        for number, line in enumerate(lines)
    )


def _token_text(child: Token) -> str:
    if child.type in {"hardbreak", "softbreak"}:
        return "\n"
    if child.type == "image":
        return child.content + _address_to_show(child.content, _link_target(child, "src"))
    return child.content


def _link_target(child: Token, name: str) -> str:
    """Give a link's address, with its title where it has one."""
    return " ".join(str(child.attrs[key]) for key in (name, "title") if child.attrs.get(key))


def _address_to_show(shown: str, address: str) -> str:
    """Give the address of a link, unless its text already shows it."""
    plain = address.removeprefix("mailto:")
    return "" if not plain or plain in shown else f" ({plain})"


@dataclass(slots=True)
class _OpenList:
    """A list that is being read; ``begun`` once its latest item has shown its number."""

    which: int
    first: int | None
    begun: bool = True


class _BlockReader:
    """Turns markdown-it's tokens into blocks."""

    def __init__(self) -> None:
        self._lists: list[_OpenList] = []
        self._known = 0
        self._quotes = 0
        self._heading = 0
        self._counts: list[enumeration.Stack] = [[]]
        self._left: ListItem | None = None
        self._below = False
        self._done: list[Block] = []

    def read(self, tokens: list[Token]) -> tuple[Block, ...]:
        """Turn ``tokens`` into blocks."""
        for token in tokens:
            if token.type == "inline":
                self._paragraph(token.content)
            elif token.type == "fence":
                self._add_block(((f"{token.info}\n{_KEPT.sub('', token.content)}".strip("\n"), 0),))
            elif token.nesting:
                self._open_or_close(token)
        return tuple(self._done)

    def _open_or_close(self, token: Token) -> None:
        """Note the opening or closing of a block."""
        name, _, edge = token.type.rpartition("_")
        if name in {"list_item", "blockquote"}:
            self._counts.append([]) if edge == "open" else self._counts.pop()
        if name in {"ordered_list", "bullet_list"}:
            self._open_list(token) if edge == "open" else self._close_list()
        elif name == "list_item":
            self._number_alone()
            self._lists[-1].begun = edge == "close"
        elif name == "blockquote":
            self._quotes += token.nesting
        elif name == "heading":
            self._heading = int(token.tag[1:]) if edge == "open" else 0

    def _open_list(self, token: Token) -> None:
        self._number_alone()
        first = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None
        self._lists.append(_OpenList(self._known, first))
        self._known += 1

    def _close_list(self) -> None:
        """Leave a list; what is counted right below it still belongs to its last item."""
        inside = self._lists.pop()
        self._left = ListItem(inside.which, len(self._lists), inside.first, begins=False)
        self._below = True

    def _number_alone(self) -> None:
        """Add an empty block for an item without words of its own, so that its number shows."""
        if self._lists and not self._lists[-1].begun:
            self._add_block(())

    def _paragraph(self, content: str) -> None:
        """Add the blocks of a paragraph: a heading whole, else each item of an enumeration and each table."""
        if self._heading:
            self._add_block(tuple(_inline_pieces(content)))
            return
        counts, level = self._counts[-1], None
        lines = [line.lstrip() for line in content.split("\n")]
        for words in markdown_tables.split_tables(lines, inline):
            if isinstance(words, MarkdownTable):
                self._number_alone()
                self._add_block((), level, words)
                continue
            for level, part in enumeration.split_items(words, counts):
                starts = level == 0 and 1 in counts[0].values()
                if level is None or (self._below and not starts):
                    self._left = None
                self._below = False
                if level is None or (self._lists and not self._lists[-1].begun):  # the item shows its own number
                    self._add_block(tuple(_inline_pieces("\n".join(part))))
                else:
                    self._add_block(tuple(_inline_pieces("\n".join([enumeration.with_tab(part[0]), *part[1:]]))), level)

    def _add_block(self, pieces: Pieces, level: int | None = None, table: MarkdownTable | None = None) -> None:
        item = None
        if self._lists:
            inside = self._lists[-1]
            item = ListItem(inside.which, len(self._lists) - 1, inside.first, begins=not inside.begun)
            inside.begun = True
        elif level is not None:
            item = self._left
        self._done.append(Block(pieces, self._heading, self._quotes > 0, item, level, table))
