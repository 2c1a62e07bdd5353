"""Of what an applicant must hear and, by the journal, has not: what happened to the case, and appointments. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from processor.cases import applicant_messages, objections
from processor.cases.applicant_messages import EVENTS
from processor.cases.case_file import CaseFile
from processor.cases.case_status import DELIVERED, OVER, Derived
from processor.cases.records import Event
from processor.mail.calendar_file import Meeting
from processor.mail.composer import NoticeKind


@dataclass(frozen=True, slots=True)
class OwedNotice:
    """Something that the applicant is owed word of; ``time`` is when it happened."""

    kind: NoticeKind
    time: datetime
    mark: str = ""
    meeting: Meeting | None = None

    @property
    def name(self) -> str:
        """Give the name of its event in the journal and the outbox."""
        return f"{self.kind}-{self.mark}" if self.mark else self.kind


def owed_now(case: CaseFile, events: Sequence[Event], seen: Derived, now: datetime) -> Iterator[OwedNotice]:
    """Give what the applicant must hear of ``now`` (in the office's zone), also of appointments to come."""
    yield from _owed(case, events, seen)
    yield from _of_messages(events, seen)
    if seen.status not in DELIVERED | OVER:
        yield from _meetings(case, events, now)


def _of_messages(events: Sequence[Event], seen: Derived) -> Iterator[OwedNotice]:
    """Give what the applicant must hear of messages: of a withdrawal, of other contact data, of a note from us.

    Who holds another's code could send the first two: so these are told to the address that was known before.
    """
    told = {event.data["pesan"] for event in events if event.kind == "email" and event.data["keadaan"] != "usang"}
    asked = [event.time for event in events if event.kind == EVENTS["data"] and applicant_messages.counts(event)]
    owed = [OwedNotice("kontak_diminta", time, _mark(at)) for at, time in enumerate(asked, start=1)]
    pending = applicant_messages.pending_withdrawal(events)
    if pending and seen.status not in DELIVERED | OVER:
        rounds = sum(event.kind == EVENTS["tarik"] for event in events)
        owed.append(OwedNotice("penarikan", pending.time, _mark(rounds)))
    noted = [event.time for event in events if event.kind == "disunting" and "pesan" in event.data.get("bagian", ())]
    if noted and seen.notes and seen.status not in OVER:
        owed.append(OwedNotice("ada_pesan", noted[-1], _mark(len(seen.notes))))
    yield from (one for one in owed if one.name not in told)


def _meetings(case: CaseFile, events: Sequence[Event], now: datetime) -> Iterator[OwedNotice]:
    """Give the appointments to come of which the applicant has not heard, and those that are off and they had."""
    told = {event.data["pesan"]: event.data["keadaan"] for event in events if event.kind == "email"}
    noted = [event.time for event in events if event.kind == "disunting" and "jadwal" in event.data.get("bagian", ())]
    for one in case.jadwal:
        begins = one.begins(now.tzinfo or UTC)
        if begins is None or begins <= now or one.cara is None or one.selesai == "ya" or not noted:
            continue
        mark = f"{begins:%Y%m%d-%H%M}"
        owed = OwedNotice("jadwal", noted[-1], mark, Meeting(begins, _WAYS[one.cara], one.tempat))
        if one.selesai == "batal":
            if told.get(owed.name) != "dikirim":
                continue
            owed = replace(owed, mark=f"{mark}-batal", meeting=Meeting(begins, _WAYS[one.cara], off=True))
        if told.get(owed.name, "usang") == "usang":
            yield owed


_WAYS = {"telepon": "telepon", "video": "lewat video", "tatap_muka": "bertemu langsung"}


def _owed(case: CaseFile, events: Sequence[Event], seen: Derived) -> Iterator[OwedNotice]:
    """Give what the applicant must hear of and, by the journal, has not."""
    told = {event.data["pesan"] for event in events if event.kind == "email" and event.data["keadaan"] != "usang"}
    objection = objections.recorded(case)
    over = seen.status in DELIVERED | OVER or objection is not None  # then that it was received is no news
    happened = [] if over else [OwedNotice("diterima", case.diajukan or case.diterima)]
    changes = [event for event in events if event.kind == "status"]
    last = changes[-1].time if changes else case.diterima
    answers = sum(event.kind == "jawaban" for event in events)
    if seen.status == "menunggu_kelengkapan":
        rounds = sum(event.data["menjadi"] == seen.status for event in changes)
        happened.append(OwedNotice("perlu_dilengkapi", last, _mark(rounds)))
    elif seen.status in {*DELIVERED, "diarsipkan"} and answers:
        answer = next(event.data["jenis"] for event in reversed(events) if event.kind == "jawaban")
        happened.append(OwedNotice(_TOLD_BY.get(answer, "dijawab"), last, _mark(answers)))
    elif seen.status in OVER and (case.pembatalan.tanggal or applicant_messages.withdrawn_at(events)):
        happened.append(OwedNotice("dibatalkan", last))
    elif seen.status == "keberatan":
        happened.append(OwedNotice("keberatan_diterima", last))
    if objection and objection.putusan == "dikabulkan" and seen.status not in {*DELIVERED, *OVER, "keberatan"}:
        happened.append(OwedNotice("keberatan_dikabulkan", objections.reopened(case, events) or last))
    return (event for event in happened if event.name not in told)


_TOLD_BY: Mapping[str, NoticeKind] = {"pemberitahuan_penolakan": "ditolak", "jawaban_keberatan": "keberatan_dijawab"}
"""The notice of a letter that went out, where it is no answer to the request itself."""


def _mark(rounds: int) -> str:
    """Give what tells the second notice of its kind from the first."""
    return str(rounds) if rounds > 1 else ""
