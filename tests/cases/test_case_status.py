"""A status is what follows from what staff wrote; a step that breaks a rule does not count."""

import copy
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from processor.cases import case_status, decision_digests
from processor.cases.case_file import CaseFile
from processor.cases.case_status import STAGES, Derived, Status
from processor.cases.records import Event
from processor.cases.staff import Staff
from processor.foundation.settings_agency import Officer
from processor.foundation.yaml_reader import Document
from tests.office import START

OFFICERS = {
    "ani": Officer(nama="Petugas Contoh", peran=("pengelola_layanan",), nip="199001012015032001"),
    "bima": Officer(nama="Analis Contoh", peran=("analis_hukum",)),
    "citra": Officer(nama="Kabag Contoh", peran=("kepala_bagian", "analis_hukum")),
}
STAFF = Staff(OFFICERS)
Parts = dict[str, Any]
TEXT = "Sudah ditulis."
FORWARD: Parts = {"verifikasi": {"keputusan": "diteruskan", "oleh": "ani"}}
ASSIGNED: Parts = {**FORWARD, "penugasan": {"analis": "bima", "pemeriksa": "citra"}}
STUDY: Parts = {
    "kasus_posisi": TEXT,
    "isu_hukum": ["a"],
    "dasar_hukum": ["b"],
    "analisis": TEXT,
    "kesimpulan": TEXT,
    "saran": TEXT,
}
READY: Parts = {**ASSIGNED, "kajian": {**STUDY, "selesai": True}}
APPROVED: Parts = {**READY, "pemeriksaan": {"keputusan": "disetujui", "oleh": "citra", "tanggal": date(2026, 3, 3)}}
RETURNED: Parts = {**READY, "pemeriksaan": {"keputusan": "dikembalikan", "oleh": "citra", "catatan": "Perjelas."}}
DELIVERY: Parts = {"nomor_surat": "180/1", "tanggal": date(2026, 3, 3)}
DELIVERED: Parts = {**APPROVED, "penyampaian": DELIVERY}
REJECTED: Parts = {
    "verifikasi": {"keputusan": "ditolak", "oleh": "ani", "alasan_jenis": "litigasi", "alasan": "Di pengadilan."}
}
LACKING: Parts = {"verifikasi": {"keputusan": "dilengkapi", "oleh": "ani", "kekurangan": ["SK"]}}


def case(**parts: Any) -> CaseFile:
    basic = {"nomor_registrasi": "BH-2026-0001", "diterima": START, "sumber": "ekspor", "bentuk": "pendapat_hukum"}
    return CaseFile.model_validate({**basic, "persetujuan": {"versi": "1"}, **parts})


def look(events: tuple[Event, ...] = (), staff: Staff = STAFF, **parts: Any) -> Derived:
    return case_status.derive(case(**parts), Document(Path("a.yaml"), {}, {}, ""), events, staff)


def but(parts: Parts, **changes: Any) -> Parts:
    """``parts`` with single keys changed: ``but(READY, kajian__saran="")``."""
    made = copy.deepcopy(parts)
    for place, value in changes.items():
        step, key = place.split("__")
        made.setdefault(step, {})[key] = value
    return made


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({}, "diajukan"),
        (LACKING, "menunggu_kelengkapan"),
        (REJECTED, "ditolak"),
        ({**REJECTED, "penyampaian": DELIVERY}, "disampaikan"),
        (FORWARD, "diteruskan"),
        (ASSIGNED, "disusun"),
        (READY, "diperiksa"),
        (RETURNED, "dikembalikan"),
        (APPROVED, "disetujui"),
        (DELIVERED, "disampaikan"),
        ({**READY, "pembatalan": {"tanggal": date(2026, 3, 3)}}, "dibatalkan"),
        ({**DELIVERED, "pembatalan": {"tanggal": date(2026, 3, 3)}}, "disampaikan"),
        (but(READY, kajian__selesai=False), "disusun"),
    ],
)
def test_every_status_follows_from_what_staff_wrote(parts: Parts, status: str) -> None:
    seen = look(**parts)
    assert (seen.status, seen.problems) == (status, ())
    assert seen.duty == STAGES[seen.status].duty


