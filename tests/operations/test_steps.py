"""The steps as commands: they write the YAML that staff may write by hand, or nothing."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from processor.cli import output
from processor.foundation import yaml_editor
from processor.foundation.errors import BrokenFiles, Busy, PayungError
from processor.operations import daily_pass, overview, step_advice, steps
from processor.operations.act_journal import Person
from processor.operations.office import Office, open_office
from processor.site import publish
from tests.office import agency, file, register, response
from tests.story import Story, delivered

TODAY = date(2026, 3, 4)
NUMBER = "BH-2026-0001"
STUDY = {
    ("kajian", "kasus_posisi"): "Pemohon diminta menandatangani.\n\n1. satu\n2. dua",
    ("kajian", "isu_hukum"): ["Apakah boleh menolak?"],
    ("kajian", "dasar_hukum"): ["uu-30-2014"],
    ("kajian", "analisis"): "Boleh: **karena** tidak sesuai fakta.",
    ("kajian", "kesimpulan"): "Boleh menolak.",
    ("kajian", "saran"): "Tolak secara tertulis.",
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with one filed case; its site counts as built."""
    settings = agency(tmp_path)
    file(register(tmp_path), response(1))
    made = open_office(settings, lambda: datetime(2026, 3, 4, 2, 0, tzinfo=UTC), quiet=0)
    settings.site.mkdir()
    (settings.site / ".payung-situs").touch()
    made.register.save_state("terbit", {"dari": publish.inputs_digest(settings)})
    return made


def take(office: Office, changes: steps.StepChanges, **options: Any) -> str:
    return steps.apply(office, NUMBER, changes, **options).after.status


def text(office: Office) -> str:
    return (office.register.path(NUMBER) / "permohonan.yaml").read_text("utf-8")


def forward(office: Office) -> None:
    take(office, steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
    take(office, steps.assign("analis", "kabag", []))


def ready(office: Office) -> None:
    forward(office)
    path = office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), STUDY)
    take(office, steps.set_study_ready(done=True))


def letters(office: Office) -> list[str]:
    return [name for _, name, _ in daily_pass.run_pass(office).rendered]


def test_what_is_no_markdown_of_letters_is_told_with_its_line_and_stops_nothing(office: Office) -> None:
    forward(office)
    path = office.register.path(NUMBER) / "permohonan.yaml"
    issues, analysis = ["Boleh?", "Apakah **boleh?"], "Boleh.\n\n~~Tidak~~ ada\n===\n"
    study = {**STUDY, ("kajian", "isu_hukum"): issues, ("kajian", "analisis"): analysis}
    yaml_editor.write(path, path.read_text("utf-8"), study)
    done = steps.apply(office, NUMBER, steps.set_study_ready(done=True))
    lines = text(office).splitlines()
    assert [lines[slip.line - 1].strip() for slip in done.slips if slip.line] == [
        "- Apakah **boleh?", "~~Tidak~~ ada", "==="
    ]  # fmt: skip
    assert done.after.status == "diperiksa"
    assert output.step_text(NUMBER, done).count("Periksa di ") == 3


def test_what_was_decided_on_another_text_is_not_written(office: Office) -> None:
    forward(office)
    shown = text(office)
    take(office, {("kajian", "saran"): "Tolak secara tertulis."})
    before = text(office)
    with pytest.raises(Busy):
        steps.apply(office, NUMBER, {("kajian", "saran"): "Terima saja."}, shown=shown)
    assert text(office) == before
    steps.apply(office, NUMBER, {("kajian", "saran"): "Terima saja."}, shown=before)
    assert "Terima saja." in text(office)


def test_a_request_is_answered_after_it_was_returned_once(office: Office) -> None:
    assert letters(office) == ["tanda-terima.docx"]
    ready(office)
    assert letters(office) == ["pendapat-hukum.docx"]
    assert take(office, steps.review("dikembalikan", "kabag", TODAY, "Sebutkan akibatnya.")) == "dikembalikan"
    daily_pass.run_pass(office)
    path = office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("kajian", "saran"): "Tolak secara tertulis, simpan salinannya."})
    assert letters(office) == [], "nobody has said that it is done"
    take(office, steps.set_study_ready(done=True))
    assert letters(office) == ["pendapat-hukum.docx"]
    assert take(office, steps.review("disetujui", "kabag", TODAY)) == "disetujui"
    daily_pass.run_pass(office)
    assert take(office, delivered("180/12/Huk-2026", TODAY, TODAY)) == "disampaikan"
    assert letters(office) == ["pendapat-hukum.docx"], "with its number, and not as a draft"
    assert letters(office) == []
    events = office.register.read(NUMBER).events
    way = [(event.actor, event.data["menjadi"]) for event in events if event.kind == "status"]
    assert way == [
        ("pengelola", "diteruskan"),
        ("petugas", "disusun"),
        ("analis", "diperiksa"),
        ("kabag", "dikembalikan"),
        ("petugas", "disusun"),
        ("analis", "diperiksa"),
        ("kabag", "disetujui"),
        ("petugas", "disampaikan"),
    ]


