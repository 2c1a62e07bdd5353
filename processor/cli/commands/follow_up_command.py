"""``payung lanjutan``: a follow-up question of an applicant whose request was answered."""

import argparse
from typing import get_args

from processor.cases.case_file import HelpKind
from processor.cli.commands import context
from processor.cli.commands.dialogue import read_words
from processor.cli.commands.options import add_number
from processor.operations import counter, counter_filing, follow_ups
from processor.operations.follow_up_request import FollowUp


def lanjutan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung lanjutan`` takes."""
    add_number(parser)
    whose = "siapa yang menerima (bawaan: satu-satunya pengelola layanan)"
    parser.add_argument("--oleh", default="", metavar="PETUGAS", help=whose)
    kinds = ", ".join(get_args(HelpKind))
    parser.add_argument("--bentuk", choices=get_args(HelpKind), metavar="BENTUK", help=f"bawaan: yang dahulu; {kinds}")
    parser.add_argument("--kode-sama", action="store_true", help="kode permohonan yang dahulu membuka yang baru juga")
    parser.add_argument("--setuju", action="store_true", help="pemohon menyetujui syarat dan ketentuan yang sekarang")


def lanjutan(args: argparse.Namespace) -> int:
    """Run ``payung lanjutan``: read the question, file it, and say where its receipt lies."""
    office = context.open_chosen(args)
    number, by = office.register.number_meant(args.nomor), counter.officer(office.settings, args.oleh)
    follow_ups.check(office, number)
    words = read_words(f"Pertanyaan lanjutan atas {number}, dengan kata-kata pemohon.")
    question = FollowUp(words, args.bentuk, same_code=args.kode_sama, agreed=args.setuju)
    new = follow_ups.receive(office, number, by, question)
    print(f"{new} didaftarkan, lanjutan dari {number}.")
    print(counter_filing.receipt_of(office, new))
    return 0
