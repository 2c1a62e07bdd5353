"""Opening and correcting an identity: a reason each time, old values sealed, the journal without any value."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from processor.cases.dossier import identities, open_dossier
from processor.cases.register import Register
from processor.cases.staff import Staff
from processor.foundation import form_definition
from processor.foundation.errors import PayungError
from processor.foundation.form_definition import Form
from processor.foundation.settings_agency import Officer
from processor.intake import recognition_index
from processor.letters import documents
from processor.operations import identity
from processor.site import leak_gate
from tests import letter_samples
from tests.office import FORM, ROOT, START, edited, file, register, response

NUMBER = "BH-2026-0001"
ROW = response(1, source="google", key="a", nip="1980010120050119011")
GOOD = "198001012005011901"
OLD = ROW.answers


@pytest.fixture
def made(tmp_path: Path) -> Register:
    """A register with one case, whose applicant wrote a NIP of 19 digits."""
    ready = register(tmp_path)
    file(ready, ROW)
    return ready


def correct(
    made: Register, reason: str = "cocok dengan data kepegawaian", after: int = 0, **changes: str
) -> tuple[str, ...]:
    now = START + timedelta(minutes=after)
    return identity.correct(made, FORM, NUMBER, changes, "pengelola", reason, now)


def journal(made: Register) -> list[str]:
    return [event.kind for event in made.read(NUMBER).events]


def test_a_correction_changes_the_identity_and_the_journal_names_the_fields(made: Register) -> None:
    assert correct(made, nip=f" {GOOD} ", jabatan="Bendahara", nama=OLD["nama"]) == ("nip", "jabatan")
    applicant = open_dossier(made, NUMBER).applicant
    assert (applicant.nip, applicant.jabatan, applicant.nama) == (GOOD, "Bendahara", OLD["nama"])
    event = made.read(NUMBER).events[-1]
    assert (event.kind, event.actor, event.time) == ("identitas_dibetulkan", "pengelola", START.replace(microsecond=0))
    assert (event.data["kolom"], event.data["alasan"]) == (["jabatan", "nip"], "cocok dengan data kepegawaian")


def test_every_old_value_is_kept_sealed(made: Register) -> None:
    correct(made, email="salah@example.org")
    correct(made, "pemohon menelepon", after=5, email="", nip=GOOD)
    dossier = open_dossier(made, NUMBER)
    assert [(one["oleh"], one["alasan"]) for one in dossier.corrections] == [
        ("pengelola", "cocok dengan data kepegawaian"),
        ("pengelola", "pemohon menelepon"),
    ]
    assert [(one["sebelum"], one["sesudah"]) for one in dossier.corrections] == [
        ({"email": OLD["email"]}, {"email": "salah@example.org"}),
        ({"email": "salah@example.org", "nip": OLD["nip"]}, {"email": "", "nip": GOOD}),
    ]
    assert dossier.versions[0]["jawaban"]["nip"] == OLD["nip"]
    assert "example.org" not in repr(dossier)


def test_no_old_or_new_value_stands_in_any_open_file(made: Register, tmp_path: Path) -> None:
    correct(made, nip=GOOD, nama="Wulan Andaiannya", email="wulan@example.org", telepon="0812 9999 8888")
    recognition_index.load(made)
    values = [GOOD, "Andaiannya", "wulan@", "9999 8888", OLD["nip"], OLD["nama"], OLD["email"], OLD["telepon"]]
    opened = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert made.path(NUMBER) / "riwayat.jsonl" in opened
    for path in opened:
        assert not [value for value in values if value.encode() in path.read_bytes()], path


def test_without_a_change_nothing_is_written(made: Register) -> None:
    before = made.change_mark(NUMBER)
    assert correct(made, nama=OLD["nama"], telepon=f"  {OLD['telepon']}") == ()
    assert made.change_mark(NUMBER) == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"nip": "19800101200501190"}, "NIP: 17 digit, seharusnya 18."),
        ({"nip": ""}, "NIP: Belum diisi."),
        ({"nama": " "}, "Nama lengkap: Belum diisi."),
        ({"email": "orang.example.org"}, "Bukan alamat email"),
        ({"telepon": "77"}, "nomor telepon 8 sampai 15 digit"),
        ({"uraian": "Lain."}, "Tidak ada kolom identitas “uraian”. Yang dapat dibetulkan: nama, nip,"),
    ],
)
def test_a_value_the_form_refuses_is_refused_with_its_sentence(
    made: Register, changes: dict[str, str], said: str
) -> None:
    before = made.change_mark(NUMBER)
    with pytest.raises(PayungError, match=said):
        identity.correct(made, FORM, NUMBER, {"jabatan": "Bendahara", **changes}, "pengelola", "cocok", START)
    assert made.change_mark(NUMBER) == before


def test_an_email_and_a_telephone_number_may_turn_out_to_be_none(made: Register) -> None:
    assert correct(made, email="", telepon="") == ("email", "telepon")
    assert open_dossier(made, NUMBER).applicant.email == ""


@pytest.mark.parametrize("reason", ["", " ", "menjadi Wulan Andaiannya", f"NIP lama {OLD['nip']}", OLD["nama"]])
def test_a_reason_that_is_empty_or_tells_the_person_is_refused(made: Register, reason: str) -> None:
    before = made.change_mark(NUMBER)
    with pytest.raises(PayungError, match="Alasan"):
        correct(made, reason, nama="Wulan Andaiannya")
    assert made.change_mark(NUMBER) == before
    correct(made, nama="Wulan Andaiannya", nip=GOOD)
    with pytest.raises(PayungError, match="Alasan"):
        identity.open_identity(made, NUMBER, reason, "pengelola", START)
    assert journal(made) == ["didaftar", "identitas_dibetulkan"]


def test_a_look_is_journalled_with_who_and_why(made: Register) -> None:
    assert identity.open_identity(made, NUMBER, "memeriksa NIP", "pengelola", START).applicant.nip == OLD["nip"]
    event = made.read(NUMBER).events[-1]
    assert (event.kind, event.actor, event.data) == ("identitas_dibuka", "pengelola", {"alasan": "memeriksa NIP"})


def test_a_look_that_cannot_be_journalled_shows_nothing(made: Register) -> None:
    path = made.path(NUMBER) / "riwayat.jsonl"
    path.rename(path.with_suffix(".lama"))
    with pytest.raises(PayungError, match="tanpa awalnya"):
        identity.open_identity(made, NUMBER, "memeriksa NIP", "pengelola", START)


def test_an_edit_of_something_else_keeps_the_correction(made: Register) -> None:
    correct(made, nip=GOOD, telepon="0812 9999 8888")
    file(made, edited(ROW, minute=9, uraian="Lebih jelas.", telepon="+62 812-0000-0001"))
    applicant = open_dossier(made, NUMBER).applicant
    assert journal(made)[-1] == "diubah"
    assert (applicant.nip, applicant.telepon) == (GOOD, "0812 9999 8888")
    assert len(open_dossier(made, NUMBER).corrections) == 1


def test_an_edit_of_the_same_field_wins_and_the_correction_is_still_known(made: Register) -> None:
    correct(made, nip=GOOD, nama="Wulan Andaiannya")
    file(made, edited(ROW, minute=9, nip="198001012005011902"))
    dossier = open_dossier(made, NUMBER)
    assert (dossier.applicant.nip, dossier.applicant.nama) == ("198001012005011902", "Wulan Andaiannya")
    assert dossier.corrections[0]["sesudah"] == {"nip": GOOD, "nama": "Wulan Andaiannya"}


def test_an_edit_taken_in_again_after_a_crash_does_not_undo_a_correction(made: Register) -> None:
    path = made.path(NUMBER) / "riwayat.jsonl"
    before = path.read_bytes()
    again = edited(ROW, minute=9, nip="19800101200501190")
    file(made, again)
    path.write_bytes(before)  # killed before the journal could say so
    correct(made, nip=GOOD)
    file(made, again)
    assert journal(made) == ["didaftar", "identitas_dibetulkan", "diubah"]
    assert open_dossier(made, NUMBER).applicant.nip == GOOD


def test_the_same_response_is_still_known_after_a_correction(made: Register) -> None:
    correct(made, nip=GOOD, email="wulan@example.org")
    assert [outcome.kind for outcome in file(made, ROW)] == ["sama"]


def test_the_leak_gate_looks_for_every_value_there_ever_was(made: Register) -> None:
    correct(made, nama="Wulan Andaiannya", nip=GOOD)
    correct(made, after=5, nama="Ratih Seumpama")
    file(made, edited(ROW, minute=9, nama="Dewi Misalkan"))
    people = [*identities(made)]
    for text in (OLD["nama"], "Wulan Andaiannya", "Ratih Seumpama", "Dewi Misalkan", OLD["nip"], GOOD):
        assert leak_gate.identity_in_text(f"Menurut {text} begitu.", people), text


def test_letters_use_the_corrected_name(made: Register) -> None:
    correct(made, nama="Wulan Andaiannya")
    case, applicant = letter_samples.case(), open_dossier(made, NUMBER).applicant
    content = documents.render(
        "pendapat_hukum",
        case,
        applicant,
        letter_samples.settings(),
        letter_samples.catalogue(),
        letter_samples.OPINIONS,
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert ("Wulan Andaiannya" in text, OLD["nama"] in text) == (True, False)


def test_an_officer_whose_nip_it_turns_out_to_be_is_the_applicant(made: Register) -> None:
    officers = {
        "budi": Officer(nama="Budi Contoh", peran=("analis_hukum",), nip="19800101 200501 1 901"),
        "sari": Officer(nama="Sari Contoh", peran=("analis_hukum",), nip="198001012005011902"),
    }
    assert Staff.of(officers, made.read(NUMBER).events, made.fingerprint).applicants == set()
    correct(made, nip="1980 0101 2005 01 1901")
    assert Staff.of(officers, made.read(NUMBER).events, made.fingerprint).applicants == {"budi"}


def test_when_the_journal_fails_the_sealed_correction_stands_and_is_told_by_the_next_try(made: Register) -> None:
    path = made.path(NUMBER) / "riwayat.jsonl"
    path.rename(path.with_suffix(".lama"))
    with pytest.raises(PayungError, match="tanpa awalnya"):
        correct(made, nip=GOOD)
    path.with_suffix(".lama").rename(path)
    assert (journal(made), open_dossier(made, NUMBER).applicant.nip) == (["didaftar"], GOOD)
    for minute in (5, 6):
        assert correct(made, after=minute, nip=GOOD) == ()
    assert journal(made) == ["didaftar", "identitas_dibetulkan"]
    assert [one["sebelum"] for one in open_dossier(made, NUMBER).corrections] == [{"nip": OLD["nip"]}]


def test_a_sealed_file_from_before_corrections_opens_and_can_be_corrected(made: Register) -> None:
    path = made.path(NUMBER) / "pemohon.age"
    data = yaml.safe_load(made._office.open(path.read_bytes()))
    del data["perbaikan"]
    path.write_bytes(made._office.seal(yaml.safe_dump(data).encode()))
    assert open_dossier(made, NUMBER).corrections == ()
    assert correct(made, nip=GOOD) == ("nip",)


def test_what_no_file_can_hold_is_made_visible(made: Register) -> None:
    correct(made, nama="Wulan\udcff\x07\nAndaiannya")
    assert open_dossier(made, NUMBER).applicant.nama == "Wulan\ufffd\ufffd Andaiannya"


UNITS = form_definition.load(ROOT / "forms" / "permohonan.yaml", {"DISDIK": "Dinas Pendidikan", "BKD": "Badan"})


def test_a_unit_is_corrected_by_its_code_or_its_name_and_stays_when_something_else_is_edited(made: Register) -> None:
    for after, (words, code) in enumerate((("dinas pendidikan", "DISDIK"), ("bkd", "BKD"), ("", "")), start=1):
        now = START + timedelta(minutes=after)
        identity.correct(made, UNITS, NUMBER, {"unit": words}, "pengelola", "pemohon menelepon", now)
        file(made, edited(ROW, minute=after, uraian=f"Persoalan {code}."))
        assert open_dossier(made, NUMBER).applicant.unit == code
    assert b"DISDIK" not in (made.path(NUMBER) / "riwayat.jsonl").read_bytes()


@pytest.mark.parametrize(("form", "said"), [(UNITS, "Bukan unit pada payung.yaml"), (FORM, "tidak memuat daftar unit")])
def test_a_unit_that_is_none_is_refused(made: Register, form: Form, said: str) -> None:
    with pytest.raises(PayungError, match=said):
        identity.correct(made, form, NUMBER, {"unit": "Dinas Lain"}, "pengelola", "pemohon menelepon", START)
