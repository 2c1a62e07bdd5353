"""What a computer remembers of its register, beside the keys: which one it was, and how far numbers and journals came.

It lies outside the register, so that an older, an empty or another register in its place is told from the right one.
It holds no identity. Where it is lost, the register is met for the first time again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from processor.cases import journal_heads, registration_numbers
from processor.cases.head_index import HeadIndex
from processor.cases.journal_heads import JournalHead
from processor.foundation import atomic_files

_FILE, _HEADS = "ingatan-register.json", "ingatan-riwayat.txt"
_COMPLAINTS = "ingatan-pengaduan.json"
_SERIAL = "urutan.json"


@dataclass(frozen=True, slots=True)
class LostCase:
    """A case that an accepted register no longer holds: its ``origin``, and the number that it has ``now`` or ""."""

    origin: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is remembered of a register.

    ``identity`` tells it from others, ``serial`` counts the passes that found something new in it, ``highest`` is the
    highest number given out by series, ``lost`` what was not in it when it was accepted, by number.
    """

    identity: str
    serial: int = 0
    highest: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, LostCase] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RegisterMemory:
    """The memory in ``folder``, where the office's keys lie."""

    folder: Path

    def load(self) -> Remembered | None:
        """Read what is remembered; None where nothing is, or nothing that can be read."""
        try:
            data: dict[str, Any] = json.loads((self.folder / _FILE).read_bytes())
            lost = {number: LostCase(*one) for number, one in data["hilang"].items()}
            highest = {series: int(serial) for series, serial in data["nomor"].items()}
            return Remembered(data["register"], int(data["urutan"]), highest, lost)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None

    def save(self, known: Remembered) -> None:
        """Write what is remembered. Raises OSError when the disk refuses."""
        data = {
            "register": known.identity,
            "urutan": known.serial,
            "nomor": known.highest,
            "tanda": "",  # version 0.1 kept a digest of all journals there, and compares all where there is none
            "hilang": {number: [one.origin, one.now] for number, one in known.lost.items()},
        }
        atomic_files.replace_if_changed(self.folder / _FILE, json.dumps(data, sort_keys=True).encode())

    def heads(self) -> dict[str, JournalHead]:
        """Read how far each journal was seen."""
        return journal_heads.read(self.folder / _HEADS)

    def head(self, number: str) -> JournalHead | None:
        """Read how far the journal of one case was seen."""
        return journal_heads.read_one(self.folder / _HEADS, number)

    @property
    def index(self) -> HeadIndex:
        """Give the index by which only what changed is read and written of it."""
        return HeadIndex(self.folder / _HEADS)

    def replace_heads(self, known: Iterable[JournalHead]) -> None:
        """Forget every head but these. Raises OSError when the disk refuses."""
        journal_heads.replace(self.folder / _HEADS, known)

    def note_numbers(self, register: Path, identity: str, numbers: Iterable[str]) -> None:
        """Remember numbers before they are given out: the register notes first that it is about to. Raises as ``save``.

        Args:
            register: The register's folder.
            identity: What tells it from others, for the first memory of all.
            numbers: The numbers.
        """
        registration_numbers.begin(register, numbers)
        known = self.load() or Remembered(identity)
        self.save(replace(known, highest=highest_of_both(known.highest, register)))

    def note_filed_again(self, again: Mapping[str, str]) -> None:
        """Remember the new number of each lost case that was filed again, by its former one. Raises as ``save``."""
        known = self.load()
        if known and again:
            lost = {number: replace(one, now=again.get(number, one.now)) for number, one in known.lost.items()}
            self.save(replace(known, lost=lost))

    def complaints(self, identity: str) -> dict[str, int]:
        """Read the highest number of a complaint, by series, that was given out in the register of that identity."""
        try:
            data: dict[str, Any] = json.loads((self.folder / _COMPLAINTS).read_bytes())
            return {series: int(serial) for series, serial in data["nomor"].items() if data["register"] == identity}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return {}

    def note_complaint(self, identity: str, number: str) -> None:
        """Remember that the ``number`` of a complaint is given out in that register. Raises as ``save``."""
        highest = registration_numbers.higher(self.complaints(identity), registration_numbers.highest_of([number]))
        data = {"register": identity, "nomor": highest}
        atomic_files.replace_if_changed(self.folder / _COMPLAINTS, json.dumps(data, sort_keys=True).encode())


def highest_of_both(remembered: Mapping[str, int], register: Path) -> dict[str, int]:
    """Give the highest number of every series that is remembered or that the register knows of."""
    return registration_numbers.higher(registration_numbers.highest_begun(register), remembered)


def serial_of(register: Path) -> int:
    """Tell how many passes found something new in a register, as it says itself; 0 where it does not."""
    try:
        return int(json.loads((register / _SERIAL).read_bytes())["urutan"])
    except (OSError, ValueError, LookupError, TypeError):
        return 0


def save_serial(register: Path, serial: int) -> None:
    """Let the register say it. To be called under its lock."""
    atomic_files.replace_if_changed(register / _SERIAL, json.dumps({"urutan": serial}).encode())
