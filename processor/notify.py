"""What a case owes its applicant and its officers in words: puts the notices into the outbox, each event once.

The journal remembers what was sent and who was reminded; until then the outbox does. An applicant who gave no e-mail
address is told nothing by mail.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta

from processor import deadlines, letters, mail, outbox, overview, reminders
from processor.case import Attachment, Event
from processor.casefile import CaseFile
from processor.errors import BrokenFiles, PayungError, Problem
from processor.letters import Desk
from processor.mail import Kind, Line, List, Notice
from processor.office import Office
from processor.outbox import Entry, Message
from processor.overview import Row
from processor.register import Filed
from processor.reminders import Reminder
from processor.settings import Role
from processor.workflow import DELIVERED, Look

_INTAKE: Role = "pengelola_layanan"
_DIGEST = "ringkasan"
_OLD = timedelta(days=7)
_PATIENCE = timedelta(minutes=30)
_TOO_OLD = (
    "Peristiwanya lebih dari 7 hari yang lalu, jadi tidak dikirim sendiri. Lepaskan bila pemohon masih perlu tahu."
)


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that the applicant is owed word of; ``time`` is when it happened."""

    kind: Kind
    time: datetime
    mark: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.mark}" if self.mark else self.kind


def tell(
    desk: Desk, filed: Filed, seen: Look | None, before: Row | None, found: Sequence[Problem]
) -> tuple[Filed, list[Problem]]:
    """Queue what is owed; the case with what the journal now says, and what kept a notice from being written.

    ``before`` is the case's last row, ``found`` what is wrong with it.
    """
    problems: list[Problem] = []
    if filed.case is not None and seen is not None:
        for event in _owed(filed.case, filed.events, seen):
            problems += _to_applicant(desk, filed, filed.case, event)
        runs = overview.due(desk.office, filed, seen)
        for reminder in reminders.owed(runs, seen, filed.events, desk.now):
            filed = _remind(desk, filed, reminder)
    if found:
        holders = seen.holders if seen else before.holders if before else ()
        filed = _to_mender(desk, filed, holders)
    return filed, problems


def _owed(case: CaseFile, events: Sequence[Event], seen: Look) -> Iterator[_Event]:
    """What the applicant must hear of and, by the journal, has not."""
    told = {event.data["pesan"] for event in events if event.kind == "email"}
    happened = [_Event("diterima", case.diajukan or case.diterima)]
    changes = [event for event in events if event.kind == "status"]
    last = changes[-1].time if changes else case.diterima
    if seen.status == "menunggu_kelengkapan":
        rounds = sum(event.data["menjadi"] == seen.status for event in changes)
        happened.append(_Event("perlu_dilengkapi", last, str(rounds) if rounds > 1 else ""))
    elif seen.status in DELIVERED and any(event.kind == "jawaban" for event in events):
        happened.append(_Event("ditolak" if case.verifikasi.keputusan == "ditolak" else "dijawab", last))
    elif seen.status == "dibatalkan":
        happened.append(_Event("dibatalkan", last))
    return (event for event in happened if event.name not in told)


def _to_applicant(desk: Desk, filed: Filed, case: CaseFile, event: _Event) -> tuple[Problem, ...]:
    """Queue one notice; what is wrong with it. One about something long past is held for a person to decide."""
    try:
        message = _message(desk.office, filed, case, event)
    except BrokenFiles as error:
        return error.problems
    if message:
        desk.office.outbox.queue(message, desk.now, _TOO_OLD if desk.now - event.time > _OLD else "")
    return ()


def _message(office: Office, filed: Filed, case: CaseFile, event: _Event) -> Message | None:
    """One notice; None for an applicant without an email address. Raises BrokenFiles with what is wrong with it."""
    applicant = office.register.dossier(filed.number).applicant
    if not applicant.email.strip():
        return None
    notice = Notice(
        event.kind,
        filed.number,
        applicant.email.strip(),
        event.time,
        event.mark,
        cara=case.balasan.jalan,
        missing=case.verifikasi.kekurangan,
        reason=case.verifikasi.alasan,
        private=tuple(filter(None, astuple(applicant))),
    )
    documents = [Attachment(path.name, path.read_bytes()) for path in letters.answers(filed)]
    return mail.compose(notice, office.settings, documents)


def _remind(desk: Desk, filed: Filed, reminder: Reminder) -> Filed:
    """Queue a reminder to each officer who has an address; the journal says who was to be reminded."""
    alarm = reminder.alarm
    mark = f"{filed.number}|{alarm.step}|{alarm.level}|{alarm.begun.isoformat()}"
    _to_officers(desk, reminder.to, mark, {alarm.level: (Line(filed.number, alarm.step, alarm.at),)})
    return desk.record(filed, reminders.KIND, "payung", reminder.data)


