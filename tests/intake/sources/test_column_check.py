"""Which exports are held back, and what a question without a column becomes."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from processor.foundation import form_definition
from processor.foundation.errors import BrokenFiles
from processor.foundation.form_definition import Form
from processor.intake.sources import spreadsheet
from processor.intake.sources.spreadsheet import Export
from tests.office import ROOT

FORM = form_definition.load(ROOT / "forms" / "permohonan.yaml")
LATER = {"mendesak", "tanggal_mendesak", "cara_jawaban", "kode_lacak", "kunci_balasan"}
"""What the form of before did not ask."""
ANSWERS = {
    "Cap waktu": "2026/07/02 9:05:31 AM GMT+7",
    "Nama": "Ratna Rekaan",
    "NIP": "198501012010012901",
    "Jabatan": "Analis",
    "Unit Kerja": "Dinas Contoh",
    "Email": "ratna@example.org",
    "No Telp": "0812 0000 0001",
    "Alamat": "Jl. Contoh 1",
    "Bentuk layanan": "Pendapat hukum",
    "Uraian masalah": "Diminta menandatangani berita acara mundur tanggal oleh atasan.",
    "Pertanyaan": "Bolehkah?",
    "Dokumen": "",
    "Syarat dan ketentuan": "Setuju",
}
EARLIER = [title for title in ANSWERS if title not in {"Bentuk layanan", "Uraian masalah"}]
"""The form that the bureau used on its JDIH page."""


def read(folder: Path, titles: Sequence[str], *rows: Sequence[str], form: Form = FORM) -> Export:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([titles, *rows])
    path = folder / "a.csv"
    path.write_text(out.getvalue())
    return spreadsheet.read(path, form, ZoneInfo("Asia/Jakarta"))


def renamed(folder: Path, old: str, new: str, answer: str = "", form: Form = FORM) -> Export:
    """Read one response in which the column ``old`` has the title ``new``."""
    titles = [new if title == old else title for title in ANSWERS]
    row = [answer or text if title == old else text for title, text in ANSWERS.items()]
    return read(folder, titles, row, form=form)


@pytest.mark.parametrize("title", ["Keadaan Anda", "Yang dialami"])
def test_a_story_is_found_where_the_form_has_it_however_short_it_is(tmp_path: Path, title: str) -> None:
    titles = [title if one == "Uraian masalah" else one for one in ANSWERS]
    rows = [
        [word if one == title else ANSWERS.get(one, "") for one in titles] for word in ("Satu.", "Uraian dua", "Tiga")
    ]
    with pytest.raises(BrokenFiles, match="alias pertanyaan uraian"):
        read(tmp_path, titles, *rows)


def test_the_earlier_form_of_the_bureau_is_known_and_what_it_never_asked_holds_nothing_back(tmp_path: Path) -> None:
    export = read(tmp_path, EARLIER, [ANSWERS[title] for title in EARLIER])
    (response,) = export.responses
    assert response.not_asked == {"bentuk", "uraian", *LATER}
    assert not response.others
    (note,) = export.notes
    assert "“Uraian permasalahan hukum”" in note
    assert "Kode lacak" not in note


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("Uraian masalah", "Ceritakan kronologinya kepada kami", "uraian"),
        ("Uraian masalah", "Apa yang terjadi?", "uraian"),
        ("Uraian masalah", "Uraain permasalahan hukm", "uraian"),
        ("Pertanyaan", "Pertanyaan yang ingin Anda ajukan", "pertanyaan"),
        ("NIP", "Nomor pegawai", "nip"),
        ("No Telp", "Dapat dihubungi di", "telepon"),
        ("Email", "Surel", "email"),
        ("Nama", "Nama pegawai", "nama"),
        ("Nama", "Siapa Anda?", "nama"),
        ("Unit Kerja", "Tempat tugas", "unit_kerja"),
        ("Alamat", "Alamat kantor", "alamat"),
        ("Bentuk layanan", "Yang diminta", "bentuk"),
        ("Syarat dan ketentuan", "Pernyataan akhir", "persetujuan"),
    ],
)
def test_an_unknown_column_with_the_content_of_a_missing_question_holds_the_file_back(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    answer = "Saya menyetujui semua syarat" if key == "persetujuan" else ""
    with pytest.raises(BrokenFiles) as caught:
        renamed(tmp_path, old, new, answer)
    (problem,) = caught.value.problems
    assert f"(“{new}”)" in problem.message
    assert f"alias pertanyaan {key}" in problem.mend
    assert not any(text and text in str(problem) for text in ANSWERS.values())


@pytest.mark.parametrize("is_alias", [False, True], ids=["no question", "alias"])
def test_an_officer_who_says_what_a_column_is_gets_the_file_read(tmp_path: Path, is_alias: object) -> None:
    data, title = FORM.model_dump(), "Apa yang terjadi?"
    (question,) = (one for one in data["pertanyaan"] if one["kunci"] == "uraian")
    (question if is_alias else data)["alias" if is_alias else "kolom_lain"] = (title,)
    (response,) = renamed(tmp_path, "Uraian masalah", title, form=Form.model_validate(data)).responses
    assert ("uraian" in response.answers, "uraian" in response.not_asked) == (bool(is_alias), not is_alias)


def test_a_small_form_is_read_once_the_office_names_the_columns_of_its_own(tmp_path: Path) -> None:
    titles = ["Nama", "Pertanyaan", "Map", "Rak", "Petugas"]
    row = ["Ratna Rekaan", "Bolehkah?", "Biru", "Tiga", "Ani"]
    with pytest.raises(BrokenFiles, match="kolom_lain"):
        read(tmp_path, titles, row)
    form = Form.model_validate({**FORM.model_dump(), "kolom_lain": ("Map", "Rak", "Petugas")})
    assert len(read(tmp_path, titles, row, form=form).responses) == 1


@pytest.mark.parametrize(
    ("title", "answer"), [("Sudah diproses", "FALSE"), ("Golongan", "III/c"), ("Catatan", "ditelepon"), ("Skor", "90")]
)
def test_a_column_of_another_matter_beside_a_missing_question_holds_nothing_back_and_is_told(
    tmp_path: Path, title: str, answer: str
) -> None:
    export = read(tmp_path, [*EARLIER, title], [*(ANSWERS[one] for one in EARLIER), answer])
    assert export.responses[0].others == {title: answer}
    assert any(f"kolom L (“{title}”)" in note for note in export.notes)


@pytest.mark.parametrize(
    "titles",
    [
        ["Cap waktu", "Nama", "NIP", "Unit Kerja", "Email", "Kecepatan", "Keramahan", "Saran"],
        ["Cap waktu", "Nama", "Bentuk layanan", "Kecepatan", "Keramahan", "Biaya", "Sarana", "Pertanyaan"],
        ["No", "Nama", "NIP", "Jabatan", "Unit Kerja", "Tanda tangan"],
        ["Cap waktu", "Nama", "Pekerjaan", "Jenis layanan", "Nomor HP", "Saran"],
        ["Nama", "NIP", "Jabatan", "Unit Kerja", "Email", "No Telp", "Pertanyaan", "Kecepatan", "Kritik dan saran"],
        ["Nama", "Email"],
    ],
    ids=["survey", "survey with a question", "attendance", "jobs", "survey of known people", "addresses"],
)
def test_an_export_of_another_form_is_held_back_and_told_apart(tmp_path: Path, titles: Sequence[str]) -> None:
    with pytest.raises(BrokenFiles, match="bukan tanggapan formulir permohonan"):
        read(tmp_path, titles, [ANSWERS.get(title, "Baik") for title in titles])


def test_numbers_of_rows_and_staff_beside_a_request_are_no_ratings(tmp_path: Path) -> None:
    titles = ["No", *(title for title in ANSWERS if title != "Syarat dan ketentuan"), "Petugas"]
    rows = [[number if title in {"No", "Petugas"} else ANSWERS[title] for title in titles] for number in "12"]
    assert len(read(tmp_path, titles, *rows).responses) == 2


@pytest.mark.parametrize(
    "spelling", ["{n}. {t}", "{n}) {t}", "({n}) {t}", "{t} (wajib diisi)", "{t} *", "<b>{t}</b>", "{n} - {t}:",
                 "a. {t}", "Q{n}. {t}", "Pertanyaan {n}: {t}", "► {t}", "{t} - wajib diisi",
                 "**{t}**", "{t} [wajib]", "{t} [isi sesuai SK]", "{t} {{wajib}}", "{t} (sesuai SK (wajib))",
                 "{t} / wajib", "A{n}. {t}", "A.{n} {t}", "{n}a. {t}", "{n} {t}", "{n}\ufe0f\u20e3 {t}",
                 "{t}<br><i>Sesuai SK</i>", "_{t}_", "&lt;p&gt;{t}&nbsp;&lt;/p&gt;",
                 "<p style='font: 12pt Arial, Helvetica, sans-serif; margin: 0 auto 12px auto; padding: 0'>{t}</p>"],
)  # fmt: skip
def test_titles_are_known_whatever_stands_around_them(tmp_path: Path, spelling: str) -> None:
    titles = [spelling.format(n=number, t=title) for number, title in enumerate(ANSWERS, 1)]
    (response,) = read(tmp_path, ["Cap waktu", *titles[1:]], list(ANSWERS.values())).responses
    assert not response.others
    assert response.answers["uraian"] == ANSWERS["Uraian masalah"]
    assert response.not_asked == LATER


def test_a_title_in_brackets_counts_only_where_the_question_has_no_other_column_and_is_told(tmp_path: Path) -> None:
    both = read(tmp_path, [*ANSWERS, "NIP (atasan)"], [*ANSWERS.values(), "197505052000031902"])
    assert both.responses[0].answers["nip"] == ANSWERS["NIP"]
    assert "NIP (atasan)" in both.responses[0].others
    assert not both.responses[0].problems
    alone = renamed(tmp_path, "NIP", "NIP (18 angka tanpa spasi)")
    assert alone.responses[0].answers["nip"] == ANSWERS["NIP"]
    assert any(note.startswith("Dibaca sebagai “NIP”: kolom C") for note in alone.notes)


@pytest.mark.parametrize(
    ("title", "answers"),
    [
        ("Seberapa puas Anda dengan layanan kami?", ("4", "5")),
        ("Nilai pelayanan (1-5)", ("5", "5")),
        ("Bagaimana menurut Anda?", ("Sangat puas", "puas")),
    ],
)
def test_one_column_that_judges_the_service_shows_a_survey(tmp_path: Path, title: str, answers: Sequence[str]) -> None:
    titles = ["Cap waktu", "Nama", "NIP", "Unit kerja", "Pertanyaan", title]
    rows = [
        ["2026/07/02 9:05:31 AM GMT+7", f"Orang {n}", "", "Dinas", "Apa saja?", one] for n, one in enumerate(answers)
    ]
    with pytest.raises(BrokenFiles, match="yang menilai layanan"):
        read(tmp_path, titles, *rows)


@pytest.mark.parametrize(("title", "answers"), [("Petugas", ("1", "2")), ("Kritik dan saran", ("Cepat sekali", "-"))])
def test_one_column_that_may_be_staffs_or_a_remark_holds_no_request_back(
    tmp_path: Path, title: str, answers: Sequence[str]
) -> None:
    titles = ["Cap waktu", "Nama", "NIP", "Unit kerja", "Pertanyaan", title]
    rows = [
        ["2026/07/02 9:05:31 AM GMT+7", f"Orang {n}", "", "Dinas", "Apa saja?", one] for n, one in enumerate(answers)
    ]
    assert len(read(tmp_path, titles, *rows).responses) == 2
