"""What a pass costs over many cases of different people: beside an idle pass, and that beside a bare walk with stat.

Times are the processor's, without waiting for the disk, so that whatever else runs on the machine counts for little.

``python -m tests.bench_register 1000 10000`` measures other numbers of cases than ``make bench`` does.
"""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from processor.cases import office_keys
from processor.cases.records import Response
from processor.cases.register_marks import RegisterMarks
from processor.operations import advance, daily_pass, overview, response_filing, row_store
from processor.operations.figures import register_figures
from processor.operations.pass_report import PassReport
from tests import office as offices
from tests import packages
from tests.story import Story

_COUNTS = (1_000, 10_000, 100_000)
_OPEN = 20
"""Every so manieth case is open, the others were withdrawn."""
_BATCH = 500
_TIMES = 7


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds of the processor's time that a pass over ``count`` cases takes, and its memory (MB)."""

    count: int
    first: float
    again: float
    second: float
    idle: float
    bare: float
    listing: float
    response: float
    edit: float
    memory: float
    counting: float
    counted: float


def measure(counts: tuple[int, ...] = _COUNTS) -> None:
    """Print the figures for each number of cases, and how they grow."""
    found = [figures(count) for count in counts]
    for one in found:
        print(f"{one.count} cases of different people, every {_OPEN}th open, the others withdrawn")
        print(f"{one.first / one.count * 1000:9.3f}  ms a case: the first look at new cases, without flushes")
        print(f"{one.again / one.count * 1000:9.3f}  ms a case: another look at all, as after an upgrade")
        print(f"{one.second / one.idle:9.2f}  times an idle pass: the pass after the first")
        print(f"{one.idle / one.bare:9.2f}  times a bare walk with stat: an idle pass")
        print(f"{one.listing / one.bare:9.2f}  times a bare walk with stat: payung daftar, before it prints")
        print(f"{one.response * 1000:9.1f}  ms over an idle pass: one new response")
        print(f"{one.edit * 1000:9.1f}  ms over an idle pass: one edit")
        print(f"{one.memory:9.0f}  MB: the most memory of a pass that reads all")
        print(f"{one.counting:9.2f}  times reading every case once: the year's figures, when all have changed")
        print(f"{one.counted:9.2f}  s: the year's figures again, all cases in that year, when nothing has changed")
    least, most = found[0], found[-1]
    print(f"From {least.count} to {most.count} cases")
    print(f"{most.response / least.response:9.2f}  times as much: one new response")
    print(f"{most.edit / least.edit:9.2f}  times as much: one edit")


def figures(count: int) -> Figures:
    """The figures for a register of ``count`` cases, made for it and thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        return of_story(office_of(Path(folder), count), count)


def of_story(story: Story, count: int) -> Figures:
    """The figures for an office with ``count`` cases that no pass has seen."""
    with no_flushes():
        first = _seconds(lambda: advance.advance(story.office))
    daily_pass.run_pass(story.office)
    second, idle = _timed(story, 1), _timed(story, _TIMES)
    bare = min(_seconds(lambda: _walk(story.settings.register)) for _ in range(5))
    listing = min(_seconds(lambda: list(overview.rows(story.office))) for _ in range(3))
    response = _over_idle(story, lambda serial: _one_response(story, count + 1 + serial))
    edit = _over_idle(story, lambda serial: _one_edit(story, serial))
    known, _ = _of_a_process(story)
    (story.office.register.state_folder / row_store.FILE_NAME).unlink()
    again, memory = _of_a_process(story)
    counting, counted = year_of_figures(story)
    return Figures(
        count, first, again - known, second, idle, bare, listing, response, edit, memory, counting, counted
    )  # fmt: skip


def year_of_figures(story: Story) -> tuple[float, float]:
    """What a year's figures cost the first time, in readings of all cases, and the next time, in seconds."""
    office, period = story.office, register_figures.running_year(story.office)
    reading = _seconds(lambda: [office.register.read(number) for number in office.register.numbers()])
    first = _seconds(lambda: register_figures.figures_of(office, period))
    return first / reading, min(_seconds(lambda: register_figures.figures_of(office, period)) for _ in range(3))


