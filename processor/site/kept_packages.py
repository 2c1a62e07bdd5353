"""Packages that were filed, kept sealed for some days: a register that comes back from a backup lacks what is newer.

They lie in ``terdaftar/<day of filing>/`` beside those that wait. What the counter filed lies there too, sealed alike.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from processor.foundation import atomic_files
from processor.site import endpoint

FOLDER = "terdaftar"


def keep(path: Path, packages: Path, today: date, ending: str = endpoint.SUFFIX, *, copied: bool = False) -> None:
    """Move a filed package to those that are kept.

    Args:
        path: The package.
        packages: The folder in which packages wait.
        today: The day of filing, in the office's zone.
        ending: How its name is to end; one that is no package from the site ends otherwise.
        copied: Whether a copy is kept, as the package itself goes elsewhere.
    """
    folder = packages / FOLDER / today.isoformat()
    if not folder.is_dir():
        for one in (folder.parent, folder):
            atomic_files.make_folder(one)
            atomic_files.sync_folder(one.parent)
    target = folder / f"{path.stem}{ending}"
    if copied:
        atomic_files.copy(path, target)  # with its time, which is the request's
    else:
        atomic_files.move(path, target)
    atomic_files.sync_folder(folder)


def kept(packages: Path, ending: str = endpoint.SUFFIX) -> tuple[Path, ...]:
    """List the packages that are kept and end so, the oldest day first."""
    return tuple(sorted((packages / FOLDER).glob(f"*/*{ending}")))


def put_back(packages: Path) -> int:
    """Let every kept package wait again; give how many. The register knows those that it holds."""
    found = kept(packages)
    for path in found:
        atomic_files.move(path, packages / path.name)
    if found:
        atomic_files.sync_folder(packages)
    return len(found)


def forget(packages: Path, today: date, days: int) -> None:
    """Delete what was filed more than ``days`` before ``today``. Raises OSError when the disk refuses."""
    for folder in _outdated(packages / FOLDER, today - timedelta(days=days)):
        atomic_files.remove_folder(folder, wholly=True)


def _outdated(folder: Path, since: date) -> Iterator[Path]:
    """Give the folders of the days before ``since``; what somebody else put there stays."""
    for entry in folder.iterdir() if folder.is_dir() else ():
        with suppress(ValueError):
            if date.fromisoformat(entry.name) < since:
                yield entry
