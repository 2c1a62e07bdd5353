"""The rules of the steps: what each must say, who may take it, which approvals no longer hold."""

from datetime import date

import pytest

from processor.cases import answers, applicant_messages, decision_digests, rules
from processor.cases.case_file import CaseFile
from processor.cases.records import Event
from processor.cases.rules import broken
from processor.cases.staff import Staff
from processor.foundation.settings_agency import Officer
from tests.cases.test_case_status import (
    APPROVED,
    ASSIGNED,
    DELIVERED,
    DELIVERY,
    FORWARD,
    LACKING,
    READY,
    REJECTED,
    RETURNED,
    Parts,
    but,
    case,
)
from tests.office import START

STAFF = Staff(
    {
        "andi": Officer(nama="Andi Misal, S.H., M.H., Ak., CPA.", peran=("pengelola_layanan",)),
        "analis": Officer(nama="Analis Contoh", peran=("analis_hukum",)),
        "lama": Officer(nama="Petugas Lama", peran=("pengelola_layanan",), berhenti=True),
    }
)


def mend(word: str) -> str:
    """What is told of ``word`` where an officer should stand."""
    basic = {"nomor_registrasi": "BH-2026-0001", "diterima": START, "sumber": "ekspor"}
    made = CaseFile.model_validate({**basic, "verifikasi": {"oleh": word}})
    [told] = [mend for _, key, message, mend in broken(made, [], STAFF) if "bukan petugas" in message]
    return told


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("pengelola", "Pakai salah satu: andi, analis. Sudah tidak bertugas?"),
        ("andy", "Maksudnya andi (Andi Misal, S.H., M.H., Ak., CPA.)?"),
        ("Andi Misal", "Maksudnya andi (Andi Misal, S.H., M.H., Ak., CPA.)?"),
        ("a", "Pakai salah satu: andi, analis."),
        ("“andi”", "Hapus tanda petik: tulis andi."),
        ("”", "Pakai salah satu"),
    ],
)
def test_a_stranger_is_told_with_whom_it_may_mean(word: str, said: str) -> None:
    assert mend(word).startswith(said)


OFFICERS = {
    "ani": Officer(nama="Petugas Contoh", peran=("pengelola_layanan",), nip="19900101 201503 2 001"),
    "bima": Officer(nama="Analis Contoh", peran=("analis_hukum",)),
    "citra": Officer(nama="Kabag Contoh", peran=("kepala_bagian", "analis_hukum")),
}
KNOWN = Staff(OFFICERS)
ARCHIVED: Parts = {"arsip": {"tanggal": date(2026, 4, 1)}}
WITHDRAWN: Parts = {"pembatalan": {"tanggal": date(2026, 3, 3)}}


def changed(status: str, **data: object) -> Event:
    return Event("status", START, "bima", {"menjadi": status, **data})


def answer(kind: str = "pendapat_hukum", number: str = "180/1", **more: object) -> Event:
    return Event("jawaban", START, "payung", {"jenis": kind, "nomor": number, **more})


