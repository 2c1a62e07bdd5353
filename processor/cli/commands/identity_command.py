"""``payung identitas``: an applicant's identity, shown for a reason or corrected."""

import argparse
import getpass
from dataclasses import asdict
from pathlib import Path

from processor.cli.commands import context
from processor.cli.commands.context import WAIT
from processor.cli.commands.options import add_number
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.operations import identity


def identitas_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung identitas`` takes."""
    add_number(parser)
    parser.add_argument("--alasan", required=True, help="untuk apa identitas dibuka; tanpa identitas di dalamnya")
    parser.add_argument(
        "--betulkan",
        type=_correction,
        action="append",
        metavar="KOLOM=ISI",
        help='betulkan isian, misalnya nip="19910402 201503 2 911"; boleh berulang; isian lama tetap tersegel',
    )
    parser.add_argument(
        "--lampiran", type=Path, metavar="FOLDER", help="simpan juga lampiran yang dibuka ke folder ini"
    )


def _correction(text: str) -> tuple[str, str]:
    """Read a field of an identity with its new value, written nip=19910402 201503 2 911."""
    field, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError("Tulis KOLOM=ISI, misalnya telepon=081200000099")
    return field.strip().lower(), value


def identitas(args: argparse.Namespace) -> int:
    """Run ``payung identitas``: correct first, then show; the journal says so before anything is shown."""
    office = context.open_chosen(args)
    register, number, who, now = (
        office.register,
        office.register.number_meant(args.nomor),
        getpass.getuser(),
        office.now(),
    )
    if args.lampiran and args.lampiran.exists() and any(args.lampiran.iterdir()):
        raise PayungError(f"Folder {args.lampiran} tidak kosong. Pakai folder lain, atau kosongkan dahulu.")
    with register.lock(WAIT):
        if args.betulkan:
            fields = identity.correct(register, office.form, number, dict(args.betulkan), who, args.alasan, now)
            print(f"Dibetulkan: {', '.join(fields)}; isian lama tersegel." if fields else "Tidak ada yang berubah.")
        dossier = identity.open_identity(register, number, args.alasan, who, now)
    for title, text in [*asdict(dossier.applicant).items(), *dossier.versions[-1]["lain"].items()]:
        print(f"{title:<12} {text}")
    for name, content in identity.open_attachments(office.register, number) if args.lampiran else ():
        args.lampiran.mkdir(parents=True, exist_ok=True, mode=0o700)
        atomic_files.write(args.lampiran / name, content)
        print(f"{'lampiran':<12} {args.lampiran / name}")
    return 0
