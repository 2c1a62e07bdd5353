"""Which decisions of a case wait for who is named in them to confirm them at the desk, and which are confirmed. Pure.

Anybody at the office's computer can write a name into a file or behind ``--oleh``. Where officers have accounts at the
desk, an approval, a rejection and a delivery count once the officer did them there, or confirmed what was written.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from processor.cases import answers
from processor.cases.case_file import CaseFile
from processor.cases.case_parts import OfficeNote
from processor.cases.decision_digests import digests
from processor.cases.records import Event
from processor.cases.staff import Staff

ConfirmedStep = Literal["verifikasi", "pemeriksaan", "putusan", "penyampaian", "pesan"]
"""A step that does not count before its decision is confirmed."""

CONFIRMED = "diteguhkan"
"""The event by which the journal tells that an officer stands by a decision."""
_MEND = "Lakukan langkahnya di meja; yang sudah tertulis diteguhkan pada halaman permohonannya di meja, atau hapus."
_DELIVERY: ConfirmedStep = "penyampaian"
_NOTE: ConfirmedStep = "pesan"


@dataclass(frozen=True, slots=True)
class StandingDecision:
    """A decision that stands in a case file.

    ``part`` and ``key`` tell where, ``step`` what does not count without it, ``officer`` whom it names ("" for any
    pengelola layanan), ``leads_to`` the status that it brings. ``mark`` changes with what was decided, and on what.
    """

    part: str
    key: str
    step: ConfirmedStep
    title: str
    officer: str
    leads_to: str
    mark: str

    def whose(self, staff: Staff) -> str:
        """Name who can confirm it."""
        found = staff.officers.get(staff.key(self.officer)) if self.officer else None
        return found.nama if found else self.officer or "pengelola layanan"

    def may_confirm(self, key: str, case: CaseFile, staff: Staff) -> bool:
        """Tell whether the officer with the short name ``key`` can confirm it."""
        officer = staff.officers.get(key)
        if officer is None or officer.berhenti or key in staff.barred(case):
            return False
        return staff.key(self.officer) == key if self.officer else "pengelola_layanan" in officer.peran


def decisions(case: CaseFile) -> Iterator[StandingDecision]:
    """Give the approval, the rejections, the delivery and the notes to the applicant that stand in a case file."""
    now = digests(case)
    if case.verifikasi.keputusan == "ditolak":
        yield StandingDecision(
            "verifikasi", "keputusan", "verifikasi", "Penolakan", case.verifikasi.oleh, "ditolak", now["verifikasi"]
        )
    if case.pemeriksaan.keputusan == "disetujui":
        mark = _mark(now["pemeriksaan"], now["kajian"])
        yield StandingDecision(
            "pemeriksaan", "keputusan", "pemeriksaan", "Persetujuan", case.pemeriksaan.oleh, "disetujui", mark
        )
    if case.keberatan and case.keberatan.putusan == "ditolak":
        named = case.keberatan.oleh
        yield StandingDecision(
            "keberatan", "putusan", "putusan", "Putusan keberatan", named, "keberatan_ditolak", now["keberatan"]
        )
    letter = answers.answer_letter(case)
    if letter.sent:
        mark = _mark(_DELIVERY, str(letter.kind), letter.number, letter.sent.isoformat())
        yield StandingDecision(*letter.sent_key, _DELIVERY, "Penyampaian", "", "disampaikan", mark)
    for note in case.pesan:
        yield StandingDecision("pesan", "isi", _NOTE, "Pesan kepada pemohon", note.oleh, "", note_mark(note))


def note_mark(note: OfficeNote) -> str:
    """Give the mark of a note to the applicant."""
    return _mark(_NOTE, note.oleh, note.tanggal.isoformat() if note.tanggal else "", note.isi)


def waiting(case: CaseFile, events: Sequence[Event], staff: Staff) -> list[StandingDecision]:
    """List the decisions that nobody confirmed who may; what the journal knew before anybody had an account counts."""
    since = staff.confirmed_since
    if since is None:
        return []
    gone_out = answers.answered(case, events)  # what went out cannot be called back
    return [
        one
        for one in decisions(case)
        if not (gone_out and one.step != _NOTE)
        and not _known_before(one, case, events, since)
        and not _is_confirmed(one, case, events, staff)
    ]


def unconfirmed(
    case: CaseFile, events: Sequence[Event], staff: Staff
) -> Iterator[tuple[ConfirmedStep, tuple[str, ...], str, str]]:
    """Give what waits as broken rules: the step that does not count, where, what is wrong, and the mend."""
    for one in waiting(case, events, staff):
        yield one.step, (one.part, one.key), f"{one.title} ini perlu diteguhkan di meja oleh {one.whose(staff)}.", _MEND


def _known_before(one: StandingDecision, case: CaseFile, events: Sequence[Event], since: datetime) -> bool:
    """Tell whether the journal told of a decision before officers had accounts."""
    now = digests(case).get(one.part, "")
    told = (event.data for event in events if event.kind == "status" and event.time < since)
    if one.step == _DELIVERY:
        return any(data["menjadi"] in {"disampaikan", "selesai"} for data in told)
    return any(data["menjadi"] == one.leads_to and data.get(one.part, now) == now for data in told)


def _is_confirmed(one: StandingDecision, case: CaseFile, events: Sequence[Event], staff: Staff) -> bool:
    """Tell whether the journal has an officer confirm a decision who may."""
    told = (event for event in events if event.kind == CONFIRMED and event.data["keputusan"] == one.mark)
    return any(one.may_confirm(staff.key(event.actor), case, _as_then(staff)) for event in told)


def _as_then(staff: Staff) -> Staff:
    """Give the staff with those who have left since, as what they confirmed goes on counting."""
    return Staff({key: one.model_copy(update={"berhenti": False}) for key, one in staff.officers.items()})


def _mark(*words: str) -> str:
    """Give a digest of words."""
    return hashlib.sha256("|".join(words).encode()).hexdigest()
