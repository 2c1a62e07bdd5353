"""Puts a backup back: nothing that is there is written over, and the register that was there is put aside.

What the register then lacks of what this computer has seen is for ``operations.restoring`` to tell, and for a person
to accept.
"""

import errno
import glob
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from processor.cases import office_keys
from processor.cases.register import Register
from processor.cases.register_seal import WrongKey
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
    due = list(_due(backup, places, missing_only=missing_only))
    for name, target in counted(progress, "Menyalin dan mencocokkan", due):
        if not _copied(backup.path(name), target, backup.files[name]):
            yield name
    for name in backup.folders:
        if folder := _target(name, places):
            atomic_files.make_folder(folder)


def _due(backup: Backup, places: Mapping[str, Path], *, missing_only: bool) -> Iterator[tuple[str, Path]]:
    """Give the files of a backup that are to be copied, and where each goes."""
    for name in backup.files:
        target = _target(name, places)
        if target and not (missing_only and target.exists()):
            yield name, target


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
        PayungError: The backup is damaged or changed, or no key opens it; then nothing was written at all.
    """
    settings_copy, pages = f"{OFFICE}/{FILE_NAME}", dict[str, Path]()
    if is_new := found is None:
        _check_copies(backup, {settings_copy: here / FILE_NAME})
        found = settings.load(backup.path(settings_copy)).located_at(here / FILE_NAME)
        pages = {f"{OFFICE}/{name}": found.root / name for name in PAGES}
        pages[f"{OFFICE}/{found.days_off.name}"] = found.days_off
    fresh = found.register.with_name(f".{found.register.name}.{now:%Y%m%d-%H%M%S}.sedang")
    parts = {REGISTER: fresh, INBOX: found.inbox, MEMORY: found.office_key.parent}
    _check(found, (backup, {**pages, **parts}), keys)
    if is_new:
        _put(backup, pages)
        _put(backup, {settings_copy: found.path})  # last: a restore that was killed before begins anew
        yield f"Pengaturan, halaman, formulir, dan templat kembali: {here}"
    else:
        yield f"Pengaturan, halaman, formulir, dan templat tidak diubah; salinannya di {backup.folder / OFFICE}"
    for private in (found.register.parent, found.inbox, found.office_key.parent):
        atomic_files.make_folder(private)
    with file_locks.hold(found.office_key.parent / "pulihkan.lock", 0, _BUSY):
        aside = _put_register(found, (backup, parts), keys, now)
    if keys:
        yield f"Kunci yang belum ada kembali: {found.office_key.parent}"
    if aside:
        yield f"Register yang tadinya di sana: {aside}"
    yield f"Register kembali dari cadangan {backup.made:%d-%m-%Y %H.%M}: {found.register}"


def _check(found: Settings, parts: tuple[Backup, Mapping[str, Path]], keys: Backup | None) -> None:
    """Raise PayungError where something is against putting a backup back; reads each copy, and writes nothing."""
    register, (backup, _) = found.register, parts
    if os.path.ismount(register):
        raise PayungError(
            f"{register} ialah disk atau volume tersendiri, yang tidak dapat diberi nama lain. Tulis sebuah folder di "
            "dalamnya pada folder.register di payung.yaml, lalu ulangi."
        )
    _check_copies(*parts)
    if keys:
        _check_copies(keys, {KEYS: found.office_key.parent})
    _check_origin(found, backup, keys)


def _put_register(
    found: Settings, parts: tuple[Backup, Mapping[str, Path]], keys: Backup | None, now: datetime
) -> Path | None:
    """Put back what belongs to the register, first where ``parts`` say it is made; give where the former one is."""
    register, fresh = found.register, parts[1][REGISTER]
    for left in register.parent.glob(f".{glob.escape(register.name)}.*.sedang"):  # by one that was killed
        atomic_files.remove_folder(left)
    atomic_files.make_folder(fresh)
    try:
        if keys:
            _put(keys, {KEYS: found.office_key.parent})
        _put(*parts)
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
    _refuse_damaged(backup, list(copy_out(backup, places, missing_only=True)))
    with suppress(AttributeError):  # Windows has no such call
        os.sync()


def _check_copies(backup: Backup, places: Mapping[str, Path]) -> None:
    """Raise PayungError where a copy that is missing in its place is not what the list says."""
    due = _due(backup, places, missing_only=True)
    _refuse_damaged(backup, [name for name, _ in due if not backup.is_whole(name)])


def _refuse_damaged(backup: Backup, wrong: Sequence[str]) -> None:
    if wrong:
        named = ", ".join(wrong[:_NAMED]) + (f", dan {len(wrong) - _NAMED} lagi" if len(wrong) > _NAMED else "")
        raise PayungError(
            f"Cadangan {backup.folder} rusak: {named}. Register tidak diganti. Pakai cadangan yang lain; bila tidak "
            "ada, salin foldernya dengan tangan."
        )


def _check_origin(found: Settings, backup: Backup, offered: Backup | None) -> None:
    """Raise PayungError where no key opens the register of a backup, or its secret did not mark the list.

    The key that is ``offered`` counts where the office has none.
    """
    key, is_offered = found.key_file, False
    if offered and not key.is_file():
        key, is_offered = offered.path(f"{KEYS}/{found.office_key.name}"), True
    if not key.is_file():
        raise PayungError(
            f"Kunci kantor tidak ada: {found.key_file}. Tambahkan --kunci FOLDER CADANGAN KUNCI, atau salin kunci "
            "pemulihan dari kertas ke berkas itu."
        )
    register = Register(backup.path(REGISTER), office_keys.load(key, found.recipients), found.taksonomi)
    try:
        register.sealing.current()
    except WrongKey as error:
        raise PayungError(_other_key(backup, key, offered if is_offered else None)) from error
    if register.fingerprint(backup_manifest.MARK, backup.digest) != backup.mark:
        raise PayungError(
            f"Daftar cadangan {backup.folder} tidak bertanda register ini: cadangan itu diubah. Register tidak "
            "diganti. Pakai cadangan yang lain; bila tidak ada, periksa isinya, lalu salin foldernya dengan tangan."
        )


def _other_key(backup: Backup, key: Path, offered: Backup | None) -> str:
    """Say how to go on where ``key``, the office's own or that of a backup of keys, is another register's."""
    why = f"Kunci di {key} bukan kunci register ini: cadangan {backup.folder} tidak terbuka, dan tidak ada yang diubah."
    if offered:
        return f"{why} Sebutkan pada --kunci cadangan kunci dari kantor yang membuatnya."
    return (
        f"{why} Periksa dahulu apakah cadangan itu milik kantor Anda. Bila ya, ganti {key.name} dengan berkas kunci "
        f"yang benar: beri yang sekarang nama lain, jangan dihapus; letakkan {key.name} dari folder {KEYS} di cadangan "
        f"kunci (atau kunci pemulihan dari kertas) di {key}; lalu ulangi perintah ini."
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
    name = f"{register.name}-sebelum-{now:%Y%m%d-%H%M%S}"
    names = (register.with_name(one) for one in chain([name], (f"{name}-{number}" for number in count(2))))
    aside = next(path for path in names if not path.exists())
    atomic_files.move(register, aside)
    return aside


def find(place: Path | None, found: Settings | None, kind: backup_manifest.Kind) -> Backup:
    """Read the backup that a command means: in ``place``, else where the settings say. Raises PayungError."""
    said = found and (found.cadangan.ke if kind == "register" else found.cadangan.kunci)
    chosen = place or (found.resolve(said) if found and said else None)
    if chosen is None:
        raise PayungError("Sebutkan folder cadangannya, atau tulis di bagian cadangan pada payung.yaml.")
    return backup_manifest.find(chosen, kind, found.surat.awalan if found else "*")
