"""The commands as a person runs them: real files, real HTTP, and a real process where a process is the point."""

import getpass
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from processor.cases import office_keys
from processor.cases.dossier import open_dossier
from processor.cases.records import Attachment
from processor.cases.register import Register
from processor.cli import main
from processor.cli.commands.command_table import COMMANDS
from processor.foundation import settings as settings_file
from processor.foundation.settings_agency import Taxonomy
from processor.site import publish
from tests.commands import payung, process
from tests.office import ROOT, agency, file, register, response


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared office with two cases, for commands that only look."""
    folder = tmp_path_factory.mktemp("kantor")
    agency(folder)
    made = register(folder)
    file(made, response(1, nip="123"), response(2, minute=1))
    return folder


def explained(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What ``--help`` prints, in one line."""
    with pytest.raises(SystemExit):
        main.main([*words, "--help"])
    return " ".join(capsys.readouterr().out.split())


def test_every_command_explains_itself_in_indonesian_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    overview = explained(capsys)
    for command in COMMANDS:
        assert f" {command.name} {command.help} " in overview
        assert explained(capsys, command.name).endswith(f"Contoh: {command.example}")


def test_in_a_process_of_its_own_words_complaints_and_code_go_where_a_shell_expects_them(office: Path) -> None:
    listed, unknown = process("daftar", "--json", folder=office), process("lihat", "BH-2026-0099", folder=office)
    assert (listed.returncode, len(json.loads(listed.stdout)), listed.stderr) == (0, 2, "")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "payung daftar" in unknown.stderr


def test_the_list_shows_status_and_who_is_next(office: Path) -> None:
    rows = json.loads(payung("daftar", "--json", folder=office))
    assert [(row["nomor"], row["status"], row["temuan"]) for row in rows] == [
        ("BH-2026-0001", "diajukan", 1),
        ("BH-2026-0002", "diajukan", 0),
    ]
    assert "pengelola layanan memverifikasi" in payung("daftar", folder=office)


def test_a_case_is_shown_with_findings_and_journal_but_no_identity(office: Path) -> None:
    text = payung("lihat", "BH-2026-0001", folder=office)
    assert "3 digit, seharusnya 18" in text
    assert "didaftar" in text
    data = json.loads(payung("lihat", "BH-2026-0001", "--json", folder=office))
    assert data["riwayat"][0]["peristiwa"] == "didaftar"
    assert "Rekaan1" not in text + json.dumps(data)


def test_looking_at_an_identity_needs_a_reason_and_is_journalled(office: Path) -> None:
    payung("identitas", "BH-2026-0002", folder=office, code=2)
    assert "Orang Rekaan2" in payung("identitas", "BH-2026-0002", "--alasan", "memeriksa NIP", folder=office)
    last = json.loads(payung("lihat", "BH-2026-0002", "--json", folder=office))["riwayat"][-1]
    assert (last["peristiwa"], last["rincian"]) == ("identitas_dibuka", {"alasan": "memeriksa NIP"})


def test_an_identity_is_corrected_and_then_shown(office: Path) -> None:
    words = ["identitas", "1", "--alasan", "memeriksa NIP", "--betulkan", "nip"]
    said = payung(*words, "--betulkan", "email", folder=office, typed=b"19910402 201503 2 911\n\n")
    assert "Dibetulkan: nip, email;" in said
    assert "19910402 201503 2 911" in said
    journal = json.loads(payung("lihat", "1", "--json", folder=office))["riwayat"][-2:]
    assert [event["peristiwa"] for event in journal] == ["identitas_dibetulkan", "identitas_dibuka"]
    assert journal[0]["rincian"] == {"kolom": ["email", "nip"], "alasan": "memeriksa NIP"}
    assert "17 digit, seharusnya 18" in payung(*words, folder=office, code=2, typed=b"19910402201503291\n")


