"""Published sealed files: whenever the publication is cut short, no page speaks of what is not there."""

import os
from functools import partial
from pathlib import Path

import pytest

from processor.site import sealed_files
from processor.site.sealed_files import DIGESTS, PUBLICATION
from tests.killing import done_until_killed
from tests.office import START

ANSWERS = tuple(f"balasan/{digit * 32}.age" for digit in "0f")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_the_answers_are_there_before_the_statuses_that_speak_of_them(tmp_path: Path) -> None:
    statuses = "balasan/status-1-000.bin"
    files = {PUBLICATION: b"terbit", statuses: b"status", DIGESTS: b"", **dict.fromkeys(ANSWERS, b"jawaban")}
    step, through, seen = 0, False, set[tuple[int, bool]]()
    while not through:
        step += 1
        site = tmp_path / str(step)
        site.mkdir()
        through = done_until_killed(site, step, partial(sealed_files.write, site, files, START))
        seen.add((sum((site / name).is_file() for name in (*ANSWERS, statuses)), (site / PUBLICATION).is_file()))
    assert seen == {(0, False), (1, False), (2, False), (3, False), (3, True)}
