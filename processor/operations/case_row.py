"""What is known of a case in one row: what lists, the desk and reminders show, and how it is kept as text.

It holds no identity and no word of an applicant.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any

_LEAST = 14  # values that are kept of a row; of those behind them only up to the last that says something
BROKEN = "berkas_rusak"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in one line. Times are ISO 8601 with their zone, "" where there is none.

    ``status`` is a ``case_status.Status``, or ``berkas_rusak`` where the file cannot be used. ``holders`` are officers
    by their short names. ``due`` and ``whole`` are the deadlines of the running ``step`` and of the whole since the
    request was ``received``, ``promise`` that of the whole since it was ``sent``. ``findings`` are for the verifier to
    see, ``wrong`` for somebody to mend; ``wake`` is when the next reminder is due; ``letter`` holds the
    ``plain_number`` of each of its letters, one a line; ``urgent`` is the near date of an open case.
    ``files`` is the ``evidence.state`` in which the files beside the case file were found to be right, and that of the
    dossier. ``topic``, ``channel``, ``obstacles`` (their kinds, a blank between two), ``objection`` and ``follows`` are
    those of ``case_labels``; ``approved`` is when a question and answer for the site was approved. ``awaited`` is the
    day until which another office was to answer and has not, the first of an open case; ``acts`` is what ``row_acts``
    keeps; ``messages`` are the kinds of the applicant's messages that wait for an officer, a blank between two;
    ``retold`` is "ya" where a question and answer for the site awaits the approval of a second officer.
    """

    number: str
    received: str = ""
    service: str = ""
    status: str = BROKEN
    duty: str = "betulkan permohonan.yaml"
    holders: tuple[str, ...] = ()
    step: str = ""
    due: str = ""
    whole: str = ""
    findings: int = 0
    wrong: int = 0
    wake: str = ""
    sent: str = ""
    promise: str = ""
    letter: str = ""
    files: str = field(default="", compare=False)
    urgent: str = ""
    topic: str = ""
    channel: str = ""
    obstacles: str = ""
    objection: str = ""
    follows: str = ""
    approved: str = ""
    awaited: str = ""
    acts: str = ""
    messages: str = ""
    retold: str = ""

    @property
    def letters(self) -> tuple[str, ...]:
        """List the ``plain_number`` of each of its letters."""
        return tuple(self.letter.splitlines())

    def late(self, now: datetime) -> bool:
        """Tell whether the step or the promise to the applicant is past its time at ``now`` (aware)."""
        return any(text and datetime.fromisoformat(text) < now for text in (self.due, self.promise))


def plain_number(text: str) -> str:
    """Give a letter's number as it is compared: without spaces, whatever the size of its letters."""
    return "".join(text.split()).casefold()


def plain_numbers(texts: Iterable[str]) -> Iterator[str]:
    """Give letters' numbers as they are compared."""
    return map(plain_number, texts)


def damaged_row(before: CaseRow, wrong: int = 1, duty: str = CaseRow("").duty) -> CaseRow:
    """Make the row of a damaged case: place, date and deadlines are those from ``before``."""
    return replace(before, status=BROKEN, duty=duty, holders=(), wrong=wrong, wake="")


def to_text(made: CaseRow) -> str:
    """Write a row as text, without its number; ``from_text`` reads it."""
    values = list(asdict(made).values())[1:]
    while len(values) > _LEAST and not values[-1]:
        values.pop()
    return json.dumps(values, ensure_ascii=False)


_HOLDERS = [one.name for one in fields(CaseRow)][1:].index("holders")


def from_text(number: str, kept: str) -> CaseRow | None:
    """Read a row from what was kept of it; None where that is damaged."""
    try:
        values: list[Any] = json.loads(kept)
        if len(values) < _LEAST:
            return None
        values[_HOLDERS] = tuple(values[_HOLDERS])
        return CaseRow(number, *values)
    except (ValueError, TypeError, LookupError):
        return None
