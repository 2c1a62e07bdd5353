"""Complaints: how far one came, whose turn it is, by when, and what it counts."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from processor.cases import complaint, deadlines
from processor.cases.complaint import Complaint, ComplaintRules
from processor.cases.staff import Staff
from processor.foundation import working_time
from processor.foundation.settings import Settings
from processor.foundation.settings_agency import ComplaintLimits, Officer
from tests.mail.samples import SHIPPED

STAFF = Staff({
    "pengelola": Officer(nama="Petugas Contoh", peran=("pengelola_layanan",)),
    "analis": Officer(nama="Analis Contoh", peran=("analis_hukum",)),
    "kabag": Officer(nama="Kepala Contoh", peran=("kepala_bagian",)),
    "lama": Officer(nama="Orang Lama", peran=("kepala_bagian",), berhenti=True),
})  # fmt: skip
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 9.00 WIB


def rules(found: Settings = SHIPPED, **limits: int) -> ComplaintRules:
    calendar, _ = working_time.read_calendar(found.days_off)
    return ComplaintRules(ComplaintLimits(**limits), calendar, deadlines.counting_hours(found.layanan), STAFF)


def filed(**more: Any) -> Complaint:
    return Complaint(nomor_pengaduan="PGD-2026-0001", diterima=MONDAY, kanal="loket", **more)


FORWARDED = {"penerusan": {"tanggal": "2026-03-03", "oleh": "pengelola", "kepada": "kabag"}}
PLANNED = {**FORWARDED, "rencana": {"tanggal": "2026-03-10", "oleh": "kabag"}}
ANSWER = {
    "tanggal": "2026-03-11",
    "oleh": "kabag",
    "hasil": "terbukti",
    "nomor_surat": "1",
    "tanggal_surat": "2026-03-11",
}
DONE = {**PLANNED, "jawaban": ANSWER, "penyampaian": {"tanggal": "2026-03-12", "oleh": "pengelola"}}


@pytest.mark.parametrize(
    ("steps", "status", "step", "due", "holders"),
    [
        ({}, "diterima", "diteruskan", date(2026, 3, 5), ("pengelola",)),
        (FORWARDED, "diteruskan", "rencana", date(2026, 3, 9), ("kabag",)),
        (PLANNED, "ditindaklanjuti", "dijawab", None, ("kabag",)),
        ({**PLANNED, "jawaban": ANSWER}, "dijawab", "dijawab", None, ("pengelola", "kabag")),
        (DONE, "selesai", "", None, ()),
    ],
)
def test_each_step_has_its_turn_and_its_last_day(
    steps: dict[str, Any], status: str, step: str, due: date | None, holders: tuple[str, ...]
) -> None:
    standing = rules().standing(filed(**steps))
    assert (standing.status, standing.step, standing.holders) == (status, step, holders)
    assert due is None or standing.due == due


def test_a_day_off_moves_the_last_day_and_the_settings_say_how_many() -> None:
    before_nyepi = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)  # Nyepi and Lebaran follow: 19 to 24 March are off
    late = Complaint(nomor_pengaduan="PGD-2026-0001", diterima=before_nyepi, kanal="loket")
    assert rules().last_day(late, "diteruskan") > date(2026, 3, 24)
    assert rules(diteruskan=1).last_day(filed(), "diteruskan") == date(2026, 3, 3)
    with pytest.raises(ValueError, match="tidak berurutan"):
        ComplaintLimits(diteruskan=6)


@pytest.mark.parametrize(
    ("about", "status", "expected"),
    [
        (("analis",), "diterima", ("pengelola",)),
        (("pengelola",), "diterima", ("analis", "kabag")),  # nobody else takes in: everybody who is free
        (("kabag",), "diteruskan", ("pengelola", "analis")),
        (("Kepala Contoh",), "ditindaklanjuti", ("pengelola", "analis")),
        (("pengelola", "analis", "kabag"), "diterima", ()),
    ],
)
def test_the_turn_is_never_of_who_is_complained_about(
    about: tuple[str, ...], status: complaint.ComplaintStatus, expected: tuple[str, ...]
) -> None:
    assert complaint.holders(filed(**FORWARDED, diadukan=about), status, STAFF) == expected


def test_a_step_by_who_is_complained_about_does_not_count() -> None:
    found = filed(**DONE, diadukan=("kabag",))
    assert complaint.status_of(found, STAFF) == "diterima"
    assert {key for _, key, *_ in complaint.broken(found, STAFF)} == {
        ("penerusan", "kepada"), ("rencana", "oleh"), ("jawaban", "oleh"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "key"),
    [
        ({"rencana": {"tanggal": "2026-02-10", "oleh": "kabag"}}, ("rencana", "tanggal")),
        ({"rencana": {"tanggal": "2026-03-10"}}, ("rencana", "oleh")),
        ({"penyampaian": {}, "rencana": {"tanggal": "2026-03-10", "oleh": "kabg"}}, ("rencana", "oleh")),
        ({"jawaban": {**ANSWER, "hasil": None}}, ("jawaban", "hasil")),
        ({"jawaban": {**ANSWER, "nomor_surat": ""}}, ("jawaban", "nomor_surat")),
        ({"penyampaian": {}, "diadukan": ["kabg"]}, ("diadukan",)),
    ],
)
def test_what_a_hand_wrote_wrongly_is_told_at_its_key(steps: dict[str, Any], key: tuple[str, ...]) -> None:
    assert [where for _, where, *_ in complaint.broken(filed(**{**DONE, **steps}), STAFF)] == [key]


def test_only_who_is_known_and_not_complained_about_sees_it() -> None:
    about, nobody = filed(diadukan=("analis",)), filed()
    assert [complaint.may_see(about, one, STAFF) for one in ("analis", "kabag", "siapa", "")] == [
        False,
        True,
        False,
        False,
    ]
    assert complaint.may_see(nobody, "", STAFF)


def test_a_name_that_nobody_knows_could_be_anybodys() -> None:
    found = filed(diadukan=("kabg",))
    assert complaint.holders(found, "diterima", STAFF) == ()
    assert not any(complaint.may_see(found, one, STAFF) for one in STAFF.officers)


def test_who_left_since_is_not_asked_for_once_all_is_done() -> None:
    found = filed(**{**DONE, "rencana": {"tanggal": "2026-03-10", "oleh": "mantan"}}, diadukan=("pergi",))
    assert complaint.status_of(found, STAFF) == "selesai"


def test_facts_count_working_days_by_step_and_what_was_late() -> None:
    facts = complaint.facts_of(filed(**DONE, jenis="sikap", diadukan=("analis",)), rules(), date(2026, 4, 1))
    assert facts.days == {"diteruskan": 1, "rencana": 6, "dijawab": 8}
    assert facts.late == {"rencana"}
    assert (facts.status, facts.outcome, facts.kind, facts.about_officer) == ("selesai", "terbukti", "sikap", True)
    waiting = complaint.facts_of(filed(), rules(), date(2026, 3, 6))
    assert not waiting.days
    assert waiting.late == {"diteruskan"}
    assert waiting.outcome is None
