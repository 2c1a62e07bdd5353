"""``payung kinerja``: the state, a look at what would be published, and what a person decides."""

import json
from pathlib import Path

import pytest

from processor.cases.published_files import PublishedFiles
from processor.evaluation import frozen_publication
from processor.operations.figures import publication_lists
from tests.commands import payung
from tests.evaluation.test_frozen_publication import MADE
from tests.office import agency, file, register, response
from tests.story import OFFICERS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    agency(tmp_path, evaluasi={"terbit": 15}, petugas=OFFICERS)
    file(register(tmp_path), response(1))
    PublishedFiles(tmp_path / "register", tmp_path / "kunci").add("2026-1", frozen_publication.to_json(MADE), b"")
    return tmp_path


def test_an_office_without_a_day_is_told_where_to_write_one(tmp_path: Path) -> None:
    agency(tmp_path)
    register(tmp_path)
    assert publication_lists.OFF in payung("kinerja", folder=tmp_path)
    assert publication_lists.OFF in payung("kinerja", "--simulasi", folder=tmp_path, code=1)


def test_the_state_and_what_would_be_published_are_printed_and_nothing_is(folder: Path) -> None:
    assert "2026-1" in payung("kinerja", folder=folder)
    would = json.loads(payung("kinerja", "--simulasi", "--json", folder=folder))
    assert would[0]["nama"] == "2026-2"
    assert [one["nama"] for one in json.loads(payung("kinerja", "--json", folder=folder))["terbitan"]] == ["2026-1"]


def test_a_person_says_what_is_counted_again_and_what_is_taken(folder: Path) -> None:
    assert "Sebutkan juga: --oleh, --alasan" in payung("kinerja", "--koreksi", "2026-1", folder=folder, code=1)
    by = ("--oleh", "kabag", "--alasan", "keliru")
    assert "dihitung ulang" in payung("kinerja", "--koreksi", "2026-1", *by, folder=folder)
    (folder / "kunci" / "ingatan-kinerja.json").unlink()
    assert "ingatan komputer ini hilang" in payung("kinerja", folder=folder, code=2)
    assert "Diterima" in payung("kinerja", "--terima", *by, folder=folder)
    assert "Ditahan" not in payung("kinerja", folder=folder)
