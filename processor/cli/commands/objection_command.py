"""``payung keberatan``: an applicant's objection to a rejection, recorded and decided."""

import argparse
from datetime import date
from typing import get_args

from processor.cases.case_parts import Ruling
from processor.cli import output
from processor.cli.commands import context
from processor.cli.commands.dialogue import read_words
from processor.cli.commands.options import add_number, day
from processor.foundation.errors import PayungError
from processor.operations import edit_session, objection_steps, steps
from processor.operations.office import Office


def keberatan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung keberatan`` takes."""
    add_number(parser)
    parser.add_argument("--oleh", required=True, metavar="PETUGAS", help="siapa yang mencatat, atau yang memutus")
    parser.add_argument("--tanggal", type=day, metavar="TANGGAL", help="kapan keberatan diterima (bawaan: hari ini)")
    parser.add_argument("--putusan", choices=get_args(Ruling), help="putusan kepala bagian; bukan yang menolak")
    parser.add_argument("--pertimbangan", default="", help="pertimbangan putusan, untuk pemohon")
    parser.add_argument("--simulasi", action="store_true", help="tunjukkan baris yang akan berubah, tanpa menulis")


def keberatan(args: argparse.Namespace) -> int:
    """Run ``payung keberatan``: record the applicant's reason, or with ``--putusan`` decide."""
    office = context.open_chosen(args)
    number, today = office.register.number_meant(args.nomor), office.now().date()
    edit_session.check_free(office, number)
    if args.putusan and not args.pertimbangan.strip():
        raise PayungError('Tulis pertimbangannya untuk pemohon: --pertimbangan "..."')
    changes = (
        objection_steps.decide(args.putusan, args.oleh, today, args.pertimbangan)
        if args.putusan
        else _recorded(office, number, args.tanggal or today)
    )
    done = steps.apply(office, number, changes, by=context.person(args.oleh), simulate=args.simulasi)
    print(output.step_text(number, done, simulated=args.simulasi))
    return 0


def _recorded(office: Office, number: str, received: date) -> steps.StepChanges:
    """Ask for the reason and give what the step writes. Raises PayungError where the case takes no objection."""
    if received > office.now().date():
        raise PayungError(f"Tanggal {received} belum tiba. Tulis hari keberatan itu diterima.")
    steps.apply(office, number, objection_steps.record(received, "-"), simulate=True)  # before anybody types in vain
    return objection_steps.record(received, read_words("Alasan keberatan, dengan kata-kata pemohon."))
