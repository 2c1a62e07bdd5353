"""``payung identitas``: an applicant's identity, shown for a reason or corrected."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from processor.cases.records import SEALED_ANSWERS
from processor.cli.commands import context
from processor.cli.commands.context import WAIT
from processor.cli.commands.dialogue import ask_line
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
        type=_field,
        action="append",
        default=[],
        metavar="KOLOM",
        help="betulkan nip, email, atau kolom lain; isinya ditanyakan, atau dibaca dari masukan baku sebaris demi "
        "sebaris; boleh berulang; isian lama tetap tersegel",
    )
    parser.add_argument(
        "--lampiran", type=Path, metavar="FOLDER", help="simpan juga lampiran yang dibuka ke folder ini"
    )


def _field(text: str) -> str:
    """Read which field of an identity is to be corrected. Raises ArgumentTypeError, which repeats nothing of it."""
    field, sign, _ = text.partition("=")
    if sign:
        raise argparse.ArgumentTypeError(
            "Jangan tulis isinya di perintah: di sana ia terbaca pengguna lain komputer ini dan tinggal di riwayat "
            "terminal. Tulis kolomnya saja, misalnya --betulkan nip; isinya lalu ditanyakan. Hapus juga perintah tadi "
            "dari riwayat terminal"
        )
    if field.lower() not in SEALED_ANSWERS:
        raise argparse.ArgumentTypeError(f"Yang dapat dibetulkan: {', '.join(SEALED_ANSWERS)}")
    return field.lower()


def _corrections(fields: Sequence[str]) -> dict[str, str]:
    """Ask for the right value of each field. Raises PayungError where one does not come."""
    try:
        return {field: ask_line(f"{field.replace('_', ' ').capitalize()} yang benar: ") for field in fields}
    except EOFError:
        raise PayungError(
            f"Isi untuk {', '.join(fields)} belum lengkap, jadi tidak ada yang dibetulkan. Ketik satu baris untuk tiap "
            "kolom, menurut urutan --betulkan."
        ) from None


def identitas(args: argparse.Namespace) -> int:
    """Run ``payung identitas``: correct first, then show; the journal says so before anything is shown."""
    office = context.open_chosen(args)
    register, number, who, now = (
        office.register,
        office.register.number_meant(args.nomor),
        context.person().account or "petugas",
        office.now(),
    )
    if args.lampiran and args.lampiran.exists() and any(args.lampiran.iterdir()):
        raise PayungError(f"Folder {args.lampiran} tidak kosong. Pakai folder lain, atau kosongkan dahulu.")
    register.path(number)  # nothing is asked for a case that is not there
    right = _corrections(args.betulkan)
    with register.lock(WAIT):
        if right:
            fields = identity.correct(register, office.form, number, right, who, args.alasan, now)
            print(f"Dibetulkan: {', '.join(fields)}; isian lama tersegel." if fields else "Tidak ada yang berubah.")
        dossier = identity.open_identity(register, number, args.alasan, who, now)
    for title, text in [*asdict(dossier.applicant).items(), *dossier.versions[-1]["lain"].items()]:
        print(f"{title:<12} {text}")
    for name, content in identity.open_attachments(office.register, number) if args.lampiran else ():
        args.lampiran.mkdir(parents=True, exist_ok=True, mode=0o700)
        atomic_files.write(args.lampiran / name, content)
        print(f"{'lampiran':<12} {args.lampiran / name}")
    return 0
