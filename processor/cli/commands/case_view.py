"""``payung lihat``: one case with its words, mistakes, deadlines and journal."""

import argparse

from processor.cli import case_output
from processor.cli.commands import context
from processor.cli.commands.context import print_text_or_json
from processor.cli.commands.options import add_json, add_number
from processor.operations import overview


def lihat_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung lihat`` takes."""
    add_number(parser)
    add_json(parser)
    parser.add_argument("--tenggat", action="store_true", help="bagaimana tiap tenggat dihitung")


def lihat(args: argparse.Namespace) -> int:
    """Run ``payung lihat``."""
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor)
    if args.tenggat:
        filed = office.register.read(number)
        print(
            case_output.deadline_traces(
                office, overview.deadlines_of(office, filed, overview.derive_for(office, filed))
            )
        )
        return 0
    data = case_output.case_data(office, number)
    print_text_or_json(case_output.case_text(data, office.settings.layanan.zone), data, args)
    return 0
