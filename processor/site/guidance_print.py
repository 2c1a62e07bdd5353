"""All guidance as one PDF, tagged: the pages as they were built; one that cannot be set is named in its place, told."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import urljoin

import lxml.html

from processor.foundation.errors import Problem
from processor.foundation.settings import Settings
from processor.foundation.shipped import own_or_shipped
from processor.site import pages, print_blocks, print_content, printing
from processor.site.print_blocks import Block, BlockSlip
from processor.site.print_faces import PrintMaterial
from processor.site.printing import Press

OFFERS: Final = "luring"
"""The page that offers the PDF."""
_LEFT_OUT: Final = frozenset({OFFERS, "sop"})
"""What is no part of it: that page, and what is printed by itself (``payung cetak``)."""


def printed(settings: Settings, guidance: Mapping[str, str]) -> tuple[bytes | None, list[Problem]]:
    """Set pages as one PDF, and tell of those that cannot be set.

    Args:
        settings: The office's settings.
        guidance: The HTML of each page by its path in the site.

    Returns:
        The PDF, or None where what stands before all pages, the agency's own facts, cannot be set; and the problems.
    """
    parts: dict[str, list[Block]] = {}
    told: list[Problem] = []

    def leave_out(name: str, slip: BlockSlip, said: str = "") -> None:
        words = f"Halaman {_address(settings, name)} tidak termuat di sini. {said}"
        parts[name] = [{"k": "p", "runs": [{"t": words}]}]
        told.append(_problem(settings, name, slip))

    for name, text in guidance.items():
        if name.split("/")[0] not in _LEFT_OUT:
            try:
                parts[name] = _blocks(_address(settings, name), text)
            except BlockSlip as slip:
                leave_out(name, slip, slip.message)
    with printing.press(PrintMaterial(settings, pages.context(settings))) as press:
        made = _set(press, [*parts.values()])
        if isinstance(made, BlockSlip):
            for name, blocks in [*parts.items()]:
                if isinstance(alone := _set(press, [blocks]), BlockSlip):
                    leave_out(name, alone)
            made = _set(press, [*parts.values()])
    if isinstance(made, BlockSlip):
        return None, [Problem(str(settings.path), None, made.message, made.mend)]
    return made, told


def _set(press: Press, found: Sequence[list[Block]]) -> bytes | BlockSlip:
    """Set one document, or say why it cannot be set."""
    content, settings = press.material.content, press.material.settings
    data = {
        "berkas": f"Panduan: {content.judul}",
        "instansi": {name: getattr(settings.instansi, name) for name in ("nama", "induk", "telepon", "email")},
        "edisi": [content.edisi.year, content.edisi.month, content.edisi.day],
        "alamat": settings.situs.alamat,
        "halaman": found,
    }
    return press.document("guidance", data)


def _blocks(address: str, text: str) -> list[Block]:
    """Read a page as blocks. Raises BlockSlip."""
    article = lxml.html.fromstring(text).xpath("//main")[0]
    for left_out in article.xpath(".//details[@class='isi-lipat'] | .//section[@class='istilah-arti'] | .//nav"):
        left_out.drop_tree()
    for word in article.xpath(".//a[@class='istilah']"):
        word.drop_tag()
    for review in article.xpath(".//p[contains(@class, 'tinjauan') and //h1]"):
        article.xpath("//h1")[0].addnext(review)
    html = lxml.html.tostring(article, encoding="unicode")
    return _without_pictures(print_blocks.read(html, partial(urljoin, address)))  # type: ignore[no-any-return]


def _without_pictures(value: Any) -> Any:
    """Give blocks with the words of each picture in its place."""
    if isinstance(value, list):
        return [*map(_without_pictures, value)]
    if not isinstance(value, dict):
        return value
    if value.get("k") == "img":
        return {"k": "p", "runs": [{"t": value["alt"]}]}
    return {key: _without_pictures(one) for key, one in value.items()}


def _address(settings: Settings, name: str) -> str:
    return urljoin(settings.situs.alamat, name.removesuffix("index.html"))


def _problem(settings: Settings, name: str, slip: BlockSlip) -> Problem:
    """Tell what keeps a page out, at its source and, where what is wrong stands there as it is, its line."""
    page = name.removesuffix("/index.html").removesuffix(".html")
    sources = [own_or_shipped(settings.root / one, one) for one in (f"docs/{page}.md", f"docs/{page}/index.md")]
    source = next((path for path in sources if path.is_file()), sources[0])
    line = printing.line_of(source, slip.near)
    elsewhere = (
        "" if line or not slip.near else f" Tidak ada di sini? Lihat payung.yaml dan docs/{print_content.FILE_NAME}."
    )
    mend = f"{slip.mend}{elsewhere} Sampai itu halaman ini tidak termuat dalam {OFFERS}/panduan.pdf."
    return Problem(str(source), line, slip.message, mend)
