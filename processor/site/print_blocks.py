"""A page's HTML -> blocks as the prints set them: paragraphs, headings, lists, tables, pictures. Pure.

What nobody who cannot see would get, a picture without words or a heading below none, is a mistake.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import lxml.html
from lxml.etree import tostring

Block = dict[str, Any]
_SPACE: Final = re.compile(r"\s+")
_INLINE: Final = {"a", "b", "strong", "i", "em", "span", "br", "code", "abbr", "small", "sup", "sub", "mark"}
_LINES: Final = {"sop-kata", "sop-panah"}
"""Spans that stand on a line of their own."""
_HEADING: Final = re.compile("h([1-6])")


class BlockSlip(Exception):
    """What keeps blocks from being made: a text near it, what is wrong, and how to mend it."""

    def __init__(self, near: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.near, self.message, self.mend = near, message, mend


def read(html: str, address: Callable[[str], str], level: int = 0) -> list[Block]:
    """Read ``html`` as blocks.

    Args:
        html: As the site's builders make it of Markdown.
        address: Gives the whole address of what a link names.
        level: Of the heading that stands above it.

    Raises:
        BlockSlip: A picture has no words, or a heading leaves out a level.
    """
    return _BlockReader(address, level).inside(lxml.html.fragment_fromstring(html, create_parent="div"))


class _BlockReader:
    """Reads HTML from the beginning to the end, and knows the level of the latest heading."""

    def __init__(self, address: Callable[[str], str], level: int) -> None:
        self.address, self.level = address, level

    def inside(self, element: Any) -> list[Block]:
        """Read what is in ``element``: words that stand in no block are a paragraph of their own."""
        found: list[Block] = []
        loose: list[Block] = _words(element.text, {})
        for child in element:
            if isinstance(child.tag, str) and (child.tag not in _INLINE or child.get("class") in _LINES):
                found += [*_paragraph(loose), *self._blocks(child)]
                loose = _words(child.tail, {})
            else:
                loose += [*self._runs(child, {}), *_words(child.tail, {})]
        return [*found, *_paragraph(loose)]

    def _blocks(self, element: Any) -> list[Block]:
        """Read an element that is a block."""
        tag = element.tag
        if tag in {"p", "span"}:
            return self.inside(element)
        if heading := _HEADING.fullmatch(tag):
            return [self._heading(element, int(heading[1]))]
        if tag in {"ul", "ol"}:
            items = [self.inside(item) for item in element.iterchildren("li")]
            return [{"k": tag, "items": items, "class": element.get("class", "")}]
        if tag == "dl":
            return [{"k": "dl", "items": list(self._terms(element))}]
        if tag == "table":
            return [self._table(element)]
        if tag in {"img", "svg"}:
            return self._picture(element)
        return [{"k": "div", "class": element.get("class", ""), "blocks": self.inside(element)}]

    def _heading(self, element: Any, level: int) -> Block:
        """Read a heading. Raises BlockSlip where it has no words, or leaves out a level below the one before."""
        words = " ".join(element.text_content().split())
        if not words:
            raise BlockSlip(f"{'#' * level} ", "Ada judul tanpa kata.", "Tulis kata-katanya, atau hapus judulnya.")
        if level > self.level + 1:
            message = f"Judul “{words}” melompat dari tingkat {self.level} ke tingkat {level}."
            raise BlockSlip(words, message, f"Tulis dengan {'#' * (self.level + 1)}.")
        self.level = level
        return {"k": "h", "level": level, "runs": [*self._of(element, {})]}

    def _terms(self, element: Any) -> Iterator[list[list[Block]]]:
        """Read a list of terms, each with what it means."""
        terms: list[Block] = []
        for child in element.iterchildren("dt", "dd"):
            if child.tag == "dt":
                terms = self.inside(child)
            else:
                yield [terms, self.inside(child)]

    def _table(self, element: Any) -> Block:
        """Read a table: rows of cells, those of its head apart."""
        caption = element.findtext("caption") or ""
        parts = {"head": element.findall("thead/tr"), "body": element.xpath("./tr | ./tbody/tr | ./tfoot/tr")}
        rows = {name: [[self._cell(cell) for cell in row] for row in found] for name, found in parts.items()}
        return {"k": "table", "caption": " ".join(caption.split()), **rows}

    def _cell(self, element: Any) -> Block:
        return {
            "blocks": self.inside(element),
            "colspan": _span(element.get("colspan", "1")),
            "rowspan": _span(element.get("rowspan", "1")),
            "scope": element.get("scope", ""),
        }

    def _picture(self, element: Any) -> list[Block]:
        """Read a picture. Raises BlockSlip where it neither has words nor is an ornament."""
        words = element.get("alt", element.get("aria-label", ""))
        hidden = element.get("aria-hidden") == "true"
        if not words and not hidden:
            near = element.get("src", "svg")
            message = f"Gambar {element.get('src', 'SVG')} tidak punya teks alternatif."
            raise BlockSlip(near, message, "Tulis apa yang tampak: ![teks alternatif](gambar), atau aria-label.")
        drawn = {"src": element.get("src")} if element.tag == "img" else {"svg": _drawing(element)}
        return [{"k": "img", "alt": "" if hidden else words, **drawn}]

    def _runs(self, element: Any, style: Block) -> list[Block]:
        """Read an element within a line; comments are nothing."""
        if not isinstance(element.tag, str):
            return []
        if element.tag == "br":
            return [{"br": True}]
        if element.tag in {"b", "strong"}:
            style = {**style, "b": True}
        if element.tag == "a" and element.get("href"):
            style = {**style, "u": self.address(element.get("href"))}
        return self._of(element, style)

    def _of(self, element: Any, style: Block) -> list[Block]:
        """Read all words in an element, in the style of the words around it."""
        runs = _words(element.text, style)
        for child in element:
            runs += [*self._runs(child, style), *_words(child.tail, style)]
        return runs


def _span(written: str) -> int:
    """Read over how many cells one reaches, as browsers do: what is no such number is one."""
    return min(max(int(written), 1), 100) if written.isdecimal() else 1


def _words(text: str | None, style: Block) -> list[Block]:
    return [{"t": _SPACE.sub(" ", text), **style}] if text else []


def _paragraph(runs: list[Block]) -> list[Block]:
    """Make a paragraph of ``runs``, without space around it; none of nothing but space."""
    if not any(run.get("t", "").strip() for run in runs):
        return []
    begins = [not at or "br" in runs[at - 1] for at in range(len(runs))]
    trimmed = [
        {**run, "t": run["t"].lstrip()} if start and "t" in run else run
        for run, start in zip(runs, begins, strict=True)
    ]
    if "t" in trimmed[-1]:
        trimmed[-1] = {**trimmed[-1], "t": trimmed[-1]["t"].rstrip()}
    return [{"k": "p", "runs": [run for run in trimmed if run.get("t", "br")]}]


def _drawing(element: Any) -> str:
    """Give an inline drawing as a file of its own: dark lines on white, as paper has no styles of a page."""
    drawn: str = tostring(element, encoding="unicode", with_tail=False)
    drawn = (
        drawn.replace("viewbox=", "viewBox=").replace("currentColor", "#0b5c49").replace('fill="none"', 'fill="#fff"')
    )
    return drawn if "xmlns=" in drawn else drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
