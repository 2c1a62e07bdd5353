"""Which cases are of a unit, for an officer who says why: the office's journal of notes keeps who asked, and why.

The unit is sealed like an identity. It stands in no ordinary list, index or workbook; nor does the journal say which
unit was asked for, or which cases were shown: those that were shown together would be known to share one.
"""

import re
from collections.abc import Iterable

from processor.cases.records import Event
from processor.foundation import unit_tree
from processor.foundation.errors import PayungError
from processor.operations import identity, office_records, side_journal, unit_index
from processor.operations.office import Office

OPENED = "unit_dibuka"


def of_unit(office: Office, code: str, numbers: Iterable[str], by: str, reason: str) -> frozenset[str]:
    """Choose those of ``numbers`` whose applicant is of a unit, or of one below it.

    The caller holds the register's lock.

    Args:
        office: The open office.
        code: The unit's code, as ``payung.yaml`` has it.
        numbers: The cases that the list would show.
        by: The officer who asks.
        reason: Why; it names no applicant of a case that is shown, and no unit.

    Raises:
        PayungError: There is no such unit, or the reason is empty or names what it must not.
    """
    unit = unit_tree.chosen(office.settings.unit, code)
    wanted, units = unit_tree.below(office.settings.unit, unit.kode), unit_index.units_of(office)
    chosen = frozenset(number for number in numbers if units.get(number) in wanted)
    _check_reason(office, chosen, reason)
    side_journal.append(office.register, office_records.JOURNAL, Event(OPENED, office.now(), by, {"alasan": reason}))
    return chosen


def _check_reason(office: Office, chosen: Iterable[str], reason: str) -> None:
    """Refuse a reason that the journal could not keep in the open. Raises PayungError."""
    identity.check_reason(reason, ())
    for number in sorted(chosen):
        identity.check_reason_for(office.register, number, reason)
    names = {text.casefold() for unit in office.settings.unit for text in (unit.kode, unit.nama)}
    if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", reason.casefold()) for name in names):
        raise PayungError("Alasan tidak boleh menyebut unit: riwayat menyimpannya terbuka. Tulis ulang tanpa itu.")
