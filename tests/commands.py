"""Commands: in this process, so that a test costs no interpreter, or in one of their own where that is the point."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from processor.cli import main
from tests.office import ROOT


class Terminal(io.TextIOWrapper):
    """Input that somebody types."""

    def isatty(self) -> bool:
        return True


def payung(
    *words: object,
    folder: Path,
    code: int = 0,
    typed: bytes = b"",
    environment: Mapping[str, str] | None = None,
    source: type[io.TextIOWrapper] = io.TextIOWrapper,
) -> str:
    """What ``payung`` prints, from ``folder``, with its input from a pipe; another code than ``code`` is a failure."""
    said, complained = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as here, chdir(folder), redirect_stdout(said), redirect_stderr(complained):
        here.setattr(sys, "stdin", source(io.BytesIO(typed), "utf-8"))
        for name, value in (environment or {}).items():
            here.setenv(name, value)
        try:
            ended: object = main.main([str(word) for word in words])
        except SystemExit as end:  # argparse's way out
            ended = end.code or 0
    everything = said.getvalue() + complained.getvalue()
    assert ended == code, everything
    return everything


def process(
    *words: str, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """``payung`` in a process of its own, as a person runs it, until it ends."""
    return subprocess.run(
        [sys.executable, "-m", "processor", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
