"""The desk's list of answers retold for the site that await the approval of a second officer."""

from collections.abc import Iterator
from dataclasses import dataclass

from processor.cases import retellings
from processor.cases.case_parts import Retelling
from processor.cases.staff import Staff
from processor.desk.visit import Visit, rendered
from processor.operations import overview

_SHOWN = 50
"""Cases that are read for one page."""


@dataclass(frozen=True, slots=True)
class WaitingRetelling:
    """What waits in a case, and whether another approves it than who looks: one who wrote it, or must not touch it."""

    number: str
    words: Retelling
    others: bool


def retold_page(visit: Visit) -> str:
    """Make the page. Raises OSError where the register cannot be read."""
    numbers = [row.number for row in overview.rows(visit.office) if row.retold]
    found = [*_read(visit, numbers[:_SHOWN])]
    sections = {
        "Menunggu persetujuan Anda" if visit.me else "Menunggu persetujuan": [one for one in found if not one.others],
        "Untuk petugas lain": [one for one in found if one.others],
    }
    shown = {title: some for title, some in sections.items() if some}
    return rendered("tanya-jawab-daftar.html", visit, sections=shown, more=len(numbers) - len(numbers[:_SHOWN]))


def _read(visit: Visit, numbers: list[str]) -> Iterator[WaitingRetelling]:
    """Read what waits in each case."""
    office = visit.office
    for number in numbers:
        filed = office.register.read(number)
        one = retellings.recorded(filed.case) if filed.case else None
        if filed.case and one:
            staff = Staff.of(office.settings.petugas, filed.events, office.register.fingerprint)
            never = retellings.writers(filed.case, filed.events, staff) | staff.barred(filed.case)
            yield WaitingRetelling(number, one, bool(visit.me) and staff.key(visit.me) in never)