def faults(parts: Parts, *events: Event, staff: Staff = KNOWN) -> list[tuple[str, str]]:
    """Which steps do not count, and where each mend belongs."""
    return [(step, ".".join(key)) for step, key, _, _ in broken(case(**parts), events, staff)]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({}, []),
        ({"verifikasi": {"keputusan": "ditolak"}}, ["verifikasi.oleh", "verifikasi.alasan_jenis", "verifikasi.alasan"]),
        (but(LACKING, verifikasi__kekurangan=[" ", ""]), ["verifikasi.kekurangan"]),
        (but(LACKING, verifikasi__kekurangan=[" ", "SK"]), []),
        ({**FORWARD, "bentuk": None, "persetujuan": {}}, ["bentuk", "persetujuan"]),
        ({**REJECTED, "bentuk": None, "persetujuan": {}}, []),
        ({**LACKING, "bentuk": None, "persetujuan": {}}, []),
        (but(FORWARD, verifikasi__kekurangan=[]), []),
        ({"verifikasi": {"alasan": ""}}, []),
    ],
)
def test_what_a_decision_of_the_intake_must_say(parts: Parts, found: list[str]) -> None:
    assert faults(parts) == [("verifikasi", place) for place in found]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (READY, []),
        (but(READY, kajian__analisis=" ", kajian__saran=""), ["kajian.saran"]),
        (but(READY, kajian__isu_hukum=[], kajian__dasar_hukum=[]), ["kajian.isu_hukum", "kajian.dasar_hukum"]),
        (but(READY, kajian__selesai=False, kajian__saran=""), []),
    ],
)
def test_a_study_is_ready_when_its_letter_lacks_nothing(parts: Parts, found: list[str]) -> None:
    places = [place for _, place in faults(parts)]
    assert [place for place in places if place != "kajian.analisis"] == found


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (but(ASSIGNED, verifikasi__oleh="bima"), [("verifikasi", "verifikasi.oleh")]),
        (but(ASSIGNED, penugasan__analis="ani"), [("penugasan", "penugasan.analis")]),
        (but(ASSIGNED, penugasan__pemeriksa="bima", penugasan__analis="citra"), [("penugasan", "penugasan.pemeriksa")]),
        (but(APPROVED, pemeriksaan__oleh="ani"), [("pemeriksaan", "pemeriksaan.oleh")]),
        (but(ASSIGNED, penugasan__analis="CITRA"), [("penugasan", "penugasan.pemeriksa")]),
        (but(ASSIGNED, penugasan__analis="kabag contoh"), [("penugasan", "penugasan.pemeriksa")]),
        (but(ASSIGNED, penugasan__analis="", penugasan__pemeriksa=""), []),
        (but(ASSIGNED, penugasan__benturan_kepentingan=["bima"]), [("penugasan", "penugasan.analis")]),
        (
            but(ASSIGNED, penugasan__benturan_kepentingan=["Orang Asing"]),
            [("penugasan", "penugasan.benturan_kepentingan")],
        ),
        (but(ASSIGNED, penugasan__benturan_kepentingan=[""]), []),
    ],
)
def test_nobody_acts_outside_their_role_or_twice(parts: Parts, found: list[tuple[str, str]]) -> None:
    assert faults(parts) == found


GRANTED: Parts = {
    **but(FORWARD, verifikasi__oleh="citra"),
    "keberatan": {
        "tanggal": date(2026, 3, 4),
        "alasan": "Bukan perkara.",
        "oleh": "citra",
        "putusan": "dikabulkan",
        "diputus": date(2026, 3, 6),
        "pertimbangan": "Benar.",
    },
    "penolakan": {"oleh": "ani", "nomor_surat": "180/1"},
}


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (GRANTED, []),
        (but(GRANTED, verifikasi__oleh="ani"), []),
        (but(GRANTED, keberatan__putusan=None), [("verifikasi", "verifikasi.oleh")]),
        (but(GRANTED, keberatan__oleh="bima"), [("verifikasi", "verifikasi.oleh"), ("putusan", "keberatan.oleh")]),
    ],
)
def test_a_head_decides_objections_and_by_granting_one_forwards_the_request(
    parts: Parts, found: list[tuple[str, str]]
) -> None:
    assert faults(parts, answer("pemberitahuan_penolakan")) == found


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"putusan": None, "nomor_surat": "180/2"}, "nomor_surat"),
        ({"putusan": None, "disampaikan": date(2026, 3, 7)}, "disampaikan"),
        ({"disampaikan": date(2026, 3, 7)}, "disampaikan"),
        ({"nomor_surat": "180/2", "diterima": date(2026, 3, 7)}, "diterima"),
        ({"nomor_surat": "180/2", "disampaikan": date(2026, 3, 7), "diterima": date(2026, 3, 8)}, ""),
    ],
)
def test_an_answer_to_an_objection_is_decided_numbered_and_delivered_before_it_is_received(
    changes: Parts, place: str
) -> None:
    parts = {**GRANTED, "keberatan": {**GRANTED["keberatan"], "putusan": "ditolak", **changes}}
    told = [(step, key) for step, key in faults(parts) if step == "penyampaian"]
    assert told == ([("penyampaian", f"keberatan.{place}")] if place else [])


def test_without_a_list_of_officers_a_stranger_may_act_but_nobody_in_a_conflict() -> None:
    staff = Staff({}, frozenset({"dewi"}))
    assert faults(but(ASSIGNED, verifikasi__oleh="Seseorang"), staff=staff) == []
    assert faults(but(ASSIGNED, verifikasi__oleh="Dewi"), staff=staff) == [("verifikasi", "verifikasi.oleh")]
    assert faults(but(ASSIGNED, penugasan__benturan_kepentingan=["Orang Asing"]), staff=staff) == []


