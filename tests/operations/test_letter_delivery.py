"""A letter goes out numbered, made and, where the office so chose, signed; its number is spent once."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from processor.cases.records import Event
from processor.foundation import settings, yaml_editor
from processor.foundation.errors import BrokenFiles
from processor.letters.word.draft_mark import UNSIGNED
from processor.operations import daily_pass, steps
from tests.office import response
from tests.operations.test_case_check import told
from tests.story import NUMBER, Story, delivered

TODAY = date(2026, 3, 2)
PDF = b"%PDF-1.7\n%%EOF\n"
SECOND = "BH-2026-0002"


def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, choice: str) -> Story:
    """An office without LibreOffice that chose so, with a request that was forwarded and whose study is approved."""
    monkeypatch.setenv("PATH", "")
    story = Story(tmp_path)
    path = story.settings.path
    path.write_text(path.read_text("utf-8").replace("surat:\n", f"surat:\n  tanda_tangan: {choice}\n"), "utf-8")
    story.reopens(settings.load(path))
    story.receives(response(1), response(2, minute=1))
    for number in (NUMBER, SECOND):
        take(story, steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"), number)
        take(story, steps.assign("analis", "kabag", []), number)
        story.studies(number)
    return story


def take(story: Story, changes: steps.StepChanges, number: str = NUMBER) -> str:
    return steps.apply(story.office, number, changes).after.status


def approve(story: Story, number: str = NUMBER) -> None:
    take(story, steps.set_study_ready(done=True), number)
    take(story, steps.review("disetujui", "kabag", TODAY), number)


def letter(story: Story) -> Path:
    return story.office.register.path(NUMBER) / "keluar" / "pendapat-hukum.docx"


def text_of(content: bytes) -> str:
    """All that a Word file holds, headers too."""
    with ZipFile(BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def answers(story: Story) -> list[Event]:
    return [event for event in story.office.register.read(NUMBER).events if event.kind == "jawaban"]


def test_a_letter_goes_out_by_command_once_it_is_made_and_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = office(tmp_path, monkeypatch, "wajib")
    approve(story)
    take(story, steps.record_letter_number("180/1/Huk-2026", TODAY))
    with pytest.raises(BrokenFiles, match="Surat bernomor 180/1/Huk-2026 belum dibuat"):
        take(story, steps.deliver(TODAY))
    daily_pass.run_pass(story.office)
    with pytest.raises(BrokenFiles, match=r"belum ditandatangani: pendapat-hukum.pdf belum ada"):
        take(story, steps.deliver(TODAY))
    letter(story).with_name("pindaian.pdf").write_bytes(PDF)
    with pytest.raises(BrokenFiles, match=r"namanya bukan nama pendapat-hukum.docx"):
        take(story, steps.deliver(TODAY))
    letter(story).with_name("pindaian.pdf").rename(letter(story).with_suffix(".pdf"))
    assert answers(story) == []
    assert take(story, steps.deliver(TODAY)) == "disampaikan"
    [answer] = answers(story)
    assert (answer.data["berkas"], answer.time) == ("pendapat-hukum.pdf", story.office.now().replace(microsecond=0))
    assert story.status() == "disampaikan", "the journal knows without a pass"
    daily_pass.run_pass(story.office)
    assert len(answers(story)) == 1


def test_a_delivery_written_by_hand_waits_for_the_signature(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = office(tmp_path, monkeypatch, "wajib")
    approve(story)
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), delivered("180/1/Huk-2026", TODAY, TODAY))
    report = daily_pass.run_pass(story.office)
    assert story.status() == "disetujui", "nothing says that it went out"
    assert [one.message for one in report.problems if "ditandatangani" in one.message] == [
        "Surat ini belum ditandatangani: pendapat-hukum.pdf belum ada."
    ]
    assert told(story, "Surat ini belum ditandatangani: pendapat-hukum.pdf") == [True] * 4
    letter(story).with_suffix(".pdf").write_bytes(PDF)
    daily_pass.run_pass(story.office)
    assert (story.status(), len(answers(story))) == ("disampaikan", 1)
    assert told(story, "belum ditandatangani") == [False] * 4


def test_where_nobody_signs_the_letter_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = office(tmp_path, monkeypatch, "tidak_wajib")
    approve(story)
    take(story, steps.record_letter_number("180/1/Huk-2026", TODAY))
    with pytest.raises(BrokenFiles, match="belum dibuat"):
        take(story, steps.deliver(TODAY))
    daily_pass.run_pass(story.office)
    assert UNSIGNED in text_of(letter(story).read_bytes())
    assert UNSIGNED not in text_of(letter(story).with_name("tanda-terima.docx").read_bytes())
    assert take(story, steps.deliver(TODAY)) == "disampaikan"
    daily_pass.run_pass(story.office)
    assert len(answers(story)) == 1


def test_a_letter_that_says_what_goes_with_it_waits_until_that_lies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = office(tmp_path, monkeypatch, "tidak_wajib")
    approve(story)
    take(story, steps.record_letter_number("180/1/Huk-2026", TODAY))
    daily_pass.run_pass(story.office)
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    text = path.read_text("utf-8").replace("penyampaian:\n", "penyampaian:\n  lampiran: [Keputusan, Kontrak]\n")
    path.write_text(text + "\nbalasan:\n  cara: email\n", "utf-8")
    report = daily_pass.run_pass(story.office)
    assert [one for one in report.problems if "pendapat-hukum" in one.place] == [], (
        "it is written anew, not asked about"
    )
    assert "2 (dua) berkas" in text_of(max(letter(story).parent.glob("pendapat*.docx"), key=len_of_name).read_bytes())
    with pytest.raises(BrokenFiles, match=r"menyebut lampiran 2 \(dua\) berkas, padahal"):
        take(story, steps.deliver(TODAY))
    yaml_editor.write(path, path.read_text("utf-8"), steps.deliver(TODAY))
    assert "menyebut lampiran" in str(daily_pass.run_pass(story.office).problems)
    assert answers(story) == []
    signed = max(letter(story).parent.glob("pendapat*.docx"), key=len_of_name).with_suffix(".pdf")
    signed.write_bytes(PDF)
    daily_pass.run_pass(story.office)
    assert [one.data["berkas"] for one in answers(story)] == [signed.name]


def len_of_name(path: Path) -> int:
    return len(path.name)


def test_without_a_choice_all_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = office(tmp_path, monkeypatch, "")
    approve(story)
    assert take(story, delivered("180/1/Huk-2026", TODAY, TODAY)) == "disampaikan"
    daily_pass.run_pass(story.office)
    assert UNSIGNED not in text_of(letter(story).read_bytes())
    assert len(answers(story)) == 1


def test_a_letter_number_is_spent_once_and_on_nothing_that_is_not_approved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = office(tmp_path, monkeypatch, "wajib")
    with pytest.raises(BrokenFiles, match="belum ada yang disetujui atau ditolak"):
        take(story, steps.record_letter_number("180/1/Huk-2026", TODAY))
    approve(story)
    approve(story, SECOND)
    take(story, steps.record_letter_number("180/1/Huk-2026", TODAY))
    spent = re.escape(f"Nomor surat 180 / 1 / HUK-2026 sudah dipakai {NUMBER}.")
    with pytest.raises(BrokenFiles, match=spent):
        take(story, steps.record_letter_number("180 / 1 / HUK-2026", TODAY), SECOND)
    daily_pass.run_pass(story.office)
    path = story.office.register.path(SECOND) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), steps.record_letter_number("180/1/Huk-2026", TODAY))
    report = daily_pass.run_pass(story.office)
    assert [one.message for one in report.problems if "sudah dipakai" in one.message] == [
        f"Nomor surat 180/1/Huk-2026 sudah dipakai {NUMBER}."
    ]
    written = [e.data for e in story.office.register.read(SECOND).events if e.kind == "surat" and e.data["bernomor"]]
    assert written == [], "no letter bears it"
    assert told(story, f"sudah dipakai {SECOND}.")[1:] == [True] * 3, "also at the one that bore it first"
