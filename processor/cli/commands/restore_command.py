"""The command with which a person takes a register as it is after it was put back from a backup."""

import argparse
from collections.abc import Iterator, Sequence

from processor.cli.commands import context
from processor.cli.commands.context import MENDS_NEEDED, chosen_settings
from processor.operations import restoring
from processor.operations.register_watch import OLDER_MEND
from processor.operations.restoring import Accepted, MissingFromRegister

_NAMED = 20  # numbers that a line names


def pulihkan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung pulihkan`` takes."""
    parser.add_argument("--terima", action="store_true", help="terima register seperti adanya sekarang")


def pulihkan(args: argparse.Namespace) -> int:
    """Run ``payung pulihkan``: say what the register lacks or, with ``--terima``, take it as it is."""
    office = context.open_found(chosen_settings(args), any_register=True)
    if args.terima:
        print("\n".join(_accepted(restoring.accept(office, context.person().account or "petugas"))))
        return 0
    missing = restoring.compare(office)
    print("\n".join(_missing(missing)))
    return MENDS_NEEDED if missing.refused or missing.older else 0


def _missing(missing: MissingFromRegister) -> Iterator[str]:
    """Say what a register lacks."""
    if missing.refused:
        yield missing.refused
    if missing.gone:
        yield f"Tidak ada lagi: {_list(missing.gone)}."
    if missing.older:
        yield f"Riwayatnya lebih lama daripada yang pernah dilihat: {_list(missing.older)}."
    if missing.older or (missing.gone and not missing.refused):
        yield OLDER_MEND
    if not (missing.refused or missing.gone or missing.older):
        yield "Register ini memuat semua yang pernah dilihat komputer ini. Tidak ada yang perlu dipulihkan."


def _accepted(done: Accepted) -> Iterator[str]:
    """Say what was done, and what follows."""
    yield "Register diterima seperti adanya sekarang. Nomor berikutnya melanjutkan nomor tertinggi yang pernah keluar."
    if done.missing.gone:
        yield f"Hilang, nomornya tidak dipakai lagi: {_list(done.missing.gone)}."
    if done.missing.older:
        yield f"Kembali ke keadaan yang lebih lama: {_list(done.missing.older)}. Periksa isinya: payung lihat NOMOR."
    if done.packages or done.exports:
        exports = f" dan ekspor {', '.join(done.exports)}" if done.exports else ""
        yield f"Diperiksa lagi terhadap register: {done.packages} kiriman yang tersimpan{exports}."
    if done.messages:
        yield f"{done.messages} email ditahan karena mungkin sudah pernah dikirim. Lihat: payung email."
    for why in done.waiting:
        yield f"Isian loket menunggu: {why} Sesudah itu ulangi: payung pulihkan --terima"
    yield "Jalankan payung jalankan: yang hilang didaftarkan lagi dengan nomor baru, dan nomor lamanya disebut."


def _list(numbers: Sequence[str]) -> str:
    """Name the first of some numbers, and say how many more there are."""
    more = len(numbers) - _NAMED
    return ", ".join(numbers[:_NAMED]) + (f", dan {more} lagi" if more > 0 else "")
