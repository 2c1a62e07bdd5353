"""A pass with nothing to do, and the list, over many cases: beside a bare walk of the same tree with stat."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from processor.cases import journal
from processor.operations import daily_pass, overview, steps
from processor.operations.office import Office
from tests import office as offices
from tests.story import Story

_COUNTS = (10_000, 100_000)
_OPEN = 20
"""Every so manieth case is open, the others are archived."""


def measure(counts: tuple[int, ...] = _COUNTS) -> None:
    """Print the ratios for each number of cases."""
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            _measure(_office(Path(folder), count), count)


def _measure(office: Office, count: int) -> None:
    """The ratios for one register."""
    register = office.register.folder
    first = _timed(lambda: daily_pass.run_pass(office))
    for _ in range(2):  # what the first one did may let something follow
        daily_pass.run_pass(office)
    bare = min(_timed(lambda: _walk(register)) for _ in range(3))
    idle = min(_timed(lambda: daily_pass.run_pass(office)) for _ in range(3))
    listing = min(_timed(lambda: list(overview.rows(office))) for _ in range(3))
    print(f"{count} cases, {_walk(register)} files and folders")
    print(f"{first / count * 1000:9.3f}  ms a case: the first pass, which reads them all")
    print(f"{idle / bare:9.2f}  times a bare walk with stat: a pass with nothing to do")
    print(f"{listing / bare:9.2f}  times a bare walk with stat: payung daftar, before it prints")


def _office(folder: Path, count: int) -> Office:
    """An office with ``count`` cases: one that waits and one in the archive, copied under numbers of their own.

    Nobody gave an email address, so that no outbox is measured.
    """
    story = Story(folder)
    story.receives(offices.response(1, email=""), offices.response(2, minute=1, email=""))
    waiting, archived = story.office.register.numbers()
    story.writes(steps.withdraw(story.now.date(), ""), number=archived)
    story.writes(steps.archive(story.now.date()), number=archived)
    assert story.status(archived) == "diarsipkan"
    for serial in range(3, count + 1):
        _copy(story.office, waiting if serial % _OPEN == 0 else archived, f"BH-2026-{serial:04d}")
    return story.office


def _copy(office: Office, number: str, name: str) -> None:
    """The case ``number`` once more, under another ``name``."""
    source = office.register.path(number)
    made = source.with_name(name)
    shutil.copytree(source, made)
    text = (source / "permohonan.yaml").read_bytes().replace(number.encode(), name.encode())
    (made / "permohonan.yaml").write_bytes(text)
    (made / journal.FILE_NAME).write_bytes(journal.journal_lines(office.register.read(number).events, name))


def _walk(folder: Path) -> int:
    """Look at every file and folder; how many there are."""
    count = 0
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.stat(f"{parent}/{name}")  # noqa: PTH116 -- as bare as can be
            count += 1
    return count


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
