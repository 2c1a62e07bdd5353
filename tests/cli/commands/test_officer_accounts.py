"""``payung petugas``: who gets a link to the desk, and from whom."""

import getpass
import json
from pathlib import Path

import pytest

from processor.operations import desk_accounts
from tests.commands import payung
from tests.office import agency, keys, register
from tests.story import OFFICERS


@pytest.fixture
def office(tmp_path: Path) -> Path:
    gone = {"nama": "Petugas Lama", "peran": ["analis_hukum"], "berhenti": "ya"}
    settings = agency(tmp_path, petugas={**OFFICERS, "lama": gone}, meja={"alamat": "https://meja.kantor.example/"})
    keys(settings.office_key.parent)
    register(tmp_path)
    return tmp_path


def test_an_officer_is_invited_and_reset_by_another(office: Path) -> None:
    said = payung("petugas", "undang", "analis", folder=office)
    assert said.startswith("https://meja.kantor.example/undangan/")
    assert "analis     Analis Contoh         diundang" in payung("petugas", folder=office)
    for words in (["undang", "lama"], ["undang", "siapa"], ["undang"], ["atur-ulang", "analis"]):
        payung("petugas", *words, folder=office, code=1)
    assert "petugas lain" in payung("petugas", "atur-ulang", "analis", "--oleh", "analis", folder=office, code=1)
    again = payung("petugas", "atur-ulang", "analis", "--oleh", "kabag", "--json", folder=office)
    assert json.loads(again)["tautan"] not in said
    assert f"oleh kabag (akun komputer {getpass.getuser()})" in payung("petugas", folder=office)


def test_a_command_in_the_name_of_another_account_is_refused_before_it_does_anything(tmp_path: Path) -> None:
    bound = {**OFFICERS, "kabag": {**OFFICERS["kabag"], "akun": "komputer-kabag"}}
    settings = agency(tmp_path, petugas=bound)
    keys(settings.office_key.parent)
    register(tmp_path)
    step = ("setujui", "BH-2026-0001", "--oleh", "kabag")
    assert "bukan akun petugas itu" not in payung(*step, folder=tmp_path, code=1)
    since = "2026-03-02T08:00:00+07:00"
    desk_accounts.of(settings).change("analis", lambda _: desk_accounts.Account("ada", since=since))
    assert "bukan akun petugas itu" in payung(*step, folder=tmp_path, code=1)
