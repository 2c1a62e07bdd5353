"""Figures are printed with Indonesian numbers, from how many they come and what they mean; and as data and XLSX."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl  # type: ignore[import-untyped]  # only read with here

from processor.evaluation import figure_text, figure_workbook
from processor.evaluation.figure import Figure, FigureRow
from processor.evaluation.figures import ASPECTS, Figures
from processor.evaluation.periods import Period
from tests.evaluation.test_figures import computed

FOUND = Figures(
    Period(2026, 3),
    date(2026, 11, 27),
    2,
    (
        Figure(
            "permohonan.hasil", "Menurut hasil", 1,
            (
                FigureRow("a", "Dijawab", 1200, "permohonan"),
                FigureRow("b", "=Ditolak", 34, "permohonan"),
                FigureRow("c", "Lain", 0, "permohonan"),
            ),
            1234, "permohonan", "Semua permohonan.",
        ),
        Figure(
            "mutu", "Mutu", 3,
            (FigureRow("m", "Fakta", Decimal("3.50"), "nilai", 7), FigureRow("n", "Isu", None, "nilai", 0)),
            9, "permohonan", "Nilai.", sums=False, remark="Tidak dijumlahkan.", inside=True,
        ),
    ),
)  # fmt: skip


def test_a_terminal_is_given_every_number_with_its_base_and_meaning() -> None:
    text = figure_text.terminal(FOUND)
    assert text.startswith(
        "Angka Triwulan III Tahun 2026, keadaan pada 27 November 2026\n2 berkas permohonan tidak terbaca"
    )
    assert (
        """Menurut hasil (dari 1.234 permohonan)
  Dijawab   1.200   97,2 %
  =Ditolak     34    2,8 %
  Baris lain: 0.
  Semua permohonan."""
        in text
    )
    assert (
        """Mutu (dari 9 permohonan)
  Fakta  3,50 nilai    dari 7
  Isu       – nilai    dari 0
  Nilai.
  Tidak dijumlahkan.
  Untuk kantor sendiri; jangan dibagikan."""
        in text
    )


def test_markdown_has_all_rows_in_tables() -> None:
    text = figure_text.markdown(FOUND)
    assert "| dari 1.234 permohonan | Nilai | Satuan | Bagian | Dari |\n|---|---:|---|---:|---:|\n" in text
    assert "| Dijawab | 1.200 | permohonan | 97,2 % | 1.234 |\n| =Ditolak | 34 | permohonan | 2,8 % | 1.234 |" in text
    assert "| Fakta | 3,50 | nilai |  | 7 |" in text
    assert all(f"## {title}" in text for title in ASPECTS.values())


def test_data_has_a_key_for_everything_and_survives_json() -> None:
    read = json.loads(json.dumps(figure_text.data(FOUND)))
    first, second = read["angka"]
    assert (read["periode"], read["keadaan_pada"], read["tidak_terbaca"]) == ("2026-3", "2026-11-27", 2)
    assert (first["kunci"], first["dari"], first["dapat_dijumlahkan"]) == ("permohonan.hasil", 1234, True)
    assert first["baris"][0] == {
        "kunci": "a", "nama": "Dijawab", "nilai": 1200, "satuan": "permohonan", "dari": 1234,
    }  # fmt: skip
    assert [row["nilai"] for row in second["baris"]] == [3.5, None]
    assert (second["hanya_untuk_kantor"], second["keterangan"]) == (True, "Tidak dijumlahkan.")


def test_a_workbook_holds_numbers_as_numbers_and_no_formula_and_comes_out_the_same_twice() -> None:
    content = figure_workbook.workbook(FOUND)
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=6)]
    assert rows[1][:7] == ["Jumlah dan jenis permohonan", "Menurut hasil", "Dijawab", 1200, "permohonan", 97.2, 1234]
    assert (rows[2][2], sheet.cell(3, 3).data_type) == ("=Ditolak", "s")
    assert rows[4][2:7] == ["Fakta", 3.5, "nilai", None, 7]
    assert rows[5][3] is None
    assert figure_workbook.workbook(replace(FOUND)) == content


def test_every_generated_figure_can_be_written_in_every_way() -> None:
    found = computed(7, Period(2026))
    text, marked = figure_text.terminal(found), figure_text.markdown(found)
    assert all(one.title in text and one.title in marked for one in found)
    assert len(figure_text.data(found)["angka"]) == len(found.all)
    assert figure_workbook.workbook(found)


def test_a_figure_of_which_nothing_was_counted_has_no_other_rows() -> None:
    nothing = Figure(
        "hasil", "Menurut hasil", 1, (FigureRow("x", "Dijawab", 0, "permohonan"),), 0, "permohonan", "Semua."
    )
    assert "  Semua baris: 0." in figure_text.terminal(replace(FOUND, all=(nothing,)))
