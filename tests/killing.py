"""Kills what is done at a chosen step, as a power cut would."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from processor.cli.main import main

HOLDERS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def done_until_killed(folder: Path, step: int, act: Callable[[], object]) -> bool:
    """``act`` in a child that dies before its ``step``-th write or word; whether it got through."""
    return os.waitstatus_to_exitcode(os.waitpid(begun(folder, step, act), 0)[1]) == 0


def begun(folder: Path, step: int, act: Callable[[], object], last: Callable[[], object] = bool) -> int:
    """Begin ``act`` in a child that is killed as ``die_at`` says; give its process."""
    child = os.fork()
    if child:
        return child
    try:
        die_at(folder, step, last)
        act()
    except BaseException:  # noqa: BLE001 -- the parent only sees the exit code
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def die_at(folder: Path, step: int, last: Callable[[], object] = bool) -> None:
    """Let this process be killed before its ``step``-th write under ``folder`` or word to a mail server.

    ``last`` is called just before that.
    """
    steps = 0

    def kill(name: str, args: tuple[object, ...]) -> None:
        nonlocal steps
        writing = name in HOLDERS and (str(folder) in str(args[0]) or not Path(str(args[0])).is_absolute())
        if name == "open" and writing:
            writing = (isinstance(args[2], int) and bool(args[2] & WRITES)) or args[1] in {"xb", "ab"}
        if writing or name in {"smtplib.connect", "smtplib.send"}:
            steps += 1
            if steps == step:
                last()
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(kill)


if __name__ == "__main__":  # FOLDER STEP WORD...: a command in a process that is killed on the way
    die_at(Path(sys.argv[1]), int(sys.argv[2]))
    sys.exit(main(sys.argv[3:]))
