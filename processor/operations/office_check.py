"""Looks at keys, register, form, templates and every case, and says what needs a hand, the gravest apart."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from processor.foundation import law_catalogue, shipped, working_time
from processor.foundation.errors import PayungError, Problem
from processor.letters import documents, report_letter
from processor.mail import composer
from processor.operations import (
    account_journal,
    confirming,
    installation_check,
    letter_signatures,
    notices,
    office_clock,
    office_records,
    site_publication,
    work_check,
)
from processor.operations.backups import drill_record
from processor.operations.complaints import complaint_check
from processor.operations.figures import aggregate_files, release_check
from processor.operations.office import Office
from processor.operations.survey import survey_votes
from processor.operations.upgrade import folder_version
from processor.site import (
    everyday_words,
    news,
    official_texts,
    page_lines,
    printing,
    site_prints,
    trouble_pages,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should mend; ``grave`` where data may be lost or read, or the service stands still."""

    problem: Problem
    grave: bool


_Check = Callable[[Office], Iterable[Problem]]
_CHECKS: tuple[tuple[bool, _Check], ...] = (
    (True, installation_check.check_keys),
    (True, installation_check.check_sealing),
    (True, installation_check.check_register),
    (False, lambda office: installation_check.check_sample_values(office.settings)),
    (False, lambda office: letter_signatures.mistakes(office.settings)),
    (False, lambda office: confirming.lifted(office.settings)),
    (True, installation_check.check_codes),
    (True, lambda office: installation_check.check_folders(office.settings)),
    (True, installation_check.check_disk),
    (False, lambda office: documents.check_templates(office.settings.opinions)),
    (False, lambda office: report_letter.check_templates(office.settings.opinions)),
    (False, lambda office: composer.check_templates(office.settings.opinions / composer.FOLDER)),
    (False, lambda office: page_lines.page_problems(office.settings.root / "docs")),
    (False, lambda office: everyday_words.problems(office.settings.root)),
    (False, lambda office: site_prints.mistakes(office.settings)),
    (False, site_publication.unprinted),
    (False, lambda office: official_texts.problems(office.settings)),
    (False, lambda office: news.early(office.settings)),
    (False, notices.needing_a_person),
    (False, lambda office: working_time.read_calendar(office.settings.days_off)[1]),
    (False, work_check.check_inbox),
    (False, work_check.check_google_terms),
    (False, work_check.check_counter),
    (False, complaint_check.check),
    (True, survey_votes.damage),
    (False, aggregate_files.problems),
    (False, work_check.check_law),
    (False, office_records.mistakes),
    (False, release_check.check),
    (False, lambda office: dict.fromkeys(work_check.check_cases(office))),
    (True, office_clock.problems),
    (True, installation_check.check_schedule),
    (True, drill_record.check),
)
"""What is looked at, and whether what is found there is grave; first what the rest stands on."""


def findings(office: Office) -> Iterator[Finding]:
    """Give everything that a person should mend, beginning with what the rest stands on: keys, seal, settings."""
    yield from (Finding(problem, grave) for grave, looks in _CHECKS for problem in looks(office))


def check(office: Office) -> Iterator[Problem]:
    """Give the problems of ``findings``, in its order."""
    yield from (one.problem for one in findings(office))


def notes(office: Office) -> Iterator[str]:
    """Say what nobody need mend.

    That are a folder of another version, files that come from the program, law and pages that no lawyer of the office
    confirmed, accounts that were reset, and prints that cannot be made here.
    """
    settings = office.settings
    yield from folder_version.differences(settings)
    with contextlib.suppress(OSError):  # told by ``check``
        yield from account_journal.lately(office)
    with contextlib.suppress(PayungError):  # a broken catalogue is told by ``check``
        if keys := law_catalogue.unconfirmed(law_catalogue.load(settings.law_catalogue)):
            yield f"{law_catalogue.FILE_NAME}: belum dipastikan petugas hukum kantor Anda: {', '.join(keys)}."
    if pages := list(trouble_pages.unreviewed(settings.root)):
        yield f"{len(pages)} halaman belum ditinjau petugas hukum kantor Anda (ditinjau_oleh): {', '.join(pages)}."
    if not printing.is_installed():
        yield printing.MISSING
    yield from (f"{name}: tidak ada di folder Anda; dipakai yang bawaan." for name in shipped.lacking(settings.root))
