"""What listens until it is stopped: the site with its passes, the endpoint alone, the officers' pages."""

import argparse
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from processor.cli import example, network_desk, output, start_text, web_server
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
from processor.operations.pass_report import PassReport
from processor.operations.row_store import RowMemory
from processor.site.endpoint import Endpoint


def layani_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung layani`` takes."""
    parser.add_argument("--contoh", action="store_true", help="kantor contoh; semua orangnya fiktif")
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
    if args.contoh:
        return _serve_example(args)
    found = chosen_settings(args)
    served, office = network_desk.chosen(args, found), open_found(found)
    with _site(found, args.port) as address, _served(found, served):
        if not (found.site / "index.html").exists():
            _say("Membangun situs (kali pertama sekitar satu menit) ...")
        _first(lambda: daily_pass.run_pass(office))
        _keep_serving(found, args, address, _desk_text(served) if served else "")
    return 0


def _serve_example(args: argparse.Namespace) -> int:
    """Serve the example office, with its desk; tell what is being done, as the first time takes a while."""
    _say("Menyiapkan kantor contoh: kunci, register, dan permohonan rekaan ...")
    found = example.prepare_example(args.pengaturan, Path.cwd())
    served, office = network_desk.chosen(args, found), open_found(found)
    desk = nullcontext("") if served else server.serve_desk(partial(_opened_anew, found.path, RowMemory()), 0)
    with _site(found, args.port) as address, _served(found, served), desk as own:
        _first(lambda: _play(office))
        where = _desk_text(served) if served else f"Meja         {own}  (halaman kerja petugas, hanya di komputer ini)"
        opened = start_text.example_text(address, example.answered(office.register), example.CODE)
        _keep_serving(found, args, address, f"{where}\n{opened}".rstrip())
    return 0


def _play(office: Office) -> PassReport:
    """Let a pass file the requests, the fictional officers work, and passes follow what they did."""
    _say("Mendaftarkan permohonan, membuat surat, dan membangun situs (kali pertama sekitar satu menit) ...")
    done = daily_pass.run_pass(office)
    if example.play_staff(office.register, office.settings.layanan.zone):
        _say("Petugas rekaan memeriksa, menyusun, dan menyetujui ...")
        done.add(daily_pass.run_pass(office))
        _say("Jawaban ditandatangani dan disampaikan ...")
        example.sign_letters(office.register)
        done.add(daily_pass.run_pass(office))
        _say("Pemohon rekaan berkeberatan dan mengadu ...")
        example.play_voices(office)
        done.add(daily_pass.run_pass(office))  # archives what the pass before delivered
    return done


def _first(begin: Callable[[], PassReport]) -> None:
    """Make the first pass and say what it did, or that another one runs."""
    try:
        _say(output.pass_text(begin()))
    except Busy as error:
        _say(str(error))


def _keep_serving(found: Settings, args: argparse.Namespace, address: str, beside: str) -> None:
    """Say where everything is, and make passes until somebody stops it."""
    stop = until_stopped()  # before anybody is told how to stop it
    _say(f"\n{start_text.addresses_text(found, address, args.tiap, beside)}")
    keep_on(found, args.tiap, stop)


def _site(found: Settings, port: int) -> AbstractContextManager[str]:
    """Serve the site and the endpoint."""
    host = urlsplit(found.situs.alamat).hostname or ""
    return web_server.serving(found.site, port, found.packages, host, follow=True)


def _say(text: str) -> None:
    print(text, flush=True)


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
