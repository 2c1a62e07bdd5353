"""What a new agency may answer, how it is kept, and the sentence that a wrong answer meets."""

from pathlib import Path

import pytest

from processor.operations.founding import agency_answers
from processor.operations.founding.agency_answers import QUESTIONS

ASKED = {question.key: question for question in QUESTIONS}


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("instansi", "pemkab  rekaan ", "Kabupaten Rekaan"),
        ("instansi", "Pemerintah Kota Rekaan", "Kota Rekaan"),
        ("instansi", "KEMENTERIAN HUKUM DAN REKAAN", "Kementerian Hukum dan Rekaan"),
        ("instansi", "Provinsi DI Rekaan", "Provinsi DI Rekaan"),
        ("satuan", "bagian hukum", "Bagian Hukum"),
        ("satuan", "Bagian Hukum Sekretariat Daerah Kabupaten Rekaan", "Bagian Hukum"),
        ("satuan", "bagian hukum pada setda kab. rekaan", "Bagian Hukum"),
        ("satuan", "Biro Hukum, Kementerian Rekaan", "Biro Hukum"),
        ("satuan", "Bagian Hukum Sekretariat DPRD", "Bagian Hukum Sekretariat DPRD"),
        ("satuan", "Dinas Tata Kota", "Dinas Tata Kota"),
        ("situs", "hukum.rekaankab.go.id", "https://hukum.rekaankab.go.id/"),
        ("situs", "https://rekaankab.go.id/hukum", "https://rekaankab.go.id/hukum/"),
        ("jam", "7.30 sampai 16:00 wita", "07.30-16.00 WITA"),
        ("jam", "08.00–15.00 WIB.", "08.00-15.00 WIB"),
        ("jam", "8-16 WIB", "08.00-16.00 WIB"),
        ("kepala", "Rekaan, S.H., NIP. 19700101 199803 1 003", "Rekaan, S.H. 197001011998031003"),
        ("unit", "Dinas  Pendidikan", "Dinas Pendidikan"),
        ("unit", "- Dinas Pendidikan", "Dinas Pendidikan"),
        ("unit", "12. Dinas Pendidikan - Cabang 1", "Dinas Pendidikan - Cabang 1"),
        ("petugas", "1) Rekaan, S.H. 197001011998031003", "Rekaan, S.H. 197001011998031003"),
        ("satuan", "Bagian 1. Hukum", "Bagian 1. Hukum"),
    ],
)
def test_what_people_type_is_kept_as_it_should_be(key: str, typed: str, kept: str) -> None:
    assert agency_answers.read_line(ASKED[key], typed) == kept
    assert agency_answers.read_line(ASKED[key], kept) == kept


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("instansi", "Rekaan", "Mulailah dengan jenisnya"),
        ("instansi", "Kabupaten", "misalnya Kabupaten Contoh"),
        ("satuan", "Hukum", "misalnya Bagian Hukum"),
        ("satuan", "Bagian Setda", "misalnya Bagian Hukum"),
        ("alamat", "Jalan Rekaan Nomor 1", "nama kotanya"),
        ("alamat", "Jalan Rekaan, 12345", "nama kotanya"),
        ("telepon", "nanti", "hanya angka"),
        ("telepon", "123456", "kode wilayahnya"),
        ("email", "hukum@rekaan", "Bukan alamat email"),
        ("situs", "http://rekaan.go.id", "memakai https"),
        ("situs", "belum ada", "memakai https"),
        ("jam", "08.00-16.00", "WIB, WITA, atau WIT"),
        ("jam", "16.00-08.00 WIB", "sesudah jam buka"),
        ("jam", "08.00-25.00 WIB", "misalnya 08.00-16.00 WIB"),
        ("kepala", "Rekaan, S.H.", "NIP 18 angka"),
        ("kepala", "197001011998031003", "Tulis nama"),
        ("unit", "   ", "Belum dijawab"),
        ("unit", "a" * 201, "paling banyak 200"),
        ("unit", "Dinas\x1b[2J", "tidak tampak"),
    ],
)
def test_a_wrong_answer_is_told_how_it_should_be(key: str, typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        agency_answers.read_line(ASKED[key], typed)


def test_what_is_proposed_can_be_kept_and_follows_from_what_was_answered(tmp_path: Path) -> None:
    given = {"instansi": ("Kementerian Rekaan",), "email": ("hukum@rekaan.go.id",)}
    whole = agency_answers.with_proposals(given)
    assert (whole["satuan"], whole["situs"]) == (("Biro Hukum",), ("https://bantuanhukum.rekaan.go.id/",))
    agency_answers.keep(tmp_path / "a.yaml", whole)
    assert agency_answers.read_file(tmp_path / "a.yaml") == (whole, ())
    assert agency_answers.samples(whole) == ["alamat", "telepon", "kepala", "petugas"]
    elsewhere = agency_answers.with_proposals({"email": ("hukum@gmail.com",)})
    assert "gmail" not in elsewhere["situs"][0]


def test_every_mistake_of_a_file_is_told_with_its_line_and_what_is_missing_with_its_question(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("instansi: Rekaan\nsatuann: Bagian Hukum\ntelepon:\n  a: 1\nemail: [a@b.go.id, c@d.go.id]\nunit:\n")
    answers, problems = agency_answers.read_file(path)
    assert answers == {"unit": ()}
    said = [str(problem).removeprefix(f"{path}, baris ") for problem in problems]
    assert said[0].startswith("1: “instansi”: Mulailah")
    assert said[1:] == [
        "2: “satuann” tidak dikenal. Maksudnya “satuan”?",
        "3: “telepon”: Tulis sebagai teks. Bila memuat titik dua, apit dengan tanda kutip.",
        "5: “email”: Tulis satu jawaban.",
    ]
    missing = [problem.message for problem in agency_answers.gaps(path, answers, problems)]
    assert missing == [f"“{key}” belum dijawab." for key in ("satuan", "alamat", "situs", "jam", "kepala", "petugas")]


@pytest.mark.parametrize("text", ["", "halo", "- a", "a: b: c"])
def test_a_file_that_holds_no_answers_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    answers, problems = agency_answers.read_file(tmp_path / "a.yaml")
    assert answers == {}
    assert bool(problems) == bool(text)
