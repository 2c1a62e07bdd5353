"""The commands: the only room that prints or exits. ``payung --help`` is the reference."""

import argparse
import getpass
import json
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from processor import (
    advance,
    doctor,
    durable,
    editing,
    example,
    forms,
    leakgate,
    paper_form,
    pipeline,
    serve,
    settings,
    setup,
    show,
    steps,
    usage,
)
from processor.case import Event
from processor.errors import Busy, PayungError
from processor.pipeline import Office, Report
from processor.settings import Settings

_MENDS_NEEDED = 2
_STOPPED = 130
_WAIT = 10.0  # seconds for a pass that is under way
_DISK = "Periksa ruang disk dan izin folder, lalu ulangi; yang sudah dikerjakan tersimpan."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code (see docs/pengembang/index.md)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = usage.parser(_COMMANDS).parse_args(argv)
    command: Callable[[argparse.Namespace], int] = args.command
    try:
        return command(args)
    except PayungError as error:
        print(f"payung: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        return 0
    except OSError as error:
        print(f"payung: {error.strerror or error}: {error.filename or ''}. {_DISK}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return _STOPPED


def _settings(args: argparse.Namespace) -> Settings:
    """The settings that ``--pengaturan`` names, or that are found upward."""
    return settings.load(args.pengaturan or settings.find(Path.cwd()))


def _office(args: argparse.Namespace) -> Office:
    """The office of these settings, opened."""
    return _open(_settings(args))


def _open(found: Settings) -> Office:
    """The office of ``found``."""
    return pipeline.open_office(found, lambda: datetime.now(UTC))


def _print(text: str, data: Any, args: argparse.Namespace) -> None:
    """``data`` as JSON when the command was asked for it, else ``text``."""
    print(json.dumps(data, ensure_ascii=False, indent=1) if args.json else text)


def _siapkan(args: argparse.Namespace) -> int:
    """``payung siapkan``"""
    for line in setup.prepare(args.pengaturan, Path.cwd(), recovery=args.kunci_pemulihan):
        print(line)
    return 0


def _jalankan(args: argparse.Namespace) -> int:
    """``payung jalankan``"""
    found = _settings(args)
    if args.tiap:
        _keep_on(found, args.tiap)
        return 0
    if args.simulasi:
        done = pipeline.simulate(_open(found), force=args.paksa)
    else:
        _make_ready(found)
        done = pipeline.run(_open(found), force=args.paksa)
    _print(show.report(done, simulated=args.simulasi), show.report_data(done), args)
    return _code(done)


def _make_ready(found: Settings) -> None:
    """Say early, and not as a lost key, that this office has never been prepared."""
    if not found.office_key.exists() and not found.register.exists():
        raise PayungError("Kantor ini belum disiapkan. Jalankan: payung siapkan")


def _keep_on(found: Settings, pause: float) -> None:
    """A pass every ``pause`` seconds until somebody stops it; each reads the settings anew and outlives failures."""
    said: list[str] = []

    def once() -> None:
        try:
            done = pipeline.run(_open(settings.load(found.path)))
        except (PayungError, OSError) as error:
            print(f"{_clock()} {error}", file=sys.stderr, flush=True)
        except Exception as error:  # noqa: BLE001 -- a schedule goes on; a traceback could hold an applicant's words
            print(f"{_clock()} Kesalahan program ({type(error).__name__}); dicoba lagi.", file=sys.stderr, flush=True)
        else:
            wrong = [str(one) for one in (*done.problems, *done.failures)]
            if show.worth_saying(done) or wrong != said:
                print(f"{_clock()} {show.report(done)}", flush=True)
            said[:] = wrong

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    once()
    serve.every(pause, once, stop)
    print("Payung berhenti. Semua yang sudah dikerjakan tersimpan.", flush=True)


def _clock() -> str:
    """The time of day, for a line of the log."""
    return f"{datetime.now(UTC).astimezone():%H.%M}"


def _code(done: Report) -> int:
    """The exit code of a pass: the first failure, else whether a file needs mending."""
    if done.failures:
        return done.failures[0].exit_code
    return _MENDS_NEEDED if done.problems else 0


def _layani(args: argparse.Namespace) -> int:
    """``payung layani``"""
    found = _settings(args)
    if args.contoh:
        found = example.prepare(found)
    _make_ready(found)
    office = _open(found)
    with serve.serving(found.site, args.port) as address:
        try:
            done = pipeline.run(office)
            if args.contoh and example.play_staff(office.register):
                done.add(pipeline.run(office))
            print(show.report(done), end="\n\n")
        except Busy as error:
            print(error, end="\n\n")
        print(show.places(found, address, args.tiap), flush=True)
        _keep_on(found, args.tiap)
    return 0


def _daftar(args: argparse.Namespace) -> int:
    """``payung daftar``"""
    office = _office(args)
    filed = [office.register.read(number) for number in office.register.numbers()]
    rows = [show.row(office, one, advance.look(office.register, office.settings, one)) for one in filed]
    _print(show.table(rows), rows, args)
    return 0


def _lihat(args: argparse.Namespace) -> int:
    """``payung lihat``"""
    office = _office(args)
    number = office.register.find(args.nomor)
    if args.tenggat:
        filed = office.register.read(number)
        seen = advance.look(office.register, office.settings, filed)
        print(show.traces(office, show.due(office, filed, seen)))
        return 0
    data = show.case_data(office, number)
    _print(show.case(data, office.settings.layanan.zone), data, args)
    return 0


def _identitas(args: argparse.Namespace) -> int:
    """``payung identitas``: the journal says so before anything is shown."""
    office = _office(args)
    number = office.register.find(args.nomor)
    dossier = office.register.dossier(number)
    if not args.alasan.strip() or leakgate.kinds(args.alasan, leakgate.sought([dossier.applicant], "")):
        raise PayungError("Alasan harus diisi dan tidak boleh memuat identitas pemohon: riwayat menyimpannya terbuka.")
    with office.register.lock(_WAIT):
        event = Event("identitas_dibuka", office.now(), getpass.getuser(), {"alasan": args.alasan})
        office.register.record(number, event)
    for title, text in [*asdict(dossier.applicant).items(), *dossier.versions[-1]["lain"].items()]:
        print(f"{title:<12} {text}")
    for name, content in office.register.attachments(number) if args.lampiran else ():
        args.lampiran.mkdir(parents=True, exist_ok=True, mode=0o700)
        durable.write(args.lampiran / name, content)
        print(f"{'lampiran':<12} {args.lampiran / name}")
    return 0


def _sunting(args: argparse.Namespace) -> int:
    """``payung sunting``: reopens on a mistake, and never loses words."""
    office = _office(args)
    number = office.register.find(args.nomor)
    with editing.session(office, number) as at:
        if at.resumed:
            print(f"Melanjutkan suntingan yang belum selesai: {at.copy}")
        while True:
            editing.open_editor(at, settings.editor())
            wrong, pending = editing.mistakes(at)
            if not wrong:
                break
            print("\n".join(f"- {problem}" for problem in wrong))
            if not _again("Buka lagi untuk membetulkannya?"):
                print(f"Belum disimpan. Tulisan Anda ada di {at.copy}; lanjutkan dengan perintah yang sama.")
                return _MENDS_NEEDED
        changed = editing.finish(at)
    print(f"{number}: {'disimpan' if changed else 'tidak ada yang berubah'}.")
    print("\n".join(f"- Belum dihitung: {problem}" for problem in pending), end="\n" * bool(pending))
    return 0


def _again(question: str) -> bool:
    """Ask; yes is the answer of whoever presses Enter, no of whoever is not there."""
    try:
        return input(f"{question} [Y/t] ").strip().lower() in {"", "y", "ya"}
    except EOFError:
        return False


def _step(args: argparse.Namespace, choose: Callable[[date], steps.Changes]) -> int:
    """One step of the workflow: write it, or say what stops it."""
    office = _office(args)
    number = office.register.find(args.nomor)
    done = steps.take(office, number, choose(office.now().date()), simulate=args.simulasi)
    print(show.step(number, done, simulated=args.simulasi))
    return 0


def _verifikasi(args: argparse.Namespace) -> int:
    """``payung verifikasi``"""
    decision = "ditolak" if args.tolak else "dilengkapi" if args.lengkapi else "diteruskan"
    more = {"kekurangan": args.lengkapi, "alasan_jenis": args.tolak, "alasan": args.alasan}
    topic = {"ranah": args.ranah, "topik": args.topik, "posisi_pemohon": args.posisi}
    return _step(args, lambda today: steps.verify(decision, args.oleh, today, **more, **topic))


def _tugaskan(args: argparse.Namespace) -> int:
    """``payung tugaskan``"""
    return _step(args, lambda _: steps.assign(args.analis, args.pemeriksa, args.benturan))


def _susun(args: argparse.Namespace) -> int:
    """``payung susun``"""
    return _step(args, lambda _: steps.finish(done=args.selesai))


def _setujui(args: argparse.Namespace) -> int:
    """``payung setujui``"""
    return _step(args, lambda today: steps.review("disetujui", args.oleh, today))


def _kembalikan(args: argparse.Namespace) -> int:
    """``payung kembalikan``"""
    return _step(args, lambda today: steps.review("dikembalikan", args.oleh, today, args.catatan))


def _sampaikan(args: argparse.Namespace) -> int:
    """``payung sampaikan``"""
    return _step(args, lambda today: steps.deliver(args.nomor_surat, args.tanggal_surat or today, today))


def _terbitkan(args: argparse.Namespace) -> int:
    """``payung terbitkan``"""
    office, done = _office(args), Report()
    with office.register.lock(_WAIT):
        pipeline.release(office, done, always=True)
    for error in done.failures:
        print(f"payung: {error}", file=sys.stderr)
    if done.published:
        people = len(office.register.numbers())
        print(f"Situs dibangun dan diperiksa terhadap identitas {people} permohonan: tidak ada yang terselip.")
        print(f"Unggah hanya folder ini: {office.settings.site}")
    return _code(done)


def _periksa(args: argparse.Namespace) -> int:
    """``payung periksa``"""
    office = _office(args)
    problems = tuple(doctor.check(office))
    count = len(office.register.numbers())
    sound = f"{count} permohonan dan semua pengaturan diperiksa: baik."
    text = "\n".join(f"- {problem}" for problem in problems) or sound
    _print(text, show.problem_data(problems), args)
    return _MENDS_NEEDED if problems else 0


def _formulir(args: argparse.Namespace) -> int:
    """``payung formulir``"""
    found = _settings(args)
    form = forms.load(found.form)
    if args.jenis == "cetak":
        args.ke.write_text(paper_form.render(form, found), "utf-8")
        print(f"Formulir cetak: {args.ke.resolve()}. Buka di peramban, lalu cetak.")
        return 0
    print("\n".join(setup.google_form(found, form)))
    return 0


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "siapkan": _siapkan,
    "layani": _layani,
    "jalankan": _jalankan,
    "daftar": _daftar,
    "lihat": _lihat,
    "sunting": _sunting,
    "verifikasi": _verifikasi,
    "tugaskan": _tugaskan,
    "susun": _susun,
    "setujui": _setujui,
    "kembalikan": _kembalikan,
    "sampaikan": _sampaikan,
    "identitas": _identitas,
    "terbitkan": _terbitkan,
    "periksa": _periksa,
    "formulir": _formulir,
}
