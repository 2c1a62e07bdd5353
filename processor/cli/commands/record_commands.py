"""What the office writes about itself: ``payung kegiatan``, ``risiko``, ``rencana`` and ``pemantauan``."""

import argparse
from typing import Any, get_args

from processor.cases import office_record_files
from processor.cases.office_record_files import Records
from processor.cases.office_records import ActivityKind, ActivityWay, TrainingKind
from processor.cli import record_tables
from processor.cli.commands import context, workbook_file
from processor.cli.commands.context import MENDS_NEEDED, print_text_or_json
from processor.cli.commands.options import add_json, day
from processor.foundation.errors import PayungError
from processor.operations import counter, office_records, record_acts, record_lists
from processor.operations.act_journal import Person
from processor.operations.office import Office
from processor.operations.record_lists import RecordList


def kegiatan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung kegiatan`` takes."""
    _add_act(parser, "tambah")
    parser.add_argument("--jenis", choices=get_args(ActivityKind), help=", ".join(get_args(ActivityKind)))
    parser.add_argument(
        "--tanggal", type=day, metavar="TANGGAL", help="kapan; yang belum tiba dihitung sebagai rencana"
    )
    parser.add_argument("--cara", choices=get_args(ActivityWay), help=", ".join(get_args(ActivityWay)))
    parser.add_argument("--tempat", default="", help="di mana, atau tautannya")
    parser.add_argument("--sasaran", default="", help="siapa yang dituju, tanpa nama orang")
    parser.add_argument("--unit", action="append", default=[], metavar="KODE", help="unit yang ikut; boleh berulang")
    parser.add_argument("--hadir", type=int, metavar="ORANG", help="berapa orang yang hadir")
    parser.add_argument("--hadir-ppnpn", type=int, metavar="ORANG", help="berapa dari mereka bukan ASN (PPNPN)")
    parser.add_argument("--materi", default="", help="apa yang disampaikan")
    parser.add_argument("--umum", type=day, metavar="TANGGAL", help="tampil pada Kabar di situs sejak")
    parser.add_argument("--pelatihan", choices=get_args(TrainingKind), help="bagi pelatihan petugas: yang mana")


def kegiatan(args: argparse.Namespace) -> int:
    """Run ``payung kegiatan``."""
    office = context.open_chosen(args)
    if args.tindakan == "tambah":
        by = named_person(office, args, "jenis", "tanggal", "cara")
        names = ("jenis", "tanggal", "cara", "tempat", "sasaran", "unit", "materi", "pelatihan")
        given = {name: value for name in names if (value := getattr(args, name))}
        event = {**given, "tanggal": args.tanggal.isoformat(), "hadir": args.hadir}
        event |= {"umum": args.umum.isoformat()} if args.umum else {}
        event |= {"hadir_ppnpn": args.hadir_ppnpn} if args.hadir_ppnpn is not None else {}
        print(f"Dicatat: {office_records.add_activity(office, by, event)}")
        return 0
    found = office_records.read(office).activities
    today = office.now().date()
    return show_records(
        found, args, record_lists.activities(found.entries, today), record_lists.education(found.entries, today)
    )


def risiko_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung risiko`` takes."""
    _add_coded(parser)
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--mulai", action="store_true", help="tulis lima risiko awal, untuk disesuaikan")
    act.add_argument("--tinjau", action="store_true", help="catat bahwa KODE ditinjau hari ini")
    for name in ("kemungkinan", "dampak"):
        parser.add_argument(f"--{name}", type=int, metavar="1-5", help=f"{name} menurut tinjauan ini, bila berubah")


def risiko(args: argparse.Namespace) -> int:
    """Run ``payung risiko``."""
    office = context.open_chosen(args)
    if args.mulai:
        return _start_risks(office, named_person(office, args))
    if args.tinjau:
        by, today = named_person(office, args, "kode"), office.now().date()
        marks = {name: value for name in ("kemungkinan", "dampak") if (value := getattr(args, name)) is not None}
        record_acts.review_risk(office, by, args.kode, marks)
        print(f"{args.kode}: ditinjau {today}.")
        return 0
    found = _of_code(office_records.read(office).risks, args.kode)
    return show_records(found, args, record_lists.risks(found.entries, office.now().date()))


def _start_risks(office: Office, by: Person) -> int:
    """Write the risks that the service began with, unless the office has written its own."""
    count = record_acts.start_risks(office, by)
    place = office.register.folder / office_record_files.RISKS
    print(f"{count} risiko awal ditulis di {place}. Sesuaikan, lalu catat tinjauannya: payung risiko KODE --tinjau")
    return 0


