"""Puts a backup back: nothing that is there is written over, and the register that was there is put aside.

What the register then lacks of what this computer has seen is for ``operations.restoring`` to tell, and for a person
to accept.
"""

import errno
import glob
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from processor.cases import office_keys
from processor.cases.register import Register
from processor.foundation import atomic_files, file_locks, settings
from processor.foundation.errors import PayungError
from processor.foundation.progress import Progress, counted, silent
from processor.foundation.settings import FILE_NAME, Settings
from processor.operations.backups import backup_manifest
from processor.operations.backups.backup_manifest import Backup, KeptFile
from processor.operations.backups.backup_sources import INBOX, KEYS, MEMORY, OFFICE, PAGES, REGISTER

_WAIT = 10.0  # seconds for a pass that is under way
_NAMED = 5  # files that a sentence names
_BUSY = "Pemulihan lain dari kantor ini sedang berjalan."


def copy_out(
    backup: Backup, places: Mapping[str, Path], progress: Progress = silent, *, missing_only: bool = False
) -> Iterator[str]:
    """Copy files of a backup out of it, and give the names of those that are gone or not what the list says.

    Args:
        backup: The backup.
        places: Where a file, or all that lies in a folder, goes, by its path in the backup; the rest is passed over.
        progress: Where long work is shown.
        missing_only: Whether what is there already stays.
    """
    for name in counted(progress, "Menyalin dan mencocokkan", backup.files):
        target = _target(name, places)
        there = target is None or (missing_only and target.exists())
        if target and not there and not _copied(backup.path(name), target, backup.files[name]):
            yield name
    for name in backup.folders:
        if target := _target(name, places):
            atomic_files.make_folder(target)


def _target(name: str, places: Mapping[str, Path]) -> Path | None:
    """Give where a file goes; None where nowhere."""
    for begin, place in places.items():
        if name == begin or name.startswith(f"{begin}/"):
            return place.joinpath(*name[len(begin) :].split("/")[1:])
    return None


def _copied(path: Path, target: Path, kept: KeptFile) -> bool:
    """Copy a file; tell whether that gave what is on the list. A copy that is not is taken away.

    Raises OSError where there is no room for it.
    """
    atomic_files.make_folder(target.parent)
    beside = atomic_files.temporary(target)
    try:
        if atomic_files.copy_hashed(path, beside) != (kept.size, kept.sha256):
            return False
        os.utime(beside, ns=(kept.time, kept.time))
        atomic_files.move(beside, target)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise
        return False  # gone, or no longer readable
    finally:
        atomic_files.remove(beside)
    return True


def put_back(found: Settings | None, here: Path, backup: Backup, keys: Backup | None, now: datetime) -> Iterator[str]:
    """Put back register, inbox and what is remembered, and where they are missing settings, pages and keys.

    Args:
        found: The settings of the office; None where there are none yet.
        here: The folder in which settings and pages go then.
        backup: The register's backup.
        keys: That of the keys, where one was named.
        now: The moment (aware), by which what was there is named.

    Yields:
        What was done, a line each.

    Raises:
        Busy: A pass or an officer works in the register, or another backup is being put back.
        PayungError: The backup is damaged or changed, or no key opens it; then register and keys stay as they were.
    """
    if found is None:
        _put(backup, {f"{OFFICE}/{name}": here / name for name in (FILE_NAME, "libur.yaml")})
        found = settings.load(here / FILE_NAME)
        _put(backup, {f"{OFFICE}/{name}": found.root / name for name in PAGES})
        yield f"Pengaturan, halaman, formulir, dan templat kembali: {here}"
    else:
        yield f"Pengaturan, halaman, formulir, dan templat tidak diubah; salinannya di {backup.folder / OFFICE}"
    for private in (found.register.parent, found.inbox, found.office_key.parent):
        atomic_files.make_folder(private)
    with file_locks.hold(found.office_key.parent / "pulihkan.lock", 0, _BUSY):
        aside = _put_register(found, backup, keys, now)
    if keys:
        yield f"Kunci yang belum ada kembali: {found.office_key.parent}"
    if aside:
        yield f"Register yang tadinya di sana: {aside}"
    yield f"Register kembali dari cadangan {backup.made:%d-%m-%Y %H.%M}: {found.register}"


