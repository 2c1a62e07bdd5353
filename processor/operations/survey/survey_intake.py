"""What the survey's pages sent is brought where it belongs; whoever calls takes the package away and tells nobody."""

from collections.abc import Callable, Collection

from processor.foundation.errors import Problem
from processor.operations import overview, status_words
from processor.operations.office import Office
from processor.operations.survey import survey_ballots, survey_votes
from processor.site import applicant_code
from processor.site.survey_packages import SentBallotRequest, SentVote

_PLACE = "survei"


def take(
    office: Office, sent: SentVote | SentBallotRequest, opened_by: Callable[[str], Collection[str]]
) -> list[Problem]:
    """Keep a vote that has a ballot, or give a ballot to who may have one; say what was done with neither.

    Args:
        office: The office; the caller holds the register's lock.
        sent: What a package said.
        opened_by: Gives the numbers of the cases that the code of a locator opens.

    Raises:
        PayungError, OSError: It must wait: a file of the register is damaged, or the disk refuses.
    """
    if isinstance(sent, SentBallotRequest):
        given = _may_ask(office, sent, opened_by) and survey_ballots.give(office, sent)
        return [] if given else [Problem(_PLACE, None, _NO_BALLOT)]
    if not survey_votes.is_valid(office, sent):
        return [Problem(_PLACE, None, _NO_VOTE)]
    survey_votes.keep(office, sent)
    return []


_NO_BALLOT = (
    "Sebuah permintaan kartu survei dihapus: kodenya tidak membuka permohonan yang sudah dijawab, atau dibuat dengan "
    "kunci survei yang lain."
)
_NO_VOTE = "Sebuah jawaban survei dihapus dan tidak dihitung: kartu surveinya tidak sah."


def _may_ask(office: Office, sent: SentBallotRequest, opened_by: Callable[[str], Collection[str]]) -> bool:
    """Tell whether the sender has proved to have the code of the case, and the case was answered."""
    if sent.nomor not in opened_by(applicant_code.locator_of(sent.untuk)):
        return False
    filed = office.register.read(sent.nomor)
    seen = overview.derive_for(office, filed)
    return filed.case is not None and seen is not None and status_words.may_vote(office, filed.case, seen)
