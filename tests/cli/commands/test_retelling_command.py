"""``payung publikasikan``: words from a pipe or the editor, approved by a second officer, withdrawn by a word."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import payung
from tests.office import ROOT
from tests.operations.retelling.test_retelling_acts import TEXT, answered

TOLD = "Nagari Khayal"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office without LibreOffice whose first request was answered."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        made = tmp_path_factory.mktemp("publikasikan")
        answered(made)
        return made


@pytest.mark.long
def test_what_was_typed_in_the_editor_stays_until_it_is_taken_in(folder: Path) -> None:
    words = folder / "tulisan.txt"

    def edits(text: str, answer: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        words.write_text(text, "utf-8")
        above, below = pty.openpty()
        os.write(above, answer)
        environment = {**os.environ, "EDITOR": f"cp {words}", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "processor", "publikasikan", "1", "--oleh", "analis"]
        try:
            return subprocess.run(command, cwd=folder, env=environment, stdin=below, capture_output=True, check=False)
        finally:
            os.close(above)
            os.close(below)

    draft = next((folder / "register").rglob("BH-2026-0001")) / ".publikasi.suntingan.txt"
    refused = edits("Pertanyaan:\nApa?\nJawaban:\nOrang Rekaan1.", b"t\n")
    assert refused.returncode == 2
    assert "identitas pemohon" in refused.stdout.decode()
    assert draft.read_text("utf-8") == words.read_text("utf-8")
    assert edits(TEXT).returncode == 0
    assert not draft.exists()


def test_an_answer_is_written_approved_and_withdrawn_by_commands(folder: Path) -> None:
    by = ("publikasikan", 1, "--oleh")
    marked = TEXT.replace("Boleh,", f"Di {TOLD} boleh,").encode()
    said = payung(*by, "analis", folder=folder, typed=marked)
    assert "jawaban, baris 1: “Khayal”: nama atau tempat yang ada di permohonan ini." in said
    assert "Belum disetujui" in payung(*by, "kabag", "--setujui", folder=folder, code=2)
    assert "harus petugas lain" in payung(*by, "analis", "--setujui", "--tetap", folder=folder, code=1)
    said = payung(*by, "kabag", "--setujui", "--tetap", folder=folder)
    assert ("bulan depan" in said, ": tetap disampaikan (" in said) == (True, True)
    shown = payung("lihat", 1, folder=folder)
    assert "disetujui kabag" in shown
    assert TOLD in shown
    assert "penerbitan berikutnya" in payung(*by, "kabag", "--cabut", folder=folder)
    assert "Kosongkan dicabut" in payung(*by, "analis", folder=folder, typed=marked, code=1)
    events = json.loads(payung("lihat", 1, "--json", folder=folder))["riwayat"]
    assert [event["pelaku"] for event in events if event["peristiwa"] == "publikasi_disetujui"] == ["kabag"]
    assert TOLD not in json.dumps(events)
