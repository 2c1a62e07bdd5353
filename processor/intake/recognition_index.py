"""The register's index: what intake compares, kept so that a pass need not read every journal.

Derived: delete it and nothing is lost. An entry counts only while its journal's size and time are unchanged.
"""

from datetime import datetime
from typing import Any

from processor.cases import dossier, journal
from processor.cases.register import Register
from processor.foundation.errors import PayungError
from processor.intake.recognition import Recognition, recognise

_NAME = "indeks"


def load(register: Register, *, keep: bool = True) -> tuple[Recognition, ...]:
    """The traces of all cases, oldest first; brings the index up to date unless ``keep`` is false."""
    old = register.state(_NAME)
    new: dict[str, Any] = {}
    for number in register.numbers():
        sign = register.change_mark(number, journal.FILE_NAME)
        entry = old.get(number)
        new[number] = entry if entry and entry[0] == sign else [sign, _entry(register, number)]
    if keep and new != old:
        register.save_state(_NAME, new)
    return tuple(_trace(number, entry[1]) for number, entry in new.items())


def _entry(register: Register, number: str) -> dict[str, Any]:
    """What the index keeps of a case: its trace as plain data, from its journal, or from the sealed versions."""
    events, _ = journal.read(register.path(number) / journal.FILE_NAME)
    try:
        trace = Recognition.of_events(number, events)
    except (KeyError, TypeError, ValueError):  # a line of the journal that somebody wrote by hand
        events = ()
    if not any(event.kind == "didaftar" for event in events):
        trace = _from_sealed(register, number)
    times = [moment.isoformat() for moment in sorted(trace.times)]
    versions = [dict(marks) for marks in trace.fingerprints]
    return {
        "kunci": sorted(trace.keys),
        "waktu": times,
        "sidik": versions,
        "kembaran": sorted(trace.possible_duplicates),
    }


def _from_sealed(register: Register, number: str) -> Recognition:
    """The trace of a case whose journal is damaged: without it, its response would be filed again."""
    try:
        traces = [recognise(response, register.fingerprint) for response in dossier.responses(register, number)]
    except (PayungError, OSError):
        return Recognition(number)
    keys = frozenset(key for one in traces for key in one.keys)
    times = frozenset(time for one in traces for time in one.times)
    return Recognition(number, keys, times, tuple(one.fingerprints[0] for one in traces))


def _trace(number: str, entry: dict[str, Any]) -> Recognition:
    """An entry of the index as a trace."""
    times = frozenset(datetime.fromisoformat(moment) for moment in entry["waktu"])
    return Recognition(number, frozenset(entry["kunci"]), times, tuple(entry["sidik"]), frozenset(entry["kembaran"]))
