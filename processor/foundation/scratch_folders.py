"""Folders for work that must not stay on the disk unsealed: gone when the work is, also after the program was killed.

Each holds a lock while it is used; a folder whose lock is free was left by a program that died.
"""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX, _LOCK = "payung-", ".terpakai.lock"
_OURS = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")
_LONG = 3600.0  # seconds after which a folder of an older version, which holds no lock, is surely left behind
_FRESH = 10.0  # seconds in which whoever made a folder has surely locked it


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a new folder that only this account can read, until the block ends."""
    with (
        tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name,
        FileLock(Path(name) / _LOCK, timeout=0, fallback_to_soft=False),
    ):
        yield Path(name)


def sweep() -> None:
    """Take away the folders that killed programs of this account left. What another one uses stays."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            if _OURS.fullmatch(folder.name) and _is_own(folder) and _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # gone meanwhile, or not ours to look into


def _is_own(folder: Path) -> bool:
    """Tell whether it is a folder that this account has made."""
    return folder.is_dir() and not folder.is_symlink() and (os.name == "nt" or folder.stat().st_uid == os.getuid())


def _is_left(folder: Path) -> bool:
    """Tell whether nobody uses a folder any more."""
    lock, now = folder / _LOCK, time.time()
    if not lock.exists():
        return now - folder.stat().st_mtime > _LONG
    if now - lock.stat().st_mtime < _FRESH:
        return False
    try:
        with FileLock(lock, timeout=0, fallback_to_soft=False):
            return True
    except Timeout:
        return False
