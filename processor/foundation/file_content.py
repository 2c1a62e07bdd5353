"""A file as it was read. What is made from it alone may be kept, and holds for every file that says the same."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileContent:
    """The ``content`` of the file at ``path``; equal to any other of that content, so that it can be a cache's key."""

    content: bytes
    path: Path = field(compare=False)

    @classmethod
    def of(cls, path: Path) -> "FileContent":
        """Read the file at ``path``. Raises OSError."""
        return cls(path.read_bytes(), path)
