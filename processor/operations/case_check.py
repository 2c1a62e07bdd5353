"""What somebody must mend in a case: the same for the pass, the desk, ``payung lihat`` and ``payung periksa``."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from processor.cases import (
    answers,
    case_dates,
    case_status,
    earlier_texts,
    evidence,
    misplaced,
    registration_numbers,
    retellings,
)
from processor.cases.case_file import CaseFile
from processor.cases.case_status import DELIVERED, OVER, Derived
from processor.cases.register import OUTGOING, Filed
from processor.cases.staff import Staff
from processor.foundation import law_catalogue
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.law_catalogue import Catalogue
from processor.letters import study_slips
from processor.operations import (
    case_letters,
    identity,
    letter_delivery,
    letter_evidence,
    letter_sources,
    register_watch,
)
from processor.operations.case_row import CaseRow, plain_number
from processor.operations.office import Office
from processor.operations.overview import KnownRows

_NAMED = 5  # cases that a line names
RESTORE = "Bila perlu, pulihkan foldernya dari cadangan."


def mistakes(office: Office, filed: Filed, seen: Derived | None) -> list[Problem]:
    """Give what somebody must mend, in one case or in the catalogue of law by which it is checked.

    The sealed identity is compared with the journal each time, which takes some milliseconds and shows nothing of it.
    """
    held = register_watch.held_case(office.register, office.memory, filed.number)
    if held:  # all else may be of another time
        return [held]
    try:
        catalogue = law_catalogue.load(office.settings.law_catalogue)
        letters = without_letters(office, [filed.number] * left_behind(office, filed))
        beside = [*files(filed, content=True), *identity.mistakes(office.register, filed)]
        found = [*check_case(office, filed, seen, catalogue), *beside, *letters]
        found += slips(filed, seen)
        found += of_its_letter(office, filed, seen, lambda letter: KnownRows.load(office).bearing(letter), catalogue)
        return list(dict.fromkeys(found))
    except BrokenFiles as error:
        return [*filed.problems, *(seen.problems if seen else ()), *error.problems]


def check_case(office: Office, filed: Filed, seen: Derived | None, catalogue: Catalogue) -> list[Problem]:
    """Give everything that staff must mend in one case before its letters can be written."""
    found = [*filed.problems, *misplaced.beside(filed.folder), *files(filed)]
    if filed.case is None or seen is None:
        return found
    found += [
        *seen.problems,
        *earlier_texts.deleted_parts(filed.document, filed.events),
        *_deserted(office, filed, seen),
        *case_dates.still_to_come(filed.document, filed.case, office.now()),
        *_pauses_in_vain(office, filed),
        *_unpublishable(office, filed),
        *_following_nothing(office, filed, filed.case),
        *case_letters.missing_for_letters(filed.case, seen, catalogue, filed.document),
    ]
    letters = [] if left_behind(office, filed) else case_letters.changed_after_delivery(filed)
    return list(dict.fromkeys([*found, *_outdated(filed, filed.case, seen), *letters, *_letters(office, filed, seen)]))


def _letters(office: Office, filed: Filed, seen: Derived) -> Iterator[Problem]:
    """Give what is wrong with the letters, unless git has left them all behind, which is told once."""
    if not left_behind(office, filed):
        yield from letter_evidence.mistakes(office.register, filed, seen.letters)


def of_its_letter(
    office: Office,
    filed: Filed,
    seen: Derived | None,
    bearing: Callable[[str], Iterable[CaseRow]],
    catalogue: Catalogue,
) -> list[Problem]:
    """Give what is wrong with the letter that answers.

    It was edited or would print otherwise now, its number is another's too, or it is to go out and unsigned. A pass
    finds the same on its way. ``bearing`` gives the rows of cases whose letter has a ``plain_number``.
    """
    if filed.case is None or seen is None:
        return []
    number = plain_number(answers.answer_letter(filed.case).number)
    twice = letter_delivery.spent(filed, filed.case, bearing(number)) if number else []
    undecided: list[Problem] = []
    with suppress(PayungError):  # an identity that does not open is told by ``identity.mistakes``
        undecided = letter_sources.unsettled(office, filed, filed.case, seen, catalogue)
    unfit = undecided or letter_delivery.unfit_to_go(office.settings, filed, filed.case, seen, office.now())
    return [*twice, *unfit]


def slips(filed: Filed, seen: Derived | None) -> tuple[Problem, ...]:
    """Give what is no Markdown of letters in a study that waits for its review; once approved, it was seen."""
    return study_slips.of_study(filed) if seen and seen.status == "diperiksa" else ()


def left_behind(office: Office, filed: Filed) -> bool:
    """Tell whether the letters of a case are all gone as git leaves them behind: with their folder."""
    made = any(event.kind == "surat" for event in filed.events)
    return made and not (filed.folder / OUTGOING).exists() and (office.register.folder / ".git").exists()


def without_letters(office: Office, numbers: Sequence[str]) -> list[Problem]:
    """Say once of these cases that their letters were left behind."""
    if not numbers:
        return []
    named = ", ".join(numbers[:_NAMED]) + (f", dan {len(numbers) - _NAMED} lagi" if len(numbers) > _NAMED else "")
    message = f"Folder keluar (surat) tidak ada: {named}. Register yang datang lewat git memang tidak membawanya."
    mend = "Surat yang sudah disampaikan: salin folder keluar dari cadangan. Yang masih berjalan dibuat lagi sendiri."
    return [Problem(str(office.register.folder), None, message, mend)]


def files(filed: Filed, *, content: bool = False) -> list[Problem]:
    """Give what is wrong with the files beside a case file; with ``content``, their SHA-256 are compared too."""
    return evidence.mistakes(filed.folder, filed.events, filed.case.lampiran if filed.case else (), content=content)


def harmless(office: Office, filed: Filed, seen: Derived) -> Iterator[Problem]:
    """Give what is wrong and keeps no letter back."""
    yield from seen.problems
    yield from _deserted(office, filed, seen)
    if filed.case:
        yield from case_dates.still_to_come(filed.document, filed.case, office.now())
        yield from _pauses_in_vain(office, filed)
        yield from _unpublishable(office, filed)
        yield from _following_nothing(office, filed, filed.case)
    yield from misplaced.beside(filed.folder)
    yield from files(filed)
    yield from case_letters.changed_after_delivery(filed)
    yield from _letters(office, filed, seen)


def _pauses_in_vain(office: Office, filed: Filed) -> Iterator[Problem]:
    """Find coordinations that are to stop the clock where the office's settings do not allow that."""
    for at, one in enumerate(filed.case.koordinasi if filed.case else ()):
        if one.jeda and not office.settings.layanan.jeda_koordinasi:
            message = f"“koordinasi butir {at + 1}.jeda”: waktu tidak berhenti, sebab payung.yaml tidak membolehkannya."
            mend = "Hapus jeda. Bila aturan kantor Anda membolehkan, tulis jeda_koordinasi: ya pada layanan."
            yield Problem(str(filed.document.path), filed.document.line(("koordinasi", at, "jeda")), message, mend)


