"""Tries out whether a backup could be put back: copied to a folder of its own, compared, opened, and thrown away.

Nothing in the office changes but that its journal says that it was tried.
"""

import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from processor.cases import evidence, journal, office_keys, registration_numbers
from processor.cases.journal_heads import JournalHead
from processor.cases.office_keys import OfficeKeys
from processor.cases.register import Register
from processor.cases.register_memory import RegisterMemory
from processor.cases.register_seal import NAME as SEAL
from processor.foundation.errors import PayungError
from processor.foundation.progress import counted
from processor.foundation.scratch_folders import scratch_folder, sweep
from processor.operations import register_watch
from processor.operations.act_journal import Person
from processor.operations.backups import backup_manifest, drill_record, putting_back
from processor.operations.backups.backup_manifest import Backup
from processor.operations.backups.backup_sources import INBOX, KEYS, MEMORY, REGISTER
from processor.operations.office import Office
from processor.site import kept_packages, package_content, package_seal, sealed_packages
from processor.site.package_content import SentRequest

_NAMED = 5  # files or numbers that a sentence names


@dataclass(frozen=True, slots=True)
class Drill:
    """What trying out a backup showed, in sentences: what is sound, what a person should know, what is wrong."""

    backup: Backup
    sound: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)

    def tell(self, sound: str, wrong: Sequence[str]) -> None:
        """Say that something is ``sound``, unless something is ``wrong`` with it."""
        if wrong:
            self.damage.extend(wrong)
        else:
            self.sound.append(sound)


def drill(office: Office, backup: Backup, key: Path | None, by: Person) -> Drill:
    """Put a backup back where it harms nobody, and say what that showed.

    Args:
        office: The office, opened with ``any_register``.
        backup: The register's backup.
        key: A backup of the keys, a folder of such, or a file with a key; None to use the office's own key.
        by: Who runs the drill.

    Raises:
        PayungError: There is no room for it, or the backup of the keys is none.
        Busy: The office's journal cannot be written now.
    """
    done = Drill(backup)
    sweep()  # the copy of a drill that was killed
    with scratch_folder() as scratch:
        _check_room(backup, scratch)
        _compare_files(office, done, backup, scratch)
        keys = _offered_keys(office, done, key, scratch)
        register = Register(scratch / REGISTER, keys, office.settings.taksonomi)
        if register.folder.is_dir():
            known = _follow_chains(office, done, register.folder, RegisterMemory(scratch / MEMORY))
            _open(done, register, RegisterMemory(scratch / MEMORY))
            _look_at_packages(done, register, scratch / INBOX / office.settings.packages.name, known)
            _compare_with_today(office, done, register.folder)
        else:
            done.damage.append("Cadangan ini tidak memuat register.")
    if office.register.folder.is_dir():
        told = {"cadangan": backup.folder.name, "daftar": backup.digest, "baik": not done.damage}
        drill_record.record(office, by.officer or by.account or "petugas", told)
    return done


def _check_room(backup: Backup, scratch: Path) -> None:
    """Raise PayungError where a copy of the backup does not fit."""
    if shutil.disk_usage(scratch).free < backup.size:
        raise PayungError(
            f"Ruang di {tempfile.gettempdir()} kurang: salinan percobaan perlu {backup.size // 1_000_000} MB. "
            "Kosongkan, atau tunjuk folder lain dengan variabel TMPDIR."
        )


def _compare_files(office: Office, done: Drill, backup: Backup, scratch: Path) -> None:
    """Copy a backup, and compare each file with the list."""
    places = {name.partition("/")[0]: scratch / name.partition("/")[0] for name in (*backup.files, *backup.folders)}
    wrong = list(putting_back.copy_out(backup, places, office.progress))
    more = list(backup_manifest.surplus(backup))
    done.tell(
        f"{len(backup.files)} berkas {_WHAT[backup.kind]} sama bit demi bit dengan daftarnya.",
        [f"Hilang atau berubah: {_some(wrong)}."] * bool(wrong),
    )
    if more:
        done.remarks.append(f"Tidak ada di daftar, jadi tidak ikut dipulihkan: {_some(more)}.")


_WHAT = {"register": "cadangan", "kunci": "cadangan kunci"}


def _some(names: Collection[str]) -> str:
    """Name the first of some, and say how many more there are."""
    more = len(names) - _NAMED
    return ", ".join([*names][:_NAMED]) + (f", dan {more} lagi" if more > 0 else "")


