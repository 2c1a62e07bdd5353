"""Looks at every case that changed since the last pass, or whose time has come, and does what now follows.

The journal learns what staff changed and to which status that brought the case; letters are written, and what was
delivered is fixed; notices and reminders join the outbox.
"""

import errno
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from random import SystemRandom

from processor.cases import answers, applicant_messages, earlier_texts, evidence, journal, misplaced
from processor.cases.case_status import DELIVERED, OVER, Derived
from processor.cases.register import Filed, sealed_part
from processor.foundation import disk_errors, law_catalogue
from processor.foundation.errors import BrokenFiles, Busy, PayungError, Problem
from processor.foundation.progress import counted
from processor.letters import documents, study_slips
from processor.operations import (
    act_journal,
    case_check,
    case_letters,
    case_row,
    identity,
    leftovers,
    letter_delivery,
    notices,
    officer_mail,
    overview,
)
from processor.operations.case_hold import CaseChanged, CaseHold
from processor.operations.case_letters import CasePass, Rendered
from processor.operations.case_row import CaseRow
from processor.operations.complaints import complaint_letters
from processor.operations.office import Office
from processor.operations.overview import KnownRows

_GLANCE = 50  # quiet cases of whose files a pass looks at size and time: all in a small office, in turns in a large one
_TRIES = 3  # readings of a case into which somebody writes just then
_ROUNDS = 5  # looks at one case: a status follows from a step, a letter from the status, an answer from the letter


def advance(
    office: Office, numbers: Collection[str] | None = None, marks: Mapping[str, str] | None = None
) -> tuple[list[Rendered], list[Problem]]:
    """Do what is due in every case, or in those of ``numbers``, until nothing follows from what was done.

    A case that is unchanged and sound is not read again. The register is held only while something is written.

    Args:
        office: The office.
        numbers: The cases to look at, by default all.
        marks: The register's ``change_marks`` of just these cases, if they were looked at already.

    Returns:
        The documents that were written, and everything that somebody must mend.

    Raises:
        Busy: When another process keeps the register; what was done until then stands.
    """
    try:
        catalogue = law_catalogue.load(office.settings.law_catalogue)
    except BrokenFiles as error:
        return [], list(error.problems)
    problems = list(documents.template_mistakes(office.settings.opinions))  # told once, and not once for every case
    broken = frozenset(kind for kind in documents.KINDS if any(documents.file_name(kind) in p.place for p in problems))
    since = officer_mail.promise_since(office)
    case_pass = CasePass(office, catalogue, office.now(), broken, notices.broken_templates(office), since)
    known = KnownRows.load(office, numbers)
    try:
        marks = office.register.change_marks(numbers) if marks is None else marks
        case_pass.bearing = known.bearing
        problems += _walk(case_pass, known, marks)
        if numbers is None:
            missing = office.missing(marks)
            problems += misplaced.folders(office.register.folder, marks.keys(), missing)
            gone = known.entries.keys() - marks.keys() - {*missing}  # of what is missing the list keeps place and dates
            known.drop(number for number in gone if not office.register.has(number))
    finally:
        known.save()
    problems += case_check.without_letters(office, list(dict.fromkeys(case_pass.left_behind)))
    return case_pass.rendered, problems


def leave_alone(office: Office, marks: Mapping[str, str]) -> None:
    """Let lists say of these held cases, while their files have these change ``marks``, that passes leave them alone.

    Each keeps its place and dates. Raises PayungError when the disk refuses.
    """
    if not marks:
        return
    known = KnownRows.load(office, marks)
    for number, mark in marks.items():
        row = case_row.damaged_row(known.previous_row(number) or CaseRow(number), duty=_HELD)
        known.keep(row, mark, sound=False)
    known.save()


_HELD = "ditahan: riwayatnya lebih lama daripada yang pernah dilihat; salin kembali foldernya dari cadangan"


def _walk(case_pass: CasePass, known: KnownRows, marks: Mapping[str, str]) -> Iterator[Problem]:
    """Work on every case that is not quiet, leave the rows of the others, and give what is wrong with each."""
    moment, told = case_pass.now.astimezone(UTC).isoformat(), dict[str, list[Problem]]()
    glance = set(SystemRandom().sample(list(marks), min(_GLANCE, len(marks))))
    for number, mark in counted(case_pass.office.progress, "Memeriksa permohonan", marks.items()):
        quiet = known.unchanged_and_sound(number, mark, moment)
        if not quiet or (number in glance and _files_moved(case_pass.office, known, number)):
            told[number] = _look(case_pass, known, number)
    for number in case_pass.pdfs.make():
        told[number] = _look(case_pass, known, number)
    for found in told.values():
        yield from found


