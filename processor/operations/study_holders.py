"""Who has the study of a case open to write, and since when: a note that the second is shown, never a lock.

Nothing depends on it for safety: what is saved is joined part by part (``study_saving``). A note of the desk is
forgotten when its page has not been heard of for a while; one of ``payung sunting`` holds as long as that runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from processor.foundation import atomic_files, file_locks
from processor.foundation.errors import Busy
from processor.operations.act_journal import Person
from processor.operations.office import Office

IDLE = timedelta(minutes=10)
"""So long after it was last heard of, a page of the desk counts as closed."""
LOCK = ".permohonan.suntingan.yaml.lock"
"""The file in a case's folder that ``payung sunting`` keeps locked while it runs."""
_FOLDER, _WAIT = "penyunting", 2.0


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes: the officer by short name, or the computer's ``account`` of a command; since when (aware)."""

    officer: str
    account: str
    since: datetime

    @property
    def by_command(self) -> bool:
        """Tell whether the file is open in an editor on the office's computer."""
        return not self.officer


def holder(office: Office, number: str) -> Holder | None:
    """Tell who writes the study of a case now; None where nobody does. Raises PayungError when there is no case."""
    open_elsewhere = edited_by_command(office, number)
    found = _noted(office, number, open_elsewhere=open_elsewhere)
    return found or (Holder("", "", office.now()) if open_elsewhere else None)


def _noted(office: Office, number: str, *, open_elsewhere: bool) -> Holder | None:
    """Give who the note names, where that still holds."""
    note = office.register.state(f"{_FOLDER}/{number}")
    try:
        found = Holder(str(note["oleh"]), str(note["akun"]), datetime.fromisoformat(note["sejak"]))
        fresh = office.now() - datetime.fromisoformat(note["tanda"]) < IDLE
    except (KeyError, ValueError, TypeError):
        return None
    return found if (open_elsewhere if found.by_command else fresh) else None


def edited_by_command(office: Office, number: str) -> bool:
    """Tell whether ``payung sunting`` has the case open. Raises PayungError when there is no case."""
    lock = office.register.path(number) / LOCK
    if not lock.exists():
        return False
    try:
        with file_locks.hold(lock, 0, ""):
            return False
    except Busy:
        return True


def claim(office: Office, number: str, me: Person, *, take_over: bool = False) -> Holder | None:
    """Note that ``me`` writes the study of a case; give who else does instead, unless that is to be taken over."""
    with file_locks.hold(office.register.state_folder / f"{_FOLDER}.lock", _WAIT, _BUSY):
        found = holder(office, number)
        mine = found is not None and (found.officer, found.by_command) == (me.officer, not me.officer)
        if found is not None and not mine and not take_over:
            return found
        _note(office, number, me, found.since if found and mine else office.now())
    return None


_BUSY = "Catatan siapa yang menulis sedang dipakai. Ulangi sebentar lagi."


def _note(office: Office, number: str, me: Person, since: datetime) -> None:
    """Write the note."""
    note = {"oleh": me.officer, "akun": me.account, "sejak": since.isoformat(), "tanda": office.now().isoformat()}
    office.register.save_state(f"{_FOLDER}/{number}", note)


def release(office: Office, number: str, me: Person) -> None:
    """Forget that ``me`` writes the study of a case."""
    if office.register.state(f"{_FOLDER}/{number}").get("oleh") == me.officer:
        atomic_files.remove(office.register.state_folder / _FOLDER / f"{number}.json")


def sweep(office: Office) -> None:
    """Take away the notes of whoever writes no more."""
    for one in (office.register.state_folder / _FOLDER).glob("*.json"):
        if not office.register.has(one.stem) or holder(office, one.stem) is None:
            atomic_files.remove(one)


@contextmanager
def held_by_command(office: Office, number: str, account: str, *, take_over: bool) -> Iterator[None]:
    """Note that a command has the case open while the block runs.

    Raises:
        Busy: A page of the desk has it open, and that is not to be taken over.
    """
    me = Person("", account)
    if found := claim(office, number, me, take_over=take_over):
        raise Busy(f"{in_words(office, number, found)} Tunggu sampai selesai, atau ambil alih: --ambil-alih.")
    try:
        yield
    finally:
        release(office, number, me)


def in_words(office: Office, number: str, found: Holder) -> str:
    """Say who writes the study of a case, and since when."""
    service = office.settings.layanan
    since = f"{found.since.astimezone(service.zone):%H.%M} {service.zona_singkat}"
    if found.by_command:
        return f"{number} sedang disunting dengan payung sunting di komputer kantor, setidaknya sejak {since}."
    officer = office.settings.petugas.get(found.officer)
    return f"{number} sedang ditulis di meja oleh {officer.nama if officer else found.officer} sejak {since}."
