"""``payung surat``: the letters of a case, and what a person decides about one that was edited."""

import argparse
import sys

from processor.cli import letter_output
from processor.cli.commands import context, email_queue
from processor.cli.commands.context import print_text_or_json
from processor.cli.commands.options import add_json
from processor.foundation.errors import PayungError
from processor.operations import counter, edit_session, letter_decisions, letter_list
from processor.operations.act_journal import Person
from processor.operations.office import Office


def surat_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung surat`` takes."""
    add_json(parser)
    parser.add_argument("nomor", nargs="*", metavar="NO", help="nomor registrasi, atau angka akhirnya")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--ambil", action="store_true", help="kata-kata surat yang disunting masuk ke permohonan, lalu diperiksa lagi"
    )
    choice.add_argument("--pakai", action="store_true", help="berkas yang disunting menjadi surat akhir")
    choice.add_argument("--sisihkan", action="store_true", help="berkas itu disimpan, dan suratnya dibuat lagi")
    parser.add_argument("--oleh", default="", metavar="PETUGAS", help="siapa yang memutuskan")
    parser.add_argument(
        "--simulasi", action="store_true", help="dengan --ambil: tunjukkan baris yang akan berubah, tanpa menulis"
    )


def surat(args: argparse.Namespace) -> int:
    """Run ``payung surat``: show the letters of a case, or decide about one."""
    if not args.nomor or args.nomor[0] in email_queue.ACTIONS:
        return _outbox(args)
    if len(args.nomor) > 1:
        raise PayungError("Sebutkan satu nomor permohonan saja.")
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor[0])
    if args.ambil or args.pakai or args.sisihkan:
        edit_session.check_free(office, number)
        print(_decided(office, number, args, context.person(counter.officer(office.settings, args.oleh))))
        return 0
    found = letter_list.letters(office, number)
    print_text_or_json(letter_output.letters_text(number, found), letter_output.letters_data(found), args)
    return 0


def _outbox(args: argparse.Namespace) -> int:
    """Do what ``payung surat`` did before letters had it, and say how that is called now."""
    if not args.json:
        print("Perintah ini sekarang bernama payung email; payung surat NO menunjukkan surat.", file=sys.stderr)
    args.tindakan, *args.nama = args.nomor or [None]
    return email_queue.email(args)


def _decided(office: Office, number: str, args: argparse.Namespace, by: Person) -> str:
    """Do what was decided, and say what came of it. Raises as ``letter_decisions``."""
    if args.pakai:
        path = letter_decisions.keep(office, number, by)
        return f"{number}: {path.name} dipakai sebagai surat akhir, dan tidak dibuat lagi."
    if args.sisihkan:
        path = letter_decisions.put_aside(office, number, by)
        return f"{number}: disimpan sebagai {path}. Surat dibuat lagi pada putaran berikutnya (payung jalankan)."
    done = letter_decisions.take_in(office, number, by, simulate=args.simulasi)
    return letter_output.taken_text(number, done)