def _unpublishable(office: Office, filed: Filed) -> Iterator[Problem]:
    """Find what keeps a retold question and answer from being published though it says that it was approved."""
    if filed.case and filed.case.publikasi:
        staff = Staff.of(office.settings.petugas, filed.events, office.register.fingerprint)
        for key, message, mend in retellings.faults(filed.case, filed.events, staff):
            yield Problem(str(filed.document.path), filed.document.line(key), message, mend)


def _following_nothing(office: Office, filed: Filed, case: CaseFile) -> Iterator[Problem]:
    """Find a follow-up question to a request that is not in the register, or that nobody ever answered."""
    earlier, register = case.lanjutan_dari, office.register
    if earlier == filed.number or not registration_numbers.PATTERN.match(earlier):  # told with the file, if it is wrong
        return
    if not register.has(earlier):
        message = f"“lanjutan_dari”: {earlier} tidak ada di register."
    elif not answers.opinion_went_out(register.read(earlier).events):
        message = f"“lanjutan_dari”: {earlier} belum pernah dijawab, jadi tidak ada yang dapat dilanjutkan."
    else:
        return
    mend = "Tulis nomor permohonan yang jawabannya ditanyakan, atau kosongkan."
    yield Problem(str(filed.document.path), filed.document.line(("lanjutan_dari",)), message, mend)


def _deserted(office: Office, filed: Filed, seen: Derived) -> Iterator[Problem]:
    """Find a case that waits for a role in which nobody may touch it."""
    role = case_status.STAGES[seen.status].role
    if role and office.settings.petugas and not seen.holders:
        message = f"Tidak ada {role.replace('_', ' ')} yang boleh menangani permohonan ini."
        mend = "Tambahkan petugas di payung.yaml, atau periksa benturan_kepentingan."
        line = filed.document.line(("penugasan", "benturan_kepentingan"))
        yield Problem(str(filed.document.path), line, message, mend)


def _outdated(filed: Filed, case: CaseFile, seen: Derived) -> Iterator[Problem]:
    """Find letters still in the folder that contradict what staff have decided since."""
    if seen.status in DELIVERED | OVER:
        return
    due, gone_out = {*seen.letters, case.bentuk, "tanda_terima"}, letter_evidence.delivered_names(filed)
    for event in filed.events:
        path = filed.folder / OUTGOING / event.data.get("berkas", "") if event.kind == "surat" else None
        if path and event.data["jenis"] not in due and path.name not in gone_out and path.exists():
            message = "Surat ini tidak sesuai lagi dengan keputusan."
            yield Problem(str(path), None, message, "Hapus, atau pindahkan dari folder keluar.")
