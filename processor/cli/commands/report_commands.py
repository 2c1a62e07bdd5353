"""``payung laporan``: the figures of a quarter or a year, and the reports that are written of them."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from processor.cli import record_tables
from processor.cli.commands import context
from processor.cli.commands.options import add_json, add_settings
from processor.evaluation import figure_text, periods
from processor.evaluation.figures import Figures
from processor.evaluation.periods import Period
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.letters.placement import Placed
from processor.letters.word.report_blocks import WAITING
from processor.operations import counter
from processor.operations.act_journal import Person
from processor.operations.figures import register_figures
from processor.operations.office import Office
from processor.operations.reporting import report_duties, report_files, reports, unit_report


def laporan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung laporan`` takes."""
    kinds = parser.add_subparsers(title="isi", metavar="ISI", description="Tanpa ISI: laporan yang ditunggu.")
    parser.set_defaults(run=_duties)
    for kind, example in {"triwulan": "2026-3", "tahunan": "2026"}.items():
        said = "pemetaan satu triwulan" if kind == "triwulan" else "evaluasi satu tahun, dengan surat pengantarnya"
        _add_report(_kind(kinds, kind, f"{said}, dalam Word", f"{example} --oleh kabag"), kind, example)
    _add_unit(_kind(kinds, "unit", "laporan tentang satu unit, dalam Word", "DINAS-1 2026 --oleh kabag"))
    _add_figures(_kind(kinds, "angka", "semua angka, dengan dari berapa dan apa artinya", "triwulan 2026-3"))


def _kind(kinds: Any, name: str, text: str, example: str) -> argparse.ArgumentParser:
    """Add one thing that ``payung laporan`` writes, with its help and an example."""
    made: argparse.ArgumentParser = kinds.add_parser(
        name,
        help=text,
        description=f"{text[0].upper()}{text[1:]}.",
        epilog=f"Contoh: payung laporan {name} {example}",
        allow_abbrev=False,
    )
    add_settings(made)
    return made


def _add_figures(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung laporan angka`` takes."""
    parser.add_argument("jenis", nargs="?", choices=("triwulan", "tahunan"), help="tanpa ini: tahun yang berjalan")
    parser.add_argument("periode", nargs="?", type=read_period, help="2026-3 untuk triwulan, 2026 untuk tahunan")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="keluaran untuk dibaca program")
    form.add_argument("--markdown", action="store_true", help="keluaran sebagai Markdown")
    form.add_argument("--xlsx", type=Path, metavar="BERKAS", help="tulis buku kerja Excel ke berkas itu")
    form.add_argument("--docx", type=Path, metavar="BERKAS", help="tulis dokumen Word ke berkas itu")
    parser.set_defaults(run=_figures)


def _duties(args: argparse.Namespace) -> int:
    """Run ``payung laporan`` alone: say which reports are due."""
    print(record_tables.lists_text(report_duties.listed(context.open_chosen(args))))
    return 0


def _add_unit(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung laporan unit`` takes."""
    parser.add_argument("kode", metavar="KODE", help="kode unit di payung.yaml")
    parser.add_argument("periode", nargs="?", type=read_period, help="2026-3 atau 2026; tanpa ini: tahun yang berjalan")
    parser.add_argument("--oleh", metavar="PETUGAS", default="", help="nama pendek petugas yang membuatnya")
    add_json(parser)
    parser.set_defaults(run=_unit)


def _unit(args: argparse.Namespace) -> int:
    """Run ``payung laporan unit``."""
    office = context.open_chosen(args)
    period = args.periode or register_figures.running_year(office)
    placed = unit_report.make(office, _by(office, args), args.kode, period)
    _tell(args, period, [placed], report_files.waiting_in(placed.path))
    return 0


def _by(office: Office, args: argparse.Namespace) -> Person:
    """Say who makes a report: an officer where one is named. Raises PayungError where nobody is called so."""
    return context.person(counter.officer(office.settings, args.oleh) if args.oleh else "")


def _add_report(parser: argparse.ArgumentParser, kind: str, example: str) -> None:
    """Add what ``payung laporan triwulan`` and ``payung laporan tahunan`` take."""
    parser.add_argument("periode", type=read_period, metavar="PERIODE", help=f"misalnya {example}")
    parser.add_argument("--oleh", metavar="PETUGAS", default="", help="nama pendek petugas yang membuatnya")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--pdf", action="store_true", help="buat juga PDF dari laporan itu, juga bila sudah disunting")
    act.add_argument("--selesai", action="store_true", help="nyatakan laporan itu selesai dan sudah disampaikan")
    add_json(parser)
    parser.set_defaults(run=_report, jenis=kind)


def laporan(args: argparse.Namespace) -> int:
    """Run ``payung laporan``."""
    code: int = args.run(args)
    return code


def _figures(args: argparse.Namespace) -> int:
    """Run ``payung laporan angka``."""
    office = context.open_chosen(args)
    found = register_figures.figures_of(office, _chosen(args) or register_figures.running_year(office))
    if args.xlsx:
        from processor.evaluation import figure_workbook  # noqa: PLC0415 -- a library that only this needs

        _write(args.xlsx, figure_workbook.workbook(found), found)
    elif args.docx:
        _write(args.docx, reports.figures_document(office, found), found)
    elif args.markdown:
        print(figure_text.markdown(found), end="")
    elif args.json:
        print(json.dumps(figure_text.data(found), ensure_ascii=False, indent=1))
    else:
        print(figure_text.terminal(found))
    return context.MENDS_NEEDED if found.unread or found.left_out else 0


def _report(args: argparse.Namespace) -> int:
    """Run ``payung laporan triwulan`` or ``payung laporan tahunan``."""
    office, period = context.open_chosen(args), _fitting(args)
    by = _by(office, args)
    if args.selesai:
        report_files.declare_done(office, by, period)
        told = {"periode": str(period), "selesai": True}
        context.print_text_or_json(f"{period.title}: laporan dinyatakan selesai.", told, args)
        return 0
    placed: list[Placed] = []
    if not (args.pdf and report_files.is_edited(office, period)):
        placed += reports.make(office, by, period)
    if args.pdf:
        placed.append(report_files.make_pdf(office, by, period))
    _tell(args, period, placed, report_files.places_waiting(office, period))
    return 0


def _tell(args: argparse.Namespace, period: Period, placed: Sequence[Placed], waiting: int) -> None:
    """Say what was written, and how much of the report waits for a person."""
    lines = [f"{one.path}{'  ' * bool(one.note)}{one.note}" for one in placed]
    if waiting:
        lines.append(f"{waiting} bagian menunggu penilaian: cari {WAITING} di Word, isi, lalu hapus tandanya.")
    told = {
        "periode": str(period),
        "berkas": [{"tempat": str(one.path), "ditulis": one.changed, "catatan": one.note} for one in placed],
        "menunggu_penilaian": waiting,
    }
    context.print_text_or_json("\n".join(lines), told, args)


def _fitting(args: argparse.Namespace) -> Period:
    """Give the period that was typed. Raises PayungError where it is none of this kind."""
    period: Period = args.periode
    if bool(period.quarter) != (args.jenis == "triwulan"):
        wanted = "2026-3" if args.jenis == "triwulan" else "2026"
        raise PayungError(f"Tulis periodenya, misalnya: payung laporan {args.jenis} {wanted}")
    return period


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


def _write(path: Path, content: bytes, found: Figures) -> None:
    """Write figures where the officer wants them, and say what they are."""
    atomic_files.replace(path, content)
    print(f"{figure_text.heading(found)}: {path}. Memuat angka per petugas dan per unit; simpan di dalam kantor.")
