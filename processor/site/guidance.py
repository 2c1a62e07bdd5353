"""All guidance for offices with bad lines: one ZIP that opens without a server, and one PDF where Typst is installed.

Both are made of the pages as they were built. What needs a line (forms, search) or changes by itself (figures, news)
stays on the site, and links lead there.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from html import escape, unescape
from pathlib import Path, PurePosixPath
from posixpath import relpath
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

import lxml.html

from processor.foundation.settings import Settings
from processor.foundation.shipped import own_or_shipped
from processor.site import pages, print_blocks, printing
from processor.site.print_blocks import Block, BlockSlip
from processor.site.print_faces import PrintMaterial

FOLDER: Final = "luring"
"""The page that offers them, beside which they lie."""
ZIP, PDF = "panduan.zip", "panduan.pdf"
_ELSEWHERE: Final = frozenset(
    {"404.html", "cari", "kabar", "kinerja", "leaflet", "pengembang", "petugas", "resmi", "tanya-jawab"}
)
"""What is no guidance, or is new every month."""
_PRINTED: Final = frozenset({FOLDER, "sop"})
"""What is left out of the PDF: the page that offers it, and what is printed by itself (``payung cetak``)."""
_ASSETS: Final = ("*.css", "*.svg", "fonts/*.woff2")
_HERE: Final = "http://situs/"
_LINK: Final = re.compile(r'\b(?P<name>href|src)="(?P<to>[^"]*)"')
_ONLINE: Final = re.compile(r'\s*<(?:meta http-equiv="Content-Security-Policy"|link rel="preload")[^>]*>')
_OFFER: Final = re.compile(r'<p id="panduan-pdf">.*?</p>', re.DOTALL)
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of ZIP: the same pages give the same bytes


def add(settings: Settings, site: Path) -> None:
    """Put the ZIP and the PDF beside the page that offers them; it offers only what was made.

    A site without that page gets neither.
    """
    page = site / FOLDER / "index.html"
    if not page.is_file():
        return
    guidance = _guidance(site, settings)
    pdf = _pdf(settings, guidance) if printing.is_installed() else None
    if pdf is None:
        page.write_text(_OFFER.sub("", page.read_text("utf-8")), "utf-8")
        guidance = _guidance(site, settings)
    else:
        (site / FOLDER / PDF).write_bytes(pdf)
    (site / FOLDER / ZIP).write_bytes(_zip(settings, site, guidance))


def _guidance(site: Path, settings: Settings) -> dict[str, str]:
    """Give the pages to read by their path in the site, in the order of the menu; what the menu lacks comes last."""
    menu = own_or_shipped(settings.root / "mkdocs.yml", "mkdocs.yml").read_text("utf-8", "replace")
    names = [re.sub(r"(?:index)?\.md$", "", one) for one in re.findall(r"[\w./-]+\.md\b", menu)]
    order = {f"{name.strip('/')}/index.html".lstrip("/"): at for at, name in enumerate(names)}
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    kept = {name: path for name, path in found.items() if name.split("/")[0] not in _ELSEWHERE}
    texts = {name: path.read_text("utf-8", "replace") for name, path in kept.items()}
    read = {name: text for name, text in texts.items() if "<main" in text and "<script" not in text}
    return dict(sorted(read.items(), key=lambda one: order.get(one[0], len(order))))


# ---- the ZIP


def _zip(settings: Settings, site: Path, guidance: Mapping[str, str]) -> bytes:
    """Pack the pages and what they are shown with."""
    assets = {path.relative_to(site).as_posix() for kind in _ASSETS for path in (site / "assets").glob(kind)}
    shown = {_file(page, found["to"]) for page, text in guidance.items() for found in _LINK.finditer(text)
             if found["name"] == "src"}  # fmt: skip
    assets |= {name for name in shown if name and (site / name).is_file()}
    inside = frozenset({*guidance, *assets})
    content = {name: _offline(settings, name, text, inside).encode() for name, text in guidance.items()}
    content |= {name: (site / name).read_bytes() for name in assets}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name in sorted(content):
            entry = zipfile.ZipInfo(f"panduan/{name}", _FIRST_DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            file.writestr(entry, content[name])
    return packed.getvalue()


def _offline(settings: Settings, page: str, text: str, inside: frozenset[str]) -> str:
    """Give a page with links that need no server: to files ``inside``, else to the site.

    The policy goes: a file has no origin of its own, so that it would keep the page's own style out.
    """

    def linked(found: re.Match[str]) -> str:
        return f'{found["name"]}="{escape(_target(settings, page, unescape(found["to"]), inside))}"'

    return _LINK.sub(linked, _ONLINE.sub("", text))


def _target(settings: Settings, page: str, link: str, inside: frozenset[str]) -> str:
    """Say where a link of a page leads from a folder on a disk."""
    file, whole = _file(page, link), urlsplit(urljoin(f"{_HERE}{page}", link))
    if not file or link.startswith("#"):
        return link
    if file in inside:
        return f"{relpath(file, PurePosixPath(page).parent)}{f'#{whole.fragment}' if whole.fragment else ''}"
    return urljoin(
        settings.situs.alamat, SplitResult("", "", whole.path.lstrip("/"), whole.query, whole.fragment).geturl()
    )


def _file(page: str, link: str) -> str:
    """Give the file of the site to which a link of a page leads; "" for what is no place in the site."""
    whole = urlsplit(urljoin(f"{_HERE}{page}", unescape(link)))
    path = unquote(whole.path).lstrip("/")
    if f"{whole.scheme}://{whole.netloc}/" != _HERE or ".." in path.split("/"):
        return ""
    return f"{path}index.html" if path.endswith("/") or not path else path


# ---- the PDF


def _pdf(settings: Settings, guidance: Mapping[str, str]) -> bytes | None:
    """Set all pages as one PDF, tagged; None where something in them cannot be set."""
    material = PrintMaterial(settings, pages.context(settings))
    agency = settings.instansi
    data = {
        "berkas": f"Panduan: {material.content.judul}",
        "instansi": {name: getattr(agency, name) for name in ("nama", "induk", "telepon", "email")},
        "edisi": [material.content.edisi.year, material.content.edisi.month, material.content.edisi.day],
        "alamat": settings.situs.alamat,
        "halaman": [*_set_pages(settings, guidance)],
    }
    with printing.press(material) as press:
        (press.folder / "data.json").write_text(json.dumps(data), "utf-8")
        try:
            made: bytes = press.compiler.compile(
                press.folder / "guidance.typ", format="pdf", pdf_standards=printing.STANDARDS
            )
        except press.error:
            return None
    return made


def _set_pages(settings: Settings, guidance: Mapping[str, str]) -> Iterator[list[Block]]:
    """Give the blocks of each page; one with a mistake that ``payung cetak`` would tell is named instead."""
    for name, text in guidance.items():
        if name.split("/")[0] in _PRINTED:
            continue
        article = lxml.html.fromstring(text).xpath("//main")[0]
        for left_out in article.xpath(".//details[@class='isi-lipat'] | .//section[@class='istilah-arti'] | .//nav"):
            left_out.drop_tree()
        for word in article.xpath(".//a[@class='istilah']"):
            word.drop_tag()
        for review in article.xpath(".//p[contains(@class, 'tinjauan') and //h1]"):
            article.xpath("//h1")[0].addnext(review)
        here = urljoin(settings.situs.alamat, name.removesuffix("index.html"))
        try:
            html = lxml.html.tostring(article, encoding="unicode")
            yield _without_pictures(print_blocks.read(html, partial(urljoin, here)))
        except BlockSlip as slip:
            yield [{"k": "p", "runs": [{"t": f"Halaman {here} tidak termuat di sini. {slip.message}"}]}]


def _without_pictures(value: Any) -> Any:
    """Give blocks with the words of each picture in its place."""
    if isinstance(value, list):
        return [*map(_without_pictures, value)]
    if not isinstance(value, dict):
        return value
    if value.get("k") == "img":
        return {"k": "p", "runs": [{"t": value["alt"]}]}
    return {key: _without_pictures(one) for key, one in value.items()}
