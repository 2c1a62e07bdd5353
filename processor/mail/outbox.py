"""Messages that wait to be sent, as files that survive a crash: ``email/<nomor>.<peristiwa>/`` in the register.

``pesan.age`` is the message, sealed, as it holds an address; ``keadaan.json`` says how far it came and holds none.
What an applicant is sent is written at the moment of sending: it has no ``pesan.age``, or one of version 0.1 that is
not read.

Exactly-once delivery by SMTP is impossible: when the connection breaks after the content went out, nobody knows
whether the server has it. So the state on disk is always the safe one: the attempt is recorded before it begins, and
just before the content goes out the message is recorded as ``tidak_pasti``. Such a message is never sent again by
itself; a person decides. Everything else is sent at most once, and nothing is lost. Once the case's journal knows what
became of a message, it is removed.

Nothing is locked while a server is talked to: each change says from which state it starts, and where somebody was
faster it is not made, so that a message that was held, called off or taken by another process is not sent.
"""

import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from processor.cases.office_keys import OfficeKeys
from processor.foundation import atomic_files, file_locks
from processor.foundation.errors import PayungError
from processor.mail.message import ENDED, WAITING, Message, OutboxEntry, State, dump, load

_MAY_STILL_CHANGE: tuple[State, ...] = ("antre", "ditunda", "gagal", "tidak_pasti", "ditahan")
FOLDER = "email"

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_SEALED, _STATE = "pesan.age", "keadaan.json"
_ASIDE = ".sementara-"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}")
_HELD = "Ditahan petugas. Lepaskan bila boleh dikirim."
_CANCELLED = "Dibatalkan petugas. Tidak dikirim lagi."
_DAMAGED = (
    "Catatan keadaan tidak ada atau rusak, jadi tidak diketahui apakah sudah dikirim. Tanyakan kepada penerima sebelum "
    "mengirim ulang."
)


