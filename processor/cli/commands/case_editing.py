"""``payung sunting``: a case's file in the officer's editor, checked before it is kept."""

import argparse

from processor.cli.commands import context
from processor.cli.commands.context import MENDS_NEEDED
from processor.cli.commands.dialogue import ask_yes
from processor.cli.commands.options import add_number
from processor.foundation import settings
from processor.operations import edit_session


def sunting_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung sunting`` takes."""
    add_number(parser)
    parser.add_argument(
        "--ambil-alih", action="store_true", help="menyunting walaupun kajiannya sedang ditulis seseorang di meja"
    )


def sunting(args: argparse.Namespace) -> int:
    """Run ``payung sunting``: open the case's file again after a mistake, and never lose words."""
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor)
    with edit_session.session(office, number, context.person(), take_over=args.ambil_alih) as at:
        if at.resumed:
            print(f"Melanjutkan suntingan yang belum selesai: {at.copy}")
        if at.path.read_bytes() != at.before:
            print(f"Sementara itu {at.path} berubah. Bandingkan keduanya, dan pindahkan yang perlu.")
        while True:
            edit_session.open_editor(at, settings.editor())
            wrong, pending = edit_session.copy_mistakes(at)
            if not wrong:
                break
            print("\n".join(f"- {problem}" for problem in wrong))
            if not ask_yes("Buka lagi untuk membetulkannya?"):
                print(f"Belum disimpan. Tulisan Anda ada di {at.copy}; lanjutkan dengan perintah yang sama.")
                return MENDS_NEEDED
        changed = edit_session.save_copy(at, context.person())
    print(f"{number}: {'disimpan' if changed else 'tidak ada yang berubah'}.")
    print("\n".join(f"- Belum dihitung: {problem}" for problem in pending), end="\n" * bool(pending))
    return 0
