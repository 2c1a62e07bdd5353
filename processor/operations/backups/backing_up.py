"""Makes a backup while passes and the desk go on: copied, then compared until nothing changes any more.

A backup appears whole, by one rename, under a name of its own. What is copied is what lay there in one moment: the last
look, during which nobody writes into the register, finds every original as it was copied.
"""

import errno
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from processor.cases.records import Event
from processor.foundation import atomic_files, file_locks
from processor.foundation.errors import Busy, PayungError
from processor.foundation.progress import Progress, counted
from processor.operations import office_records, side_journal
from processor.operations.act_journal import Person
from processor.operations.backups import backup_manifest, backup_sources
from processor.operations.backups.backup_manifest import Backup, KeptFile, Kind
from processor.operations.backups.backup_sources import ListFiles
from processor.operations.office import Office

BACKED_UP = "dicadangkan"
"""The event of a backup; ``daftar`` is the SHA-256 of its list."""
_WAIT = 60.0  # seconds for whoever writes
_ROUNDS = 10  # looks while nobody writes into the register: only editors, git and the endpoint still may
_STAMP = len("20260302-080000")
_SMALL = 65_536  # bytes of a file that may be a copy of the key
_BUSY = "Pencadangan lain dari kantor ini sedang berjalan."


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was made: the register's backup, that of the keys or None, and what a person should know."""

    register: Backup
    keys: Backup | None
    remarks: tuple[str, ...]


def back_up(office: Office, place: Path, keys_place: Path | None, by: Person) -> BackedUp:
    """Back up the office to ``place``, and its keys to ``keys_place``, where there is one.

    Raises:
        Busy: Another backup is being made, or files went on changing.
        PayungError: With what to do; then nothing new is there.
    """
    found, now = office.settings, office.now()
    _check_places(office, place, keys_place)
    with file_locks.hold(office.register.state_folder / "cadangan.lock", 0, _BUSY):
        copies = [_Copies(office, place, "register", partial(backup_sources.of_office, found), now)]
        if keys_place:
            copies.append(_Copies(office, keys_place, "kunci", partial(backup_sources.of_keys, found), now))
        try:
            for one in copies:
                one.begin()
            _copy_all(office, copies)
            register, *keys = [one.finish(now) for one in copies]
        except OSError as error:
            raise PayungError(_failure(error, place, keys_place)) from error
        finally:
            for one in copies:
                atomic_files.remove_folder(one.draft)
    _record(office, register, by, keys=bool(keys))
    remarks = (*_remarks(office, place, keys_place), *copies[0].links)
    return BackedUp(register, keys[0] if keys else None, remarks)


def _copy_all(office: Office, copies: Sequence["_Copies"]) -> None:
    """Copy until a look finds nothing that changed; the last ones while nobody writes into the register."""
    for one in copies:
        one.catch_up(office.progress)
    with office.register.lock(_WAIT):
        for _ in range(_ROUNDS):
            if not any(one.catch_up(office.progress) for one in copies):
                return
    raise Busy("Berkas terus berubah selama dicadangkan. Tutup penyunting dan git, lalu ulangi payung cadangkan.")


class _Copies:
    """Copies in a ``draft`` folder, made again where an original changed since."""

    def __init__(self, office: Office, place: Path, kind: Kind, listed: ListFiles, now: datetime) -> None:
        name = backup_manifest.name_of(kind, office.settings.surat.awalan, now)
        self.final, self.draft = place / name, place / f".{name}.sedang"
        self._office, self._kind, self._list = office, kind, listed
        self._files: dict[str, KeptFile] = {}
        self._marks: dict[str, tuple[int, int]] = {}
        self._folders: tuple[str, ...] = ()
        self.links: tuple[str, ...] = ()

    def begin(self) -> None:
        """Take away what killed backups of this office left. Raises PayungError where one of this second is there."""
        for left in self.final.parent.glob(f".{self.final.name[:-_STAMP]}*.sedang"):
            atomic_files.remove_folder(left)
        if self.final.exists():
            raise PayungError(f"{self.final} sudah ada, dan tidak ditimpa. Tunggu sedetik, lalu ulangi.")
        atomic_files.make_folder(self.draft)

    def catch_up(self, progress: Progress) -> bool:
        """Copy what is new or has changed, drop what is gone; tell whether anything was."""
        listing = self._list()
        gone = self._marks.keys() - listing.files.keys()
        changed = [name for name, path in listing.files.items() if self._marks.get(name) != _mark(path)]
        for name in gone:
            atomic_files.remove(self._place(name))
            del self._marks[name], self._files[name]
        for name in counted(progress, "Menyalin", changed):
            with suppress(FileNotFoundError):  # gone since it was listed: the next look does not find it
                self._copy(name, listing.files[name])
        moved, self._folders = self._folders != tuple(listing.folders), tuple(listing.folders)
        self.links = tuple(f"Tautan ini tidak ikut, juga yang ditunjuknya: {path}." for path in listing.links)
        return bool(gone or changed or moved)

    def _copy(self, name: str, path: Path) -> None:
        """Copy a file; one that changes meanwhile is copied again by the next look."""
        target, before = self._place(name), _mark(path)
        atomic_files.make_folder(target.parent)
        size, digest = atomic_files.copy_hashed(path, target)
        if self._kind == "register" and size < _SMALL and self._office.register.holds_key(target.read_bytes()):
            raise PayungError(
                f"{path} memuat kunci yang membuka register, jadi tidak dicadangkan. Pindahkan, lalu ulangi."
            )
        self._files[name] = KeptFile(size, digest, before[1])
        self._marks[name] = before

    def _place(self, name: str) -> Path:
        return self.draft.joinpath(*name.split("/"))

    def finish(self, now: datetime) -> Backup:
        """Let the backup appear. Raises OSError, and PayungError where copies are gone again."""
        lost = [name for name, one in self._files.items() if _mark(self._place(name))[0] != one.size]
        if lost:
            raise PayungError(
                f"{len(lost)} salinan di {self.draft.parent} hilang selagi dicadangkan, jadi cadangan tidak jadi. "
                "Adakah kantor lain yang mencadangkan ke sana? Beri tiap kantor folder sendiri, lalu ulangi."
            )
        for name in self._folders:
            atomic_files.make_folder(self._place(name))
        listed = backup_manifest.content(self._kind, now, self._files, self._folders)
        mark = self._office.register.fingerprint(backup_manifest.MARK, backup_manifest.digest_of(listed))
        backup_manifest.write(self.draft, listed, mark)
        atomic_files.sync_all([self._place(name) for name in self._files])
        atomic_files.move(self.draft, self.final)
        atomic_files.sync_folder(self.final.parent)
        return backup_manifest.read(self.final)


