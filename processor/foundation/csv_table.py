"""A table as Indonesian Excel opens it: CSV in UTF-8 with its mark, semicolons; no cell can be a formula. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Write a table; a text that begins as a formula does gets an apostrophe before it, as OWASP advises."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(columns)
    writer.writerows([f"'{cell}" if str(cell).startswith(_FORMULAS) else cell for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
