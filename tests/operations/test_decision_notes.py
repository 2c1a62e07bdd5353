"""What an officer reads about an export: each row, and what is wrong with the whole. No answer is repeated."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from processor.foundation.errors import Problem
from processor.intake.recognition import Decision, Recognition
from processor.operations import decision_notes
from tests.office import FORM, response

ONE = "BH-2026-0001"


def told(*outcomes: Decision) -> tuple[Mapping[int, str], tuple[Problem, ...]]:
    """The notes by row, and the problems."""
    notes = {one.response.row: "; ".join(decision_notes.notes(one, FORM)) for one in outcomes}
    return notes, tuple(decision_notes.doubts("ekspor.csv", outcomes, FORM))


def row(number: int, kind: str, **more: tuple[str, ...]) -> Decision:
    return replace(Decision(replace(response(1), row=number), kind, ONE, Recognition()), **more)  # type: ignore[arg-type]


def test_a_damaged_export_is_told_once_with_its_rows_and_columns() -> None:
    outcomes = [row(number, "sama", worse=("nip",)) for number in range(14, 1, -1)]
    notes, (problem,) = told(*outcomes, row(15, "diubah", fields=("uraian",), worse=("telepon",)))
    assert notes[2] == "rusak di berkas ini, isian yang terdaftar tetap dipakai: NIP"
    assert notes[15].startswith("berubah: uraian; rusak di berkas ini")
    assert (problem.place, problem.line) == ("ekspor.csv", None)
    assert (
        "kolom NIP, Nomor telepon/WhatsApp (baris 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 dan 4 baris lain)" in problem.message
    )
    assert "Unduh lagi" in problem.mend


@pytest.mark.parametrize(
    ("fields", "better", "note", "mend"),
    [
        (("nip",), ("nip",), "lebih utuh daripada yang terdaftar: NIP", None),
        (("uraian",), ("uraian",), "lebih utuh daripada yang terdaftar: Uraian", "payung lihat"),
        (("nip",), (), "bukan ubahan pemohon: NIP", "payung lihat"),
        (("diajukan",), (), "bukan ubahan pemohon: Waktu pengajuan", "betulkan diajukan: payung sunting"),
    ],
)
def test_what_reads_otherwise_is_told_where_a_person_has_to_decide(
    fields: tuple[str, ...], better: tuple[str, ...], note: str, mend: str | None
) -> None:
    notes, problems = told(row(2, "berbeda", fields=fields, better=better))
    assert note in notes[2]
    assert [(p.line, mend in p.mend) for p in problems if mend] == ([(2, True)] if mend else [])
    assert bool(problems) is (mend is not None)


def test_rows_that_are_well_have_no_notes() -> None:
    assert told(row(2, "baru"), row(3, "sama")) == ({2: "", 3: ""}, ())
