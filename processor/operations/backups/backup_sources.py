"""What a backup of an office holds: everything that cannot be made again, and the keys apart."""

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from processor.foundation.settings import FILE_NAME, Settings
from processor.operations.upgrade import folder_version

REGISTER, INBOX, MEMORY, OFFICE, KEYS = "register", "masuk", "ingatan", "kantor", "kunci"
"""The first folders of a backup."""
PAGES = ("docs", "forms", "opinions", "mkdocs.yml", ".gitignore", folder_version.MARK)
_PASSING = re.compile(r".*\.lock|\..*\.tmp|\.bagian\..*|.*\.sqlite(-\w+)?")
"""Files of work that goes on, locks, and databases that are made anew from the rest."""
_DRAFTS = ".payung/sementara"


@dataclass(slots=True)
class BackupFiles:
    """The ``files`` to back up by their path in the backup, the ``folders`` that hold none, and ``links`` to folders
    or to nothing, which are not followed."""

    files: dict[str, Path] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    links: list[Path] = field(default_factory=list)


ListFiles = Callable[[], BackupFiles]


def of_office(found: Settings) -> BackupFiles:
    """List everything of an office but its keys. Raises OSError where a folder cannot be read."""
    kept = {name: found.root / name for name in PAGES} | {FILE_NAME: found.path, found.days_off.name: found.days_off}
    keys = found.office_key.parent
    memory = [path for path in sorted(keys.glob("ingatan-*")) if path.is_file()]
    parts = {
        REGISTER: found.register,
        INBOX: found.inbox,
        **{f"{MEMORY}/{path.name}": path for path in memory},
        **{f"{OFFICE}/{name}": path for name, path in kept.items()},
    }
    return _listed(parts, {keys, found.site})


def of_keys(found: Settings) -> BackupFiles:
    """List the folder of the keys, with the office key as it is used. Raises OSError where it cannot be read."""
    key = {f"{KEYS}/{found.office_key.name}": found.key_file}
    return _listed({KEYS: found.office_key.parent, **key}, {found.register, found.inbox, found.site})


def _listed(parts: Mapping[str, Path], without: Collection[Path]) -> BackupFiles:
    """List files and folders by what they are called in the backup, ``without`` some folders."""
    listing, passed = BackupFiles(), {str(path) for path in without}
    for name, path in parts.items():
        if path.is_dir():
            _walk(name, str(path), passed, listing)
        elif path.is_file() and not _PASSING.fullmatch(path.name):
            listing.files[name] = path
    return listing


def _walk(name: str, folder: str, passed: Collection[str], listing: BackupFiles) -> None:
    """List what lies in a folder."""
    empty = True
    for entry in _entries(folder):
        inside = f"{name}/{entry.name}"
        if entry.path in passed or _PASSING.fullmatch(entry.name) or inside.endswith(_DRAFTS):
            continue
        if entry.is_dir(follow_symlinks=False):
            empty = False
            _walk(inside, entry.path, passed, listing)
        elif entry.is_file():
            empty = False
            listing.files[inside] = Path(entry.path)
        elif entry.is_symlink():
            listing.links.append(Path(entry.path))
    if empty:
        listing.folders.append(name)


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """Give what lies in a folder, in order; nothing of one that is gone meanwhile."""
    try:
        with os.scandir(folder) as found:
            yield from sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
