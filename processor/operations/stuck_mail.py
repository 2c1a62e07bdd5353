"""The messages that wait for a person's decision, as the page on which a day begins tells of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from processor.mail.message import OutboxEntry, State
from processor.operations import outbox_decisions
from processor.operations.office import Office

STUCK: tuple[State, ...] = ("gagal", "tidak_pasti", "ditahan")
_MOST = 300
"""Of more than these in the outbox none is read, so that the page stays quick: no server was reached for long."""


@dataclass(frozen=True, slots=True)
class StuckMail:
    """The messages that wait for a person; ``unread`` counts those in an outbox that holds too many to look at."""

    entries: Sequence[OutboxEntry] = ()
    unread: int = 0


def stuck(office: Office, viewer: str) -> StuckMail:
    """Find the messages that wait for a person, of those that ``viewer`` (short name) may know of. Raises OSError."""
    folder = office.outbox.folder
    lying = sum(1 for one in folder.iterdir() if not one.name.startswith(".")) if folder.is_dir() else 0
    if lying > _MOST:
        return StuckMail(unread=lying)
    return StuckMail([one for one in outbox_decisions.visible(office, viewer) if one.state in STUCK])
