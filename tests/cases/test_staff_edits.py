"""What staff changed in a case file is told by place, and nothing that nobody wrote."""

from processor.cases import staff_edits
from processor.cases.records import Event
from tests.cases.test_case_status import APPROVED, case
from tests.cases.test_decision_digests import LaterCaseFile, LaterStudy
from tests.office import START


def test_what_a_later_version_presumes_in_an_old_file_is_nobody_s_edit() -> None:
    now = case(**APPROVED)
    later = LaterCaseFile.model_validate_json(now.model_dump_json())

    def plain(kind: str, text: str) -> str:
        return f"{kind}|{text}"

    filed = Event("didaftar", START, "payung", staff_edits.initial_record(staff_edits.fingerprints(now, plain)))
    assert staff_edits.changed_fields(later, [filed], plain) == {}
    written = later.model_copy(update={"kajian": LaterStudy(**APPROVED["kajian"], kelak="Baru.")})
    assert staff_edits.changed_fields(written, [filed], plain) == {"kajian.kelak": "isi|Baru."}
