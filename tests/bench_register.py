"""A pass with nothing to do, and the list, over many cases: beside a bare walk of the same tree with stat."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from processor import journal, overview, pipeline, publish
from processor.case import Event
from processor.office import Office, open_office
from tests import office as offices

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
    first = _timed(lambda: pipeline.run(office))
    pipeline.run(office)  # what the first one did may let something follow
    bare = min(_timed(lambda: _walk(register)) for _ in range(3))
    idle = min(_timed(lambda: pipeline.run(office)) for _ in range(3))
    listing = min(_timed(lambda: list(overview.rows(office))) for _ in range(3))
    print(f"{count} cases, {_walk(register)} files and folders")
    print(f"{first / count * 1000:9.3f}  ms a case: the first pass, which reads them all")
    print(f"{idle / bare:9.2f}  times a bare walk with stat: a pass with nothing to do")
    print(f"{listing / bare:9.2f}  times a bare walk with stat: payung daftar, before it prints")


def _office(folder: Path, count: int) -> Office:
    """An office whose register holds ``count`` copies of one filed case under numbers of their own."""
    settings = offices.agency(folder)
    register = offices.register(folder)
    offices.file(register, offices.response(1))
    [one] = register.numbers()
    texts = {name: (register.path(one) / name).read_bytes() for name in ("permohonan.yaml", "pemohon.age")}
    archived = texts["permohonan.yaml"].replace(b"pembatalan:\n  tanggal:", b"pembatalan:\n  tanggal: 2026-03-02")
    archived = archived.replace(b"arsip:\n  tanggal:", b"arsip:\n  tanggal: 2026-03-02")
    told = Event("email", offices.START, "payung", {"jenis": "diterima", "pesan": "diterima", "keadaan": "dikirim"})
    events = (*register.read(one).events, told)
    for serial in range(2, count + 1):
        number = f"BH-2026-{serial:04d}"
        made = register.path(one).parent / number
        made.mkdir()
        text = texts["permohonan.yaml"] if serial % _OPEN == 0 else archived
        (made / "permohonan.yaml").write_bytes(text.replace(one.encode(), number.encode()))
        (made / "pemohon.age").write_bytes(texts["pemohon.age"])
        (made / "riwayat.jsonl").write_bytes(journal.lines(events, number))
    office = open_office(settings, lambda: offices.START, quiet=0)
    settings.site.mkdir()
    register.save_state("terbit", {"dari": publish.stamp(settings)})
    return office


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