def rencana_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung rencana`` takes."""
    _add_coded(parser)
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--tambah", action="store_true", help="catat rencana baru dengan KODE itu")
    act.add_argument("--selesai", action="store_true", help="nyatakan KODE selesai, dengan --hasil")
    parser.add_argument("--tahun", type=int, help="tahun dikerjakan; pada daftar: hanya tahun itu")
    parser.add_argument("--aspek", type=int, metavar="1-6", help="aspek laporan tahunan")
    parser.add_argument("--uraian", default="", help="apa yang dikerjakan")
    parser.add_argument("--penanggung-jawab", default="", metavar="JABATAN", help="jabatan atau tim, bukan nama")
    parser.add_argument("--tenggat", type=day, metavar="TANGGAL", help="kapan harus selesai")
    parser.add_argument("--hasil", default="", help="bila selesai: apa yang dicapai")
    parser.add_argument("--tanggal", type=day, metavar="TANGGAL", help="bila selesai: kapan; bawaan hari ini")


def rencana(args: argparse.Namespace) -> int:
    """Run ``payung rencana``."""
    office = context.open_chosen(args)
    today = office.now().date()
    if args.tambah:
        by = named_person(office, args, "kode", "tahun", "aspek", "uraian", "penanggung_jawab", "tenggat")
        action = {name: getattr(args, name) for name in ("kode", "tahun", "aspek", "uraian", "penanggung_jawab")}
        record_acts.add_action(office, by, action, args.tenggat)
        print(f"{args.kode}: dicatat.")
        return 0
    if args.selesai:
        by, done = named_person(office, args, "kode", "hasil"), args.tanggal or today
        record_acts.finish_action(office, by, args.kode, done, args.hasil)
        print(f"{args.kode}: selesai {done}.")
        return 0
    found = _of_code(office_records.read(office).actions, args.kode)
    shown = tuple(one for one in found.entries if args.tahun in {None, one.tahun})
    return show_records(Records(shown, (), found.problems), args, record_lists.actions(shown, today))


def pemantauan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung pemantauan`` takes."""
    _add_act(parser, "tambah")
    parser.add_argument("--unit", default="", metavar="KODE", help="unit yang dipantau")
    parser.add_argument("--catatan", default="", help="apa yang dipantau dan dilakukan, tanpa nama orang")
    parser.add_argument("--tanggal", type=day, metavar="TANGGAL", help="bawaan: hari ini")


def pemantauan(args: argparse.Namespace) -> int:
    """Run ``payung pemantauan``."""
    office = context.open_chosen(args)
    if args.tindakan == "tambah":
        by = named_person(office, args, "unit", "catatan")
        seen = args.tanggal or office.now().date()
        record_acts.add_monitoring(office, by, seen, args.unit, args.catatan)
        print(f"Dicatat: {args.unit.upper()}, {seen}.")
        return 0
    found = office_records.read(office).monitoring
    return show_records(found, args, record_lists.monitoring(found.entries))


def _of_code(found: Records[Any], code: str) -> Records[Any]:
    """Leave only the entry of a code; all of them without one. Raises PayungError when there is none."""
    entries = tuple(one for one in found.entries if one.kode.casefold() == code.casefold()) if code else found.entries
    if code and not entries:
        raise PayungError(f"Tidak ada butir berkode {code}.")
    return Records(entries, (), found.problems)


def _add_act(parser: argparse.ArgumentParser, act: str) -> None:
    """Add what a command takes that lists entries, or with a word does something."""
    parser.add_argument("tindakan", nargs="?", choices=(act,), help="tanpa ini: tampilkan semuanya")
    _add_common(parser)


def _add_coded(parser: argparse.ArgumentParser) -> None:
    """Add what a command takes that lists entries, or does something with the one of a code."""
    parser.add_argument("kode", nargs="?", default="", metavar="KODE", help="kode butirnya; tanpa ini: semuanya")
    _add_common(parser)


def _add_common(parser: argparse.ArgumentParser) -> None:
    add_json(parser)
    workbook_file.add_xlsx(parser)
    parser.add_argument("--oleh", default="", metavar="PETUGAS", help="siapa yang mencatat; wajib bila mencatat")


def named_person(office: Office, args: argparse.Namespace, *needed: str) -> Person:
    """Give who acts. Raises PayungError when somebody or something that the act ``needs`` was not named."""
    missing = [name for name in ("oleh", *needed) if getattr(args, name) in {None, ""}]
    if missing:
        words = ", ".join("KODE" if name == "kode" else f"--{name.replace('_', '-')}" for name in missing)
        raise PayungError(f"Sebutkan juga: {words}. Belum ada yang dicatat.")
    return context.person(counter.officer(office.settings, args.oleh))


def show_records(found: Records[Any], args: argparse.Namespace, *lists: RecordList) -> int:
    """Print the entries of a kind, and what is wrong with them; the exit code says whether anything is.

    The first list is written as a workbook instead where one was asked for.
    """
    if args.xlsx:
        workbook_file.write(args.xlsx, lists[0].title, lists[0].columns, lists[0].rows)
        return MENDS_NEEDED if found.problems else 0
    text = record_tables.lists_text(*lists)
    wrong = [f"- {problem}" for problem in found.problems]
    shown = "\n".join([text, "", f"{len(wrong)} hal perlu dibetulkan:", *wrong] if wrong else [text])
    print_text_or_json(shown, record_tables.records_data(found.entries), args)
    return MENDS_NEEDED if wrong else 0
