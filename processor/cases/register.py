"""The register: finds, reads, files and amends cases, and keeps their journals.

A case folder appears whole or not at all. Staff own ``permohonan.yaml``: nothing here changes one. Others write in the
same folder: ``operations.edit_session`` the case file as an officer says, ``letters.placement`` the letters,
``cases.register_seal`` the seal, ``operations.referrals`` a journal of its own.
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from processor.cases import (
    case_file,
    case_mistakes,
    editor_files,
    evidence,
    journal,
    register_version,
    registration_numbers,
)
from processor.cases.case_file import CaseFile
from processor.cases.office_keys import OfficeKeys
from processor.cases.records import SEALED, Amendment, Event, NewCase
from processor.cases.register_seal import RegisterSeal
from processor.foundation import atomic_files, file_locks, yaml_reader
from processor.foundation.errors import PayungError, Problem
from processor.foundation.progress import Progress, silent
from processor.foundation.settings_agency import Taxonomy
from processor.foundation.yaml_reader import Document

OUTGOING = "keluar"
NOT_OURS = (case_file.FILE_NAME, SEALED)
"""Files of a case that no pass writes when it goes from case to case."""
_WAIT = 10.0  # seconds for a pass that is under way
_BUSY = "Register sedang dipakai proses Payung yang lain. Tunggu sampai selesai, lalu ulangi perintah ini."


@dataclass(frozen=True, slots=True)
class Filed:
    """One case as it lies in the register; ``case`` is None when its file cannot be used."""

    number: str
    folder: Path
    document: Document
    case: CaseFile | None
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]


class Register:
    """The private folder of cases; ``office`` are the keys to which they are sealed."""

    def __init__(self, folder: Path, office: OfficeKeys, taxonomy: Taxonomy) -> None:
        self.folder = folder
        self._office = office
        self._taxonomy = taxonomy
        self._inner = folder / ".payung"
        self.journalled: set[str] = set()  # of whose journals nobody has yet remembered what was added here
        self.sealing = RegisterSeal(folder, office)

    def prepare(self) -> None:
        """Make the folder where there is none, and keep the editor's schemas beside the cases up to date.

        Raises as ``RegisterSeal.current``, and Busy when another process is preparing it too.
        """
        register_version.check(self.folder)
        atomic_files.make_folder(self.folder)
        atomic_files.make_folder(self._inner)
        editor_files.write(self.folder, self._inner, self._taxonomy)
        atomic_files.replace_if_changed(
            self.folder / ".gitignore", b".payung/\nemail/\nkeluar/\nloket/\n~$*\n.~lock*\n*.suntingan.*\n"
        )
        atomic_files.replace_if_changed(self.folder / ".gitattributes", b"* -text\n")
        if not self.sealing.path.exists() or not register_version.up_to_date(self.folder):
            with self.lock(_WAIT):
                self.sealing.prepare()

    @contextmanager
    def lock(self, wait: float) -> Iterator[None]:
        """Hold the register for writing; what an older version left there is brought up to date first.

        Raises Busy when another process still holds it after ``wait`` seconds, and PayungError when a newer version
        of the program has written there.
        """
        with file_locks.hold(self._inner / "proses.lock", wait, _BUSY):
            register_version.bring_up_to_date(self.folder)
            atomic_files.remove_folder(self._drafts)
            yield

    @contextmanager
    def pass_lock(self, wait: float) -> Iterator[None]:
        """Keep other passes away, but nobody who writes. Raises Busy as ``lock``."""
        with file_locks.hold(self._inner / "putaran.lock", wait, _BUSY):
            yield

    @property
    def state_folder(self) -> Path:
        """Give the folder of what the processor keeps for itself."""
        return self._inner

    @property
    def _drafts(self) -> Path:
        return self._inner / "sementara"

    def check_key(self) -> None:
        """Raise PayungError when there is no register, or the office's key is not the one to which it is sealed."""
        if not self.folder.is_dir():
            raise PayungError(
                f"Register tidak ada di {self.folder}. Siapkan dengan payung siapkan, atau betulkan alamatnya."
            )
        self.sealing.check_key()

    def reseal(self, progress: Progress = silent, now: datetime | None = None) -> int:
        """Seal every case to the recipients of today; see ``RegisterSeal.reseal``."""
        return self.sealing.reseal(progress, now)

    def numbers(self) -> list[str]:
        """List every registration number, oldest first."""
        return registration_numbers.filed(self.folder)

    def missing(self, filed: Collection[str] | None = None) -> list[str]:
        """List numbers that were given out and have no folder any more; ``filed`` are those that have one, if known."""
        return [number for number in registration_numbers.missing(self.folder, filed) if not self.has(number)]

    def next_numbers(self, prefix: str, year: int, filed: Collection[str] | None = None) -> Iterator[str]:
        """Give the numbers to give out next in ``year``; see ``registration_numbers.next_numbers``."""
        return registration_numbers.next_numbers(self.folder, prefix, year, filed)

    def path(self, number: str) -> Path:
        """Find the folder of a case. Raises PayungError when ``number`` is none, or not in the register."""
        match = registration_numbers.PATTERN.match(number)
        folder = self.folder / match[1] / number if match else None
        if folder is None or not folder.is_dir():
            raise PayungError(f"Permohonan {number} tidak ada di register. Lihat nomornya dengan payung daftar.")
        return folder

    def number_meant(self, text: str) -> str:
        """Complete the number that a person typed: in any case of letters, or its last digits for the newest year."""
        if text.isdecimal():
            ending = f"-{int(text):04d}"
            return next((number for number in reversed(self.numbers()) if number.endswith(ending)), text)
        return text.upper()

    def change_marks(self, numbers: Iterable[str] | None = None, *names: str) -> dict[str, str]:
        """Give the ``change_mark`` of every case, oldest first, or of ``numbers`` alone; ``names`` as there."""
        return {n: self.change_mark(n, *names) for n in (self.numbers() if numbers is None else numbers)}

    def journal_mark(self, number: str) -> str:
        """Give the ``change_mark`` of a case's journal."""
        return self.change_mark(number, journal.FILE_NAME)

    def has(self, number: str) -> bool:
        """Tell whether the register holds a case of this number."""
        return (self.folder / registration_numbers.PATTERN.sub(r"\1", number) / number).is_dir()

    def change_mark(self, number: str, *names: str) -> str:
        """Give a text that differs once one of a case's files has changed: size and time of each.

        Args:
            number: the registration number.
            names: the files to look at; by default case file, journal and dossier, and the folders of the case, of its
                letters and its attachments: a folder's time moves when something in it comes, goes or is renamed.
        """
        folder = f"{self.folder}/{number.split('-')[1]}/{number}/"
        return _mark(folder, names or _SIGNED)

    def read(self, number: str) -> Filed:
        """Read a case with its journal, and every mistake found in either. Raises PayungError when there is none."""
        folder = self.path(number)
        document = yaml_reader.read(folder / case_file.FILE_NAME)
        case, problems = case_mistakes.check_document(document, self._taxonomy)
        if case and case.nomor_registrasi != number:
            line = document.line(("nomor_registrasi",))
            wrong = Problem(str(document.path), line, f"Nomor registrasi bukan {number}.", f"Tulis kembali {number}.")
            case, problems = None, (*problems, wrong)
        events, breaks = journal.read_from_filing(folder / journal.FILE_NAME)
        return Filed(number, folder, document, case, events, (*problems, *breaks))

    def add(self, cases: Sequence[NewCase]) -> None:
        """File ``cases``: write all, flush them together, then let each appear by one rename, in order of number."""
        atomic_files.remove_folder(self._drafts)
        files = [path for new in cases for path in self._draft(new)]
        atomic_files.sync_all(files)
        for new in cases:
            year = self.folder / registration_numbers.PATTERN.sub(r"\1", new.number)
            atomic_files.make_folder(year)
            atomic_files.move(self._drafts / new.number, year / new.number)
        atomic_files.sync_folder(self.folder)
        for folder in registration_numbers.years(self.folder):
            atomic_files.sync_folder(folder)
        registration_numbers.save_highest(self.folder, [new.number for new in cases])
        self.journalled.update(new.number for new in cases)

    def _draft(self, new: NewCase) -> list[Path]:
        """Write a case where it cannot be seen yet; give the files still to be flushed."""
        folder, (filing, *events) = self._drafts / new.number, new.events
        attachments = self._sealed(new.attachments)
        contents = {
            case_file.FILE_NAME: new.text.encode(),
            SEALED: new.sealed,
            journal.FILE_NAME: journal.journal_lines([evidence.with_digests(filing, attachments), *events], new.number),
            **attachments,
        }
        for name, content in contents.items():
            atomic_files.make_folder((folder / name).parent)
            atomic_files.write(folder / name, content, sync=False)
        return [folder / name for name in contents]

    def _sealed(self, attachments: Mapping[str, bytes]) -> dict[str, bytes]:
        """Seal attachments; give them by their paths in the case's folder."""
        return {f"{evidence.ATTACHMENTS}/{name}": self._office.seal(one) for name, one in attachments.items()}

    def amend(self, edit: Amendment) -> None:
        """Take in an edited response. The journal says so last: after a crash the same edit is taken in again.

        What only the crashed one brought is removed: a scanner may have stopped a file meanwhile.
        Raises PayungError, and writes nothing, where the beginning of the journal is gone; so do all that record.
        """
        folder = self.path(edit.number)
        journal.check_beginning(folder / journal.FILE_NAME)
        attachments = self._sealed(edit.attachments)
        for name in self._left_by_a_crash(edit):
            if name not in attachments:
                atomic_files.remove(folder / name)
        atomic_files.replace_if_changed(folder / edit.name, edit.text.encode())
        for name, content in attachments.items():
            atomic_files.make_folder((folder / name).parent)
            atomic_files.replace(folder / name, content)
        event = evidence.with_digests(edit.event, {edit.name: edit.text.encode(), **attachments})
        self.replace_dossier(edit.number, edit.sealed, event)

    def _left_by_a_crash(self, edit: Amendment) -> list[str]:
        """List the attachments that the same addition brought when it was begun before, and that nothing tells of."""
        filed = self.read(edit.number)
        listed = filed.case.lampiran if filed.case else ()
        return evidence.unfinished(yaml_reader.read(filed.folder / edit.name), filed.events, listed)

    def replace_dossier(self, number: str, sealed: bytes, *events: Event) -> None:
        """Put a changed dossier, sealed, in the place of the old one, then let the journal say so."""
        atomic_files.replace(self.path(number) / SEALED, sealed)
        self.record(number, *events)

    def mend(self, number: str) -> None:
        """Remove a journal's last line where a crash cut it short. To be called under the lock."""
        self.journalled.add(number)
        journal.drop_torn_line(self.path(number) / journal.FILE_NAME)

    def record(self, number: str, *events: Event) -> None:
        """Add events to a case's journal."""
        path = self.path(number) / journal.FILE_NAME
        journal.check_beginning(path)
        journal.append(path, events)
        self.journalled.add(number)

    def journal_content(self, number: str) -> bytes:
        """Read a case's journal as it lies on the disk. Raises OSError or PayungError when there is none."""
        return (self.path(number) / journal.FILE_NAME).read_bytes()

    @property
    def recipients(self) -> tuple[str, ...]:
        """Give the public keys to which everything is sealed."""
        return self._office.recipients

    def holds_key(self, content: bytes) -> bool:
        """Tell whether ``content`` holds a private key of the office."""
        return self._office.are_in(content)

    def seal(self, content: bytes) -> bytes:
        """Seal ``content`` to every recipient of the office."""
        return self._office.seal(content)

    def unseal(self, sealed: bytes) -> bytes:
        """Open what was sealed to this office. Raises PayungError when it was sealed to somebody else or is damaged."""
        return self._office.open(sealed)

    def fingerprint(self, kind: str, text: str) -> str:
        """Compute the keyed fingerprint of ``text`` (24 hex digits) with this register's secret."""
        return self.sealing.fingerprint(kind, text)

    def state(self, name: str) -> dict[str, Any]:
        """Read what ``save_state`` kept under ``name``; give nothing where nothing readable is."""
        try:
            data = json.loads((self._inner / f"{name}.json").read_bytes())
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def save_state(self, name: str, data: Mapping[str, Any]) -> None:
        """Keep ``data`` under ``name``: cursors, the index, nothing that cannot be made again."""
        atomic_files.replace_if_changed(self._inner / f"{name}.json", json.dumps(data, ensure_ascii=False).encode())


def _mark(folder: str, names: Sequence[str]) -> str:
    """Give size and time of each file in a folder, whose path ends in a slash; "-" where there is none."""
    found = []
    for name in names:
        try:
            stat = os.stat(folder + name)  # noqa: PTH116 -- asked several times a case at every pass
        except OSError:  # also where a file stands in the place of a folder
            found.append("-")
        else:
            found.append(f"{stat.st_size}.{stat.st_mtime_ns}")
    return " ".join(found)


_SIGNED = (case_file.FILE_NAME, journal.FILE_NAME, SEALED, OUTGOING, "", evidence.ATTACHMENTS)


def journal_part(mark: str) -> str:
    """Give what a whole ``Register.change_mark`` says of the journal, as its mark alone would say it."""
    return mark.split(" ")[_SIGNED.index(journal.FILE_NAME)]


def sealed_part(mark: str) -> str:
    """Give what a whole ``Register.change_mark`` says of the sealed dossier, as its mark alone would say it."""
    return mark.split(" ")[_SIGNED.index(SEALED)]
