"""``payung email``: the outbox, and what a person decides about a message."""

import argparse

from processor.cli import output
from processor.cli.commands import context
from processor.cli.commands.context import print_text_or_json
from processor.cli.commands.options import add_json
from processor.foundation.errors import PayungError
from processor.operations import outbox_decisions


def email_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung email`` takes."""
    add_json(parser)
    parser.add_argument("tindakan", nargs="?", choices=ACTIONS, help="tanpa ini: tampilkan semuanya")
    parser.add_argument("nama", nargs="*", metavar="NAMA", help="nama email dari payung email")


def email(args: argparse.Namespace) -> int:
    """Run ``payung email``."""
    office = context.open_chosen(args)
    if args.tindakan and not args.nama:
        raise PayungError("Sebutkan nama emailnya. Lihat dengan payung email.")
    if args.tindakan:
        for name in args.nama:
            entry = outbox_decisions.decide(office, name, args.tindakan, context.person(""))
            print(f"{name}: {entry.state.replace('_', ' ')}")
    else:
        entries = office.outbox.entries()
        print_text_or_json(output.outbox_text(entries, office.settings.layanan.zone), output.outbox_data(entries), args)
    return 0


ACTIONS = outbox_decisions.DECISIONS
