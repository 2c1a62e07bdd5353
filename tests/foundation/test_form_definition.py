"""The request form: the titles of the issue, the checks on answers, the rule of the NIP."""

from datetime import date
from pathlib import Path

import pytest

from processor.foundation import form_definition
from processor.foundation.errors import BrokenFiles
from tests.office import FORM, ROOT, response

TODAY = date(2026, 11, 22)
TITLES = [
    "Nama lengkap", "NIP", "Jabatan", "Unit kerja", "Alamat", "Email", "Nomor telepon/WhatsApp", "Bentuk layanan",
    "Apakah ada tanggal yang dekat?", "Tanggal surat panggilan, sidang, atau batas itu", "Uraian permasalahan hukum",
    "Pertanyaan hukum",
    "Dokumen pendukung", "Persetujuan syarat dan ketentuan", "Cara menerima jawaban", "Kode lacak", "Kunci balasan",
]  # fmt: skip


def test_the_form_asks_what_the_guideline_asks() -> None:
    assert [question.judul for question in FORM.pertanyaan] == TITLES
    assert len(FORM.ketentuan.butir) == 5


@pytest.mark.parametrize("title", ["NIP", " nip * ", "Nomor  Induk\nPegawai", "NIP (18 digit):"])
def test_a_title_is_known_in_any_spelling_and_by_its_aliases(title: str) -> None:
    question = FORM.question(title)
    assert question is not None
    assert question.kunci == "nip"


@pytest.mark.parametrize(
    "nip",
    ["197001011998031003", "19700101 199803 1 003", "NIP. 19700101.199803.1.003", "1970\u00a00101-1998032003",
     "199501012022212001", "200001012025241001"],
)  # fmt: skip
def test_a_good_nip_passes_in_any_writing(nip: str) -> None:
    assert form_definition.nip_problem(nip, TODAY) == ""


@pytest.mark.parametrize(
    ("nip", "why"),
    [
        ("19700101199803100", "17 digit, seharusnya 18."),
        ("19700101199803100311", "20 digit, seharusnya 18."),
        ("197002301998031003", "tanggal lahir"),
        ("197013011998031003", "tanggal lahir"),
        ("197001011998131003", "Susunannya"),
        ("197001011998201003", "Susunannya"),
        ("197001011998033003", "Susunannya"),
        ("197001011998031000", "Susunannya"),
        ("19700101199803100O", "huruf"),
        ("1,98501E+17", "huruf"),
        ("201001012020031003", "tidak lazim"),
        ("199001012027031003", "belum tiba"),
    ],
)
def test_a_wrong_nip_says_why(nip: str, why: str) -> None:
    assert why in form_definition.nip_problem(nip, TODAY)


def test_a_whole_response_has_no_findings() -> None:
    assert FORM.findings(response(1).answers, TODAY) == ()


def test_findings_never_repeat_an_answer() -> None:
    answers = {"nama": "", "nip": "12345", "email": "bukan-alamat", "telepon": "77", "bentuk": "Entah", "uraian": ""}
    text = " ".join(str(problem) for problem in FORM.findings(answers, TODAY))
    assert not any(answer in text for answer in ("12345", "bukan-alamat", "77", "Entah"))
    assert text.count("Belum diisi") == 7


def test_no_mend_relies_on_an_address_that_may_be_wrong_as_well() -> None:
    answers = {**response(1).answers, "email": "bukan-alamat", "telepon": "77"}
    assert [problem.mend for problem in FORM.findings(answers, TODAY)] == ["Tanyakan kepada pemohon."] * 2


@pytest.mark.parametrize(
    ("key", "good", "changed"),
    [
        ("kode_lacak", "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "0f1e2d3c4b5a69788796a5b4c3d2e1f"),
        ("kunci_balasan", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p", "age1ql3z7hjy54pw3hyww"),
    ],
)
def test_what_the_site_filled_in_and_somebody_changed_is_told(key: str, good: str, changed: str) -> None:
    answers = response(1).answers
    assert FORM.findings({**answers, key: good}, TODAY) == ()
    [problem] = FORM.findings({**answers, key: changed}, TODAY)
    assert "payung kode" in problem.mend
    assert changed not in str(problem)


@pytest.mark.parametrize("answer", ["Setuju", "ya", "Saya telah membaca dan menyetujui kelima syarat dan ketentuan"])
def test_old_words_of_consent_count(answer: str) -> None:
    question = FORM.question("Persetujuan")
    assert question is not None
    assert form_definition.option_key(question, answer) == "setuju"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("judul: Jabatan\n", "judul: nama  lengkap *\n", "dipakai oleh dua pertanyaan (nama dan jabatan)"),
        ("alias: [Jabatan/Pangkat", "alias: [NIP", "dipakai oleh dua pertanyaan (nip dan jabatan)"),
        ("kunci: jabatan\n", "kunci: nip\n", "Kunci “nip” dipakai dua kali."),
        ("jenis: berkas\n", "jenis: berkass\n", "Maksudnya “berkas”?"),
        (
            "wajib: ya\n    maks: 150\n    alias: [Jabatan",
            "wajib: mungkin\n    maks: 150\n    alias: [Jabatan",
            "ya atau tidak",
        ),
        ("    judul: Jabatan\n", "", "belum diisi"),
    ],
)
def test_a_mistake_in_the_form_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    whole = (ROOT / "forms" / "permohonan.yaml").read_text("utf-8")
    assert old in whole
    text = whole.replace(old, new, 1)
    (tmp_path / "form.yaml").write_text(text, "utf-8")
    with pytest.raises(BrokenFiles) as raised:
        form_definition.load(tmp_path / "form.yaml")
    (problem,) = raised.value.problems
    assert said in str(problem)
    if new:
        assert problem.line == whole[: whole.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("2026-12-01", ""),
        ("1 Desember 2026", ""),
        ("1/12/2026", ""),
        ("2025-12-02", ""),
        ("minggu depan", "Bukan tanggal yang dikenal. Cocokkan dengan suratnya"),
        ("31/2/2026", "Bukan tanggal yang dikenal."),
        ("2028-12-01", "Lebih dari setahun dari hari ini."),
        ("2020-12-01", "Lebih dari setahun dari hari ini."),
    ],
)
def test_a_near_day_is_a_day_and_near(answer: str, said: str) -> None:
    question = FORM.question("Tanggal surat panggilan, sidang, atau batas itu")
    assert question is not None
    found = [problem.sentence for problem in form_definition.mistakes(question, answer, date(2026, 11, 30))]
    assert [one.startswith(said) for one in found] == [True] * bool(said)


@pytest.mark.parametrize(("way", "gaps"), [("kode", []), ("email", ["Alamat"]), ("", ["Alamat"])])
def test_an_address_is_missed_only_where_the_answer_does_not_go_by_code(way: str, gaps: list[str]) -> None:
    answers = {**response().answers, "alamat": "", "cara_jawaban": way}
    assert [found.place for found in FORM.findings(answers, TODAY)] == gaps


def test_a_condition_that_names_no_choice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    text = (ROOT / "forms" / "permohonan.yaml").read_text("utf-8")
    path.write_text(text.replace("kecuali: {mendesak: tidak}", "kecuali: {mendesak: entah}"), "utf-8")
    with pytest.raises(BrokenFiles, match="mendesak: entah, yang tidak ada"):
        form_definition.load(path)