def test_of_what_is_put_away_nobody_asks_who_they_were() -> None:
    left = but(DELIVERED, verifikasi__oleh="Orang Lama", pemeriksaan__oleh="Orang Lama")
    assert faults(left, answer()) != []
    assert faults({**left, **ARCHIVED}, answer()) == []
    assert ("verifikasi", "verifikasi.oleh") in faults({**left, **ARCHIVED})


def test_nothing_is_put_away_while_a_question_waits_and_what_was_stays_so() -> None:
    asked = Event("ditanyakan", START, "pemohon", {"jenis_pesan": "tanya", "berkas": "tambahan-1.yaml"})
    read = Event("pesan_dibaca", START, "ani", {"berkas": ["tambahan-1.yaml"]})
    parts, away = {**DELIVERED, **ARCHIVED}, changed("diarsipkan")
    [(step, key, message, mend)] = broken(case(**parts), (answer(), asked), KNOWN)
    assert (step, key, mend) == ("arsip", ("arsip", "tanggal"), "Pesannya: payung pesan NOMOR")
    assert "pesan pemohon yang menunggu: pertanyaan" in message
    for events in ((answer(), asked, read), (answer(), away, asked), (answer(), asked, away)):
        assert faults(parts, *events) == []
    assert faults(DELIVERED, answer(), asked) == []


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (but(APPROVED, pemeriksaan__oleh=""), ["pemeriksaan.oleh"]),
        (but(APPROVED, pemeriksaan__oleh="bima"), ["pemeriksaan.oleh", "pemeriksaan.oleh"]),
        (but(RETURNED, pemeriksaan__catatan=""), ["pemeriksaan.catatan"]),
        (but(RETURNED, kajian__selesai=False), []),
        (but(APPROVED, pemeriksaan__catatan=""), []),
        (but(APPROVED, kajian__selesai=False), ["kajian.selesai"]),
        (but(APPROVED, pemeriksaan__naskah="lain"), ["pemeriksaan.tanggal"]),
        (but(RETURNED, pemeriksaan__naskah="lain"), []),
        (but(READY, pemeriksaan__oleh="bima"), ["pemeriksaan.oleh"]),
    ],
)
def test_what_a_review_must_be(parts: Parts, found: list[str]) -> None:
    assert [place for _, place in faults(parts)] == found


def test_what_does_not_count_is_the_review_of_a_study_not_ready_and_the_study_unchanged_since_its_return() -> None:
    assert faults(but(APPROVED, kajian__selesai=False)) == [("pemeriksaan", "kajian.selesai")]
    returned = changed("dikembalikan", **decision_digests.digests(case(**RETURNED)))
    ready = Event("catatan", START, "bima", {"isi": {"kajian.selesai": "ya"}})
    assert faults(RETURNED, returned, ready) == [("kajian", "kajian.selesai")]


def test_whoever_drafted_by_the_journal_reviews_nothing_though_another_is_named_now() -> None:
    drafted = Event("status", START, "Kabag Contoh", {"menjadi": "diperiksa"})
    assert faults(APPROVED, drafted) == [("pemeriksaan", "pemeriksaan.oleh")]
    assert (
        faults(
            APPROVED,
            Event("status", START, "citra", {"menjadi": "disetujui", **decision_digests.digests(case(**APPROVED))}),
        )
        == []
    )
    assert rules.drafters(case(**APPROVED), [drafted], KNOWN) == {"bima", "citra"}
    assert rules.drafters(case(**READY), [Event("catatan", START, "citra", {"menjadi": "diperiksa"})], KNOWN) == {
        "bima"
    }