def office_of(folder: Path, count: int) -> Story:
    """An office in ``folder`` with ``count`` requests of as many people that no pass has seen.

    Of all but every ``_OPEN``th nothing is to be done any more.
    """
    story = Story(folder, publishes=True)
    office, register, marks = story.office, story.office.register, RegisterMarks(story.office.register)
    for start in range(1, count + 1, _BATCH):
        sent = [response(serial) for serial in range(start, min(start + _BATCH, count + 1))]
        with register.lock(5), no_flushes():
            response_filing.take_in(office, PassReport(), sent, marks)
    for serial, number in enumerate(register.numbers(), 1):
        if serial % _OPEN:
            path, day = register.path(number) / "permohonan.yaml", office.now().date()
            text = path.read_text("utf-8")
            path.write_text(text.replace("\npembatalan:\n  tanggal:", f"\npembatalan:\n  tanggal: {day}"), "utf-8")
    return story


@contextmanager
def no_flushes() -> Iterator[None]:
    """Nothing waits for the disk."""
    with mock.patch("os.fsync", os.fstat), mock.patch("os.sync", return_value=None):
        yield


def response(serial: int) -> Response:
    """A request of somebody who is nobody else; only whose case stays open has an email address: no mail goes out."""
    words = {
        "nama": f"{_name(serial)} {_name(serial * 7919)}",
        "nip": f"{198001010000000000 + serial * 13}",
        "alamat": f"Jalan {_name(serial * 31)} Nomor {serial}, Kota Contoh",
        "email": "" if serial % _OPEN else f"orang{serial}@example.org",
        "telepon": f"0812{serial:08d}",
        "uraian": f"Persoalan {serial}. " + "Kata demi kata. " * 20,
    }
    return offices.response(1, minute=serial, key=f"k{serial}", **words)


def _name(serial: int) -> str:
    """A name that nobody bears, another for each number."""
    syllables = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "wa")
    return "".join(syllables[serial >> shift & 15] for shift in (0, 4, 8, 12, 16)).capitalize()


def _over_idle(story: Story, work: Callable[[int], float]) -> float:
    """How much longer a pass takes with ``work`` than without: the least of each, taken in turn."""
    pairs = [(work(serial), _timed(story, 1)) for serial in range(_TIMES)]
    return min(one for one, _ in pairs) - min(idle for _, idle in pairs)


def _one_response(story: Story, serial: int) -> float:
    """How long a pass takes that finds one new package from the site's form."""
    settings, answers = story.settings, dict(response(serial).answers)
    keys = office_keys.load(settings.office_key, settings.recipients)
    packages.dropped(settings.packages, packages.sealed(keys, packages.said(serial, jawaban=answers)))
    return _timed(story, 1)


def _one_edit(story: Story, serial: int) -> float:
    """How long a pass takes after somebody has written into one case, and nothing wrong."""
    number, topic = story.office.register.numbers()[_OPEN * (serial + 1) - 1], story.settings.taksonomi.topik[serial]
    path = story.office.register.path(number) / "permohonan.yaml"
    path.write_text(path.read_text("utf-8").replace("  topik:", f"  topik: {topic}"), "utf-8")
    return _timed(story, 1)


_MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=False, capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
"""Runs a command from a small process: the system counts as a program's memory what its starter had, too."""


def _of_a_process(story: Story) -> tuple[float, float]:
    """How long a pass takes a process of its own, and the most memory (MB) that it needs."""
    given = {**os.environ, "PAYUNG_PENGATURAN": str(story.settings.path)}
    command = [sys.executable, "-c", _MEASURED, sys.executable, "-m", "processor", "jalankan"]
    spent, memory = subprocess.run(command, env=given, check=True, capture_output=True, text=True).stdout.split()
    return float(spent), float(memory)


def _walk(folder: Path) -> None:
    """Look at every file and folder."""
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.stat(f"{parent}/{name}")  # noqa: PTH116 -- as bare as can be


def _timed(story: Story, times: int) -> float:
    """How long a pass takes, the shortest of so many."""
    return min(_seconds(lambda: daily_pass.run_pass(story.office)) for _ in range(times))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()  # what came before leaves nothing to be paid here
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    measure(tuple(map(int, sys.argv[1:])) or _COUNTS)
