"""What officers note of a case beside its steps: ``payung koordinasi``, ``payung jadwal``."""

import argparse
from collections.abc import Callable
from datetime import date, datetime
from typing import get_args

from processor.cases.case_file import CaseFile
from processor.cases.case_parts import KNOWN_OFFICES, MeetingWay
from processor.cli import output
from processor.cli.commands import context
from processor.cli.commands.options import add_number, day
from processor.foundation.errors import BrokenFiles, PayungError
from processor.foundation.yaml_editor import SectionChanges
from processor.operations import case_notes, edit_session, steps


def _add_note(parser: argparse.ArgumentParser) -> None:
    """Add what every note takes."""
    add_number(parser)
    parser.add_argument("--oleh", required=True, metavar="PETUGAS", help="siapa yang mencatat")
    parser.add_argument("--simulasi", action="store_true", help="tunjukkan baris yang akan berubah, tanpa menulis")


def koordinasi_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung koordinasi`` takes."""
    _add_note(parser)
    parser.add_argument("--kepada", default="", help=f"siapa yang diminta, misalnya {', '.join(KNOWN_OFFICES[:3])}")
    parser.add_argument("--perihal", default="", help="apa yang diminta, tanpa nama pemohon")
    parser.add_argument("--batas", type=day, metavar="TANGGAL", help="sampai kapan jawabannya diminta")
    parser.add_argument(
        "--jeda", action="store_true", help="waktu berhenti selama ditunggu, bila payung.yaml membolehkan"
    )
    parser.add_argument("--dijawab", action="store_true", help="jawabannya sudah datang")
    parser.add_argument("--tanggal", type=day, metavar="TANGGAL", help="kapan dikirim atau dijawab; bawaan: hari ini")


def koordinasi(args: argparse.Namespace) -> int:
    """Run ``payung koordinasi``."""
    if args.dijawab:
        return write_note(args, lambda case, today: case_notes.answered(case, args.kepada, args.tanggal or today))
    if not args.kepada or not args.perihal:
        raise PayungError("Sebutkan --kepada siapa dan --perihal apa, atau --dijawab bila jawabannya sudah datang.")
    return write_note(
        args,
        lambda _, today: case_notes.ask(args.kepada, args.perihal, args.tanggal or today, args.batas, pause=args.jeda),
    )


def jadwal_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung jadwal`` takes."""
    _add_note(parser)
    ways = get_args(MeetingWay)
    parser.add_argument("--waktu", type=_moment, metavar="WAKTU", help='hari dan jam, misalnya "2026-12-01 10.00"')
    parser.add_argument("--cara", choices=ways, metavar="CARA", help=", ".join(ways))
    parser.add_argument("--tempat", default="", help="tautan atau tempat; bukan nomor telepon pemohon")
    parser.add_argument("--dengan", default="", metavar="PETUGAS", help="yang ditemui pemohon")
    state = parser.add_mutually_exclusive_group()
    state.add_argument("--selesai", action="store_true", help="sudah berlangsung")
    state.add_argument("--batal", action="store_true", help="tidak jadi")


def jadwal(args: argparse.Namespace) -> int:
    """Run ``payung jadwal``."""
    if args.selesai or args.batal:
        state = "ya" if args.selesai else "batal"
        return write_note(args, lambda case, _: case_notes.end_appointment(case, state, args.waktu))
    if not args.waktu or not args.cara:
        raise PayungError("Sebutkan --waktu dan --cara, atau --selesai atau --batal untuk yang sudah dijadwalkan.")
    return write_note(args, lambda *_: case_notes.appoint(args.waktu, args.cara, args.tempat, args.dengan))


def _moment(text: str) -> datetime:
    """Read a day with its hour, on the office's clock. Raises ArgumentTypeError."""
    found = case_notes.moment_in(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” bukan hari dengan jam. Tulis seperti 2026-12-01 10.00")
    return found


def write_note(args: argparse.Namespace, choose: Callable[[CaseFile, date], SectionChanges]) -> int:
    """Write a note into the case that is named, or say what stops it."""
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor)
    edit_session.check_free(office, number)
    filed = office.register.read(number)
    if filed.case is None:
        raise BrokenFiles(filed.problems)
    if getattr(args, "jeda", False) and not office.settings.layanan.jeda_koordinasi:
        raise PayungError("Waktu tidak boleh berhenti selama koordinasi: layanan.jeda_koordinasi di payung.yaml tidak.")
    changes = choose(filed.case, office.now().date())
    done = steps.apply(office, number, changes, by=context.person(args.oleh), simulate=args.simulasi)
    print(output.step_text(number, done, simulated=args.simulasi))
    return 0
