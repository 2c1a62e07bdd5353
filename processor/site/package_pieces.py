"""The pieces of a large package: what came over a line that broke stays for a while, and its sender goes on from there.

It lies hidden in the endpoint's folder as one file, each byte at its place, and is a package only once it is whole and
has the SHA-256 that its sender said. It takes no package's place: where too many lie there, nobody is offered pieces.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from processor.foundation import atomic_files

HEADER = b"payung-potongan"
"""By which an answer says how many bytes a piece may have, and a sender which piece comes."""
SIZE = 256 * 1024
"""What a break of the line costs at most: five seconds at 400 kbit/s."""

KEPT = 15 * 60.0
"""Seconds for which a part lies there without another piece."""

_PREFIX = ".bagian."
_SAID = re.compile(rb"([0-9a-f]{64}) (\d{1,9}) (\d{1,9})")
_AT_A_TIME = 1 << 20


@dataclass(frozen=True, slots=True)
class PackagePiece:
    """What begins at byte ``begin`` of a package of ``whole`` bytes, whose SHA-256 (hex) is ``digest``."""

    digest: str
    begin: int
    whole: int


def read_header(said: bytes) -> PackagePiece | None:
    """Read what a sender says of a piece; None for what says nothing sound."""
    found = _SAID.fullmatch(said)
    piece = found and PackagePiece(found[1].decode(), int(found[2]), int(found[3]))
    return piece if piece and piece.begin <= piece.whole else None


def part_of(folder: Path, piece: PackagePiece) -> Path:
    """Give where that lies which has come of a package."""
    return folder / f"{_PREFIX}{piece.digest}"


def come(part: Path) -> int:
    """Give how many bytes of a package have come."""
    try:
        return part.stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def written(part: Path, begin: int) -> Iterator[BinaryIO]:
    """Open a part to be written from the byte ``begin`` on; what is written stays if the line breaks.

    Two who write the same package write the same bytes at the same place.
    """
    with suppress(FileExistsError):
        atomic_files.write(part, b"", sync=False)
    try:
        with part.open("r+b") as file:
            file.seek(begin)
            yield file
    finally:
        if not come(part):  # where it is only asked how far it is, nothing comes
            part.unlink(missing_ok=True)


def head(part: Path, most: int) -> bytes:
    """Read the first bytes of a part, ``most`` at most; none where it is gone."""
    with suppress(FileNotFoundError), part.open("rb") as file:
        return file.read(most)
    return b""


def join(part: Path, file: BinaryIO, digest: str) -> bool:
    """Copy a part into ``file``, which nobody who still writes to the part can change; tell whether ``digest`` fits."""
    found = hashlib.sha256()
    with suppress(FileNotFoundError), part.open("rb") as source:
        while chunk := source.read(_AT_A_TIME):
            found.update(chunk)
            file.write(chunk)
    return found.hexdigest() == digest


def parts(folder: Path, names: Iterable[str]) -> list[Path]:
    """Give the parts of packages among the ``names`` in ``folder``."""
    return [folder / name for name in names if name.startswith(_PREFIX)]
