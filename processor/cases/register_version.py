"""The version of a register, in ``.payung/versi.json``: an older program leaves alone what a newer one wrote.

A register without that file is version 1, as Payung 0.1.0 left it. The number grows only when something stored changes
its form; the program of before then refuses the register.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from processor.foundation import atomic_files
from processor.foundation.errors import PayungError

FILE = ".payung/versi.json"
Step = Callable[[Path], None]

STEPS: tuple[Step, ...] = ()
"""What makes of version n of a register, given as its folder, the next one: the first stands for n = 1.

A step may be done again after a crash, or where ``.payung`` was lost: on what it has already changed it does nothing.
"""


def version_of(register: Path) -> int:
    """Tell the version of what lies in ``register``. Raises PayungError where the file that says so is damaged."""
    path = register / FILE
    try:
        found = json.loads(path.read_bytes())["versi"]
    except FileNotFoundError:
        return 1
    except (OSError, ValueError, LookupError, TypeError):
        found = None
    if type(found) is not int or found < 1:
        raise PayungError(f"{path} rusak, jadi versi register tidak diketahui. Pulihkan berkas itu dari cadangan.")
    return found


def check(register: Path, steps: Sequence[Step] = STEPS) -> None:
    """Raise PayungError where a newer program has written in ``register``, or nobody can tell."""
    found, known = version_of(register), len(steps) + 1
    if found > known:
        raise PayungError(
            f"Register ini sudah dipakai dengan Payung yang lebih baru (register versi {found}; program ini mengenal "
            f"sampai versi {known}). Perbarui Payung di komputer ini, lalu ulangi perintahnya. Belum ada yang diubah."
        )


def up_to_date(register: Path, steps: Sequence[Step] = STEPS) -> bool:
    """Tell whether ``register`` says that it lacks no step. Raises as ``version_of``."""
    return (register / FILE).exists() and version_of(register) == len(steps) + 1


def bring_up_to_date(register: Path, steps: Sequence[Step] = STEPS) -> None:
    """Take every step that ``register`` lacks; each is noted once it is done. To be called under the register's lock.

    Raises as ``check``, and whatever a step raises: then the register has the version before that step.
    """
    check(register, steps)
    found = version_of(register)
    if up_to_date(register, steps):
        return
    _note(register, found)
    for version, step in enumerate(steps[found - 1 :], start=found + 1):
        step(register)
        _note(register, version)


def _note(register: Path, version: int) -> None:
    """Let the register say its version."""
    atomic_files.replace(register / FILE, json.dumps({"versi": version}).encode())
