"""``payung daftar``. It is called all day, so its imports are few: see tests/cli/test_start.py."""

import argparse

from processor.cli import case_table
from processor.cli.commands import case_choice, context
from processor.cli.commands.context import print_text_or_json
from processor.cli.commands.options import add_json
from processor.operations import overview, row_order


def daftar_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung daftar`` takes."""
    add_json(parser)
    parser.add_argument("--semua", action="store_true", help="juga yang sudah di arsip")
    case_choice.add_choice(parser)


def daftar(args: argparse.Namespace) -> int:
    """Run ``payung daftar``."""
    office = context.open_chosen(args)
    rows = list(overview.rows(office))
    open_rows = [row for row in rows if args.semua or row.status != "diarsipkan"]
    shown = row_order.by_urgency(case_choice.chosen(office, args, open_rows))
    if args.xlsx:
        case_choice.write_workbook(args.xlsx, "Permohonan", shown)
        return 0
    text = case_table.case_table(office, shown, hidden=len(rows) - len(open_rows))
    if open_rows and not shown:
        text = "Tidak ada permohonan yang cocok dengan semua saringan itu."
    print_text_or_json(text, [case_table.row_data(office, row) for row in shown], args)
    return 0
