"""Whether the register is the one that this computer knows, and no older than it was: asked before anything is done.

A register that is empty, older or another's is refused as a whole. A single case whose journal is older than it was is
left alone, and told. Looking costs a pass only the cases whose journals changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from processor.cases import journal_heads, register_memory, registration_numbers
from processor.cases.journal_heads import JournalHead
from processor.cases.register import Register
from processor.cases.register_marks import MarkChanges, RegisterMarks
from processor.cases.register_memory import RegisterMemory, Remembered
from processor.foundation.errors import PayungError, Problem
from processor.intake.recognition import Decision

RESTORED = "dipulihkan"
"""The event of a case that an accepted register holds in an older state than was seen before."""
_WAIT = 10.0  # seconds for a command that writes
_ACCEPT = "payung pulihkan --terima"
_AGAIN = (
    f"Bila memang tidak ada lagi: {_ACCEPT}. Yang hilang lalu didaftarkan lagi, dengan nomor baru, dari kiriman yang "
    "tersimpan dan dari sumbernya."
)
_EMPTY = (
    "Register di {folder} kosong, padahal komputer ini sudah mencatat permohonan sampai {known}. Tidak ada yang "
    "dikerjakan. Bila disk atau folder jaringannya belum terpasang, pasang dahulu, lalu ulangi. Bila registernya "
    f"hilang, salin kembali cadangan yang terbaru. {_AGAIN}"
)
_OTHER = (
    "Folder {folder} bukan register yang dikenal komputer ini. Tidak ada yang dikerjakan. Periksa folder.register di "
    f"payung.yaml. Bila memang register ini yang mulai sekarang dipakai: {_ACCEPT}."
)
_BEHIND = (
    "Register di {folder} lebih lama daripada yang terakhir dilihat komputer ini: nomor di sana sampai {here}, di sini "
    "sudah tercatat sampai {known}, atau sebagian riwayatnya hilang. Tidak ada yang dikerjakan. Mungkin ini salinan "
    f"cadangan: salin kembali yang terbaru. {_AGAIN}"
)


def former_numbers(memory: RegisterMemory, outcomes: Sequence[Decision]) -> dict[str, str]:
    """Give the number that a new case had before the register was put back from a backup, by its new number."""
    known = memory.load()
    lost = {one.origin: number for number, one in known.lost.items() if not one.now} if known else {}
    new = [one for one in outcomes if one.kind == "baru"]
    origins = {one.number: journal_heads.origin_of(one.recognition.data()) for one in new}
    return {number: lost[origin] for number, origin in origins.items() if origin in lost}


class RegisterRefused(PayungError):
    """The register is not the one that this computer knows, or is older than it was."""


def check(register: Register, memory: RegisterMemory) -> None:
    """Raise RegisterRefused, with what to do, when the register is empty, older or another's. Reads no case."""
    known, folder = memory.load(), register.folder
    if known is None or not known.highest:
        return
    here = registration_numbers.highest_begun(folder) if folder.is_dir() else {}
    if said := _refusal(register, memory, known, here):
        raise RegisterRefused(said.format(folder=folder, here=_last(here), known=_last(known.highest)))


def _refusal(register: Register, memory: RegisterMemory, known: Remembered, here: Mapping[str, int]) -> str:
    """Give why a register with the highest numbers ``here`` cannot be used, to be filled in; "" where it can."""
    if not here:
        return _EMPTY
    identity = identity_of(register)
    if identity and known.identity and identity != known.identity:
        return _OTHER
    if any(here.get(series, 0) < serial for series, serial in known.highest.items()):
        return _BEHIND
    older = register_memory.serial_of(register.folder) < known.serial
    return _BEHIND if older and next(behind(register, memory.heads()), "") else ""


def identity_of(register: Register) -> str:
    """Give what tells a register from every other, also from a copy's; "" where its seal is lost."""
    try:
        register.sealing.current()  # read anew: another register may lie here since it was read
        return register.fingerprint("register", "tanda")
    except PayungError:
        return ""


def behind(register: Register, heads: Mapping[str, JournalHead]) -> Iterator[str]:
    """Give the cases that are gone or have an older journal than was seen, those first that were seen last."""
    return (number for number in reversed([*heads]) if not _is_whole(register, heads[number]))


def _is_whole(register: Register, head: JournalHead) -> bool:
    try:
        return head.is_in(register.journal_content(head.number))
    except (PayungError, OSError):
        return False


