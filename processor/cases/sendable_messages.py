"""Which messages an applicant can send with the code about a request as it stands. Pure."""

from collections.abc import Sequence

from processor.cases import answers, applicant_messages, objections
from processor.cases.applicant_messages import MessageKind
from processor.cases.case_file import CaseFile
from processor.cases.case_status import DELIVERED, Status
from processor.cases.records import Event

_ASK: tuple[MessageKind, ...] = ("tanya",)


def sendable(case: CaseFile, events: Sequence[Event], status: Status) -> tuple[MessageKind, ...]:
    """Give the kinds of messages that change something now, or that somebody reads, most asked for first.

    The same tells the page what to offer, and the pass whether a message came in time.
    """
    if status in {*DELIVERED, "diarsipkan"}:
        return _after_the_letter(case, events, status)
    if status == "dibatalkan":
        return _ASK
    if applicant_messages.pending_withdrawal(events):
        return ("urungkan", *_ASK)
    return ("tambahan", "tanya", "data", "tarik")


def _after_the_letter(case: CaseFile, events: Sequence[Event], status: Status) -> tuple[MessageKind, ...]:
    """Give what can be sent once a letter went out; of a request that was withdrawn and put away, only a question."""
    if not any(event.kind == "jawaban" for event in events):
        return _ASK
    objection: tuple[MessageKind, ...] = ("keberatan",) if _may_object(case, events) else ()
    receipt: tuple[MessageKind, ...] = ("terima",) if status == "disampaikan" else ()
    question: MessageKind = "lanjutan" if begins_a_request(events, status) else "tanya"
    return (*receipt, *objection, question, "tambahan", "data")


def _may_object(case: CaseFile, events: Sequence[Event]) -> bool:
    """Tell whether a rejection stands with the applicant to which nobody has objected yet."""
    rejected = case.verifikasi.keputusan == "ditolak" and objections.rejection_delivered(case, events)
    return rejected and not objected(case, events)


def objected(case: CaseFile, events: Sequence[Event]) -> bool:
    """Tell whether the applicant has objected, whether or not an officer has recorded it yet."""
    sent = any(one.kind == applicant_messages.EVENTS["keberatan"] and applicant_messages.counts(one) for one in events)
    return sent or objections.recorded(case) is not None


def in_time(kind: MessageKind | None, case: CaseFile, events: Sequence[Event], status: Status) -> bool:
    """Tell whether a message still finds the request as it must be; words, documents and questions always do."""
    return kind in {None, "tambahan", "tanya"} or kind in sendable(case, events, status)


def begins_a_request(events: Sequence[Event], status: Status) -> bool:
    """Tell whether a question can be about an answer, and so become a request of its own."""
    return status in {*DELIVERED, "diarsipkan"} and answers.opinion_went_out(events)
