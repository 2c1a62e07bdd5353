"""What was written into a case file stays: every text that a pass or a command saw, and the notes of every review."""

from pathlib import Path

import pytest

from processor.cases.earlier_texts import kept
from processor.cli import case_output
from processor.cli.main import main
from processor.desk.officer_pages import case_page
from processor.desk.visit import Visit
from processor.foundation.errors import PayungError
from processor.operations import daily_pass, earlier_texts, edit_session, steps
from processor.operations.act_journal import Person
from tests.office import response
from tests.story import NUMBER, Story


@pytest.fixture
def story(tmp_path: Path) -> Story:
    made = Story(tmp_path)
    made.receives(response(1))
    return made


def case_file(story: Story) -> Path:
    return story.office.register.path(NUMBER) / "permohonan.yaml"


def replaces(story: Story, old: str, new: str) -> str:
    """Somebody writes into the file by hand; what it held before."""
    before = case_file(story).read_text("utf-8")
    case_file(story).write_text(before.replace(old, new, 1), "utf-8")
    return before


def test_what_passes_commands_and_editors_saw_can_be_listed_compared_and_brought_back(story: Story) -> None:
    first = replaces(story, "  analisis:", "  analisis: Panjang sekali.")
    story.passes()
    steps.apply(story.office, NUMBER, steps.verify("diteruskan", "pengelola", story.now.date(), topik="pengadaan"))
    written = replaces(story, "  analisis: Panjang sekali.", "  analisis:")
    with edit_session.session(story.office, NUMBER) as at:
        at.copy.write_text(at.copy.read_text("utf-8").replace("  saran:", "  saran: Tolak."), "utf-8")
        edit_session.save_copy(at)
    changes = [parts for _, parts in earlier_texts.listed(story.office, NUMBER)]
    assert changes == [(), ("kajian",), ("verifikasi",), ("kajian",), ("kajian",)]
    lines = earlier_texts.compared(story.office, NUMBER, 3)
    assert [line for line in lines if line.startswith(("-  ", "+  "))] == [
        "-  analisis: Panjang sekali.", "+  analisis:", "-  saran:", "+  saran: Tolak.",
    ]  # fmt: skip
    assert earlier_texts.bring_back(story.office, NUMBER, 3) == 3
    assert case_file(story).read_text("utf-8") == written
    assert earlier_texts.bring_back(story.office, NUMBER, 1) == 1
    assert case_file(story).read_text("utf-8") == first
    assert kept(case_file(story).parent)[-2].text() == written


