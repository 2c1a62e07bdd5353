"""What the office writes to an applicant is read once it is whole, of who may write it and, where asked, confirmed."""

from dataclasses import replace
from typing import Any

import pytest

from processor.cases import confirmations, office_notes
from processor.cases.confirmations import CONFIRMED
from processor.cases.records import Event
from tests.cases.test_case_status import DELIVERED, STAFF, Parts, case
from tests.office import START

NOTE = {"tanggal": "2026-03-02", "oleh": "ani", "isi": "Surat yang mana?"}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"oleh": "citra"}, []),
        ({"oleh": "bima"}, ["tidak berperan pengelola layanan atau kepala bagian"]),
        ({"oleh": "siapa"}, ["bukan petugas yang terdaftar"]),
        ({"isi": "a" * 601}, ["terlalu panjang"]),
        ({"oleh": "ani", "benturan": ["ani"]}, ["tidak boleh menangani"]),
    ],
)
def test_a_note_of_who_may_not_write_it_is_told_and_not_shown(changes: dict[str, Any], wrong: list[str]) -> None:
    barred = changes.pop("benturan", [])
    found = case(penugasan={"benturan_kepentingan": barred}, pesan=[NOTE | changes])
    said = [message for _, message, _ in office_notes.faults(found, STAFF)]
    assert [part in message for part, message in zip(wrong, said, strict=True)] == [True] * len(wrong)
    assert bool(office_notes.shown(found, (), STAFF)) == (not wrong)


@pytest.mark.parametrize("missing", NOTE)
def test_a_note_that_is_not_whole_is_not_shown(missing: str) -> None:
    assert office_notes.shown(case(pesan=[{**NOTE, missing: None}]), (), STAFF) == ()


@pytest.mark.parametrize("parts", [{}, DELIVERED], ids=["open", "answered"])
def test_where_officers_have_accounts_a_note_is_shown_once_its_writer_stands_by_it(parts: Parts) -> None:
    found, staff = case(**parts, pesan=[NOTE]), replace(STAFF, confirmed_since=START)
    letter = Event("jawaban", START, "payung", {"jenis": "pendapat_hukum", "nomor": "180/1"})
    mark = confirmations.note_mark(found.pesan[0])
    for who, shown in (("bima", 0), ("ani", 1)):
        confirmed = Event(CONFIRMED, START, who, {"keputusan": mark})
        assert len(office_notes.shown(found, (letter, confirmed), staff)) == shown
