"""What several commands take: a case's number, JSON, and words that mean a day, a port or a length of time."""

import argparse
from datetime import date
from pathlib import Path


def add_number(parser: argparse.ArgumentParser) -> None:
    """Add the number of the case that a command is about."""
    parser.add_argument("nomor", metavar="NO", help="nomor registrasi, atau angka akhirnya")


def add_numbers(parser: argparse.ArgumentParser) -> None:
    """Add the numbers of the cases that a command is about, one or several."""
    parser.add_argument(
        "nomor", metavar="NO", nargs="+", help="nomor registrasi, atau angka akhirnya; boleh beberapa sekaligus"
    )


def add_officer(parser: argparse.ArgumentParser, *, decides: bool = False) -> None:
    """Add who takes a step, who must be named where it ``decides`` something."""
    whose = "siapa yang memutuskan" if decides else "siapa yang mengerjakan (bawaan: akun komputer ini)"
    parser.add_argument("--oleh", required=decides, default="", metavar="PETUGAS", help=whose)


def add_settings(parser: argparse.ArgumentParser, default: str | None = argparse.SUPPRESS) -> None:
    """Add ``--pengaturan``, which may stand before or after a command and what belongs to it."""
    text = "berkas payung.yaml yang dipakai"
    parser.add_argument("--pengaturan", type=Path, metavar="BERKAS", default=default, help=text)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the choice of output that a program reads."""
    parser.add_argument("--json", action="store_true", help="keluaran untuk dibaca program")


def day(text: str) -> date:
    """Read a day written 2026-07-02. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” bukan tanggal. Tulis seperti 2026-07-02") from None


def port(text: str) -> int:
    """Read a port's number; 0 takes any that is free. Raises ArgumentTypeError."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"“{text}” bukan port. Tulis angka sampai 65535")
    return int(text)


def seconds(text: str) -> float:
    """Read ``30s``, ``5m`` or ``1j`` as seconds. Raises ArgumentTypeError."""
    units = {"s": 1, "m": 60, "j": 3600}
    if text[-1:] not in units or not text[:-1].isdecimal() or int(text[:-1]) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” bukan lama waktu. Tulis seperti 30s, 5m, atau 1j")
    return float(int(text[:-1]) * units[text[-1]])
