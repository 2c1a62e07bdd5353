"""``payung kinerja``: what of the figures is published, what comes next, and what a person decides about that."""

import argparse

from processor.cli import publication_text
from processor.cli.commands import context
from processor.cli.commands.context import MENDS_NEEDED, print_text_or_json
from processor.cli.commands.options import add_json
from processor.cli.commands.record_commands import named_person
from processor.operations.figures import figure_release, publication_preview
from processor.operations.office import Office


def kinerja_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung kinerja`` takes."""
    add_json(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--simulasi",
        action="store_true",
        help="tunjukkan yang akan terbit menurut register sekarang, dan apa yang disembunyikan",
    )
    what.add_argument(
        "--koreksi", metavar="PERIODE", help="hitung ulang periode yang sudah terbit, bersama penerbitan berikutnya"
    )
    what.add_argument(
        "--terima", action="store_true", help="terima terbitan yang hanya dikenal register atau ingatan komputer"
    )
    parser.add_argument("--oleh", default="", metavar="PETUGAS", help="siapa yang memutuskan")
    parser.add_argument("--alasan", default="", help="mengapa")


def kinerja(args: argparse.Namespace) -> int:
    """Run ``payung kinerja``."""
    office = context.open_chosen(args)
    if args.koreksi:
        period = figure_release.ask_again(office, named_person(office, args, "alasan"), args.koreksi, args.alasan)
        print(f"Dicatat: angka {period.title} dihitung ulang pada penerbitan berikutnya.")
    elif args.terima:
        released = figure_release.settle(office, named_person(office, args, "alasan"), args.alasan)
        print("\n".join(publication_text.settled_lines(released)))
    elif args.simulasi:
        return _preview(office, args)
    else:
        state = figure_release.state_of(office)
        text = "\n".join(publication_text.state_lines(state))
        print_text_or_json(text, publication_text.state_data(state), args)
        return MENDS_NEEDED if state.held else 0
    return 0


def _preview(office: Office, args: argparse.Namespace) -> int:
    """Show what the next publication would hold. Raises PayungError where the office publishes nothing."""
    prepared = publication_preview.prepare(office)
    text = "\n".join(publication_text.preview_lines(prepared))
    print_text_or_json(text, publication_text.preview_data(prepared), args)
    return 0
