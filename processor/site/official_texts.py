"""``docs/resmi/``: the office's official texts, each a PDF beside a YAML file of the same name that says what it is.

A text with a mistake is left out of the site and told, by a Problem with its place; the others are published.
"""

import hashlib
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import Field

from processor.cases.case_parts import CaseText
from processor.cases.office_records import GivenDay
from processor.foundation import shipped, yaml_reader
from processor.foundation.errors import Problem
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.settings import Settings
from processor.foundation.yaml_reader import Document, Written
from processor.site.plain_markdown import plain

FOLDER: Final = "docs/resmi"
PAGE: Final = "resmi/index.md"
LIMIT: Final = 10_000_000
"""Bytes that one text may have: more takes a phone on a bad line longer than anybody waits."""
ExplainedBy = Literal["pedoman", "sop", "standar"]
_TITLES = {"pedoman": "Pedoman teknis", "sop": "SOP", "standar": "Standar pelayanan"}
_EARLIEST = 1900  # of an earlier year there is nothing to publish, but slips such as 0205
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.pdf")


class OfficialText(Written):
    """What an office says of one text."""

    jenis: str = Field(description="Bentuknya, misalnya Keputusan Gubernur")
    nomor: str
    tanggal: GivenDay = Field(description="Tanggal ditetapkan, misalnya 2025-07-02")
    judul: str = Field(description="Nama pendek yang dikenal pembaca, misalnya Pedoman Teknis")
    tentang: CaseText = Field(default="", description="Bunyi sesudah kata tentang")
    status: Literal["berlaku", "diubah", "dicabut"]
    keterangan: CaseText = Field(default="", description="Diubah atau dicabut dengan apa")
    dijelaskan: ExplainedBy | None = Field(default=None, description="Halaman situs ini yang menjelaskannya")
    singkatan: CaseText = Field(default="", description="Singkatan bentuknya bagi JDIHN, misalnya KEPGUB")
    subjek: CaseText = Field(default="", description="Kata kunci bagi JDIHN")


@dataclass(frozen=True, slots=True)
class OfficialFile:
    """A sound text: what is said of it, and its PDF."""

    name: str
    text: OfficialText
    sha256: str
    size: int
    pages: int

    @property
    def holds(self) -> bool:
        """Whether the text is in force, changed or not."""
        return self.text.status != "dicabut"

    @property
    def measures(self) -> str:
        """What a reader downloads: "PDF, 12 halaman, 340 KB"."""
        return f"PDF, {self.pages} halaman, {_megabytes(self.size)}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",") if size >= 1e6 else f"{max(1, round(size / 1e3))} KB"


def texts(found: Settings) -> tuple[OfficialFile, ...]:
    """Give the sound texts of an office: those in force first, and the newest of them."""
    sound = [one for one in _all(found) if isinstance(one, OfficialFile)]
    return tuple(sorted(sound, key=lambda one: (one.holds, one.text.tanggal, one.name), reverse=True))


def problems(found: Settings) -> Iterator[Problem]:
    """Give what keeps texts of an office from being published."""
    looked = tuple(_all(found))
    yield from (one for one in looked if isinstance(one, Problem))
    yield from _twice(found, [one for one in looked if isinstance(one, OfficialFile)])
    if menu := _menu_without_page(found.root) if looked else None:
        message = f"Menu situs ini belum memuat {PAGE}, jadi naskah resmi tidak diterbitkan."
        yield Problem(str(menu), None, message, f"Tambahkan di bawah not_in_nav, satu baris: /{PAGE}")


def _twice(found: Settings, sound: Sequence[OfficialFile]) -> Iterator[Problem]:
    """Find texts that say of themselves what another says: whoever gathers them takes one for both."""
    first: dict[tuple[str, str, int], str] = {}
    for one in sound:
        other = first.setdefault((one.text.jenis, one.text.nomor, one.text.tanggal.year), one.name)
        if other != one.name:
            path = (found.root / FOLDER / one.name).with_suffix(".yaml")
            message = f"{one.text.jenis} Nomor {one.text.nomor} Tahun {one.text.tanggal.year} juga {other}."
            yield Problem(str(path), None, message, "Betulkan nomornya, atau gabungkan bila keduanya satu naskah.")


def _menu_without_page(root: Path) -> Path | None:
    menu = shipped.own_or_shipped(root / "mkdocs.yml", "mkdocs.yml")
    return None if PAGE in menu.read_text("utf-8", "replace") else menu


def _all(found: Settings) -> Iterator[OfficialFile | Problem]:
    """Look at every file of the folder."""
    folder = found.root / FOLDER
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    names = {path.relative_to(folder).as_posix() for path in files}
    for path in files:
        if path.suffix.lower() == ".yaml" and path.with_suffix(".pdf") not in files:
            yield Problem(str(path), None, f"{path.stem}.pdf tidak ada.", "Taruh PDF-nya di sebelahnya, bernama sama.")
        elif path.suffix.lower() not in {".yaml", ".md"}:
            yield from _looked_at(found, path, names)


