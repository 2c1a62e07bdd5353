"""What an applicant sends with the code while a request lives, as the journal tells: what counts, what waits. Pure.

A message that came when the request had moved on is kept and shown, and changes nothing by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from processor.cases import objections
from processor.cases.case_file import CaseFile
from processor.cases.records import Event

MessageKind = Literal["tambahan", "tanya", "lanjutan", "data", "tarik", "urungkan", "keberatan", "terima"]
"""More words or documents, a question, one about the answer that is a request of its own, other contact data, a
withdrawal, its undoing, an objection to a rejection, and that the letter arrived."""
EVENTS: Mapping[MessageKind, str] = {
    "tambahan": "dilengkapi",
    "tanya": "ditanyakan",
    "lanjutan": "ditanyakan",
    "data": "data_diminta",
    "tarik": "ditarik",
    "urungkan": "penarikan_diurungkan",
    "keberatan": "keberatan_dikirim",
    "terima": "diterima_pemohon",
}
"""The journal's event of each kind of message."""
KIND, COUNTS = "jenis_pesan", "berlaku"
"""The details of an event that tell which kind of message it was, and that it changed nothing (``tidak``)."""
NAMES: Mapping[str, str] = {
    "tambahan": "tambahan",
    "tanya": "pertanyaan",
    "lanjutan": "pertanyaan",
    "data": "ganti kontak",
    "tarik": "penarikan",
    "urungkan": "urung menarik",
    "keberatan": "keberatan",
    "terima": "sudah menerima",
}
"""What lists call each kind of message."""
FINAL = "penarikan_berlaku"
"""The journal's event by which a withdrawal can no longer be undone."""
READ = "pesan_dibaca"
"""The journal's event of an officer who dealt with messages; it names their files."""
UNDONE_WITHIN = timedelta(days=1)
"""How long the applicant can undo a withdrawal. The clock of the request goes on meanwhile."""
CONTACT = ("email", "telepon")
"""What applicants can ask to have corrected with the code. An officer checks it first."""
_FOR_SOMEBODY: frozenset[MessageKind] = frozenset({"tambahan", "tanya", "lanjutan", "data", "tarik", "keberatan"})


def in_words(kinds: str) -> str:
    """Say which messages wait, by the kinds that a row keeps: ``pertanyaan, tambahan``."""
    return ", ".join(dict.fromkeys(NAMES.get(kind, kind) for kind in kinds.split()))


def counts(event: Event) -> bool:
    """Tell whether a message came in time for what it asks."""
    return event.data.get(COUNTS) != "tidak"


def pending_withdrawal(events: Sequence[Event]) -> Event | None:
    """Give the withdrawal that the applicant can still undo; None where there is none."""
    found: Event | None = None
    for event in filter(counts, events):
        if event.kind in {EVENTS["urungkan"], FINAL}:
            found = None
        elif event.kind == EVENTS["tarik"]:
            found = event
    return found


def undone_until(withdrawal: Event) -> datetime:
    """Give until when (aware) a withdrawal can be undone."""
    return withdrawal.time + UNDONE_WITHIN


def withdrawn_at(events: Sequence[Event]) -> datetime | None:
    """Give when (aware) a withdrawal by code became final; None where none did."""
    return next((event.time for event in events if event.kind == FINAL), None)


def says_received(events: Sequence[Event]) -> bool:
    """Tell whether the applicant said in these events that the letter arrived."""
    return any(event.kind == EVENTS["terima"] and counts(event) for event in events)


def waiting(case: CaseFile, events: Sequence[Event]) -> tuple[Event, ...]:
    """List the messages that an officer still has to deal with, oldest first."""
    read = {name for event in events if event.kind == READ for name in event.data["berkas"]}
    return tuple(
        event
        for at, event in enumerate(events)
        if KIND in event.data
        and (event.data[KIND] in _FOR_SOMEBODY or not counts(event))
        and event.data["berkas"] not in read
        and not (counts(event) and _dealt_with(case, event, events[at + 1 :]))
    )


def unarchivable(case: CaseFile, events: Sequence[Event]) -> str:
    """Say which messages of the applicant are to be dealt with before a request is archived; "" where none waits."""
    kinds = in_words(" ".join(event.data[KIND] for event in waiting(case, events)))
    told = f"Masih ada pesan pemohon yang menunggu: {kinds}. Balas, atau tandai sudah ditangani, lalu arsipkan."
    return told if kinds else ""


def _dealt_with(case: CaseFile, message: Event, later: Sequence[Event]) -> bool:
    """Tell whether what happened ``later`` shows that a message was dealt with."""
    kind: MessageKind = message.data[KIND]
    if kind == "tarik":
        return any(event.kind in {EVENTS["urungkan"], FINAL} for event in later)
    if kind == "keberatan":
        return objections.recorded(case) is not None
    if kind in {"tanya", "lanjutan"}:
        return any("pesan" in event.data.get("bagian", ()) for event in later)
    return kind == "tambahan" and next(_statuses(later), "") == "diajukan"  # it completed: the verifier's turn says so


def _statuses(events: Sequence[Event]) -> Iterator[str]:
    return (event.data["menjadi"] for event in events if event.kind == "status")
