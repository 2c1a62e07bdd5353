"""Tells where each entry of a YAML text stands, with its comments, so that it can be cut out, moved or left alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unplaceable(Exception):
    """Something is written in a way in which single entries cannot be cut out of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a mapping, or of a list in lines of its own.

    ``head`` is where its key or dash begins, in ``column``; ``colon`` is behind the key's colon, or behind the dash;
    ``end`` is behind the last sign of its value.
    """

    value: Any
    head: int
    column: int
    colon: int
    end: int
    is_item: bool


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, ``#`` included, and where it begins and ends."""

    start: int
    end: int
    words: str


class Places:
    """A text, what it is made of, and where that stands. Raises YAMLError for one that is no YAML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Any = yaml.compose(text, Loader=_Loader)
        self.comments = tuple(_comments(text))
        self._starts = {one.start for one in self.comments}

    def entries(self, node: Any) -> list[Entry]:
        """Give the entries of a collection, in its order. Raises Unplaceable where they do not stand in lines."""
        if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
            raise Unplaceable
        if isinstance(node, yaml.MappingNode):
            return [self._pair(key, value) for key, value in node.value]
        return [self._item(value) for value in node.value]

    def _pair(self, key: Any, value: Any) -> Entry:
        if not isinstance(key, yaml.ScalarNode):
            raise Unplaceable
        colon = self._colon(key)
        return Entry(value, key.start_mark.index, key.start_mark.column, colon, self._end(value, colon), is_item=False)

    def _colon(self, key: Any) -> int:
        """Find the place behind the colon of a key."""
        colon = self.text.index(":", key.end_mark.index)
        if self.text[key.end_mark.index : colon].strip(" "):
            raise Unplaceable
        return colon + 1

    def _item(self, value: Any) -> Entry:
        begin = self.line_start(value.start_mark.index)
        before = self.text[begin : value.start_mark.index]
        if before.strip() != "-":
            raise Unplaceable
        head = begin + before.index("-")
        return Entry(value, head, head - begin, head + 1, self._end(value, head + 1), is_item=True)

    def _end(self, node: Any, least: int) -> int:
        """Find the place behind the last sign of a value; a block's own end mark lies behind what follows it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            pair = isinstance(last, tuple)
            return self._end(last[1], self._colon(last[0])) if pair else self._end(last, least)
        start: int = node.start_mark.index
        written = self.text[start : node.end_mark.index].rstrip()
        return max(least, start + len(written)) if written else least

    def line_start(self, index: int) -> int:
        """Find where the line begins that holds ``index``."""
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Find where the line ends that holds ``index``, before its line break."""
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def stands_alone(self, entry: Entry) -> bool:
        """Tell whether nothing stands before an entry on its line, as the dash of an item does."""
        return not self.text[self.line_start(entry.head) : entry.head].strip()

    def lead(self, entry: Entry) -> int:
        """Find where the comments begin that stand right above an entry, as far in as it; else its line."""
        begin = self.line_start(entry.head)
        while begin and self._is_comment(above := self.line_start(begin - 1), entry.column):
            begin = above
        return begin

    def foot(self, entry: Entry) -> int:
        """Find where the last of the comments ends that stand below an entry and further in; else its line."""
        foot = end = self.line_end(entry.end)
        while end < len(self.text):
            begin, end = end + 1, self.line_end(end + 1)
            line = self.text[begin:end]
            depth = len(line) - len(line.lstrip(" "))
            if line.strip() and (depth <= entry.column or not self._is_comment(begin, depth)):
                break
            foot = end if line.strip() else foot
        return foot

    def _is_comment(self, begin: int, column: int) -> bool:
        """Tell whether on the line that begins there a comment stands alone, so far in."""
        return begin + column in self._starts and not self.text[begin : begin + column].strip(" ")

    def is_blank_above(self, begin: int) -> bool:
        """Tell whether the line above the one that begins there is empty."""
        return begin > 0 and not self.text[self.line_start(begin - 1) : begin].strip()

    def is_blank_below(self, end: int) -> bool:
        """Tell whether the line below the one that ends there is empty; there may be none."""
        return not self.text[end + 1 : self.line_end(end + 1)].strip()


def _comments(text: str) -> Iterator[Comment]:
    """Find the comments of a text: what stands between the words that YAML sees, and behind the mark of a block."""
    end = 0
    for token in yaml.scan(text, Loader=_Loader):
        yield from _comments_in(text, end, token.start_mark.index)
        end = max(end, token.end_mark.index)
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
            begin = token.start_mark.index
            yield from _comments_in(text, begin, text.find("\n", begin))
    yield from _comments_in(text, end, len(text))


def _comments_in(text: str, begin: int, end: int) -> Iterator[Comment]:
    while (start := text.find("#", begin, end)) >= 0:
        begin = text.find("\n", start, end)
        begin = end if begin < 0 else begin
        yield Comment(start, begin, text[start:begin].rstrip())
