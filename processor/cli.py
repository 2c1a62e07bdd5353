"""The commands: the only room that prints or exits. ``payung --help`` is the reference."""

import argparse
import getpass
import json
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from processor import doctor, example, forms, paper_form, pipeline, serve, settings, setup, show
from processor.case import Event
from processor.errors import PayungError
from processor.pipeline import Office, Report
from processor.settings import Settings

_MENDS_NEEDED = 2
_STOPPED = 130
_DISK = "Periksa ruang disk dan izin folder, lalu ulangi; yang sudah dikerjakan tersimpan."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code (see docs/pengembang/index.md)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = _parser().parse_args(argv)
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


def _parser() -> argparse.ArgumentParser:
    """Every command with its words, its help and an example."""
    parser = argparse.ArgumentParser(
        prog="payung",
        description="Layanan bantuan hukum secara elektronik bagi ASN.",
        epilog="Contoh: payung layani --contoh",
    )
    parser.add_argument("--pengaturan", type=Path, metavar="BERKAS", help="berkas payung.yaml yang dipakai")
    commands = parser.add_subparsers(title="perintah", metavar="PERINTAH", required=True)
    _add(commands, "siapkan", _siapkan, "siapkan kunci, register, dan folder untuk instansi Anda", "payung siapkan")
    layani = _add(commands, "layani", _layani, "situs dan putaran terjadwal di komputer ini", "payung layani --contoh")
    layani.add_argument("--contoh", action="store_true", help="kantor contoh dengan orang rekaan")
    layani.add_argument("--porta", type=int, default=8000, help="porta di 127.0.0.1 (bawaan 8000)")
    layani.add_argument(
        "--tiap", type=_seconds, default=60.0, metavar="LAMA", help="jeda putaran: 30s, 5m, 1j (bawaan 1m)"
    )
    jalankan = _add(
        commands, "jalankan", _jalankan, "satu putaran, atau putaran terjadwal", "payung jalankan --tiap 5m"
    )
    jalankan.add_argument("--simulasi", action="store_true", help="tunjukkan yang akan didaftar, tanpa menulis apa pun")
    jalankan.add_argument("--tiap", type=_seconds, metavar="LAMA", help="ulangi terus: 30s, 5m, 1j")
    jalankan.add_argument("--paksa", action="store_true", help="terima sumber yang tiba-tiba kosong")
    daftar = _add(commands, "daftar", _daftar, "daftar permohonan dengan statusnya", "payung daftar")
    lihat = _add(commands, "lihat", _lihat, "satu permohonan dengan riwayatnya", "payung lihat BH-2026-0001")
    identitas = _add(
        commands, "identitas", _identitas, "buka identitas pemohon; tercatat di riwayat",
        'payung identitas BH-2026-0001 --alasan "memeriksa NIP"',
    )  # fmt: skip
    identitas.add_argument("--alasan", required=True, help="untuk apa identitas dibuka")
    identitas.add_argument(
        "--lampiran", type=Path, metavar="FOLDER", help="simpan juga lampiran yang dibuka ke folder ini"
    )
    for one in (lihat, identitas):
        one.add_argument("nomor", metavar="NO", help="nomor registrasi")
    _add(commands, "terbitkan", _terbitkan, "bangun situs melalui pemeriksaan kebocoran", "payung terbitkan")
    periksa = _add(
        commands, "periksa", _periksa, "periksa pengaturan, kunci, templat, dan semua permohonan", "payung periksa"
    )
    formulir = _add(
        commands, "formulir", _formulir, "buat Formulir Google atau formulir cetak", "payung formulir cetak"
    )
    formulir.add_argument("jenis", choices=("google", "cetak"))
    formulir.add_argument(
        "--ke", type=Path, default=Path("formulir-cetak.html"), metavar="BERKAS", help="hasil formulir cetak"
    )
    for one in (jalankan, daftar, lihat, periksa):
        one.add_argument("--json", action="store_true", help="keluaran untuk dibaca program")
    return parser


