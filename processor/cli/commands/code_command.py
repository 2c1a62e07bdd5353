"""The command with which the office makes a code for an applicant or complainant whose identity it checked again."""

import argparse
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from processor.cases import complaint_register
from processor.cases.case_file import Way
from processor.cases.records import Event
from processor.cli.commands import context
from processor.cli.commands.options import add_number, add_officer
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.foundation.indonesian_dates import tanggal
from processor.intake.recognition import LOCATOR
from processor.operations import act_journal, applicant_status, identity, steps
from processor.operations.complaints import complaint_acts
from processor.operations.office import Office
from processor.site import applicant_code
from processor.site.applicant_code import Code, Keys

_OPENS: dict[Way, str] = {
    "kode": "status dan jawaban permohonan",
    "email": "status permohonan; jawabannya dikirim lewat email",
    "loket": "status permohonan; jawabannya diambil di loket",
}


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
    made = applicant_code.new_code()
    keys = applicant_code.derive_keys(made, applicant_code.host_of(office.settings.situs.alamat))
    of_complaint = complaint_register.is_complaint(office.register, number)
    whose, opens = (_of_complaint if of_complaint else _of_case)(office, number, args, keys)
    print("\n".join(_code_lines(office, number, made, whose, opens)))
    if args.cetak:
        atomic_files.write(args.cetak, _receipt(office, number, made, opens).encode())
        print(f"\nBukti untuk {whose}: {args.cetak.resolve()}\nBuka di peramban, cetak, lalu hapus berkas itu.")
    return 0


def _of_case(office: Office, number: str, args: argparse.Namespace, keys: Keys) -> tuple[str, str]:
    """Let a new code open a request; say whose it is, and what it opens."""
    register = office.register
    identity.check_reason_for(register, number, args.alasan)
    found_by = {"kunci": [], "waktu": [], "sidik": {LOCATOR: register.fingerprint(LOCATOR, keys.locator)}}
    by, now = context.person(args.oleh), office.now()
    who = act_journal.by_command(by, now).who
    event = Event(applicant_status.NEW_CODE, now, who, {"alasan": args.alasan, **found_by})
    steps.apply(office, number, steps.set_code(keys.locator, keys.recipient), by=by, told=event)
    case = register.read(number).case
    return "pemohon", _OPENS[case.balasan.jalan if case else "loket"]


def _of_complaint(office: Office, number: str, args: argparse.Namespace, keys: Keys) -> tuple[str, str]:
    """Let a new code open a complaint; say whose it is, and what it opens."""
    way = complaint_acts.renew_code(office, number, context.person(args.oleh), args.alasan, keys)
    return "pengadu", "status dan surat jawaban pengaduan" if way == "kode" else "status pengaduan, tanpa suratnya"


def _code_lines(office: Office, number: str, made: Code, whose: str, opens: str) -> Iterator[str]:
    """Write the code, and what to do with it."""
    minutes = office.settings.situs.status_tiap
    ready = applicant_status.last_slot(office.now(), minutes) + timedelta(minutes=minutes)
    yield f"Kode baru untuk {number}:\n\n    {made.shown}\n"
    yield f"Serahkan langsung kepada {whose} yang identitasnya sudah diperiksa, bukan lewat email, telepon, atau pesan."
    yield "Kode ini tidak disimpan di mana pun dan tidak dapat ditampilkan lagi. Bersihkan layar sesudah diserahkan."
    yield f"Dengan kode ini {whose} membuka, di {_code_page(office)}: {opens}."
    yield (
        f"Berlaku sejak penerbitan berikutnya, pukul {ready:%H.%M} {office.settings.layanan.zona_singkat}. Kode yang "
        "lama, bila ada, tidak berlaku lagi sejak saat itu."
    )


def _receipt(office: Office, number: str, made: Code, opens: str) -> str:
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
            page=_code_page(office),
            opens=opens,
        )
    )


def _code_page(office: Office) -> str:
    """Give the address where a code is entered."""
    return f"{office.settings.situs.alamat}lacak/"
