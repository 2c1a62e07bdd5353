"""``payung hambatan``: what hindered a request goes into its file, what hindered the office into ``hambatan.yaml``."""

import argparse
from typing import get_args

from processor.cases.case_parts import ObstacleKind
from processor.cli.commands import context, workbook_file
from processor.cli.commands.case_notes_commands import write_note
from processor.cli.commands.options import add_json, day
from processor.cli.commands.record_commands import named_person, show_records
from processor.foundation.errors import PayungError
from processor.operations import case_notes, office_records, record_acts, record_lists
from processor.operations.office import Office


def hambatan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung hambatan`` takes."""
    add_json(parser)
    workbook_file.add_xlsx(parser)
    parser.add_argument(
        "nomor", nargs="?", metavar="NO", help="nomor permohonan yang terhambat; tanpa ini: hambatan seluruh kantor"
    )
    parser.add_argument("--oleh", default="", metavar="PETUGAS", help="siapa yang mencatat; wajib bila mencatat")
    kinds = get_args(ObstacleKind)
    parser.add_argument("--jenis", choices=kinds, metavar="JENIS", help=", ".join(kinds))
    parser.add_argument("--uraian", default="", help="apa yang menghambat, tanpa nama orang")
    parser.add_argument("--tanggal", type=day, metavar="TANGGAL", help="bawaan: hari ini")
    parser.add_argument("--tindakan", default="", help="kantor: apa yang dilakukan terhadapnya")
    parser.add_argument("--teratasi", type=int, metavar="BUTIR", help="kantor: butir ini sudah teratasi")
    parser.add_argument(
        "--simulasi", action="store_true", help="satu permohonan: tunjukkan baris yang akan berubah, tanpa menulis"
    )


def hambatan(args: argparse.Namespace) -> int:
    """Run ``payung hambatan``."""
    if args.nomor:
        return _hinders_case(args)
    if args.simulasi:
        raise PayungError("--simulasi hanya untuk satu permohonan. Sebutkan nomornya.")
    office = context.open_chosen(args)
    if args.teratasi is not None:
        return _solved(office, args)
    if args.jenis or args.uraian:
        return _hinders_office(office, args)
    found = office_records.read(office).obstacles
    return show_records(found, args, record_lists.obstacles(found))


def _hinders_case(args: argparse.Namespace) -> int:
    """Write an obstacle into a case."""
    if args.teratasi is not None or args.tindakan:
        raise PayungError("--teratasi dan --tindakan hanya untuk hambatan kantor, tanpa nomor permohonan.")
    if not (args.oleh and args.jenis and args.uraian):
        raise PayungError("Sebutkan --oleh, --jenis, dan --uraian. Belum ada yang dicatat.")
    return write_note(args, lambda _, today: case_notes.obstacle(args.jenis, args.uraian, args.tanggal or today))


def _hinders_office(office: Office, args: argparse.Namespace) -> int:
    """Add an obstacle to the office's own list."""
    by = named_person(office, args, "jenis", "uraian")
    since = args.tanggal or office.now().date()
    record_acts.add_obstacle(office, by, since, args.jenis, args.uraian, args.tindakan)
    print(f"Dicatat sebagai hambatan kantor, {since}.")
    return 0


def _solved(office: Office, args: argparse.Namespace) -> int:
    """Write that an obstacle of the office is no more."""
    by, done = named_person(office, args), args.tanggal or office.now().date()
    record_acts.solve_obstacle(office, by, args.teratasi - 1, done, args.tindakan)
    print(f"Butir {args.teratasi}: teratasi {done}.")
    return 0
