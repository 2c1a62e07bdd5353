"""Tries one mutant after another in a copy of the tree, each in a child forked after everything slow was imported.

Started by ``tests.mutate`` with the copy as its folder. Reads a line of JSON for each mutant and answers with one.
"""

import json
import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

_PYTEST = (
    *("-x", "-q", "-m", "not slow", "-p", "no:cacheprovider", "-o", "addopts="),
    *("--disable-socket", "--allow-hosts=127.0.0.1,::1", "--allow-unix-socket"),
)


def main(tests: list[str]) -> None:
    """Answer until there is nothing more to read; ``tests`` are all that may be asked for."""
    answers = os.fdopen(os.dup(1), "w")
    silence()
    warm_up(tests)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(tried(**asked)), file=answers, flush=True)


def silence() -> None:
    """Nobody reads what pytest says of a mutant."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def warm_up(tests: list[str]) -> None:
    """Import what the tests need, then forget all that comes from the tree: a child imports that anew."""
    here = str(Path.cwd())
    sys.path.insert(0, here)
    pytest.main([*_PYTEST, "--collect-only", *tests])
    for name, module in [*sys.modules.items()]:
        if str(getattr(module, "__file__", None) or "").startswith(here):
            del sys.modules[name]
    sys.dont_write_bytecode = True  # a mutant of the same length and second would be taken for the sound module
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"


def tried(module: str, source: str, tests: list[str], limit: float) -> dict[str, Any]:
    """How the tests end with ``source`` as the module, and after how many seconds."""
    path = Path(module)
    sound = path.read_bytes()
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
        compiled.unlink()
    path.write_text(source, "utf-8")
    begun_at = time.monotonic()
    try:
        ending = _run(tests, limit)
    finally:
        path.write_bytes(sound)
    return {"ending": ending, "seconds": time.monotonic() - begun_at}


def _run(tests: list[str], limit: float) -> str:
    """Run the tests in a child of its own group, so that what it leaves running ends with it."""
    child = multiprocessing.get_context("fork").Process(target=_test, args=(tests,))
    child.start()
    child.join(limit)
    try:
        if child.exitcode is None:
            return "timed out"
        return "killed" if child.exitcode else "survived"
    finally:
        if child.pid:
            _end(child.pid)
        child.join()


def _end(group: int) -> None:
    """End a child and whatever it started."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _test(tests: list[str]) -> None:
    os.setsid()
    os._exit(pytest.main([*_PYTEST, *tests]))


if __name__ == "__main__":
    main(sys.argv[1:])
