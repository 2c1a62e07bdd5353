"""What each print is made of: the words, facts and pages of the site, as data for the templates in ``prints``."""

import mimetypes
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import segno
from pydantic import BaseModel

from processor.foundation import yaml_reader
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.settings import Settings
from processor.foundation.shipped import own_or_shipped
from processor.site import pages, paper_form, print_blocks, print_content
from processor.site.print_blocks import Block, BlockSlip
from processor.site.print_content import ALWAYS, PrintContent

TEMPLATES: Final = Path(__file__).with_name("prints")
LETTERS: Final = "docs/assets/fonts/plus-jakarta-sans-wght.ttf"
_ORNAMENTS: Final = ("kanopi", "payung", "songket", "tepi")
_SOP: Final = "sop.md"
_PICTURES: Final = frozenset({"image/svg+xml", "image/png", "image/jpeg"})
_AHEAD: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True)
class PrintMaterial:
    """Everything that an office prints.

    ``pictures`` are the files that templates name, by their name there; they are known once ``data`` was asked for.
    """

    settings: Settings
    context: Mapping[str, object]

    @property
    def content(self) -> PrintContent:
        """The words, filled."""
        found = self.context["cetak"]
        assert isinstance(found, PrintContent)
        return found

    @cached_property
    def pictures(self) -> dict[str, bytes]:
        """The ornaments and the QR code as drawings, the office's logo, and what its words show."""
        code = segno.make(str(self.context["alamat_formulir"]), error="m", micro=False)
        drawn = {
            "qr.svg": code.svg_inline(border=0, light="#fff", omitsize=True).replace("<svg", _NAMESPACE, 1).encode()
        }
        for name in _ORNAMENTS:
            drawn[f"{name}.svg"] = self._shipped(f"docs/assets/{name}.svg").read_bytes()
        return drawn

    def data(self, face: str) -> dict[str, Any]:
        """Give what a template sets, of plain values only.

        Raises:
            BrokenFiles: A picture has no words, or a heading leaves out a level.
        """
        content, agency = self.content, self.settings.instansi
        of_face = getattr(content.cetakan, face)
        found = {
            "berkas": f"{of_face.judul}: {content.judul}",
            "judul": content.judul,
            "layanan": content.layanan,
            "ajakan": content.ajakan,
            "semboyan": content.semboyan,
            "edisi": [content.edisi.year, content.edisi.month, content.edisi.day],
            "instansi": {name: getattr(agency, name) for name in ("nama", "induk", "pemerintah", "telepon", "email")},
            "tautan": self.context["alamat_formulir"],
            "alamat": str(self.context["alamat_formulir"]).partition("://")[2].rstrip("/"),
            "qr": content.kode_qr,
            "logo": self._logo(),
            "bagian": [self._part(name) for name in of_face.bagian],
            **{name: self._part(name) for name in ALWAYS},
        }
        if face == "formulir":
            found["formulir"] = _plain(paper_form.content(self.context["formulir"], self.settings))  # type: ignore[arg-type]
        if face == "sop":
            found["halaman"] = self._page(_SOP)
        return found

    def _part(self, name: str) -> dict[str, Any]:
        """Read a part of the content."""
        part, where = self.content.bagian[name], print_content.path(self.settings.root)

        def line(near: str) -> int | None:  # noqa: ARG001 -- the words are filled: their lines are no longer the file's
            return yaml_reader.read(where).line(("bagian", name, "isi"))

        return {"kunci": name, "judul": part.judul, "isi": self._blocks(part.isi, where, line, level=2)}

    def _page(self, name: str) -> list[Block]:
        """Read a page of the site."""
        where = self._shipped(f"docs/{name}")
        text = where.read_text("utf-8", "replace")

        def line(near: str) -> int | None:
            return next((number for number, one in enumerate(text.split("\n"), 1) if near in one), None)

        try:
            filled = pages.fill(_AHEAD.sub("", text), self.context)
        except PayungError as error:
            raise BrokenFiles((Problem(str(where), None, str(error)),)) from error
        return self._blocks(filled, where, line)

    def _blocks(self, text: str, where: Path, line: Callable[[str], int | None], level: int = 0) -> list[Block]:
        """Read Markdown that is filled. Raises BrokenFiles with the place of what is wrong."""
        try:
            found = print_blocks.read(pages.to_html(text), self._address, level)
            return [*map(self._with_pictures, found)]
        except BlockSlip as slip:
            raise BrokenFiles((Problem(str(where), line(slip.near), slip.message, slip.mend),)) from slip

    def _with_pictures(self, block: Any) -> Any:
        """Give ``block`` with every picture in it as a file beside the template."""
        if isinstance(block, list):
            return [*map(self._with_pictures, block)]
        if not isinstance(block, dict):
            return block
        if block.get("k") == "img":
            return {"k": "img", "alt": block["alt"], "berkas": self._kept(block)}
        return {key: self._with_pictures(one) for key, one in block.items()}

    def _kept(self, block: Block) -> str:
        """Keep a picture and give its name. Raises BlockSlip where there is none."""
        if "svg" in block:
            content, name = block["svg"].encode(), f"gambar-{len(self.pictures)}.svg"
            known = (kept for kept, one in self.pictures.items() if one == content)
            name = next(known, name)
        else:
            name = f"gambar-{Path(block['src']).name}"
            content = self._picture(self.settings.root / "docs" / block["src"])
        self.pictures[name] = content
        return name

    def _picture(self, path: Path) -> bytes:
        """Read a picture of the office. Raises BlockSlip where it cannot be printed."""
        if mimetypes.guess_type(path.name)[0] not in _PICTURES or not path.is_file():
            message = f"Gambar {path.name} tidak ada, atau bukan SVG, PNG, atau JPG."
            raise BlockSlip(path.name, message, f"Taruh gambarnya di {path.parent}, atau betulkan namanya.")
        return path.read_bytes()

    def _logo(self) -> str:
        """Give the name of the office's logo beside the template; "" for none. Raises BrokenFiles."""
        named = self.settings.instansi.logo
        if not named:
            return ""
        path = self.settings.resolve(Path(named))
        try:
            self.pictures[name := f"logo{path.suffix.lower()}"] = self._picture(path)
        except BlockSlip as slip:
            raise BrokenFiles(
                (Problem(f"{self.settings.path}, instansi.logo", None, slip.message, slip.mend),)
            ) from slip
        return name

    def _address(self, link: str) -> str:
        """Give the whole address of what a link on a page names."""
        page, _, place = link.partition("#")
        page = re.sub(r"(?:(?<=/)|\A)index\.md\Z|\.md\Z", lambda found: "/" if found[0] == ".md" else "", page)
        return urljoin(self.settings.situs.alamat, page + (f"#{place}" if place else ""))

    def _shipped(self, name: str) -> Path:
        return own_or_shipped(self.settings.root / name, name)


_NAMESPACE: Final = '<svg xmlns="http://www.w3.org/2000/svg"'


def _plain(value: Any) -> Any:
    """Give ``value`` without models, as JSON knows it."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [*map(_plain, value)] if isinstance(value, list | tuple) else value
