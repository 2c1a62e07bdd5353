"""Answers to the survey from elsewhere: exports of its Google Form, and the survey of six items that came before it.

They have no ballot, so they are counted apart. An export is read again and again as it grows: of one day as many equal
answers are kept as any export had, so that nothing need be remembered by which a row could be known again.
"""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from processor.cases import survey_store
from processor.cases.survey_store import Vote
from processor.foundation import survey_form
from processor.foundation.errors import BrokenFiles, PayungError
from processor.intake.sources import inbox, survey_export
from processor.intake.sources.inbox import RowResult
from processor.intake.sources.survey_export import SurveyExport
from processor.operations.office import Office
from processor.operations.pass_report import PassReport, failure_of
from processor.operations.survey import survey_overview

_WAIT = 10.0  # seconds for another process to finish
NO_ANSWER = "bukan jawaban"


@dataclass(frozen=True, slots=True)
class ImportedAnswers:
    """How many answers of a file are ``new``, how many were ``known``, and how many rows are none."""

    new: int
    known: int
    skipped: int

    def sentence(self, name: str) -> str:
        """Say what became of the file called ``name``."""
        return (
            f"{name}: survei kepuasan, {self.new} jawaban baru tanpa kartu survei, {self.known} sudah ada, "
            f"{self.skipped} baris dilewati. Tidak ada yang menjadi permohonan; nama dan jamnya tidak disimpan."
        )


def recognized(office: Office, path: Path) -> SurveyExport | None:
    """Read a dropped file if it is an export of the survey; None for any other. Raises BrokenFiles for no table."""
    form = survey_form.load(office.settings.survey_form)
    return survey_export.read(path, form, office.settings.export_zone, office.now())


def is_survey(office: Office, path: Path) -> bool:
    """Tell whether a dropped file is an export of the survey."""
    try:
        return recognized(office, path) is not None
    except BrokenFiles:
        return False


def take(office: Office, export: SurveyExport) -> ImportedAnswers:
    """Add the answers of an export that are not there yet. Raises Busy, PayungError, OSError."""
    register = office.register
    with register.lock(_WAIT):
        found = survey_store.answers(register)
        known = Counter(one for one in found.votes if one.way == "tanpa")
        given = Counter(Vote(row.day, "tanpa", row.marks) for row in export.rows)
        new = (given - known).elements()
        words = (Counter(row.words for row in export.rows if row.words) - Counter(found.words)).elements()
        added = replace(found, votes=(*found.votes, *new), words=(*found.words, *words))
        if added != found:
            survey_store.write_answers(register, added)
    count = len(added.votes) - len(found.votes)
    return ImportedAnswers(count, len(export.rows) - count, len(export.skipped))


def put_aside(path: Path, export: SurveyExport, seen: str) -> None:
    """Move a file that was taken to those that are done, and tell beside it which rows are no answer.

    Raises Busy where the file has changed since ``seen``, and OSError.
    """
    skipped = [RowResult(row.line, NO_ANSWER, note=row.reason) for row in export.skipped]
    note = f"survei kepuasan: {len(export.rows)} jawaban. Hapus berkas aslinya: di sana tampak siapa menjawab apa."
    inbox.put_aside(path, [RowResult(0, "catatan", note=note), *skipped], seen)


def take_file(office: Office, path: Path) -> ImportedAnswers:
    """Take in a file that somebody names; it stays where it is.

    Raises:
        BrokenFiles: It is no table.
        PayungError: It is no export of the survey, or cannot be kept now.
    """
    export = recognized(office, path)
    if export is None:
        raise PayungError(
            f"{path.name} bukan ekspor survei: tidak semua sembilan unsur ada kolomnya. Cocokkan judul kolomnya dengan "
            "forms/survei.yaml, atau pakai --lama untuk survei enam pertanyaan."
        )
    return take(office, export)


def take_old(office: Office, path: Path, year: int) -> int:
    """Take in the survey of six items of a ``year``, without names; it replaces what was there. Give how many answered.

    Raises:
        BrokenFiles: It is no table, or not that survey.
        Busy, PayungError, OSError: It cannot be kept now.
    """
    rows = survey_export.read_old(path)
    with office.register.lock(_WAIT):
        found = survey_store.answers(office.register)
        survey_store.write_answers(office.register, replace(found, old={**found.old, year: rows}))
    return len(rows)


def take_named(office: Office, path: Path, name: str, old_year: int | None = None) -> str:
    """Take in a file that somebody chose, which they call ``name``; say what became of it.

    Without ``old_year`` it is an export of the survey, else the survey of six items of that year.
    Raises as ``take_file`` and ``take_old``.
    """
    if old_year is None:
        return take_file(office, path).sentence(name)
    if not _EARLIEST <= old_year <= _LATEST:
        raise PayungError(f"{old_year} bukan tahun survei itu. Tulis misalnya 2025.")
    count = take_old(office, path, old_year)
    value = survey_overview.old_survey(office, old_year) or "kurang dari 5 jawaban, tidak ditampilkan"
    return f"Survei lama {old_year}: {count} jawaban tanpa nama, {value}."


_EARLIEST, _LATEST = 2000, 2100


def took(office: Office, report: PassReport, path: Path) -> bool:
    """Take a file out of the inbox if it is an export of the survey, and say so; tell whether it is one."""
    try:
        seen, export = inbox.change_mark(path), recognized(office, path)
        if export is None:
            return False
        done = take(office, export)
        put_aside(path, export, seen)
    except BrokenFiles:  # told as what it is not: an export of the request form
        return False
    except (PayungError, OSError) as error:
        report.failures.append(failure_of(error))
    else:
        report.remarks.append(done.sentence(path.name))
    return True
