"""What every command does alike."""

import shlex
from pathlib import Path

import pytest

from processor.cases import register_version
from processor.cli.commands.command_table import COMMANDS
from tests.commands import payung
from tests.office import agency, keys, register

OPENS_NONE = {"cetak", "formulir", "rekap"}
INSTEAD = {"siapkan hukum-kami": "siapkan", "layani --contoh": "layani", "jalankan --tiap 5m": "jalankan"}
"""What opens another register than the office's own, or says the same again and again."""


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose register a newer program has written on."""
    folder = tmp_path_factory.mktemp("kantor")
    settings = agency(folder)
    keys(settings.office_key.parent)
    (register(folder).folder / register_version.FILE).write_text('{"versi": 99}')
    return folder


@pytest.mark.parametrize("example", [one.example for one in COMMANDS if one.name not in OPENS_NONE])
def test_a_register_of_a_newer_version_is_refused_before_anything_is_written(newer: Path, example: str) -> None:
    words = shlex.split(example.removeprefix("payung "))
    words = shlex.split(INSTEAD.get(" ".join(words), "")) or words
    before = contents(newer)
    said = payung(*words, folder=newer, code=1)
    assert "Register ini sudah dipakai dengan Payung yang lebih baru" in said
    assert "Perbarui Payung di komputer ini" in said
    assert contents(newer) == before
