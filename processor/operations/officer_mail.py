"""What officers are told by mail: that a deadline comes or is past, and each morning what waits for them.

Reminders wait in the outbox one by one and go out as one message to each officer; a new digest takes the place of one
that was not sent.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial

from processor.cases import deadlines
from processor.foundation.settings_agency import Officer
from processor.mail import composer
from processor.mail.composer import List, Notice, NoticeKind, NoticeLine
from processor.mail.message import Message, ReminderItem
from processor.mail.templates import LISTS
from processor.operations import overview
from processor.operations.case_row import BROKEN, CaseRow
from processor.operations.complaints import complaint_duties
from processor.operations.office import Office
from processor.operations.overview import KnownRows
from processor.operations.reporting import report_duties

_DIGEST = "ringkasan"
_PROMISE = "janji"

Lists = Mapping[List, Sequence[NoticeLine]]
"""What a message to officers lists."""


def queue_reminder(office: Office, now: datetime, to: Sequence[str], what: str, lists: Lists) -> None:
    """Queue a message to each of the officers ``to`` who has an email address; ``what`` makes it one of its kind.

    Raises BrokenFiles when it cannot be written; then nobody gets it.
    """
    digest = hashlib.sha256(what.encode()).hexdigest()[:16]
    officers = office.settings.petugas
    for message in [
        _staff_message(office, "pengingat_petugas", officers[key], f"{digest}-{_tag(key)}", lists, now)
        for key in officers
        if key in to and officers[key].email
    ]:
        office.outbox.queue(message, now)


def merge_reminders(office: Office) -> None:
    """Make one message of all the reminders that wait for the same officer, without what is done meanwhile.

    Each reminder came here under a name of its own before the journal knew of it, so none is lost or queued twice;
    joining them again after a crash gives the same. Raises BrokenFiles when the message cannot be written.
    """
    waiting = [one for one in office.outbox.entries() if one.kind == "pengingat_petugas" and one.waiting]
    if not waiting:
        return
    listed = {item[1] for entry in waiting for item in entry.items}
    row = cache(partial(KnownRows.load(office, listed).current_row, office))
    for key, officer in office.settings.petugas.items():
        mine = [entry for entry in waiting if entry.event.endswith(f"-{_tag(key)}")]
        items = tuple(dict.fromkeys(item for entry in mine for item in entry.items))
        late = {item[1:] for item in items if item[0] == "terlambat"}
        newest = (item for item in items if item[0] == "terlambat" or item[1:] not in late)
        still = tuple(item for item in newest if _still(office, item, key, officer, row))
        if not still:
            for entry in mine:
                office.outbox.drop(entry)
        elif officer.email and (len(mine) > 1 or still != items):
            mark = hashlib.sha256(repr(sorted(still)).encode()).hexdigest()[:16]  # of its words, whatever waited first
            event = f"{mark}-{_tag(key)}"
            message = _staff_message(office, "pengingat_petugas", officer, event, _lists(still), office.now())
            office.outbox.merge(mine, message)


def _still(office: Office, item: ReminderItem, key: str, officer: Officer, row: Callable[[str], CaseRow]) -> bool:
    """Tell whether what a line says of a case, a complaint or a report still is so for the officer."""
    if item[2] in complaint_duties.STEPS.values():
        return complaint_duties.stands(office, item[1:], key)
    if item[2] in report_duties.STEPS:
        return report_duties.stands(office, item[1:], key)
    return _stands(item, row(item[1]), key, officer)


def _stands(item: ReminderItem, row: CaseRow, key: str, officer: Officer) -> bool:
    """Tell whether that deadline still runs for the officer; when a file is mended, only a person knows."""
    name, _, step, due = item
    if name == "perlu_dibetulkan" or row.status == BROKEN:
        return True
    concerned = key in row.holders or "kepala_bagian" in officer.peran
    return concerned and due == (row.promise if step == deadlines.OVERALL else row.due if step == row.step else "")


def _lists(items: Iterable[ReminderItem]) -> Lists:
    """Give the lists that ``items`` were made of."""
    lists: dict[List, list[NoticeLine]] = {}
    for name, number, step, due in items:
        known = next(one for one in LISTS if one == name)
        lists.setdefault(known, []).append(NoticeLine(number, step, datetime.fromisoformat(due) if due else None))
    return lists


def promise_since(office: Office) -> datetime:
    """Give when the first pass began that counted the promise from when a request was sent (aware).

    What fell due before that moment was told by the clock of before; it is noted once, and again where that was lost.
    """
    state, now = office.register.state(_PROMISE), office.now()
    if "sejak" not in state:
        office.register.save_state(_PROMISE, {"sejak": now.isoformat()})
    return datetime.fromisoformat(state.get("sejak", now.isoformat()))


def tell_promise(office: Office) -> None:
    """Tell each kepala bagian once, in the first pass that counts so, what is late and was not by the clock of before.

    Where a digest waits to go out, it says so. Raises BrokenFiles when the message cannot be written.
    """
    state, now = office.register.state(_PROMISE), office.now()
    if state.get("dikabarkan"):
        return
    last = office.register.state("putaran").get("selesai", "")
    rows = [
        row for row in overview.rows(office) if _newly_late(row, now, datetime.fromisoformat(last) if last else None)
    ]
    lists: Lists = {"terlambat": tuple(map(_line, rows))}
    digest = any(entry.kind == "ringkasan_petugas" and entry.waiting for entry in office.outbox.entries())
    for key, officer in office.settings.petugas.items():
        if rows and not digest and officer.email and "kepala_bagian" in officer.peran:
            mark = f"{_PROMISE}-{_tag(key)}"
            office.outbox.queue(_staff_message(office, "ringkasan_petugas", officer, mark, lists, now), now)
    office.register.save_state(_PROMISE, {**state, "dikabarkan": now.isoformat()})


def _newly_late(row: CaseRow, now: datetime, last: datetime | None) -> bool:
    """Tell whether a case is late and no pass until ``last`` could tell so, as the whole then ran from registration."""
    ran = ((row.promise, row.whole), (row.due, row.due))
    return any(
        text and datetime.fromisoformat(text) < now and not (last and before and datetime.fromisoformat(before) < last)
        for text, before in ran
    )


def daily_digest(office: Office) -> None:
    """Tell each officer, once a working day when the office has opened, what waits, is late or is wrong."""
    now = office.now()
    if not deadlines.at_work(office.settings.layanan, office.calendar, now) or not any(
        officer.email for officer in office.settings.petugas.values()
    ):
        return
    day = now.date().isoformat()
    if office.register.state(_DIGEST).get("hari") == day:
        return
    rows = [row for row in overview.rows(office) if row.holders or row.wrong or row.messages]
    complaints, messages = complaint_duties.open_complaints(office), []
    reports = report_duties.lines(office, report_duties.open_duties(office))
    for key, officer in office.settings.petugas.items():
        head = "kepala_bagian" in officer.peran
        lists = _joined(_waiting(rows, key, now, head=head), complaint_duties.lines(complaints, key, head=head))
        lists = _joined(lists, reports) if head else lists
        lists = _joined(lists, _from_applicants(rows)) if "pengelola_layanan" in officer.peran else lists
        if officer.email and any(lists.values()):
            mark = f"{day}-{_tag(key)}"
            messages.append(_staff_message(office, "ringkasan_petugas", officer, mark, lists, now))
    for entry in office.outbox.entries():
        if entry.kind == "ringkasan_petugas" and entry.waiting:
            office.outbox.drop(entry)
    for message in messages:
        office.outbox.queue(message, now)
    office.register.save_state(_DIGEST, {"hari": day})


def _from_applicants(rows: Sequence[CaseRow]) -> Lists:
    """Give the requests about which messages of applicants wait."""
    return {"menunggu": tuple(NoticeLine(row.number, "pesan pemohon") for row in rows if row.messages)}


def _joined(some: Lists, others: Lists) -> Lists:
    """Give one list of each name from two."""
    return {name: (*some.get(name, ()), *others.get(name, ())) for name in (*some, *others)}


def _tag(key: str) -> str:
    """Give a short name for an officer in the name of a message: the same, whoever joins or leaves."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]