@pytest.mark.parametrize(
    ("parts", "status", "said"),
    [
        (but(FORWARD, verifikasi__oleh=""), "diajukan", "siapa yang memverifikasi"),
        (but(FORWARD, verifikasi__oleh="Orang Asing"), "diajukan", "bukan petugas yang terdaftar"),
        (but(FORWARD, verifikasi__oleh="bima"), "diajukan", "tidak berperan pengelola layanan"),
        (but(REJECTED, verifikasi__alasan=""), "diajukan", "Penolakan tanpa alasan"),
        (but(REJECTED, verifikasi__alasan_jenis=None), "diajukan", "Penolakan tanpa jenis"),
        (but(LACKING, verifikasi__kekurangan=[]), "diajukan", "kelengkapan tanpa isi"),
        ({**FORWARD, "bentuk": None}, "diajukan", "Bentuk layanan belum dipilih"),
        ({**FORWARD, "persetujuan": {}}, "diajukan", "belum menyetujui"),
        (but(ASSIGNED, penugasan__analis="ani"), "diteruskan", "tidak berperan analis hukum"),
        (but(ASSIGNED, penugasan__analis="citra"), "diteruskan", "orang yang sama"),
        (but(ASSIGNED, penugasan__benturan_kepentingan=["Analis Contoh"]), "diteruskan", "tidak boleh menangani"),
        (but(ASSIGNED, penugasan__benturan_kepentingan=["ANI"]), "diajukan", "tidak boleh menangani"),
        (but(READY, kajian__saran=""), "disusun", "kajian.saran belum diisi"),
        (but(APPROVED, pemeriksaan__oleh=""), "diperiksa", "siapa yang memeriksa"),
        (but(APPROVED, pemeriksaan__oleh="Analis Contoh"), "diperiksa", "penyusunnya sendiri"),
        (but(APPROVED, kajian__selesai=False), "disusun", "padahal belum selesai"),
        (but(RETURNED, pemeriksaan__catatan=""), "diperiksa", "tanpa catatan"),
        (but(DELIVERED, penyampaian__nomor_surat=""), "disetujui", "tanpa nomor surat"),
        ({**READY, "penyampaian": DELIVERY}, "diperiksa", "sebelum disetujui"),
    ],
)
def test_a_broken_rule_keeps_the_case_where_it_was_and_says_what_to_do(parts: Parts, status: str, said: str) -> None:
    seen = look(**parts)
    assert seen.status == status
    assert any(said in problem.message for problem in seen.problems), seen.problems
    assert all(problem.mend for problem in seen.problems)


def test_an_office_that_lists_no_officers_may_write_any_name() -> None:
    assert look(staff=Staff({}), **but(APPROVED, pemeriksaan__oleh="Seseorang")).status == "disetujui"


def test_nobody_handles_their_own_request_and_nothing_is_unsealed_to_know_it() -> None:
    events = [Event("didaftar", START, "payung", {"sidik": {"nip": "nip|199001012015032001"}})]
    staff = Staff.of(OFFICERS, events, lambda kind, text: f"{kind}|{text}")
    assert staff.applicants == {"ani"}
    seen = look(staff=staff, **FORWARD)
    assert (seen.status, seen.problems[0].message) == ("diajukan", "ani tidak boleh menangani permohonan ini.")


def decided(status: str, parts: Parts) -> Event:
    return Event("status", START, "citra", {"menjadi": status, **decision_digests.digests(case(**parts))})


def test_a_study_that_changed_after_its_approval_must_be_reviewed_again() -> None:
    events = (decided("disetujui", APPROVED),)
    assert look(events, **APPROVED).status == "disetujui"
    changed = but(APPROVED, kajian__kesimpulan="Lain.")
    assert look(events, **changed).status == "diperiksa"
    assert "berubah sesudah disetujui" in look(events, **changed).problems[0].message
    assert look(events, **but(changed, pemeriksaan__tanggal=date(2026, 3, 4))).status == "disetujui"


def test_a_returned_study_comes_back_to_the_reviewer_once_it_is_mended() -> None:
    events = (decided("dikembalikan", RETURNED),)
    assert look(events, **RETURNED).status == "dikembalikan"
    mended = but(RETURNED, kajian__analisis="Lebih jelas.")
    assert (look(events, **mended).status, look(events, **mended).problems) == ("diperiksa", ())


def test_each_status_calls_for_its_letters() -> None:
    assert look().letters == ("tanda_terima",)
    assert look(**REJECTED).letters == ("tanda_terima", "pemberitahuan_penolakan")
    assert look(**READY).letters == ("tanda_terima", "pendapat_hukum")
    written = (letter("tanda_terima"),)
    assert look(written, **READY).letters == ("pendapat_hukum",)
    draft = (*written, letter("pendapat_hukum"))
    assert look(draft, **APPROVED).letters == ("pendapat_hukum",)
    assert look(draft, **DELIVERED).letters == ("pendapat_hukum",), "a draft is not what was delivered"
    assert look((*draft, ANSWERED), **DELIVERED).letters == ()


ANSWERED = Event("jawaban", START, "payung", {"jenis": "pendapat_hukum", "nomor": "180/1"})


