"""What somebody must mend in a case is told alike by the pass, the check-up, the desk and ``payung lihat``."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from processor.cases.records import SEALED, Attachment
from processor.cli import case_output
from processor.desk.home_page import front_page
from processor.desk.officer_pages import case_page
from processor.desk.visit import Visit
from processor.foundation.errors import BrokenFiles
from processor.mail.message import OutboxEntry
from processor.operations import case_row, daily_pass, notices, office_check, overview, row_store
from tests.office import edited, response
from tests.story import NUMBER, Story

SENT = (Attachment("surat.pdf", b"isi surat"),)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """An office with a case that has an attachment."""
    made = Story(tmp_path)
    made.receives(replace(response(1), key="k1", attachments=SENT), response(2, minute=1))
    return made


def told(story: Story, words: str) -> list[bool]:
    """Who says ``words`` of the case: the pass, the check-up, the desk, ``payung lihat``."""
    office = story.office
    passing = [str(one) for one in daily_pass.run_pass(office).problems]
    checking = [str(one) for one in office_check.check(office)]
    seen = case_output.case_text(case_output.case_data(office, NUMBER), office.settings.layanan.zone)
    page = case_page(Visit(office, ""), NUMBER)
    return [any(words in one for one in said) for said in (passing, checking, [page], [seen])]


def test_an_attachment_that_is_gone_or_emptied_is_told_by_everybody_each_time(story: Story) -> None:
    path = story.office.register.path(NUMBER) / "lampiran" / "1.age"
    content = path.read_bytes()
    assert told(story, "1.age hilang") == [False] * 4
    path.write_bytes(b"")
    assert told(story, "1.age kosong.") == [True] * 4
    path.unlink()
    assert told(story, "1.age hilang.") == [True] * 4
    assert told(story, "1.age hilang.") == [True] * 4
    path.write_bytes(content)
    assert told(story, "1.age hilang") == [False] * 4


def test_a_pass_compares_the_content_of_what_moved_and_the_check_up_of_all(story: Story) -> None:
    path = story.office.register.path(NUMBER) / "lampiran" / "1.age"
    state, content = path.stat(), path.read_bytes()
    path.write_bytes(content[::-1])
    assert told(story, "Isi lampiran/1.age bukan") == [True, True, True, True]
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert told(story, "Isi lampiran/1.age bukan") == [False, True, True, True]


def test_a_register_that_came_by_git_is_told_once_to_lack_its_letters(story: Story, tmp_path: Path) -> None:
    register = story.settings.register
    subprocess.run(["git", "init", "--quiet", str(register)], check=True)
    for folder in register.glob("2026/*/keluar"):
        shutil.rmtree(folder)
    first, second = daily_pass.run_pass(story.office), daily_pass.run_pass(story.office)
    [one] = first.problems
    assert one.message.startswith(
        f"Folder keluar (surat) tidak ada: {NUMBER}, BH-2026-0002. Register yang datang lewat"
    )
    assert second.problems == []
    assert sum("lewat git" in one.message for one in office_check.check(story.office)) == 1


def _dates(row: case_row.CaseRow) -> tuple[str, str, str]:
    return row.received, row.due, row.whole


def test_a_broken_file_and_a_lost_folder_keep_their_place_date_and_deadlines_in_the_list(story: Story) -> None:
    office = story.office
    before, beside = overview.rows(office)
    path = office.register.path(NUMBER) / "permohonan.yaml"
    text = path.read_text("utf-8")
    for _ in range(2):
        path.write_text(f"<<<<<<< HEAD\n{text}", "utf-8")
        story.passes()
        broken, other = overview.rows(office)
        assert (broken.number, broken.status, broken.wrong, other) == (NUMBER, case_row.BROKEN, 1, beside)
        assert _dates(broken) == _dates(before)
    path.parent.rename(path.parent.with_name("BH-2026-0001 selesai"))
    report = story.passes()
    assert any("sepertinya ada di" in problem.message for problem in report.problems)
    lost, _ = overview.rows(office)
    assert (lost.number, _dates(lost)) == (NUMBER, _dates(before))
    assert "BH-2026-0001 selesai" in lost.duty
    assert "BH-2026-0001 selesai" in front_page(Visit(office, ""))


def test_without_a_row_from_before_a_broken_file_keeps_the_date_of_its_journal(story: Story) -> None:
    office = story.office
    received = next(overview.rows(office)).received
    (office.register.path(NUMBER) / "permohonan.yaml").write_text("rusak: [", "utf-8")
    (office.register.state_folder / row_store.FILE_NAME).unlink()
    assert next(overview.rows(office)).received == received


def test_a_copy_beside_a_case_is_told_by_everybody(story: Story) -> None:
    folder = story.office.register.path(NUMBER)
    (folder / "permohonan (1).yaml").write_text((folder / "permohonan.yaml").read_text("utf-8") + "lain: ya\n")
    assert told(story, "permohonan (1).yaml adalah salinan permohonan.yaml yang berbeda: lain.") == [True] * 4


def test_a_dossier_of_another_case_or_an_older_one_is_told_and_nothing_goes_out_by_it(
    story: Story, tmp_path: Path
) -> None:
    folder, other = story.office.register.path(NUMBER), story.office.register.path("BH-2026-0002")
    own, older = (folder / SEALED).read_bytes(), tmp_path / "lama.age"
    older.write_bytes(own)
    (folder / SEALED).write_bytes((other / SEALED).read_bytes())
    before = (folder / "riwayat.jsonl").read_bytes()
    assert told(story, "pemohon.age ini bukan milik permohonan ini.") == [True] * 4
    assert told(story, "pemohon.age ini bukan milik permohonan ini.") == [True] * 4, "each time"
    with pytest.raises(BrokenFiles, match="bukan milik permohonan ini"):
        notices.compose_now(story.office, OutboxEntry(f"{NUMBER}.diterima", NUMBER, "diterima", "diterima"))
    assert (folder / "riwayat.jsonl").read_bytes() == before
    (folder / SEALED).write_bytes(own)
    assert told(story, "pemohon.age") == [False] * 4
    story.receives(edited(replace(response(1), key="k1", attachments=SENT), minute=9, pertanyaan="Lalu?"))
    assert told(story, "pemohon.age") == [False] * 4
    (folder / SEALED).write_bytes(older.read_bytes())
    assert told(story, "pemohon.age lebih lama daripada yang dicatat") == [True] * 4


@pytest.mark.parametrize(
    ("earlier", "words"),
    [("BH-2026-0009", "tidak ada di register"), ("BH-2026-0002", "belum pernah dijawab"), ("entah", "bukan nomor")],
)
def test_a_follow_up_to_what_is_missing_or_unanswered_is_told_by_everybody(
    story: Story, earlier: str, words: str
) -> None:
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        f"lanjutan_dari: {earlier}\n"
        + "".join(one for one in text.splitlines(keepends=True) if "lanjutan_dari" not in one),
        "utf-8",
    )
    assert told(story, words) == [True] * 4
    path.write_text(text, "utf-8")
    assert told(story, words) == [False] * 4
