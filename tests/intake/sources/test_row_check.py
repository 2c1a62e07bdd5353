"""Which rows of an export are nobody's response."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from processor.foundation import form_definition
from processor.intake.sources import spreadsheet
from processor.intake.sources.spreadsheet import Export
from tests.office import ROOT

FORM = form_definition.load(ROOT / "forms" / "permohonan.yaml")
TITLES = (
    "Cap waktu", "Nama lengkap", "NIP", "Jabatan", "Email", "Bentuk layanan", "Uraian permasalahan hukum",
    "Pertanyaan hukum", "Sudah diproses",
)  # fmt: skip
SENT = "2026/07/02 9:05:31 AM GMT+7"
GOOD = (SENT, "Ratna Rekaan", "198501012010012901", "Analis", "r@example.id", "Pendapat hukum", "Diminta.", "Bolehkah?")


def read(folder: Path, *rows: Sequence[str]) -> Export:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([TITLES, *rows])
    path = folder / "a.csv"
    path.write_text(out.getvalue())
    return spreadsheet.read(path, FORM, ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("",) * 8 + ("FALSE",), "jawaban"),
        ((SENT,), "jawaban"),
        (TITLES, "Judul"),
        (("", "Nama lengkap", "NIP", "", "", "", "", "Pertanyaan hukum"), "Judul"),
        (("Jumlah", "3"), "jumlah"),
        (("Jumlah", "3", "3", "3", "3", "3", "3", "3"), "jumlah"),
        (("Padang, 27 November 2026",), "jawaban"),
        (("", "Mengetahui,", "", "", "", "", "", "Kepala Bagian,"), "tanda tangan"),
        (("", "", "", "", "", "", "Sudah ditelepon, lihat map biru"), "catatan"),
        (("2026/07/03 9:00:00 AM GMT+7", "Mengetahui"), "tanda tangan"),
        (("3 Juli 2026", "Kepala Bagian", "NIP 197001011990031001"), "tanda tangan"),
        (("03/07/2026", "Rekaan, S.H.", "197001011990031001", "Kepala Bagian"), "tanda tangan"),
        (
            ("Timestamp", "1. Nama", "2. NI PPPK", "3. Jabatan", "4. E-mail", "5. Layanan", "6. Uraian", "7. Soal"),
            "baris",
        ),
        (("Sent", "Full name", "ID", "Position", "Address", "Service", "Story", "Question"), "baris"),
        (("Rekap", "3 orang", "3", "2 jabatan", "3 surel", "2 bentuk", "3 uraian", "3 pertanyaan"), "jumlah"),
        (("NIHIL",) * 8, "catatan"),
        ((SENT, *("-",) * 7), "jawaban"),
    ],
)
def test_a_row_that_is_no_response_is_skipped_with_its_line_and_reason(
    tmp_path: Path, row: Sequence[str], why: str
) -> None:
    export = read(tmp_path, GOOD, row)
    assert len(export.responses) == 1
    (skipped,) = export.skipped
    assert skipped.line == 3
    assert why in skipped.reason


@pytest.mark.parametrize(
    "row",
    [
        GOOD,
        ("", *GOOD[1:]),
        ("kemarin sore", *GOOD[1:]),
        ("2026/07/02 9:05:31 AM IST", *GOOD[1:]),
        (SENT, "", "", "", "", "", "", "Bolehkah?"),
        (SENT, "", "", "", "", "", "?"),
        (SENT, "Ratna Rekaan", "", "", "r@example.id"),
        ("2 Juli 2026", *GOOD[1:]),
        ("####", *GOOD[1:6], "#NAME?", "#NAME?"),
        ("", "Ratna Rekaan", "", "", "r@example.id", "", "Diminta.", "Jumlah?"),
    ],
)
def test_a_row_with_a_request_is_a_response_whatever_is_missing(tmp_path: Path, row: Sequence[str]) -> None:
    export = read(tmp_path, row)
    assert (len(export.responses), export.skipped) == (1, ())


def test_the_reason_repeats_no_answer(tmp_path: Path) -> None:
    (row,) = read(tmp_path, ("", "Ratna Rekaan", "198501012010012901", "", "r@example.id")).skipped
    assert not any(word in row.reason for word in ("Ratna", "1985", "@"))


def test_a_timed_row_that_only_chooses_and_agrees_is_no_request(tmp_path: Path) -> None:
    found = read(
        tmp_path, GOOD, (SENT, "", "", "", "", "Pendapat hukum"), (SENT, "", "", "", "", "Lainnya", "Diminta.")
    )
    assert [one.row for one in found.responses] == [2, 4]
    assert [one.line for one in found.skipped] == [3]
    assert "tanpa kata-kata permohonan" in found.skipped[0].reason


def test_a_row_whose_words_became_an_error_is_a_request_beside_a_choice(tmp_path: Path) -> None:
    found = read(tmp_path, (SENT, "", "", "", "", "Pendapat hukum", "#REF!"))
    assert [one.row for one in found.responses] == [2]
