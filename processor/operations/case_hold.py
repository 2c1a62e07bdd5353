"""Holds the register for one case, from the first write to the last, if the case is still as it was read.

Looking at a case holds nothing, so that officers' commands never wait for a pass that reads, thinks or asks others.
"""

import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from processor.cases.register import NOT_OURS, OUTGOING, Register
from processor.foundation.errors import PayungError

_WAIT = 10.0  # seconds for a command that writes


class CaseChanged(PayungError):
    """Somebody wrote into a case while it was looked at; nothing was written. It is to be looked at again."""


@dataclass
class CaseHold:
    """One case that is looked at: its change ``mark`` from before it was read, and what was written since."""

    register: Register
    number: str
    mark: str
    held: ExitStack
    own: set[str] = field(default_factory=set)
    _before: tuple[str, dict[str, str]] | None = None

    def begin_writing(self) -> None:
        """Hold the register until ``held`` is closed.

        Raises: CaseChanged when the case is no longer as it was read, Busy when another process keeps the register.
        """
        if self._before is not None:
            return
        self.held.enter_context(self.register.lock(_WAIT))
        before = self._of_others()  # first: what is written between the two looks is then seen by one of them
        if self.register.change_mark(self.number) != self.mark:
            raise CaseChanged(f"{self.number} berubah sewaktu diperiksa; diperiksa lagi.")
        self._before = before

    def mark_after(self) -> str:
        """Give the change mark of the case as it was read and then written here; "" where others wrote meanwhile.

        An editor asks for no lock: so what is not ours is compared with what it was, file by file.
        """
        if self._before is None:
            return self.mark
        after = self.register.change_mark(self.number)
        (mark, beside), (mark_before, beside_before) = self._of_others(), self._before
        changed = {name for name, _ in beside.items() ^ beside_before.items()}
        return after if mark == mark_before and changed <= self.own else ""

    def _of_others(self) -> tuple[str, dict[str, str]]:
        """Give marks of what others write: the case file and the identity, and every file in ``keluar``."""
        folder = self.register.path(self.number) / OUTGOING
        found = {entry.name: entry.stat() for entry in os.scandir(folder)} if folder.is_dir() else {}
        beside = {name: f"{one.st_size}.{one.st_mtime_ns}" for name, one in found.items()}
        return self.register.change_mark(self.number, *NOT_OURS), beside

    def write_outgoing(self, path: Path) -> None:
        """Note that ``path``, in ``keluar``, was written here."""
        self.own.add(path.name)
