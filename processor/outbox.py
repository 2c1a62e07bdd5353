"""Messages that wait to be sent, as files that survive a crash: ``email/<nomor>.<peristiwa>/`` in the register.

``pesan.age`` is the message, sealed, as it holds an address; ``keadaan.json`` says how far it came and holds none.

Exactly-once delivery by SMTP is impossible: when the connection breaks after the content went out, nobody knows
whether the server has it. So the state on disk is always the safe one: the attempt is recorded before it begins, and
just before the content goes out the message is recorded as ``tidak_pasti``. Such a message is never sent again by
itself; a person decides. Everything else is sent at most once, and nothing is lost. Once the case's journal knows what
became of a message, it is removed.
"""

import json
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from filelock import FileLock, Timeout

from processor import durable
from processor.errors import Busy, PayungError
from processor.seal import Office
from processor.smtp import Outcome

State = Literal["antre", "dikirim", "ditunda", "gagal", "tidak_pasti", "ditahan", "dibatalkan"]
STATES: tuple[State, ...] = get_args(State)
_OPEN: tuple[State, ...] = ("antre", "ditunda", "gagal", "tidak_pasti", "ditahan")
_OVER: tuple[State, ...] = ("dikirim", "dibatalkan")
FOLDER = "email"
MOST_TRIES = 48  # with 5 minutes between them, 4 hours (facts/confidential-delivery.md)

