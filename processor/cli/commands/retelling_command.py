"""``payung publikasikan``: an answered question, retold so that nobody is known by it, for the site's Tanya jawab."""

import argparse
import sys
from collections.abc import Sequence

from processor.cases.retelling_marks import Mark
from processor.cli import output
from processor.cli.commands import context
from processor.cli.commands.context import MENDS_NEEDED
from processor.cli.commands.dialogue import ask_yes
from processor.cli.commands.options import add_number
from processor.foundation import settings
from processor.foundation.errors import PayungError
from processor.operations import counter, edit_session
from processor.operations.act_journal import Person
from processor.operations.office import Office
from processor.operations.retelling import retelling_acts, retelling_drafts


def publikasikan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung publikasikan`` takes."""
    add_number(parser)
    parser.add_argument(
        "--oleh", required=True, metavar="PETUGAS", help="siapa yang menulis, menyetujui, atau mencabut"
    )
    parser.add_argument("--topik", default="", help="topik di situs (bawaan: topik permohonannya)")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--setujui", action="store_true", help="setujui yang ditulis petugas lain")
    act.add_argument("--cabut", action="store_true", help="cabut dari situs")
    parser.add_argument("--tetap", action="store_true", help="dengan --setujui: tanda-tandanya sudah dilihat")


def publikasikan(args: argparse.Namespace) -> int:
    """Run ``payung publikasikan``: write from standard input or the editor, approve, or withdraw."""
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor)
    by = context.person(counter.officer(office.settings, args.oleh))
    edit_session.check_free(office, number)
    if args.cabut:
        done = retelling_acts.withdraw(office, number, by)
        print(output.step_text(number, done))
        print("Tidak ada lagi di situs sejak penerbitan berikutnya.")
        return 0
    return _approve(office, number, by, despite=args.tetap) if args.setujui else _write(office, number, by, args.topik)


def _approve(office: Office, number: str, by: Person, *, despite: bool) -> int:
    """Approve, unless there are marks that nobody has looked at."""
    done, found = retelling_acts.approve(office, number, by, despite=despite)
    _print_marks(found)
    if done is None:
        print("Belum disetujui. Bila tidak ada yang dapat dikenali dari tanda-tanda itu, ulangi dengan --tetap.")
        return MENDS_NEEDED
    print(output.step_text(number, done))
    print("Diterbitkan bersama penerbitan pertama bulan depan.")
    return 0


def _write(office: Office, number: str, by: Person, topic: str) -> int:
    """Take the words from a pipe, or from the editor until they can be written or the writer leaves."""
    if not sys.stdin.isatty():
        return _written(office, number, by, topic, sys.stdin.read())
    with retelling_drafts.draft(office, number) as at:
        if at.resumed:
            print(f"Melanjutkan tulisan yang belum selesai: {at.copy}")
        while True:
            edit_session.open_editor(at, settings.editor())
            try:
                code = _written(office, number, by, topic, at.copy.read_text("utf-8", "replace"))
            except PayungError as error:
                print(error)
            else:
                retelling_drafts.finish(at)
                return code
            if not ask_yes("Buka lagi untuk membetulkannya?"):
                print(f"Belum dicatat. Tulisan Anda ada di {at.copy}; lanjutkan dengan perintah yang sama.")
                return MENDS_NEEDED


def _written(office: Office, number: str, by: Person, topic: str, text: str) -> int:
    """Write what was typed, and say what the writer is to look at again."""
    done, found = retelling_acts.write(office, number, topic, retelling_acts.read(text), by)
    print(output.step_text(number, done))
    _print_marks(found)
    print(
        f"Petugas lain membacanya (payung lihat {number}), lalu: payung publikasikan {number} --setujui --oleh PETUGAS"
    )
    return 0


def _print_marks(found: Sequence[Mark]) -> None:
    """Show what is to be looked at again, to whoever runs the command and nobody else."""
    if found:
        print(f"{len(found)} hal untuk dilihat lagi: mungkin dari sini pemohonnya dikenali.")
    for one in found:
        print(f"- {one.part}, baris {one.line}: “{one.words}”: {one.reason}.")
