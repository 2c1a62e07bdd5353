"""A follow-up question after an answer: a request of its own, with its own number and clock, of the same applicant."""

from contextlib import suppress
from pathlib import Path

from processor.cases.case_file import CaseFile
from processor.foundation.errors import Busy, PayungError
from processor.operations import advance, case_letters, counter_filing, follow_up_request
from processor.operations.follow_up_request import FollowUp
from processor.operations.office import Office

_WAIT = 60.0  # seconds for a pass that is under way: somebody stands at the counter


def check(office: Office, number: str) -> None:
    """Raise PayungError where the request has no answer yet that one could ask about."""
    follow_up_request.answered(office, office.register.read(number))


def receive(office: Office, number: str, by: str, question: FollowUp) -> str:
    """File a follow-up question and let its receipt be made. Args, Returns and Raises as ``ask``."""
    new = ask(office, number, by, question)
    with suppress(Busy):  # the receipt is then made by the next pass
        advance.advance(office, [new])
    return new


def ask(office: Office, number: str, by: str, question: FollowUp) -> str:
    """File a follow-up question to the answer of a request; the journals of both tell it.

    Args:
        office: The open office.
        number: The request that was answered.
        by: The short name of the officer who received the question.
        question: What is asked.

    Returns:
        The new request's number.

    Raises:
        PayungError: Where nothing was answered yet, or the dossier cannot be opened. Busy when the register is in use.
    """
    response = follow_up_request.response(office, office.register.read(number), question)
    new = counter_filing.file(office, by, response).number
    with office.register.lock(_WAIT):
        follow_up_request.tell(office, number, by, new)
    return new


def earlier_answer(office: Office, case: CaseFile) -> tuple[Path, ...]:
    """Give where the answer lies that this request asks about; nothing where it asks about none, or it is not there."""
    with suppress(PayungError, OSError):
        if case.lanjutan_dari:
            return tuple(case_letters.delivered_answer(office.register.read(case.lanjutan_dari)))
    return ()