def test_a_part_that_somebody_deleted_is_told_each_time_and_comes_back_by_the_command(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replaces(story, "  analisis:", "  analisis: Panjang sekali.")
    story.passes()
    text = case_file(story).read_text("utf-8")
    begin, end = text.index("kajian:\n"), text.index("# 4. PEMERIKSAAN")
    case_file(story).write_text(text[:begin] + text[end:], "utf-8")
    for _ in range(2):
        told = [one.message for one in daily_pass.run_pass(story.office).problems]
        assert "Bagian “kajian” hilang dari berkas, padahal dulu terisi." in told
    monkeypatch.setenv("PAYUNG_PENGATURAN", str(story.settings.path))
    assert main(["isi-lama", "1", "--kembalikan", "--bagian", "kajian"]) == 0
    assert "Bagian kajian dari isi lama ke-2 dikembalikan." in capsys.readouterr().out
    case = story.office.register.read(NUMBER).case
    assert case is not None
    assert case.kajian.analisis == "Panjang sekali."
    assert daily_pass.run_pass(story.office).problems == []
    assert main(["isi-lama", "1"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["1", "2", "3", "4"]


def test_the_notes_of_every_review_stay_and_are_shown_also_after_the_approval(story: Story) -> None:
    today = story.now.date()
    story.writes(steps.verify("diteruskan", "pengelola", today, topik="pengadaan"), steps.assign("analis", "kabag", []))
    for notes in ("Perjelas isu kedua.", "Tambahkan dasar hukum."):
        story.studies(saran=f"Tolak. {notes}")
        story.writes(steps.set_study_ready(done=True))
        story.writes(steps.review("dikembalikan", "kabag", today, notes))
    story.studies(saran="Tolak secara tertulis.")
    story.writes(steps.set_study_ready(done=True))
    story.writes(steps.review("disetujui", "kabag", today))
    case = story.office.register.read(NUMBER).case
    assert case is not None
    assert (case.pemeriksaan.keputusan, case.pemeriksaan.catatan) == ("disetujui", "Tambahkan dasar hukum.")
    data = case_output.case_data(story.office, NUMBER)
    assert [(one["keputusan"], one["catatan"]) for one in data["catatan_pemeriksaan"]] == [
        ("dikembalikan", "Perjelas isu kedua."),
        ("dikembalikan", "Tambahkan dasar hukum."),
    ]
    page, text = case_page(Visit(story.office, ""), NUMBER), case_output.case_text(data, story.settings.layanan.zone)
    assert all(notes in shown for shown in (page, text) for notes in ("Perjelas isu kedua.", "Tambahkan dasar hukum."))


@pytest.mark.parametrize("damaged", [b"\xff\xfe bad", b"kajian:\n  saran: caf\xe9\n"])
def test_a_file_that_is_no_text_is_put_right_by_the_command_and_nothing_of_it_is_lost(
    story: Story, damaged: bytes
) -> None:
    story.passes()
    before = case_file(story).read_bytes()
    case_file(story).write_bytes(damaged)
    assert daily_pass.run_pass(story.office).problems
    earlier_texts.bring_back(story.office, NUMBER, None)
    assert case_file(story).read_bytes() == before
    assert damaged in [one.text().encode("latin-1", "replace") for one in kept(case_file(story).parent)]


def test_what_is_brought_back_is_the_act_of_who_did_it_and_what_was_written_before_is_not(story: Story) -> None:
    replaces(story, "  analisis:", "  analisis: Panjang sekali.")
    story.passes()
    replaces(story, "  saran:", "  saran: Tolak.")
    earlier_texts.bring_back(story.office, NUMBER, 2, by=Person(account="rekan"))
    done = [one for one in story.office.register.read(NUMBER).events if one.kind == "disunting"][-2:]
    assert [(one.actor, one.data["bagian"], one.data["waktu_dari"] == "perintah") for one in done] == [
        ("petugas", ["kajian.saran"], False),
        ("rekan", ["kajian.saran"], True),
    ]


def test_a_part_that_was_emptied_comes_back_also_after_somebody_wrote_elsewhere(story: Story) -> None:
    replaces(story, "  analisis:", "  analisis: Panjang sekali.")
    story.passes()
    replaces(story, "  analisis: Panjang sekali.", "  analisis:")
    story.passes()
    replaces(story, "  alasan:", "  alasan: Contoh.")
    assert earlier_texts.bring_back(story.office, NUMBER, None, "kajian") == 2
    text = case_file(story).read_text("utf-8")
    assert "  analisis: Panjang sekali.\n" in text
    assert "  alasan: Contoh.\n" in text


def test_what_goes_against_what_happened_since_comes_back_only_to_who_says_so(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    today = story.now.date()
    story.writes(steps.verify("diteruskan", "pengelola", today, topik="pengadaan"), steps.assign("analis", "kabag", []))
    story.studies()
    story.writes(steps.set_study_ready(done=True), steps.review("disetujui", "kabag", today))
    story.writes(steps.record_letter_number("180/1/Huk-2026", today))
    with pytest.raises(PayungError, match=r"Surat bernomor 180/1/Huk-2026 sudah dibuat, .* ke-2 tidak memuat"):
        earlier_texts.bring_back(story.office, NUMBER, 2)
    story.writes(steps.deliver(today))
    before = case_file(story).read_bytes()
    monkeypatch.chdir(story.settings.path.parent)
    command = ["isi-lama", NUMBER, "--kembalikan", "2"]
    assert main(command) != 0
    said = capsys.readouterr().err
    assert "sudah disampaikan, padahal isi lama ke-2 membawanya kembali ke diteruskan." in said
    assert f"payung {' '.join(command)} --tetap" in said
    assert case_file(story).read_bytes() == before
    assert earlier_texts.bring_back(story.office, NUMBER, None, "kajian"), "a part that undoes nothing comes back"
    assert main([*command, "--tetap"]) == 0
    assert case_file(story).read_bytes() == kept(case_file(story).parent)[1].path.read_bytes()