def _put_register(found: Settings, backup: Backup, keys: Backup | None, now: datetime) -> Path | None:
    """Put all back that belongs to the register, once it is known to be this office's; give where the former one is."""
    register = found.register
    if os.path.ismount(register):
        raise PayungError(
            f"{register} ialah disk atau volume tersendiri, yang tidak dapat diberi nama lain. Tulis sebuah folder di "
            "dalamnya pada folder.register di payung.yaml, lalu ulangi."
        )
    for left in register.parent.glob(f".{glob.escape(register.name)}.*.sedang"):  # by one that was killed
        atomic_files.remove_folder(left)
    fresh = register.with_name(f".{register.name}.{now:%Y%m%d-%H%M%S}.sedang")
    atomic_files.make_folder(fresh)
    try:
        _put(backup, {REGISTER: fresh})
        _check_origin(found, fresh, backup, keys)
        if keys:
            _put(keys, {KEYS: found.office_key.parent})
        _put(backup, {INBOX: found.inbox, MEMORY: found.office_key.parent})
        aside = _exchange(found, fresh, now)
    finally:
        atomic_files.remove_folder(fresh)
    atomic_files.sync_folder(register.parent)
    return aside


def _exchange(found: Settings, fresh: Path, now: datetime) -> Path | None:
    """Let ``fresh`` be the register; broken off between, the former one is it again."""
    aside = _put_aside(found, now)
    try:
        atomic_files.move(fresh, found.register)
    except BaseException:
        if aside and not found.register.exists():
            atomic_files.move(aside, found.register)
        raise
    return aside


def _put(backup: Backup, places: Mapping[str, Path]) -> None:
    """Copy what is missing; raise PayungError where a copy is not what the list says."""
    wrong = list(copy_out(backup, places, missing_only=True))
    if wrong:
        named = ", ".join(wrong[:_NAMED]) + (f", dan {len(wrong) - _NAMED} lagi" if len(wrong) > _NAMED else "")
        raise PayungError(
            f"Cadangan {backup.folder} rusak: {named}. Register tidak diganti. Pakai cadangan yang lain; bila tidak "
            "ada, salin foldernya dengan tangan."
        )
    with suppress(AttributeError):  # Windows has no such call
        os.sync()


def _check_origin(found: Settings, folder: Path, backup: Backup, offered: Backup | None) -> None:
    """Raise PayungError where no key opens the register that is to be put back, or its secret did not mark the list.

    The key that is ``offered`` counts where the office has none.
    """
    key = found.key_file
    if offered and not key.is_file():
        key = offered.path(f"{KEYS}/{found.office_key.name}")
    if not key.is_file():
        raise PayungError(
            f"Kunci kantor tidak ada: {found.key_file}. Tambahkan --kunci FOLDER CADANGAN KUNCI, atau salin kunci "
            "pemulihan dari kertas ke berkas itu."
        )
    register = Register(folder, office_keys.load(key, found.recipients), found.taksonomi)
    register.sealing.current()
    if register.fingerprint(backup_manifest.MARK, backup.digest) != backup.mark:
        raise PayungError(
            f"Daftar cadangan {backup.folder} tidak bertanda register ini: cadangan itu diubah. Register tidak "
            "diganti. Pakai cadangan yang lain; bila tidak ada, periksa isinya, lalu salin foldernya dengan tangan."
        )


def _put_aside(found: Settings, now: datetime) -> Path | None:
    """Give the register that is there another name, while nobody uses it; None where there is none.

    An empty folder is put aside as well: Windows gives no folder the name of another.
    """
    register = found.register
    if not register.is_dir():
        return None
    if (register / ".payung").is_dir():
        here = Register(register, office_keys.load(found.key_file, found.recipients), found.taksonomi)
        with here.pass_lock(_WAIT), here.lock(_WAIT):
            pass  # let go before it is renamed: Windows renames no folder in which a file is open
    aside = register.with_name(f"{register.name}-sebelum-{now:%Y%m%d-%H%M%S}")
    atomic_files.move(register, aside)
    return aside


def find(place: Path | None, found: Settings | None, kind: backup_manifest.Kind) -> Backup:
    """Read the backup that a command means: in ``place``, else where the settings say. Raises PayungError."""
    said = found and (found.cadangan.ke if kind == "register" else found.cadangan.kunci)
    chosen = place or (found.resolve(said) if found and said else None)
    if chosen is None:
        raise PayungError("Sebutkan folder cadangannya, atau tulis di bagian cadangan pada payung.yaml.")
    return backup_manifest.find(chosen, kind, found.surat.awalan if found else "*")
