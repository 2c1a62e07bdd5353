"""``payung pesan``: what applicants sent with their code, dealt with, and what the office writes to them."""

import argparse

from processor.cases import applicant_messages
from processor.cli import output
from processor.cli.commands import context
from processor.cli.commands.dialogue import read_words
from processor.cli.commands.options import add_number
from processor.foundation.errors import PayungError
from processor.operations import case_notes, edit_session, message_acts, steps
from processor.operations.office import Office


def pesan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung pesan`` takes."""
    add_number(parser)
    parser.add_argument("--oleh", default="", metavar="PETUGAS", help="siapa yang menulis atau menangani")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--tulis", action="store_true", help="tulis pesan yang dibaca pemohon dengan kodenya")
    act.add_argument("--tangani", metavar="BERKAS", help="pesan ini sudah ditangani, misalnya perubahan-1.yaml")
    act.add_argument("--ganti-kontak", metavar="BERKAS", help="kontak diganti seperti yang diminta; sudah dipastikan")
    act.add_argument("--jangan-ganti", metavar="BERKAS", help="kontak tidak diganti")


def pesan(args: argparse.Namespace) -> int:
    """Run ``payung pesan``: list what waits, write to the applicant, or deal with one message."""
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor)
    if args.tulis or args.tangani or args.ganti_kontak or args.jangan_ganti:
        if not args.oleh:
            raise PayungError("Sebutkan --oleh siapa.")
        return _write(args, office, number) if args.tulis else _deal(args, office, number)
    found = message_acts.waiting(office.register.read(number))
    for one in found:
        late = "" if applicant_messages.counts(one) else ", datang sesudah keadaannya berubah"
        print(f"{one.data['berkas']}: {one.data[applicant_messages.KIND]}{late}, {one.time:%Y-%m-%d %H.%M}")
    if not found:
        print(f"Tidak ada pesan yang menunggu pada {number}.")
    return 0


def _write(args: argparse.Namespace, office: Office, number: str) -> int:
    """Ask for the words and write them into the case file."""
    edit_session.check_free(office, number)
    words = read_words(f"Pesan kepada pemohon {number}, tanpa identitas siapa pun.")
    changes = case_notes.write_to_applicant(words, args.oleh, office.now().date())
    done = steps.apply(office, number, changes, by=context.person(args.oleh))
    print(output.step_text(number, done, simulated=False))
    return 0


def _deal(args: argparse.Namespace, office: Office, number: str) -> int:
    """Deal with one message."""
    person = context.person(args.oleh)
    if args.tangani:
        message_acts.mark_read(office, number, args.tangani, person)
        print(f"{number}: {args.tangani} sudah ditangani.")
        return 0
    apply = bool(args.ganti_kontak)
    message_acts.decide_data(office, number, args.ganti_kontak or args.jangan_ganti, person, apply=apply)
    print(f"{number}: kontak pemohon {'diganti' if apply else 'tidak diganti'}.")
    return 0
