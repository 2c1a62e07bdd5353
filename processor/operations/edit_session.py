"""``payung sunting``: a person edits a copy of the case file, which takes the file's place once it is sound.

What was typed is never lost: the copy stays beside the case through every crash and refusal until it has taken
the file's place. What an editor that was still open wrote after that is put aside, under a name that is told. Of two
people at one case the second is told.
"""

import hashlib
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Never

from processor.cases import case_file, case_mistakes, earlier_texts
from processor.cases.register import Filed
from processor.foundation import atomic_files, file_locks, law_catalogue, yaml_reader
from processor.foundation.errors import BrokenFiles, Busy, PayungError, Problem
from processor.operations import act_journal, case_letters, overview, study_holders
from processor.operations.act_journal import NOBODY, Person
from processor.operations.office import Office

COPY = "permohonan.suntingan.yaml"
COPIES = "permohonan.suntingan*.yaml"
_BASE, _LOCK = f".{COPY}.asal", study_holders.LOCK
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


def check_free(office: Office, number: str) -> None:
    """Raise Busy while somebody edits the case: they would have to merge by hand what a command wrote meanwhile."""
    if (office.register.path(number) / _LOCK).exists():
        with _alone(office, number):
            pass


@contextmanager
def _alone(office: Office, number: str) -> Iterator[Path]:
    """Hold a case for one person, and give its folder. Raises Busy while somebody edits it."""
    folder = office.register.path(number)
    busy = f"{number} sedang disunting di komputer ini. Tunggu sampai selesai, lalu ulangi."
    with file_locks.hold(folder / _LOCK, 0, busy):
        yield folder


@contextmanager
def session(office: Office, number: str, by: Person = NOBODY, *, take_over: bool = False) -> Iterator[Session]:
    """Hold a case for editing.

    Args:
        office: The open office.
        number: The case.
        by: Who edits.
        take_over: Whether to begin although a page of the desk has the study open: what is typed there stays, and is
            shown beside what is saved here.

    Raises:
        Busy: When somebody else does.
        PayungError: When a copy had to be put aside.
    """
    told = study_holders.held_by_command(office, number, by.account, take_over=take_over)
    with _alone(office, number) as folder, told:
        path, copy, base = folder / case_file.FILE_NAME, folder / COPY, folder / _BASE
        if copy.exists() and not base.exists():
            _put_aside(copy)
        resumed = copy.exists() and copy.read_bytes() != base.read_bytes()
        if not resumed:
            atomic_files.replace(base, path.read_bytes())
            atomic_files.replace(copy, path.read_bytes())
        yield Session(office, number, path, copy, base.read_bytes(), resumed)


def _put_aside(copy: Path) -> Never:
    """Keep a copy of which nobody knows from which text it was made. Raises PayungError with its new name."""
    content = copy.read_bytes()
    aside = copy.with_name(f"{copy.stem}.{hashlib.sha256(content).hexdigest()[:8]}{copy.suffix}")
    atomic_files.move(copy, aside)
    raise PayungError(
        "Penyunting yang masih terbuka menulis lagi sesudah suntingan terakhir selesai. Tulisan itu kini ada di "
        f"{aside}. Jalankan lagi perintah ini, pindahkan yang perlu, lalu hapus berkas itu."
    )


def open_editor(at: Session, command: Sequence[str]) -> None:
    """Let the person work, and wait. Raises PayungError when the editor cannot be started, or did not wait."""
    opened = time.monotonic()
    program = shutil.which(command[0])  # on Windows “code” is code.cmd, which is only started by its whole name
    try:
        if program is None:
            raise FileNotFoundError
        subprocess.run([program, *command[1:], str(at.copy)], check=False)  # noqa: S603 -- the person's own editor
    except OSError as error:
        raise PayungError(
            f"Penyunting {command[0]} tidak ditemukan atau tidak dapat dijalankan. Setel EDITOR (atau VISUAL, yang "
            'didahulukan) ke penyunting yang terpasang. Windows: setx EDITOR "code --wait", lalu buka terminal baru. '
            f"Linux dan macOS: export EDITOR=nano. Yang sudah ditulis ada di {at.copy}."
        ) from error
    if time.monotonic() - opened < _AT_ONCE and at.copy.read_bytes() == at.before:
        raise PayungError(
            "Penyunting langsung kembali, dan belum ada yang berubah. Bila masih terbuka, selesaikan di sana, simpan, "
            'lalu jalankan lagi perintah yang sama. Untuk VS Code, setel EDITOR="code --wait".'
        )


def copy_mistakes(at: Session) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Give what keeps the copy from being used, and what merely does not count yet."""
    document = yaml_reader.read(at.copy)
    case, problems = case_mistakes.check_document(document, at.office.settings.taksonomi)
    if case is None or problems:
        return problems, ()
    if case.nomor_registrasi != at.number:
        line = document.line(("nomor_registrasi",))
        return (Problem(str(at.copy), line, f"Nomor registrasi bukan {at.number}.", f"Tulis {at.number}."),), ()
    events = at.office.register.read(at.number).events
    seen = overview.derive_for(at.office, Filed(at.number, at.path.parent, document, case, events, ()))
    if seen is None:
        return (), ()
    with suppress(BrokenFiles):  # a slip in the catalogue of law is nothing that the editor of a case can mend
        catalogue = law_catalogue.load(at.office.settings.law_catalogue)
        return (), (*seen.problems, *case_letters.missing_for_letters(case, seen, catalogue, document))
    return (), seen.problems


def save_copy(at: Session, by: Person = NOBODY) -> bool:
    """Let the copy take the file's place, and the journal say who wrote it; tell whether anything changed.

    Raises:
        Busy: When the file has changed since; then both texts stay.
    """
    content, register = at.copy.read_bytes(), at.office.register
    with register.lock(10):
        now = at.path.read_bytes()
        if now not in {at.before, content}:
            raise Busy(
                f"{at.path.name} berubah sewaktu Anda menyunting. Tulisan Anda tetap ada di {at.copy}; pindahkan yang "
                "perlu, lalu hapus berkas itu."
            )
        if content != now:
            before = register.read(at.number)
            act_journal.note(at.office, before, lambda: act_journal.by_hand(at.office, before, at.office.now()))
            for text in (now, content):
                earlier_texts.keep(at.path.parent, text.decode("utf-8-sig", "replace"), at.office.now())
            atomic_files.replace(at.path, content)
            act_journal.note(at.office, register.read(at.number), lambda: act_journal.by_command(by, at.office.now()))
    atomic_files.remove(at.copy)
    atomic_files.remove(at.copy.with_name(_BASE))
    return content != now
