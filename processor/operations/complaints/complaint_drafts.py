"""Complaints that are being typed at the desk: sealed beside the register's state, each for who types it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from processor.foundation import atomic_files, file_locks
from processor.foundation.errors import PayungError
from processor.operations.office import Office

FOLDER = "draf-pengaduan"
_BUSY = "Isian pengaduan sedang disimpan dari halaman lain. Belum ada yang tersimpan; ulangi sebentar lagi."
_WAIT = 3.0  # seconds for what another page keeps


@dataclass(frozen=True, slots=True)
class ComplaintDraft:
    """What was typed of a complaint: the texts of its fields, each as often as it was sent, and when (ISO 8601).

    The ``key`` tells one that is filed from every other: it is filed once.
    """

    key: str
    at: str
    texts: Mapping[str, tuple[str, ...]] = field(repr=False)

    @property
    def moment(self) -> datetime:
        """Give when it was last kept (aware)."""
        return datetime.fromisoformat(self.at)

    @property
    def mark(self) -> str:
        """Give what tells these texts from any others."""
        return mark_of(self.texts)


def mark_of(texts: Mapping[str, tuple[str, ...]]) -> str:
    """Give what tells texts from any others."""
    return hashlib.sha256(json.dumps(sorted(texts.items())).encode()).hexdigest()


@contextmanager
def held(office: Office) -> Iterator[None]:
    """Keep other pages from keeping a draft meanwhile. Raises Busy."""
    folder = _folder(office)
    atomic_files.make_folder(folder)
    with file_locks.hold(folder / ".kunci.lock", _WAIT, _BUSY):
        yield


def keep(office: Office, officer: str, key: str, texts: Mapping[str, tuple[str, ...]]) -> ComplaintDraft:
    """Seal what was typed in the place of what it was. The caller holds the drafts."""
    draft = ComplaintDraft(key, office.now().isoformat(), dict(texts))
    content = json.dumps({"waktu": draft.at, "isi": draft.texts}).encode()
    atomic_files.replace(_path(office, officer, key), office.register.seal(content))
    return draft


def left(office: Office, officer: str) -> list[ComplaintDraft]:
    """Open the drafts of an officer that can be opened, the one longest untouched first."""
    ending = _ending(office, officer)
    keys = [path.name.removesuffix(ending) for path in _folder(office).glob(f"[0-9a-f]*{ending}")]
    found = (read(office, officer, key) for key in keys)
    return sorted((one for one in found if one), key=lambda one: one.moment)


def read(office: Office, officer: str, key: str) -> ComplaintDraft | None:
    """Open a draft of an officer; None where they have none of that key, or it cannot be opened any more."""
    try:
        data = json.loads(office.register.unseal(_path(office, officer, key).read_bytes()))
        texts = {name: tuple(some) for name, some in data["isi"].items()}
        datetime.fromisoformat(data["waktu"])
    except (OSError, PayungError, ValueError, TypeError, LookupError, AttributeError):
        return None
    return ComplaintDraft(key, data["waktu"], texts)


def discard(office: Office, officer: str, key: str) -> None:
    """Take a draft away, with what an interrupted write may have left of it."""
    place = _path(office, officer, key)
    for one in (place, *place.parent.glob(f".{place.name}.*")):
        atomic_files.remove(one)


def _folder(office: Office) -> Path:
    return office.register.state_folder / FOLDER


def _path(office: Office, officer: str, key: str) -> Path:
    return _folder(office) / f"{key}{_ending(office, officer)}"


def _ending(office: Office, officer: str) -> str:
    """Give how the names of an officer's drafts end: they tell only this office whose they are."""
    return f".{office.register.fingerprint('draf', officer)}.age"
