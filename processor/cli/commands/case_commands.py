"""The commands with which officers look at cases and work on them."""

import argparse
import getpass
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime

from processor.cli import output
from processor.cli.commands import context
from processor.cli.commands.context import MENDS_NEEDED, WAIT, print_text_or_json
from processor.foundation import atomic_files, settings
from processor.foundation.errors import PayungError
from processor.mail import outbox
from processor.mail.outbox import Entry, Outbox
from processor.operations import counter, edit_session, identity, overview, steps


def daftar(args: argparse.Namespace) -> int:
    """``payung daftar``"""
    office = context.open_chosen(args)
    rows = list(overview.rows(office))
    shown = rows if args.semua else [row for row in rows if row.status != "diarsipkan"]
    text = output.case_table(office, shown, hidden=len(rows) - len(shown))
    print_text_or_json(text, [output.row_data(office, row) for row in shown], args)
    return 0


def lihat(args: argparse.Namespace) -> int:
    """``payung lihat``"""
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor)
    if args.tenggat:
        filed = office.register.read(number)
        print(output.deadline_traces(office, overview.deadlines_of(office, filed, overview.derive_for(office, filed))))
        return 0
    data = output.case_data(office, number)
    print_text_or_json(output.case_text(data, office.settings.layanan.zone), data, args)
    return 0


def identitas(args: argparse.Namespace) -> int:
    """``payung identitas``: corrected first; the journal says so before anything is shown."""
    office = context.open_chosen(args)
    register, number, who, now = (
        office.register,
        office.register.number_meant(args.nomor),
        getpass.getuser(),
        office.now(),
    )
    if args.lampiran and args.lampiran.exists() and any(args.lampiran.iterdir()):
        raise PayungError(f"Folder {args.lampiran} tidak kosong. Pakai folder lain, atau kosongkan dahulu.")
    with register.lock(WAIT):
        if args.betulkan:
            fields = identity.correct(register, office.form, number, dict(args.betulkan), who, args.alasan, now)
            print(f"Dibetulkan: {', '.join(fields)}; isian lama tersegel." if fields else "Tidak ada yang berubah.")
        dossier = identity.open_identity(register, number, args.alasan, who, now)
    for title, text in [*asdict(dossier.applicant).items(), *dossier.versions[-1]["lain"].items()]:
        print(f"{title:<12} {text}")
    for name, content in office.register.attachments(number) if args.lampiran else ():
        args.lampiran.mkdir(parents=True, exist_ok=True, mode=0o700)
        atomic_files.write(args.lampiran / name, content)
        print(f"{'lampiran':<12} {args.lampiran / name}")
    return 0


def sunting(args: argparse.Namespace) -> int:
    """``payung sunting``: reopens on a mistake, and never loses words."""
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor)
    with edit_session.session(office, number) as at:
        if at.resumed:
            print(f"Melanjutkan suntingan yang belum selesai: {at.copy}")
        if at.path.read_bytes() != at.before:
            print(f"Sementara itu {at.path} berubah. Bandingkan keduanya, dan pindahkan yang perlu.")
        while True:
            edit_session.open_editor(at, settings.editor())
            wrong, pending = edit_session.copy_mistakes(at)
            if not wrong:
                break
            print("\n".join(f"- {problem}" for problem in wrong))
            if not _again("Buka lagi untuk membetulkannya?"):
                print(f"Belum disimpan. Tulisan Anda ada di {at.copy}; lanjutkan dengan perintah yang sama.")
                return MENDS_NEEDED
        changed = edit_session.save_copy(at)
    print(f"{number}: {'disimpan' if changed else 'tidak ada yang berubah'}.")
    print("\n".join(f"- Belum dihitung: {problem}" for problem in pending), end="\n" * bool(pending))
    return 0


def _again(question: str) -> bool:
    """Ask; yes is the answer of whoever presses Enter, no of whoever is not there."""
    try:
        return input(f"{question} [Y/t] ").strip().lower() in {"", "y", "ya"}
    except EOFError:
        return False


