"""``payung terima``: a request that is told at the counter or stands on paper, and referrals."""

import argparse

from processor.cli.commands import context
from processor.cli.commands.dialogue import ask_line
from processor.cli.commands.options import day
from processor.operations import counter, counter_answers, steps
from processor.operations.referrals import PLACES


def terima_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung terima`` takes."""
    parser.add_argument(
        "--oleh", default="", metavar="PETUGAS", help="siapa yang menerima (bawaan: satu-satunya pengelola layanan)"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--kertas", type=day, metavar="TANGGAL", help="kapan formulir kertas diterima")
    which.add_argument("--rujuk", choices=tuple(PLACES), metavar="JENIS", help=", ".join(PLACES))
    parser.add_argument(
        "--kanal",
        choices=counter_answers.CHANNELS,
        metavar="KANAL",
        help=f"bila pemohon tidak datang sendiri: {', '.join(counter_answers.CHANNELS)}",
    )
    parser.add_argument("--ke", default="", metavar="TEMPAT", help="tempat rujukan, tanpa identitas")


def terima(args: argparse.Namespace) -> int:
    """Run ``payung terima``: seal every answer as soon as it is typed."""
    office = context.open_chosen(args)
    by = counter.officer(office.settings, args.oleh)
    try:
        if args.rujuk:
            counter.refer(office, by, args.rujuk, args.ke, ask_line, print)
        else:
            number = counter.receive(office, by, ask_line, print, args.kertas)
            if args.kanal:
                steps.apply(office, number, {("kanal",): args.kanal}, by=context.person(by))
    except EOFError:
        raise KeyboardInterrupt from None  # whoever closes the input has left, as with Ctrl+C
    return 0
