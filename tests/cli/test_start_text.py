"""What ``payung layani`` says once it is up can be typed and opened as it stands there."""

import os
import sys
from pathlib import Path

import pytest

from processor.cli import start_text
from tests.office import agency


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program in a virtual environment of the present folder, which the shell does not find."""
    path = tmp_path / ".venv" / "bin" / "payung"
    path.parent.mkdir(parents=True)
    path.touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(path)])
    monkeypatch.setenv("PATH", str(tmp_path))
    return path


def test_a_command_is_written_as_it_can_be_typed_in_the_present_folder(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert start_text.typed_program() == ".venv/bin/payung"
    monkeypatch.setenv("PATH", str(program.parent))
    assert start_text.typed_program() == "payung"
    monkeypatch.setattr(sys, "argv", ["/somewhere/processor/__main__.py"])
    assert start_text.typed_program().endswith(" -m processor")


def test_the_commands_name_the_settings_from_here_and_the_desk_stands_below_the_site(
    program: Path, tmp_path: Path
) -> None:
    said = start_text.addresses_text(agency(tmp_path), "http://127.0.0.1:1/", 60, "Meja         http://127.0.0.1:2/x/")
    assert f"{os.path.relpath(program)} daftar --pengaturan payung.yaml" in said
    assert said.splitlines()[:2] == ["Situs        http://127.0.0.1:1/", "Meja         http://127.0.0.1:2/x/"]


def test_the_example_tells_how_to_open_its_answered_request_only_where_its_code_is_known() -> None:
    said = start_text.example_text("http://127.0.0.1:1/", "BH-2026-0001", "KODE")
    assert "http://127.0.0.1:1/lacak/  dengan kode KODE" in said
    assert "http://127.0.0.1:1/verifikasi/" in said
    assert start_text.example_text("http://127.0.0.1:1/", "", "KODE") == ""
