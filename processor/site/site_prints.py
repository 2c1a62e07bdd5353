"""The prints that the site offers: made where their words changed, else taken from the site that stands."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.settings import Settings
from processor.foundation.shipped import own_or_shipped
from processor.site import pages, print_content, printing
from processor.site.print_content import FACES
from processor.site.print_faces import PrintMaterial
from processor.site.printing import UnknownLetters

FOLDER: Final = "cetak"
_MADE: Final = "cetakan.json"
"""Of what each print in the folder was made, by its name."""
_WHATSAPP: Final = "whatsapp.txt"
_PAGE: Final = "leaflet.md"
"""The page that offers them."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The prints of a site: each file by its name, what the page that offers them lists."""

    files: Mapping[str, bytes]
    listed: Sequence[Mapping[str, Any]]
    problems: Sequence[Problem] = ()
    """Why a print is not among them."""

    def hand_over(self, folder: Path) -> Path | None:
        """Write the list into a ``folder`` of which the site's builder is told; None where nothing is offered."""
        if not self.listed:
            return None
        path = folder / _MADE
        path.write_text(json.dumps(self.listed), "utf-8")
        return path

    def add(self, site: Path) -> None:
        """Put the files beside the pages of a site."""
        for name, content in self.files.items():
            (site / FOLDER).mkdir(exist_ok=True)
            (site / FOLDER / name).write_bytes(content)


def printed(
    settings: Settings, recipients: Sequence[str], faces: Sequence[str]
) -> tuple[dict[str, bytes], list[Problem]]:
    """Print ``faces``: each file by its name, pictures with their alternative text, and the words for WhatsApp.

    Returns:
        The files, and why a face is not among them.

    Raises:
        BrokenFiles: A mistake in what all faces are made of.
        PayungError: Typst is not installed.
    """
    whole = PrintMaterial(settings, pages.context(settings, recipients))
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    with printing.press(whole) as press:
        for face in faces:
            try:
                made = press.files(face)
            except BrokenFiles as error:
                problems += error.problems
                continue
            except PayungError as error:
                problems.append(_problem(settings, error))
                continue
            found |= made
            if "png" in printing.SHEETS[face].kinds:
                found[f"{face}.txt"] = f"{getattr(whole.content.cetakan, face).alternatif}\n".encode()
    return found | {_WHATSAPP: f"{whole.content.whatsapp}\n".encode()}, problems


def make(settings: Settings, site: Path, recipients: Sequence[str]) -> Offered:
    """Make what the site offers; nothing without Typst or without a page that offers it.

    Words that do not fit keep no page back: their print is not offered, and that is told.

    Args:
        settings: The office's settings.
        site: The site that stands; what it has of the same words is taken from there.
        recipients: The public keys to which pages seal.

    Raises:
        BrokenFiles: A mistake in the words.
    """
    menu = own_or_shipped(settings.root / "mkdocs.yml", "mkdocs.yml")
    if not printing.is_installed() or _PAGE not in menu.read_text("utf-8", "replace"):
        return Offered({}, ())
    material = PrintMaterial(settings, pages.context(settings, recipients))
    of = {face: printing.digest(material, face) for face in FACES}
    found = _standing(site / FOLDER, of)
    problems: list[Problem] = []
    if missing := [face for face in FACES if not _files_of(face, found)]:
        with printing.press(material) as press:
            for face in missing:
                try:
                    found |= press.files(face)
                except BrokenFiles:
                    raise
                except PayungError as error:
                    problems.append(_problem(settings, error))
    made = {_MADE: json.dumps(of, indent=1).encode()}
    listed = [_listed(material, face, found) for face in FACES if _files_of(face, found)]
    return Offered(found | made, listed, problems)


def mistakes(settings: Settings) -> list[Problem]:
    """Give the mistakes in the words of the prints, which would keep the site from being built."""
    found: dict[Problem, None] = {}
    try:
        material = PrintMaterial(settings, pages.context(settings))
    except BrokenFiles as error:
        return [*error.problems]
    except PayungError as error:  # another file of the pages is wrong
        return [Problem(str(settings.path), None, str(error))]
    for face in FACES:
        try:
            material.data(face)
        except BrokenFiles as error:
            found |= dict.fromkeys(error.problems)
    return [*found]


def _standing(folder: Path, of: Mapping[str, str]) -> dict[str, bytes]:
    """Give the files of those prints in ``folder`` that are made ``of`` the same."""
    found: dict[str, bytes] = {}
    with suppress(OSError, ValueError, AttributeError):
        made = json.loads((folder / _MADE).read_bytes())
        for face in (one for one in FACES if made.get(one) == of[one]):
            names = [f"{face}.{kind}" for kind in printing.SHEETS[face].kinds]
            found |= {name: (folder / name).read_bytes() for name in names}
    return found


def _problem(settings: Settings, error: PayungError) -> Problem:
    """Tell why a print could not be set, at the line where its letters stand as far as that is known."""
    content, sop = print_content.path(settings.root), settings.root / "docs" / "sop.md"
    if isinstance(error, UnknownLetters):
        for path in (content, sop, settings.path):
            if line := printing.line_of(path, error.letters):
                return Problem(str(path), line, str(error), "Ganti atau hapus.")
    return Problem(str(content), None, str(error))


def _files_of(face: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give those of ``files`` that are of a print."""
    return {name: content for name, content in files.items() if Path(name).stem == face}


def _listed(material: PrintMaterial, face: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Say what the page shows of a print."""
    words, mine = getattr(material.content.cetakan, face), _files_of(face, files)
    kinds = [{"nama": name, "jenis": Path(name).suffix[1:].upper(), "ukuran": size(one)} for name, one in mine.items()]
    return {"judul": words.judul, "alternatif": words.alternatif, "berkas": kinds}


def size(content: bytes) -> str:
    """Write how large a file is."""
    return f"{max(1, round(len(content) / 1024))} KB"
