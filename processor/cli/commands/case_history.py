"""``payung isi-lama``: earlier texts of a case file, listed, compared and brought back."""

import argparse

from processor.cli.commands import context
from processor.cli.commands.context import print_text_or_json
from processor.cli.commands.options import add_json, add_number
from processor.foundation.indonesian_dates import waktu
from processor.operations import earlier_texts, edit_session


def isi_lama_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung isi-lama`` takes."""
    add_number(parser)
    add_json(parser)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--banding", type=int, metavar="KE", help="apa yang berbeda antara isi lama itu dan sekarang")
    choice.add_argument(
        "--kembalikan", type=int, nargs="?", const=0, metavar="KE", help="kembalikan; tanpa nomor: yang terakhir"
    )
    parser.add_argument("--tetap", action="store_true", help="juga bila bertentangan dengan yang terjadi sesudah itu")
    parser.add_argument("--bagian", default="", help="kembalikan satu bagian saja, misalnya kajian")


def isi_lama(args: argparse.Namespace) -> int:
    """Run ``payung isi-lama``."""
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor)
    if args.banding is not None:
        lines = earlier_texts.compared(office, number, args.banding)
        print_text_or_json("\n".join(lines) or "Tidak ada yang berbeda.", list(lines), args)
        return 0
    if args.kembalikan is not None:
        edit_session.check_free(office, number)
        by = context.person()
        which = args.kembalikan or None
        serial = earlier_texts.bring_back(office, number, which, args.bagian, by, against_what_happened=args.tetap)
        what = f"Bagian {args.bagian} dari isi lama" if args.bagian else "Isi lama"
        print(f"{number}: {what} ke-{serial} dikembalikan. Yang tadi juga disimpan; lihat payung isi-lama {number}.")
        return 0
    service, found = office.settings.layanan, list(earlier_texts.listed(office, number))
    lines = tuple(
        f"{one.serial:>3}  {waktu(one.seen, service.zone, service.zona_singkat)}  {', '.join(parts)}".rstrip()
        for one, parts in found
    )
    data = [{"ke": one.serial, "waktu": one.seen.isoformat(), "bagian": list(parts)} for one, parts in found]
    print_text_or_json("\n".join(lines) or "Belum ada isi lama yang disimpan.", data, args)
    return 0
