"""What a reviewer says of single parts of a study: written into the case, for its analyst to see beside each part."""

from collections.abc import Mapping

from processor.cases.case_file import CaseFile
from processor.foundation.errors import Busy
from processor.operations import steps, study_saving, study_texts
from processor.operations.act_journal import Person
from processor.operations.office import Office


def given(case: CaseFile) -> Mapping[str, str]:
    """Give the remarks that stand in a case, by part."""
    remarks = case.pemeriksaan.komentar_bagian
    return remarks.by_part if remarks else {}


def mark(remarks: Mapping[str, str]) -> str:
    """Give the digest by which a form tells which remarks it showed."""
    return study_texts.mark("\n".join(f"{part}: {remarks[part]}" for part in sorted(remarks)))


def save(office: Office, number: str, remarks: Mapping[str, str], shown: str, by: Person) -> None:
    """Write all remarks of a reviewer; keys of the office's own stay.

    Args:
        office: The open office.
        number: The case.
        remarks: The remarks by part; a part without one is left out.
        shown: The ``mark`` of those that were shown.
        by: Who reviews.

    Raises:
        Busy: The remarks, or the file, changed since they were shown.
        BrokenFiles, PayungError: As ``steps.apply``.
    """
    filed = office.register.read(number)
    case = study_saving.usable_case(filed)
    if mark(given(case)) != shown:
        raise Busy("Komentar pemeriksa berubah sejak ditampilkan. Bandingkan dengan yang kini ada, lalu simpan lagi.")
    before = case.pemeriksaan.komentar_bagian
    own = (before.model_extra or {}) if before else {}
    written = {**{key: words for key, words in remarks.items() if words}, **own}
    if written != {**given(case), **own}:
        changes = {("pemeriksaan", "komentar_bagian"): written or None}
        steps.apply(office, number, changes, by=by, shown=filed.document.text)
