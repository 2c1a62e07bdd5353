"""The steps of the workflow, from verification to the archive: each writes what a person decided into the case."""

import argparse
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import get_args

from processor.cases.case_parts import QUALITIES, Rejection
from processor.cli import output
from processor.cli.commands import context
from processor.cli.commands.options import add_numbers, add_officer, day
from processor.foundation.errors import PayungError
from processor.foundation.settings_agency import Taxonomy
from processor.operations import edit_session, letter_list, letter_signatures, steps


def add_step(parser: argparse.ArgumentParser, *, decides: bool = False) -> None:
    """Add what every step takes; who takes it must be named where the step ``decides`` something."""
    add_numbers(parser)
    add_officer(parser, decides=decides)
    parser.add_argument("--simulasi", action="store_true", help="tunjukkan baris yang akan berubah, tanpa menulis")


def verifikasi_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung verifikasi`` takes."""
    add_step(parser, decides=True)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--teruskan", action="store_true", help="memenuhi syarat")
    choice.add_argument("--lengkapi", action="append", metavar="KEKURANGAN", help="yang masih kurang; boleh berulang")
    choice.add_argument("--tolak", choices=get_args(Rejection), metavar="JENIS", help=", ".join(get_args(Rejection)))
    parser.add_argument("--alasan", default="", help="alasan penolakan, untuk pemohon")
    for name, words in Taxonomy():
        known = f"untuk laporan: {', '.join(words)}; lain bila payung.yaml punya taksonomi sendiri"
        parser.add_argument(f"--{name.removesuffix('_pemohon')}", default="", help=known)


def verifikasi(args: argparse.Namespace) -> int:
    """Run ``payung verifikasi``."""
    decision = "ditolak" if args.tolak else "dilengkapi" if args.lengkapi else "diteruskan"
    more = {"kekurangan": args.lengkapi, "alasan_jenis": args.tolak, "alasan": args.alasan}
    topic = {"ranah": args.ranah, "topik": args.topik, "posisi_pemohon": args.posisi}
    return run_step(args, lambda today: steps.verify(decision, args.oleh, today, **more, **topic))


def tugaskan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung tugaskan`` takes."""
    add_step(parser)
    parser.add_argument("--analis", required=True, metavar="PETUGAS", help="yang menyusun")
    parser.add_argument("--pemeriksa", required=True, metavar="PETUGAS", help="yang memeriksa; bukan penyusun")
    parser.add_argument("--benturan", action="append", default=[], metavar="PETUGAS", help="yang tidak boleh menangani")


def tugaskan(args: argparse.Namespace) -> int:
    """Run ``payung tugaskan``."""
    return run_step(args, lambda _: steps.assign(args.analis, args.pemeriksa, args.benturan))


def setujui_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung setujui`` takes."""
    add_step(parser, decides=True)
    parser.add_argument(
        "--mutu",
        type=_marks,
        metavar="NILAI",
        help=f"nilai 1-4 untuk {', '.join(QUALITIES)}: 4,3,4,4,3".replace("_", " "),
    )


def _marks(text: str) -> dict[str, int]:
    """Read the five marks of a study. Raises ArgumentTypeError."""
    marks = [int(one) if one.strip() in {"1", "2", "3", "4"} else 0 for one in text.split(",")]
    if len(marks) != len(QUALITIES) or not all(marks):
        names = ", ".join(QUALITIES).replace("_", " ")
        raise argparse.ArgumentTypeError(f"“{text}” bukan lima nilai 1-4. Tulis seperti 4,3,4,4,3 ({names})")
    return dict(zip(QUALITIES, marks, strict=True))


def setujui(args: argparse.Namespace) -> int:
    """Run ``payung setujui``."""
    return run_step(args, lambda today: steps.review("disetujui", args.oleh, today, marks=args.mutu))


def kembalikan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung kembalikan`` takes."""
    add_step(parser, decides=True)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--catatan", help="apa yang harus diperbaiki")
    choice.add_argument("--tarik", action="store_true", help="keliru dikembalikan: menunggu diperiksa lagi")


