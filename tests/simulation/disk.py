"""A disk that forgets: of what was not flushed, a power cut keeps what chance says, torn and in any order.

The folder itself is what a running program sees. Beside it stands what each file held, and which names each folder
held, when they were last flushed; a cut leaves of every difference the one or the other.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from unittest import mock

Tree = dict[Path, bytes | None]
"""Every file with its content and every folder (None), by its path below the top."""
_ROOM = 4_000_000_000
_FLUSH_THEMSELVES = ".sqlite"


class Disk:
    """The files under ``top``. Inodes stand for files and folders, so no number may be used twice: see ``quick``."""

    def __init__(self, top: Path) -> None:
        self._top = top
        self._names: dict[int, dict[str, int]] = {}
        self._contents: dict[int, bytes] = {}
        self.flush_all()

    @contextmanager
    def under_the_program(self) -> Iterator[None]:
        """Every flush of the program is one of this disk while the block runs."""
        with mock.patch("os.fsync", self.flush), mock.patch("os.sync", self.flush_all):
            yield

    def flush(self, handle: int) -> None:
        """Keep what a file holds, or which names a folder holds."""
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path.exists():
            self._keep(path)

    def flush_all(self) -> None:
        """Keep all as it is."""
        self._names.clear()
        self._contents.clear()
        for path in (self._top, *self._top.rglob("*")):
            self._keep(path)

    def cut(self, chance: Random) -> None:
        """Lose power: put what is left in the folder's place."""
        left = _Cut(self._top, self._names, self._contents, chance).left()
        for path in sorted(self._top.rglob("*"), reverse=True):
            there = left.get(path.relative_to(self._top), b"")
            if path.relative_to(self._top) not in left or (there is None) != path.is_dir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for below, content in sorted(left.items(), key=lambda one: one[0]):
            path = self._top / below
            if content is None:
                path.mkdir(exist_ok=True)
            elif not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)
        self.flush_all()

    def _keep(self, path: Path) -> None:
        inode = path.stat().st_ino
        if path.is_dir():
            self._names[inode] = _names(path)
        else:
            self._contents[inode] = path.read_bytes()


class _Cut:
    """One loss of power, with one coin for each file or folder that was made, moved, replaced or taken away."""

    def __init__(
        self, top: Path, names: Mapping[int, Mapping[str, int]], contents: Mapping[int, bytes], chance: Random
    ) -> None:
        self._top, self._kept_names, self._kept_contents, self._chance = top, names, contents, chance
        self._paths = {path.stat().st_ino: path for path in (top, *sorted(top.rglob("*")))}
        self._coins: dict[int, bool] = {}

    def left(self) -> Tree:
        """Give what is left."""
        return dict(self._below(self._top.stat().st_ino, Path()))

    def _below(self, folder: int, path: Path) -> Iterator[tuple[Path, bytes | None]]:
        there = self._paths.get(folder)
        now, before = _names(there) if there else {}, self._kept_names.get(folder, {})
        for name in sorted({*now, *before}):
            inode = self._chosen(name, now.get(name), before.get(name))
            if inode is None:
                continue
            if inode in self._kept_names or (inode in self._paths and self._paths[inode].is_dir()):
                yield path / name, None
                yield from self._below(inode, path / name)
            else:
                yield path / name, self._content(inode)

    def _chosen(self, name: str, now: int | None, before: int | None) -> int | None:
        """Give what stands under a name: what was put there last, what was there at the last flush, or nothing."""
        if now == before or _FLUSH_THEMSELVES in name:
            return now
        if now is not None and self._coin(now):
            return now
        if before is None or (now is None and self._coin(before)):
            return None
        moved = before in self._paths and self._coin(before)
        return None if moved else before

    def _coin(self, inode: int) -> bool:
        """Whether what was done last with a file or folder is on the disk."""
        return self._coins.setdefault(inode, self._chance.random() < 0.5)

    def _content(self, inode: int) -> bytes:
        """Give what a file holds: all, what it held when it was flushed, or a part."""
        path, kept = self._paths.get(inode), self._kept_contents.get(inode, b"")
        now = path.read_bytes() if path else kept
        if now == kept or (path and _FLUSH_THEMSELVES in path.name):
            return now
        torn = now[: self._chance.randint(len(kept) if now.startswith(kept) else 0, len(now))]
        return self._chance.choice([now, kept, torn])


def quick() -> Path | None:
    """Give a folder in memory, where no inode's number is used twice; None where there is none that is fit for tests:
    containers have one of a few megabytes, from which no program may be started."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or not os.access(memory, os.W_OK):
        return None
    there = os.statvfs(memory)
    return memory if there.f_bavail * there.f_frsize > _ROOM and not there.f_flag & os.ST_NOEXEC else None


def _names(folder: Path) -> dict[str, int]:
    """Give the names in a folder with their inodes."""
    return {entry.name: entry.inode() for entry in os.scandir(folder)}