_SEALED, _STATE = "pesan.age", "keadaan.json"
_ASIDE = ".sementara-"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}")
_HELD = "Ditahan petugas. Lepaskan bila boleh dikirim."
_CANCELLED = "Dibatalkan petugas. Tidak dikirim lagi."
_DAMAGED = (
    "Catatan keadaan tidak ada atau rusak, jadi tidak diketahui apakah sudah dikirim. Tanyakan kepada penerima sebelum "
    "mengirim ulang."
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to go: ``content`` is all of it (RFC 5322), the address included."""

    number: str
    event: str
    kind: str
    content: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """Its name in the outbox: one event is one message."""
        return ".".join(filter(None, (self.number, self.event)))


@dataclass(frozen=True, slots=True)
class Entry:
    """How far a message came. ``tries`` counts attempts; ``next`` is when it is due again (aware), None for at once."""

    name: str
    number: str
    event: str
    kind: str
    state: State = "antre"
    tries: int = 0
    next: datetime | None = None
    reason: str = ""
    changed: datetime | None = None

    def due(self, now: datetime) -> bool:
        """Whether it should be tried at ``now``."""
        return self.state in {"antre", "ditunda"} and (self.next is None or self.next <= now)


def begun(entry: Entry, now: datetime, pause: timedelta) -> Entry:
    """``entry`` as an attempt begins: counted, and not due again at once should the attempt never end."""
    return replace(entry, tries=entry.tries + 1, next=now + pause, changed=now)


def after(entry: Entry, outcome: Outcome, now: datetime, pause: timedelta) -> Entry:
    """``entry`` after an attempt that ``begun`` has counted.

    A server that cannot be used at all (``gangguan``) does not use up the tries of a message.
    """
    ended = replace(entry, reason=outcome.reason, changed=now, next=None)
    if outcome.kind == "terkirim":
        return replace(ended, state="dikirim")
    if outcome.kind == "tetap":
        return replace(ended, state="gagal")
    if outcome.kind == "putus":
        return replace(ended, state="tidak_pasti")
    if outcome.kind == "gangguan":
        return postponed(replace(entry, tries=entry.tries - 1), outcome.reason, now, pause)
    if entry.tries >= MOST_TRIES:
        return replace(ended, state="gagal", reason=f"{MOST_TRIES} kali dicoba, belum diterima. {outcome.reason}")
    return replace(ended, state="ditunda", next=now + pause)


def postponed(entry: Entry, reason: str, now: datetime, pause: timedelta) -> Entry:
    """``entry`` when the server could not be used: no attempt of this message."""
    return replace(entry, state="ditunda", reason=reason, changed=now, next=now + pause)


class Outbox:
    """The outbox in ``folder`` (the register's ``email``), sealed by ``office``."""

    def __init__(self, folder: Path, office: Office) -> None:
        self.folder = folder
        self._office = office

    def __repr__(self) -> str:
        return f"Outbox({self.folder})"

    @contextmanager
    def lock(self, wait: float = 10.0) -> Iterator[None]:
        """Hold the outbox for one change. Raises Busy when another process still holds it after ``wait`` seconds."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with FileLock(self.folder / ".proses.lock", timeout=wait):
                yield
        except Timeout as error:
            raise Busy("Email sedang dikirim proses Payung yang lain. Tunggu, lalu ulangi perintah ini.") from error

    def queue(self, message: Message, now: datetime, held: str = "") -> bool:
        """Let ``message`` wait to be sent; with a sentence in ``held``, until a person releases it.

        Tells whether it is new. While a message of the same event lies here, that one stays as it is.
        """
        if not _NAME.fullmatch(message.name):
            raise PayungError("Nama email tidak sah. Laporkan kepada pengembang.")
        with self.lock():
            self._clear()
            if (self.folder / message.name).exists():
                return False
            draft = self._aside()
            draft.mkdir(mode=0o700)
            state: State = "ditahan" if held else "antre"
            entry = Entry(message.name, message.number, message.event, message.kind, state, reason=held, changed=now)
            durable.write(draft / _SEALED, self._office.seal(message.content))
            durable.write(draft / _STATE, _dump(entry))
            durable.sync_folder(draft)
            draft.rename(self.folder / message.name)
            durable.sync_folder(self.folder)
        return True

    def remove(self, name: str) -> None:
        """Let go of a message that was sent or called off, once the journal knows; an interrupted removal is finished.

        Raises PayungError when there is none, or when its story is not over.
        """
        with _changing(self, name, _OVER, "dihapus"):
            (self.folder / name).rename(self._aside())
            durable.sync_folder(self.folder)
            self._clear()

    def _aside(self) -> Path:
        """A place for a message that does not stand here yet, or no longer."""
        return self.folder / f"{_ASIDE}{uuid.uuid4().hex[:8]}"

    def _clear(self) -> None:
        """Delete what lies aside. To be called under the lock."""
        for left in self.folder.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)

    def entries(self) -> tuple[Entry, ...]:
        """Every message, by name: what ``payung surat`` shows. Opens no seal."""
        if not self.folder.is_dir():
            return ()
        names = sorted(path.name for path in self.folder.iterdir() if _NAME.fullmatch(path.name) and path.is_dir())
        return tuple(map(self.entry, names))

    def entry(self, name: str) -> Entry:
        """One message. Raises PayungError when there is none of that name; a damaged state is ``tidak_pasti``."""
        if not (_NAME.fullmatch(name) and (self.folder / name).is_dir()):
            raise PayungError(f"Tidak ada email bernama {name}. Lihat namanya dengan payung surat.")
        try:
            return _load(name, (self.folder / name / _STATE).read_bytes())
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            number, _, event = name.rpartition(".")
            return Entry(name, number, event, event.partition("-")[0], "tidak_pasti", reason=_DAMAGED)

    def content(self, name: str) -> bytes:
        """The message itself. Raises PayungError or OSError when it cannot be opened."""
        return self._office.open((self.folder / name / _SEALED).read_bytes())

    def reseal(self) -> None:
        """Seal every message to the recipients of today; a damaged one stays as it is."""
        for entry in self.entries():
            with self.lock(), suppress(PayungError, OSError):
                durable.replace(self.folder / entry.name / _SEALED, self._office.seal(self.content(entry.name)))

    def rewrite(self, name: str, message: Message) -> None:
        """Let ``message`` stand under ``name``. To be called under the lock."""
        durable.replace(self.folder / name / _SEALED, self._office.seal(message.content))

    def save(self, entry: Entry) -> Entry:
        """Record how far a message came; it lasts once the call returns. To be called under the lock."""
        durable.replace(self.folder / entry.name / _STATE, _dump(entry))
        return entry


def retry(outbox: Outbox, name: str, now: datetime, anew: Message | None = None) -> Entry:
    """Send again, at once: a person's decision, also where the message may have arrived already. Tries start anew.

    ``anew`` takes the message's place, as the address may have been mended.
    """
    with _changing(outbox, name, _OPEN, "dikirim ulang") as entry:
        if anew:
            outbox.rewrite(name, anew)
        return outbox.save(replace(entry, state="antre", tries=0, next=None, reason="", changed=now))


def hold(outbox: Outbox, name: str, now: datetime) -> Entry:
    """Keep a message from being sent until a person releases it."""
    with _changing(outbox, name, ("antre", "ditunda"), "ditahan") as entry:
        return outbox.save(replace(entry, state="ditahan", next=None, reason=_HELD, changed=now))


def release(outbox: Outbox, name: str, now: datetime) -> Entry:
    """Let a held message go on; its tries are still counted."""
    with _changing(outbox, name, ("ditahan",), "dilepas") as entry:
        return outbox.save(replace(entry, state="antre", reason="", changed=now))


def cancel(outbox: Outbox, name: str, now: datetime) -> Entry:
    """Never send a message, or never again: a person's decision, for good."""
    with _changing(outbox, name, _OPEN, "dibatalkan") as entry:
        return outbox.save(replace(entry, state="dibatalkan", next=None, reason=_CANCELLED, changed=now))


@contextmanager
def _changing(outbox: Outbox, name: str, allowed: tuple[State, ...], what: str) -> Iterator[Entry]:
    """A message under the lock. Raises PayungError when its state does not allow the change."""
    with outbox.lock():
        entry = outbox.entry(name)
        if entry.state not in allowed:
            mend = f"Yang dapat: {', '.join(allowed)}. Lihat dengan payung surat."
            raise PayungError(f"Email {name} tidak dapat {what}: keadaannya {entry.state}. {mend}")
        yield entry


def _dump(entry: Entry) -> bytes:
    """The state as a small JSON file; times in full."""
    data = {
        "nomor": entry.number,
        "peristiwa": entry.event,
        "jenis": entry.kind,
        "keadaan": entry.state,
        "percobaan": entry.tries,
        "berikutnya": entry.next.isoformat() if entry.next else None,
        "alasan": entry.reason,
        "diubah": entry.changed.isoformat() if entry.changed else None,
    }
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode()


def _load(name: str, content: bytes) -> Entry:
    """The state in a file. Raises ValueError, KeyError or TypeError when it is none."""
    data = json.loads(content)
    if data["keadaan"] not in STATES:
        raise ValueError(name)
    next_, changed = (datetime.fromisoformat(data[key]) if data[key] else None for key in ("berikutnya", "diubah"))
    if any(moment and moment.tzinfo is None for moment in (next_, changed)):
        raise ValueError(name)
    number, event, kind, reason = (str(data[key]) for key in ("nomor", "peristiwa", "jenis", "alasan"))
    return Entry(name, number, event, kind, data["keadaan"], int(data["percobaan"]), next_, reason, changed)
