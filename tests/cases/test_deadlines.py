"""Deadlines follow the SOP's limits on the working clock, pause for the applicant, and explain themselves."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from processor.cases import deadlines
from processor.cases.case_file import CaseFile
from processor.cases.case_status import Status
from processor.cases.records import Event
from processor.foundation import settings, working_time
from processor.foundation.working_time import Calendar
from tests.office import ROOT

SERVICE = settings.load(ROOT / "payung.yaml").layanan
ZONE = SERVICE.zone


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def case(received: str, sent: str = "") -> CaseFile:
    given: dict[str, Any] = {"nomor_registrasi": "BH-2025-0001", "diterima": at(received), "sumber": "ekspor"}
    return CaseFile.model_validate(given | ({"diajukan": at(sent)} if sent else {}))


def moved(time: str, before: Status, after: Status, **more: str) -> Event:
    return Event("status", at(time), "petugas", {"dari": before, "menjadi": after, **more})


def due(status: Status, *events: Event, received: str = "2025-07-02 08:00", sent: str = "") -> deadlines.Due:
    found = deadlines.running(case(received, sent), status, events, Calendar(), SERVICE)
    assert found is not None
    return found


def test_the_whole_is_due_by_the_sops_885_minutes_and_the_target_by_one_day() -> None:
    found = due("diajukan")
    assert found.whole.at == at("2025-07-04 08:45")
    assert found.target.at == at("2025-07-02 15:00")
    assert (found.step, found.step_due.at) == ("verifikasi", at("2025-07-02 08:30"))


@pytest.mark.parametrize(
    ("status", "events", "step", "when"),
    [
        ("diteruskan", [("2025-07-02 08:20", "diajukan", "diteruskan")], "kajian", "2025-07-03 08:20"),
        (
            "disusun",
            [("2025-07-02 08:20", "diajukan", "diteruskan"), ("2025-07-02 14:00", "diteruskan", "disusun")],
            "kajian",
            "2025-07-03 08:20",
        ),
        ("diperiksa", [("2025-07-03 08:00", "disusun", "diperiksa")], "pemeriksaan", "2025-07-03 15:00"),
        ("dikembalikan", [("2025-07-03 10:00", "diperiksa", "dikembalikan")], "kajian", "2025-07-04 10:00"),
        ("disetujui", [("2025-07-04 14:50", "diperiksa", "disetujui")], "penyampaian", "2025-07-07 08:05"),
    ],
)
def test_each_step_has_its_own_limit_from_when_it_began(
    status: Status, events: list[tuple[str, Status, Status]], step: str, when: str
) -> None:
    found = due(status, *(moved(*event) for event in events))
    assert (found.step, found.step_due.at) == (step, at(when))


def test_waiting_for_the_applicant_does_not_count_and_says_so() -> None:
    events = [
        moved("2025-07-02 09:00", "diajukan", "menunggu_kelengkapan"),
        moved("2025-07-03 09:00", "menunggu_kelengkapan", "diteruskan"),
    ]
    found = due("diteruskan", *events)
    assert found.whole.at == at("2025-07-07 08:45")
    assert "menunggu kelengkapan" in working_time.explain_trace(found.whole, "WIB")
    assert deadlines.running(case("2025-07-02 08:00"), "menunggu_kelengkapan", events[:1], Calendar(), SERVICE) is None


def test_a_request_that_is_written_again_keeps_the_pause_from_its_beginning() -> None:
    events = [
        moved("2025-07-02 09:00", "diajukan", "menunggu_kelengkapan"),
        moved("2025-07-03 08:30", "menunggu_kelengkapan", "menunggu_kelengkapan"),
        moved("2025-07-03 09:00", "menunggu_kelengkapan", "diteruskan"),
    ]
    assert due("diteruskan", *events).whole == due("diteruskan", events[0], events[2]).whole


@pytest.mark.parametrize(
    ("began", "ready"), [(("diajukan", "diteruskan"), "diperiksa"), (("diperiksa", "dikembalikan"), "dikembalikan")]
)
def test_a_study_that_is_taken_back_before_its_review_is_due_as_before(
    began: tuple[Status, Status], ready: Status
) -> None:
    first = moved("2025-07-02 08:20", *began)
    again = moved("2025-07-03 08:00", "disusun", ready), moved("2025-07-03 08:10", ready, "disusun")
    assert due("disusun", first, *again).step_due == due(began[1], first).step_due


def test_late_is_what_is_past_its_time() -> None:
    found = due("diajukan")
    moment = found.step_due.at
    assert moment is not None
    assert not found.late(moment)
    assert found.late(moment + timedelta(minutes=1))


def test_nothing_runs_for_what_is_over() -> None:
    for status in ("disampaikan", "dibatalkan", "diarsipkan"):
        assert deadlines.running(case("2025-07-02 08:00"), status, (), Calendar(), SERVICE) is None


def test_friday_and_season_hours_come_from_the_settings() -> None:
    day = {"mulai": "08.00", "selesai": "11.00"}
    ramadan = {"nama": "Ramadan", "dari": "2025-07-01", "sampai": "2025-07-03", "mulai": "09.00", "selesai": "14.00"}
    data = SERVICE.model_dump(exclude={"jumat", "jam_khusus"}) | {"jumat": day, "jam_khusus": [ramadan]}
    service = type(SERVICE).model_validate(data)
    found = deadlines.running(case("2025-07-02 08:00"), "diajukan", (), Calendar(), service)
    assert found is not None
    assert found.step_due.at == at("2025-07-02 09:30")
    friday = deadlines.counting_hours(service).on(at("2025-07-04 08:00").date())[0]
    assert friday == working_time.OpenHours(time(8), time(11))


def test_alarms_come_with_a_quarter_left_at_the_deadline_and_an_hour_after() -> None:
    moments = [(one.step, one.level, one.at) for one in due("diajukan").alarms]
    assert moments == [
        ("verifikasi", "menjelang", at("2025-07-02 08:22")),
        ("verifikasi", "jatuh_tempo", at("2025-07-02 08:30")),
        ("verifikasi", "terlambat", at("2025-07-02 09:30")),
        ("seluruhnya", "menjelang", at("2025-07-03 12:03")),
        ("seluruhnya", "jatuh_tempo", at("2025-07-04 08:45")),
        ("seluruhnya", "terlambat", at("2025-07-04 09:45")),
    ]
    assert {one.due for one in due("diajukan").alarms} == {at("2025-07-02 08:30"), at("2025-07-04 08:45")}


def test_what_was_sent_on_monday_and_collected_on_wednesday_is_late_by_the_promise_with_both_times() -> None:
    found = due(
        "diteruskan",
        moved("2025-07-02 09:10", "diajukan", "diteruskan"),
        received="2025-07-02 09:00",
        sent="2025-06-30 09:00",
    )
    assert (found.promise.at, found.whole.at) == (at("2025-07-02 09:45"), at("2025-07-04 09:45"))
    assert found.target.at == at("2025-07-01 09:00")
    assert found.late(at("2025-07-02 10:00"))
    assert {one.begun for one in found.alarms if one.step == "seluruhnya"} == {at("2025-06-30 09:00")}
    told = {title: trace for title, (_, trace) in found.explained("WIB").items()}
    assert told["Janji kepada pemohon"].startswith("Dihitung sejak pemohon mengirim.\nMulai: Senin, 30 Juni 2025")
    assert told["Seluruhnya"].startswith("Dihitung sejak didaftarkan.\nMulai: Rabu, 2 Juli 2025")


def test_where_nobody_knows_when_it_was_sent_both_run_from_registration_and_say_so() -> None:
    found = due("diajukan")
    assert found.promise == found.whole
    told = found.explained("WIB")["Janji kepada pemohon"][1]
    assert told.startswith("Sumbernya tidak menyebut kapan pemohon mengirim")
    assert due("diajukan", sent="2025-07-03 09:00").promise == found.whole, "a clock that is ahead gives no more time"


@pytest.mark.parametrize(
    ("timed_by", "said"),
    [
        ("perintah", "sejak perintahnya dijalankan"),
        ("berkas", "sejak permohonan.yaml disimpan"),
        ("putaran_sebelumnya", "sejak putaran sebelumnya"),
        ("putaran_ini", "sejak putaran yang menemukan"),
        ("", "sejak tercatat di riwayat"),
    ],
)
def test_the_trace_says_what_tells_when_a_step_began(timed_by: str, said: str) -> None:
    began = moved("2025-07-02 09:40", "diajukan", "diteruskan", **({deadlines.TIMED_BY: timed_by} if timed_by else {}))
    assert said in due("diteruskan", began).explained("WIB")["Tahap kajian"][1]
    assert "sejak didaftarkan" in due("diajukan").explained("WIB")["Tahap verifikasi"][1]


@pytest.mark.parametrize(
    ("allowed", "answer", "whole"),
    [
        (True, "2025-07-07", "2025-07-07 08:45"),
        (True, "2025-07-03", "2025-07-04 08:45"),
        (True, None, None),
        (False, "2025-07-07", "2025-07-04 08:45"),
    ],
)
def test_the_clock_stands_while_another_office_is_asked_where_the_settings_allow_it(
    *, allowed: bool, answer: str | None, whole: str | None
) -> None:
    asked = {"kepada": "BKD", "perihal": "Data", "dikirim": "2025-07-03", "dijawab": answer, "jeda": "ya"}
    waits = CaseFile.model_validate(case("2025-07-02 08:00", "").model_dump() | {"koordinasi": [asked]})
    service = SERVICE.model_copy(update={"jeda_koordinasi": allowed})
    found = deadlines.running(waits, "disusun", (), Calendar(), service)
    assert found is not None
    assert found.whole.at == (at(whole) if whole else None)