def test_a_corrected_value_is_never_taken_from_the_command(office: Path) -> None:
    words = ["identitas", "1", "--alasan", "memeriksa NIP", "--betulkan"]
    said = payung(*words, "nip=19910402 201503 2 911", folder=office, code=2)
    assert "isinya lalu ditanyakan" in said
    assert "19910402" not in said
    assert "Yang dapat dibetulkan: nama, nip" in payung(*words, "Orang Rekaan1", folder=office, code=2)
    assert "tidak ada yang dibetulkan" in payung(*words, "nip", "--betulkan", "email", folder=office, code=1, typed=b"")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["lihat", "BH-2026-0099"], 1, "payung daftar"),
        (["jalankan", "--tiap", "sebentar"], 2, "30s, 5m, atau 1j"),
        (["daftar", "--pengaturan", "tiada.yaml"], 2, "Berkas tidak ada"),
        (["entah"], 2, "siapkan"),
        (["lihat"], 2, "belum diisi: NO"),
        (["layani", "--port", "99999"], 2, "bukan port"),
        (["formulir", "cetak", "--ke", "/tiada/x.html"], 1, "Periksa ruang disk dan izin folder"),
        (["identitas", "1", "--alasan", "mencari Orang Rekaan1"], 1, "tidak boleh memuat identitas"),
        (["identitas", "1", "--alasan", " "], 1, "Alasan harus diisi"),
    ],
)
def test_a_mistake_says_what_to_do_and_has_its_code(office: Path, words: list[str], code: int, said: str) -> None:
    assert said in payung(*words, folder=office, code=code)


def test_a_request_is_withdrawn_archived_and_leaves_the_list(tmp_path: Path) -> None:
    found = agency(tmp_path)
    file(register(tmp_path), response(1))
    site_as_built(found)
    assert "Diarsipkan sebelum selesai" in payung("arsipkan", "1", folder=tmp_path, code=2)
    assert "diajukan menjadi dibatalkan" in payung("batalkan", "1", "--catatan", "Lewat telepon.", folder=tmp_path)
    assert "dibatalkan menjadi diarsipkan" in payung("arsipkan", "1", folder=tmp_path)
    assert "1 permohonan di arsip" in payung("daftar", folder=tmp_path)
    assert json.loads(payung("daftar", "--json", folder=tmp_path)) == []
    assert "diarsipkan" in payung("daftar", "--semua", folder=tmp_path)


def test_a_step_takes_several_numbers_and_one_that_is_refused_stops_no_other(tmp_path: Path) -> None:
    agency(tmp_path)
    file(register(tmp_path), response(1), response(2, minute=1))
    words = ("--catatan", "Lewat telepon.", "--oleh", "pengelola")
    said = payung("batalkan", "1", "BH-2026-0099", "2", *words, folder=tmp_path, code=1)
    assert said.count("diajukan menjadi dibatalkan") == 2
    assert "BH-2026-0099: Permohonan BH-2026-0099 tidak ada" in said
    data = json.loads(payung("lihat", "2", "--json", folder=tmp_path))["riwayat"][-1]
    assert (data["pelaku"], data["rincian"]["akun"]) == ("pengelola", getpass.getuser())
    said = payung("sampaikan", "1", "2", "--nomor-surat", "180/1/Huk-2026", folder=tmp_path, code=1)
    assert "Satu nomor surat untuk satu permohonan" in said


@pytest.mark.parametrize(
    "step", ["verifikasi", "tugaskan", "susun", "setujui", "kembalikan", "sampaikan", "batalkan", "arsipkan"]
)
def test_every_step_says_who_takes_it(step: str) -> None:
    assert "--oleh" in payung(step, "--help", folder=ROOT)


def test_the_outbox_is_shown_and_people_decide(tmp_path: Path) -> None:
    found = agency(tmp_path)
    file(register(tmp_path), response(1))
    site_as_built(found)
    assert "Tidak ada email yang menunggu" in payung("email", folder=tmp_path)
    payung("jalankan", folder=tmp_path)
    name = "BH-2026-0001.diterima"
    [entry] = json.loads(payung("email", "--json", folder=tmp_path))
    assert (entry["nama"], entry["keadaan"]) == (name, "antre")
    for action, state in (("tahan", "ditahan"), ("lepas", "antre"), ("ulang", "antre"), ("batal", "dibatalkan")):
        assert f"{name}: {state}" in payung("email", action, name, folder=tmp_path)
    assert "keadaannya dibatalkan" in payung("email", "ulang", name, folder=tmp_path, code=1)
    assert "Sebutkan nama emailnya" in payung("email", "ulang", folder=tmp_path, code=1)
    assert json.loads(payung("surat", "--json", folder=tmp_path))[0]["nama"] == name, "as it was called before"
    assert "sekarang bernama payung email" in payung("surat", folder=tmp_path)


