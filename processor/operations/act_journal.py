"""Lets a case's journal say what people wrote into its file, when they did, and to which status that brought the case.

A command says who runs it, and its moment is the act's. A hand edit is noted by the next pass or command, and counts
from the change time of the file: never before the pass that saw the text of before, never after who finds it.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from processor.cases import applicant_messages, case_status, decision_digests, rules, staff_edits
from processor.cases.case_file import CaseFile
from processor.cases.case_status import Derived
from processor.cases.deadlines import TIMED_BY
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.operations import overview
from processor.operations.office import Office

LAST_LOOK = "putaran"
"""The state of the register that tells when the last pass looked at the cases (``mulai``) and ended (``selesai``)."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_CONFIRMED_FIRST = frozenset({"disetujui", "ditolak", "keberatan_ditolak", "disampaikan"})
"""What is confirmed at the desk first, unless a setting lifts that; the journal then says so."""
_WRITTEN = ("didaftar", "disunting", "status")
_BY_APPLICANT = rules.COMPLETIONS | {applicant_messages.FINAL, applicant_messages.EVENTS["terima"]}
"""What an applicant did that may bring a case to another status."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: the officer by short name, "" where none was named, and the ``account`` of the computer.

    Where they signed in ``at_desk``, that is known; by command, an officer is whom somebody named.
    """

    officer: str = ""
    account: str = ""
    at_desk: bool = False


NOBODY = Person()


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was written into a case: by whom, when (aware), and what tells the time; see ``TIMED_BY``."""

    who: str
    time: datetime
    timed_by: str
    account: str = ""

    @property
    def data(self) -> dict[str, str]:
        """Give what the journal keeps of it beside time and person."""
        return {TIMED_BY: self.timed_by} | ({"akun": self.account} if self.account else {})


def by_command(person: Person, now: datetime) -> Act:
    """Describe what a person writes with a command, or signed in at the desk, at ``now`` (aware)."""
    timed_by = "meja" if person.at_desk else "perintah"
    return Act(person.officer or person.account or "petugas", now, timed_by, person.account)


def by_hand(office: Office, filed: Filed, now: datetime) -> Act:
    """Describe the last edit of a case file that nobody told the journal of; ``now`` (aware) is when it is found.

    Raises OSError when the file is gone.
    """
    saved = datetime.fromtimestamp(filed.document.path.stat().st_mtime, now.tzinfo)
    who = staff_edits.author(office.register.folder, filed.document.path) or "petugas"
    return Act(who, *bounded(saved, _seen_last(office, filed), now))


def bounded(saved: datetime, seen: datetime, found: datetime) -> tuple[datetime, str]:
    """Give when a file was edited, and what tells so.

    Args:
        saved: Its change time; clocks of other computers, backups and copies may make it any.
        seen: When the text of before was still there.
        found: When the new text was found. All three are aware.
    """
    if saved > found:
        return found, "putaran_ini"
    return (seen, "putaran_sebelumnya") if saved < seen else (saved, "berkas")


def _seen_last(office: Office, filed: Filed) -> datetime:
    """Tell when the last pass looked at the case, or something was written about it after that."""
    noted = [event.time for event in filed.events if event.kind in _WRITTEN]
    last = office.register.state(LAST_LOOK)
    looked = last.get("mulai") or last.get("selesai")
    return max([*noted, *([datetime.fromisoformat(looked)] if looked else ())], default=_LONG_AGO)


def fresh_events(
    office: Office, filed: Filed, seen: Derived, now: datetime, act: Callable[[], Act]
) -> tuple[Event, ...]:
    """Give what the journal has still to say of a case as it stands.

    Args:
        office: The office.
        filed: The case.
        seen: What follows from it.
        now: The moment (aware).
        act: Tells who wrote what is new; asked only if something is.
    """
    case = filed.case
    assert case is not None, "nothing follows from a file that cannot be used"
    text = hashlib.sha256(filed.document.text.encode()).hexdigest()
    events: list[Event] = []
    done: Act | None = None
    if changed := staff_edits.changed_fields(case, filed.events, office.register.fingerprint):
        done = act()
        data = {**staff_edits.edit_record(changed), "sha256": text, **done.data}
        events.append(Event("disunting", done.time, done.who, data))
    lifted = not office.settings.meja.peneguhan
    events += _status_event(case, seen, (*filed.events, *events), done, now, text, lifted=lifted)
    return tuple(events)


def _status_event(
    case: CaseFile,
    seen: Derived,
    events: Sequence[Event],
    done: Act | None,
    now: datetime,
    text: str,
    *,
    lifted: bool = False,
) -> Iterator[Event]:
    """Give the event of a status that the journal does not know yet, or of a decision that was written again."""
    at = max((index for index, event in enumerate(events) if event.kind == "status"), default=-1)
    last = events[at].data if at >= 0 else {"menjadi": "diajukan"}
    digests = decision_digests.digests(case)
    if seen.status == last["menjadi"] and not _decided_anew(seen, last, digests):
        return
    since = events[at + 1 :]
    time = done.time if done else since[-1].time if since and _moves_a_case(since[-1]) else now
    data = {"dari": last["menjadi"], "menjadi": seen.status, "sha256": text, **digests, **(done.data if done else {})}
    data |= {"peneguhan": "tidak"} if lifted and seen.status in _CONFIRMED_FIRST else {}
    yield Event("status", time, _who(seen, since, done), data)


def _moves_a_case(event: Event) -> bool:
    """Tell whether a status may follow from what stands in no file: a completion, an answer that went out."""
    return event.kind in _BY_APPLICANT or (event.kind == "email" and event.data["jenis"] in case_status.ANSWERS)


def _who(seen: Derived, since: Sequence[Event], done: Act | None) -> str:
    """Tell who brought a case to its status, by what happened ``since`` the last one.

    It is the person whom the file names for it if their words did, else whoever ran the command.
    """
    edited = {place.partition(".")[0] for event in since for place in event.data.get("bagian", ())}
    if case_status.WRITTEN_IN.get(seen.status) in edited:
        return seen.actor
    if done and done.timed_by in {"perintah", "meja"}:
        return done.who
    return "pemohon" if any(event.kind in _BY_APPLICANT for event in since) else "petugas"


def _decided_anew(seen: Derived, last: Mapping[str, Any], digests: Mapping[str, str]) -> bool:
    """Tell whether the decision that stands was written again since the journal told of it."""
    part = case_status.DECIDED_IN.get(seen.status)
    return part is not None and last.get(part) != digests[part]


def note(office: Office, filed: Filed, act: Callable[[], Act]) -> Filed:
    """Let the journal say what is new in a case, and give the case with that. The caller holds the register's lock.

    A file that cannot be used, and a journal with mistakes, are left to the next pass.
    """
    seen = overview.derive_for(office, filed)
    if seen is None or filed.problems:
        return filed
    events = fresh_events(office, filed, seen, office.now(), act)
    if events:
        office.register.record(filed.number, *events)
    return replace(filed, events=(*filed.events, *events))
