"""Sets prints by Typst, an extra (``cetak``) that is imported only when something is printed.

PDFs are tagged (PDF/UA-1) and keep (PDF/A-2a). The same words give the same bytes: no clock, and no letters of the
computer's.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final, Literal

from PIL import Image

from processor.foundation.errors import PayungError
from processor.foundation.scratch_folders import scratch_folder
from processor.foundation.shipped import own_or_shipped
from processor.site.print_blocks import BlockSlip
from processor.site.print_faces import LETTERS, TEMPLATES, PrintMaterial

MISSING: Final = (
    "Leaflet, poster, slide, dan cetakan lain belum dapat dibuat: Typst, yang mencetaknya, belum terpasang. Pasang "
    '"payung[cetak]" (di folder program: pip install --require-hashes -r requirements-cetak.txt).'
)
STANDARDS: Final = ["ua-1", "a-2a"]
Kind = Literal["pdf", "png"]


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """How a face is printed: its template, the kinds of files that it becomes, and how fine its picture is."""

    template: str
    kinds: tuple[Kind, ...] = ("pdf",)
    dots: int = 144
    """An inch. A page of pixels, one a point, has 72."""


SHEETS: Final = {
    "leaflet": PrintSheet("leaflet", ("pdf", "png")),
    "lipat": PrintSheet("tri_fold"),
    "poster": PrintSheet("poster", ("pdf", "png"), 110),
    "slide": PrintSheet("slides"),
    "kartu": PrintSheet("card", ("png",), 72),
    "cerita": PrintSheet("story", ("png",), 72),
    "formulir": PrintSheet("paper_form"),
    "sop": PrintSheet("sop"),
}


class UnknownLetters(PayungError):
    """A print cannot be set for ``letters`` that no font has."""

    def __init__(self, face: str, letters: str) -> None:
        super().__init__(f"{_named(letters)} tidak ada dalam huruf cetakan ({face}).")
        self.letters = letters


def is_installed() -> bool:
    """Tell whether something can be printed here."""
    try:
        import typst  # noqa: F401, PLC0415 -- an extra; see the module
    except ImportError:
        return False
    return True


def digest(material: PrintMaterial, face: str) -> str:
    """Digest everything of which a print is made: words, pictures, letters, templates, and Typst."""
    found = hashlib.sha256(json.dumps([metadata.version("typst"), material.data(face)], sort_keys=True).encode())
    letters = own_or_shipped(material.settings.root / LETTERS, LETTERS)
    files = {path.name: path.read_bytes() for path in (letters, *TEMPLATES.glob("*.typ"))} | material.pictures
    for name in sorted(files):
        found.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return found.hexdigest()


@contextmanager
def press(material: PrintMaterial) -> Iterator["Press"]:
    """Give what prints ``material``, until the block ends. Raises PayungError where Typst is not installed."""
    try:
        import typst  # noqa: PLC0415 -- an extra; see the module
    except ImportError as error:
        raise PayungError(MISSING) from error
    letters = own_or_shipped(material.settings.root / LETTERS, LETTERS)
    with scratch_folder() as folder:
        for template in TEMPLATES.glob("*.typ"):
            (folder / template.name).write_bytes(template.read_bytes())
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[letters.parent])
        yield Press(material, folder, typst.Compiler(root=folder, font_paths=fonts), typst.TypstError)


@dataclass(frozen=True, slots=True)
class Press:
    """Typst, in a ``folder`` with templates and pictures."""

    material: PrintMaterial
    folder: Path
    compiler: Any
    error: type[Exception]

    def files(self, face: str) -> dict[str, bytes]:
        """Print a face: each file by its name.

        Raises:
            BrokenFiles: A picture has no words, or a heading leaves out a level.
            PayungError: The words do not fit, or hold what the letters lack.
        """
        sheet = SHEETS[face]
        data = self.material.data(face)
        for name, picture in self.material.pictures.items():
            (self.folder / name).write_bytes(picture)
        (self.folder / "data.json").write_text(json.dumps(data), "utf-8")
        if (
            "pdf" not in sheet.kinds
            and isinstance(slip := self.document(sheet.template, data), BlockSlip)
            and slip.near
        ):
            raise UnknownLetters(face, slip.near)  # a picture shows a box for each, and nobody is told
        return {f"{face}.{kind}": self._set(face, sheet, kind) for kind in sheet.kinds}

    def document(self, template: str, data: Mapping[str, Any]) -> bytes | BlockSlip:
        """Set ``data`` as a tagged PDF, or say why it cannot be set."""
        (self.folder / "data.json").write_text(json.dumps(data), "utf-8")
        try:
            made: bytes = self.compiler.compile(self.folder / f"{template}.typ", format="pdf", pdf_standards=STANDARDS)
        except self.error as error:
            return _slip(str(error))
        return made

    def _set(self, face: str, sheet: PrintSheet, kind: Kind) -> bytes:
        """Set one file."""
        wanted: dict[str, Any] = {"pdf_standards": STANDARDS} if kind == "pdf" else {"ppi": sheet.dots}
        try:
            found: bytes = self.compiler.compile(self.folder / f"{sheet.template}.typ", format=kind, **wanted)
        except self.error as error:
            if letters := _lacking(str(error)):
                raise UnknownLetters(face, letters) from error
            raise PayungError(_explained(face, str(error))) from error
        return _lighter(found) if kind == "png" else found


def _lighter(picture: bytes) -> bytes:
    """Write a drawing with a third of its bytes, as it has few colours; what holds a photograph stays as it is."""
    drawn = Image.open(io.BytesIO(picture)).convert("RGB")
    if drawn.getcolors(_MANY) is None:
        return picture
    result = io.BytesIO()
    drawn.quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(result, "PNG")
    return result.getvalue()


_MANY: Final = 20_000
"""Colours that no drawing has: edges of letters bring some thousands."""


_TOO_LONG: Final = "too long: "
"""What a template says of words that do not fit, before their name."""
_LETTERS: Final = re.compile(r'(?:the text|the codepoint) `"(.+?)"`')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")


def line_of(source: Path, near: str) -> int | None:
    """Give the line of a file on which words stand; None where they stand on none as they are."""
    lines = source.read_text("utf-8", "replace").splitlines() if near and source.is_file() else []
    return next((number for number, one in enumerate(lines, 1) if near in one), None)


def _slip(message: str) -> BlockSlip:
    """Put in words why a page could not be set: near which letters, what is wrong, and how to mend it."""
    if letters := _lacking(message):
        return BlockSlip(letters, f"{_named(letters)} tidak ada dalam huruf cetakan.", "Ganti atau hapus.")
    first = message.strip().partition("\n")[0]
    return BlockSlip("", f"Halaman ini tidak dapat dicetak ({first}).", "Betulkan judul, tabel, atau HTML di dalamnya.")


def _lacking(message: str) -> str:
    """Give the letters that no font has, of which Typst complains; "" where it complains of something else."""
    found = _LETTERS.search(message)
    return _ESCAPED.sub(lambda one: chr(int(one[1], 16)), found[1]) if found else ""


def _named(letters: str) -> str:
    """Name letters by themselves, where they can be seen, and by their numbers."""
    numbers = " ".join(f"U+{ord(one):04X}" for one in letters)
    return f"Huruf “{letters}” ({numbers})" if letters.isprintable() else f"Tanda {numbers}"


def _explained(face: str, message: str) -> str:
    """Put in words why a print could not be set."""
    if _TOO_LONG in message:
        where = message.partition(_TOO_LONG)[2].splitlines()[0].strip(' "')
        return f"Kata-kata {face} tidak muat ({where}). Ringkas di docs/.cetak.yaml, atau pindahkan ke cetakan lain."
    return f"Cetakan {face} gagal dibuat ({message})."