def test_a_rejection_gives_its_letter_and_ends_with_its_number(office: Office) -> None:
    changes = steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Sudah: di pengadilan.")
    assert take(office, changes) == "ditolak"
    assert letters(office) == ["tanda-terima.docx", "pemberitahuan-penolakan.docx"]
    assert take(office, delivered("180/13/Huk-2026", TODAY, TODAY)) == "disampaikan"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (steps.verify("ditolak", "pengelola", TODAY), "Penolakan tanpa jenis alasan"),
        (steps.verify("dilengkapi", "pengelola", TODAY), "kelengkapan tanpa isi"),
        (steps.verify("diteruskan", "orang asing", TODAY), "bukan petugas yang terdaftar"),
        (steps.verify("diteruskan", "pengelola", TODAY, topik="pengadan"), "Maksudnya “pengadaan”?"),
        (steps.assign("analis", "analis", []), "orang yang sama"),
        (steps.set_study_ready(done=True), "belum diisi"),
        (steps.review("disetujui", "kabag", TODAY), "padahal belum selesai"),
        (delivered("180/1", TODAY, TODAY), "sebelum disetujui"),
    ],
)
def test_a_step_against_a_rule_writes_nothing_and_says_why(
    office: Office, changes: steps.StepChanges, said: str
) -> None:
    before = text(office)
    with pytest.raises(BrokenFiles, match=said):
        take(office, changes)
    assert text(office) == before


def test_the_drafter_cannot_approve_their_own_study(office: Office) -> None:
    ready(office)
    with pytest.raises(BrokenFiles, match="penyusunnya sendiri"):
        take(office, steps.review("disetujui", "analis", TODAY))


def test_a_simulation_shows_the_lines_and_writes_nothing(office: Office) -> None:
    before = text(office)
    done = steps.apply(office, NUMBER, steps.verify("diteruskan", "pengelola", TODAY), simulate=True)
    assert (done.before.status, done.after.status) == ("diajukan", "diteruskan")
    assert "+   keputusan: diteruskan" in done.lines
    assert text(office) == before


def test_comments_and_other_bytes_stay(office: Office) -> None:
    path = office.register.path(NUMBER) / "permohonan.yaml"
    noted = (
        text(office).replace("  analis:\n", "  analis:   # dari rapat\n")
        + "\ncatatan_kantor: penting  # jangan hapus\n"
    )
    path.write_text(noted, "utf-8")
    forward(office)
    assert "  analis: analis   # dari rapat\n" in text(office)
    assert text(office).endswith("\ncatatan_kantor: penting  # jangan hapus\n")


def test_a_file_with_mistakes_is_mended_first(office: Office) -> None:
    path = office.register.path(NUMBER) / "permohonan.yaml"
    path.write_text(text(office).replace("  analis:\n", "  analis: a: b\n"), "utf-8")
    with pytest.raises(PayungError):
        forward(office)


def test_another_processor_at_work_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_WAIT", 0.1)
    with office.register.lock(0), pytest.raises(Busy):
        forward(office)


def test_what_is_approved_is_what_stood_there_then(office: Office) -> None:
    ready(office)
    assert take(office, steps.review("disetujui", "kabag", TODAY)) == "disetujui"
    path = office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("kajian", "kesimpulan"): "Sebaliknya."})
    assert overview.fresh_row(office, NUMBER).status == "diperiksa", (
        "no pass has seen the approval, and still it does not hold"
    )
    with pytest.raises(BrokenFiles, match="bukan yang disetujui"):
        take(office, delivered("180/1", TODAY, TODAY))
    assert take(office, steps.review("disetujui", "kabag", TODAY)) == "disetujui", "a second time on the same day"
    path.write_text(path.read_text("utf-8").replace("bentuk: pendapat_hukum", "bentuk: rujukan_mekanisme"), "utf-8")
    assert overview.fresh_row(office, NUMBER).status == "disusun", "nobody has reviewed it in that form"


def returned(office: Office) -> None:
    ready(office)
    take(office, steps.review("dikembalikan", "kabag", TODAY, "Sebutkan akibatnya."))


def test_a_returned_study_that_is_called_ready_unchanged_is_told_the_way(office: Office) -> None:
    returned(office)
    before = text(office)
    with pytest.raises(BrokenFiles, match=f"belum berubah sejak dikembalikan.*payung sunting {NUMBER}.*--tarik"):
        take(office, steps.set_study_ready(done=True))
    assert text(office) == before
    path = office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, before, {("kajian", "selesai"): "ya"})
    report = daily_pass.run_pass(office)
    assert any("belum berubah sejak dikembalikan" in problem.message for problem in report.problems)