def _offered_keys(office: Office, done: Drill, key: Path | None, scratch: Path) -> OfficeKeys:
    """Give the keys with which to try; those of a backup are compared first."""
    found = office.settings
    if key and key.is_file():
        return office_keys.load(key, scratch / "tidak-ada")
    if key:
        backup = backup_manifest.find(key, "kunci", found.surat.awalan)
        _compare_files(office, done, backup, scratch)
        return office_keys.load(scratch / KEYS / found.office_key.name, scratch / KEYS / found.recipients.name)
    done.remarks.append("Dipakai kunci kantor di komputer ini; cadangan kunci belum dicoba (--kunci FOLDER).")
    return office_keys.load(found.key_file, found.recipients)


def _follow_chains(office: Office, done: Drill, register: Path, memory: RegisterMemory) -> set[str]:
    """Follow the chain of every journal, up to the line that was seen last, and compare what the journals tell of.

    Returns: The sources' keys of everything that was filed.
    """
    cases, wrong, known = 0, list[str](), set[str]()
    for path in counted(office.progress, "Memeriksa riwayat", sorted(register.rglob(journal.FILE_NAME))):
        events, problems = journal.read(path)
        wrong += (f"{path.relative_to(register).as_posix()}: {one.message}" for one in problems)
        if registration_numbers.PATTERN.match(path.parent.name) and path.parent.parent.name.isdecimal():
            cases += 1
            known.update(key for one in events for key in one.data.get("kunci", ()))
            beside = evidence.mistakes(path.parent, events, (), content=True)
            wrong += (f"{path.parent.name}: {one.message}" for one in beside)
    wrong += (
        f"{number}: riwayatnya tidak sampai ke baris terakhir yang dicatat."
        for number in _short(register, memory.heads())
    )
    done.tell(
        f"Rantai riwayat {cases} permohonan utuh sampai baris terakhirnya; lampirannya sama dengan yang dicatat.", wrong
    )
    return known


def _short(register: Path, heads: dict[str, JournalHead]) -> Iterator[str]:
    """Give the cases of which not all is there that was seen, in order."""
    for number in sorted(heads, key=registration_numbers.order):
        path = register / registration_numbers.PATTERN.sub(r"\1", number) / number / journal.FILE_NAME
        with suppress(OSError):
            if heads[number].is_in(path.read_bytes()):
                continue
        yield number


def _open(done: Drill, register: Register, memory: RegisterMemory) -> None:
    """Open the seal and the newest case, and compare the mark of the list."""
    identity, known = register_watch.identity_of(register), memory.load()
    if not identity:
        done.damage.append(f"{SEAL} tidak ada, rusak, atau bukan untuk kunci ini: register ini tidak dapat dibuka.")
        return
    if register.fingerprint(backup_manifest.MARK, done.backup.digest) != done.backup.mark:
        done.damage.append(
            "Daftarnya tidak bertanda register ini: cadangan ini diubah, atau dibuat dari register lain."
        )
    if known and known.identity not in {"", identity}:
        done.damage.append("Yang dicatat di cadangan ini tentang registernya ialah tentang register lain.")
    numbers = register.numbers()
    if not numbers:
        done.remarks.append("Belum ada permohonan yang dapat dibuka.")
    elif register.sealing.can_open(numbers[-1]):
        done.sound.append(f"Permohonan {numbers[-1]} terbuka dengan kunci ini.")
    else:
        done.damage.append(f"Permohonan {numbers[-1]} tidak terbuka dengan kunci ini.")


def _look_at_packages(done: Drill, register: Register, packages: Path, known: Collection[str]) -> None:
    """Tell how many packages are kept, and how many of them would be filed again, as no journal knows them."""
    paths = kept_packages.kept(packages)
    sent = [one for path in paths if (one := _request(register, path))]
    again = sum(f"{sealed_packages.SOURCE}:{one.kunci}" not in known for one in sent)
    if paths:
        done.sound.append(f"{len(paths)} kiriman yang tersimpan ikut.")
    if again:
        done.remarks.append(f"{again} di antaranya belum ada di registernya: didaftarkan lagi sesudah pemulihan.")


def _request(register: Register, path: Path) -> SentRequest | None:
    """Open a package; None where it is no request of its own, or does not open."""
    try:
        sent = package_content.parsed(package_seal.unsealed(path, register.unseal))
    except (PayungError, OSError):
        return None
    return sent if isinstance(sent, SentRequest) and not sent.untuk else None


def _compare_with_today(office: Office, done: Drill, register: Path) -> None:
    """Tell what came since: that would be lost, or filed again, if the backup were put back today."""
    newer = list(_short(register, office.memory.heads()))
    if newer:
        done.remarks.append(f"Lebih baru daripada cadangan ini: {_some(newer)}. Buat cadangan setiap hari.")