def _last(highest: Mapping[str, int]) -> str:
    """Name the highest number of every series, the newest year's last."""
    return ", ".join(f"{series}-{serial:04d}" for series, serial in sorted(highest.items()))


@dataclass
class RegisterWatch:
    """What one pass compares and remembers, by the register's ``marks``, which are kept up to date.

    ``held`` are cases that are to be left alone, each with its reason.
    """

    register: Register
    memory: RegisterMemory
    marks: RegisterMarks
    held: dict[str, Problem] = field(default_factory=dict)
    _seen: dict[str, JournalHead] = field(default_factory=dict)

    def compare(self) -> list[str]:
        """Look at the cases whose journals changed since the last pass.

        Returns: What to tell of a register that is met for the first time.
        """
        known = self.memory.load()
        self._look()
        old = [] if known else [number for number in self.marks.all() if number not in self.register.journalled]
        return [_FIRST.format(count=len(old), last=old[-1])] if old else []

    def _look(self) -> MarkChanges:
        """See how far the journals are that changed; give what changed."""
        changes, before = self.memory.index.changes(self.marks)
        for number, mark in changes.marks.items():
            last = self._seen.get(number) or before.get(number)
            if number not in self.held and not (number in self._seen and self._seen[number].mark == mark):
                self._see(number, mark, last)
        return changes

    def _see(self, number: str, mark: str, last: JournalHead | None) -> None:
        """See how far a journal is now; one that cannot be read is told by whoever reads its case."""
        try:
            content = self.register.journal_content(number)
        except (PayungError, OSError):
            return
        if last and not last.is_in(content):
            self.held[number] = _older(last, content)
        elif head := journal_heads.head_of(number, mark, content):
            self._seen[number] = head

    def remember(self) -> None:
        """Keep what was seen, and what was written here since. Raises OSError or Busy; the next pass does it then."""
        self.marks.look_again(number for number in self._taken() if self.register.has(number))
        changes = self._look().without(self.held)
        if not (self._seen or changes.marks or changes.gone) and self.memory.load():
            return  # of digests alone nothing is written: a hundred more are compared until there is more to write
        with self.register.lock(_WAIT):
            known = self.memory.load() or Remembered(identity_of(self.register))
            serial = max(known.serial, register_memory.serial_of(self.register.folder)) + bool(self._seen)
            register_memory.save_serial(self.register.folder, serial)
            highest = register_memory.highest_of_both(known.highest, self.register.folder)
            self.memory.save(replace(known, serial=serial, highest=highest))
            self.memory.index.keep(self._seen, changes)
        self._seen = {}

    def _taken(self) -> set[str]:
        """Give the cases to whose journals something was added here since this was asked last."""
        taken = {*self.register.journalled}
        self.register.journalled.clear()
        return taken


def held_case(register: Register, memory: RegisterMemory, number: str) -> Problem | None:
    """Say why passes leave one case alone; None where they do not, or where its journal cannot be read."""
    with suppress(PayungError, OSError):
        head, content = memory.head(number), register.journal_content(number)
        return _older(head, content) if head and not head.is_in(content) else None
    return None


def held_cases(register: Register, memory: RegisterMemory, numbers: Iterable[str]) -> frozenset[str]:
    """Tell which of these cases are left alone; of one whose journal cannot be read nobody knows."""
    held = set[str]()
    with suppress(PayungError, OSError):
        heads = memory.heads()
        for number in numbers:
            with suppress(PayungError, OSError):
                head = heads.get(number)
                held |= {number} if head and not head.is_in(register.journal_content(number)) else set()
    return frozenset(held)


def _older(seen: JournalHead, content: bytes) -> Problem:
    """Say that a journal is older than it was when it was seen last."""
    return Problem(seen.number, None, _OLDER.format(seen.lines, content.count(b"\n")), OLDER_MEND)


_OLDER = (
    "Riwayatnya lebih lama daripada yang terakhir dilihat komputer ini ({} peristiwa, sekarang {}), jadi tidak ada "
    "yang dikerjakan pada permohonan ini."
)
OLDER_MEND = f"Salin kembali folder permohonan itu dari cadangan yang terbaru. Bila tidak ada: {_ACCEPT}."
_FIRST = (
    "Komputer ini mengenal register ini untuk pertama kali: {count} permohonan, sampai {last}. Mulai sekarang register "
    "yang lebih lama, kosong, atau lain ditolak."
)
