"""What who complained is told by mail, where they gave an address: that it was received, and that it was answered.

Number and what happened, never what it is about. Written at the moment of sending, as notices of requests are.
"""

from collections.abc import Iterator, Mapping

from processor.cases import complaint_content, complaint_register, journal_heads
from processor.cases.case_file import Way
from processor.cases.complaint import AnswerWay
from processor.cases.complaint_register import FiledComplaint
from processor.cases.records import Attachment, Event
from processor.foundation.errors import BrokenFiles, Problem
from processor.mail import composer
from processor.mail.composer import Notice, NoticeKind
from processor.mail.message import Message, OutboxEntry
from processor.mail.templates import COMPLAINTS
from processor.operations.complaints import complaint_letters
from processor.operations.office import Office

MAILED = "email"
_WAYS: Mapping[AnswerWay, Way] = {"email": "email", "kode": "kode"}
_GONE = "Surat jawaban yang disampaikan tidak ada lagi, atau berubah."


def concerns(entry: OutboxEntry) -> bool:
    """Tell whether a message is about a complaint."""
    return entry.kind in COMPLAINTS


def queue(office: Office, filed: FiledComplaint) -> None:
    """Put into the outbox what the complainant must hear of, and has not. Whoever gave no address is told nothing."""
    for kind, _ in _owed(filed):
        message = Message(filed.number, kind, kind)
        if not office.outbox.find(message.name) and _address(office, filed):
            office.outbox.queue(message, office.now())


def _owed(filed: FiledComplaint) -> Iterator[tuple[NoticeKind, Event]]:
    """Give what was not told yet, with the event that it tells of."""
    told = {one.data["pesan"] for one in filed.events if one.kind == MAILED and one.data["keadaan"] != "usang"}
    answer = next((one for one in reversed(filed.events) if one.kind == complaint_letters.ANSWER), None)
    received, answered = COMPLAINTS
    if answer is None and received not in told and filed.events:
        yield received, filed.events[0]
    if answer and answered not in told:
        yield answered, answer


def _address(office: Office, filed: FiledComplaint) -> str:
    return complaint_content.read(office.register, filed.folder).complainant.email.strip()


def compose(office: Office, entry: OutboxEntry) -> Message | None:
    """Write a notice as it must be now; None when nothing calls for it any more. Raises BrokenFiles."""
    filed = complaint_register.read(office.register, entry.number)
    if filed.complaint is None:
        raise BrokenFiles(filed.problems)
    owed = next((one for one in _owed(filed) if one[0] == entry.kind), None)
    address = _address(office, filed) if owed else ""
    if owed is None or not address:
        return None
    kind, event = owed
    way = _WAYS.get(filed.complaint.jawaban_lewat, "loket")
    origin = next((str(one.data.get(journal_heads.MAIL_MARK, "")) for one in filed.events[:1]), "")
    notice = Notice(kind, filed.number, address, event.time, cara=way, origin=origin)
    return composer.compose(notice, office.settings, _documents(filed) if notice.carries_answer else ())


def _documents(filed: FiledComplaint) -> list[Attachment]:
    """Give the letter that went out, as it was then. Raises BrokenFiles where it is gone or changed."""
    path = complaint_letters.delivered(filed)
    if path is None:
        raise BrokenFiles((Problem(str(filed.folder), None, _GONE, "Pulihkan folder keluar dari cadangan."),))
    return [Attachment(path.name, path.read_bytes())]


def journal_outcome(office: Office, entry: OutboxEntry) -> None:
    """Let the journal of the complaint say, once, what became of a message. The caller holds the register's lock."""
    data = {"jenis": entry.kind, "pesan": entry.event, "keadaan": entry.state}
    events = complaint_register.read(office.register, entry.number).events
    if not any(one.kind == MAILED and one.data == data for one in events):
        event = Event(MAILED, entry.changed or office.now(), "payung", data)
        complaint_register.record(office.register, entry.number, event)