def kembalikan(args: argparse.Namespace) -> int:
    """Run ``payung kembalikan``."""
    if args.tarik:
        return run_step(args, lambda _: steps.take_back_return())
    return run_step(args, lambda today: steps.review("dikembalikan", args.oleh, today, args.catatan))


def sampaikan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung sampaikan`` takes."""
    add_step(parser)
    sent = parser.add_mutually_exclusive_group()
    sent.add_argument("--nomor-surat", metavar="NOMOR", help="nomor dari sekretariat; surat lalu ditandatangani")
    sent.add_argument("--diterima", action="store_true", help="surat sudah diterima pemohon, misalnya di loket")
    parser.add_argument("--tanggal-surat", type=day, metavar="TANGGAL", help="bawaan: hari ini")


def sampaikan(args: argparse.Namespace) -> int:
    """Run ``payung sampaikan``."""
    if args.diterima:
        return run_step(args, steps.confirm_receipt)
    if not args.nomor_surat:
        return _deliver(args)
    if len(args.nomor) > 1:
        raise PayungError(
            "Satu nomor surat untuk satu permohonan. Ulangi untuk tiap permohonan, masing-masing nomornya."
        )
    code = run_step(args, lambda today: steps.record_letter_number(args.nomor_surat, args.tanggal_surat or today))
    if not code:
        print(_what_follows_number(args))
    return code


def _what_follows_number(args: argparse.Namespace) -> str:
    """Say how a letter gets its number: by the next pass, unless a person has to decide about one that lies there."""
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor[0])
    with suppress(PayungError):  # without the key nobody can compare; the next pass says so
        if waiting := [one.name for one in letter_list.letters(office, number) if one.choices]:
            return (
                f"Surat bernomornya belum dapat dibuat: {', '.join(waiting)} disunting atau akan tercetak lain, dan "
                f"belum diputuskan.\nLihat bedanya dan pilihannya: payung surat {number}"
            )
    return (
        "Surat yang bernomor dibuat pada putaran berikutnya, di folder keluar. Tanda tangani, simpan sebagai PDF\n"
        f"dengan nama yang sama, lalu: payung sampaikan {args.nomor[0]}"
    )


def _deliver(args: argparse.Namespace) -> int:
    """Let letters go out, and say how each was signed."""
    code, office = run_step(args, steps.deliver), context.open_chosen(args)
    for number in () if args.simulasi else map(office.register.number_meant, dict.fromkeys(args.nomor)):
        if signed := letter_signatures.of_answer(office.register.read(number).events, office.settings.layanan):
            print(f"  {number}: jawaban {signed}")
    return code


def batalkan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung batalkan`` takes."""
    add_step(parser)
    parser.add_argument("--catatan", required=True, help="bagaimana pemohon menyampaikannya")


def batalkan(args: argparse.Namespace) -> int:
    """Run ``payung batalkan``."""
    return run_step(args, lambda today: steps.withdraw(today, args.catatan))


def arsipkan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung arsipkan`` takes."""
    add_step(parser)


def arsipkan(args: argparse.Namespace) -> int:
    """Run ``payung arsipkan``."""
    return run_step(args, steps.archive)


def run_step(args: argparse.Namespace, choose: Callable[[date], steps.StepChanges]) -> int:
    """Run one step of the workflow in each case that is named: write it, or say what stops it there.

    A case in which the step is refused stops no other; the exit code is that of the last refusal.
    """
    office, code = context.open_chosen(args), 0
    for given in dict.fromkeys(args.nomor):
        number = office.register.number_meant(given)
        try:
            edit_session.check_free(office, number)
            by = context.person(args.oleh)
            done = steps.apply(office, number, choose(office.now().date()), by=by, simulate=args.simulasi)
        except PayungError as error:
            if len(args.nomor) == 1:
                raise
            print(f"{number}: {error}")
            code = error.exit_code
        else:
            print(output.step_text(number, done, simulated=args.simulasi))
    return code
