"""What officers do with the messages of applicants: say that they dealt with one, or decide about contact data."""

from collections.abc import Sequence

from processor.cases import applicant_messages
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.foundation.errors import Busy, PayungError
from processor.operations import identity
from processor.operations.act_journal import Person
from processor.operations.office import Office

_WAIT = 10.0
DECISION = "putusan"
"""The detail that tells what became of contact data that were asked for: ``diterapkan`` or ``tidak_diterapkan``."""


def waiting(filed: Filed) -> Sequence[Event]:
    """List the messages of a case that wait for an officer, oldest first."""
    return applicant_messages.waiting(filed.case, filed.events) if filed.case else ()


def mark_read(office: Office, number: str, file: str, by: Person) -> None:
    """Let the journal say that ``by`` dealt with the message in ``file``, which asks for nothing to be decided.

    Raises:
        PayungError: It is an objection, to be recorded, or asks for other contact data, to be decided about.
        Busy: It does not wait any more, or somebody else writes.
    """
    with office.register.lock(_WAIT):
        message = _waiting_in(office, number, file)
        if asks_for_data(message):
            raise PayungError("Pemohon meminta kontaknya diganti: putuskan, diganti atau tidak.")
        if objects(message):
            raise PayungError(
                f"Pesan ini keberatan atas penolakan: catat dengan payung keberatan {number}, atau di meja."
            )
        office.register.record(number, _dealt_with(office, file, by))


def decide_data(office: Office, number: str, file: str, by: Person, *, apply: bool) -> None:
    """Correct e-mail or telephone as the message in ``file`` asks, or let the journal say that they stay as they are.

    Raises:
        BrokenFiles: What was asked for is no e-mail address or telephone number.
        PayungError: The identity cannot be opened.
        Busy: It does not wait any more, or somebody else writes.
    """
    with office.register.lock(_WAIT):
        message = _waiting_in(office, number, file)
        if not asks_for_data(message):
            raise Busy(_GONE.format(number))
        if apply:
            who = by.officer or by.account or "petugas"
            identity.correct_as_asked(office.register, office.form, number, message, who, office.now())
        office.register.record(number, _dealt_with(office, file, by, "diterapkan" if apply else "tidak_diterapkan"))


def asks_for_data(message: Event) -> bool:
    """Tell whether a message asks for other contact data, and came while it could."""
    return message.kind == applicant_messages.EVENTS["data"] and applicant_messages.counts(message)


def objects(message: Event) -> bool:
    """Tell whether a message objects to a rejection, and came while it could."""
    return message.kind == applicant_messages.EVENTS["keberatan"] and applicant_messages.counts(message)


def _waiting_in(office: Office, number: str, file: str) -> Event:
    """Give the message in ``file`` that waits. Raises Busy."""
    found = next((one for one in waiting(office.register.read(number)) if one.data["berkas"] == file), None)
    if found is None:
        raise Busy(_GONE.format(number))
    return found


_GONE = "Pesan itu tidak menunggu lagi pada {}: mungkin petugas lain sudah menanganinya. Lihat permohonannya lagi."


def _dealt_with(office: Office, file: str, by: Person, decision: str = "") -> Event:
    data = {"berkas": [file], **({DECISION: decision} if decision else {})}
    return Event(applicant_messages.READ, office.now(), by.officer or by.account or "petugas", data)
