"""All guidance for offices with bad lines: one ZIP that opens without a server, and one PDF where Typst is installed.

Both are made of the pages as they were built. What needs a line (forms, search) or changes by itself (figures, news)
stays on the site, and links lead there.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path, PurePosixPath
from posixpath import relpath
from typing import Final
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from processor.foundation.errors import Problem
from processor.foundation.settings import Settings
from processor.foundation.shipped import own_or_shipped
from processor.site import guidance_print, printing

FOLDER: Final = guidance_print.OFFERS
"""The page that offers them, beside which they lie."""
ZIP, PDF = "panduan.zip", "panduan.pdf"
_ELSEWHERE: Final = frozenset(
    {"404.html", "cari", "kabar", "kinerja", "leaflet", "pengembang", "petugas", "resmi", "tanya-jawab"}
)
"""What is no guidance, or is new every month."""
_ASSETS: Final = ("*.css", "*.svg", "fonts/*.woff2")
_HERE: Final = "http://situs/"
_LINK: Final = re.compile(r'\b(?P<name>href|src)="(?P<to>[^"]*)"')
_ONLINE: Final = re.compile(r'\s*<(?:meta http-equiv="Content-Security-Policy"|link rel="preload")[^>]*>')
_OFFER: Final = re.compile(r'<p id="panduan-pdf">.*?</p>', re.DOTALL)
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of ZIP: the same pages give the same bytes


def add(settings: Settings, site: Path) -> list[Problem]:
    """Put the ZIP and the PDF beside the page that offers them; it offers only what was made.

    A site without that page gets neither.

    Returns:
        What keeps a page out of the PDF, or the PDF from being made.
    """
    page = site / FOLDER / "index.html"
    if not page.is_file():
        return []
    guidance = _guidance(site, settings)
    pdf, problems = guidance_print.printed(settings, guidance) if printing.is_installed() else (None, [])
    if pdf is None:
        page.write_text(_OFFER.sub("", page.read_text("utf-8")), "utf-8")
        guidance = _guidance(site, settings)
    else:
        (site / FOLDER / PDF).write_bytes(pdf)
    (site / FOLDER / ZIP).write_bytes(_zip(settings, site, guidance))
    return problems


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
