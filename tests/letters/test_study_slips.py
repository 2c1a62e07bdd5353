"""A study that is called ready is told where an issue has a footnote without words."""

from pathlib import Path

from processor.cases.case_file import CaseFile
from processor.cases.register import Filed
from processor.foundation import yaml_reader
from processor.letters import study_slips
from tests import letter_samples


def test_a_mark_without_a_footnote_in_an_issue_is_told_with_its_line() -> None:
    words = "Apakah pemohon dapat digugat"
    text = letter_samples.document().text.replace(words, f"{words}[^1]")
    document = yaml_reader.parse(Path("permohonan.yaml"), text)
    case, _ = yaml_reader.validate(CaseFile, document)
    filed = Filed("BH-2026-0007", Path(), document, case, (), ())
    (slip,) = study_slips.of_step(filed, {("kajian", "selesai"): "ya"})
    assert slip.line == text[: text.index(words)].count("\n") + 1
    assert slip.message.startswith("kajian.isu_hukum butir 2: Tanda catatan kaki [^1] tidak ada isinya")
    assert study_slips.of_step(filed, {("kajian", "saran"): "x"}) == ()