def _add(
    commands: Any, name: str, command: Callable[[argparse.Namespace], int], text: str, sample: str
) -> argparse.ArgumentParser:
    """A command that explains itself in Indonesian."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=text[0].upper() + text[1:] + ".", epilog=f"Contoh: {sample}"
    )
    parser.add_argument(
        "--pengaturan", type=Path, metavar="BERKAS", default=argparse.SUPPRESS, help="berkas payung.yaml yang dipakai"
    )
    parser.set_defaults(command=command)
    return parser


def _seconds(text: str) -> float:
    """``30s``, ``5m`` or ``1j`` as seconds."""
    units = {"s": 1, "m": 60, "j": 3600}
    if text[-1:] not in units or not text[:-1].isdigit() or int(text[:-1]) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” bukan lama waktu. Tulis seperti 30s, 5m, atau 1j.")
    return float(int(text[:-1]) * units[text[-1]])


def _settings(args: argparse.Namespace) -> Settings:
    """The settings that ``--pengaturan`` names, or that are found upward."""
    return settings.load(args.pengaturan or settings.find(Path.cwd()))


def _office(args: argparse.Namespace) -> Office:
    """The office of these settings, opened."""
    return pipeline.open_office(_settings(args), _now)


def _now() -> datetime:
    """This moment, aware, on the machine's clock."""
    return datetime.now(UTC).astimezone()


def _print(text: str, data: Any, args: argparse.Namespace) -> None:
    """``data`` as JSON when the command was asked for it, else ``text``."""
    print(json.dumps(data, ensure_ascii=False, indent=1) if args.json else text)


def _siapkan(args: argparse.Namespace) -> int:
    """``payung siapkan``"""
    for line in setup.prepare(args.pengaturan, Path.cwd()):
        print(line)
    return 0


def _jalankan(args: argparse.Namespace) -> int:
    """``payung jalankan``"""
    office = _office(args)
    if args.simulasi:
        planned = pipeline.simulate(office, force=args.paksa)
        _print(show.report(planned, simulated=True), show.report_data(planned), args)
        return _code(planned)
    done = pipeline.run(office, force=args.paksa)
    _print(show.report(done), show.report_data(done), args)
    if args.tiap:
        serve.every(args.tiap, lambda: _again(office), _stop_signal())
    return _code(done)


def _again(office: Office) -> None:
    """A pass on a schedule: says something only when there is something to say, and outlives every failure."""
    try:
        done = pipeline.run(office)
    except (PayungError, OSError) as error:
        print(f"{_now():%H.%M} {error}", file=sys.stderr, flush=True)
    else:
        if done.rendered or done.published or done.failures or any(kind != "sama" for _, kind, _ in done.filed):
            print(f"{_now():%H.%M} {show.report(done)}", flush=True)


def _stop_signal() -> threading.Event:
    """An event that SIGTERM sets, so that a service manager ends a pass between two steps."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    return stop


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
    office = pipeline.open_office(found, _now)
    with serve.serving(found.site, args.porta) as address:
        done = pipeline.run(office)
        if args.contoh and example.play_staff(office.register):
            done.add(pipeline.run(office))
        print(show.report(done), show.places(found, address, args.tiap), sep="\n\n", flush=True)
        serve.every(args.tiap, lambda: _again(office), _stop_signal())
    print("Payung berhenti. Semua yang sudah dikerjakan tersimpan.")
    return 0


def _daftar(args: argparse.Namespace) -> int:
    """``payung daftar``"""
    register = _office(args).register
    rows = [show.row(register.read(number)) for number in register.numbers()]
    _print(show.table(rows), rows, args)
    return 0


def _lihat(args: argparse.Namespace) -> int:
    """``payung lihat``"""
    office = _office(args)
    filed = office.register.read(args.nomor)
    _print(show.case(filed, office.settings.layanan.zone), show.case_data(filed), args)
    return 0


def _identitas(args: argparse.Namespace) -> int:
    """``payung identitas``: the journal says so before anything is shown."""
    office = _office(args)
    with office.register.lock(10):
        office.register.record(
            args.nomor, Event("identitas_dibuka", office.now(), getpass.getuser(), {"alasan": args.alasan})
        )
    applicant = office.register.dossier(args.nomor).applicant
    for key, value in asdict(applicant).items():
        print(f"{key:<12}{value}")
    for name, content in office.register.attachments(args.nomor) if args.lampiran else ():
        args.lampiran.mkdir(parents=True, exist_ok=True)
        (args.lampiran / name).write_bytes(content)
        print(f"{'lampiran':<12}{args.lampiran / name}")
    return 0


def _terbitkan(args: argparse.Namespace) -> int:
    """``payung terbitkan``"""
    office = _office(args)
    done = Report()
    with office.register.lock(10):
        pipeline.release(office, done)
    print(show.report(done))
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