def _to_mender(desk: Desk, filed: Filed, holders: Sequence[str]) -> Filed:
    """Tell whose turn it is that the case file needs a hand: once for each text, and not while somebody writes it."""
    written = datetime.fromtimestamp(filed.document.path.stat().st_mtime, UTC)
    text = hashlib.sha256(filed.document.text.encode()).hexdigest()[:16]
    data = {"tahap": "berkas", "tingkat": "perlu_dibetulkan", "mulai": text}
    said = any(event.kind == reminders.KIND and data.items() <= event.data.items() for event in filed.events)
    if said or desk.now - written < _PATIENCE:
        return filed
    to = tuple(holders) or tuple(key for key, one in desk.office.settings.petugas.items() if _INTAKE in one.peran)
    _to_officers(desk, to, f"{filed.number}|{text}", {"perlu_dibetulkan": (Line(filed.number, "berkas permohonan"),)})
    return desk.record(filed, reminders.KIND, "payung", {**data, "kepada": list(to)})


def _to_officers(desk: Desk, to: Sequence[str], what: str, lists: Mapping[List, Sequence[Line]]) -> None:
    """Queue a message to each of the officers ``to`` who has an email address; ``what`` makes it one of its kind."""
    digest = hashlib.sha256(what.encode()).hexdigest()[:16]
    for serial, (key, officer) in enumerate(desk.office.settings.petugas.items(), start=1):
        if key in to and officer.email:
            notice = Notice("pengingat_petugas", "", officer.email, desk.now, f"{digest}-{serial}", lists=lists)
            desk.office.outbox.queue(mail.compose(notice, desk.office.settings), desk.now)


def digest(office: Office) -> None:
    """Once a working day, when the office has opened: tell each officer what waits, is late or is wrong."""
    now = office.now()
    if not deadlines.at_work(office.settings.layanan, office.calendar, now) or not any(
        officer.email for officer in office.settings.petugas.values()
    ):
        return
    day = now.date().isoformat()
    if office.register.state(_DIGEST).get("hari") == day:
        return
    rows = [row for row in overview.rows(office) if row.holders or row.wrong]
    for serial, (key, officer) in enumerate(office.settings.petugas.items(), start=1):
        lists = _waiting(rows, key, now, head="kepala_bagian" in officer.peran)
        if officer.email and any(lists.values()):
            notice = Notice("ringkasan_petugas", "", officer.email, now, f"{day}-{serial}", lists=lists)
            office.outbox.queue(mail.compose(notice, office.settings), now)
    office.register.save_state(_DIGEST, {"hari": day})


def _waiting(rows: Sequence[Row], key: str, now: datetime, *, head: bool) -> dict[List, tuple[Line, ...]]:
    """What an officer should know this morning; the kepala bagian also what others let become late."""
    mine = [row for row in rows if key in row.holders]
    late = [row for row in (rows if head else mine) if row.late(now)]
    return {
        "terlambat": tuple(map(_line, late)),
        "perlu_dibetulkan": tuple(_line(row) for row in (rows if head else mine) if row.wrong),
        "menunggu": tuple(_line(row) for row in mine if row not in late and not row.wrong),
    }


def _line(row: Row) -> Line:
    """A case in one line."""
    step = row.step or _WITHOUT_LIMIT.get(row.status, "berkas permohonan")
    return Line(row.number, step, datetime.fromisoformat(row.due) if row.due else None)


_WITHOUT_LIMIT = {"disampaikan": "penyampaian", "selesai": "pengarsipan", "dibatalkan": "pengarsipan"}


def settle(office: Office) -> Iterator[Problem]:
    """Let the journals know which messages were sent or given up, and take those out of the outbox.

    Gives those whose case is not to be found.
    """
    for entry in office.outbox.entries():
        if entry.state not in {"dikirim", "dibatalkan"}:
            continue
        try:
            _journal(office, entry)
            office.outbox.remove(entry.name)
        except (PayungError, OSError) as error:
            yield Problem(f"email {entry.name}", None, str(error), "Pulihkan foldernya dari cadangan.")


def unsure(office: Office) -> Iterator[Problem]:
    """Messages that failed or are uncertain: a person must decide."""
    for entry in office.outbox.entries():
        if entry.state in {"gagal", "tidak_pasti"}:
            mend = f"Lihat payung surat; lalu payung surat ulang {entry.name}, atau batal."
            yield Problem(f"email {entry.name}", None, f"{entry.state.replace('_', ' ')}: {entry.reason}", mend)


def _journal(office: Office, entry: Entry) -> None:
    """Record, once, what became of an applicant's notice; one to officers belongs to no case."""
    if not entry.number:
        return
    data = {"jenis": entry.kind, "pesan": entry.event, "keadaan": entry.state}
    events = office.register.read(entry.number).events
    if not any(event.kind == "email" and event.data == data for event in events):
        office.register.record(entry.number, Event("email", entry.changed or office.now(), "payung", data))


def again(office: Office, name: str) -> Entry:
    """Send a message again, to the address that the applicant has now: a person's decision.

    Raises PayungError when there is no such message, or when it was sent or called off.
    """
    entry = office.outbox.entry(name)
    return outbox.retry(office.outbox, name, office.now(), _anew(office, entry) if entry.number else None)


def _anew(office: Office, entry: Entry) -> Message | None:
    """An applicant's notice written again; None where the case no longer calls for it, so that it goes as it was."""
    filed = office.register.read(entry.number)
    seen = overview.look(office, filed)
    if filed.case is None or seen is None:
        return None
    event = next((one for one in _owed(filed.case, filed.events, seen) if one.name == entry.event), None)
    return _message(office, filed, filed.case, event) if event else None