class Outbox:
    """The outbox in ``folder`` (the register's ``email``), sealed with the office's ``keys``."""

    def __init__(self, folder: Path, keys: OfficeKeys) -> None:
        self.folder = folder
        self._keys = keys
        self._read: dict[str, tuple[tuple[int, int, int], OutboxEntry]] = {}

    def __repr__(self) -> str:
        return f"Outbox({self.folder})"

    @contextmanager
    def lock(self, wait: float = 10.0) -> Iterator[None]:
        """Hold the outbox for one change. Raises Busy when another process still holds it after ``wait`` seconds."""
        atomic_files.make_folder(self.folder)
        busy = "Email sedang dikirim proses Payung yang lain. Tunggu, lalu ulangi perintah ini."
        with file_locks.hold(self.folder / ".proses.lock", wait, busy):
            yield

    def queue(self, message: Message, now: datetime, held: str = "") -> bool:
        """Queue a message to be sent, unless one of the same event lies here already: that one stays as it is.

        Args:
            message: what is sent.
            now: the time of queueing (aware).
            held: why a person must release it first, in a sentence; "" when it may go by itself.

        Returns:
            Whether it is new.
        """
        if not _NAME.fullmatch(message.name):
            raise PayungError("Nama email tidak sah. Laporkan kepada pengembang.")
        with self.lock():
            self._delete_aside()
            if (self.folder / message.name).exists():
                return False
            draft = self._new_aside_path()
            atomic_files.make_folder(draft)
            state: State = "ditahan" if held else "antre"
            names = message.name, message.number, message.event, message.kind
            entry = OutboxEntry(*names, state, reason=held, changed=now, queued=now, items=message.items)
            if message.content:
                atomic_files.write(draft / _SEALED, self._keys.seal(message.content))
            atomic_files.write(draft / _STATE, dump(entry))
            atomic_files.sync_folder(draft)
            atomic_files.move(draft, self.folder / message.name)
            atomic_files.sync_folder(self.folder)
        return True

    def remove(self, name: str) -> None:
        """Remove a message that was sent or cancelled, once the journal knows; also finish an interrupted removal.

        Raises:
            PayungError: there is none of that name, or it may still be sent.
        """
        with _changing(self, name, ENDED, "dihapus"):
            self._remove_at_once(name)

    def _remove_at_once(self, name: str) -> None:
        """Remove a message at one stroke. To be called under the lock."""
        atomic_files.move(self.folder / name, self._new_aside_path())
        atomic_files.sync_folder(self.folder)
        self._delete_aside()

    def _new_aside_path(self) -> Path:
        """Give a path for a message that is not in the outbox yet, or no longer."""
        return self.folder / f"{_ASIDE}{uuid.uuid4().hex[:8]}"

    def _delete_aside(self) -> None:
        """Delete what interrupted work left behind. To be called under the lock."""
        for left in self.folder.glob(f"{_ASIDE}*"):
            atomic_files.remove_folder(left)

    def sweep(self) -> None:
        """Take away what interrupted work left behind. Raises Busy as ``lock``."""
        if any(self.folder.glob(f"{_ASIDE}*")):
            with self.lock():
                self._delete_aside()

    def entries(self) -> tuple[OutboxEntry, ...]:
        """List every message, in the order of queueing. Opens no seal."""
        if not self.folder.is_dir():
            return ()
        names = sorted(path.name for path in self.folder.iterdir())
        found = filter(None, map(self.find, names))
        return tuple(sorted(found, key=lambda one: one.queued or one.changed or _EARLIEST))

    def entry(self, name: str) -> OutboxEntry:
        """Read how far a message came; ``tidak_pasti`` if that is damaged. Raises PayungError when there is none."""
        found = self.find(name)
        if found is None:
            raise PayungError(f"Tidak ada email bernama {name}. Lihat namanya dengan payung email.")
        return found

    def find(self, name: str) -> OutboxEntry | None:
        """Read how far one message came; None when there is none of that name, or no longer."""
        if not _NAME.fullmatch(name):
            return None
        path = self.folder / name / _STATE
        try:
            state = path.stat()
            mark = (state.st_ino, state.st_size, state.st_mtime_ns)  # a state is replaced whole, so its file is another
            if name not in self._read or self._read[name][0] != mark:
                self._read[name] = mark, load(name, path.read_bytes())
            return self._read[name][1]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            if not (self.folder / name).is_dir():  # another process has just removed it
                return None
            number, _, event = name.rpartition(".")
            return OutboxEntry(name, number, event, event.partition("-")[0], "tidak_pasti", reason=_DAMAGED)

    def content(self, name: str) -> bytes:
        """Open the message itself. Raises PayungError or OSError when it cannot be opened."""
        return self._keys.open((self.folder / name / _SEALED).read_bytes())

    def reseal(self) -> None:
        """Seal every message to the recipients of today; a damaged one stays as it is."""
        for entry in self.entries():
            with self.lock(), suppress(PayungError, OSError):
                atomic_files.replace(self.folder / entry.name / _SEALED, self._keys.seal(self.content(entry.name)))

    def compare_and_set(self, before: OutboxEntry, after: OutboxEntry) -> bool:
        """Record ``after`` if the message is still as it was ``before``; tell whether it was."""
        with self.lock():
            if self.find(before.name) != before:
                return False
            self.save(after)
        return True

    def drop(self, entry: OutboxEntry) -> None:
        """Remove a message to officers that a newer one makes needless, unless somebody has changed it."""
        with self.lock():
            if self.find(entry.name) == entry:
                self._remove_at_once(entry.name)

    def merge(self, entries: Sequence[OutboxEntry], message: Message) -> None:
        """Replace all ``entries`` by ``message``, in the place of the first, unless somebody has changed one.

        The others are removed once it is written: after a crash between, the same merge gives the same message.
        """
        first, *others = entries
        with self.lock():
            if [self.find(entry.name) for entry in entries] != list(entries):
                return
            atomic_files.replace(self.folder / first.name / _SEALED, self._keys.seal(message.content))
            self.save(replace(first, items=message.items))
            for other in others:
                self._remove_at_once(other.name)

    def save(self, entry: OutboxEntry) -> OutboxEntry:
        """Record how far a message came, safe from a loss of power. To be called under the lock."""
        atomic_files.replace(self.folder / entry.name / _STATE, dump(entry))
        return entry


def send_again(outbox: Outbox, name: str, now: datetime) -> OutboxEntry:
    """Send a message again, at once, because a person decided so; it may have arrived already. Its tries start anew."""
    with _changing(outbox, name, _MAY_STILL_CHANGE, "dikirim ulang") as entry:
        return outbox.save(replace(entry, state="antre", tries=0, next=None, reason="", changed=now))


def hold(outbox: Outbox, name: str, now: datetime) -> OutboxEntry:
    """Keep a message from being sent until a person releases it."""
    with _changing(outbox, name, WAITING, "ditahan") as entry:
        return outbox.save(replace(entry, state="ditahan", next=None, reason=_HELD, changed=now))


def release(outbox: Outbox, name: str, now: datetime) -> OutboxEntry:
    """Let a held message go on; its tries are still counted."""
    with _changing(outbox, name, ("ditahan",), "dilepas") as entry:
        return outbox.save(replace(entry, state="antre", reason="", changed=now))


def cancel(outbox: Outbox, name: str, now: datetime) -> OutboxEntry:
    """Never send a message, or never again, because a person decided so."""
    with _changing(outbox, name, _MAY_STILL_CHANGE, "dibatalkan") as entry:
        return outbox.save(replace(entry, state="dibatalkan", next=None, reason=_CANCELLED, changed=now))


@contextmanager
def _changing(outbox: Outbox, name: str, allowed: tuple[State, ...], what: str) -> Iterator[OutboxEntry]:
    """Give a message under the lock. Raises PayungError when its state does not allow the change."""
    with outbox.lock():
        entry = outbox.entry(name)
        if entry.state not in allowed:
            mend = f"Yang dapat: {', '.join(allowed)}. Lihat dengan payung email."
            raise PayungError(f"Email {name} tidak dapat {what}: keadaannya {entry.state}. {mend}")
        yield entry
