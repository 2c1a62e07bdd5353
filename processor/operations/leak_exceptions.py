"""What the gate found and an officer says is nobody's identity: excepted for one case, with a reason in its journal.

Kept are the kinds and keyed fingerprints of what was found, in ``.payung/bocor.json`` and the journal; never the words.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from processor.cases.records import Event
from processor.cases.register import Register
from processor.foundation.errors import PayungError
from processor.operations import identity
from processor.operations.office import Office
from processor.site.leak_targets import GateHit

EXCEPTED = "bukan_identitas"
WITHDRAWN = "bukan_identitas_dicabut"
_FOUND = "bocor"


def fingerprint(register: Register, hit: GateHit) -> str:
    """Compute what is kept of a find: the keyed fingerprint of its kind and words."""
    return register.fingerprint(EXCEPTED, " ".join(hit))


def excepted(events: Iterable[Event]) -> frozenset[str]:
    """Give the fingerprints of all that a journal says is nobody's identity, and does not say otherwise later."""
    found = set[str]()
    for event in events:
        if event.kind == EXCEPTED:
            found |= _marks(event)
        elif event.kind == WITHDRAWN:
            found -= _marks(event)
    return frozenset(found)


def _marks(event: Event) -> set[str]:
    marks = event.data.get("tanda", ())
    return {str(mark) for mark in marks} if isinstance(marks, list) else set()


def remember(register: Register, found: Mapping[str, Collection[GateHit]]) -> None:
    """Keep what the gate found last of each case, so that it can be excepted; nothing where it found nothing."""
    kept: dict[str, dict[str, list[str]]] = {number: defaultdict(list) for number in found}
    for number, hits in found.items():
        for hit in sorted(hits):
            kept[number][hit[0]].append(fingerprint(register, hit))
    register.save_state(_FOUND, kept)


def except_found(office: Office, number: str, by: str, reason: str, kinds: Collection[str] = ()) -> tuple[str, ...]:
    """Except what the gate found last of a case. The caller holds the register's lock.

    Args:
        office: The open office.
        number: The case's registration number.
        by: The officer who answers for it.
        reason: Why it is nobody's identity; without that identity.
        kinds: Of what kinds; of all without any.

    Returns:
        The kinds that were excepted.

    Raises:
        PayungError: When there is no such case, the gate found nothing of the kind in it, or for a bad reason.
    """
    register = office.register
    register.path(number)
    state = register.state(_FOUND)
    found: Mapping[str, Any] = state.get(number, {})
    chosen = {kind: marks for kind, marks in found.items() if not kinds or kind in kinds}
    if not chosen or set(kinds) - chosen.keys():
        there = f" Yang ditemukan di {number}: {', '.join(found)}." if found else ""
        raise PayungError(f"Tidak ada yang perlu dikecualikan pada {number}.{there} Jalankan dulu payung terbitkan.")
    identity.check_reason_for(register, number, reason)
    marks = sorted(mark for some in chosen.values() for mark in some)
    data = {"jenis": sorted(chosen), "tanda": marks, "alasan": reason}
    register.record(number, Event(EXCEPTED, office.now(), by, data))
    left = {kind: some for kind, some in found.items() if kind not in chosen}
    register.save_state(_FOUND, {**state, number: left})
    return tuple(sorted(chosen))


def withdraw(office: Office, number: str, by: str, reason: str, kinds: Collection[str] = ()) -> tuple[str, ...]:
    """Take back what was excepted of a case: it may be an identity after all. The caller holds the register's lock.

    Args:
        office: The open office.
        number: The case's registration number.
        by: The officer who answers for it.
        reason: Why it is no exception; without that identity.
        kinds: Every exception that names one of these kinds is taken back as a whole; without any, all are.

    Returns:
        The kinds that are looked for again.

    Raises:
        PayungError: When there is no such case, nothing of the kind is excepted in it, or for a bad reason.
    """
    register = office.register
    events = register.read(number).events
    free = excepted(events)
    held = [event for event in events if event.kind == EXCEPTED and _marks(event) & free]
    chosen = [event for event in held if not kinds or {*kinds} & {*_kinds(event)}]
    if not chosen:
        there = (
            f" Yang dikecualikan: {', '.join(sorted({kind for one in held for kind in _kinds(one)}))}." if held else ""
        )
        raise PayungError(f"Tidak ada pengecualian yang dapat dicabut pada {number}.{there}")
    identity.check_reason_for(register, number, reason)
    again = sorted({kind for event in chosen for kind in _kinds(event)})
    marks = sorted({mark for event in chosen for mark in _marks(event)} & free)
    register.record(number, Event(WITHDRAWN, office.now(), by, {"jenis": again, "tanda": marks, "alasan": reason}))
    return tuple(again)


def _kinds(event: Event) -> list[str]:
    kinds = event.data.get("jenis", ())
    return [str(kind) for kind in kinds] if isinstance(kinds, list) else []
