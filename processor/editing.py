"""``payung sunting``: a person edits a copy of the case file, which takes the file's place once it is sound.

What was typed is never lost: the copy stays beside the case through every crash and refusal until it has taken
the file's place. Of two people at one case the second is told.
"""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from processor import casefile, durable, overview, yamltext
from processor.errors import Busy, PayungError, Problem
from processor.office import Office
from processor.register import Filed

COPY = "permohonan.suntingan.yaml"


@dataclass(frozen=True, slots=True)
class Session:
    """One person at one case: the file, what it held when the copy was made, and whether work was left from before."""

    office: Office
    number: str
    path: Path
    copy: Path
    before: bytes
    resumed: bool


@contextmanager
def session(office: Office, number: str) -> Iterator[Session]:
    """Hold a case for editing. Raises Busy when somebody else does."""
    folder = office.register.path(number)
    path, copy, base = folder / casefile.FILE_NAME, folder / COPY, folder / f".{COPY}.asal"
    try:
        with FileLock(folder / f".{COPY}.lock", timeout=0):
            resumed = copy.exists() and base.exists()
            if not resumed:
                durable.replace(base, path.read_bytes())
                durable.replace(copy, path.read_bytes())
            yield Session(office, number, path, copy, base.read_bytes(), resumed)
    except Timeout as error:
        raise Busy(f"{number} sedang disunting orang lain di komputer ini. Tunggu sampai selesai.") from error


def open_editor(at: Session, command: Sequence[str]) -> None:
    """Let the person work, and wait. Raises PayungError when the editor cannot be started."""
    try:
        subprocess.run([*command, str(at.copy)], check=False)  # noqa: S603 -- the person's own editor
    except OSError as error:
        raise PayungError(
            f"Penyunting {command[0]} tidak dapat dibuka ({error.strerror}). Setel VISUAL atau EDITOR. "
            f"Yang sudah ditulis ada di {at.copy}."
        ) from error


def mistakes(at: Session) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What keeps the copy from being used, and what merely does not count yet."""
    document = yamltext.read(at.copy)
    case, problems = casefile.check(document, at.office.settings.taksonomi)
    if case is None or problems:
        return problems, ()
    if case.nomor_registrasi != at.number:
        line = document.line(("nomor_registrasi",))
        return (Problem(str(at.copy), line, f"Nomor registrasi bukan {at.number}.", f"Tulis {at.number}."),), ()
    events = at.office.register.read(at.number).events
    seen = overview.look(at.office, Filed(at.number, at.path.parent, document, case, events, ()))
    return (), seen.problems if seen else ()


def finish(at: Session) -> bool:
    """Let the copy take the file's place; whether anything changed.

    Raises Busy when the file has changed since: then both texts stay.
    """
    content = at.copy.read_bytes()
    with at.office.register.lock(10):
        if at.path.read_bytes() != at.before:
            raise Busy(
                f"{at.path.name} berubah sewaktu Anda menyunting. Tulisan Anda tetap ada di {at.copy}; pindahkan yang "
                "perlu, lalu hapus berkas itu."
            )
        if content != at.before:
            durable.replace(at.path, content)
    discard(at)
    return content != at.before


def discard(at: Session) -> None:
    """Take the copy away, once it holds nothing that the file does not."""
    at.copy.unlink(missing_ok=True)
    at.copy.with_name(f".{COPY}.asal").unlink(missing_ok=True)
