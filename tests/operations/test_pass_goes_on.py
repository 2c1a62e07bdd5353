"""What a disk refuses is told with its file and what to do, and the rest of the pass goes on."""

import errno
import os
from pathlib import Path

import pytest

from processor.foundation import atomic_files, disk_errors
from processor.operations import daily_pass, office_clock
from tests.office import response
from tests.smtp_server import running
from tests.story import Story


@pytest.mark.parametrize("name", ["google.json", "putaran.json", "status.json", "permohonan.schema.json"])
def test_a_state_file_that_became_a_folder_is_told_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    with running() as server:
        story = Story(tmp_path, server, publishes=True)
        (story.office.register.state_folder / name).unlink(missing_ok=True)
        (story.office.register.state_folder / name).mkdir()
        story.receives(response(1, source="google", key="a"))
        assert story.office.register.numbers() == ["BH-2026-0001"]
        assert story.mail("orang1@example.org")
        told = [str(one) for one in daily_pass.run_pass(story.office).failures]
        assert [one for one in told if f"{name} adalah folder" in one] or name in {"google.json", "status.json"}


def test_a_disk_that_refused_for_hours_says_nothing_of_the_clock(tmp_path: Path) -> None:
    story = Story(tmp_path, publishes=True)
    story.receives(response(1, source="google", key="a"))
    path = story.office.register.state_folder / "putaran.json"
    path.unlink()
    path.mkdir()
    os.utime(path, (0, 0))
    assert daily_pass.run_pass(story.office).failures
    assert office_clock.doubt(story.office) == ""


@pytest.mark.parametrize("name", ["ringkas.sqlite", "penjaga.sqlite"])
def test_an_index_that_became_a_folder_stops_only_what_needs_it(tmp_path: Path, name: str) -> None:
    with running() as server:
        story = Story(tmp_path, server, publishes=True)
        story.receives(response(1, source="google", key="a"))
        path = story.office.register.state_folder / name
        path.unlink(missing_ok=True)
        path.mkdir()
        known = story.office.register.state("terbit")
        story.office.register.save_state("terbit", {**known, "orang": ""})  # somebody is to be looked for in the site
        assert any(name in str(one) for one in daily_pass.run_pass(story.office).failures)
        assert "selesai" in story.office.register.state("putaran")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "Disk penuh, jadi /x/nomor.json tidak dapat ditulis. Kosongkan ruang disk."),
        (errno.EBUSY, "/x/nomor.json sedang dipakai program lain."),
        (errno.EACCES, "/x/nomor.json tidak boleh dibuka atau ditulis."),
        (errno.EISDIR, "/x/nomor.json adalah folder"),
        (errno.ENOENT, "/x/nomor.json tidak ada."),
        (errno.EROFS, "hanya dapat dibaca"),
        (errno.EIO, "Periksa ruang disk dan izin folder."),
    ],
)
def test_what_the_disk_refuses_is_a_sentence(code: int, said: str) -> None:
    assert said in disk_errors.sentence(OSError(code, os.strerror(code), "/x/nomor.json"))


def test_what_a_killed_program_left_half_written_in_a_case_is_taken_away(tmp_path: Path) -> None:
    story = Story(tmp_path, publishes=True)
    story.receives(response(1, source="google", key="a"))
    case = story.office.register.path("BH-2026-0001")
    left = [atomic_files.temporary(case / "permohonan.yaml"), atomic_files.temporary(case / "keluar" / "surat.docx")]
    for path in left:
        path.write_text("Orang Rekaan1")
    story.passes()
    assert [path.name for path in left if path.exists()] == []
    assert (case / "permohonan.yaml").is_file()


def test_a_draft_of_a_message_that_was_never_queued_is_taken_away(tmp_path: Path) -> None:
    story = Story(tmp_path, publishes=True)
    draft = story.office.outbox.folder / ".sementara-12345678"
    draft.mkdir(parents=True)
    (draft / "pesan.age").write_bytes(b"tersegel")
    story.passes()
    assert not draft.exists()


def test_a_full_disk_stops_what_must_be_written_and_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story(tmp_path, publishes=True)
    story.receives(response(1, source="google", key="a"))

    def full(path: Path, content: bytes, *, sync: bool = True) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(atomic_files, "write", full)
    story.later(days=3)
    report = daily_pass.run_pass(story.office)
    assert any(str(one).startswith("Disk penuh") for one in report.failures)