def test_a_mistaken_return_is_told_the_way_and_taken_back_with_its_notes_kept(office: Office) -> None:
    returned(office)
    with pytest.raises(BrokenFiles, match=f"Keliru dikembalikan. payung kembalikan {NUMBER} --tarik"):
        take(office, steps.review("disetujui", "kabag", TODAY))
    assert take(office, steps.take_back_return()) == "diperiksa"
    assert "Sebutkan akibatnya." in text(office)
    assert take(office, steps.review("disetujui", "kabag", TODAY)) == "disetujui"
    with pytest.raises(BrokenFiles, match="tidak ada pengembalian yang dapat ditarik"):
        take(office, steps.take_back_return())


def test_whoever_takes_a_step_is_an_officer_who_may(office: Office) -> None:
    ready(office)
    with pytest.raises(BrokenFiles, match=r"anallis bukan petugas yang terdaftar\. Maksudnya analis"):
        take(office, steps.set_study_ready(done=False), by=Person("anallis"))
    path = office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, text(office), {("penugasan", "benturan_kepentingan"): ["pengelola"]})
    [problem] = step_advice.strangers(office, office.register.read(NUMBER), "pengelola")
    assert problem.message == "pengelola tidak boleh menangani permohonan ini."
    assert step_advice.strangers(office, office.register.read(NUMBER), "kabag") == []


def test_a_study_returned_twice_on_one_day_with_the_same_words_comes_back_twice(office: Office) -> None:
    ready(office)
    for count in (1, 2):
        assert take(office, steps.review("dikembalikan", "kabag", TODAY, "Perjelas.")) == "dikembalikan"
        path = office.register.path(NUMBER) / "permohonan.yaml"
        yaml_editor.write(path, path.read_text("utf-8"), {("kajian", "saran"): f"Lebih jelas {count}."})
        take(office, steps.set_study_ready(done=True))
        assert overview.fresh_row(office, NUMBER).status == "diperiksa"


def test_a_step_that_the_table_does_not_know_is_refused(office: Office) -> None:
    ready(office)
    rejected = steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Sudah: di pengadilan.")
    with pytest.raises(BrokenFiles, match="diperiksa, jadi tidak dapat menjadi ditolak"):
        take(office, rejected)


def test_a_request_that_was_assigned_before_it_was_forwarded_goes_on_where_its_study_is(office: Office) -> None:
    on = steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan")
    assert take(office, steps.assign("analis", "kabag", [])) == "diajukan"
    assert take(office, on) == "disusun"
    asked = steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat panggilan"])
    assert take(office, asked) == "menunggu_kelengkapan"
    assert take(office, on) == "disusun"


def test_received_before_it_was_sent_is_refused(office: Office) -> None:
    with pytest.raises(BrokenFiles, match="Diterima sebelum disampaikan"):
        take(office, steps.confirm_receipt(TODAY))


def test_nothing_is_archived_before_its_answer_or_withdrawal_is_told(office: Office) -> None:
    with pytest.raises(BrokenFiles, match="Diarsipkan sebelum selesai"):
        take(office, steps.archive(TODAY))
    take(office, steps.withdraw(TODAY, "Lewat telepon."))
    assert take(office, steps.archive(TODAY)) == "diarsipkan"
    daily_pass.run_pass(office)
    assert [entry.kind for entry in office.outbox.entries()] == ["dibatalkan"], "the applicant hears of it all the same"


def test_who_drafted_once_never_reviews(office: Office, tmp_path: Path) -> None:
    officers = {
        "ani": {"nama": "Petugas Contoh", "peran": ["pengelola_layanan"]},
        "analis": {"nama": "Analis Contoh", "peran": ["analis_hukum"]},
        "citra": {"nama": "Kabag Contoh", "peran": ["kepala_bagian", "analis_hukum"]},
        "kabag": {"nama": "Kabag Lain", "peran": ["kepala_bagian"]},
    }
    (tmp_path / "lain").mkdir()
    story = Story(tmp_path / "lain", officers=officers)
    story.receives(response(1))
    story.writes(steps.verify("diteruskan", "ani", TODAY), steps.assign("citra", "kabag", []))
    story.studies()
    story.writes(steps.set_study_ready(done=True))
    story.writes(steps.assign("analis", "kabag", []))
    with pytest.raises(BrokenFiles, match="penyusunnya sendiri"):
        steps.apply(story.office, NUMBER, steps.review("disetujui", "citra", TODAY))


@pytest.mark.parametrize(
    ("barred", "said"),
    [("Kepala Bagian Contoh, S.H.", "bukan petugas yang terdaftar"), ("kabag", "tidak boleh menangani")],
)
def test_a_conflict_of_interest_cannot_be_missed(office: Office, barred: str, said: str) -> None:
    take(office, steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
    with pytest.raises(BrokenFiles, match=said):
        take(office, steps.assign("analis", "kabag", [barred]))


def test_a_case_that_waits_for_nobody_is_told(office: Office) -> None:
    take(office, steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
    path = office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("penugasan", "benturan_kepentingan"): ["kabag"]})
    assert any("Tidak ada kepala bagian" in problem.message for problem in daily_pass.run_pass(office).problems)
