"""Requests that the counter has not filed yet: ``loket/<kunci>.age`` in the register, sealed after every answer."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from processor.cases.office_keys import OfficeKeys
from processor.foundation import atomic_files, file_locks
from processor.foundation.errors import Busy, PayungError

FOLDER = "loket"


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished request; times and days are ISO 8601.

    ``half`` holds the lines so far of a long answer, ``sent`` is when all was found right ("" before). The key is that
    of the response: a draft is filed once, even when a crash keeps it from being taken away. ``channel`` is the way by
    which it came, "" where the applicant stood at the counter.
    """

    key: str
    by: str
    begun: str
    paper: str = ""
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    half: Mapping[str, str] = field(default_factory=dict, repr=False)
    sent: str = ""
    channel: str = ""


class Drafts:
    """The drafts in ``folder`` (the register's ``loket``), sealed by ``office``."""

    def __init__(self, folder: Path, office: OfficeKeys) -> None:
        self._folder = folder
        self._office = office
        atomic_files.make_folder(folder)

    def left(self) -> list[str]:
        """List the keys of all drafts, the one longest untouched first."""
        paths = self._folder.glob("*.age")
        return [path.stem for path in sorted(paths, key=lambda path: path.stat().st_mtime)]

    @contextmanager
    def held(self, key: str, wait: float = 0) -> Iterator[bool]:
        """Keep a draft from being taken up at another counter; false where that has it after ``wait`` seconds."""
        path, lock = self._folder / f"{key}.lock", ExitStack()
        try:
            lock.enter_context(file_locks.hold(path, wait, ""))
        except Busy:
            yield False
            return
        try:
            yield True
        finally:
            lock.close()
            if not self.path(key).exists():
                atomic_files.remove(path)

    def path(self, key: str) -> Path:
        """Give the path at which a draft lies, or would."""
        return self._folder / f"{key}.age"

    def read(self, key: str) -> Draft:
        """Open a draft. Raises PayungError when it cannot be opened."""
        path = self.path(key)
        try:
            return Draft(**json.loads(self._office.open(path.read_bytes())))
        except (OSError, PayungError, ValueError, TypeError) as error:
            raise PayungError(f"Isian {path} tidak terbuka. Pulihkan dari cadangan, atau hapus.") from error

    def keep(self, draft: Draft) -> Draft:
        """Seal ``draft`` in the place of what it was."""
        atomic_files.replace(self.path(draft.key), self._office.seal(json.dumps(asdict(draft)).encode()))
        return draft

    def discard(self, key: str) -> None:
        """Take a draft away, with what an interrupted write may have left of it."""
        for path in (self.path(key), *self._folder.glob(f".{key}.*")):
            atomic_files.remove(path)
