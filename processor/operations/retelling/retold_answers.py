"""Which retold questions and answers the site shows now: those approved before this month, until something is changed.

They come in batches, with the first publication of a month, so that no day of appearing tells when a request was
answered. What is withdrawn, changed or no longer approved goes with the next publication, whatever the day. Between two
batches only those that are shown and whose files have changed are read again.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from processor.cases import retellings
from processor.cases.case_parts import Retelling
from processor.cases.register_marks import RegisterMarks
from processor.foundation.errors import PayungError
from processor.operations import office_clock, overview, register_watch
from processor.operations.office import Office
from processor.operations.overview import KnownRows
from processor.site.answer_pages import RetoldAnswer

_STATE = "tanya-jawab"
_NAME = 8  # hex digits of an answer's place on its page
_Kept = Mapping[str, list[str]]
"""The change mark of a case and the digest of its words, by its number."""


@dataclass(frozen=True, slots=True)
class ShownAnswers:
    """What the site is to show: the cases of a ``batch``, and a ``digest`` that follows their words."""

    office: Office
    batch: str
    kept: _Kept

    @property
    def digest(self) -> str:
        """Give a digest that is another once anything is shown that was not, or no longer; "" for nothing."""
        words = sorted(f"{number} {words}" for number, (_, words) in self.kept.items())
        return hashlib.sha256("\n".join(words).encode()).hexdigest() if words else ""

    def read(self) -> dict[str, RetoldAnswer]:
        """Read the words, by case. What has changed since the look is left out. Raises as ``Register.read``."""
        found = ((number, words, _approved(self.office, number)) for number, (_, words) in self.kept.items())
        return {number: _retold(self.office, number, one[0]) for number, words, one in found if one and one[1] == words}

    def remember(self) -> None:
        """Keep what was looked at for the next look. Raises as ``Register.save_state``."""
        self.office.register.save_state(_STATE, {"bulan": self.batch, "tampil": dict(self.kept)})


def look(office: Office, marks: RegisterMarks) -> ShownAnswers:
    """Tell what the site is to show now.

    While the clock is in doubt no new batch is begun.

    Args:
        office: The open office.
        marks: The register's marks: the row of every case is looked at once a month, otherwise only what is shown.
    """
    state, month = office.register.state(_STATE), f"{office.now():%Y-%m}"
    known: _Kept = state.get("tampil", {})
    batch = state.get("bulan", "")
    if batch != month and not office_clock.doubt(office):
        batch, numbers = month, [*_due(office, marks, month)]
    else:
        numbers = [*known]
    there = {number: mark for number in numbers if (mark := marks.all().get(number))}
    kept = {number: known[number] for number, mark in there.items() if number in known and known[number][0] == mark}
    return ShownAnswers(
        office, batch, {**kept, **dict(_anew(office, {n: m for n, m in there.items() if n not in kept}))}
    )


def _anew(office: Office, changed: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Give what may be shown of cases that are new or changed, with their marks; of one that is older, nothing."""
    held = register_watch.held_cases(office.register, office.memory, changed) if changed else frozenset[str]()
    for number, mark in changed.items():
        if number not in held and (one := _approved(office, number)):
            yield number, [mark, one[1]]


def _due(office: Office, marks: RegisterMarks, month: str) -> Iterator[str]:
    """Give the cases whose words were approved before ``month`` began, by their rows."""
    known = KnownRows.load(office)
    for number, mark in marks.all().items():
        row = known.row(number, mark) or overview.fresh_row(office, number)
        if row.approved and row.approved[:7] < month:
            yield number


def _approved(office: Office, number: str) -> tuple[Retelling, str] | None:
    """Give what may be shown of a case, with the digest of its words; None for nothing, or where it cannot be read."""
    try:
        filed = office.register.read(number)
        one = filed.case.publikasi if filed.case else None
        return (one, retellings.digest(one)) if one and overview.approved_at(office, filed) else None
    except (PayungError, OSError):
        return None


def _retold(office: Office, number: str, one: Retelling) -> RetoldAnswer:
    """Give what is shown, with a name that stays the same and leads to no case but by the register's secret."""
    name = f"t-{office.register.fingerprint(_STATE, number)[:_NAME]}"
    return RetoldAnswer(one.topik, one.pertanyaan, one.jawaban, name)