def _looked_at(found: Settings, path: Path, names: set[str]) -> Iterator[OfficialFile | Problem]:
    """Give a text or, where something is wrong with it, every mistake in its YAML or the one of its PDF."""
    said = path.with_suffix(".yaml")
    if path.parent != found.root / FOLDER or not _NAME.fullmatch(path.name):
        mend = (
            f"Taruh langsung di {FOLDER}, dengan nama seperti pedoman-2025.pdf: huruf kecil, angka, dan tanda hubung."
        )
        yield Problem(str(path), None, "Berkas ini tidak diterbitkan karena nama atau tempatnya.", mend)
    elif said.name not in names:
        mend = f"Tulis {said.name} di sebelahnya: jenis, nomor, tanggal, judul, tentang, status."
        yield Problem(str(path), None, "Naskah ini belum diterangkan, jadi tidak diterbitkan.", mend)
    else:
        document = yaml_reader.read(said)
        text, mistakes = yaml_reader.validate(OfficialText, document)
        mistakes = mistakes or tuple(_doubts(found, text, document) if text else ())
        yield from mistakes or ([_opened(path, text)] if text else ())


def _doubts(found: Settings, text: OfficialText, document: Document) -> Iterator[Problem]:
    """Find what the day or the settings say otherwise."""
    place, line = str(document.path), document.line(("tanggal",))
    if text.tanggal.year < _EARLIEST:
        yield Problem(place, line, f"Tahun {text.tanggal.year} keliru.", "Tulis tanggal naskah itu ditetapkan.")
    if text.tanggal > datetime.now(found.layanan.zone).date():
        yield Problem(place, line, f"{tanggal(text.tanggal)} belum tiba.", "Tulis tanggal naskah itu ditetapkan.")
    explained = {"pedoman": found.dasar.pedoman, "sop": found.dasar.sop}.get(text.dijelaskan or "")
    if explained is None or text.status == "dicabut":
        return
    if text.nomor != explained.nomor:
        written = explained.nomor or "… (belum ditulis)"
        message = f"Halaman {text.dijelaskan} menjelaskan Nomor {written}, bukan Nomor {text.nomor}."
        mend = f"Betulkan nomor, atau dasar.{text.dijelaskan} di {found.path.name} berikut halamannya."
        yield Problem(place, document.line(("nomor",)), message, mend)
    elif text.tanggal != explained.tanggal:
        day = tanggal(explained.tanggal) if explained.tanggal else "belum ditulis"
        message = f"Tanggalnya lain daripada dasar.{text.dijelaskan} di {found.path.name}: {day}."
        yield Problem(place, line, message, "Cocokkan dengan naskahnya, lalu betulkan yang keliru.")


def _opened(path: Path, text: OfficialText) -> OfficialFile | Problem:
    """Open the PDF as far as a reader needs it."""
    size = path.stat().st_size
    if size > LIMIT:
        message = f"Berkas {_megabytes(size)}; paling besar {_megabytes(LIMIT)}."
        return Problem(str(path), None, message, "Pindai lagi dengan 150 titik per inci, atau kecilkan PDF-nya.")
    content = path.read_bytes()
    pages = _page_count(content)
    if isinstance(pages, str):
        return Problem(str(path), None, pages, "Simpan lagi sebagai PDF biasa tanpa sandi, lalu buka untuk mencobanya.")
    return OfficialFile(path.name, text, hashlib.sha256(content).hexdigest(), size, pages)


def _page_count(content: bytes) -> int | str:
    """Count the pages of a PDF, or say why it cannot be published."""
    from io import BytesIO  # noqa: PLC0415 -- with what follows

    from pypdf import PdfReader  # noqa: PLC0415 -- heavy, and few offices have texts

    try:
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it prints what is told anyway
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            return "PDF ini terkunci sandi."
        return len(reader.pages) or "PDF ini tidak punya halaman."
    except Exception:  # noqa: BLE001 -- a damaged file can break its parser in any way
        return "Berkas ini rusak atau bukan PDF."


def for_page(found: Sequence[OfficialFile]) -> list[dict[str, Any]]:
    """Give the texts as the page lists them, in words that are safe in Markdown."""
    return [
        {key: plain(value) for key, value in one.text.model_dump().items() if isinstance(value, str)}
        | {"tanggal": one.text.tanggal, "penjelasan": _explanation(one), "berlaku": one.holds}
        | {"berkas": one.name, "tanda": Path(one.name).stem, "ukuran": one.measures, "sidik": one.sha256}
        for one in found
    ]


def _explanation(one: OfficialFile) -> str:
    """Lead from the list to the page that explains a text in force."""
    page = one.text.dijelaskan if one.holds else None
    return f"[{_TITLES[page]}](../{page}.md)" if page else ""


def link(found: Sequence[OfficialFile], *explained: str) -> str:
    """Lead to the text in force that a page explains, in a sentence of Markdown; "" where there is none.

    ``explained`` are the names of pages, the first that has a text decides.
    """
    for page in explained:
        for one in found:
            if one.holds and one.text.dijelaskan == page:
                title = plain(f"{one.text.jenis} Nomor {one.text.nomor}")
                return (
                    f"Naskah resmi yang berlaku: [{title}](resmi/{one.name}) ({one.measures}), [keterangannya]({PAGE})."
                )
    return ""
