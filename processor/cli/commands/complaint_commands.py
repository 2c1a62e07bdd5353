"""``payung pengaduan``: complaints about the service, a register of their own. No word of one is ever an argument."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import get_args

from processor.cases import complaint_register
from processor.cases.complaint import Outcome
from processor.cli import complaint_output
from processor.cli.commands import context, workbook_file
from processor.cli.commands.context import print_text_or_json
from processor.cli.commands.dialogue import ask_line
from processor.cli.commands.options import add_json, day
from processor.foundation.errors import PayungError
from processor.operations.complaints import complaint_acts, complaint_duties, complaint_intake
from processor.operations.complaints.complaint_intake import ComplaintHead
from processor.operations.office import Office

_NEW = "tambah"


def pengaduan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung pengaduan`` takes."""
    add_json(parser)
    workbook_file.add_xlsx(parser)
    parser.add_argument(
        "nomor", nargs="?", default="", metavar="NO", help=f"nomor pengaduan, atau {_NEW}; tanpa: daftar"
    )
    parser.add_argument("langkah", nargs="?", choices=tuple(_STEPS), help=", ".join(_STEPS))
    parser.add_argument("--oleh", default="", metavar="PETUGAS", help="siapa yang mengerjakan atau melihat")
    new = parser.add_argument_group(
        f"untuk {_NEW}; identitas dan isinya lalu ditanyakan, atau dibaca dari masukan baku"
    )
    new.add_argument(
        "--kanal",
        choices=complaint_intake.CHANNELS,
        default="loket",
        help="lewat mana pengaduan datang (bawaan: loket)",
    )
    new.add_argument(
        "--jenis",
        choices=complaint_intake.KINDS,
        default="lainnya",
        help="tentang apa, untuk laporan (bawaan: lainnya)",
    )
    new.add_argument(
        "--lewat",
        choices=complaint_intake.WAYS,
        default="tidak_ada",
        help="ke mana jawaban disampaikan (bawaan: tidak_ada)",
    )
    new.add_argument("--diadukan", action="append", default=[], metavar="PETUGAS", help="yang diadukan; boleh berulang")
    new.add_argument("--anonim", action="store_true", help="pengadu tidak menyebut nama")
    new.add_argument("--tanggal", type=day, metavar="TANGGAL", help="kapan pengaduan diterima (bawaan: hari ini)")
    steps = parser.add_argument_group("untuk langkah")
    steps.add_argument("--kepada", default="", metavar="PETUGAS", help="teruskan: siapa yang menindaklanjuti")
    steps.add_argument("--hasil", choices=get_args(Outcome), help="jawab: hasil pemeriksaan")
    steps.add_argument("--nomor-surat", default="", metavar="NOMOR", help="sampaikan: nomor dari sekretariat")
    steps.add_argument("--tanggal-surat", type=day, metavar="TANGGAL", help="sampaikan: bawaan hari ini")
    steps.add_argument("--alasan", default="", help="buka: untuk apa dibuka; tanpa identitas di dalamnya")


def pengaduan(args: argparse.Namespace) -> int:
    """Run ``payung pengaduan``."""
    office = context.open_chosen(args)
    if args.nomor == _NEW:
        _take(office, args)
        return 0
    if not args.nomor:
        _list(office, args)
        return 0
    number = complaint_register.number_meant(office.register, args.nomor)
    if args.langkah:
        _STEPS[args.langkah](office, number, args)
    else:
        _show(office, number, args)
    return 0


def _list(office: Office, args: argparse.Namespace) -> None:
    rows = complaint_duties.visible(office, args.oleh)
    today = office.now().date()
    if args.xlsx:
        workbook_file.write(args.xlsx, "Pengaduan", *complaint_output.workbook_cells(rows, today))
        return
    text = complaint_output.complaint_table(rows, today)
    print_text_or_json(text, [complaint_output.row_data(row, today) for row in rows], args)


def _show(office: Office, number: str, args: argparse.Namespace) -> None:
    row = next((row for row in complaint_duties.visible(office, args.oleh) if row.number == number), None)
    if row is None:
        hidden = f"tidak tampil bagi {args.oleh}" if args.oleh else "tidak tampil tanpa --oleh"
        shown = f"payung pengaduan --oleh {args.oleh or 'PETUGAS'}"
        raise PayungError(f"Pengaduan {number} tidak ada, atau {hidden}. Yang tampil: {shown}")
    filed = complaint_register.read(office.register, number)
    data = complaint_output.row_data(row, office.now().date())
    print_text_or_json(complaint_output.complaint_text(office, row, filed), data, args)


def _take(office: Office, args: argparse.Namespace) -> None:
    head = ComplaintHead(args.kanal, args.jenis, args.lewat, tuple(args.diadukan), args.anonim, args.tanggal)
    number = complaint_intake.take(office, context.person(args.oleh), head, ask_line)
    print(f"\n{number} dicatat; isinya tersegel. Beri tahu pengadu nomornya.")
    print(complaint_output.limits_text(complaint_intake.promised_days(office, number)))


def _forward(office: Office, number: str, args: argparse.Namespace) -> None:
    to = complaint_acts.forward(office, number, context.person(args.oleh), args.kepada)
    print(f"{number} diteruskan kepada {to}.")


def _plan(office: Office, number: str, args: argparse.Namespace) -> None:
    words = complaint_intake.read_words(ask_line, "Rencana tindak lanjut; dapat dimuat di surat jawaban.")
    complaint_acts.plan(office, number, context.person(args.oleh), words)
    print(f"Rencana tindak lanjut {number} dicatat, tersegel.")


def _answer(office: Office, number: str, args: argparse.Namespace) -> None:
    if not args.hasil:
        raise PayungError(f"Tulis hasil pemeriksaannya: --hasil {', '.join(get_args(Outcome))}.")
    words = complaint_intake.read_words(ask_line, "Jawaban untuk pengadu; dimuat di surat.")
    name = complaint_acts.answer(office, number, context.person(args.oleh), words, args.hasil)
    print(f"Konsep surat: {_outgoing(office, number, name)}\nMinta nomornya, lalu:")
    print(f"payung pengaduan {number} sampaikan --oleh {args.oleh} --nomor-surat NOMOR")


def _outgoing(office: Office, number: str, name: str) -> Path:
    """Say where a letter about a complaint lies."""
    return complaint_register.path(office.register, number) / "keluar" / name


def _deliver(office: Office, number: str, args: argparse.Namespace) -> None:
    person = context.person(args.oleh)
    if not args.nomor_surat:
        complaint_acts.deliver(office, number, person)
        print(f"{number} selesai: surat jawaban dicatat disampaikan.")
        return
    dated = args.tanggal_surat or office.now().date()
    name = complaint_acts.give_number(office, number, person, args.nomor_surat, dated)
    print(f"Surat bernomor: {_outgoing(office, number, name)}")
    print("Tanda tangani, simpan sebagai PDF dengan nama yang sama, lalu:")
    print(f"payung pengaduan {number} sampaikan --oleh {args.oleh}")


def _open(office: Office, number: str, args: argparse.Namespace) -> None:
    content = complaint_acts.open_words(office, number, context.person(args.oleh), args.alasan)
    print(complaint_output.content_text(content))


_STEPS: Mapping[str, Callable[[Office, str, argparse.Namespace], None]] = {
    "teruskan": _forward, "rencana": _plan, "jawab": _answer, "sampaikan": _deliver, "buka": _open,
}  # fmt: skip
