"""What ``payung periksa`` looks at in the register of complaints. Words are opened to be compared, and never shown."""

from collections.abc import Iterator

from processor.cases import complaint_content, complaint_register
from processor.cases.complaint_content import MARK, SEALED_WORDS
from processor.cases.complaint_register import FiledComplaint
from processor.foundation.errors import PayungError, Problem
from processor.letters import complaint_letter
from processor.operations.complaints import complaint_duties, complaint_letters
from processor.operations.office import Office
from processor.operations.overview import KnownRows

_RESTORE = "Pulihkan dari cadangan yang terbaru."


def check(office: Office) -> Iterator[Problem]:
    """Find everything in the register of complaints and its template that a person should mend."""
    staff = complaint_duties.rules_of(office).staff
    yield from complaint_letter.check_template(office.settings.opinions)
    yield from complaint_register.missing(office.register)
    known = KnownRows.load(office)
    for number in complaint_register.numbers(office.register):
        filed = complaint_register.read(office.register, number)
        yield from filed.problems
        yield from filed.broken(staff)
        yield from _sealed(office, filed)
        yield from _spent(office, filed, known)
        if any(one.kind == complaint_letters.ANSWER for one in filed.events) and not complaint_letters.delivered(filed):
            yield Problem(str(filed.folder), None, "Surat jawaban yang disampaikan hilang atau berubah.", _RESTORE)


def _spent(office: Office, filed: FiledComplaint, known: KnownRows) -> Iterator[Problem]:
    """Find that the number of the letter is that of another letter too."""
    letter = filed.complaint.jawaban.nomor_surat if filed.complaint else ""
    if others := complaint_letters.sharing(office, filed.number, letter, known):
        line = filed.document.line(("jawaban", "nomor_surat"))
        message = f"Nomor surat {letter} sudah dipakai {', '.join(others)}."
        mend = "Minta nomor lain untuk yang belum disampaikan, atau catat keduanya di sekretariat."
        yield Problem(str(filed.document.path), line, message, mend)


def _sealed(office: Office, filed: FiledComplaint) -> Iterator[Problem]:
    """Find that the sealed words do not open, or are not those that the journal knows."""
    place = str(filed.folder / SEALED_WORDS)
    try:
        mark = complaint_content.mark_of_file(office.register, filed.folder)
    except (PayungError, OSError):
        yield Problem(place, None, "Isi pengaduan tersegel tidak terbuka.", _RESTORE)
        return
    told = [one.data[MARK] for one in filed.events if MARK in one.data]
    if told and told[-1] != mark:
        yield Problem(
            place, None, f"{SEALED_WORDS} ini lebih lama daripada riwayatnya, atau milik pengaduan lain.", _RESTORE
        )
