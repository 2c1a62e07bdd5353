"""Saves what was typed into the study of a case, unless somebody changed the same part meanwhile."""

from collections.abc import Mapping

from processor.cases.case_file import CaseFile
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.foundation.errors import BrokenFiles, Busy, PayungError
from processor.operations import steps, study_exchange, study_texts
from processor.operations.act_journal import Person
from processor.operations.office import Office
from processor.operations.study_texts import Joined, Texts


class NothingWritten(PayungError):
    """Nothing was written of what somebody typed; ``found`` tells why."""

    def __init__(self, found: Joined) -> None:
        super().__init__("Belum ada yang ditulis.")
        self.found = found


_TRIES = 5
"""How often a save begins anew because another part of the file changed under it."""


def usable_case(filed: Filed) -> CaseFile:
    """Give what a case holds. Raises BrokenFiles when its file cannot be used."""
    if filed.case is None:
        raise BrokenFiles(filed.problems)
    return filed.case


def save(
    office: Office, number: str, typed: Texts, shown: Mapping[str, str], by: Person, told: Event | None = None
) -> Joined:
    """Write the parts that were typed on, by the same step as a command; nothing where one of them clashes.

    Args:
        office: The open office.
        number: The case.
        typed: The texts of the form.
        shown: By part the mark of the text that was shown; see ``study_texts.joined``.
        by: Who saves.
        told: What the journal is to say besides; see ``steps.apply``.

    Returns:
        What was written, or the clashes for which nothing was.

    Raises:
        BrokenFiles, PayungError, Busy: As ``steps.apply``.
    """
    for _ in range(_TRIES):
        filed = office.register.read(number)
        found = study_texts.joined(study_texts.of_case(usable_case(filed)), typed, shown)
        if found.clashes or not found.changes:
            return found
        try:
            steps.apply(office, number, found.changes, by=by, told=told, shown=filed.document.text)
        except Busy:
            if office.register.read(number).document.text == filed.document.text:
                raise
        else:
            return found
    raise Busy(f"{number} terus berubah sewaktu disimpan; tidak ada yang ditulis. Ulangi sebentar lagi.")


def save_with_file(
    office: Office, number: str, typed: Texts, shown: Mapping[str, str], by: Person, content: bytes
) -> Joined:
    """Save as ``save``, and keep a Word file beside the case where there is one and something was written of it."""
    if not content:
        return save(office, number, typed, shown, by)
    try:
        with study_exchange.kept(office, number, content, by) as told:
            return _written(save(office, number, typed, shown, by, told))
    except NothingWritten as error:
        return error.found


def _written(found: Joined) -> Joined:
    """Pass on what was written. Raises NothingWritten."""
    if found.clashes or not found.changes:
        raise NothingWritten(found)
    return found
