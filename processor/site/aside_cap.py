"""How many packages that are no requests are kept aside: a flood of them may not fill the disk of the office."""

from dataclasses import dataclass
from pathlib import Path

from processor.foundation import atomic_files
from processor.foundation.errors import Problem
from processor.site import endpoint

FILES, SIZE = 1000, 256 * 1024 * 1024
"""Packages, and bytes of them, that are kept; what comes beyond is deleted, and told."""


@dataclass(slots=True)
class SpaceAside:
    """How many packages, and bytes of them, may still be put aside; and how many were ``deleted`` for want of it."""

    files: int
    size: int
    deleted: int = 0

    def takes(self, path: Path) -> bool:
        """Count one more package and tell whether there was space for it; else delete it."""
        size = path.stat().st_size
        if self.files < 1 or self.size < size:
            atomic_files.remove(path)
            self.deleted += 1
            return False
        self.files, self.size = self.files - 1, self.size - size
        return True

    def told(self, folder: Path) -> list[Problem]:
        """Say once what was deleted, and what to do."""
        if not self.deleted:
            return []
        full = f"Folder ini penuh ({FILES} kiriman atau {SIZE >> 20} MB)"
        message = f"{full}, jadi {self.deleted} kiriman lain yang bukan permohonan sah dihapus."
        mend = "Kosongkan folder ini; yang Anda kenal, kembalikan dulu ke foldernya."
        return [Problem(str(folder), None, message, mend)]


def space_aside(folder: Path) -> SpaceAside:
    """Look how much space is left in the folder of damaged packages."""
    sizes = [path.stat().st_size for path in folder.glob(f"*{endpoint.SUFFIX}")]
    return SpaceAside(FILES - len(sizes), SIZE - sum(sizes))