@pytest.mark.parametrize(
    ("parts", "events", "found"),
    [
        (DELIVERED, (), []),
        ({**REJECTED, "penyampaian": DELIVERY}, (), []),
        (but(APPROVED, penyampaian__diterima=date(2026, 3, 3)), (), ["penyampaian.diterima"]),
        ({**READY, "penyampaian": DELIVERY}, (), ["penyampaian.tanggal"]),
        ({**RETURNED, "penyampaian": DELIVERY}, (), ["penyampaian.tanggal"]),
        (
            but(DELIVERED, verifikasi__keputusan="dilengkapi", verifikasi__kekurangan=["SK"]),
            (),
            ["penyampaian.tanggal"],
        ),
        (but(DELIVERED, penyampaian__nomor_surat=""), (), ["penyampaian.nomor_surat"]),
        (but(DELIVERED, pemeriksaan__naskah="lain"), (), ["pemeriksaan.tanggal", "penyampaian.tanggal"]),
        (but(DELIVERED, pemeriksaan__naskah="lain"), (answer(),), ["pemeriksaan.tanggal"]),
        (but({**REJECTED, "penyampaian": DELIVERY}, pemeriksaan__naskah="lain"), (), []),
    ],
)
def test_what_leaves_the_office_is_decided_and_numbered(
    parts: Parts, events: tuple[Event, ...], found: list[str]
) -> None:
    assert [place for _, place in faults(parts, *events)] == found


GONE: Parts = {**REJECTED, "penyampaian": DELIVERY}


@pytest.mark.parametrize(
    ("parts", "answers", "found"),
    [
        (DELIVERED, [answer()], []),
        (DELIVERED, [answer("surat_keterangan"), answer()], []),
        (DELIVERED, [answer(), answer("surat_keterangan")], ["verifikasi.keputusan"]),
        (DELIVERED, [answer("surat_keterangan", "180/2")], []),
        ({**DELIVERED, "bentuk": "rujukan_mekanisme"}, [answer()], ["verifikasi.keputusan"]),
        (GONE, [answer()], ["verifikasi.keputusan"]),
        (GONE, [answer("pemberitahuan_penolakan")], []),
        (
            GONE,
            [answer("pemberitahuan_penolakan", verifikasi=decision_digests.digests(case(**GONE))["verifikasi"])],
            [],
        ),
        (GONE, [answer("pemberitahuan_penolakan", verifikasi="lain")], ["verifikasi.alasan"]),
        (DELIVERED, [answer(verifikasi="lain")], []),
    ],
)
def test_an_answer_that_is_out_cannot_be_called_back(parts: Parts, answers: list[Event], found: list[str]) -> None:
    told = list(rules.contradicted(case(**parts), answers))
    assert [(step, ".".join(key)) for step, key, _, _ in told] == [("arsip", place) for place in found]


@pytest.mark.parametrize(
    ("parts", "event", "is_answered"),
    [
        (DELIVERED, answer(), True),
        (DELIVERED, answer(number="180/2"), False),
        (DELIVERED, answer("pemberitahuan_penolakan"), False),
        (GONE, answer("pemberitahuan_penolakan"), True),
        (DELIVERED, Event("surat", START, "payung", answer().data), False),
    ],
)
def test_an_answer_is_the_letter_that_stands_in_the_file_under_its_number(
    parts: Parts, event: Event, *, is_answered: bool
) -> None:
    assert answers.answered(case(**parts), [changed("x"), event]) is is_answered


@pytest.mark.parametrize(
    ("parts", "events", "found"),
    [
        ({**DELIVERED, **ARCHIVED}, (answer(),), []),
        ({**DELIVERED, **ARCHIVED}, (), ["arsip.tanggal"]),
        ({**WITHDRAWN, **ARCHIVED}, (changed("dibatalkan"),), []),
        ({**WITHDRAWN, **ARCHIVED}, (changed("diteruskan"),), ["arsip.tanggal"]),
        ({**WITHDRAWN, **ARCHIVED}, (), ["arsip.tanggal"]),
        (ARCHIVED, (changed("dibatalkan"),), ["arsip.tanggal"]),
        (but({**APPROVED, **ARCHIVED}, penyampaian__nomor_surat="180/1"), (answer(),), ["arsip.tanggal"]),
    ],
)
def test_only_what_is_over_is_put_away(parts: Parts, events: tuple[Event, ...], found: list[str]) -> None:
    assert [place for _, place in faults(parts, *events)] == found


def test_a_review_of_the_study_in_another_form_is_stale() -> None:
    approved = but(APPROVED, pemeriksaan__naskah="d739cafd0d2c02e0")
    assert not rules.stale(case(**approved), [])
    assert rules.stale(case(**{**approved, "bentuk": "rujukan_mekanisme"}), [])


