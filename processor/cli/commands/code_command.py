"""The command with which the office makes a code for an applicant or complainant whose identity it checked again."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from processor.cli.commands import context
from processor.cli.commands.options import add_number, add_officer
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.foundation.indonesian_dates import tanggal
from processor.operations import new_codes
from processor.operations.new_codes import NewCode
from processor.operations.office import Office


def kode_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung kode`` takes."""
    add_number(parser)
    add_officer(parser)
    parser.add_argument("--alasan", required=True, help="mengapa dibuat; tanpa identitas di dalamnya")
    parser.add_argument(
        "--cetak", type=Path, metavar="BERKAS", help="tulis juga bukti untuk dicetak; hapus setelah dicetak"
    )


def kode(args: argparse.Namespace) -> int:
    """Run ``payung kode``: show the code once and keep it nowhere."""
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor)
    if args.cetak and args.cetak.exists():
        raise PayungError(f"{args.cetak} sudah ada. Hapus dulu, atau pilih nama lain; belum ada kode yang dibuat.")
    made = new_codes.make(office, number, context.person(args.oleh), args.alasan)
    print("\n".join(_code_lines(office, number, made)))
    if args.cetak:
        atomic_files.write(args.cetak, _receipt(office, number, made).encode())
        print(f"\nBukti untuk {made.whose}: {args.cetak.resolve()}\nBuka di peramban, cetak, lalu hapus berkas itu.")
    return 0


def _code_lines(office: Office, number: str, made: NewCode) -> Iterator[str]:
    """Write the code, and what to do with it."""
    whose = made.whose
    yield f"Kode baru untuk {number}:\n\n    {made.shown}\n"
    yield f"Serahkan langsung kepada {whose} yang identitasnya sudah diperiksa, bukan lewat email, telepon, atau pesan."
    yield "Kode ini tidak disimpan di mana pun dan tidak dapat ditampilkan lagi. Bersihkan layar sesudah diserahkan."
    yield f"Dengan kode ini {whose} membuka, di {made.page}: {made.opens}."
    yield (
        f"Berlaku sejak penerbitan berikutnya, pukul {made.ready:%H.%M} {office.settings.layanan.zona_singkat}. Kode "
        "yang lama, bila ada, tidak berlaku lagi sejak saat itu."
    )


def _receipt(office: Office, number: str, made: NewCode) -> str:
    """Render the code on a page to print; every word in it is escaped."""
    template = Path(__file__).with_name("kode.html").read_text("utf-8")
    return (
        Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        .from_string(template)
        .render(
            agency=office.settings.instansi,
            number=number,
            code=made.shown,
            day=tanggal(office.now()),
            page=made.page,
            opens=made.opens,
        )
    )
