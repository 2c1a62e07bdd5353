"""The commands that prepare an office and keep its service running."""

import argparse
import os
import signal
import socket
import sys
import threading
from datetime import datetime
from pathlib import Path

from processor.cli import doctor, example, output, setup, web_server
from processor.cli.commands import context
from processor.cli.commands.context import (
    MENDS_NEEDED,
    WAIT,
    check_prepared,
    chosen_settings,
    open_found,
    print_text_or_json,
)
from processor.desk import server
from processor.foundation import form_definition, loopback, settings
from processor.foundation.errors import Busy, PayungError
from processor.foundation.settings import Settings
from processor.operations import daily_pass
from processor.operations.daily_pass import PassReport
from processor.site import paper_form
from processor.site.endpoint import Endpoint


def siapkan(args: argparse.Namespace) -> int:
    """``payung siapkan``"""
    for line in setup.prepare_office(args.pengaturan, Path.cwd(), recovery=args.kunci_pemulihan):
        print(line)
    return 0


def jalankan(args: argparse.Namespace) -> int:
    """``payung jalankan``"""
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
    web_server.repeat(pause, once, stop)
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


def layani(args: argparse.Namespace) -> int:
    """``payung layani``"""
    found = chosen_settings(args)
    if args.hanya_penerima:
        _receive(found, args.port, args.soket)
        return 0
    if args.contoh:
        found = example.prepare_example(found)
    check_prepared(found)
    office = open_found(found)
    with web_server.serving(found.site, args.port, found.packages) as address:
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
    os.umask(0o077)  # the folders above the packages, too, are made for their owner alone
    listener = loopback.bind(port, "payung layani --hanya-penerima") if handed is None else socket.socket(fileno=handed)
    stop = _stopped()
    with web_server.answering(Endpoint(found.packages), listener) as address:
        print(f"Menerima kiriman di {address}. Berhenti dengan Ctrl+C.", flush=True)
        while not stop.wait(1):
            pass


def meja(args: argparse.Namespace) -> int:
    """``payung meja``"""
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
    """``payung terbitkan``"""
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


def periksa(args: argparse.Namespace) -> int:
    """``payung periksa``"""
    office = context.open_chosen(args)
    problems = tuple(doctor.check(office))
    count = len(office.register.numbers())
    sound = f"{count} permohonan dan semua pengaturan diperiksa: baik."
    text = "\n".join(f"- {problem}" for problem in problems) or sound
    print_text_or_json(text, output.problem_data(problems), args)
    return MENDS_NEEDED if problems else 0


def formulir(args: argparse.Namespace) -> int:
    """``payung formulir``"""
    found = chosen_settings(args)
    form = form_definition.load(found.form)
    if args.jenis == "cetak":
        args.ke.write_text(paper_form.render(form, found), "utf-8")
        print(f"Formulir cetak: {args.ke.resolve()}. Buka di peramban, lalu cetak.")
        return 0
    print("\n".join(setup.google_form(found, form)))
    return 0
