"""What a killed program left half written: taken away by the next pass, so that nothing unsealed stays anywhere."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from processor.cases.register import OUTGOING, Register
from processor.foundation import atomic_files, scratch_folders
from processor.operations import study_drafts, study_holders
from processor.operations.case_hold import CaseHold
from processor.operations.office import Office

_UNFINISHED = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")  # as ``atomic_files.temporary`` names it


def sweep(office: Office) -> None:
    """Take away what is left outside the cases: copies of letters on their way to PDF, drafts of messages, of studies.

    Of the cases only those are read of which somebody has left a draft.
    """
    scratch_folders.sweep()
    study_drafts.sweep(office)
    study_holders.sweep(office)
    office.outbox.sweep()


def sweep_case(hold: CaseHold, register: Register, number: str) -> None:
    """Take away what is left of a case that is looked at. Raises as ``CaseHold.begin_writing``."""
    left = [*_unfinished(register.path(number))] if register.has(number) else []
    if left:
        hold.begin_writing()
    for path in left:
        hold.write_outgoing(path)
        with suppress(OSError):  # in use by a program that looks at it; the next pass takes it away
            atomic_files.remove(path)


def _unfinished(folder: Path) -> Iterator[Path]:
    """Give the half written files of a case: of the case file itself, and letters."""
    for place in (folder, folder / OUTGOING):
        names = [*place.iterdir()] if place.is_dir() else []
        yield from (path for path in names if _UNFINISHED.fullmatch(path.name))
