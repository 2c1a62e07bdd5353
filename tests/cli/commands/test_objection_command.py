"""``payung keberatan`` and ``payung lanjutan``: an applicant's words come from standard input, never as an argument."""

import json
from datetime import date
from pathlib import Path

import pytest

from processor.operations import steps
from tests.commands import payung
from tests.office import response
from tests.story import NUMBER, Story, delivered

TODAY = date(2026, 3, 2)
WORDS = "Saya tidak meminta didampingi.\nSaya bertanya tentang tugas."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office without LibreOffice whose only request was rejected, and that delivered."""
    monkeypatch.setenv("PATH", "")
    story = Story(tmp_path)
    story.receives(response(1))
    story.writes(
        steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Perkara berjalan."),
        delivered("180/13/Huk-2026", TODAY, TODAY),
    )
    return tmp_path


def test_an_objection_is_recorded_and_decided_by_commands(folder: Path) -> None:
    assert "Tidak ada yang ditulis" in payung("keberatan", 1, "--oleh", "pengelola", folder=folder, code=1)
    said = payung("keberatan", 1, "--oleh", "pengelola", folder=folder, typed=WORDS.encode())
    assert "keberatan" in said
    assert "hanya satu kali" in payung("keberatan", 1, "--oleh", "pengelola", folder=folder, typed=b"Lagi.", code=2)
    assert "kepala bagian memutus keberatan" in payung("daftar", folder=folder)
    assert "pertimbangan" in payung("keberatan", 1, "--oleh", "kabag", "--putusan", "ditolak", folder=folder, code=1)
    decided = ("--putusan", "dikabulkan", "--pertimbangan", "Memang tentang tugas.")
    payung("keberatan", 1, "--oleh", "kabag", *decided, folder=folder)
    data = json.loads(payung("lihat", 1, "--json", folder=folder))
    assert data["status"] == "diteruskan"
    assert [event["pelaku"] for event in data["riwayat"] if event["peristiwa"] == "status"][-2:] == [
        "pengelola",
        "kabag",
    ]
    shown = payung("lihat", 1, folder=folder)
    assert "Penolakan yang dibatalkan atas keberatan" in shown
    assert "180/13/Huk-2026" in shown


def test_a_rejected_request_has_no_answer_to_ask_about(folder: Path) -> None:
    said = payung("lanjutan", 1, "--oleh", "pengelola", folder=folder, typed=WORDS.encode(), code=1)
    assert f"payung keberatan {NUMBER}" in said