def _files_moved(office: Office, known: KnownRows, number: str) -> bool:
    """Tell whether something beside a case file changed in its place, which moves no folder's time."""
    row = known.previous_row(number)
    try:
        return bool(row and row.files and row.files.partition("/")[0] != evidence.state(office.register.path(number)))
    except (PayungError, OSError):
        return True


def _look(case_pass: CasePass, known: KnownRows, number: str) -> list[Problem]:
    """Work on one case and keep its row; give what is wrong with it.

    Where somebody writes into it meanwhile, it is read again; where that does not end, by the next pass.
    """
    before = known.previous_row(number)
    for _ in range(_TRIES):
        with suppress(CaseChanged), case_pass.case(number) as hold:
            leftovers.sweep_case(hold, case_pass.office.register, number)
            found, row, settled = _case(case_pass, number, before)
            mark, waits = _mark_after(hold), number in case_pass.pdfs.wanted.values()
            known.keep(row, mark, sound=settled and bool(mark) and not (found or case_pass.broken or waits))
            return found
    return []


def _mark_after(hold: CaseHold) -> str:
    """Give ``hold.mark_after``; "" where the case is gone or damaged meanwhile."""
    try:
        return hold.mark_after()
    except (PayungError, OSError):
        return ""


def _case(case_pass: CasePass, number: str, before: CaseRow | None) -> tuple[list[Problem], CaseRow, bool]:
    """Work on one case: give everything wrong with it, its new row, and whether nothing follows from what was done.

    Whatever fails there stops there. Raises CaseChanged and Busy.
    """
    try:
        with overview.one_case_at_a_time():
            return _work(case_pass, _read(case_pass, number), before)
    except (CaseChanged, Busy):
        raise
    except (PayungError, OSError) as error:
        row = case_row.damaged_row(before or CaseRow(number))
        return [_failed(number, error)], row, False


def _failed(number: str, error: PayungError | OSError) -> Problem:
    """Say what kept a case from being worked on: what the disk refuses passes, what is damaged is put back."""
    said = disk_errors.sentence(error) if isinstance(error, OSError) else str(error)
    passing = isinstance(error, OSError) and error.errno not in {errno.ENOENT, errno.ENOTDIR, errno.EISDIR}
    return Problem(number, None, said, "" if passing else case_check.RESTORE)


def _read(case_pass: CasePass, number: str) -> Filed:
    """Read the case, without the last line of its journal where a crash cut that short."""
    filed = case_pass.office.register.read(number)
    if any(Path(problem.place).name == journal.FILE_NAME for problem in filed.problems):
        case_pass.begin_writing()
        case_pass.office.register.mend(number)
        filed = case_pass.office.register.read(number)
    return filed


def _work(case_pass: CasePass, filed: Filed, before: CaseRow | None) -> tuple[list[Problem], CaseRow, bool]:
    """Do what is due until nothing follows from it; see ``_case``."""
    seen, found, follows = overview.derive_for(case_pass.office, filed), list[Problem](), True
    if before and (others := _dossier(case_pass.office, filed, before)):  # what is written or sent now would be wrong
        row = overview.row(case_pass.office, filed, seen, case_pass.now, len(others), before)
        return others, replace(row, files=before.files), False
    state, changed = _files(case_pass.office, filed, before)
    if journal.lacks_beginning(filed.events):  # nobody knows what was said and sent
        found = case_check.check_case(case_pass.office, filed, seen, case_pass.catalogue)
        return found, overview.row(case_pass.office, filed, seen, case_pass.now, len(found), before), False
    if earlier_texts.is_new(filed.folder, filed.document.text):
        case_pass.begin_writing()
        earlier_texts.keep(filed.folder, filed.document.text, case_pass.now, sync=False)
    if case_check.left_behind(case_pass.office, filed):
        case_pass.left_behind.append(filed.number)
    if (after := _withdrawn_for_good(case_pass, filed, seen)) is not filed:
        filed, seen = after, overview.derive_for(case_pass.office, after)
    typed = _ready_by_hand(filed, seen)
    for _ in range(_ROUNDS):
        filed, found = _round(case_pass, filed, seen, before)
        seen, last = overview.derive_for(case_pass.office, filed), seen
        follows = _follows(last, seen)
        if not follows:
            break
    found = list(dict.fromkeys([*found, *changed, *typed]))
    row = overview.row(case_pass.office, filed, seen, case_pass.now, len(found), before)
    if case_pass.hold and case_pass.hold.own and not changed:  # letters that were written here moved nothing of others
        state = _state(case_pass.office, filed)
    return found, replace(row, files=state), not follows


