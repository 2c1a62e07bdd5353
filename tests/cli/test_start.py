"""What a command imports: help nothing that is slow, the list of cases only what reads cases."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from processor.operations import advance
from processor.operations.office import open_office
from tests.office import ROOT, agency, file, register, response

HEAVY = {
    "docx", "docxtpl", "google", "googleapiclient", "holidays", "httplib2", "jinja2", "lxml", "markdown",
    "mkdocs", "PIL", "pypdf", "segno", "snowballstemmer", "starlette", "uvicorn",
}  # fmt: skip
SLOW = HEAVY | {"filelock", "pydantic", "pyrage", "tqdm", "yaml"}


def imported(*words: str) -> set[str]:
    """The packages that a process has imported once ``payung`` has done what the words say."""
    told = "import sys; from processor.cli.main import main\ntry: main(sys.argv[1:])\nfinally: print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told, *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return {name.partition(".")[0] for name in done.stdout.rsplit("\n", 2)[-2].split()}


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["entah"]])
def test_help_imports_nothing_slow(words: list[str]) -> None:
    found = imported(*words)
    assert "argparse" in found
    assert found & SLOW == set()


def test_the_list_of_known_cases_imports_only_what_reads_cases(tmp_path: Path) -> None:
    found = agency(tmp_path)
    file(register(tmp_path), response(1))
    advance.advance(open_office(found, lambda: datetime.now(UTC)))  # keeps what the list shows
    packages = imported("daftar", "--pengaturan", str(found.path))
    assert {"pydantic", "yaml"} <= packages
    assert packages & HEAVY == set()
