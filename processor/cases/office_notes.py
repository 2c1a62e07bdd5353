"""What the office writes to an applicant on the page that their code opens: who may, and what is shown. Pure.

Words of the office, not an answer: an answer is a letter, reviewed and signed.
"""

from collections.abc import Iterator, Sequence

from processor.cases import confirmations
from processor.cases.case_file import CaseFile
from processor.cases.case_parts import OfficeNote
from processor.cases.records import Event
from processor.cases.staff import Staff, meant
from processor.foundation.settings_agency import Role

LONGEST = 600
"""Letters of a note; more is a letter."""
MAY_WRITE: frozenset[Role] = frozenset({"pengelola_layanan", "kepala_bagian"})
"""Whose words the office's are. An analyst asks one of them."""

Fault = tuple[int, str, str]
"""Which note is not shown (from 0), what is wrong, and the mend."""


def faults(case: CaseFile, staff: Staff) -> Iterator[Fault]:
    """Find what keeps notes from being shown, but for a confirmation that is still to come."""
    barred = staff.barred(case) if case.pesan else frozenset[str]()
    for at, one in enumerate(case.pesan):
        key = staff.key(one.oleh)
        officer = staff.officers.get(key)
        if len(one.isi) > LONGEST:
            message = f"Pesan kepada pemohon terlalu panjang: {len(one.isi)} huruf, paling banyak {LONGEST}."
            yield at, message, "Ringkas; jawaban yang panjang disampaikan dengan surat."
        if one.oleh and key in barred:
            yield at, f"{one.oleh} tidak boleh menangani permohonan ini.", "Tulis petugas yang lain."
        elif one.oleh and staff.officers and officer is None:
            yield at, f"{one.oleh} bukan petugas yang terdaftar.", meant(one.oleh, staff)
        elif officer and MAY_WRITE.isdisjoint(officer.peran):
            mend = "Pesan ditulis pengelola layanan atau kepala bagian."
            yield at, f"{one.oleh} tidak berperan pengelola layanan atau kepala bagian.", mend


def shown(case: CaseFile, events: Sequence[Event], staff: Staff) -> tuple[OfficeNote, ...]:
    """Give the notes that the applicant reads: whole, by who may write them and, where that is asked, confirmed."""
    if not case.pesan:
        return ()
    unfit = {at for at, *_ in faults(case, staff)}
    waiting = {one.mark for one in confirmations.waiting(case, events, staff)}
    return tuple(
        one
        for at, one in enumerate(case.pesan)
        if one.isi and one.oleh and one.tanggal and at not in unfit and confirmations.note_mark(one) not in waiting
    )
