"""Lets pages be read as letters are: children two spaces in, marks such as ``a.`` and ``(1)``, the signs of a sum.

Python-Markdown, which both site builders use, wants four spaces and an empty line before a list, and joins other lines.
``readable`` writes a page so that it says there what its writer meant; ``flattened`` finds what it cannot.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from processor.foundation.errors import Problem

NOT_UTF_8, MEND_UTF_8 = "Berkas bukan teks UTF-8", "Simpan ulang dengan pengodean UTF-8."
_STEP = 4  # spaces, for each level of a list
_DEEPER = 2  # spaces, from which on a line is typed inside the item above
_DEEPEST = 20  # quotations within each other; what is deeper stays as it is

_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"(?:[-+*]|([0-9]{1,9})\.)[ \t]+(?=\S)")
_MARK = re.compile(
    r"(?:\(?([a-z]|[0-9]{1,3}[a-z]?|[ivx]{2,5})\)|([a-z]|[ivx]{2,5}|[0-9]{1,3}[a-zA-Z])\.|(?P<capital>[A-Z])\.)[ \t]+\S"
)
_ENDS = re.compile(r"(?:[:;.]|[;,] (?:dan|atau|dan/atau)) *$")
_APART = re.compile(r"#|\||:[ \t]|<|\x02|!!!|\?\?\?|\[\^?[^\]]+\]:|(?:[-*_] ?){3,}$|\{[%#:]|\{\{[^}]*\}\}$")
_FENCE = re.compile(r"`{3}|~{3}")
_CODE_OR_TIMES = re.compile(r"(?P<code>(`+)(?!`).*?(?<!`)\2(?!`))|(?<=[\w)\]])\*(?=[\w(\[])")


@dataclass(frozen=True, slots=True)
class PageSlip:
    """What a page would show otherwise than it was typed: on which line (from 0), and how to mend it."""

    line: int
    message: str
    mend: str


@dataclass(slots=True)
class _LatestItem:
    """The latest item of a list: how far in it was typed, its number, None for a bullet, and the one it shows."""

    indent: int
    typed: int | None
    shown: int


def readable(lines: Sequence[str]) -> list[str]:
    """Write the lines of a page, whose HTML and code stand elsewhere, as Python-Markdown needs them."""
    return _PageReader().read(lines).written


def flattened(text: str) -> tuple[PageSlip, ...]:
    """Find what a page would show otherwise than it was typed, from its source."""
    lines = text.split("\n")
    if lines[0].rstrip() == "---" and "---" in lines[1:]:
        ahead = lines.index("---", 1)
        lines[: ahead + 1] = [""] * (ahead + 1)
    return tuple(_PageReader().read(lines).slips)


def page_problems(docs: Path) -> Iterator[Problem]:
    """Find what the pages in ``docs`` would show otherwise than it was typed, and pages that no builder can read."""
    for path in sorted(docs.rglob("*.md")):
        content = path.read_bytes()
        try:
            text = content.decode().replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            yield Problem(str(path), line, f"{NOT_UTF_8}, jadi situs tidak dapat dibangun.", MEND_UTF_8)
            continue
        for slip in flattened(text):
            yield Problem(str(path), slip.line + 1, slip.message, slip.mend)


@dataclass(slots=True)
class _PageReader:
    """Reads lines one after another; ``before`` is the line right above, "" where none goes on."""

    depth: int = 0
    """How many quotations hold the lines."""
    written: list[str] = field(default_factory=list)
    slips: list[PageSlip] = field(default_factory=list)
    lists: list[_LatestItem] = field(default_factory=list)
    before: str = ""
    marked: bool = False
    kept: str = ""
    """What ends the lines that stay as they are: an empty line for HTML, a fence for code."""
    counted: str = ""
    """The letter or number of the latest mark that no list of Markdown knows."""
    begun_in: int = 0
    """How many lists hold the first line since the last empty one."""
    quoted: bool = False

    def read(self, lines: Sequence[str]) -> "_PageReader":
        """Read ``lines``; give what came of it."""
        at = 0
        while at < len(lines):
            end = at
            while self.depth < _DEEPEST and not self.kept and end < len(lines) and _QUOTE.match(lines[end]):
                end += 1
            if end > at:
                self._read_quotation(at, lines[at:end])
            else:
                self._read_line(at, lines[at])
            at = max(end, at + 1)
        return self

    def _read_quotation(self, at: int, lines: Sequence[str]) -> None:
        """Read a quotation, which ends where its signs do."""
        inside = _PageReader(self.depth + 1).read([_QUOTE.sub("", line, count=1) for line in lines])
        self.written += [f"> {line}" if line.strip() else ">" for line in inside.written]
        self.slips += [PageSlip(at + slip.line, slip.message, slip.mend) for slip in inside.slips]
        self._end_paragraph()
        self.lists.clear()
        self.quoted = True

    def _read_line(self, at: int, line: str) -> None:
        words, plain = line.strip(), line.expandtabs(_STEP)
        indent = len(plain) - len(plain.lstrip())
        if self.quoted and words:
            self.written.append("")
        self.quoted = False
        code = (self.lists[-1].indent if self.lists else -_STEP) + 2 * _STEP
        if self.kept or not words or (indent >= code and not (self.lists and self.before)):
            self._keep(line, words)
        elif _FENCE.match(words) or _APART.match(words):
            self._leave(indent)
            self._write(line)
            self.kept = words[:3] if _FENCE.match(words) else "\n" * words.startswith("<")
            self._end_paragraph()
        elif (item := _ITEM.match(words)) and self._starts(item):
            self._read_item(at, indent, line, int(item[1]) if item[1] else None)
        else:
            self._read_words(at, indent, line)

    def _end_paragraph(self) -> None:
        self.before, self.marked = "", False

    def _keep(self, line: str, words: str) -> None:
        """Leave a line as it is: an empty one, code, HTML, or what belongs to something other than a list."""
        if self.kept and (words.startswith(self.kept) if words else self.kept == "\n"):
            self.kept = ""
        self.written.append(line)
        self._end_paragraph()

    def _leave(self, indent: int) -> _LatestItem | None:
        """Leave the lists in which a line does not stand; give the outermost of them."""
        left = None
        while self.lists and indent < self.lists[-1].indent + _DEEPER:
            left = self.lists.pop()
        return left

    def _write(self, line: str) -> None:
        """Write a line where the lists put it that it stands in; what is further in, such as code, stays there."""
        within = " " * _STEP * len(self.lists)
        moved = any(one.indent != _STEP * level for level, one in enumerate(self.lists))
        short = not self.before and not line.startswith(within)
        self.written.append(within + line.lstrip() if moved or short else line)

    def _starts(self, item: re.Match[str]) -> bool:
        """Tell whether a line with a mark of lists begins an item, or goes on with the sentence above."""
        return not self.before or bool(self.lists) or item[1] in {None, "1"} or self.before.endswith((":", ";"))

    def _read_item(self, at: int, indent: int, line: str, typed: int | None) -> None:
        held, left = bool(self.lists), self._leave(indent)
        same = left is not None and (left.typed is None) == (typed is None)
        inside = len(self.lists) >= self.begun_in
        if self.before and (not held or not inside or (left is not None and not same)):
            self.written.append("")
            self.before = ""
        self.begun_in = self.begun_in if self.before else len(self.lists)
        shown = left.shown + 1 if left is not None and same else typed or 0
        if typed is not None and typed != shown and not (left and typed == left.typed == 1):
            mend = f"Ubah nomornya, atau tulis {typed}\\. supaya tetap."
            self.slips.append(PageSlip(at, f"Nomor {typed}. akan tampil sebagai {shown}.", mend))
        self.written.append(" " * _STEP * len(self.lists) + _with_times(line.lstrip()))
        self.lists.append(_LatestItem(indent, typed, shown))
        self._end_paragraph()
        self.before = line.strip()

    def _read_words(self, at: int, indent: int, line: str) -> None:
        mark = _MARK.match(line.lstrip())
        own = bool(mark and self.before and self._is_item(mark))
        outside = bool(self.lists) and indent < self.lists[-1].indent + _DEEPER
        if outside and self.before and not own and _ENDS.search(self.before):
            message = "Baris ini menyatu dengan butir di atasnya."
            mend = "Beri satu baris kosong di atasnya; bila memang lanjutan butir itu, beri indentasi empat spasi."
            self.slips.append(PageSlip(at, message, mend))
        if outside and (own or not self.before):
            self.written += [""] * bool(self.before)
            self.before = ""
            self._leave(indent)
        elif own:
            self.written[-1] = f"{self.written[-1].rstrip()}  "
        if mark and (own or not self.before):
            self.marked, self.counted = True, mark[mark.lastindex or 0]
        self.begun_in = self.begun_in if self.before else len(self.lists)
        self._write(_with_times(line))
        self.before = line.strip()

    def _is_item(self, mark: re.Match[str]) -> bool:
        """Tell whether a mark below words begins an item; a capital does where it counts on, as names begin so, too."""
        if _next(self.counted) == mark[mark.lastindex or 0]:
            return True
        if mark["capital"]:
            return mark["capital"] == "A" and self.before.endswith((":", ";"))
        return self.marked or bool(_ENDS.search(self.before))


def _next(counted: str) -> str:
    """Give what is counted after a letter or a number; "" after anything else."""
    if counted.isdecimal():
        return str(int(counted) + 1)
    return chr(ord(counted) + 1) if len(counted) == 1 else ""


def _with_times(line: str) -> str:
    """Give a line whose ``*`` between two characters stays one, but for code."""
    return _CODE_OR_TIMES.sub(lambda found: found["code"] or r"\*", line) if "*" in line else line
