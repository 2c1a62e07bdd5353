"""Journals beside the cases, each in a folder of its own in the register, append-only and chained like that of a case.

They hold no identity: their folders are not sealed.
"""

from pathlib import Path

from processor.cases import journal
from processor.cases.records import Event
from processor.cases.register import Register
from processor.foundation import atomic_files
from processor.foundation.errors import Problem


def append(register: Register, folder: str, event: Event) -> None:
    """Add an event to the journal in ``folder``, begun where there is none. The caller holds the register's lock."""
    path = _path(register, folder)
    if not path.exists():
        atomic_files.make_folder(path.parent)
        atomic_files.replace(path, b"")
    journal.append(path, [event])


def read(register: Register, folder: str) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """Read every event, oldest first, and find every place where the file was damaged or changed."""
    path = _path(register, folder)
    return journal.read(path) if path.exists() else ((), ())


def _path(register: Register, folder: str) -> Path:
    """Give the journal's file; a folder of its own gives its chain a beginning that does not move."""
    return register.folder / folder / journal.FILE_NAME