@pytest.mark.parametrize(("reviewed", "is_stale"), [(5, True), (6, False)])
def test_a_review_from_before_the_granted_objection_is_stale(reviewed: int, *, is_stale: bool) -> None:
    parts = but(
        {**APPROVED, **{key: GRANTED[key] for key in ("keberatan", "penolakan")}},
        pemeriksaan__tanggal=date(2026, 3, reviewed),
    )
    assert rules.stale(case(**parts), []) is is_stale


def test_of_a_review_by_hand_the_journal_knows_what_it_was_about() -> None:
    now = decision_digests.digests(case(**APPROVED))
    seen, other = changed("disetujui", **now), {**now, "kajian": "lain"}
    assert not rules.stale(case(**APPROVED), [seen])
    assert rules.stale(case(**APPROVED), [changed("disetujui", **other)])
    assert rules.stale(case(**APPROVED), [changed("dikembalikan", **other)])
    assert not rules.stale(case(**APPROVED), [changed("diperiksa", **other)])
    assert not rules.stale(case(**APPROVED), [Event("catatan", START, "a", {"menjadi": "disetujui", **other})])
    assert not rules.stale(case(**APPROVED), [changed("disetujui", **{**other, "pemeriksaan": "lain"})])
    assert not rules.stale(case(**APPROVED), [seen, changed("disetujui", **other)]), "the first time it was seen counts"
    assert not rules.stale(case(**APPROVED), [])


@pytest.mark.parametrize(
    ("events", "is_completed"),
    [
        ([changed("menunggu_kelengkapan"), Event("diubah", START, "payung")], True),
        ([changed("menunggu_kelengkapan"), Event("dilengkapi", START, "payung")], True),
        ([changed("menunggu_kelengkapan"), Event("dikenali", START, "payung")], False),
        ([Event("diubah", START, "payung"), changed("menunggu_kelengkapan")], False),
        ([changed("diteruskan"), Event("diubah", START, "payung")], False),
        ([changed("menunggu_kelengkapan", verifikasi="lain"), Event("diubah", START, "payung")], False),
        ([Event("x", START, "a", {"menjadi": "menunggu_kelengkapan"}), Event("diubah", START, "payung")], False),
        (
            [changed("menunggu_kelengkapan"), Event("diubah", START, "payung"), changed("menunggu_kelengkapan")],
            True,
        ),
        ([Event("diubah", START, "payung")], False),
    ],
)
def test_a_request_is_complete_once_something_came_since_it_was_asked_for(
    events: list[Event], *, is_completed: bool
) -> None:
    assert rules.completed(case(**LACKING), events) is is_completed


def test_what_lies_in_a_file_beside_the_case_is_every_message_and_what_a_source_reads_otherwise() -> None:
    assert {"diubah", "dilengkapi", "berbeda"} <= rules.BESIDE
    assert set(applicant_messages.EVENTS.values()) <= rules.BESIDE


def test_an_officer_who_asks_for_help_is_barred_by_fingerprints_of_any_form() -> None:
    def mark(kind: str, text: str) -> str:
        return f"{kind}|{text}"

    nip = "nip|199001012015032001"
    for data, own in (({"nip": nip}, True), ({"sidik": {"nip": nip}}, True), ({"sidik": {}}, False), ({}, False)):
        staff = Staff.of(OFFICERS, [Event("didaftar", START, "payung", data)], mark)
        assert staff == Staff(OFFICERS, frozenset({"ani"} if own else ())), data
    assert KNOWN.key("PETUGAS contoh") == KNOWN.key("Ani") == "ani"
    assert KNOWN.key("Orang Asing") == "orang asing"


def test_a_rule_is_broken_by_what_contradicts_the_answer_too() -> None:
    assert faults(GONE, answer("pemberitahuan_penolakan", verifikasi="lain")) == [("arsip", "verifikasi.alasan")]


def test_nobody_drafts_a_study_that_nobody_was_given() -> None:
    assert rules.drafters(case(**FORWARD), [], KNOWN) == set()


@pytest.mark.parametrize(("key", "name"), [("bentuk", "bentuk layanan"), ("persetujuan", "syarat dan ketentuan")])
def test_what_the_form_never_asked_is_no_omission_of_the_applicant(key: str, name: str) -> None:
    parts: Parts = {**FORWARD, key: None if key == "bentuk" else {}, "tidak_ditanyakan": [key]}
    told = [message for _, place, message, _ in broken(case(**parts), [], Staff({})) if place == (key,)]
    assert told == [f"Formulir pemohon tidak menanyakan {name}."]
