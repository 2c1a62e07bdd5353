"""Takes a register as it is, because a person says so: what it lacks is filed again from kept packages and sources.

Numbers go on after the highest that was ever given out, so that none is used for two. Messages that may have gone out
already wait for a person.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from processor.cases import journal_heads, office_keys, register_memory, registration_numbers
from processor.cases.journal_heads import JournalHead
from processor.cases.records import Event
from processor.cases.register_memory import LostCase, Remembered
from processor.foundation.errors import PayungError
from processor.intake.sources import processed_exports
from processor.operations import counter_filing, register_watch
from processor.operations.counter_drafts import FOLDER, Drafts
from processor.operations.office import Office
from processor.operations.register_watch import RESTORED
from processor.site import kept_packages

_WAIT = 10.0  # seconds for a command that writes
_UNSURE = "Register dipulihkan dari cadangan: mungkin sudah pernah dikirim. Lepaskan bila pemohon belum menerimanya."


@dataclass(frozen=True, slots=True)
class MissingFromRegister:
    """What a register lacks of what this computer has seen: cases that are gone, and those that are older than seen.

    ``refused`` is why it is not used as it is; "" where it is.
    """

    gone: tuple[str, ...]
    older: tuple[str, ...]
    refused: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was done when a register was accepted: how many packages and counter entries, which exports, are filed
    again, how many messages wait for a person, and why counter entries wait."""

    missing: MissingFromRegister
    packages: int
    exports: tuple[str, ...]
    messages: int
    waiting: tuple[str, ...] = ()


def compare(office: Office) -> MissingFromRegister:
    """Find what the register lacks. Reads every journal, and writes nothing."""
    register, heads = office.register, _heads_of_it(office)
    refused = ""
    try:
        register_watch.check(register, office.memory)
    except PayungError as error:
        refused = str(error)
    missing = sorted(register_watch.behind(register, heads), key=registration_numbers.order)
    gone = tuple(number for number in missing if not register.has(number))
    return MissingFromRegister(gone, tuple(number for number in missing if register.has(number)), refused)


def _heads_of_it(office: Office) -> Mapping[str, JournalHead]:
    """Give the heads that are remembered of this register; none of those of another one."""
    known, register = office.memory.load(), office.register
    there = register.folder.is_dir() and registration_numbers.highest_issued(register.folder, ())
    other = known and there and known.identity not in {"", register_watch.identity_of(register)}
    return {} if other else office.memory.heads()


def accept(office: Office, who: str) -> Accepted:
    """Accept the register as it is; doing it again after a crash does no harm.

    Args:
        office: The office, opened with ``any_register``.
        who: The account of the computer that says so, for the journals.

    Returns:
        What is filed again by the next pass, and what waits for a person.

    Raises:
        Busy: When a pass is under way.
        PayungError: When the register's seal is lost, as nothing could be recognised then.
    """
    known, heads = office.memory.load() or Remembered(""), _heads_of_it(office)
    missing, register = compare(office), office.register
    register.prepare()
    with register.pass_lock(_WAIT):
        with register.lock(_WAIT):
            registration_numbers.save_highest(register.folder, (), known.highest)
            for number in missing.older:
                with suppress(PayungError, OSError):  # a damaged one is told by every pass
                    register.record(number, Event(RESTORED, office.now(), who))
            register.save_state("google", {})  # from the beginning: what fell between is among it
        held = _hold_messages(office)
        lacking = {*missing.gone, *missing.older, *_filed_unseen(office, known)}
        exports = processed_exports.put_back(office.settings.inbox, lacking)
        packages = kept_packages.put_back(office.settings.packages)
        lost = {number: LostCase("") for number in register.missing()}  # given out by a pass that was killed
        lost |= {number: LostCase(heads[number].origin) for number in missing.gone}
        _remember(office, replace(known, lost={**lost, **known.lost}))
    entries, waiting = _file_counter_entries(office)
    return Accepted(missing, packages + entries, exports, held, waiting)


def _filed_unseen(office: Office, known: Remembered) -> Iterator[str]:
    """Give what exports became that the register lacks though nobody remembers it: of a pass that was killed.

    Nothing of a register that is another than the remembered one.
    """
    if known.identity in {"", register_watch.identity_of(office.register)}:
        named = processed_exports.numbers(office.settings.inbox) - known.lost.keys()
        yield from (number for number in named if not office.register.has(number))


def _hold_messages(office: Office) -> int:
    """Hold every message that waits, as it may have gone out before; give how many."""
    waiting = [entry for entry in office.outbox.entries() if entry.waiting]
    held = [replace(one, state="ditahan", next=None, reason=_UNSURE, changed=office.now()) for one in waiting]
    return sum(map(office.outbox.compare_and_set, waiting, held))


def _remember(office: Office, known: Remembered) -> None:
    """Remember the register as it is now; that comes last, so that it is refused until all else is done."""
    register, memory = office.register, office.memory
    serial = max(known.serial, register_memory.serial_of(register.folder)) + 1
    memory.replace_heads(_heads_now(office))
    with register.lock(_WAIT):
        register_memory.save_serial(register.folder, serial)
        highest = register_memory.highest_of_both(known.highest, register.folder)
        identity = register_watch.identity_of(register)
        memory.save(Remembered(identity, serial, highest, known.lost))
    register.journalled.clear()


def _heads_now(office: Office) -> Iterator[JournalHead]:
    register = office.register
    for number in register.numbers():
        with suppress(PayungError, OSError):  # told by whoever reads the case
            mark = register.journal_mark(number)
            if head := journal_heads.head_of(number, mark, register.journal_content(number)):
                yield head


def _file_counter_entries(office: Office) -> tuple[int, tuple[str, ...]]:
    """File again what the counter had filed, as far as the register lacks it.

    Returns: how many were looked at, and why others wait, where they were kept.
    """
    keys = office_keys.load(office.settings.key_file, office.settings.recipients)
    drafts = Drafts(office.register.folder / FOLDER, keys)
    found, waiting = kept_packages.kept(office.settings.packages, counter_filing.KEPT), list[str]()
    for path in found:
        try:
            counter_filing.file_again(office, path, drafts)
        except PayungError as error:
            waiting.append(str(error))
    return len(found) - len(waiting), tuple(dict.fromkeys(waiting))
