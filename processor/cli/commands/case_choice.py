"""What ``payung daftar`` and ``payung cari`` share: which cases to show, and a list of them as a workbook."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import get_args

from processor.cases.case_labels import UNDECIDED
from processor.cases.case_parts import Channel, ObstacleKind, Ruling
from processor.cli.commands import workbook_file
from processor.cli.commands.context import WAIT
from processor.cli.commands.options import day
from processor.foundation.errors import PayungError
from processor.foundation.word_choice import proposal
from processor.operations import case_filters, list_cells
from processor.operations.case_filters import YES
from processor.operations.case_row import CaseRow
from processor.operations.office import Office

_ANY = "ada"


def add_choice(parser: argparse.ArgumentParser) -> None:
    """Add what narrows a list of cases, and what writes it as a workbook."""
    parser.add_argument("--topik", default="", help="hanya topik ini")
    parser.add_argument(
        "--kanal", default="", choices=get_args(Channel), metavar="KANAL", help="hanya yang datang lewat ini"
    )
    parser.add_argument(
        "--hambatan",
        default="",
        choices=get_args(ObstacleKind),
        metavar="JENIS",
        help="hanya yang terhambat oleh jenis ini",
    )
    parser.add_argument(
        "--mendesak", nargs="?", const=date.max, type=day, metavar="TANGGAL",
        help="hanya yang menyebut tanggal dekat; dengan tanggal: sampai hari itu",
    )  # fmt: skip
    rulings = (_ANY, UNDECIDED, *get_args(Ruling))
    parser.add_argument(
        "--keberatan", nargs="?", const=_ANY, default="", choices=rulings, metavar="PUTUSAN",
        help=f"hanya yang ditentang dengan keberatan; boleh dengan {', '.join(rulings[1:])}",
    )  # fmt: skip
    parser.add_argument("--lanjutan", action="store_true", help="hanya pertanyaan lanjutan")
    parser.add_argument(
        "--unit", default="", metavar="KODE", help="hanya pemohon dari unit ini; perlu --oleh dan --alasan"
    )
    parser.add_argument("--oleh", default="", metavar="PETUGAS", help="siapa yang membuka unit pemohon")
    parser.add_argument("--alasan", default="", help="untuk apa unit dibuka; tercatat, tanpa nama orang dan unit")
    workbook_file.add_xlsx(parser)


def chosen(office: Office, args: argparse.Namespace, rows: Sequence[CaseRow]) -> Sequence[CaseRow]:
    """Give the rows that were asked for; where a unit was named, it is opened and that is journalled.

    Raises PayungError.
    """
    _check_topic(office, args.topik, rows)
    words = {
        "topik": args.topik,
        "kanal": args.kanal,
        "hambatan": args.hambatan,
        "keberatan": "" if args.keberatan == _ANY else args.keberatan,
        "lanjutan": YES if args.lanjutan else "",
    }
    found = [
        row
        for row in rows
        if case_filters.holds(row, words)
        and case_filters.near_until(row, args.mendesak)
        and (row.objection or not args.keberatan)
    ]
    return _of_unit(office, args, found) if args.unit else found


def _check_topic(office: Office, topic: str, rows: Sequence[CaseRow]) -> None:
    """Raise PayungError for a topic that the office does not have, and of which there is no case."""
    known = list(dict.fromkeys((*office.settings.taksonomi.topik, *(row.topic for row in rows if row.topic))))
    if topic and topic not in known:
        raise PayungError(f"Tidak ada topik “{topic}”. {proposal(topic, known)}".rstrip())


def _of_unit(office: Office, args: argparse.Namespace, rows: Sequence[CaseRow]) -> Sequence[CaseRow]:
    """Give the rows of one unit. Raises PayungError."""
    from processor.operations import counter, unit_search  # noqa: PLC0415 -- only this opens what is sealed

    if args.xlsx:
        raise PayungError("Permohonan satu unit tidak ditulis ke buku kerja: unit pemohon tersegel. Hapus --xlsx.")
    if not args.oleh:
        raise PayungError("Unit pemohon tersegel. Sebutkan --oleh PETUGAS dan --alasan; keduanya tercatat.")
    with office.register.lock(WAIT):
        by = counter.officer(office.settings, args.oleh)
        numbers = unit_search.of_unit(office, args.unit, [row.number for row in rows], by, args.alasan)
    return [row for row in rows if row.number in numbers]


def write_workbook(path: Path, title: str, rows: Sequence[CaseRow]) -> None:
    """Write cases as a workbook. Raises OSError."""
    workbook_file.write(path, title, list_cells.COLUMNS, map(list_cells.cells, rows))
