"""A pass over everything, once or again and again; and the site by itself."""

import argparse
import signal
import sys
import threading
import time
from datetime import UTC, datetime

from processor.cli import output, watching
from processor.cli.commands import context
from processor.cli.commands.context import (
    MENDS_NEEDED,
    WAIT,
    chosen_settings,
    open_found,
    print_text_or_json,
)
from processor.cli.commands.options import add_json, seconds
from processor.cli.watching import LastPass
from processor.foundation import clock_doubts, settings
from processor.foundation.clock_doubts import RunningClock
from processor.foundation.errors import PayungError
from processor.foundation.settings import Settings
from processor.operations import daily_pass, office_clock, site_publication
from processor.operations.pass_report import PassReport
from processor.operations.upgrade import folder_version
from processor.site import page_lines


def jalankan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung jalankan`` takes."""
    add_json(parser)
    once = parser.add_mutually_exclusive_group()
    once.add_argument("--simulasi", action="store_true", help="tunjukkan yang akan didaftarkan, tanpa menulis")
    once.add_argument("--tiap", type=seconds, metavar="LAMA", help="ulangi terus: 30s, 5m, 1j")
    parser.add_argument("--percaya-jam", action="store_true", help="jam komputer sudah diperiksa dan benar")
    parser.add_argument("--paksa", action="store_true", help="terima sumber yang tiba-tiba kosong")


def jalankan(args: argparse.Namespace) -> int:
    """Run ``payung jalankan``."""
    found = chosen_settings(args)
    if args.percaya_jam and not args.simulasi:
        office_clock.trust(open_found(found))
    if args.tiap:
        keep_on(found, args.tiap, until_stopped())
        return 0
    if args.simulasi:
        done = daily_pass.simulate(open_found(found), force=args.paksa)
    else:
        done = daily_pass.run_pass(open_found(found), force=args.paksa)
    done.news += folder_version.differences(found)
    print_text_or_json(output.pass_text(done, simulated=args.simulasi), output.pass_data(done), args)
    return _exit_code(done)


def keep_on(found: Settings, pause: float, stop: threading.Event) -> None:
    """Run a pass every ``pause`` seconds, and when somebody changed something, until ``stop`` is set.

    Each pass reads the settings anew, and no failure ends the series.
    """
    said: list[str] = []
    clock = RunningClock(datetime.now(UTC), clock_doubts.seconds_elapsed())

    def once() -> LastPass:
        begun, filed = time.time_ns(), list[str]()
        try:
            office = open_found(settings.load(found.path))
            office_clock.note_changes(office, clock)
            done = daily_pass.run_pass(office)
        except (PayungError, OSError) as error:
            print(f"{_time_of_line(found)} {error}", file=sys.stderr, flush=True)
        except Exception as error:  # noqa: BLE001 -- a schedule goes on; a traceback could hold an applicant's words
            print(
                f"{_time_of_line(found)} Kesalahan program ({type(error).__name__}); dicoba lagi.",
                file=sys.stderr,
                flush=True,
            )
        else:
            wrong = [str(one) for one in (*done.problems, *done.failures)]
            if output.did_anything(done) or wrong != said:
                print(f"{_time_of_line(found)} {output.pass_text(done)}", flush=True)
            said[:] = wrong
            filed += (number for _, kind, number in done.filed if kind != "sama")
        return LastPass(begun, time.time_ns(), filed)

    for line in folder_version.differences(found):
        print(f"{_time_of_line(found)} {line}", flush=True)
    with watching.watched(found) as changes:
        last = once()
        while changes.wait(pause, stop, last):
            last = once()
    print("Payung berhenti. Semua yang sudah dikerjakan tersimpan.", flush=True)


def until_stopped() -> threading.Event:
    """Give an event that is set when somebody presses Ctrl+C or ends the service."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop


def _time_of_line(found: Settings) -> str:
    """Write day and time on the office's clock, for a line of the log."""
    service = found.layanan
    return f"{datetime.now(service.zone):%Y-%m-%d %H.%M} {service.zona_singkat}"


def _exit_code(done: PassReport) -> int:
    """Give the exit code of a pass: the first failure's, else whether a file needs mending."""
    if done.failures:
        return done.failures[0].exit_code
    return MENDS_NEEDED if done.problems else 0


def terbitkan(args: argparse.Namespace) -> int:
    """Run ``payung terbitkan``."""
    office, done = context.open_chosen(args), PassReport()
    with office.register.pass_lock(WAIT):
        site_publication.publish_due(office, done, always=True)
    for error in done.failures:
        print(f"payung: {error}", file=sys.stderr)
    if done.published:
        people = len(office.register.numbers())
        print(f"Situs dibangun dan diperiksa terhadap identitas {people} permohonan: tidak ada yang terselip.")
        print(f"Unggah hanya folder ini: {office.settings.site}")
    for slip in (*done.problems, *page_lines.page_problems(office.settings.root / "docs")):
        print(slip)
    return _exit_code(done)
