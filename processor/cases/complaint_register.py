"""The register of complaints, ``pengaduan/`` beside the cases: finds, reads and files them; never one of the requests.

Staff own ``pengaduan.yaml``, the program owns the journal; what was said is sealed (``complaint_content``).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from processor.cases import case_file_text, case_mistakes, complaint, complaint_content, journal, registration_numbers
from processor.cases.complaint import Complaint
from processor.cases.complaint_content import SEALED_WORDS, ComplaintContent
from processor.cases.records import Event
from processor.cases.register import Register
from processor.cases.staff import Staff
from processor.foundation import atomic_files, yaml_editor, yaml_reader
from processor.foundation.errors import PayungError, Problem
from processor.foundation.yaml_editor import SectionChanges
from processor.foundation.yaml_reader import Document
from processor.foundation.yaml_writer import dump

FOLDER = "pengaduan"
PREFIX = "PGD"
_NUMBER = re.compile(rf"{PREFIX}-\d{{4}}-\d{{4,}}")
_SCHEMA = "pengaduan.schema.json"
_DRAFT = ".sementara"
_HEAD = (
    f"# yaml-language-server: $schema=../../.payung/{_SCHEMA}\n"
    f"# Isi pengaduan dan identitas pengadu tersegel di {SEALED_WORDS}. Jangan menulisnya di berkas ini.\n"
    "# Petugas yang diadukan: tulis nama pendeknya pada diadukan. Ia tidak melihat dan tidak menangani.\n\n"
)


@dataclass(frozen=True, slots=True)
class FiledComplaint:
    """One complaint as it lies in the register; ``complaint`` is None when its file cannot be used."""

    number: str
    folder: Path
    document: Document
    complaint: Complaint | None
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]

    def broken(self, staff: Staff) -> Iterator[Problem]:
        """Find which rules it breaks, each on its line."""
        for _, key, message, mend in complaint.broken(self.complaint, staff) if self.complaint else ():
            yield Problem(str(self.document.path), self.document.line(key), message, mend)


def numbers(register: Register) -> list[str]:
    """List the number of every complaint, oldest first."""
    folder = register.folder / FOLDER
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(filter(_NUMBER.fullmatch, names), key=registration_numbers.order)


def is_complaint(register: Register, number: str) -> bool:
    """Tell whether ``number`` is that of a complaint, and not of a request."""
    return bool(_NUMBER.fullmatch(number)) and (register.folder / FOLDER / number).is_dir()


def number_meant(register: Register, text: str) -> str:
    """Complete the number that a person typed: in any case of letters, or its last digits for the newest year."""
    ending = f"-{int(text):04d}" if text.isdecimal() else None
    there = reversed(numbers(register)) if ending else ()
    return next((number for number in there if ending and number.endswith(ending)), text.upper())


def path(register: Register, number: str) -> Path:
    """Find the folder of a complaint. Raises PayungError when there is none."""
    if not is_complaint(register, number):
        raise PayungError(f"Pengaduan {number} tidak ada di register. Lihat nomornya dengan payung pengaduan.")
    return register.folder / FOLDER / number


def read(register: Register, number: str) -> FiledComplaint:
    """Read a complaint with its journal, and every mistake in either. Raises PayungError when there is none."""
    folder = path(register, number)
    document = yaml_reader.read(folder / complaint.FILE_NAME)
    found, problems = yaml_reader.validate(Complaint, document)
    if found:
        wrong = tuple(_unusable(document, found, number))
        problems = (*wrong, *case_mistakes.misspelt(document, found))
        found = None if wrong else found
    events, breaks = journal.read_from_filing(folder / journal.FILE_NAME)
    return FiledComplaint(number, folder, document, found, events, (*problems, *breaks))


def _unusable(document: Document, found: Complaint, number: str) -> Iterator[Problem]:
    """Find what keeps a readable file from being used."""
    if "diadukan" not in document.data:  # misspelt or deleted: whom it is about would be shown it
        message, mend = "Kunci diadukan hilang, jadi pengaduan ini disembunyikan dari semua.", "Tulis lagi diadukan:"
        yield Problem(str(document.path), None, message, f"{mend} kosong, atau daftar nama pendek petugas.")
    if found.nomor_pengaduan != number:
        line = document.line(("nomor_pengaduan",))
        yield Problem(str(document.path), line, f"Nomor pengaduan bukan {number}.", f"Tulis kembali {number}.")
    if found.diterima.tzinfo is None:
        mend = "Tulis seperti 2026-07-02T08:00:00+07:00 (WITA +08:00, WIT +09:00)."
        yield Problem(str(document.path), document.line(("diterima",)), "“diterima” tanpa zona waktu.", mend)


def change_mark(register: Register, number: str) -> str:
    """Give a text that differs once one of a complaint's files has changed: size and time of each."""
    found = (path(register, number) / name for name in (complaint.FILE_NAME, SEALED_WORDS, journal.FILE_NAME))
    stats = [one.stat() if one.is_file() else None for one in found]
    return " ".join(f"{one.st_size}.{one.st_mtime_ns}" if one else "-" for one in stats)