def test_only_what_was_answered_or_withdrawn_is_archived() -> None:
    archived: Parts = {"arsip": {"tanggal": date(2026, 4, 1)}}
    assert look((ANSWERED,), **DELIVERED, **archived).status == "diarsipkan"
    assert look(**DELIVERED, **archived).status == "disampaikan"
    assert "Diarsipkan sebelum selesai" in look(**archived).problems[0].message


def letter(kind: str, *, numbered: bool = False) -> Event:
    return Event("surat", START, "payung", {"jenis": kind, "bernomor": numbered})


def test_the_table_knows_every_status_and_leads_nowhere_unknown() -> None:
    assert set(STAGES) == set(get_args(Status))
    assert {after for stage in STAGES.values() for after in stage.leads_to} | {"diajukan", "dibatalkan"} == set(STAGES)


def test_what_the_journal_tells_is_a_finding_too() -> None:
    events = [
        Event("diubah", START, "payung", {"kolom": ["uraian"], "berkas": "perubahan-1.yaml"}),
        Event("mungkin_sama", START, "payung", {"kembaran": ["BH-2026-0002"]}),
    ]
    text = "\n".join(case_status.findings(case(temuan=["NIP: 17 digit."]), events))
    assert "NIP: 17 digit." in text
    assert "perubahan-1.yaml" in text
    assert "BH-2026-0002" in text


def told(kind: str, state: str = "dikirim") -> Event:
    return Event("email", START, "payung", {"jenis": kind, "pesan": kind, "keadaan": state})


@pytest.mark.parametrize(
    ("events", "way", "status"),
    [
        ((ANSWERED, told("dijawab")), "email", "selesai"),
        ((ANSWERED, told("ditolak")), "email", "selesai"),
        ((ANSWERED, told("dijawab")), "loket", "disampaikan"),
        ((ANSWERED, told("dijawab", "dibatalkan")), "email", "disampaikan"),
        ((ANSWERED, told("diterima")), "email", "disampaikan"),
        ((ANSWERED, told("dijawab"), ANSWERED), "email", "disampaikan"),
        ((ANSWERED, told("dijawab"), ANSWERED, told("dijawab")), "email", "selesai"),
        ((told("dijawab"), ANSWERED), "email", "disampaikan"),
    ],
)
def test_a_case_is_over_once_the_mail_of_its_last_answer_went_out(
    events: tuple[Event, ...], way: str, status: str
) -> None:
    assert look(events, **DELIVERED, balasan={"cara": way}).status == status


def test_a_persons_word_that_the_letter_arrived_ends_a_case() -> None:
    parts = but(DELIVERED, penyampaian__diterima=date(2026, 3, 4))
    assert look((ANSWERED,), **parts, balasan={"cara": "loket"}).status == "selesai"


def test_who_may_have_second_thoughts_and_where_they_lead() -> None:
    assert {status: stage.back_to for status, stage in STAGES.items() if stage.back_to} == {
        "ditolak": ("diteruskan", "menunggu_kelengkapan"),
        "diteruskan": ("menunggu_kelengkapan", "ditolak"),
        "disusun": ("menunggu_kelengkapan", "ditolak"),
        "diperiksa": ("disusun",),
        "dikembalikan": ("menunggu_kelengkapan",),
        "disetujui": ("dikembalikan",),
        "keberatan": ("disusun", "diperiksa"),
        "keberatan_ditolak": ("keberatan", "diteruskan"),
    }
    assert {status: stage.leads_to for status, stage in STAGES.items()} == {
        "diajukan": ("menunggu_kelengkapan", "ditolak", "diteruskan"),
        "menunggu_kelengkapan": ("diajukan", "ditolak", "diteruskan"),
        "ditolak": ("disampaikan",),
        "diteruskan": ("disusun",),
        "disusun": ("diperiksa",),
        "diperiksa": ("dikembalikan", "disetujui"),
        "dikembalikan": ("disusun", "diperiksa"),
        "disetujui": ("disampaikan", "diperiksa"),
        "disampaikan": ("selesai", "diarsipkan", "keberatan"),
        "selesai": ("diarsipkan", "keberatan"),
        "dibatalkan": ("diarsipkan",),
        "diarsipkan": ("keberatan",),
        "keberatan": ("keberatan_ditolak", "diteruskan"),
        "keberatan_ditolak": ("disampaikan",),
    }


