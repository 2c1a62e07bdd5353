"""``payung rekap``: the published figures of many agencies in one table."""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from textwrap import wrap

from processor.cases import aggregate_key
from processor.cli.commands import context
from processor.cli.commands.record_commands import named_person
from processor.cli.commands.report_commands import read_period
from processor.cli.output import problem_data
from processor.cli.record_tables import lists_text
from processor.cli.terminal_progress import progress_line
from processor.evaluation import recap_text
from processor.evaluation.periods import Period
from processor.evaluation.rollup import Recap
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.operations.figures import agency_recap, aggregate_files, task_force_recap
from processor.operations.figures.recap_sources import Gathered

_WIDTH = 100


def rekap_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung rekap`` takes."""
    parser.add_argument(
        "sumber", nargs="*", metavar="BERKAS|FOLDER|ALAMAT",
        help="rekap.json instansi lain; tanpa ini: semua alamat pada bagian rekap di payung.yaml",
    )  # fmt: skip
    parser.add_argument("--periode", type=read_period, help="2026-3 atau 2026; tanpa ini: yang terakhir")
    parser.add_argument(
        "--terima-kunci", action="append", default=[], metavar="SIDIK", help="terima kunci baru yang sudah dicocokkan"
    )
    own = parser.add_mutually_exclusive_group()
    own.add_argument(
        "--netralitas", action="store_true", help="kegiatan gugus tugas netralitas kantor ini, per unit, tanpa sumber"
    )
    own.add_argument(
        "--kunci", action="store_true", help="tampilkan kunci kantor ini, untuk dicocokkan yang menghimpun"
    )
    own.add_argument("--kunci-baru", action="store_true", help="ganti kunci kantor ini yang hilang atau bocor")
    parser.add_argument("--oleh", default="", metavar="PETUGAS", help="siapa yang mengganti kunci")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="keluaran untuk dibaca program")
    form.add_argument("--xlsx", type=Path, metavar="BERKAS", help="tulis buku kerja Excel ke berkas itu")


def rekap(args: argparse.Namespace) -> int:
    """Run ``payung rekap``."""
    if args.sumber and (args.kunci or args.kunci_baru or args.netralitas):
        raise PayungError(
            "--kunci, --kunci-baru, dan --netralitas tentang kantor ini sendiri: hapus berkas atau alamatnya."
        )
    if args.kunci or args.kunci_baru:
        return _own_key(args)
    if args.netralitas:
        return _task_force(args)
    found = context.chosen_settings(args)
    agencies = found.rekap.instansi
    if not args.sumber and not any(one.alamat for one in agencies):
        raise PayungError(
            "Sebutkan berkas atau folder rekap.json, atau tulis alamat instansi pada bagian rekap di payung.yaml."
        )
    today = datetime.now(found.layanan.zone).date()
    gathered = agency_recap.gathered(found, args.sumber, args.terima_kunci, today, progress_line(sys.stderr))
    _show(gathered, args)
    return context.MENDS_NEEDED if gathered.refused else 0


def _own_key(args: argparse.Namespace) -> int:
    """Show the key of this office, or a new one in its place."""
    office = context.open_chosen(args)
    if args.kunci_baru:
        public = aggregate_files.replace_key(office, named_person(office, args))
        print("Kunci baru dibuat. Jalankan payung terbitkan, lalu beri tahu sidiknya kepada yang menghimpun.")
    else:
        public = aggregate_files.public_key(office)
    if not public:
        print("Belum ada kunci. Kunci dibuat ketika angka kantor ini pertama kali terbit.")
        return 0
    print(f"Sidik   {aggregate_key.fingerprint(public)}\nKunci   {public}")
    return 0


def _task_force(args: argparse.Namespace) -> int:
    """Print what the neutrality task force did by unit, or write it as a workbook."""
    office = context.open_chosen(args)
    found = task_force_recap.recap_of(office, args.periode or Period(office.now().year))
    work, missing = task_force_recap.lists(office, found)
    if args.xlsx:
        atomic_files.replace(args.xlsx, task_force_recap.workbook(office, found))
        print(f"{work.title}: {args.xlsx}")
    else:
        text = "\n".join([work.title, "", lists_text(work, missing), "", *wrap(task_force_recap.REMARK, _WIDTH)])
        context.print_text_or_json(text, task_force_recap.data(found), args)
    return 0


def _show(gathered: Gathered, args: argparse.Namespace) -> None:
    """Print the recap, or write its workbook, and say what was refused."""
    recap = gathered.recap
    chosen: Period | None = args.periode or next(reversed(recap.periods), None)
    if args.json:
        data = recap_text.data(recap)
        print(
            json.dumps(
                {**data, "ditolak": problem_data(gathered.refused), "kunci_baru": gathered.news},
                ensure_ascii=False, indent=1,
            )
        )  # fmt: skip
        return
    if chosen is None or not recap.sums(chosen):
        print(f"Belum ada angka{f' {chosen.title}' if chosen else ''} dari instansi mana pun.")
    elif args.xlsx:
        from processor.evaluation import recap_workbook  # noqa: PLC0415 -- a library that only this needs

        atomic_files.replace(args.xlsx, recap_workbook.workbook(recap, chosen))
        print(f"{recap_text.heading(recap, chosen)}: {args.xlsx}")
    else:
        print(_text(recap, chosen))
    for title, lines in ("Kunci baru", gathered.news), ("Ditolak, jadi tidak ikut dijumlahkan", gathered.refused):
        if lines:
            print("\n".join(["", f"{title}:", *(f"- {line}" for line in lines)]))


def _text(recap: Recap, chosen: Period) -> str:
    """Write the recap of a period for a terminal."""
    lists = lists_text(*agency_recap.lists(recap, chosen))
    return "\n".join([recap_text.heading(recap, chosen), "", lists, "", *wrap(recap_text.INCOMPLETE, _WIDTH)])