def sealed_mark(register: Register, number: str) -> str:
    """Give a text that differs once the sealed words have changed: size and time."""
    sealed = path(register, number) / SEALED_WORDS
    return f"{sealed.stat().st_size}.{sealed.stat().st_mtime_ns}" if sealed.is_file() else "-"


def next_number(register: Register, year: int, issued: Mapping[str, int]) -> str:
    """Give the number of the next complaint of ``year``; none is given out twice. The caller holds the lock.

    ``issued`` is what is known besides of numbers that were given out: the highest of each series. It counts where it
    goes further than the register had begun, which is then older; else a crash may have kept it from being given out.
    """
    folder = register.folder / FOLDER
    atomic_files.make_folder(folder)
    begun = registration_numbers.highest_begun(folder)
    elsewhere = {series: serial for series, serial in issued.items() if serial > begun.get(series, 0)}
    registration_numbers.save_highest(folder, numbers(register), elsewhere)
    return next(registration_numbers.next_numbers(folder, PREFIX, year, numbers(register)))


def missing(register: Register) -> Iterator[Problem]:
    """Find complaints that were given a number and have no folder any more."""
    folder = register.folder / FOLDER
    there = set(numbers(register))
    last: Mapping[str, int] = registration_numbers.highest_issued(folder, sorted(there)) if folder.is_dir() else {}
    for number in (f"{one}-{count:04d}" for one, highest in last.items() for count in range(1, highest + 1)):
        if number not in there:
            message = f"Pengaduan {number} pernah dicatat, tetapi foldernya tidak ada."
            yield Problem(str(folder), None, message, "Pulihkan foldernya dari cadangan.")


def begin(register: Register, number: str) -> None:
    """Keep that this number is about to be given out; before anything outside the register knows of it."""
    registration_numbers.begin(register.folder / FOLDER, [number])


def add(register: Register, new: Complaint, content: ComplaintContent, filing: Event) -> None:
    """File a complaint; its folder appears whole or not at all. The caller holds the register's lock."""
    folder, number = register.folder / FOLDER, new.nomor_pengaduan
    draft = folder / _DRAFT / number
    atomic_files.remove_folder(folder / _DRAFT)
    atomic_files.make_folder(draft)
    atomic_files.replace_if_changed(
        register.state_folder / _SCHEMA, json.dumps(schema(), ensure_ascii=False, indent=1).encode()
    )
    mark = complaint_content.mark(register, content)
    event = Event(filing.kind, filing.time, filing.actor, {**filing.data, **mark})
    contents = {
        complaint.FILE_NAME: new_text(new).encode(),
        SEALED_WORDS: complaint_content.seal(register, content),
        journal.FILE_NAME: journal.journal_lines([event], number),
    }
    for name, one in contents.items():
        atomic_files.write(draft / name, one)
    atomic_files.sync_folder(draft)
    atomic_files.move(draft, folder / number)
    for made in (folder, folder.parent):  # which the first complaint of all has made
        atomic_files.sync_folder(made)
    registration_numbers.save_highest(folder, (), registration_numbers.highest_of([number]))


def new_text(new: Complaint) -> str:
    """Write the text of a new ``pengaduan.yaml``. Parsing it gives ``new`` back."""
    return _HEAD + dump({key: _as_written(value) for key, value in new.model_dump(mode="json").items()})


def _as_written(value: Any) -> Any:
    """Give a value as people write it: ya and tidak, and nothing where nothing is."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, dict):
        return {key: _as_written(one) for key, one in value.items()}
    return value or None


def write(register: Register, filed: FiledComplaint, changes: SectionChanges, *events: Event) -> None:
    """Write steps into ``pengaduan.yaml``, then let the journal say so. The caller holds the register's lock.

    Raises:
        Busy: The file changed since it was read.
        PayungError: The beginning of the journal is gone, or the file cannot be edited safely.
    """
    journal.check_beginning(filed.folder / journal.FILE_NAME)
    if changes:
        yaml_editor.write(filed.document.path, filed.document.text, changes)
    record(register, filed.number, *events)


def replace_content(register: Register, filed: FiledComplaint, content: ComplaintContent, event: Event) -> None:
    """Seal changed words in the place of the old ones. Raises as ``write``.

    The journal tells their fingerprint first: after a crash the words are called older than it, and never newer.
    """
    mark = complaint_content.mark(register, content)
    record(register, filed.number, Event(event.kind, event.time, event.actor, {**event.data, **mark}))
    atomic_files.replace(filed.folder / SEALED_WORDS, complaint_content.seal(register, content))


def record(register: Register, number: str, *events: Event) -> None:
    """Add events to the journal of a complaint. Raises PayungError where its beginning is gone."""
    place = path(register, number) / journal.FILE_NAME
    journal.check_beginning(place)
    if events:
        journal.append(place, events)


@cache
def schema() -> Mapping[str, Any]:
    """Make the JSON Schema with which an editor completes and explains the keys of ``pengaduan.yaml``."""
    relaxed: Mapping[str, Any] = case_file_text.relaxed(Complaint.model_json_schema())
    return relaxed