def test_every_decision_and_every_step_is_written_in_a_part_of_the_case() -> None:
    for part in {*case_status.WRITTEN_IN.values(), *case_status.DECIDED_IN.values()}:
        assert part in {"verifikasi", "kajian", "pemeriksaan", "keberatan"}
    assert case_status.WRITTEN_IN == {
        "menunggu_kelengkapan": "verifikasi", "ditolak": "verifikasi", "diteruskan": "verifikasi",
        "diperiksa": "kajian", "disetujui": "pemeriksaan", "dikembalikan": "pemeriksaan",
        "keberatan_ditolak": "keberatan",
    }  # fmt: skip
    assert case_status.WRITTEN_IN.keys() - case_status.DECIDED_IN.keys() == {"diteruskan", "diperiksa"}


@pytest.mark.parametrize(
    ("parts", "events", "holders", "actor", "draft"),
    [
        ({}, (), ("ani", "dina"), "petugas", True),
        (LACKING, (), (), "ani", True),
        (REJECTED, (), ("ani",), "ani", True),
        (but(REJECTED, verifikasi__oleh="Petugas Kedua"), (), ("dina",), "Petugas Kedua", True),
        (FORWARD, (), ("citra",), "ani", True),
        (ASSIGNED, (), ("bima",), "petugas", True),
        (READY, (), ("citra",), "bima", True),
        (RETURNED, (), ("bima",), "citra", True),
        (APPROVED, (), ("ani",), "citra", False),
        (DELIVERED, (ANSWERED,), ("ani",), "petugas", False),
        (
            {**DELIVERED, "penyampaian": {**DELIVERY, "diterima": date(2026, 3, 4)}},
            (ANSWERED,),
            ("ani",),
            "petugas",
            False,
        ),
        ({**FORWARD, "pembatalan": {"tanggal": date(2026, 3, 3)}}, (), ("ani",), "petugas", True),
        ({**DELIVERED, "arsip": {"tanggal": date(2026, 4, 1)}}, (ANSWERED,), (), "petugas", True),
    ],
)
def test_whose_turn_it_is_and_who_brought_the_case_here(
    parts: Parts, events: tuple[Event, ...], holders: tuple[str, ...], actor: str, *, draft: bool
) -> None:
    staff = Staff(
        {
            **OFFICERS,
            "dina": Officer(nama="Petugas Kedua", peran=("pengelola_layanan",)),
            "lama": Officer(nama="Petugas Lama", peran=("pengelola_layanan", "kepala_bagian"), berhenti=True),
        }
    )
    seen = look(events, staff, **parts)
    assert (seen.holders, seen.heads, seen.actor, seen.draft) == (holders, ("citra",), actor, draft)


def test_the_turn_is_nobodys_who_must_not_touch_the_case() -> None:
    conflict = but(FORWARD, penugasan__benturan_kepentingan=["citra"])
    assert (look(**conflict).holders, look(**conflict).heads) == ((), ())


@pytest.mark.parametrize(
    ("parts", "events", "letters"),
    [
        ({**READY, "pembatalan": {"tanggal": date(2026, 3, 3)}}, (), ()),
        ({**DELIVERED, "arsip": {"tanggal": date(2026, 4, 1)}}, (ANSWERED,), ()),
        (RETURNED, (), ("tanda_terima",)),
        (ASSIGNED, (), ("tanda_terima",)),
        ({**REJECTED, "penyampaian": DELIVERY}, (), ("tanda_terima", "pemberitahuan_penolakan")),
        (READY, (Event("catatan", START, "ani", {"jenis": "tanda_terima"}),), ("tanda_terima", "pendapat_hukum")),
        (APPROVED, (ANSWERED,), ("tanda_terima", "pendapat_hukum")),
    ],
)
def test_no_letter_is_written_that_is_out_or_not_due(
    parts: Parts, events: tuple[Event, ...], letters: tuple[str, ...]
) -> None:
    assert look(events, **parts).letters == letters


def test_a_delivered_rejection_whose_reason_changed_is_not_written_again() -> None:
    parts: Parts = {**REJECTED, "penyampaian": DELIVERY}
    data = {"jenis": "pemberitahuan_penolakan", "nomor": "180/1", "verifikasi": "lain"}
    assert look((Event("jawaban", START, "payung", data),), **parts).letters == ()


def test_a_completed_request_is_submitted_again() -> None:
    asked = Event("status", START, "ani", {"menjadi": "menunggu_kelengkapan"})
    assert look((asked,), **LACKING).status == "menunggu_kelengkapan"
    assert look((asked, Event("dilengkapi", START, "payung", {"berkas": "x"})), **LACKING).status == "diajukan"


def test_a_study_counts_as_delivered_once_its_answer_is_fixed() -> None:
    later = but(DELIVERED, kajian__saran="Lain.")
    seen = (decided("disetujui", APPROVED), ANSWERED)
    assert look(seen, **later).status == "disampaikan", "what is out is out"
    assert look(seen[:1], **later).status == "diperiksa"