def _staff_message(
    office: Office, kind: NoticeKind, officer: Officer, mark: str, lists: Lists, now: datetime
) -> Message:
    """Write a notice that lists cases for an officer. Raises BrokenFiles when it cannot be written."""
    notice = Notice(kind, "", officer.email, now, mark, lists=lists)
    items = tuple(
        (name, line.number, line.step, line.due.isoformat() if line.due else "")
        for name, lines in lists.items()
        for line in lines
    )
    return replace(composer.compose(notice, office.settings), items=items)


def _waiting(rows: Sequence[CaseRow], key: str, now: datetime, *, head: bool) -> dict[List, tuple[NoticeLine, ...]]:
    """Give what an officer should know this morning; the kepala bagian also what others let become late."""
    mine = [row for row in rows if key in row.holders]
    late = [row for row in (rows if head else mine) if row.late(now)]
    rest = [row for row in mine if row not in late and not row.wrong]
    today = [row for row in rest if _due_today(row, now)]
    return {
        "terlambat": tuple(map(_line, late)),
        "menjelang": tuple(map(_line, today)),
        "perlu_dibetulkan": tuple(_line(row) for row in (rows if head else mine) if row.wrong),
        "menunggu": tuple(_line(row) for row in rest if row not in today),
    }


def _line(row: CaseRow) -> NoticeLine:
    """Give a case in one line."""
    step = row.step or _WITHOUT_LIMIT.get(row.status, "berkas permohonan")
    return NoticeLine(row.number, step, datetime.fromisoformat(row.due) if row.due else None)


def _due_today(row: CaseRow, now: datetime) -> bool:
    """Tell whether a deadline falls on the day of ``now`` (in the office's zone)."""
    due = (datetime.fromisoformat(text).astimezone(now.tzinfo) for text in (row.due, row.promise) if text)
    return any(one.date() == now.date() for one in due)


_WITHOUT_LIMIT = {"disampaikan": "penyampaian", "selesai": "pengarsipan", "dibatalkan": "pengarsipan"}
