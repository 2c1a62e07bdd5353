"""Checks what an office works on: every case file with its journal and seal, the inbox, the counter and the law."""

import contextlib
from collections.abc import Iterator

from processor.cases import misplaced
from processor.foundation import law_catalogue, shipped
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.law_catalogue import Catalogue
from processor.foundation.progress import counted
from processor.intake.google import form_ids
from processor.operations import (
    case_check,
    counter_drafts,
    dropped_exports,
    edit_session,
    identity,
    overview,
    referrals,
)
from processor.operations.office import Office
from processor.operations.overview import KnownRows
from processor.site import sealed_packages


def check_inbox(office: Office) -> Iterator[Problem]:
    """Find files in the inbox that no pass could read, and packages that were put aside."""
    yield from dropped_exports.check(office)
    for path in sorted((office.settings.packages / sealed_packages.ASIDE).glob("*.age")):
        mend = f"Baca {path.stem[:12]}….alasan.txt di sampingnya, lalu kembalikan ke folder di atasnya atau hapus."
        yield Problem(str(path), None, "Kiriman dari situs ini disisihkan.", mend)


def check_google_terms(office: Office) -> Iterator[Problem]:
    """Check that it is known which terms the Google Form shows, and that these are the ones of today."""
    if office.settings.sumber.google is None:
        return
    shown = form_ids.read(office.settings.google_lock).shown_at(office.now())
    place, mend = office.settings.google_lock.name, "Perbarui formulirnya: payung formulir google"
    if shown is None:
        message = (
            "Belum tercatat naskah ketentuan mana yang tampil di Formulir Google, jadi versi persetujuan tidak pasti."
        )
        yield Problem(place, None, message, mend)
    elif shown.terms.sidik != office.form.ketentuan.digest:
        yield Problem(place, None, f"Formulir Google masih menampilkan ketentuan versi {shown.terms.versi}.", mend)


def check_counter(office: Office) -> Iterator[Problem]:
    """Find requests that the counter has not filed yet, and what is wrong with the journal of referrals."""
    for path in sorted((office.register.folder / counter_drafts.FOLDER).glob("*.age")):
        yield Problem(str(path), None, "Ada isian loket yang belum didaftarkan.", "Lanjutkan: payung terima")
    yield from referrals.read(office.register)[1]


def check_law(office: Office) -> Iterator[Problem]:
    """Find law to compare with its source again, and what the program knows to be repealed and the office does not."""
    path = office.settings.law_catalogue
    with contextlib.suppress(PayungError):  # told with the cases
        own = law_catalogue.load(path)
        yield from law_catalogue.check(own, office.now().date())
        yield from law_catalogue.overtaken(own, law_catalogue.load(shipped.sources() / "opinions" / path.name))


def check_cases(office: Office) -> Iterator[Problem]:
    """Check every case file, its journal, its seal, and numbers without a folder."""
    register = office.register
    try:
        catalogue = law_catalogue.load(office.settings.law_catalogue)
    except BrokenFiles as error:
        yield from error.problems
        return
    left_behind, known = list[str](), KnownRows.load(office)
    for number in counted(office.progress, "Memeriksa permohonan", register.numbers()):
        try:
            with overview.one_case_at_a_time():
                yield from _check_case(office, number, catalogue, left_behind, known)
        except (PayungError, OSError) as error:
            yield Problem(number, None, str(error), case_check.RESTORE)
    yield from case_check.without_letters(office, left_behind)
    yield from misplaced.folders(register.folder, register.numbers(), office.missing(register.numbers()))


def _check_case(
    office: Office, number: str, catalogue: Catalogue, left_behind: list[str], known: KnownRows
) -> Iterator[Problem]:
    """Check one case: whether its seal opens, whether an edit waits, and what the steps would tell."""
    register = office.register
    for copy in sorted(register.path(number).glob(edit_session.COPIES)):
        own = copy.name == edit_session.COPY
        mend = f"Lanjutkan: payung sunting {number}" if own else "Pindahkan yang perlu, lalu hapus berkas itu."
        yield Problem(str(copy), None, "Ada suntingan yang belum selesai.", mend)
    filed = register.read(number)
    yield from identity.mistakes(register, filed)
    seen = overview.derive_for(office, filed)
    yield from case_check.check_case(office, filed, seen, catalogue)
    yield from case_check.files(filed, content=True)
    yield from case_check.slips(filed, seen)
    yield from case_check.of_its_letter(office, filed, seen, known.bearing, catalogue)
    if case_check.left_behind(office, filed):
        left_behind.append(number)
    runs = overview.deadlines_of(office, filed, seen)
    for warning in runs.whole.warnings if runs else ():
        yield Problem(str(office.settings.days_off), None, warning)
