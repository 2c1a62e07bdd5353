"""The settings of the mail server, and where its password comes from."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from processor.foundation import settings as settings_module
from processor.foundation.errors import BrokenFiles, PayungError
from processor.foundation.settings import Settings
from processor.foundation.settings_mail import Mail, Secret
from tests.mail.samples import OFFICE, server_at
from tests.office import ROOT, agency
from tests.smtp_server import PASSWORD, USER


def test_the_example_in_payung_yaml_can_be_used_as_it_stands(tmp_path: Path) -> None:
    text = (ROOT / "payung.yaml").read_text("utf-8")
    commented = re.search(r"^# email:.*\n(?:#   .*\n)+", text, re.MULTILINE)
    assert commented
    (tmp_path / "payung.yaml").write_text(text.replace(commented[0], re.sub(r"(?m)^# ", "", commented[0])), "utf-8")
    found = settings_module.load(tmp_path / "payung.yaml").email
    assert found.server
    assert found.model_fields_set <= set(Mail.model_fields)


@pytest.mark.parametrize(("section", "part"), [
    ("instansi", {"email": "layanan@biro"}), ("email", {"pengirim": "layanan@biro"}),
    ("petugas", {"kabag": {"nama": "Kabag Contoh", "peran": ["kepala_bagian"], "email": "kabag"}}),
])  # fmt: skip
def test_an_address_of_the_office_that_is_none_is_told_with_its_line(
    tmp_path: Path, section: str, part: dict[str, Any]
) -> None:
    sound = agency(tmp_path).model_dump(mode="json", exclude_defaults=True).get(section, {})
    wrong: dict[str, Any] = {section: {**sound, **part}}
    with pytest.raises(BrokenFiles, match=r"payung.yaml, baris \d+: .*Bukan alamat email"):
        agency(tmp_path, **wrong)


@pytest.mark.parametrize("changes", [
    {"server": "surat.example.go.id"}, {"server": ""}, {"server": "a b"}, {"port": 0}, {"asing": "x"},
    {"pengguna": "a"}, {"pengguna": "a", "sandi_dari": ""}, {"sandi_dari": "SANDI"}, {"pengirim": "bukan"},
    {"nama_pengirim": "a\nBcc: b"},
])  # fmt: skip
def test_settings_that_would_be_unsafe_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        server_at(**changes)


def test_a_password_comes_from_the_environment_or_a_private_file_and_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(where: str) -> Settings:
        return agency(tmp_path, email={"pengguna": USER, "sandi_dari": where})

    monkeypatch.setenv("SANDI_EMAIL", PASSWORD)
    assert told("SANDI_EMAIL").mail_password().text == PASSWORD
    assert PASSWORD not in repr(Secret(PASSWORD)) + str(Secret(PASSWORD))
    with pytest.raises(PayungError, match=r"Variabel lingkungan .* kosong"):
        told("SANDI_LAIN").mail_password()
    file = told("sandi.txt")
    with pytest.raises(PayungError, match="tidak terbaca"):
        file.mail_password()
    (tmp_path / "sandi.txt").write_text(f"{PASSWORD}\n")
    (tmp_path / "sandi.txt").chmod(0o640)
    with pytest.raises(PayungError, match="terbaca orang lain"):
        file.mail_password()
    (tmp_path / "sandi.txt").chmod(0o600)
    assert file.mail_password().text == PASSWORD
    (tmp_path / "sandi.txt").write_text("\n")
    with pytest.raises(PayungError, match="kosong"):
        file.mail_password()
    assert OFFICE.mail_password() == Secret()


@pytest.mark.parametrize("typed", ["~rahasia-Sekali!", "rahasia\x00sekali", "/" + "r" * 300])
def test_a_password_written_in_the_settings_by_mistake_is_not_repeated(typed: str) -> None:
    with pytest.raises(PayungError, match="tidak terbaca") as caught:
        server_at(pengguna=USER, sandi_dari=typed).mail_password()
    assert typed not in str(caught.value)
