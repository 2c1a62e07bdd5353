"""``payung sunting``: a person edits a copy of the case file, which takes the file's place once it is sound.

What was typed is never lost: the copy stays beside the case through every crash and refusal until it has taken
the file's place. What an editor that was still open wrote after that is put aside, under a name that is told. Of two
people at one case the second is told.
"""

import hashlib
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Never

from filelock import FileLock, Timeout

from processor import casefile, durable, overview, yamltext
from processor.errors import Busy, PayungError, Problem
from processor.office import Office
from processor.register import Filed

COPY = "permohonan.suntingan.yaml"
COPIES = "permohonan.suntingan*.yaml"
_BASE = f".{COPY}.asal"
_AT_ONCE = 2.0  # seconds; nobody reads a case so fast


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
    """Hold a case for editing. Raises Busy when somebody else does, PayungError when a copy had to be put aside."""
    folder = office.register.path(number)
    path, copy, base = folder / casefile.FILE_NAME, folder / COPY, folder / _BASE
    try:
        with FileLock(folder / f".{COPY}.lock", timeout=0):
            if copy.exists() and not base.exists():
                _put_aside(copy)
            resumed = copy.exists() and copy.read_bytes() != base.read_bytes()
            if not resumed:
                durable.replace(base, path.read_bytes())
                durable.replace(copy, path.read_bytes())
            yield Session(office, number, path, copy, base.read_bytes(), resumed)
    except Timeout as error:
        raise Busy(f"{number} sedang disunting orang lain di komputer ini. Tunggu sampai selesai.") from error


def _put_aside(copy: Path) -> Never:
    """Keep a copy of which nobody knows from which text it was made. Raises PayungError with its new name."""
    content = copy.read_bytes()
    aside = copy.with_name(f"{copy.stem}.{hashlib.sha256(content).hexdigest()[:8]}{copy.suffix}")
    copy.rename(aside)
    raise PayungError(
        "Penyunting yang masih terbuka menulis lagi sesudah suntingan terakhir selesai. Tulisan itu kini ada di "
        f"{aside}. Jalankan lagi perintah ini, pindahkan yang perlu, lalu hapus berkas itu."
    )


def open_editor(at: Session, command: Sequence[str]) -> None:
    """Let the person work, and wait. Raises PayungError when the editor cannot be started, or did not wait."""
    opened = time.monotonic()
    try:
        subprocess.run([*command, str(at.copy)], check=False)  # noqa: S603 -- the person's own editor
    except OSError as error:
        raise PayungError(
            f"Penyunting {command[0]} tidak dapat dibuka ({error.strerror}). Setel VISUAL atau EDITOR. "
            f"Yang sudah ditulis ada di {at.copy}."
        ) from error
    if time.monotonic() - opened < _AT_ONCE and at.copy.read_bytes() == at.before:
        raise PayungError(
            "Penyunting langsung kembali, dan belum ada yang berubah. Bila masih terbuka, selesaikan di sana, simpan, "
            'lalu jalankan lagi perintah yang sama. Untuk VS Code, setel EDITOR="code --wait".'
        )


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
        now = at.path.read_bytes()
        if now not in {at.before, content}:
            raise Busy(
                f"{at.path.name} berubah sewaktu Anda menyunting. Tulisan Anda tetap ada di {at.copy}; pindahkan yang "
                "perlu, lalu hapus berkas itu."
            )
        if content != now:
            durable.replace(at.path, content)
    at.copy.unlink()
    at.copy.with_name(_BASE).unlink()
    return content != now
