"""``payung kecualikan``: what the leak gate found is nobody's identity, says an officer, and why."""

import argparse

from processor.cli.commands import context
from processor.cli.commands.context import WAIT
from processor.cli.commands.options import add_number
from processor.operations import counter, leak_exceptions


def kecualikan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung kecualikan`` takes."""
    add_number(parser)
    parser.add_argument("--oleh", required=True, metavar="PETUGAS", help="siapa yang memutuskan")
    parser.add_argument("--alasan", required=True, help="mengapa itu bukan identitas; tanpa kata-katanya di dalamnya")
    parser.add_argument(
        "--jenis", action="append", default=[], metavar="JENIS", help="hanya jenis ini, seperti alamat; boleh berulang"
    )


def kecualikan(args: argparse.Namespace) -> int:
    """Run ``payung kecualikan``."""
    office = context.open_chosen(args)
    number, by = office.register.number_meant(args.nomor), counter.officer(office.settings, args.oleh)
    with office.register.lock(WAIT):
        kinds = leak_exceptions.except_found(office, number, by, args.alasan, args.jenis)
    print(f"Dikecualikan untuk {number}: {', '.join(kinds)}. Tercatat di riwayat. Jalankan payung terbitkan.")
    return 0
