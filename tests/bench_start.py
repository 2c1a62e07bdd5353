"""How long a command takes to start, beside bare Python: ``payung --help``, and ``payung daftar`` over many cases."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from processor.operations import advance
from tests import bench_register
from tests.office import ROOT

_CASES = 1000
_TIMES = 7


def measure() -> None:
    """Print the fastest of some starts, in seconds and as a ratio; wanted: 0.15 s over bare Python, and 0.4 s."""
    with tempfile.TemporaryDirectory() as name:
        office = bench_register.office_of(Path(name), _CASES).office
        advance.advance(office)  # keeps what the list shows
        bare = _fastest("-c", "pass")
        for words in (["--help"], ["daftar", "--pengaturan", str(office.settings.path)]):
            taken = _fastest("-m", "processor", *words)
            print(
                f"{taken:9.3f}  s, {taken - bare:.3f} s over bare Python, {taken / bare:.1f} times: payung {words[0]}"
            )


def _fastest(*words: str) -> float:
    return min(_seconds([sys.executable, *words]) for _ in range(_TIMES))


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start
