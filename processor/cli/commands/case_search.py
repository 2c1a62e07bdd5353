"""``payung cari``: what was asked and answered before, as the desk searches it."""

import argparse
import sqlite3

from processor.cli import case_table, search_text
from processor.cli.commands import case_choice, context
from processor.cli.commands.context import print_text_or_json
from processor.cli.commands.options import add_json
from processor.desk import search
from processor.foundation.errors import PayungError
from processor.operations.overview import KnownRows


def cari_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung cari`` takes."""
    parser.add_argument("kata", nargs="+", help="kata yang dicari; imbuhan tidak berpengaruh")
    add_json(parser)
    case_choice.add_choice(parser)


def cari(args: argparse.Namespace) -> int:
    """Run ``payung cari``: the cases that hold every word, archived ones too, the likeliest answer first."""
    office = context.open_chosen(args)
    query = " ".join(args.kata)
    try:
        numbers = search.numbers(office.register, query)
    except sqlite3.Error:
        path = office.register.state_folder / search.FILE_NAME
        raise PayungError(f"Indeks pencarian tidak dapat dibuka. Hapus {path}, lalu ulangi.") from None
    known = KnownRows.load(office, numbers)
    shown = case_choice.chosen(office, args, [known.current_row(office, number) for number in numbers])
    if args.xlsx:
        case_choice.write_workbook(args.xlsx, "Hasil pencarian", shown)
        return 0
    data = [case_table.row_data(office, row) for row in shown]
    found = search.passages(office.register, query, [row.number for row in shown])
    print_text_or_json(search_text.search_text(shown, found), data, args)
    return 0
