"""Which unit each applicant is of, as a code and for figures only: the one way from a number to it, kept sealed.

Derived: delete ``unit.age`` and nothing is lost; a damaged one, or one for another key, is made anew. Nothing of it
lies in the open: what is shown of it must pass the audit of figures. Only a dossier that has changed is opened again.
"""

import json
from collections.abc import Mapping

from processor.cases import dossier
from processor.cases.register import Register, sealed_part
from processor.cases.register_marks import RegisterMarks
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.operations.office import Office

FILE_NAME = "unit.age"
_Entries = dict[str, tuple[str, str]]
"""The mark of a dossier and the code in it, by its case's number."""


def units_of(office: Office, seen: RegisterMarks | None = None) -> Mapping[str, str]:
    """Give the code of the applicant's unit by registration number, for every case of which it is known.

    Args:
        office: The office; where its settings list no units there is nothing to know, and nothing is opened.
        seen: The register's marks if they were looked at already.

    Returns:
        Codes of the settings' tree only. A dossier that cannot be opened is left out, and looked at again next time.
    """
    known = {unit.kode for unit in office.settings.unit}
    if not known:
        return {}
    register, marks = office.register, (seen or RegisterMarks(office.register)).all()
    before = _read(register)
    now: _Entries = {}
    for number, mark in marks.items():
        sealed = sealed_part(mark)
        kept = before.get(number)
        entry = kept if kept and kept[0] == sealed else _looked_up(register, number, sealed)
        if entry:
            now[number] = entry
    if now != before:
        atomic_files.replace(register.state_folder / FILE_NAME, register.seal(json.dumps(now).encode()))
    return {number: code for number, (_, code) in now.items() if code in known}


def _looked_up(register: Register, number: str, mark: str) -> tuple[str, str] | None:
    """Open a dossier for the code in it; None when that cannot be done."""
    try:
        return mark, dossier.open_dossier(register, number).applicant.unit
    except (PayungError, OSError):
        return None


def _read(register: Register) -> _Entries:
    """Read what is kept; nothing where there is none that can be used."""
    try:
        data = json.loads(register.unseal((register.state_folder / FILE_NAME).read_bytes()))
        return {str(number): (str(mark), str(code)) for number, (mark, code) in data.items()}
    except (PayungError, OSError, ValueError, TypeError, AttributeError):
        return {}
