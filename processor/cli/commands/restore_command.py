"""The command with which a person puts a backup back, tries that out, or takes a register as it is afterwards."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from processor.cli.commands import context
from processor.cli.commands.backup_command import size
from processor.cli.commands.context import MENDS_NEEDED, chosen_settings
from processor.foundation import settings
from processor.foundation.errors import PayungError
from processor.foundation.indonesian_dates import waktu
from processor.operations import restoring
from processor.operations.backups import putting_back, restore_drill
from processor.operations.backups.restore_drill import Drill
from processor.operations.office import Office
from processor.operations.register_watch import OLDER_MEND
from processor.operations.restoring import Accepted, MissingFromRegister

_NAMED = 20  # numbers that a line names
_UNUSABLE = 1


def pulihkan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung pulihkan`` takes."""
    parser.add_argument(
        "dari", nargs="?", type=Path, metavar="DARI", help="cadangan, atau folder cadangan: yang terbaru"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--terima", action="store_true", help="terima register seperti adanya sekarang")
    what.add_argument("--latihan", action="store_true", help="coba saja: tidak ada yang diubah di kantor")
    parser.add_argument("--kunci", type=Path, metavar="DARI", help="cadangan kunci; untuk latihan juga berkas kunci")


def pulihkan(args: argparse.Namespace) -> int:
    """Run ``payung pulihkan``: put a backup back where one is named, then say what the register lacks.

    With ``--terima`` it is taken as it is; with ``--latihan`` a backup is only tried out.
    """
    if args.latihan:
        return _try_out(args)
    if args.dari:
        _put_back(args)
    elif args.kunci:
        raise PayungError("Sebutkan juga cadangan registernya: payung pulihkan DARI --kunci DARI")
    office = context.open_found(chosen_settings(args), any_register=True)
    if args.terima:
        print("\n".join(_accepted(restoring.accept(office, context.person().account or "petugas"))))
        return 0
    missing = restoring.compare(office)
    print("\n".join(_missing(missing)))
    return MENDS_NEEDED if missing.refused or missing.older else 0


def _put_back(args: argparse.Namespace) -> None:
    """Put back the backup that was named."""
    here, path = Path.cwd(), args.pengaturan
    with suppress(PayungError):
        path = path or settings.find(here)
    is_new = path is None or (not path.exists() and path.resolve() == here.resolve() / settings.FILE_NAME)
    found = None if is_new else settings.load(path)
    backup = putting_back.find(args.dari, found, "register")
    keys = putting_back.find(args.kunci, found, "kunci") if args.kunci else None
    for line in putting_back.put_back(found, here, backup, keys, datetime.now(UTC).astimezone()):
        print(line)


def _try_out(args: argparse.Namespace) -> int:
    """Try out a backup."""
    office = context.open_found(chosen_settings(args), any_register=True)
    found = office.settings
    backup = putting_back.find(args.dari, found, "register")
    key = args.kunci or (found.resolve(found.cadangan.kunci) if found.cadangan.kunci else None)
    done = restore_drill.drill(office, backup, key, context.person())
    print("\n".join(_told(office, done)))
    return _UNUSABLE if done.damage else 0


def _told(office: Office, done: Drill) -> Iterator[str]:
    """Say what a drill showed."""
    hours = office.settings.layanan
    made = waktu(done.backup.made, hours.zone, hours.zona_singkat)
    yield f"Latihan pemulihan dari {done.backup.folder}"
    yield f"Dibuat {made}: {size(done.backup)}"
    yield from (f"  baik  {one}" for one in done.sound)
    yield from (f"  catat {one}" for one in done.remarks)
    yield from (f"  RUSAK {one}" for one in done.damage[:_NAMED])
    if more := len(done.damage[_NAMED:]):
        yield f"  RUSAK dan {more} lagi"
    yield (
        "Cadangan ini tidak dapat diandalkan. Buat yang baru, di disk lain."
        if done.damage
        else "Cadangan ini dapat dipulihkan."
    )
    yield "Salinan percobaan sudah dihapus; di kantor tidak ada yang berubah, kecuali latihan ini tercatat."


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
