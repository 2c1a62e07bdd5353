"""An objection to a rejection: recorded once, decided by another kepala bagian, answered by a letter or by going on."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from processor.cases.case_file import CaseFile
from processor.cases.case_parts import Ruling
from processor.foundation.errors import BrokenFiles
from processor.operations import case_check, objection_steps, overview, steps
from processor.operations.act_journal import Person
from tests.office import response
from tests.smtp_server import running
from tests.story import NUMBER, OFFICERS, Story, delivered

TODAY = date(2026, 3, 2)
WORDS = "Saya bertanya tentang tugas saya.\nBukan tentang sidangnya."
GROUNDS = "Pertanyaannya memang tentang tugas."
SECOND = {"kedua": {"nama": "Kepala Kedua Contoh", "peran": ["kepala_bagian"], "email": "kedua@example.org"}}
REJECTER = {"pengelola": {**OFFICERS["pengelola"], "peran": ["pengelola_layanan", "kepala_bagian"]}}
OBJECTION = objection_steps.record(TODAY, WORDS)
FIRST_LETTER, SECOND_LETTER = "180/13/Huk-2026", "180/14/Huk-2026"


def decision(ruling: Ruling, by: str = "kabag") -> steps.StepChanges:
    return objection_steps.decide(ruling, by, TODAY, GROUNDS)


def refused(story: Story, changes: steps.StepChanges, number: str = NUMBER) -> str:
    with pytest.raises(BrokenFiles) as caught:
        steps.apply(story.office, number, changes)
    return " ".join(problem.sentence for problem in caught.value.problems)


def case(story: Story) -> CaseFile:
    found = story.office.register.read(NUMBER)
    assert found.case is not None
    assert found.problems == ()
    return found.case


def wrong(story: Story) -> list[str]:
    filed = story.office.register.read(NUMBER)
    return [one.message for one in case_check.mistakes(story.office, filed, overview.derive_for(story.office, filed))]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """An office without LibreOffice whose first request was rejected, and the rejection delivered; the second waits."""
    with pytest.MonkeyPatch.context() as patch, running() as server:
        patch.setenv("PATH", "")
        story = Story(tmp_path_factory.mktemp("keberatan"), server, officers={**OFFICERS, **SECOND, **REJECTER})
        story.receives(response(1, cara_jawaban="email"), response(2, minute=1))
        story.writes(steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Perkara berjalan."))
        assert "Penolakannya belum disampaikan" in refused(story, OBJECTION)
        story.writes(delivered(FIRST_LETTER, TODAY, TODAY))
        assert story.status() == "selesai"
        yield story


@pytest.fixture
def story(once: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setenv("PATH", "")
    made = once.copied(tmp_path)
    made.server = once.server
    assert once.server is not None
    made.settings = made.settings.model_copy(update={"petugas": once.settings.petugas, "email": once.settings.email})
    made.reopens(made.settings)
    made.now = once.now
    return made


def test_an_objection_that_is_turned_down_is_answered_with_a_letter_of_its_own(story: Story) -> None:
    story.later(hours=2)
    seen = steps.apply(story.office, NUMBER, OBJECTION, by=Person("pengelola")).after
    assert (seen.status, seen.holders, seen.heads) == ("keberatan", ("kabag", "kedua"), ("kabag", "kedua"))
    story.passes()
    assert story.mail()[-1] == f"{NUMBER}: keberatan diterima"
    assert "belum boleh" not in refused(story, steps.deliver(TODAY))
    assert "belum diputus" in refused(story, steps.record_letter_number(SECOND_LETTER, TODAY))
    assert story.writes(decision("ditolak")).status == "keberatan_ditolak"
    assert "jawaban-keberatan.docx" in story.outgoing()
    assert "sudah dipakai" in refused(story, steps.record_letter_number(FIRST_LETTER, TODAY))
    story.writes(steps.record_letter_number(SECOND_LETTER, TODAY))
    story.writes(steps.deliver(TODAY))
    assert story.way() == [
        "ditolak",
        "disampaikan",
        "selesai",
        "keberatan",
        "keberatan_ditolak",
        "disampaikan",
        "selesai",
    ]
    one = case(story).keberatan
    assert one is not None
    assert (one.alasan, one.nomor_surat, one.disampaikan, one.oleh) == (WORDS, SECOND_LETTER, TODAY, "kabag")
    assert case(story).penyampaian.nomor_surat == FIRST_LETTER, "the rejection stays as it is"
    assert story.mail()[-1] == f"{NUMBER}: keberatan sudah dijawab"
    assert [name for name, _ in story.attachments()] == [f"{NUMBER}-1.docx"] * 2, "each letter once, by e-mail"
    assert wrong(story) == []
    assert "hanya satu kali" in refused(story, OBJECTION)
    assert story.writes(steps.archive(TODAY)).status == "diarsipkan"


def test_an_objection_that_is_granted_lets_the_request_go_on_and_its_clock_begin_anew(story: Story) -> None:
    story.later(days=1)
    story.writes(OBJECTION)
    story.later(days=1)
    steps.apply(story.office, NUMBER, decision("dikabulkan"), by=Person("kabag"))
    granted_at = story.now
    story.passes()
    assert story.way() == ["ditolak", "disampaikan", "selesai", "keberatan", "diteruskan"]
    assert story.mail()[-1] == f"{NUMBER}: keberatan dikabulkan"
    now = case(story)
    assert (now.verifikasi.keputusan, now.verifikasi.oleh, now.verifikasi.alasan) == ("diteruskan", "kabag", "")
    assert now.penolakan is not None
    assert (now.penolakan.alasan, now.penolakan.oleh) == ("Perkara berjalan.", "pengelola")
    assert (now.penolakan.nomor_surat, now.penolakan.disampaikan) == (FIRST_LETTER, TODAY)
    assert wrong(story) == [], "the letter that was delivered stays, and is no letter against the decision"
    filed = story.office.register.read(NUMBER)
    runs = overview.deadlines_of(story.office, filed, overview.derive_for(story.office, filed))
    assert runs is not None
    assert (runs.begun, runs.promise, runs.late(story.now)) == (granted_at.replace(microsecond=0), runs.whole, False)
    assert all("Dihitung sejak keberatan pemohon dikabulkan." in runs.explained("WIB")[name][1] for name in (
        "Janji kepada pemohon", "Seluruhnya", "Sasaran",
    ))  # fmt: skip
    story.writes(steps.assign("analis", "kabag", []))
    story.studies()
    story.writes(steps.set_study_ready(done=True))
    story.writes(steps.review("disetujui", "kabag", story.now.date()))
    assert "Nomor surat" in refused(story, steps.record_letter_number(FIRST_LETTER, TODAY))
    story.writes(delivered(SECOND_LETTER, story.now.date(), story.now.date()))
    assert story.status() == "selesai"
    assert story.mail()[-1] == f"{NUMBER}: permohonan sudah dijawab"
    assert wrong(story) == []


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("pengelola", "oleh yang menolak"),
        ("analis", "tidak berperan kepala bagian"),
        ("orang asing", "bukan petugas yang terdaftar"),
    ],
)
def test_nobody_decides_who_rejected_or_has_not_the_role(story: Story, by: str, said: str) -> None:
    story.writes(OBJECTION)
    for ruling in get_args(Ruling):
        assert said in refused(story, decision(ruling, by))


def test_who_has_a_conflict_of_interest_does_not_decide(story: Story) -> None:
    story.writes(OBJECTION)
    story.writes({("penugasan", "benturan_kepentingan"): ["kabag"]})
    assert overview.fresh_row(story.office, NUMBER).holders == ("kedua",)
    assert "tidak boleh menangani" in refused(story, decision("ditolak"))


def test_only_a_rejection_can_be_objected_to(story: Story) -> None:
    assert "tidak ditolak" in refused(story, OBJECTION, "BH-2026-0002")
    assert "payung lanjutan" in refused(story, OBJECTION, "BH-2026-0002")
    assert "Tidak ada keberatan" in refused(story, decision("ditolak"), "BH-2026-0002")


def test_an_archived_rejection_can_be_objected_to(story: Story) -> None:
    story.writes(steps.archive(TODAY))
    assert story.writes(OBJECTION).status == "keberatan"
    assert case(story).arsip.tanggal is None
    assert "Diarsipkan sebelum selesai" in refused(story, steps.archive(TODAY))


def test_five_working_days_later_it_is_late_and_the_kepala_bagian_are_reminded_never_who_rejected(story: Story) -> None:
    story.at("2026-03-02T09:00")
    story.writes(OBJECTION)
    row = overview.fresh_row(story.office, NUMBER)
    assert (row.step, row.due, row.promise) == ("keberatan", row.promise, "2026-03-09T09:00:00+07:00")
    assert not row.late(story.now)
    story.at("2026-03-09T10:30")
    story.passes()
    assert overview.fresh_row(story.office, NUMBER).late(story.now)
    told = [event.data["kepada"] for event in story.office.register.read(NUMBER).events if event.kind == "diingatkan"]
    assert told[-1] == ["kabag", "kedua"]
    assert any("keberatan" in text for text in story.texts("kabag@example.org"))


def test_an_objection_on_paper_counts_from_the_day_on_which_it_came(story: Story) -> None:
    story.at("2026-03-04T15:00")
    story.writes(objection_steps.record(date(2026, 3, 3), WORDS))
    assert overview.fresh_row(story.office, NUMBER).promise == "2026-03-09T15:00:00+07:00"


def test_what_was_decided_and_delivered_cannot_be_changed_by_hand_unseen(story: Story) -> None:
    story.writes(OBJECTION, decision("ditolak"))
    story.writes(delivered(SECOND_LETTER, TODAY, TODAY))
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace(GROUNDS, "Lain."), "utf-8")
    assert "Pertimbangan berubah sesudah suratnya disampaikan." in wrong(story)
    path.write_text(text.replace("putusan: ditolak", "putusan:"), "utf-8")
    assert "Jawaban lain sudah disampaikan kepada pemohon." in wrong(story)


def test_a_decision_by_hand_that_moves_nothing_is_told_the_way(story: Story) -> None:
    story.writes(OBJECTION)
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    granted = f"putusan: dikabulkan\n  oleh: kabag\n  diputus: 2026-03-02\n  pertimbangan: {GROUNDS}"
    path.write_text(path.read_text("utf-8").replace("putusan:\n  oleh:\n  diputus:\n  pertimbangan:", granted), "utf-8")
    assert any("penolakannya masih berdiri" in one for one in wrong(story))
    story.passes()
    assert story.status() == "keberatan"
