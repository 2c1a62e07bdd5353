"""``payung email``: the outbox, and what a person decides about a message."""

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime

from processor.cli import output
from processor.cli.commands import context
from processor.cli.commands.context import print_text_or_json
from processor.cli.commands.options import add_json
from processor.foundation.errors import PayungError
from processor.mail import outbox
from processor.mail.message import OutboxEntry
from processor.mail.outbox import Outbox


def email_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung email`` takes."""
    add_json(parser)
    parser.add_argument("tindakan", nargs="?", choices=ACTIONS, help="tanpa ini: tampilkan semuanya")
    parser.add_argument("nama", nargs="*", metavar="NAMA", help="nama email dari payung email")


def email(args: argparse.Namespace) -> int:
    """Run ``payung email``."""
    office = context.open_chosen(args)
    change = _OUTBOX.get(args.tindakan)
    if change and not args.nama:
        raise PayungError("Sebutkan nama emailnya. Lihat dengan payung email.")
    if change:
        for name in args.nama:
            print(f"{name}: {change(office.outbox, name, office.now()).state.replace('_', ' ')}")
    else:
        entries = office.outbox.entries()
        print_text_or_json(output.outbox_text(entries, office.settings.layanan.zone), output.outbox_data(entries), args)
    return 0


_OUTBOX: Mapping[str, Callable[[Outbox, str, datetime], OutboxEntry]] = {
    "ulang": outbox.send_again,
    "tahan": outbox.hold,
    "lepas": outbox.release,
    "batal": outbox.cancel,
}
ACTIONS = tuple(_OUTBOX)
