"""``payung testimoni``: what those who were helped say, with their written consent, for the site."""

import argparse
from typing import Any

from processor.cases.testimonials import FiledTestimonial
from processor.cli import record_tables
from processor.cli.commands import context
from processor.cli.commands.context import MENDS_NEEDED, print_text_or_json
from processor.cli.commands.options import add_json, day
from processor.cli.commands.record_commands import named_person
from processor.operations.figures import publication_lists, testimonial_acts


def testimoni_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung testimoni`` takes."""
    add_json(parser)
    parser.add_argument("nama", nargs="?", default="", metavar="NAMA", help="nama testimoni, seperti dalam daftar")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--tambah", action="store_true", help="catat testimoni baru")
    act.add_argument("--setujui", action="store_true", help="setujui sebagai petugas kedua")
    act.add_argument("--cabut", action="store_true", help="tarik dari situs")
    parser.add_argument("--oleh", default="", metavar="PETUGAS", help="siapa yang mencatat, menyetujui, atau menarik")
    parser.add_argument("--kutipan", default="", help="kata-katanya, tanpa nama, perkara, tempat, atau tanggal")
    parser.add_argument("--sebagai", default="", help="siapa dia secara umum, misalnya Seorang guru")
    parser.add_argument("--persetujuan", type=day, metavar="TANGGAL", help="tanggal persetujuan tertulisnya")
    parser.add_argument("--naskah", default="", help="di mana surat persetujuannya disimpan")


def testimoni(args: argparse.Namespace) -> int:
    """Run ``payung testimoni``."""
    office = context.open_chosen(args)
    if args.tambah:
        by = named_person(office, args, "kutipan", "sebagai", "persetujuan", "naskah")
        name = testimonial_acts.add(office, by, args.kutipan, args.sebagai, args.persetujuan, args.naskah)
        print(f"Dicatat: {name}. Petugas lain menyetujuinya: payung testimoni {name} --setujui --oleh PETUGAS")
    elif args.setujui:
        testimonial_acts.approve(office, named_person(office, args, "nama"), args.nama)
        print(f"{args.nama}: disetujui; tampil di situs mulai penerbitan angka berikutnya.")
    elif args.cabut:
        testimonial_acts.withdraw(office, named_person(office, args, "nama"), args.nama)
        print(f"{args.nama}: ditarik; hilang dari situs pada putaran berikutnya.")
    else:
        found, listed = testimonial_acts.read(office), publication_lists.testimonials(office)
        problems = [str(problem) for one in found for problem in one.problems]
        text = "\n".join([record_tables.lists_text(listed), *problems])
        print_text_or_json(text, [_data(one) for one in found], args)
        return MENDS_NEEDED if problems else 0
    return 0


def _data(one: FiledTestimonial) -> dict[str, Any]:
    words = one.testimonial.model_dump(mode="json") if one.testimonial else {}
    return {
        "nama": one.name,
        "keadaan": publication_lists.standing(one),
        "masalah": [str(problem) for problem in one.problems],
        **words,
    }
