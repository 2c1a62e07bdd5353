"""A day that is still to come is told where it stands; today is none."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from processor.cases import case_dates, case_file_text, case_mistakes
from processor.foundation import yaml_reader
from processor.foundation.settings_agency import Taxonomy
from tests.cases.test_case_file import case

NOW = datetime(2026, 12, 21, 23, 30, tzinfo=timezone(timedelta(hours=7)))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  oleh:\n  tanggal:", "  oleh:\n  tanggal: 22/12/2026", ["“verifikasi.tanggal” (2026-12-22) belum tiba."]),
        (
            "  tanggal_surat:",
            "  tanggal_surat: 1 Januari 2027",
            ["“penyampaian.tanggal_surat” (2027-01-01) belum tiba."],
        ),
        ("  oleh:\n  tanggal:", "  oleh:\n  tanggal: 21 Desember 2026", []),
        ("diajukan:", "diajukan: 22 Desember 2026 pukul 00.10 WIB", []),  # as the sender's clock said
    ],
)
def test_a_day_that_is_still_to_come_is_told(old: str, new: str, told: list[str]) -> None:
    text = case_file_text.new_case_text(case()).replace(old, new, 1)
    document = yaml_reader.parse(Path("permohonan.yaml"), text)
    found, problems = case_mistakes.check_document(document, Taxonomy())
    assert found is not None, problems
    said = list(case_dates.still_to_come(document, found, NOW))
    assert [one.message for one in said] == told
    assert all(text.splitlines()[(one.line or 0) - 1].endswith(new.rpartition("\n")[2].strip()) for one in said)
