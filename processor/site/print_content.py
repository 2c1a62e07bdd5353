"""``docs/.cetak.yaml``: the words of all that is printed, which pages use too, filled with the agency's facts."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field

from processor.foundation import yaml_reader
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.shipped import own_or_shipped
from processor.foundation.yaml_reader import Document, Key, Written

FILE_NAME: Final = ".cetak.yaml"
FORM_PAGE: Final = "ajukan/"
"""The page with the form itself, after the site's address: what QR codes open."""
FOLDED: Final = 8
"""Parts of a tri-fold leaflet: two on the flap and on each inner side."""
ALWAYS: Final = ("mulai", "kontak")
"""Parts that templates name themselves."""

Words = Annotated[str, Field(min_length=1)]


class PrintPart(Written):
    """Words that belong together; ``isi`` is Markdown."""

    judul: Words
    isi: Words


class Face(Written):
    """One thing that is printed: what it is called, what it says to who cannot see it, and its parts in order."""

    judul: Words
    alternatif: Words
    bagian: tuple[str, ...] = ()


class PrintFaces(Written):
    """Everything that is printed."""

    leaflet: Face
    lipat: Face
    poster: Face
    slide: Face
    kartu: Face
    cerita: Face
    formulir: Face
    sop: Face


FACES: Final = tuple(PrintFaces.model_fields)


class PrintContent(Written):
    """The whole file; ``edisi`` is the day of its words, which PDFs carry."""

    edisi: date
    judul: Words
    layanan: Words
    ajakan: tuple[Words, ...]
    semboyan: Words
    kode_qr: Words
    bagian: dict[str, PrintPart]
    cetakan: PrintFaces
    whatsapp: Words


def path(root: Path) -> Path:
    """Give the office's file or, where it has none, the shipped one."""
    return own_or_shipped(root / "docs" / FILE_NAME, f"docs/{FILE_NAME}")


def load(root: Path, fill: Callable[[str, Mapping[str, object]], str], context: Mapping[str, object]) -> PrintContent:
    """Read the words of an office whose folder is ``root``, filled as pages are.

    Args:
        root: The folder that holds ``docs``.
        fill: Fills a template with words; raises PayungError.
        context: What pages may name. Parts and faces may name what stands above them, as ``cetak``.

    Raises:
        BrokenFiles: With every mistake in the file, or the first that shows as it is filled.
    """
    document = yaml_reader.read(path(root))
    found, problems = yaml_reader.validate(PrintContent, document)
    problems = (*problems, *(_lost_parts(found, document) if found else ()))
    if found is None or problems:
        raise BrokenFiles(problems)
    whole = found.model_dump()
    above = {key: one for key, one in whole.items() if key not in {"bagian", "cetakan", "whatsapp"}}
    filled = _filled(above, (), fill, context, document)
    rest = {key: one for key, one in whole.items() if key not in above}
    return PrintContent.model_validate(filled | _filled(rest, (), fill, {**context, "cetak": filled}, document))


def _lost_parts(found: PrintContent, document: Document) -> Iterator[Problem]:
    """Find parts that a face names and the file does not hold, and a tri-fold leaflet that has too few or too many."""
    for part in (one for one in ALWAYS if one not in found.bagian):
        yield Problem(str(document.path), document.line(("bagian",)), f"“bagian.{part}” belum diisi.", "Tambahkan.")
    for name in FACES:
        parts = getattr(found.cetakan, name).bagian
        for at, part in enumerate(parts):
            if part not in found.bagian:
                line, message = document.line(("cetakan", name, "bagian", at)), f"Tidak ada bagian bernama “{part}”."
                yield Problem(str(document.path), line, message, yaml_reader.nearest(part, [*found.bagian]))
    if len(found.cetakan.lipat.bagian) != FOLDED:
        line, message = document.line(("cetakan", "lipat", "bagian")), f"Leaflet lipat memuat {FOLDED} bagian."
        yield Problem(str(document.path), line, message, "Dua untuk sayap, lalu dua untuk tiap sisi dalam.")


def _filled(
    value: Any,
    key: Key,
    fill: Callable[[str, Mapping[str, object]], str],
    context: Mapping[str, object],
    document: Document,
) -> Any:
    """Fill every text in ``value``. Raises BrokenFiles with the place of the text that cannot be filled."""
    if isinstance(value, dict):
        return {name: _filled(one, (*key, name), fill, context, document) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_filled(one, (*key, at), fill, context, document) for at, one in enumerate(value)]
    if not isinstance(value, str) or "{" not in value:
        return value
    try:
        return fill(value, context)
    except PayungError as error:
        raise BrokenFiles((Problem(str(document.path), document.line(key), str(error)),)) from error
