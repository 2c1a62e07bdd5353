"""What listens until it is stopped: the site with its passes, the endpoint alone, the officers' pages."""

import argparse
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from processor.cli import example, network_desk, output, web_server
from processor.cli.commands.context import chosen_settings, open_found
from processor.cli.commands.options import port, seconds
from processor.cli.commands.pass_commands import keep_on, until_stopped
from processor.cli.network_desk import Served
from processor.desk import network, server
from processor.foundation import loopback, settings
from processor.foundation.errors import Busy, PayungError
from processor.foundation.progress import silent
from processor.foundation.settings import Settings
from processor.operations import daily_pass
from processor.operations.office import Office
from processor.operations.row_store import RowMemory
from processor.site.endpoint import Endpoint


def layani_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung layani`` takes."""
    parser.add_argument("--contoh", action="store_true", help="kantor contoh dengan orang rekaan")
    parser.add_argument("--hanya-penerima", action="store_true", help="hanya menerima kiriman tersegel dari situs")
    parser.add_argument("--soket", type=int, metavar="FD", help="untuk --hanya-penerima: soket dari systemd, yaitu 3")
    parser.add_argument("--port", type=port, default=8000, help="port di 127.0.0.1 (bawaan 8000)")
    parser.add_argument(
        "--tiap", type=seconds, default=60.0, metavar="LAMA", help="jeda putaran: 30s, 5m, 1j (bawaan 1m)"
    )
    network_desk.add_options(parser, "-meja")


def layani(args: argparse.Namespace) -> int:
    """Run ``payung layani``."""
    if args.hanya_penerima:
        found = chosen_settings(args)
        if network_desk.chosen(args, found):
            raise PayungError("--hanya-penerima tidak melayani meja. Hapus itu, atau opsi meja.")
        _serve_endpoint(found, args.port, args.soket)
        return 0
    found = example.prepare_example(args.pengaturan, Path.cwd()) if args.contoh else chosen_settings(args)
    served = network_desk.chosen(args, found)
    office = open_found(found)
    with (
        web_server.serving(
            found.site, args.port, found.packages, urlsplit(found.situs.alamat).hostname or ""
        ) as address,
        _served(found, served),
    ):
        try:
            done = daily_pass.run_pass(office)
            if args.contoh and example.play_staff(office.register, office.settings.layanan.zone):
                done.add(daily_pass.run_pass(office))
                example.sign_letters(office.register)
                done.add(daily_pass.run_pass(office))
                example.play_voices(office)
                done.add(daily_pass.run_pass(office))  # archives what the pass before delivered
            print(output.pass_text(done), end="\n\n")
        except Busy as error:
            print(error, end="\n\n")
        stop = until_stopped()  # before anybody is told how to stop it
        if served:
            print(_desk_text(served))
        print(output.addresses_text(found, address, args.tiap), flush=True)
        keep_on(found, args.tiap, stop)
    return 0


def _serve_endpoint(found: Settings, port: int, handed: int | None) -> None:
    """Serve the endpoint alone, on the socket that systemd hands over, else on ``port``; read no key and no case."""
    os.umask(0o077)  # the folders above the packages, too, are made for their owner alone
    listener = loopback.bind(port, "payung layani --hanya-penerima") if handed is None else socket.socket(fileno=handed)
    stop = until_stopped()
    with loopback.answering(Endpoint(found.packages), listener) as address:
        print(f"Menerima kiriman di {address}. Berhenti dengan Ctrl+C.", flush=True)
        while not stop.wait(1):
            pass


def meja_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung meja`` takes."""
    network_desk.add_options(parser)


def meja(args: argparse.Namespace) -> int:
    """Run ``payung meja``."""
    found = chosen_settings(args)
    served = network_desk.chosen(args, found)
    open_found(found)
    stop = until_stopped()
    if served is None:
        opened = partial(_opened_anew, found.path, RowMemory())
        with server.serve_desk(opened, args.desk_port) as address:
            _wait(f"Meja petugas: {address}\nHanya untuk Anda, di komputer ini.", stop)
        return 0
    with _served(found, served):
        _wait(_desk_text(served), stop)
    return 0


@contextmanager
def _served(found: Settings, served: Served | None) -> Iterator[None]:
    """Serve the desk to other computers while the block runs, where it is to be."""
    if served is None:
        yield
        return
    opened = partial(_opened_anew, found.path, RowMemory())
    listener = network_desk.listen(served)
    with network.serve(network.desk(opened, served.public), listener, served.tls):
        yield


def _desk_text(served: Served) -> str:
    """Say where officers find the desk."""
    return f"Meja petugas: {served.public}\nUntuk petugas yang punya akun (payung petugas undang NAMA)."


def _opened_anew(path: Path, rows: RowMemory) -> Office:
    """Open the office as its settings say now; of the rows that it shows, only what changed is read again."""
    office = open_found(settings.load(path), silent)
    office.register.journalled = rows.written
    return replace(office, rows=rows)


def _wait(said: str, stop: Event) -> None:
    """Say what is served, and wait until somebody stops it."""
    print(f"{said} Berhenti dengan Ctrl+C.", flush=True)
    while not stop.wait(1):
        pass
