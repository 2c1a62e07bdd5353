"""The lines of a text in Markdown: where their words begin, what is quoted, and what a line alone already is."""

import re
from dataclasses import dataclass

from processor.letters import enumeration, footnotes
from processor.letters.markdown_tables import RULE_OF_TABLE

LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_QUOTE = re.compile(r"(?:[^\S\n]*>(?!=))+ ?")
RULE = re.compile(r"([-*])(?:\1{2,}|(?: \1){2,})")
HEADING = re.compile(r"(#{1,6})[^\S\n]+(?=\S)")
_ESCAPED_MARK = re.compile(r"(\(?[0-9A-Za-z.]{1,9})\\([.)])(?=\s|$)")
_MARK_ENDS = 8
"""No mark that was pasted with unseen letters is longer."""
_UNSEEN = re.compile("[\u200b\u200e\u200f\u2060\ufeff]")
"""What has no width and no shape: web pages and Word leave it before a mark."""
LAW_LINE = re.compile(
    r"[*_]*(?:Pasal|PASAL|Bab|BAB|Bagian|BAGIAN|Paragraf|PARAGRAF|Buku|BUKU)[^\S\n]+\w{1,12}"
    r"(?:[^\S\n]+ayat[^\S\n]+\(\w+\))?[.:]?[*_]*[^\S\n]*"
)
_ESCAPED_START = re.compile(
    rf"\\(?={RULE.pattern}[ \t]*$|{HEADING.pattern}|[>|]|{RULE_OF_TABLE.pattern}$|{enumeration.BULLETS.pattern})"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: its words, where they begin (columns), whether it is quoted, and where its ``>`` stands."""

    words: str
    indent: int
    quoted: bool = False
    at: int = 0


def lines_of(text: str) -> list[TextLine]:
    """Cut ``text`` into its lines."""
    return [_line(one) for one in LINE_END.split(text)]


def _line(raw: str) -> TextLine:
    """Take a line apart."""
    quote = _QUOTE.match(raw)
    rest = raw[quote.end() :] if quote else raw
    words = rest.lstrip()
    if _UNSEEN.match(words):
        seen = _UNSEEN.sub("", words[:_MARK_ENDS]) + words[_MARK_ENDS:]
        words = seen.lstrip() if enumeration.mark_of(seen.lstrip()) else words
    gap = len(rest[: len(rest) - len(rest.lstrip())].expandtabs(4))
    return TextLine(words, gap, True, len(raw[: raw.index(">")].expandtabs(4))) if quote else TextLine(words, gap)


def without_escape(words: str) -> str:
    """Give a line without the backslash that keeps its start from being read as a mark."""
    if mark := _ESCAPED_MARK.match(words):
        return mark[1] + words[mark.end(1) + 1 :]
    return words[1:] if _ESCAPED_START.match(words) else words


def escaped(words: str) -> str:
    """Give ``words`` so that their line is read as words, whatever it begins with."""
    mark = enumeration.mark_of(words)
    if not mark or mark.bullet:
        if footnotes.begins(words):
            return f"\\{words}"
        return f"\\{words}" if _ESCAPED_START.match(f"\\{words}") else words
    end = len(mark.typed) - 1
    return f"{words[:end]}\\{words[end:]}"
