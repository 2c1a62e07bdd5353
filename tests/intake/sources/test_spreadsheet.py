"""Exports: every file in tests/data/exports is read as its golden file says; what is no response is told."""

import contextlib
import csv
import hashlib
import io
import os
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook  # type: ignore[import-untyped]  # only written with here

from processor.cases.records import Response
from processor.foundation import form_definition, yaml_reader
from processor.foundation.errors import BrokenFiles
from processor.foundation.form_definition import Form
from processor.intake.sources import spreadsheet
from tests.office import agency

ROOT = Path(__file__).parents[3]
EXPORTS = Path(__file__).parents[2] / "data" / "exports"
FILES = sorted(p for p in EXPORTS.iterdir() if p.suffix in {".csv", ".tsv", ".txt", ".xlsx"})
FORM = form_definition.load(ROOT / "forms" / "permohonan.yaml")
WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def form() -> Form:
    return FORM


def put(folder: Path, name: str, content: str | bytes, age: int = 0) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    when = datetime(2026, 1, 5, tzinfo=WIB).timestamp() - age
    os.utime(path, (when, when))
    return path


def shown(text: str) -> str:
    """``text``, or for a very long one its length and digest."""
    if len(text) <= 1000:
        return text
    return f"{len(text)} huruf, sha256 {hashlib.sha256(text.encode()).hexdigest()}"


def golden(response: Response) -> dict[str, Any]:
    return {
        "place": response.place,
        "submitted": response.submitted.isoformat() if response.submitted else None,
        "answers": {key: shown(value) for key, value in response.answers.items()},
        "others": {key: shown(value) for key, value in response.others.items()},
        "problems": [str(problem) for problem in response.problems],
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_export_is_read_as_its_golden_file_says(path: Path, form: Form, request: pytest.FixtureRequest) -> None:
    found = [golden(response) for response in spreadsheet.read(path, form, WIB).responses]
    beside = path.with_name(path.name + ".yaml")
    if request.config.getoption("--perbarui-golden"):
        beside.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=110), "utf-8")
    assert found == yaml.safe_load(beside.read_text("utf-8"))


def test_the_sample_answers_every_question_in_the_words_of_the_form(tmp_path: Path) -> None:
    sample = ROOT / "processor" / "cli" / "sample"
    units = agency(tmp_path, **yaml_reader.read(sample / "kantor.yaml").data).unit_options
    form = form_definition.load(ROOT / "forms" / "permohonan.yaml", units)
    found = spreadsheet.read(sample / "jawaban.csv", form, WIB).responses
    assert all(response.answers["unit"] in {"", *units} for response in found)
    assert {"surat_panggilan", "batas_jawaban", "tidak", ""} == {response.answers["mendesak"] for response in found}
    assert {"kode", "email", "loket", ""} == {response.answers["cara_jawaban"] for response in found}
    asked = {question.kunci for question in form.pertanyaan}
    assert [(set(response.answers), dict(response.others)) for response in found] == [(asked, {})] * len(found)


@pytest.mark.parametrize(
    ("times", "written", "day", "said"),
    [
        (("2026/11/25 8:41:17 AM GMT+7",) * 2, "2026-12-01", "2026-12-01", ""),
        (("2026/11/25 8:41:17 AM GMT+7",) * 2, "1 Desember 2026", "2026-12-01", ""),
        (("11/25/2026 8:41:17", "11/26/2026 8:41:17"), "12/1/2026", "2026-12-01", ""),
        (("25/11/2026 8:41:17", "26/11/2026 8:41:17"), "1/12/2026", "2026-12-01", ""),
        (("3/2/2026 8:41:17", "3/2/2026 8:41:18"), "3/4/2026", "2026-03-04", "urutan tanggal dan bulan tidak pasti"),
        (("2026/11/25 8:41:17 AM GMT+7",) * 2, "segera", "segera", ""),
    ],
)
def test_a_near_day_is_read_in_the_order_in_which_the_sheet_writes_days(
    tmp_path: Path, form: Form, times: tuple[str, str], written: str, day: str, said: str
) -> None:
    title = "Tanggal surat panggilan, sidang, atau batas itu"
    rows = [f'"{time}",Satu {n}.,Apa?,"{written}"' for n, time in enumerate(times)]
    text = "\n".join((f'Timestamp,Uraian permasalahan hukum,Pertanyaan hukum,"{title}"', *rows))
    for one in spreadsheet.read(put(tmp_path, "a.csv", text), form, WIB).responses:
        assert one.answers["tanggal_mendesak"] == day
        doubts = [str(problem) for problem in one.problems if problem.place == title]
        assert [said in doubt for doubt in doubts] == [True] * bool(said)


