"""A backup as it lies on a disk: a folder of plain copies, the list of them, and a mark of the list.

``daftar.json`` holds size, SHA-256 and time of each file. ``sidik.json`` holds the list's own SHA-256, and a mark that
is made with the register's secret: whoever changes a copy and the list cannot make it.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import processor
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError

Kind = Literal["register", "kunci"]
"""A backup of everything but the keys, or of the keys."""
LIST, SEAL = "daftar.json", "sidik.json"
MARK = "cadangan"
"""The kind of fingerprint with which a list is marked."""
_FORM = "payung-cadangan-1"
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A copy: its size, SHA-256 (hex) and the time of the original in nanoseconds."""

    size: int
    sha256: str
    time: int


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in ``folder``, made at a moment (aware).

    ``files`` are by path, with slashes; ``folders`` those that hold no file; ``digest`` is the SHA-256 of the list.
    """

    folder: Path
    kind: Kind
    made: datetime
    files: Mapping[str, KeptFile]
    folders: tuple[str, ...]
    digest: str
    mark: str

    @property
    def size(self) -> int:
        """The bytes of all copies."""
        return sum(one.size for one in self.files.values())

    def path(self, name: str) -> Path:
        """Give the place of a copy."""
        return self.folder.joinpath(*name.split("/"))

    def is_whole(self, name: str) -> bool:
        """Tell whether a copy is there, and what the list says."""
        kept = self.files[name]
        try:
            with self.path(name).open("rb") as file:
                return (os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()) == (
                    kept.size,
                    kept.sha256,
                )
        except OSError:
            return False


def name_of(kind: Kind, prefix: str, moment: datetime) -> str:
    """Give the name of a backup's folder; ``prefix`` is that of the office's numbers."""
    return f"payung-{kind}-{prefix}-{moment.strftime(_STAMP)}"


def content(kind: Kind, made: datetime, files: Mapping[str, KeptFile], folders: tuple[str, ...]) -> bytes:
    """Write the list of a backup, in ASCII, as the name of a file may be no text."""
    held = {name: [one.size, one.sha256, one.time] for name, one in files.items()}
    head = {
        "bentuk": _FORM,
        "jenis": kind,
        "waktu": made.isoformat(timespec="seconds"),
        "program": processor.__version__,
    }
    return json.dumps({**head, "isi": held, "folder": folders}, indent=0).encode()


def digest_of(listed: bytes) -> str:
    """Compute the SHA-256 (hex) of a list."""
    return hashlib.sha256(listed).hexdigest()


def write(folder: Path, listed: bytes, mark: str) -> None:
    """Put the list and its mark into the folder of a backup; the mark comes last. Raises OSError."""
    atomic_files.write(folder / LIST, listed)
    seal = {"daftar": digest_of(listed), "tanda": mark}
    atomic_files.write(folder / SEAL, json.dumps(seal).encode())


def read(folder: Path) -> Backup:
    """Read the list of the backup in ``folder``. Raises PayungError where it is none, or the list is damaged."""
    try:
        listed = (folder / LIST).read_bytes()
        seal: dict[str, Any] = json.loads((folder / SEAL).read_bytes())
        digest = digest_of(listed)
        if seal["daftar"] != digest:
            raise PayungError(_DAMAGED.format(folder))
        data: dict[str, Any] = json.loads(listed)
        files = {_safe(name): KeptFile(int(s), str(d), int(t)) for name, (s, d, t) in data["isi"].items()}
        folders = tuple(map(_safe, data["folder"]))
        kind: Kind = "kunci" if data["jenis"] == "kunci" else "register"
        made = datetime.fromisoformat(data["waktu"])
        return Backup(folder, kind, made, files, folders, digest, str(seal["tanda"]))
    except FileNotFoundError as error:
        raise PayungError(f"{folder} bukan cadangan yang utuh: {Path(error.filename).name} tidak ada.") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise PayungError(_DAMAGED.format(folder)) from error


_DAMAGED = "Daftar cadangan {} rusak atau diubah. Pakai cadangan yang lain."


def _safe(name: str) -> str:
    """Pass on the path of a copy. Raises ValueError for one that would lead out of a folder."""
    parts = re.split(r"[/\\]", name)
    if "" in parts or ".." in parts or "\0" in name or (os.name == "nt" and ":" in name):
        raise ValueError(name)
    return name


def find(place: Path, kind: Kind, prefix: str = "*") -> Backup:
    """Read the backup in ``place``, or the newest of its kind in there.

    Args:
        place: A backup, or a folder of backups.
        kind: What it must hold.
        prefix: That of the office's numbers, where the office is known.

    Raises:
        PayungError: There is none, or it is damaged.
    """
    if (place / LIST).is_file():
        found = read(place)
        if found.kind != kind:
            raise PayungError(f"{place} bukan cadangan {kind}, tetapi cadangan {found.kind}.")
        return found
    there = sorted(place.glob(f"payung-{kind}-{prefix}-*/{LIST}"), key=lambda path: path.parent.name[-15:])
    if not there:
        raise PayungError(f"Tidak ada cadangan {kind} di {place}. Periksa apakah disknya terpasang, atau foldernya.")
    return read(there[-1].parent)


def surplus(backup: Backup) -> Iterator[str]:
    """Give what lies in a backup and is not on its list."""
    own = {LIST, SEAL}
    for path in backup.folder.rglob("*"):
        name = path.relative_to(backup.folder).as_posix()
        if path.is_file() and name not in backup.files and name not in own:
            yield name