def _mark(path: Path) -> tuple[int, int]:
    """Give size and time of a file; -1 and 0 where there is none."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return (-1, 0)
    return seen.st_size, seen.st_mtime_ns


def _check_places(office: Office, place: Path, keys_place: Path | None) -> None:
    """Raise PayungError where a place is missing, part of the office, or where keys would lie beside what they open."""
    found = office.settings
    own = (found.register, found.inbox, found.site, found.office_key.parent, found.path.parent, found.root)
    for one in (place, *([keys_place] if keys_place else ())):
        if not one.is_dir():
            raise PayungError(f"Folder cadangan {one} tidak ada. Pasang disknya, atau buat foldernya, lalu ulangi.")
        if inside := [folder for folder in own if _is_in(one, folder)]:
            raise PayungError(f"{one} berada di {inside[0]}, bagian dari kantor ini. Pilih folder di luarnya.")
    for one, other in ((place, "kunci"), *([(keys_place, "register")] if keys_place else ())):
        if any(one.glob(f"payung-{other}-*/{backup_manifest.LIST}")):
            raise PayungError(
                f"Di {one} ada cadangan {other}: kunci dan yang dibukanya tidak boleh di satu tempat. Tertukarkah "
                "kedua disknya?"
            )
    if keys_place and (_is_in(keys_place, place) or _is_in(place, keys_place)):
        raise PayungError(
            f"Kunci tidak dicadangkan di tempat yang sama dengan yang dibukanya ({place}). "
            "Pilih disk lain untuk --kunci."
        )


def _is_in(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _remarks(office: Office, place: Path, keys_place: Path | None) -> Iterator[str]:
    """Say what a person should know of where backups lie."""
    device = place.stat().st_dev
    if device == office.register.folder.stat().st_dev:
        yield "Cadangan ini di disk yang sama dengan register: bila disk itu rusak, keduanya hilang."
    if keys_place and device == keys_place.stat().st_dev:
        yield "Cadangan kunci di disk yang sama dengan cadangan register: siapa yang mendapatnya membaca semuanya."
    if not keys_place:
        yield (
            "Kunci tidak ikut. Cadangkan ke disk lain: tambahkan --kunci FOLDER, atau tulis kunci di bagian cadangan "
            "pada payung.yaml."
        )


def _record(office: Office, made: Backup, by: Person, *, keys: bool) -> None:
    """Let the office's journal say that a backup was made; the backup is whole, also where that cannot be written."""
    told = {"nama": made.folder.name, "daftar": made.digest, "berkas": len(made.files), "kunci": keys}
    event = Event(BACKED_UP, office.now(), by.officer or by.account or "petugas", told)
    with suppress(Busy), office.register.lock(_WAIT):
        side_journal.append(office.register, office_records.JOURNAL, event)


def _failure(error: OSError, place: Path, keys_place: Path | None) -> str:
    """Say why no backup was made."""
    where = f"{place} atau {keys_place}" if keys_place else str(place)
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        why = f"Disk cadangan ({where}) penuh. Kosongkan, atau pakai disk lain."
    else:
        said = _SAID.get(error.errno or 0, f"ditolak sistem ({error.strerror or error})")
        why = f"{error.filename or where} {said}. Periksa disk cadangan dan izin berkas itu."
    return f"Cadangan tidak jadi, dan tidak ada yang setengah jadi di sana. {why} Cadangan yang lama tetap ada."


_SAID = {
    errno.EACCES: "tidak boleh dibuka atau ditulis",
    errno.EPERM: "tidak boleh dibuka atau ditulis",
    errno.EROFS: "ada di disk yang hanya dapat dibaca",
    errno.EIO: "tidak terbaca atau tidak tertulis; mungkin disknya rusak",
}
