"""Puts a rendered document into a case's ``keluar/`` and never writes over what a person edited."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from processor.foundation import atomic_files
from processor.letters.word import zip_package


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a document stands now, its SHA-256 (hex), whether anything was written, and what a person should know."""

    path: Path
    sha256: str
    changed: bool
    note: str


def place_document(folder: Path, name: str, content: bytes, known: Mapping[str, str]) -> Placed:
    """Write ``content`` as ``name`` in ``folder``, or as ``name-2``, ``-3`` ... beside what a person edited.

    A file is replaced only while it holds just what Payung wrote there and nobody has it open. A file that holds the
    same parts stays as it is, byte for byte: an older Payung, or another Python, compresses otherwise.

    Args:
        folder: the case's ``keluar/``, made where there is none.
        name: the file name wanted.
        content: the document.
        known: for each file name the SHA-256 (hex) of what Payung itself last wrote there, from the journal.

    Raises:
        OSError: the disk refuses.
    """
    atomic_files.make_folder(folder, 0o777)
    for path in _candidates(folder, name):
        if not path.exists():
            break
        standing = path.read_bytes()
        if standing == content or zip_package.same_parts(standing, content):
            note = f"{path.name} sudah sesuai; tidak ada yang ditulis."
            return Placed(path, hashlib.sha256(standing).hexdigest(), changed=False, note=note)
    for path in _candidates(folder, name):
        if _write_unless_edited(path, content, known.get(path.name)):
            digest = hashlib.sha256(content).hexdigest()
            return Placed(path, digest, changed=True, note=_note(path.name, name))
    raise AssertionError("a folder always has a free name")


def _candidates(folder: Path, name: str) -> Iterator[Path]:
    """Give ``name`` in ``folder``, then the names beside it."""
    path = folder / name
    yield path
    number = 2
    while True:
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1


def _write_unless_edited(path: Path, content: bytes, known: str | None) -> bool:
    """Write ``path`` if it is free or still Payung's own; tell whether it did."""
    beside = atomic_files.temporary(path)
    try:
        if not path.exists():
            atomic_files.write(beside, content)
            return atomic_files.take_name(beside, path)
        if known is None or is_open(path) or hashlib.sha256(path.read_bytes()).hexdigest() != known:
            return False
        atomic_files.replace(path, content)
    except PermissionError:  # Windows: somebody has it open
        if not path.exists():
            raise
        return False
    finally:
        atomic_files.remove(beside)
    return True


def is_open(path: Path) -> bool:
    """Tell whether Word or LibreOffice left its lock beside ``path``; Word cuts one or two letters off long names."""
    name = path.name
    locks = (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~lock.{name}#")
    return any((path.parent / lock).exists() for lock in locks)


def _note(written: str, wanted: str) -> str:
    if written == wanted:
        return ""
    return (
        f"{wanted} sudah disunting orang atau sedang dibuka, jadi tidak ditimpa. "
        f"Yang baru ditulis di sebelahnya sebagai {written}; bandingkan, lalu pakai salah satu."
    )
