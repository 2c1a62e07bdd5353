"""Files that appear whole or not at all, and survive a power cut once the call returns."""

import errno
import hashlib
import os
import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``: the old file or the new one is there, never a part."""
    beside = temporary(path)
    try:
        write(beside, content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def replace_if_changed(path: Path, content: bytes) -> bool:
    """Replace like ``replace``, but leave a file alone that holds just these bytes; tell whether it wrote."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, content)
    return True


def temporary(path: Path) -> Path:
    """Give a new hidden name in the same folder, for the file that will become ``path``."""
    return path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.tmp")


def write(path: Path, content: bytes, *, sync: bool = True) -> None:
    """Write a new file that only its owner may read; ``sync=False`` leaves the flush to ``sync_all``.

    Raises FileExistsError when there is one.
    """
    with open(path, "xb", opener=_private) as file:
        file.write(content)
        if sync:
            file.flush()
            os.fsync(file.fileno())


def _private(path: str, flags: int) -> int:
    """Open a file that belongs to its owner alone."""
    return os.open(path, flags, 0o600)


def append(path: Path, content: bytes) -> None:
    """Add ``content`` to the end of ``path`` and flush it to the disk."""
    with path.open("ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


_UNKNOWN = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def sync_folder(folder: Path) -> bool:
    """Make renames in ``folder`` survive a power cut. Windows has no such call and needs none.

    Returns:
        False where the file system does not know the call, as network shares may: nothing failed there.
    """
    if os.name == "nt":
        return True
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise
        return False
    finally:
        os.close(handle)
    return True


def make_folder(path: Path, mode: int = 0o700) -> None:
    """Make a folder, and those above it, where there is none; by default only its owner may look into it."""
    path.mkdir(mode, parents=True, exist_ok=True)


def move(path: Path, target: Path) -> None:
    """Give a file or folder another name, also in the place of a file; ``sync_folder`` makes that last."""
    path.replace(target)


def copy(path: Path, target: Path) -> None:
    """Put a copy of a file, with its time, at ``target``."""
    seen = path.stat()
    replace(target, path.read_bytes())
    os.utime(target, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def copy_hashed(path: Path, target: Path) -> tuple[int, str]:
    """Put a copy of a file, with its time, at ``target``, piece by piece; give its size and SHA-256 (hex).

    Nothing is flushed: that is left to ``sync_all``.
    """
    seen, digest, size = path.stat(), hashlib.sha256(), 0
    with path.open("rb") as original, open(target, "wb", opener=_private) as file:
        while piece := original.read(_PIECE):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    os.utime(target, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    return size, digest.hexdigest()


_PIECE = 1 << 20


def take_name(beside: Path, path: Path) -> bool:
    """Give the finished file ``beside`` the name ``path`` as well, unless somebody just took that; tell whether it did.

    A rename would write over what is there.
    """
    try:
        os.link(beside, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        beside.replace(path)
    sync_folder(path.parent)
    return True


def remove(path: Path) -> None:
    """Take a file away, if it is there."""
    path.unlink(missing_ok=True)


def remove_folder(path: Path, *, wholly: bool = False) -> None:
    """Take a folder away with all that is in it, as far as can be; raise OSError if that must be ``wholly``."""
    shutil.rmtree(path, ignore_errors=not wholly)


def sync_all(files: Sequence[Path]) -> None:
    """Flush new files and their folders. From a few dozen on, one flush of everything costs less than one each."""
    if len(files) > 32 and hasattr(os, "sync"):
        os.sync()
        return
    for path in files:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    for folder in {path.parent for path in files}:
        sync_folder(folder)
