"""What a message from the tracking page does: brought to its case, or, where it asks about an answer, filed as another.

A message for a request that has moved on since its sender looked is kept there and changes nothing by itself.
"""

from collections.abc import Callable, Sequence

from processor.cases import sendable_messages
from processor.cases.records import Response
from processor.cases.register import Filed
from processor.cases.register_marks import RegisterMarks
from processor.foundation.errors import PayungError
from processor.intake import filing
from processor.intake.recognition import Decision
from processor.operations import follow_up_request, overview
from processor.operations.follow_up_request import FollowUp
from processor.operations.office import Office
from processor.site.sealed_packages import OpenedPackage

FileRequests = Callable[[Sequence[Response]], Sequence[Decision]]
"""Files responses as requests, and gives what became of each; the caller holds the register's lock."""
_WORDS, _AGREES = "keterangan", "setuju"
"""The answers of a message that hold its words, and that accept the terms."""


def take(office: Office, package: OpenedPackage, number: str, marks: RegisterMarks, file: FileRequests) -> str:
    """Do what a message asks for about the case ``number``, once however often it comes.

    Returns:
        What became of it, for the report of the pass; "" for one that was taken in before.

    Raises:
        PayungError: The case cannot be used now; the message waits.
    """
    filed = office.register.read(number)
    seen = overview.derive_for(office, filed)
    if filed.case is None or seen is None:
        raise PayungError(f"Kiriman menunggu sampai berkas {number} dibetulkan.")
    if package.message == "lanjutan" and sendable_messages.begins_a_request(filed.events, seen.status):
        _asked_on(office, package, filed, file)
        marks.look_again([number])
        return ""
    in_time = sendable_messages.in_time(package.message, filed.case, filed.events, seen.status)
    if not filing.complete(package.response, number, office.register, office.now(), package.message, in_time=in_time):
        return ""
    marks.look_again([number])
    return "dilengkapi" if package.message in {None, "tambahan"} else "pesan"


def _asked_on(office: Office, package: OpenedPackage, filed: Filed, file: FileRequests) -> None:
    """File a question to an answer as a request of its own, which the same code opens. Raises PayungError."""
    said = package.response
    question = FollowUp(
        said.others.get(_WORDS, ""), same_code=True, agreed=said.others.get(_AGREES) == "ya", key=said.key,
        attachments=said.attachments, terms=said.terms, source=said.source, sent=said.submitted,
    )  # fmt: skip
    done = file([follow_up_request.response(office, filed, question)])
    if not done:
        raise PayungError(f"Pertanyaan lanjutan atas {filed.number} menunggu sampai berkasnya dibetulkan.")
    follow_up_request.tell(office, filed.number, filing.ACTOR, done[0].number)
