"""A request gives codes, days and minutes to be counted: computed by hand here, and nobody's words among them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from processor.cases.case_file import CaseFile
from processor.cases.case_status import Derived, Status
from processor.cases.records import Event
from processor.cases.staff import Staff
from processor.evaluation import case_facts
from processor.evaluation.case_facts import CaseFacts, CoordinationFacts, CountingRules, ObjectionFacts
from processor.foundation import settings
from processor.foundation.settings_agency import Officer
from processor.foundation.working_time import Calendar
from tests.office import ROOT

SETTINGS = settings.load(ROOT / "payung.yaml")
COUNTING = CountingRules(SETTINGS.layanan, Calendar(), SETTINGS.taksonomi)
STAFF = Staff(
    {
        "pengelola": Officer(nama="Petugas Contoh", peran=("pengelola_layanan",)),
        "analis": Officer(nama="Analis Contoh", peran=("analis_hukum",)),
        "kabag": Officer(nama="Kepala Bagian Contoh", peran=("kepala_bagian",)),
    }
)
RECEIVED = "2025-07-02 08:00"  # a Wednesday


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COUNTING.service.zone)


def case(**parts: Any) -> CaseFile:
    given = {"nomor_registrasi": "BH-2025-0001", "diterima": at(RECEIVED), "sumber": "situs", **parts}
    return CaseFile.model_validate(given)


def moved(time: str, before: Status, after: Status) -> Event:
    return Event("status", at(time), "petugas", {"dari": before, "menjadi": after})


def sent_out(time: str, kind: str = "pendapat_hukum", number: str = "180/1/2025") -> Event:
    return Event("jawaban", at(time), "payung", {"jenis": kind, "nomor": number, "berkas": "x.pdf", "sha256": ""})


def facts(status: Status, *events: Event, holders: tuple[str, ...] = (), **parts: Any) -> CaseFacts:
    seen = Derived(status, "", holders, (), (), ())
    return case_facts.facts_of(case(**parts), seen, events, STAFF, COUNTING)


ANSWERED = (
    moved("2025-07-02 08:20", "diajukan", "menunggu_kelengkapan"),  # verification 20
    moved("2025-07-03 10:00", "menunggu_kelengkapan", "diajukan"),  # waited 400 + 120
    moved("2025-07-03 10:10", "diajukan", "diteruskan"),  # verification 10
    moved("2025-07-03 14:00", "diteruskan", "disusun"),  # study 230
    moved("2025-07-04 09:00", "disusun", "diperiksa"),  # study 60 + 60
    moved("2025-07-04 12:00", "diperiksa", "dikembalikan"),  # review 180
    moved("2025-07-04 14:30", "dikembalikan", "diperiksa"),  # study 150
    moved("2025-07-07 08:30", "diperiksa", "disetujui"),  # review 30, the weekend, 30
    moved("2025-07-07 08:40", "disetujui", "disampaikan"),  # delivery 10
    sent_out("2025-07-07 08:40"),
    moved("2025-07-08 09:00", "disampaikan", "selesai"),
)


def test_the_minutes_of_each_step_are_those_that_a_person_counts() -> None:
    found = facts("selesai", *ANSWERED, diajukan=at("2025-07-01 14:00"))
    assert found.steps == (("verifikasi", 30), ("kajian", 500), ("pemeriksaan", 240), ("penyampaian", 10))
    assert (found.worked, found.waited, found.promised) == (780, 520, 840)  # 60 minutes of Tuesday come before
    assert (found.received, found.answered, found.outcome) == (date(2025, 7, 2), date(2025, 7, 7), "dijawab")
    assert (found.completions, found.returns, found.corrections) == (1, 1, 0)
    assert found.promise_due is None


def test_another_office_is_known_by_the_name_that_it_has_in_a_regency_too() -> None:
    asked = [
        {"kepada": name, "dikirim": date(2025, 7, 2)} for name in ("bkd", "Bagian Organisasi", "Biro Organisasi", "X")
    ]
    found = facts("selesai", *ANSWERED, koordinasi=asked)
    assert [one.to for one in found.coordination] == ["BKD", "Biro Organisasi", "Biro Organisasi", "lainnya"]


def test_a_pause_for_another_office_is_in_no_step_where_the_settings_allow_it() -> None:
    asked = [{"kepada": "BKD", "dikirim": date(2025, 7, 2), "dijawab": date(2025, 7, 4), "jeda": True}]
    paused = COUNTING.service.model_copy(update={"jeda_koordinasi": True})
    seen = Derived("selesai", "", (), (), (), ())
    found = case_facts.facts_of(case(koordinasi=asked), seen, ANSWERED, STAFF, replace(COUNTING, service=paused))
    # the whole of Thursday, of which 120 minutes were already waiting for the applicant
    assert found.steps == (("verifikasi", 20), ("kajian", 210), ("pemeriksaan", 240), ("penyampaian", 10))
    assert (found.worked, found.waited, found.coordinated) == (480, 520, 300)
    assert facts("selesai", *ANSWERED, koordinasi=asked).coordinated == 0


def test_without_a_time_of_sending_both_clocks_run_from_registration_and_it_is_said() -> None:
    found = facts("selesai", *ANSWERED)
    assert (found.promised, found.worked, found.sent_known) == (780, 780, False)


def test_what_is_open_has_the_end_of_its_promise_but_no_minutes_yet() -> None:
    found = facts("disusun", *ANSWERED[:4], holders=("analis",))
    assert (found.promised, found.worked, found.steps, found.holders) == (None, None, (), ("analis",))
    # 885 minutes from Wednesday 08.00, without the 520 of waiting: 20 + 300 on Thursday, 420 on Friday, 145 on Monday
    assert found.promise_due == at("2025-07-07 10:25")
    assert facts("diajukan").promise_due == at("2025-07-04 08:45")
    assert facts("menunggu_kelengkapan", ANSWERED[0]).promise_due is None


def test_time_while_a_request_was_taken_back_is_in_no_step_but_is_not_lost() -> None:
    found = facts(
        "disampaikan",
        moved("2025-07-02 09:00", "diajukan", "dibatalkan"),
        moved("2025-07-02 10:30", "dibatalkan", "diajukan"),
        moved("2025-07-02 11:00", "diajukan", "ditolak"),
        moved("2025-07-02 11:05", "ditolak", "disampaikan"),
        verifikasi={"keputusan": "ditolak", "alasan_jenis": "litigasi"},
    )
    assert found.steps == (("verifikasi", 90), ("penyampaian", 5), ("tanpa_tahap", 90))
    assert (found.worked, found.outcome, found.rejection) == (185, "ditolak", "litigasi")


def test_times_of_a_clock_that_went_back_are_never_negative_and_still_add_up() -> None:
    found = facts(
        "disampaikan",
        moved("2025-07-02 09:00", "diajukan", "diteruskan"),
        moved("2025-07-02 08:30", "diteruskan", "menunggu_kelengkapan"),
        moved("2025-07-01 08:30", "menunggu_kelengkapan", "diperiksa"),
        moved("2025-07-02 09:40", "diperiksa", "disampaikan"),
    )
    assert found.steps == (("verifikasi", 60), ("kajian", 0), ("pemeriksaan", 40))
    assert (found.worked, found.waited) == (100, 0)


@pytest.mark.parametrize(
    ("status", "events", "parts", "outcome"),
    [
        ("diajukan", (), {}, "terbuka"),
        ("dibatalkan", (), {}, "dibatalkan"),
        ("diarsipkan", (), {"pembatalan": {"tanggal": date(2025, 7, 3)}}, "dibatalkan"),
        ("ditolak", (), {"verifikasi": {"keputusan": "ditolak", "alasan_jenis": "litigasi"}}, "ditolak"),
        ("disampaikan", ANSWERED[:-1], {}, "dijawab"),
        (
            "diarsipkan",
            ANSWERED,
            {"bentuk": "pendapat_hukum", "penyampaian": {"nomor_surat": "180/1/2025", "tanggal": date(2025, 7, 7)}},
            "dijawab",
        ),
    ],
)
def test_every_request_has_one_outcome(
    status: Status, events: tuple[Event, ...], parts: Mapping[str, Any], outcome: str
) -> None:
    found = facts(status, *events, **parts)
    assert (found.outcome, found.is_open) == (outcome, outcome == "terbuka")


def test_a_rejection_that_is_heard_again_keeps_the_time_of_its_first_answer() -> None:
    rejected = (
        moved("2025-07-02 08:30", "diajukan", "ditolak"),
        moved("2025-07-02 09:00", "ditolak", "disampaikan"),
        sent_out("2025-07-02 09:00", "pemberitahuan_penolakan"),
        moved("2025-07-04 09:00", "disampaikan", "diteruskan"),
    )
    objection = {"tanggal": date(2025, 7, 3), "putusan": "dikabulkan", "diputus": date(2025, 7, 7)}
    found = facts("diteruskan", *rejected, keberatan=objection)
    assert (found.outcome, found.worked, found.answered) == ("terbuka", 60, date(2025, 7, 2))
    assert found.objection == ObjectionFacts(date(2025, 7, 3), "dikabulkan", date(2025, 7, 7), 2)


def test_a_delivery_that_was_taken_back_is_no_answer() -> None:
    found = facts("disetujui", *ANSWERED[:9], moved("2025-07-07 09:00", "disampaikan", "disetujui"))
    assert (found.answered, found.worked) == (None, None)


def test_a_letter_in_place_of_another_is_a_correction_and_an_answer_after_a_rejection_is_none() -> None:
    again = facts("selesai", *ANSWERED, sent_out("2025-07-09 09:00", number="180/2/2025"))
    heard = facts("selesai", sent_out("2025-07-02 09:00", "pemberitahuan_penolakan"), *ANSWERED)
    assert (again.corrections, heard.corrections) == (1, 0)


def test_a_decision_that_is_written_again_is_no_second_return() -> None:
    found = facts("dikembalikan", *ANSWERED[:6], moved("2025-07-04 12:30", "dikembalikan", "dikembalikan"))
    assert found.returns == 1


def test_words_and_names_are_counted_by_what_the_settings_know() -> None:
    found = facts(
        "diperiksa",
        bentuk="pendapat_hukum",
        lanjutan_dari="BH-2025-0009",
        mendesak={"perihal": "sidang", "tanggal": date(2025, 7, 9)},
        verifikasi={"oleh": "Petugas Contoh", "ranah": "perdata", "topik": "perkara Bu Rekaan", "posisi_pemohon": ""},
        penugasan={"analis": "orang luar", "pemeriksa": "KABAG"},
        pemeriksaan={"mutu": {"fakta": 4, "saran": 2}},
        hambatan=[{"jenis": "teknis", "uraian": "rahasia"}, "rahasia"],
        koordinasi=[{"kepada": "bkd", "dikirim": date(2025, 7, 3)}, {"kepada": "Pak Rekaan", "perihal": "rahasia"}],
        jadwal=[{"waktu": "2025-07-04 10:00", "cara": "video", "selesai": "ya", "tempat": "rahasia"}],
        uraian="rahasia",
        publikasi={"pertanyaan": "rahasia", "tanggal": date(2025, 7, 4)},
    )
    assert (found.field, found.topic, found.position) == ("perdata", "di_luar_daftar", "")
    assert (found.kind, found.channel, found.urgent, found.follows) == (
        "pendapat_hukum", "situs", "sidang", "BH-2025-0009",
    )  # fmt: skip
    assert found.officers == (
        ("pengelola_layanan", "pengelola"), ("analis_hukum", "di_luar_daftar"), ("kepala_bagian", "kabag"),
    )  # fmt: skip
    assert (found.marks, found.obstacles) == ((("fakta", 4), ("saran", 2)), ("teknis", ""))
    assert found.coordination == (
        CoordinationFacts("BKD", date(2025, 7, 3), None, None),
        CoordinationFacts("lainnya", None, None, None),
    )
    assert (found.appointments, found.published) == ((("video", "ya"),), True)
    kept = json.dumps(case_facts.to_row(found))
    assert "rahasia" not in kept
    assert "Rekaan" not in kept


def test_a_request_of_the_evening_in_another_zone_is_counted_on_the_offices_day() -> None:
    assert facts("diajukan", diterima=datetime.fromisoformat("2025-12-31T23:30:00+00:00")).received == date(2026, 1, 1)


def test_facts_are_read_as_they_were_kept() -> None:
    filled = facts(
        "selesai",
        *ANSWERED,
        koordinasi=[{"kepada": "BKD", "dikirim": date(2025, 7, 3), "dijawab": date(2025, 7, 4)}],
        keberatan={"tanggal": date(2025, 7, 3)},
        pemeriksaan={"oleh": "kabag", "mutu": {"fakta": 4}},
        jadwal=[{"cara": "video"}],
        hambatan=["x"],
    )
    for one in (filled, facts("diajukan"), filled._replace(holders=("a", "b"))):
        assert case_facts.from_row(json.loads(json.dumps(case_facts.to_row(one)))) == one
