"""Somebody who has a fresh clone and README alone comes to an example office, and to one of their own."""

import os
import re
import shutil
from pathlib import Path

import pytest

from processor.foundation import settings
from tests import new_user
from tests.office import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt" or not shutil.which("git") or not (ROOT / ".git").exists(), reason="needs git"),
]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A fresh clone, in a folder with a blank in its name."""
    return new_user.clone(tmp_path / "unduhan saya" / "payung")


def test_readme_leads_to_an_office_of_ones_own(program: Path) -> None:
    folder, told = new_user.try_own_agency(program)
    found = settings.load(folder / "payung.yaml")
    assert (found.instansi.pemerintah, len(found.unit)) == ("Pemerintah Kabupaten Contoh", 2)
    assert "Kunci pemulihan ini tidak disimpan di mana pun" in told
    assert "dasar belum bernomor" in told
    assert not (program / "pribadi").exists(), "the folder of the program stays as it was"


@pytest.mark.long
def test_the_first_request_comes_in_without_a_google_account_as_readme_says(program: Path) -> None:
    folder, _ = new_user.try_own_agency(program)
    told = new_user.try_first_request(program, folder)
    assert "1 permohonan baru didaftarkan" in told
    assert re.search(r"^BH-\d{4}-0001 .* pengelola layanan memverifikasi", told, re.MULTILINE)
    assert (folder / "pribadi" / "masuk" / "selesai" / "tanggapan.csv").is_file()


@pytest.mark.long
def test_readme_leads_to_an_example_that_is_asked_and_answers(program: Path) -> None:
    new_user.try_example(program)
