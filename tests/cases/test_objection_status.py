"""How far an objection to a rejection has come, whose turn it is, and what ends it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from processor.cases import case_status, objections
from processor.cases.records import Event
from processor.cases.staff import Staff
from processor.foundation.settings_agency import Officer
from processor.foundation.yaml_reader import Document
from tests.cases.test_case_status import DELIVERY, OFFICERS, REJECTED, Parts, but, case, look
from tests.office import START

STAFF = Staff({**OFFICERS, "dina": Officer(nama="Kabag Kedua", peran=("kepala_bagian",))})
OUT = Event("jawaban", START, "payung", {"jenis": "pemberitahuan_penolakan", "nomor": "180/1"})
OBJECTED: Parts = {
    **REJECTED,
    "penyampaian": DELIVERY,
    "keberatan": {"tanggal": date(2026, 3, 4), "alasan": "Bukan perkara."},
}
DECISION: Parts = {"oleh": "citra", "putusan": "ditolak", "diputus": date(2026, 3, 6), "pertimbangan": "Sudah benar."}
TURNED_DOWN: Parts = {**OBJECTED, "keberatan": {**OBJECTED["keberatan"], **DECISION}}
ANSWERED: Parts = but(TURNED_DOWN, keberatan__nomor_surat="180/2", keberatan__disampaikan=date(2026, 3, 7))
OBJECTION_OUT = Event("jawaban", START + timedelta(days=3), "payung", {"jenis": "jawaban_keberatan", "nomor": "180/2"})
MAIL_OUT = Event("email", START + timedelta(days=3), "payung", {"jenis": "keberatan_dijawab", "keadaan": "dikirim"})
TAKEN_BACK: Parts = {"pembatalan": {"tanggal": date(2026, 3, 5)}}


@pytest.mark.parametrize(
    ("parts", "events", "status"),
    [
        (OBJECTED, (OUT,), "keberatan"),
        (TURNED_DOWN, (OUT,), "keberatan_ditolak"),
        (but(TURNED_DOWN, keberatan__pertimbangan=""), (OUT,), "keberatan"),
        (ANSWERED, (OUT,), "disampaikan"),
        (ANSWERED, (OUT, OBJECTION_OUT), "disampaikan"),
        ({**ANSWERED, "balasan": {"cara": "email"}}, (OUT, OBJECTION_OUT, MAIL_OUT), "selesai"),
        (but(ANSWERED, keberatan__diterima=date(2026, 3, 8)), (OUT, OBJECTION_OUT), "selesai"),
        (but(ANSWERED, keberatan__nomor_surat=""), (OUT,), "keberatan_ditolak"),
        ({**OBJECTED, **TAKEN_BACK}, (OUT,), "dibatalkan"),
        ({**ANSWERED, **TAKEN_BACK}, (OUT, OBJECTION_OUT), "disampaikan"),
        (but(OBJECTED, keberatan__alasan=""), (OUT,), "disampaikan"),
        (OBJECTED, (), "disampaikan"),
        ({**OBJECTED, "arsip": {"tanggal": date(2026, 4, 1)}}, (OUT,), "keberatan"),
    ],
)
def test_an_objection_goes_on_until_its_answer_is_delivered(
    parts: Parts, events: tuple[Event, ...], status: str
) -> None:
    assert look(events, STAFF, **parts).status == status


@pytest.mark.parametrize(
    ("events", "delivering", "status"),
    [((OUT,), True, "keberatan_ditolak"), ((OUT, OBJECTION_OUT), False, "disampaikan")],
)
def test_the_answer_to_an_objection_waits_for_its_signed_file(
    events: tuple[Event, ...], status: str, *, delivering: bool
) -> None:
    seen = case_status.derive(case(**ANSWERED), Document(Path("a.yaml"), {}, {}, ""), events, STAFF, signed_only=True)
    assert (seen.status, seen.delivering) == (status, delivering)


def test_a_head_decides_who_did_not_reject_and_the_officer_who_verified_answers() -> None:
    rejecting = Staff({**STAFF.officers, "ani": Officer(nama="Ani", peran=("pengelola_layanan", "kepala_bagian"))})
    seen = look((OUT,), rejecting, **OBJECTED)
    assert (set(seen.holders), set(seen.heads)) == ({"citra", "dina"}, {"citra", "dina"})
    many = Staff({**rejecting.officers, "eka": Officer(nama="Eka", peran=("pengelola_layanan",))})
    assert look((OUT,), many, **TURNED_DOWN).holders == ("ani",)
    assert objections.rejecters(case(**OBJECTED), (), many) == {"ani"}
