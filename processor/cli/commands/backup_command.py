"""The command that backs up an office, its keys apart."""

import argparse
from pathlib import Path

from processor.cli.commands import context
from processor.foundation.errors import PayungError
from processor.operations.backups import backing_up
from processor.operations.backups.backup_manifest import Backup


def cadangkan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung cadangkan`` takes."""
    where = "folder cadangan (bawaan: cadangan.ke di payung.yaml)"
    parser.add_argument("ke", nargs="?", type=Path, metavar="KE", help=where)
    apart = "folder cadangan kunci, di disk lain (bawaan: cadangan.kunci)"
    parser.add_argument("--kunci", type=Path, metavar="FOLDER", help=apart)


def cadangkan(args: argparse.Namespace) -> int:
    """Run ``payung cadangkan``."""
    office = context.open_chosen(args)
    found, said = office.settings, office.settings.cadangan
    place = args.ke or (found.resolve(said.ke) if said.ke else None)
    keys_place = args.kunci or (found.resolve(said.kunci) if said.kunci else None)
    if place is None:
        raise PayungError(
            "Ke mana? Sebutkan foldernya: payung cadangkan FOLDER, atau tulis cadangan.ke di payung.yaml."
        )
    done = backing_up.back_up(office, place, keys_place, context.person())
    print(f"Cadangan selesai: {done.register.folder} ({size(done.register)})")
    if done.keys:
        print(f"Kunci, terpisah: {done.keys.folder} ({size(done.keys)})")
    for remark in done.remarks:
        print(f"- {remark}")
    print("Yang tersegel tetap tersegel; surat di keluar dan ekspor di masuk tidak, jadi simpan disknya terkunci.")
    print("Cobalah apakah dapat dipulihkan: payung pulihkan --latihan")
    return 0


def size(backup: Backup) -> str:
    """Say how many files a backup holds, and how large they are."""
    return f"{len(backup.files)} berkas, {backup.size / 1_000_000:.1f} MB".replace(".", ",")
