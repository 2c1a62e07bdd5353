"""Long work shows on a terminal, and nowhere else."""

import contextlib
import io
import json
import os
import pty
import re
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from processor.cli.terminal_progress import progress_line
from processor.foundation.progress import counted, silent, stage
from tests.office import ROOT, agency, file, register, response

COLOUR = r"\x1b\[[0-9;]*m"


class Terminal(io.StringIO):
    """What a terminal is asked to draw."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def on_terminal(*words: str, folder: Path) -> tuple[str, str]:
    """What ``payung`` prints into a pipe, and what it shows meanwhile on a real terminal."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (24, 100))
    with subprocess.Popen(
        [sys.executable, "-m", "processor", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # Linux says so when the other side has closed
            while part := os.read(ours, 4096):
                shown += part
        assert process.stdout is not None
        printed = process.stdout.read()
    os.close(ours)
    return printed.decode(), shown.decode()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with three cases."""
    folder = tmp_path_factory.mktemp("kantor")
    agency(folder)
    file(register(folder), *(response(person, minute=person) for person in (1, 2, 3)))
    return folder


def test_a_first_look_shows_how_far_it_is_on_a_terminal(office: Path) -> None:
    printed, shown = on_terminal("daftar", "--json", folder=office)
    assert "Membaca permohonan 0/3" in shown
    assert shown.endswith("\r"), "the line is taken away at the end"
    assert len(json.loads(printed)) == 3
    assert re.search(COLOUR, shown) is None


@pytest.mark.long
def test_the_check_of_everything_shows_it_too_without_colour(office: Path) -> None:
    _, shown = on_terminal("periksa", folder=office)
    assert "Memeriksa permohonan 0/3" in shown
    assert re.search(COLOUR, shown) is None


def test_sealing_anew_shows_how_far_it_is(office: Path) -> None:
    printed, shown = on_terminal("siapkan", "--kunci-pemulihan", folder=office)
    assert "Menyegel ulang permohonan 0/3" in shown
    assert "3 dari 3 permohonan disegel ulang" in printed


def test_nothing_shows_where_no_person_looks(office: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "processor", "daftar"],
        cwd=office,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert (done.stdout.count("\n"), done.stderr) == (4, "")
    assert progress_line(io.StringIO()) is silent


def test_one_piece_of_work_follows_the_other_in_the_same_line() -> None:
    terminal = Terminal()
    progress = progress_line(terminal)
    with stage(progress, "Membangun situs"):
        assert terminal.getvalue().endswith("Membangun situs … ")
    list(counted(progress, "Memeriksa permohonan", range(2)))
    assert "\rMemeriksa permohonan 0/2 |" in terminal.getvalue()
    assert terminal.getvalue().endswith(" \r")


def test_nothing_to_do_shows_nothing() -> None:
    terminal = Terminal()
    list(counted(progress_line(terminal), "Memeriksa permohonan", ()))
    assert terminal.getvalue() == ""
