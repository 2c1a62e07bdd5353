"""The index by which a pass knows every case again: made from the journals, and thrown away at any time."""

import shutil
from pathlib import Path

from processor.cases import journal
from processor.cases.records import Event
from processor.intake import recognition_index
from processor.intake.recognition import Recognition
from tests.office import START, register

ONE, TWO = "BH-2026-0001", "BH-2026-0002"
MARKS = {"nip": "5d0e1c935dc92a6ee832be7c", "telepon": "?5095725b107a437971c116d6", "unit": ""}
SEEN = {"kunci": ["google:abc"], "waktu": ["2026-03-02T01:00:07+00:00"], "sidik": MARKS}
EVENTS = [
    Event("didaftar", START, "payung", {"sumber": "google", **SEEN, "kembaran": [TWO]}),
    Event("diubah", START, "payung", {**SEEN, "sidik": {"unit": "1f"}}),
]
KEPT = {
    "kunci": ["google:abc"],
    "waktu": ["2026-03-02T01:00:07+00:00"],
    "sidik": [MARKS, {**MARKS, "unit": "1f"}],
    "kembaran": [TWO],
}


def test_what_the_index_keeps_of_a_case_never_changes_its_form(tmp_path: Path) -> None:
    made = register(tmp_path)
    folder = made.folder / "2026" / ONE
    folder.mkdir(parents=True)
    (folder / journal.FILE_NAME).write_bytes(journal.journal_lines(EVENTS, ONE))
    traces = (
        Recognition(
            ONE, frozenset({"google:abc"}), frozenset({START}), (MARKS, {**MARKS, "unit": "1f"}), frozenset({TWO})
        ),
    )
    assert recognition_index.load(made) == traces
    assert made.state("indeks")[ONE][1] == KEPT
    assert recognition_index.load(made) == traces, "as it was kept"
    shutil.rmtree(made.folder / ".payung")
    assert recognition_index.load(made, keep=False) == traces
