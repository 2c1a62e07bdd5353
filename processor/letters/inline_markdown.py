"""Reads the words of one paragraph: bold, italics, links and escapes. Every other character is a word.

``*`` and ``_`` are marks only at the edge of a word, so that a sum (``1/1000*50*Rp62.000.000``) keeps its signs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from processor.letters.markdown_blocks import Pieces

BOLD, ITALIC = 1, 2
_LOOK = {1: ITALIC, 2: BOLD}  # by how many signs stand at each side

_ADDRESS = r"(?:https?://|mailto:|www\.)[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*"
_LINK = re.compile(
    rf"(?<![\\!])\[(?!\^)([^\[\]\n]*[^\[\]\s\\])\]\(({_ADDRESS})\)|(?<!\\)<({_ADDRESS}|[^\s<>@]+@[^\s<>@]+)>"
)
_SIGNS = re.compile(r"\\(?P<escaped>[*_\[<|])|\*+|_+")
# Letters of Word's symbol fonts, which no other font has, and what they look like.
SYMBOLS = str.maketrans(
    {0xF000 + code: letter for code, letter in {
        0xB7: "•", 0xA7: "▪", 0x6C: "●", 0x6E: "■", 0xD8: "➢", 0x76: "❖", 0x71: "❑", 0xFC: "✓", 0xFE: "☑", 0xE0: "→",
        0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB0: "°",
    }.items()}
)  # fmt: skip
_BLANK = 4  # so many underscores are a line to write on
_OPENS_AFTER = frozenset("([{<\"'“‘«„/–—-*_|")
_CLOSES_BEFORE = frozenset(")]}>\"'”’».,;:!?/–—-…*_|%")
_NEVER_OPENED, _NEVER_CLOSED = frozenset(",;:!?)]}"), frozenset("([{")
_FOLLOWS = re.compile(r"(?:nya|lah|kah|pun|ku|mu)\b|\ufdd0?\[\^")  # a suffix, the mark of a footnote


@dataclass(slots=True)
class _Run:
    """A run of ``*`` or ``_``: how many of them are words still, and the looks that end and begin there."""

    sign: str
    left: int
    opens: bool
    closes: bool
    ends: list[int] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)


def join_lines(lines: Sequence[str]) -> str:
    """Join the lines of a paragraph to one, with a line end where a break is meant: two spaces or a backslash."""
    words = [line for line in (line.lstrip() for line in lines) if line]
    last = len(words) - 1
    joined = "".join(
        f"{_without_break(line)}\n" if number < last and breaks(line) else line.rstrip() + " " * (number < last)
        for number, line in enumerate(words)
    )
    return joined.replace(" \n", "\n")  # a line that is nothing but a break


def breaks(line: str) -> bool:
    """Tell whether ``line`` asks for a line break after it."""
    return line.endswith("  ") or (len(line) - len(line.rstrip("\\"))) % 2 == 1


def read(content: str) -> Pieces:
    """Read one paragraph, whose lines are joined already."""
    content = _LINK.sub(_shown_link, content if content.isascii() else content.translate(SYMBOLS))
    if "*" not in content and "_" not in content and "\\" not in content:
        return ((content, 0),) if content else ()
    return tuple(_with_looks(_paired(_tokens(content))))


def unpaired(content: str) -> list[str]:
    """Give the signs that begin or end no look though they stand where one could: ``**`` at a word, not in a sum."""
    runs = (one for one in _paired(_tokens(_LINK.sub(_shown_link, content))) if isinstance(one, _Run))
    return [one.sign * one.left for one in runs if 0 < one.left < _BLANK and one.opens != one.closes]


def _without_break(line: str) -> str:
    return line.rstrip() if line.endswith("  ") else line[:-1].rstrip()


def _shown_link(link: re.Match[str]) -> str:
    """Show the address of a link behind its text, unless the text shows it."""
    text, address = link[1] or "", (link[2] or link[3]).removeprefix("mailto:")
    return text if address in text else f"{text} ({address})" if text else address


def _tokens(content: str) -> Iterator[str | _Run]:
    """Cut ``content`` into words and runs of signs."""
    done = 0
    for found in _SIGNS.finditer(content):
        if found.start() > done:
            yield content[done : found.start()]
        done = found.end()
        if found["escaped"]:
            yield found["escaped"]
        else:
            yield _Run(found[0][0], len(found[0]), *_edges(content, found.start(), found.end()))
    if done < len(content):
        yield content[done:]


def _edges(content: str, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether the signs between ``start`` and ``end`` may begin a look, and whether they may end one."""
    before, after = content[start - 1 : start] or " ", content[end : end + 1] or " "
    free_before, free_after = before.isspace(), after.isspace()
    opens = (free_before or before in _OPENS_AFTER) and not free_after and after not in _NEVER_OPENED
    closes = (
        (free_after or after in _CLOSES_BEFORE or bool(_FOLLOWS.match(content, end)))
        and not free_before
        and before not in _NEVER_CLOSED
    )
    return opens, closes


def _paired(tokens: Iterable[str | _Run]) -> list[str | _Run]:
    """Pair the runs: what ends a look takes the nearest that begins one, two signs where both have two."""
    done: list[str | _Run] = []
    waiting: list[_Run] = []
    for token in tokens:
        done.append(token)
        if isinstance(token, str):
            continue
        while token.closes and token.left and (begun := _nearest(waiting, token.sign)) is not None:
            del waiting[begun + 1 :]
            opener = waiting[begun]
            used = min(opener.left, token.left, 2)
            opener.begins.append(_LOOK[used])
            token.ends.append(_LOOK[used])
            opener.left, token.left = opener.left - used, token.left - used
            if not opener.left:
                waiting.pop()
        if token.opens and token.left:
            waiting.append(token)
    return done


def _nearest(waiting: Sequence[_Run], sign: str) -> int | None:
    """Find the latest run of ``sign`` that waits for its end."""
    return next((place for place in range(len(waiting) - 1, -1, -1) if waiting[place].sign == sign), None)


def _with_looks(tokens: Iterable[str | _Run]) -> Iterator[tuple[str, int]]:
    """Give the words, each run of one look together."""
    counts = {BOLD: 0, ITALIC: 0}
    words, look = "", 0
    for token in tokens:
        if isinstance(token, _Run):
            for ended in token.ends:
                counts[ended] -= 1
        text = token if isinstance(token, str) else token.sign * token.left
        now = sum(one for one, count in counts.items() if count)
        if text and now != look:
            if words:
                yield words, look
            words, look = "", now
        words += text
        if isinstance(token, _Run):
            for begun in token.begins:
                counts[begun] += 1
    if words:
        yield words, look