def _withdrawn_for_good(case_pass: CasePass, filed: Filed, seen: Derived | None) -> Filed:
    """Let the journal say that a withdrawal by code can no longer be undone, once its day is over."""
    pending = applicant_messages.pending_withdrawal(filed.events)
    if not pending or not seen or seen.status in DELIVERED | OVER:
        return filed
    over = applicant_messages.undone_until(pending) <= case_pass.now
    return case_pass.record(filed, applicant_messages.FINAL, "payung", {}) if over else filed


def _ready_by_hand(filed: Filed, seen: Derived | None) -> tuple[Problem, ...]:
    """Give what is no Markdown of letters in a study that somebody called ready in its file.

    ``payung susun`` told nobody. It is told once, by the pass whose journal learns of it.
    """
    known = next((one.data["menjadi"] for one in reversed(filed.events) if one.kind == "status"), "")
    return study_slips.of_study(filed) if seen and seen.status == "diperiksa" != known else ()


def _files(office: Office, filed: Filed, before: CaseRow | None) -> tuple[str, list[Problem]]:
    """Compare what lies beside a case file with the journal, where size or time of something moved since ``before``.

    Returns: the state in which all was right, to be compared with next time, and what is wrong.
    """
    state = _state(office, filed)
    if before is None or before.files in {"", state}:
        return state, []
    changed = case_check.files(filed, content=True)
    return before.files if changed else state, changed


def _dossier(office: Office, filed: Filed, before: CaseRow) -> list[Problem]:
    """Find that the dossier is not the case's own, or an older one; it is opened only where it moved."""
    moved = before.files.partition("/")[2] not in {"", _state(office, filed).partition("/")[2]}
    return identity.mistakes(office.register, filed) if moved else []


def _state(office: Office, filed: Filed) -> str:
    """Give the state of a case's files, and behind a stroke that of its dossier; older rows say nothing of that."""
    return f"{evidence.state(filed.folder)}/{sealed_part(office.register.change_mark(filed.number))}"


def _round(
    case_pass: CasePass, filed: Filed, seen: Derived | None, before: CaseRow | None
) -> tuple[Filed, list[Problem]]:
    """Do what is due by what was ``seen``; give the case with what its journal now says, and what is wrong with it."""
    filed = _note(case_pass, filed, seen)
    found = case_check.check_case(case_pass.office, filed, seen, case_pass.catalogue)
    if filed.case and seen and seen.status not in DELIVERED | OVER:
        letter = case_row.plain_number(answers.answer_letter(filed.case).number)
        complaints = complaint_letters.bearing(case_pass.office, letter) if letter else ()
        found += letter_delivery.spent(filed, filed.case, case_pass.bearing(letter) if letter else (), complaints)
    if filed.case and seen and set(found) <= {*case_check.harmless(case_pass.office, filed, seen)}:
        filed, wrong = case_letters.write_due(case_pass, filed, filed.case, seen)
        found += wrong
    filed, unsent = notices.queue_notices(case_pass, filed, seen, before, found)
    return filed, found + unsent


def _follows(last: Derived | None, seen: Derived | None) -> bool:
    """Tell whether more is due than there was: that a letter is written takes it off the list, and nothing follows."""
    if last is None or seen is None:
        return False
    return replace(last, letters=()) != replace(seen, letters=()) or not {*seen.letters} <= {*last.letters}


def _note(case_pass: CasePass, filed: Filed, seen: Derived | None) -> Filed:
    """Let the journal say what staff changed, and to which status that brought the case."""
    if filed.case is None or seen is None:
        return filed
    office, now = case_pass.office, case_pass.now
    events = act_journal.fresh_events(office, filed, seen, now, lambda: act_journal.by_hand(office, filed, now))
    return case_pass.journal(filed, *events) if events else filed