def test_check_up_lists_what_needs_a_hand(office: Path) -> None:
    (office / "kunci" / "kantor.txt").chmod(0o644)
    (office / "masuk").mkdir(exist_ok=True)
    (office / "masuk" / "a.xlsx").write_bytes(b"rusak")
    text = payung("periksa", folder=office, code=2)
    for words in ("chmod 600", "kunci pemulihan", "a.xlsx", "Belum pernah ada putaran"):
        assert words in text
    mends = text.partition("\n\nUntuk diketahui:")[0]
    assert len(json.loads(payung("periksa", "--json", folder=office, code=2))) == mends.count("\n") + 1


def test_preparing_makes_keys_and_register_and_doing_it_again_changes_nothing(tmp_path: Path) -> None:
    first = payung("siapkan", "--ya", folder=tmp_path)
    assert {"docs", "forms", "opinions", "mkdocs.yml", "payung.yaml"} <= {path.name for path in tmp_path.iterdir()}
    assert "Kunci kantor dibuat" in first
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert "sudah ada" in payung("siapkan", folder=tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert (tmp_path / "pribadi" / "register" / ".git").is_dir()
    assert payung("daftar", folder=tmp_path / "docs").startswith("Belum ada permohonan")


def test_the_paper_form_is_written_where_one_says(office: Path, tmp_path: Path) -> None:
    payung("formulir", "cetak", "--ke", tmp_path / "f.html", folder=office)
    assert "Uraian permasalahan hukum" in (tmp_path / "f.html").read_text("utf-8")


def site_as_built(of: settings_file.Settings) -> None:
    """No pass builds the site, which others test."""
    of.site.mkdir()
    (of.site / ".payung-situs").touch()
    register(of.path.parent).save_state("terbit", {"dari": publish.inputs_digest(of)})


def test_a_lost_key_is_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    agency(tmp_path)
    file(register(tmp_path), response(1))
    before = (tmp_path / "kunci" / "penerima.txt").read_bytes()
    (tmp_path / "kunci" / "kantor.txt").unlink()
    assert "Pulihkan dari cadangan" in payung("daftar", folder=tmp_path, code=1)
    assert "kunci baru tidak dapat membukanya" in payung("siapkan", folder=tmp_path, code=1)
    assert (tmp_path / "kunci" / "penerima.txt").read_bytes() == before
    assert not (tmp_path / "kunci" / "kantor.txt").exists()


def test_a_recovery_key_is_told_once_and_opens_what_was_filed_before(tmp_path: Path) -> None:
    agency(tmp_path)
    file(register(tmp_path), response(1))
    said = payung("siapkan", "--kunci-pemulihan", folder=tmp_path)
    match = re.search(r"AGE-SECRET-KEY-1\w+", said)
    assert match
    secret = match[0]
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
    recovered = Register(tmp_path / "register", office_keys.OfficeKeys([secret], []), Taxonomy())
    assert open_dossier(recovered, "BH-2026-0001").applicant.nama == "Orang Rekaan1"


def test_an_office_that_was_never_prepared_says_so(tmp_path: Path) -> None:
    agency(tmp_path)
    assert "Jalankan: payung siapkan" in payung("jalankan", folder=tmp_path, code=1)
    assert not (tmp_path / "register").exists()


def test_looking_writes_nothing(office: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in office.rglob("*")}
    for words in (["daftar"], ["lihat", "1"], ["jalankan", "--simulasi"]):
        payung(*words, folder=office, code=2 if "--simulasi" in words and (office / "masuk").exists() else 0)
    assert {path: path.stat().st_mtime_ns for path in office.rglob("*")} == before


def test_attachments_are_opened_into_a_folder_of_the_readers_choice(tmp_path: Path) -> None:
    agency(tmp_path)
    file(register(tmp_path), replace(response(1), attachments=(Attachment("../surat.pdf", b"isi"),)))
    words = ["identitas", "bh-2026-0001", "--alasan", "membaca surat", "--lampiran", tmp_path / "baca"]
    payung(*words, folder=tmp_path)
    (path,) = (tmp_path / "baca").iterdir()
    assert (path.name, path.read_bytes(), path.stat().st_mode & 0o077) == ("1-__surat.pdf", b"isi", 0)
    journal = next(tmp_path.rglob("riwayat.jsonl")).read_bytes()
    assert "tidak kosong" in payung(*words, folder=tmp_path, code=1)
    assert next(tmp_path.rglob("riwayat.jsonl")).read_bytes() == journal
