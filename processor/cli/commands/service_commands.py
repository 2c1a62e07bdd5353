"""The commands that keep an office's service running: one pass or many, the site, the officers' pages."""

import argparse
import os
import signal
import socket
import sys
import threading
from datetime import datetime
from urllib.parse import urlsplit

from processor.cli import example, output
from processor.cli.commands import context
from processor.cli.commands.context import (
    MENDS_NEEDED,
    WAIT,
    check_prepared,
    chosen_settings,
    open_found,
    print_text_or_json,
)
from processor.cli.commands.options import add_json, port, seconds
from processor.foundation import loopback, settings
from processor.foundation.errors import Busy, PayungError
from processor.foundation.settings import Settings
from processor.operations import daily_pass
from processor.operations.daily_pass import PassReport


def jalankan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung jalankan`` takes."""
    add_json(parser)
    once = parser.add_mutually_exclusive_group()
    once.add_argument("--simulasi", action="store_true", help="tunjukkan yang akan didaftarkan, tanpa menulis")
    once.add_argument("--tiap", type=seconds, metavar="LAMA", help="ulangi terus: 30s, 5m, 1j")
    parser.add_argument("--paksa", action="store_true", help="terima sumber yang tiba-tiba kosong")


def jalankan(args: argparse.Namespace) -> int:
    """Run ``payung jalankan``."""
    found = chosen_settings(args)
    if args.tiap:
        _keep_on(found, args.tiap)
        return 0
    if args.simulasi:
        done = daily_pass.simulate(open_found(found), force=args.paksa)
    else:
        check_prepared(found)
        done = daily_pass.run_pass(open_found(found), force=args.paksa)
    print_text_or_json(output.pass_text(done, simulated=args.simulasi), output.pass_data(done), args)
    return _code(done)


def _keep_on(found: Settings, pause: float) -> None:
    """A pass every ``pause`` seconds until somebody stops it; each reads the settings anew and outlives failures."""
    said: list[str] = []

    def once() -> None:
        try:
            done = daily_pass.run_pass(open_found(settings.load(found.path)))
        except (PayungError, OSError) as error:
            print(f"{_clock(found)} {error}", file=sys.stderr, flush=True)
        except Exception as error:  # noqa: BLE001 -- a schedule goes on; a traceback could hold an applicant's words
            print(
                f"{_clock(found)} Kesalahan program ({type(error).__name__}); dicoba lagi.", file=sys.stderr, flush=True
            )
        else:
            wrong = [str(one) for one in (*done.problems, *done.failures)]
            if output.worth_saying(done) or wrong != said:
                print(f"{_clock(found)} {output.pass_text(done)}", flush=True)
            said[:] = wrong

    stop = _stopped()
    once()
    while not stop.wait(pause):
        once()
    print("Payung berhenti. Semua yang sudah dikerjakan tersimpan.", flush=True)


def _stopped() -> threading.Event:
    """Set when somebody presses Ctrl+C or ends the service."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop


def _clock(found: Settings) -> str:
    """Day and time on the office's clock, for a line of the log."""
    service = found.layanan
    return f"{datetime.now(service.zone):%Y-%m-%d %H.%M} {service.zona_singkat}"


def _code(done: PassReport) -> int:
    """The exit code of a pass: the first failure, else whether a file needs mending."""
    if done.failures:
        return done.failures[0].exit_code
    return MENDS_NEEDED if done.problems else 0


def layani_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung layani`` takes."""
    parser.add_argument("--contoh", action="store_true", help="kantor contoh dengan orang rekaan")
    parser.add_argument("--hanya-penerima", action="store_true", help="hanya menerima kiriman tersegel dari situs")
    parser.add_argument("--soket", type=int, metavar="FD", help="untuk --hanya-penerima: soket dari systemd, yaitu 3")
    parser.add_argument("--port", type=port, default=8000, help="port di 127.0.0.1 (bawaan 8000)")
    parser.add_argument(
        "--tiap", type=seconds, default=60.0, metavar="LAMA", help="jeda putaran: 30s, 5m, 1j (bawaan 1m)"
    )


def layani(args: argparse.Namespace) -> int:
    """Run ``payung layani``."""
    from processor.cli import web_server  # noqa: PLC0415  (what serves costs 0.3 s that no other command needs)

    found = chosen_settings(args)
    if args.hanya_penerima:
        _receive(found, args.port, args.soket)
        return 0
    if args.contoh:
        found = example.prepare_example(found)
    check_prepared(found)
    office = open_found(found)
    with web_server.serving(
        found.site, args.port, found.packages, urlsplit(found.situs.alamat).hostname or ""
    ) as address:
        try:
            done = daily_pass.run_pass(office)
            if args.contoh and example.play_staff(office.register):
                for _ in range(2):  # what is delivered by one pass is archived by the next
                    done.add(daily_pass.run_pass(office))
            print(output.pass_text(done), end="\n\n")
        except Busy as error:
            print(error, end="\n\n")
        print(output.addresses_text(found, address, args.tiap), flush=True)
        _keep_on(found, args.tiap)
    return 0


def _receive(found: Settings, port: int, handed: int | None) -> None:
    """The endpoint alone, on the socket that systemd hands over, else on ``port``. Opens no key and no register."""
    from processor.site.endpoint import Endpoint  # noqa: PLC0415  (what serves costs 0.3 s that no other command needs)

    os.umask(0o077)  # the folders above the packages, too, are made for their owner alone
    listener = loopback.bind(port, "payung layani --hanya-penerima") if handed is None else socket.socket(fileno=handed)
    stop = _stopped()
    with loopback.answering(Endpoint(found.packages), listener) as address:
        print(f"Menerima kiriman di {address}. Berhenti dengan Ctrl+C.", flush=True)
        while not stop.wait(1):
            pass


def meja_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung meja`` takes."""
    parser.add_argument("--port", type=port, default=8010, help="port di 127.0.0.1 (bawaan 8010)")


def meja(args: argparse.Namespace) -> int:
    """Run ``payung meja``."""
    from processor.desk import server  # noqa: PLC0415  (what serves costs 0.3 s that no other command needs)

    found = chosen_settings(args)
    check_prepared(found)
    open_found(found)
    stop = _stopped()
    with server.sitting(lambda: open_found(settings.load(found.path)), args.port) as address:
        print(f"Meja petugas: {address}\nHanya untuk Anda, di komputer ini. Berhenti dengan Ctrl+C.", flush=True)
        while not stop.wait(1):
            pass
    return 0


def terbitkan(args: argparse.Namespace) -> int:
    """Run ``payung terbitkan``."""
    office, done = context.open_chosen(args), PassReport()
    with office.register.lock(WAIT):
        daily_pass.publish_due(office, done, always=True)
    for error in done.failures:
        print(f"payung: {error}", file=sys.stderr)
    if done.published:
        people = len(office.register.numbers())
        print(f"Situs dibangun dan diperiksa terhadap identitas {people} permohonan: tidak ada yang terselip.")
        print(f"Unggah hanya folder ini: {office.settings.site}")
    return _code(done)
