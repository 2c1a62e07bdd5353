"""What a person decides about a message in the outbox; a journal says who did, and what.

That is the journal of its case or complaint, and the office's own where it is about neither.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal, get_args

from processor.cases import complaint_register
from processor.cases.records import Event
from processor.mail import outbox
from processor.mail.message import OutboxEntry
from processor.mail.outbox import Outbox
from processor.operations import act_journal, office_records, side_journal
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_duties, complaint_notices
from processor.operations.office import Office

MailDecision = Literal["ulang", "tahan", "lepas", "batal"]
DECISIONS: tuple[MailDecision, ...] = get_args(MailDecision)
DECIDED = "email_diputus"
"""The journal's event of a message about which somebody decided."""
_WAIT = 10.0  # seconds for a pass that is under way
_CHANGES: Mapping[MailDecision, Callable[[Outbox, str, datetime], OutboxEntry]] = {
    "ulang": outbox.send_again,
    "tahan": outbox.hold,
    "lepas": outbox.release,
    "batal": outbox.cancel,
}


def decide(office: Office, name: str, decision: MailDecision, person: Person) -> OutboxEntry:
    """Send a message again, hold it, release it or call it off; give how far it came.

    Raises PayungError when its state does not allow that, Busy.
    """
    now = office.now()
    with office.register.lock(_WAIT):
        entry = _CHANGES[decision](office.outbox, name, now)
        account = {"akun": person.account} if person.account else {}
        data = {"jenis": entry.kind, "putusan": decision, **account}
        event = Event(DECIDED, now, act_journal.by_command(person, now).who, data)
        if complaint_notices.concerns(entry):
            complaint_register.record(office.register, entry.number, event)
        elif entry.number and office.register.has(entry.number):
            office.register.record(entry.number, event)
        else:
            told = replace(event, data={**data, "email": entry.name})
            side_journal.append(office.register, office_records.JOURNAL, told)
    return entry


def visible(office: Office, viewer: str) -> list[OutboxEntry]:
    """List the messages, the one that waits longest first; none about a complaint that ``viewer`` must not see."""
    entries = office.outbox.entries()
    if not any(map(complaint_notices.concerns, entries)):
        return [*entries]
    seen = {row.number for row in complaint_duties.visible(office, viewer)}
    return [one for one in entries if not complaint_notices.concerns(one) or one.number in seen]
