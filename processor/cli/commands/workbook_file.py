"""Lists that commands write as an XLSX workbook, where the officer wants it."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from processor.foundation import atomic_files


def add_xlsx(parser: argparse.ArgumentParser) -> None:
    """Add the choice of a workbook."""
    parser.add_argument(
        "--xlsx", type=Path, metavar="BERKAS", help="tulis daftarnya sebagai buku kerja Excel ke berkas itu"
    )


def write(path: Path, title: str, columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    """Write a list to ``path`` and say so. Raises OSError."""
    from processor.operations import list_workbook  # noqa: PLC0415 -- a library that only this needs

    cells = [*rows]
    atomic_files.replace(path, list_workbook.workbook(title, columns, cells))
    print(f"{len(cells)} baris ditulis ke {path}. Simpan di dalam kantor.")
