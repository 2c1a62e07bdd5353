"""A new code for an applicant or complainant whose identity the office checked again: handed out once, kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from processor.cases import complaint_register
from processor.cases.case_file import Way
from processor.cases.records import Event
from processor.intake.recognition import LOCATOR
from processor.operations import act_journal, applicant_status, identity, steps
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_acts
from processor.operations.office import Office
from processor.site import applicant_code
from processor.site.applicant_code import Keys

_OPENS: Mapping[Way, str] = {
    "kode": "status dan jawaban permohonan",
    "email": "status permohonan; jawabannya dikirim lewat email",
    "loket": "status permohonan; jawabannya diambil di loket",
}


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code as it is handed out, once: whose it is, what it opens on which page, and from when on (aware)."""

    shown: str = field(repr=False)
    whose: str
    opens: str
    page: str
    ready: datetime


def make(office: Office, number: str, person: Person, reason: str, text: str | None = None) -> NewCode:
    """Let a new code open a request or a complaint, and give it; the journal says who made it, and why.

    Args:
        office: The open office.
        number: Of the request or the complaint.
        person: Who checked whose it is.
        reason: Why it is made, without an identity.
        text: The case's file as it was shown, where a code is made only for that.

    Raises:
        PayungError: The reason is none or names somebody, or ``person`` may not; no code was made.
        Busy: The case changed meanwhile, or the register is in use.
    """
    of_complaint = complaint_register.is_complaint(office.register, number)
    if not of_complaint:
        identity.check_reason_for(office.register, number, reason)
    made = applicant_code.new_code()
    keys = applicant_code.derive_keys(made, applicant_code.host_of(office.settings.situs.alamat))
    if of_complaint:
        way = complaint_acts.renew_code(office, number, person, reason, keys)
        whose, opens = "pengadu", f"status {'dan surat jawaban pengaduan' if way == 'kode' else _LETTERLESS}"
    else:
        whose, opens = "pemohon", _of_case(office, number, person, reason, keys, text)
    minutes = office.settings.situs.status_tiap
    ready = applicant_status.last_slot(office.now(), minutes) + timedelta(minutes=minutes)
    return NewCode(made.shown, whose, opens, f"{office.settings.situs.alamat}lacak/", ready)


_LETTERLESS = "pengaduan, tanpa suratnya"


def _of_case(office: Office, number: str, person: Person, reason: str, keys: Keys, text: str | None) -> str:
    """Let a new code open a request; say what it opens."""
    register = office.register
    found_by = {"kunci": [], "waktu": [], "sidik": {LOCATOR: register.fingerprint(LOCATOR, keys.locator)}}
    now = office.now()
    who = act_journal.by_command(person, now).who
    event = Event(applicant_status.NEW_CODE, now, who, {"alasan": reason, **found_by})
    steps.apply(office, number, steps.set_code(keys.locator, keys.recipient), by=person, told=event, shown=text)
    case = register.read(number).case
    return _OPENS[case.balasan.jalan if case else "loket"]