def terima(args: argparse.Namespace) -> int:
    """``payung terima``: every answer is sealed as soon as it is typed."""
    office = context.open_chosen(args)
    by = counter.officer(office.settings, args.oleh)
    try:
        if args.rujuk:
            counter.refer(office, by, args.rujuk, args.ke, _hear, print)
        else:
            counter.receive(office, by, _hear, print, args.kertas)
    except EOFError:
        raise KeyboardInterrupt from None  # whoever closes the input has left, as with Ctrl+C
    return 0


def _hear(prompt: str) -> str:
    """A line that the person types, kept in no history; what they paste is one line, however long."""
    with suppress(ImportError):  # Windows has none, and reads long lines by itself
        import readline  # noqa: PLC0415 -- only for a dialogue

        readline.set_auto_history(False)
        readline.parse_and_bind("set enable-bracketed-paste on")
    return input(prompt)


def _step(args: argparse.Namespace, choose: Callable[[date], steps.StepChanges]) -> int:
    """One step of the workflow: write it, or say what stops it."""
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor)
    edit_session.check_free(office, number)
    done = steps.apply(office, number, choose(office.now().date()), simulate=args.simulasi)
    print(output.step_text(number, done, simulated=args.simulasi))
    return 0


def verifikasi(args: argparse.Namespace) -> int:
    """``payung verifikasi``"""
    decision = "ditolak" if args.tolak else "dilengkapi" if args.lengkapi else "diteruskan"
    more = {"kekurangan": args.lengkapi, "alasan_jenis": args.tolak, "alasan": args.alasan}
    topic = {"ranah": args.ranah, "topik": args.topik, "posisi_pemohon": args.posisi}
    return _step(args, lambda today: steps.verify(decision, args.oleh, today, **more, **topic))


def tugaskan(args: argparse.Namespace) -> int:
    """``payung tugaskan``"""
    return _step(args, lambda _: steps.assign(args.analis, args.pemeriksa, args.benturan))


def susun(args: argparse.Namespace) -> int:
    """``payung susun``"""
    return _step(args, lambda _: steps.set_study_ready(done=args.selesai))


def setujui(args: argparse.Namespace) -> int:
    """``payung setujui``"""
    return _step(args, lambda today: steps.review("disetujui", args.oleh, today))


def kembalikan(args: argparse.Namespace) -> int:
    """``payung kembalikan``"""
    return _step(args, lambda today: steps.review("dikembalikan", args.oleh, today, args.catatan))


def sampaikan(args: argparse.Namespace) -> int:
    """``payung sampaikan``"""
    if args.diterima:
        return _step(args, steps.confirm_receipt)
    if not args.nomor_surat:
        return _step(args, steps.deliver)
    code = _step(args, lambda today: steps.record_letter_number(args.nomor_surat, args.tanggal_surat or today))
    print("Surat yang bernomor dibuat pada putaran berikutnya, di folder keluar. Tanda tangani, simpan sebagai PDF")
    print(f"dengan nama yang sama, lalu: payung sampaikan {args.nomor}")
    return code


def batalkan(args: argparse.Namespace) -> int:
    """``payung batalkan``"""
    return _step(args, lambda today: steps.withdraw(today, args.catatan))


def arsipkan(args: argparse.Namespace) -> int:
    """``payung arsipkan``"""
    return _step(args, steps.archive)


def surat(args: argparse.Namespace) -> int:
    """``payung surat``"""
    office = context.open_chosen(args)
    change = _OUTBOX.get(args.tindakan)
    if change and not args.nama:
        raise PayungError("Sebutkan nama emailnya. Lihat dengan payung surat.")
    if change:
        for name in args.nama:
            print(f"{name}: {change(office.outbox, name, office.now()).state.replace('_', ' ')}")
    else:
        entries = office.outbox.entries()
        print_text_or_json(output.outbox(entries, office.settings.layanan.zone), output.outbox_data(entries), args)
    return 0


_OUTBOX: Mapping[str, Callable[[Outbox, str, datetime], Entry]] = {
    "ulang": outbox.send_again,
    "tahan": outbox.hold,
    "lepas": outbox.release,
    "batal": outbox.cancel,
}
