"""``python -m tests.simulation FIRST [COUNT]``: live the years of these seeds; those that fail are told."""

import os
import sys
import tempfile
import time
from pathlib import Path

from tests import fake_clamd, smtp_server
from tests.simulation import disk
from tests.simulation.invariants import Broken
from tests.simulation.year import Year

EVENTS = 40


def live(seed: int, events: int = EVENTS) -> None:
    """Live one year. Raises Broken with the last steps."""
    os.environ["PATH"] = ""  # no LibreOffice: PDFs are another matter
    with tempfile.TemporaryDirectory(prefix="payung-tahun-", dir=disk.quick()) as place:
        folder = Path(place) / "kantor"
        folder.mkdir()
        with smtp_server.running() as server, fake_clamd.running(folder.with_suffix(".clamd")) as clamd:
            Year(seed, folder, server, clamd).run(events)


def main(first: int, count: int = 1) -> int:
    """Live ``count`` years and say which seeds fail; give how many."""
    failed = []
    start = time.process_time()
    for seed in range(first, first + count):
        try:
            live(seed)
        except Broken as error:
            failed.append(seed)
            print(f"--- {seed}: python -m tests.simulation {seed}\n{error}", flush=True)
    print(f"{count} years, {len(failed)} failed: {failed}; {time.process_time() - start:.0f} s")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
