"""``payung laporan``: the figures of a quarter or a year, for the office's own eyes."""

import argparse
import json
from pathlib import Path

from processor.cli.commands import context
from processor.evaluation import figure_text, periods
from processor.evaluation.figures import Figures
from processor.evaluation.periods import Period
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.operations import register_figures


def laporan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung laporan`` takes."""
    kinds = parser.add_subparsers(title="isi", metavar="ISI", required=True)
    _add_figures(kinds.add_parser("angka", help="semua angka, dengan dari berapa dan apa artinya", allow_abbrev=False))


def _add_figures(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung laporan angka`` takes."""
    parser.add_argument("jenis", nargs="?", choices=("triwulan", "tahunan"), help="tanpa ini: tahun yang berjalan")
    parser.add_argument("periode", nargs="?", type=read_period, help="2026-3 untuk triwulan, 2026 untuk tahunan")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="keluaran untuk dibaca program")
    form.add_argument("--markdown", action="store_true", help="keluaran sebagai Markdown")
    form.add_argument("--xlsx", type=Path, metavar="BERKAS", help="tulis buku kerja Excel ke berkas itu")
    parser.set_defaults(run=_figures)


def laporan(args: argparse.Namespace) -> int:
    """Run ``payung laporan``."""
    code: int = args.run(args)
    return code


def _figures(args: argparse.Namespace) -> int:
    """Run ``payung laporan angka``."""
    office = context.open_chosen(args)
    found = register_figures.figures_of(office, _chosen(args) or register_figures.running_year(office))
    if args.xlsx:
        _write_workbook(args.xlsx, found)
    elif args.markdown:
        print(figure_text.markdown(found), end="")
    elif args.json:
        print(json.dumps(figure_text.data(found), ensure_ascii=False, indent=1))
    else:
        print(figure_text.terminal(found))
    return context.MENDS_NEEDED if found.unread else 0


def _chosen(args: argparse.Namespace) -> Period | None:
    """Give the period that was typed; None where none was. Raises PayungError where kind and period do not agree."""
    period: Period | None = args.periode
    if args.jenis and (period is None or bool(period.quarter) != (args.jenis == "triwulan")):
        wanted = "2026-3" if args.jenis == "triwulan" else "2026"
        raise PayungError(f"Tulis periodenya, misalnya: payung laporan angka {args.jenis} {wanted}")
    return period


def read_period(text: str) -> Period:
    """Read a period. Raises ArgumentTypeError."""
    try:
        return periods.parse(text)
    except PayungError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _write_workbook(path: Path, found: Figures) -> None:
    """Write the workbook where the officer wants it, and say what it is."""
    from processor.evaluation import figure_workbook  # noqa: PLC0415 -- a library that only this needs

    atomic_files.replace(path, figure_workbook.workbook(found))
    print(f"{figure_text.heading(found)}: {path}. Memuat angka per petugas dan per unit; simpan di dalam kantor.")
