"""Workbooks of every kind, and what damaged cells in them become."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]  # only written with here
from openpyxl.utils import datetime as openpyxl_days  # type: ignore[import-untyped]

from processor.cases.records import Response
from processor.foundation import form_definition
from processor.intake.sources import spreadsheet
from tests.office import ROOT

FORM = form_definition.load(ROOT / "forms" / "permohonan.yaml")
WIB = ZoneInfo("Asia/Jakarta")
TITLES = ("Cap waktu", "Nama lengkap", "Alamat", "Nomor telepon/WhatsApp", "Uraian permasalahan hukum")
SENT = datetime(2026, 7, 2, 9, 5, 31)  # noqa: DTZ001  as in a sheet
GOOD = (SENT, "Ratna Rekaan", "Jl. Contoh 1", "081200000001", "Diminta menandatangani.")
NAMES = ("office", "table", "text", "calcext")
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in NAMES[:3])


def book(path: Path, *rows: Sequence[object], epoch: datetime | None = None) -> Path:
    made = Workbook()
    made.epoch = epoch or made.epoch
    made.active.title = "Form Responses 1"
    for row in (TITLES, *rows):
        made.active.append(row)
    made.save(path)
    return path


def read(path: Path) -> Response:
    (response,) = spreadsheet.read(path, FORM, WIB).responses
    return response


def with_error(path: Path, name: str, tag: bytes = b"c") -> Path:
    """Let the telephone number in ``path`` be the error ``name``."""
    old = path.read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(old)) as archive, zipfile.ZipFile(out, "w") as copy:
        for part in archive.namelist():
            text = archive.read(part)
            if part == "xl/worksheets/sheet1.xml":
                start, end = text.index(b'<c r="D2"'), text.index(b'<c r="E2"')
                cell = b'<%s r="D2" t="e"><f>+62 812</f><v>%s</v></%s>' % (tag, name.encode(), tag)
                text = text[:start] + cell + text[end:]
            copy.writestr(part, text)
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize("name", ["#ERROR!", "#REF!", "#N/A", "#NAME?", "#BEZUG!", "#NV", "Memuat...", "nan", "None"])
@pytest.mark.parametrize("kind", [".xlsx", ".xlsm"])
def test_an_error_in_a_cell_is_a_finding_with_its_place_and_costs_nothing_else(
    tmp_path: Path, name: str, kind: str
) -> None:
    response = read(with_error(book(tmp_path / f"a{kind}", GOOD), name))
    assert "telepon" not in response.answers
    assert response.unread == {"telepon"}
    assert response.answers["uraian"] == GOOD[-1]
    (problem,) = response.problems
    assert problem.place == "Nomor telepon/WhatsApp (lembar “Form Responses 1”, sel D2)"
    assert name in problem.message
    assert not response.others


def ods(path: Path, phone: str) -> Path:
    cells = "".join(f'<table:table-cell office:value-type="string"><text:p>{title}</text:p></table:table-cell>'
                    for title in TITLES)  # fmt: skip
    values = (
        '<table:table-cell office:value-type="date" office:date-value="2026-07-02T09:05:31"/>'
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
                  for text in GOOD[1:3])
        + phone
        + f'<table:table-cell office:value-type="string"><text:p>{GOOD[4]}</text:p></table:table-cell>'
    )  # fmt: skip
    rows = f"<table:table-row>{cells}</table:table-row><table:table-row>{values}</table:table-row>"
    text = (
        f'<office:document-content {SPACES} xmlns:calcext="urn:calcext"><office:body><office:spreadsheet>'
        f'<table:table table:name="Lembar1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", text)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def test_an_open_document_is_read(tmp_path: Path) -> None:
    phone = '<table:table-cell office:value-type="string"><text:p>081200000001</text:p></table:table-cell>'
    response = read(ods(tmp_path / "a.ods", phone))
    assert (response.answers["telepon"], response.problems) == ("081200000001", ())
    assert response.submitted == SENT.replace(tzinfo=WIB)


@pytest.mark.parametrize("value", ['string" office:string-value="', 'float" office:value="0'])
def test_an_error_in_an_open_document_is_a_finding(tmp_path: Path, value: str) -> None:
    phone = (
        f'<table:table-cell table:formula="of:=62" office:value-type="{value}" calcext:value-type="error">'
        "<text:p>#NAME?</text:p></table:table-cell>"
    )
    response = read(ods(tmp_path / "a.ods", phone))
    assert response.unread == {"telepon"}
    assert "sel D2" in response.problems[0].place


OLD_DAY = openpyxl_days.to_excel(SENT, openpyxl_days.CALENDAR_MAC_1904)


@pytest.mark.parametrize("cell", [SENT, OLD_DAY, str(OLD_DAY), SENT.replace(tzinfo=WIB).timestamp()])
def test_days_of_an_old_mac_workbook_are_the_right_ones(tmp_path: Path, cell: object) -> None:
    response = read(book(tmp_path / "a.xlsx", (cell, *GOOD[1:]), epoch=openpyxl_days.CALENDAR_MAC_1904))
    assert response.submitted == SENT.replace(tzinfo=WIB)


def test_a_day_without_its_time_is_read_and_told(tmp_path: Path) -> None:
    response = read(book(tmp_path / "a.xlsx", (SENT.date(), *GOOD[1:])))
    assert response.submitted == datetime(2026, 7, 2, tzinfo=WIB)
    assert "jamnya tidak tercatat" in response.problems[0].message


@pytest.mark.parametrize(
    ("value", "word"), [(date(2026, 5, 1), "tanggal"), (SENT, "tanggal"), (True, "TRUE"), ("1-5-2026", "tanggal"),
                        ("1-Mei-26", "tanggal"),
                        ("12-May", "tanggal"), ("May-12", "tanggal"), ("12:30:00", "jam"),
                        ("FALSE", "TRUE"), ("########", "galat")],
)  # fmt: skip
@pytest.mark.parametrize("column", [2, 3], ids=["address", "phone"])
def test_an_answer_that_a_spreadsheet_made_something_else_is_told_and_never_taken_for_it(
    tmp_path: Path, value: object, word: str, column: int
) -> None:
    response = read(book(tmp_path / "a.xlsx", (*GOOD[:column], value, *GOOD[column + 1 :])))
    key = ("alamat", "telepon")[column - 2]
    assert key not in response.answers
    assert response.unread == {key}
    assert [word in problem.message for problem in response.problems] == [True]


def test_words_numbers_and_addresses_that_merely_hold_a_date_stay_answers(tmp_path: Path) -> None:
    row = (SENT, "Benar Rekaan", "Jl. 1-5-2026 No. 7", "0812-12-2026", "2026-05-01")
    response = read(book(tmp_path / "a.xlsx", row))
    assert (response.unread, response.problems) == (frozenset(), ())
