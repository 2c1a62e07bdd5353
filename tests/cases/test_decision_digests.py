"""What the digests of decisions are made of never changes: the journals of offices hold them."""

from datetime import date

import pytest

from processor.cases import decision_digests
from processor.cases.case_file import CaseFile, Review, Study, Verification
from processor.cases.case_parts import CaseText
from processor.cases.decision_digests import REVIEW, STUDY, VERIFICATION, digested_text
from tests.cases.test_case_status import APPROVED, READY, REJECTED, Parts, but, case

DIGESTS = {
    "verifikasi": "cd4ab1ad369d5e2511ddd12f710f006806ff5cd20a5eefd2c20bdc56c3d335c8",
    "kajian": "d739cafd0d2c02e0c18c471ba9796cdeceb5cff353f6a3b3145cdf958319fa10",
    "pemeriksaan": "3b772ceb98ed886966d5f2f3be7dc63e865f9a1c840a6ef05e6093a744d5b3b9",
}
"""What the journals of offices hold of an approved case: with others, every approval would be stale."""


def test_the_digests_of_decisions_never_change() -> None:
    assert decision_digests.digests(case(**APPROVED)) == DIGESTS
    assert decision_digests.reviewed_digest(case(**APPROVED)) == "d739cafd0d2c02e0"
    rejected = decision_digests.digests(case(**REJECTED))["verifikasi"]
    assert rejected == "6ce4440936491d6143cd1132e1d945c4eaff0929651f77c5fd6786f655e1d5a1"


OBJECTED: Parts = {
    **REJECTED,
    "keberatan": {"tanggal": date(2026, 3, 4), "alasan": "Bukan perkara.", "oleh": "citra"},
}
RULED = but(
    OBJECTED,
    keberatan__putusan="ditolak",
    keberatan__diputus=date(2026, 3, 6),
    keberatan__pertimbangan="Sudah diputus.",
)


def test_a_ruling_on_an_objection_has_a_digest_that_never_changes_and_an_objection_without_one_has_none() -> None:
    ruled = "4007662fe32bc86207f914c11c7eb18e3a973ecff85831fca27f0e11c7017d3f"
    assert decision_digests.digests(case(**RULED))["keberatan"] == ruled
    assert "keberatan" not in decision_digests.digests(case(**OBJECTED))


@pytest.mark.parametrize(
    ("place", "value", "other"),
    [
        ("verifikasi__alasan", "Lain.", "verifikasi"),
        ("verifikasi__alasan_jenis", "litigasi", "verifikasi"),
        ("verifikasi__kekurangan", ["SK"], "verifikasi"),
        ("verifikasi__tanggal", date(2026, 3, 9), "verifikasi"),
        ("verifikasi__oleh", "lain", ""),
        ("kajian__saran", "Lain.", "kajian"),
        ("kajian__selesai", False, ""),
        ("pemeriksaan__catatan", "Lain.", "pemeriksaan"),
    ],
)
def test_a_decision_is_another_one_when_what_it_says_is(place: str, value: object, other: str) -> None:
    now = decision_digests.digests(case(**but(APPROVED, **{place: value})))
    assert {name for name, digest in now.items() if digest != DIGESTS[name]} == ({other} if other else set())


LEFT_OUT = {
    Verification: {"oleh", "ranah", "topik", "posisi_pemohon"},
    Study: {"selesai"},
    Review: {"mutu", "komentar_bagian"},
}
"""What may change without the decision being another one."""


@pytest.mark.parametrize(("part", "names"), [(Verification, VERIFICATION), (Study, STUDY), (Review, REVIEW)])
def test_of_every_field_it_is_decided_whether_a_digest_holds_it(
    part: type[Verification | Study | Review], names: tuple[str, ...]
) -> None:
    assert part.model_fields.keys() - {*names} == LEFT_OUT[part]
    assert {*names} <= part.model_fields.keys()


class LaterVerification(Verification):
    """With a field that another version of the program may bring."""

    kelak: CaseText = "sudah terisi"


class LaterStudy(Study):
    kelak: CaseText = "sudah terisi"


class LaterReview(Review):
    kelak: CaseText = "sudah terisi"


class LaterCaseFile(CaseFile):
    verifikasi: LaterVerification = LaterVerification()
    kajian: LaterStudy = LaterStudy()
    pemeriksaan: LaterReview = LaterReview()


def test_a_field_that_a_later_version_brings_moves_no_digest() -> None:
    now = case(**APPROVED)
    later = LaterCaseFile.model_validate_json(now.model_dump_json())
    assert later.kajian.kelak
    assert decision_digests.digests(later) == DIGESTS


def test_a_later_field_that_belongs_to_the_decision_joins_where_it_is_filled() -> None:
    old = digested_text(case(**APPROVED).kajian, STUDY)
    blank, filled = (LaterStudy(**APPROVED["kajian"], kelak=text) for text in ("", "Baru."))
    assert digested_text(blank, STUDY, ("kelak",)) == old
    assert digested_text(filled, STUDY, ("kelak",)) == f'{old[:-1]},"kelak":"Baru."}}'


def test_the_keys_of_an_office_belong_to_the_study_and_the_review_but_not_to_what_an_applicant_is_told() -> None:
    own = {"konsep": {"ke": "2"}, "paraf": None}
    parts = {step: {**APPROVED[step], **own} for step in ("verifikasi", "kajian", "pemeriksaan")}
    assert decision_digests.digests(case(**{**APPROVED, **parts})) == {
        "verifikasi": DIGESTS["verifikasi"],
        "kajian": "b13b8f79a5e390530b67dba4207b3207b6cbe34e3491fb2ade33fa24c5209b6c",
        "pemeriksaan": "75c1f2af495832042fe5137ee150cfb4959f29c88f6ae57bf2633af6b2ff146a",
    }


def test_words_of_every_kind_are_hashed_as_they_stand() -> None:
    odd = "“Pasal 5”\tayat\x7f (1) \\ \b\n\x01 \u2028 ½ 😀"
    now = decision_digests.digests(case(**but(READY, kajian__saran=odd)))
    assert now["kajian"] == "7774d2a729c534922b2f814c330d85b50d016f7594c18401d5b76bc9b6a1e7b8"
