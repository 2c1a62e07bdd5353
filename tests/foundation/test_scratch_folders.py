"""What must not stay unsealed is gone with the work, also when the program was killed at it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from processor.foundation import scratch_folders
from tests.office import ROOT

WORK = """
import os, signal
from processor.foundation.scratch_folders import scratch_folder
with scratch_folder() as folder:
    (folder / "surat.docx").write_text("Orang Rekaan1")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def grow_old(made: Path) -> None:
    """The folder and its lock are two hours old."""
    for path in (made / ".terpakai.lock", made):
        if path.exists():
            os.utime(path, (time.time() - 7200,) * 2)


@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
def test_what_a_killed_program_left_is_taken_away(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WORK], cwd=ROOT, check=False, env=os.environ | {"TMPDIR": str(folder)})
    assert done.returncode == -signal.SIGKILL
    (left,) = folder.glob("payung-*/surat.docx")
    grow_old(left.parent)
    scratch_folders.sweep()
    assert list(folder.iterdir()) == []


def test_what_is_at_work_or_somebody_elses_stays(folder: Path) -> None:
    (folder / "payung-cadangan-saya").mkdir()
    (folder / "payung-12345678").mkdir()
    with scratch_folders.scratch_folder() as ours:
        grow_old(ours)
        scratch_folders.sweep()
        assert ours.is_dir()
    assert not ours.exists()
    assert {path.name for path in folder.iterdir()} == {"payung-cadangan-saya", "payung-12345678"}
    grow_old(folder / "payung-12345678")
    scratch_folders.sweep()
    assert [path.name for path in folder.iterdir()] == ["payung-cadangan-saya"]


def test_a_folder_that_is_being_made_and_not_locked_yet_stays(folder: Path) -> None:
    made = folder / "payung-12345678"
    made.mkdir()
    (made / ".terpakai.lock").touch()
    scratch_folders.sweep()
    assert made.is_dir()
    grow_old(made)
    scratch_folders.sweep()
    assert list(folder.iterdir()) == []