def test_every_response_says_where_it_came_from(form: Form) -> None:
    for response in spreadsheet.read(EXPORTS / "google-id.csv", form, WIB).responses:
        assert (response.source, response.batch, response.key, response.created) == (
            "ekspor",
            "google-id.csv",
            "",
            None,
        )
        assert response.submitted is not None
        assert response.submitted.utcoffset() == timedelta(hours=7)


def test_a_representation_shows_no_answer(form: Form) -> None:
    assert "Rekaan" not in repr(spreadsheet.read(EXPORTS / "google-id.csv", form, WIB))


def _zipped(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return out.getvalue()


XLSX = (EXPORTS / "microsoft.xlsx").read_bytes()
SHEET = XLSX.index(b"xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "kosong"),
        ("a.csv", b"\xef\xbb\xbf\r\n", "kolom"),
        ("a.csv", b"Suhu,Kelembapan\r\n1,2\r\n", "Tidak ada kolom yang dikenal"),
        ("a.csv", b"Nama  NIP  Pertanyaan\r\na  b  c\r\n", "garis tegak"),
        ("a.csv", b"Email,Saran\r\na@example.id,baik\r\n", "Tidak ada kolom yang dikenal"),
        ("a.csv", b'Nama,NIP\r\nA,"1\r\nB,2\r\n', "petik"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "bukan teks"),
        ("a.csv", b"\x81\x8d\x8f" * 9, "Pengodean"),
        ("a.csv", b"<!DOCTYPE html><title>Masuk</title>", "halaman web"),
        ("a.csv", XLSX, "Ganti akhir namanya"),
        ("a.xlsx", b"Nama,NIP\r\n", "bukan lembar kerja"),
        ("a.xlsx", XLSX[: len(XLSX) // 2], "rusak"),
        ("a.xlsx", XLSX[: SHEET + 60] + bytes(300) + XLSX[SHEET + 360 :], "rusak"),
        ("a.xlsx", _zipped({"word/document.xml": b"<w/>"}), "rusak"),
        ("a.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "kata sandi"),
        ("a.xls", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "simpan ulang sebagai .xlsx"),
        ("a.ods", b"Nama,NIP\r\n", "bukan lembar kerja"),
        ("a.ods", b"PK\x03\x04" + bytes(60), "ODS rusak"),
        ("surat.pdf", b"%PDF-1.7", "Jenis berkas"),
        ("tanpa", b"x", "Jenis berkas"),
        ("a.csv.zip", b"PK", "ekstrak"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_a_problem_with_a_mend(
    tmp_path: Path, form: Form, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(BrokenFiles) as caught:
        spreadsheet.read(put(tmp_path, name, content), form, WIB)
    assert words in str(caught.value)
    assert all(problem.mend for problem in caught.value.problems)


def test_an_open_quote_names_the_line(tmp_path: Path, form: Form) -> None:
    path = put(tmp_path, "a.csv", 'Nama,NIP\r\nA,1\r\nB,"2\r\nC,3\r\n')
    with pytest.raises(BrokenFiles) as caught:
        spreadsheet.read(path, form, WIB)
    assert caught.value.problems[0].line == 3


def test_a_message_about_a_file_without_a_header_repeats_no_cell(tmp_path: Path, form: Form) -> None:
    path = put(tmp_path, "a.csv", "Sari Rekaan,198501012010012901\r\nBudi Khayali,197505052000031902\r\n")
    with pytest.raises(BrokenFiles) as caught:
        spreadsheet.read(path, form, WIB)
    assert "Rekaan" not in str(caught.value)
    assert "1985" not in str(caught.value)


def test_two_sheets_of_responses_are_not_silently_one(tmp_path: Path, form: Form) -> None:
    book = Workbook()
    for sheet in (book.active, book.create_sheet("Salinan")):
        sheet.append(["Cap waktu", "Nama", "Pertanyaan"])
        sheet.append([datetime(2026, 1, 5, 8, 0), "Sari Rekaan", "Bolehkah?"])  # noqa: DTZ001  as in a sheet
    path = tmp_path / "a.xlsx"
    book.save(path)
    with pytest.raises(BrokenFiles, match="Salinan"):
        spreadsheet.read(path, form, WIB)
    book["Salinan"].sheet_state = "hidden"
    book.save(path)
    assert len(spreadsheet.read(path, form, WIB).responses) == 1


def _book(path: Path, **sheets: str) -> Path:
    """A workbook with a sheet of answers for each name; what a name maps to is its state and the titles."""
    book = Workbook()
    book.remove(book.active)
    for name, words in sheets.items():
        state, *titles = words.split(",")
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(titles)
        sheet.append([f"isi {title}" for title in titles])
    book.save(path)
    return path


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_answers_beside_a_recap_are_read_and_told(tmp_path: Path, form: Form, state: str) -> None:
    sheets = {"Rekap": "visible,Nama,NIP,Selesai", "Asli": f"{state},Nama,NIP,Uraian masalah,Pertanyaan"}
    export = spreadsheet.read(_book(tmp_path / "a.xlsx", **sheets), form, WIB)
    assert [response.answers["uraian"] for response in export.responses] == ["isi Uraian masalah"]
    assert any("“Asli” tersembunyi" in note for note in export.notes)
    assert any("“Rekap” tidak dibaca" in note for note in export.notes)


def test_of_answers_and_their_hidden_copy_those_that_people_see_are_read(tmp_path: Path, form: Form) -> None:
    titles = "Nama,NIP,Uraian masalah"
    path = _book(tmp_path / "a.xlsx", Lama=f"hidden,{titles}", Baru=f"visible,{titles}")
    export = spreadsheet.read(path, form, WIB)
    assert len(export.responses) == 1
    assert not any("embar" in note for note in export.notes)


@pytest.mark.parametrize("mark", ["|", "^", "~", "#"])
def test_columns_may_be_cut_by_any_mark(tmp_path: Path, form: Form, mark: str) -> None:
    text = "Nama|NIP|Pertanyaan\r\nSari Rekaan, S.H.|198501012010012901|Apa; bagaimana?\r\n".replace("|", mark)
    path = put(tmp_path, "a.csv", text)
    (response,) = spreadsheet.read(path, form, WIB).responses
    assert (response.answers["nama"], response.answers["pertanyaan"]) == ("Sari Rekaan, S.H.", "Apa; bagaimana?")


def test_a_header_alone_gives_no_response(tmp_path: Path, form: Form) -> None:
    assert spreadsheet.read(put(tmp_path, "a.csv", "Cap waktu,Nama,Pertanyaan\r\n"), form, WIB).responses == ()


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30), min_size=2, max_size=2
    )
)
def test_no_words_are_lost_in_a_csv(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    out, words = io.StringIO(newline=""), [f"a{cell}" for cell in cells]
    csv.writer(out).writerows([["Nama", "Uraian masalah", "Tanda"], [*words, "x"]])
    path = put(tmp_path_factory.mktemp("acak"), "a.csv", out.getvalue())
    (response,) = spreadsheet.read(path, FORM, WIB).responses
    assert response.answers == {key: text.strip() for key, text in zip(("nama", "uraian"), words, strict=True)}


@given(st.binary(max_size=300), st.sampled_from([".csv", ".tsv", ".txt", ".xlsx"]))
def test_any_bytes_are_responses_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, kind: str
) -> None:
    path = put(tmp_path_factory.mktemp("acak"), f"a{kind}", content)
    with pytest.raises(BrokenFiles):
        spreadsheet.read(path, FORM, WIB)


@given(st.integers(0, len(XLSX) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_never_stops_the_others(
    tmp_path_factory: pytest.TempPathFactory, at: int, new: bytes
) -> None:
    path = put(tmp_path_factory.mktemp("acak"), "a.xlsx", XLSX[:at] + new + XLSX[at + len(new) :])
    with contextlib.suppress(BrokenFiles):
        spreadsheet.read(path, FORM, WIB)


_TABLE = (
    ("Cap waktu", "Nama lengkap", "NIP", "Pertanyaan hukum"),
    ("2026/07/02 9:05:31 AM GMT+7", "Renée Rekaan", "198501012010012901", "Bolehkah?"),
)


def text_table(delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(_TABLE)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_utf_16_is_read_with_its_mark_and_without(tmp_path: Path, encoding: str, delimiter: str) -> None:
    found = spreadsheet.read(put(tmp_path, "a.csv", text_table(delimiter).encode(encoding)), FORM, WIB)
    assert [one.answers["nama"] for one in found.responses] == ["Renée Rekaan"]


def test_a_file_of_zeros_and_others_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(BrokenFiles, match="bukan teks"):
        spreadsheet.read(put(tmp_path, "a.csv", b"\x01\0\0\x02" * 900), FORM, WIB)


@pytest.mark.parametrize("delimiter", ["*", "&", "~"])
def test_a_rare_delimiter_is_read(tmp_path: Path, delimiter: str) -> None:
    found = spreadsheet.read(put(tmp_path, "a.csv", text_table(delimiter)), FORM, WIB)
    assert [one.answers["pertanyaan"] for one in found.responses] == ["Bolehkah?"]


def test_colons_also_stand_in_times_so_they_are_refused_with_what_may_cut_columns(tmp_path: Path) -> None:
    with pytest.raises(BrokenFiles, match="dipisah koma, titik koma, tab, atau garis tegak"):
        spreadsheet.read(put(tmp_path, "a.csv", text_table(":")), FORM, WIB)
