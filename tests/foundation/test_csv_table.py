"""A table as CSV: what Excel opens as it stands, and runs nothing of."""

import csv
import io

import pytest

from processor.foundation.csv_table import csv_table


def test_a_table_is_what_indonesian_excel_opens() -> None:
    assert csv_table(("Nomor", "Temuan"), [("a;b", 2)]) == '\ufeffNomor;Temuan\r\n"a;b";2\r\n'.encode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    written = csv_table(("A",), [(text,)]).decode("utf-8-sig")
    assert [*csv.reader(io.StringIO(written, newline=""), delimiter=";")][1] == [f"'{text}"]
