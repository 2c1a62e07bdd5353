"""``payung kecualikan``: an officer says why what the leak gate found is nobody's identity, or is one after all."""

import argparse

from processor.cli.commands import context
from processor.cli.commands.context import WAIT
from processor.cli.commands.options import add_number
from processor.operations import counter, leak_exceptions, site_publication
from processor.operations.office import Office


def kecualikan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung kecualikan`` takes."""
    add_number(parser)
    parser.add_argument("--oleh", required=True, metavar="PETUGAS", help="siapa yang memutuskan")
    parser.add_argument("--alasan", required=True, help="mengapa demikian; tanpa kata-katanya di dalamnya")
    parser.add_argument(
        "--jenis", action="append", default=[], metavar="JENIS", help="hanya jenis ini, seperti alamat; boleh berulang"
    )
    parser.add_argument("--cabut", action="store_true", help="cabut pengecualian yang sudah ada; dicari lagi sejak itu")


def kecualikan(args: argparse.Namespace) -> int:
    """Run ``payung kecualikan``."""
    office = context.open_chosen(args)
    number, by = office.register.number_meant(args.nomor), counter.officer(office.settings, args.oleh)
    if args.cabut:
        return _withdraw(office, number, by, args)
    with office.register.lock(WAIT):
        kinds = leak_exceptions.except_found(office, number, by, args.alasan, args.jenis)
    print(f"Dikecualikan untuk {number}: {', '.join(kinds)}. Tercatat di riwayat. Jalankan payung terbitkan.")
    return 0


def _withdraw(office: Office, number: str, by: str, args: argparse.Namespace) -> int:
    """Take an exception back; no pass looks at the site meanwhile."""
    with office.register.pass_lock(WAIT), office.register.lock(WAIT):
        site_publication.look_again(office)
        kinds = leak_exceptions.withdraw(office, number, by, args.alasan, args.jenis)
    print(f"Pengecualian dicabut untuk {number}: {', '.join(kinds)}. Tercatat di riwayat. Jalankan payung terbitkan.")
    return 0
