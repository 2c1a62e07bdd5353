"""What a case owes its applicant and its officers in words: puts the notices into the outbox, each event once.

The journal remembers what was sent and who was reminded; until then the outbox does. An applicant who gave no e-mail
address is told nothing by mail. What an applicant is sent is written once, at the moment of sending, from the case as
it is then; until then only the event waits.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from processor.cases import decision_digests, journal, journal_heads, reminders, rules
from processor.cases.case_file import CaseFile
from processor.cases.case_status import Derived
from processor.cases.dossier import open_dossier
from processor.cases.records import Applicant, Attachment, Dossier, Event
from processor.cases.register import Filed
from processor.cases.reminders import Reminder
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.settings_agency import Role
from processor.mail import composer, delivery
from processor.mail.composer import Notice, NoticeKind, NoticeLine
from processor.mail.message import ENDED, Message, OutboxEntry
from processor.operations import applicant_status, case_letters, identity, officer_mail, overview
from processor.operations.case_letters import CasePass
from processor.operations.case_row import CaseRow
from processor.operations.complaints import complaint_notices
from processor.operations.office import Office
from processor.operations.owed_notices import OwedNotice, owed_now
from processor.operations.register_watch import RESTORED
from processor.site import leak_gate, sealed_files

_INTAKE: Role = "pengelola_layanan"
_OLD = timedelta(days=7)
_PATIENCE = timedelta(minutes=30)
_NAMED = 5  # messages that a line names
_TOO_OLD = (
    "Terdaftar lebih dari 7 hari sesudah diajukan, jadi tidak dikirim sendiri. Lepaskan bila pemohon masih perlu tahu."
)
_CROWD = 3
_CROWDED = (
    f"Lebih dari {_CROWD} permohonan dalam 24 jam memakai alamat email ini, jadi tidak dikirim sendiri: mungkin orang "
    "lain yang memakainya. Lepaskan bila memang benar."
)
_RESTORED = (
    "Permohonan ini dipulihkan dari cadangan: mungkin pemohon sudah diberi tahu. Lepaskan bila belum menerimanya."
)
_TELLS_WHO = (
    "Pemberitahuan memuat identitas pemohon, jadi tidak dikirim.",
    "Tulis ulang alasan atau kekurangannya tanpa identitas: email dapat terbaca orang lain.",
)
_RESTORE = "Pulihkan foldernya dari cadangan."


def queue_notices(
    case_pass: CasePass, filed: Filed, seen: Derived | None, before: CaseRow | None, found: Sequence[Problem]
) -> tuple[Filed, list[Problem]]:
    """Queue what the case owes its applicant and officers in words.

    Args:
        case_pass: The pass.
        filed: The case.
        seen: What follows from it; None when its file cannot be used.
        before: Its last row.
        found: What is wrong with it.

    Returns:
        The case with what the journal now says, and what kept a notice from being written.
    """
    problems: list[Problem] = []
    torn = any(Path(problem.place).name == journal.FILE_NAME for problem in filed.problems)
    if filed.case is not None and seen is not None and not torn:  # a torn journal does not know what was said
        for serial, event in enumerate(owed_now(filed.case, filed.events, seen, case_pass.office.now())):
            problems += _to_applicant(case_pass, filed, filed.case, event, serial)
        runs = overview.deadlines_of(case_pass.office, filed, seen)
        for reminder in reminders.owed_now(runs, seen, filed.events, case_pass.now, case_pass.since):
            filed, wrong = _remind(case_pass, filed, reminder)
            problems += wrong
    if found:
        holders = seen.holders if seen else before.holders if before else ()
        filed, wrong = _to_mender(case_pass, filed, holders)
        problems += wrong
    return filed, problems


def broken_templates(office: Office) -> frozenset[NoticeKind]:
    """Find the notices that a mistake in a template keeps from being written; it is told once in a pass."""
    return composer.broken_kinds(office.settings.opinions / composer.FOLDER)


def _of_the_case(office: Office, error: BrokenFiles) -> list[Problem]:
    """What is wrong with a message but for mistakes in templates, which are told once and not once for every case."""
    templates = {str(problem.place) for problem in composer.check_templates(office.settings.opinions / composer.FOLDER)}
    return [problem for problem in error.problems if problem.place not in templates]


def _to_applicant(case_pass: CasePass, filed: Filed, case: CaseFile, event: OwedNotice, serial: int) -> list[Problem]:
    """Queue one notice, after ``serial`` others of this pass; what is wrong with it.

    Its words are written when it goes out. What will keep them from being written is told now.
    """
    applicant = case_pass.applicant(filed.number)
    if event.kind in case_pass.untold or not applicant.email.strip():
        return []
    notice = _notice(case_pass.office, filed, case, event, applicant)
    if wrong := _unfit(filed, case, notice, applicant):
        return wrong
    message = Message(notice.number, notice.event, notice.kind)
    if case_pass.office.outbox.find(message.name):  # it waits already
        return []
    held = _RESTORED if _may_have_been_told(filed, event) else ""
    held = held or (_doubt(case_pass, filed, case, event) if event.kind == "diterima" else "")
    case_pass.office.outbox.queue(message, case_pass.now + timedelta(microseconds=serial), held)
    return []


def _may_have_been_told(filed: Filed, event: OwedNotice) -> bool:
    """Tell whether a notice may have gone out of which the journal, put back from a backup, knows nothing."""
    return any(one.kind == RESTORED and event.time <= one.time for one in filed.events)


def _doubt(case_pass: CasePass, filed: Filed, case: CaseFile, event: OwedNotice) -> str:
    """Say why a person should look before the first notice goes out; "" where nothing is odd."""
    if case.diterima - event.time > _OLD:
        return _TOO_OLD
    mark = next((event.data["sidik"].get("email") for event in filed.events if "sidik" in event.data), "")
    return _CROWDED if mark and case_pass.addresses[mark] > _CROWD else ""


def _notice(office: Office, filed: Filed, case: CaseFile, event: OwedNotice, applicant: Applicant) -> Notice:
    """What an applicant is to be told; who has a code reads there where an appointment is, as mail may be read."""
    site, balasan = office.settings.situs, case.balasan
    coded = sealed_files.valid_code_values(balasan.kode_lacak, balasan.kunci_balasan)
    way = balasan.jalan if coded or balasan.jalan != "kode" else "loket"  # no mail promises what no code opens
    return Notice(
        event.kind,
        filed.number,
        applicant.email.strip(),
        event.time,
        event.mark,
        cara=way,
        missing=case.verifikasi.kekurangan,
        reason=case.verifikasi.alasan,
        coded=coded,
        until=applicant_status.open_until(case, filed.events, "disampaikan", site.jawaban_berlaku)
        if way == "kode"
        else None,
        meeting=replace(event.meeting, place="") if event.meeting and way == "kode" else event.meeting,
        origin=next((str(event.data.get(journal_heads.MAIL_MARK, "")) for event in filed.events[:1]), ""),
    )


def _unfit(filed: Filed, case: CaseFile, notice: Notice, applicant: Applicant) -> list[Problem]:
    """What keeps a notice from being sent: other words than those of the letter, an identity, what it lacks."""
    if changed := [*case_letters.changed_after_delivery(filed), *_contradicted(filed, case)]:
        return changed
    place = notice.meeting.place if notice.meeting else ""
    said = "\n".join((notice.reason_by_email, *notice.missing, place, *_notes(case, notice)))
    if said.strip() and leak_gate.identity_in_text(said, [applicant]):
        return [Problem(f"email {notice.kind} {filed.number}", None, *_TELLS_WHO)]
    return [*composer.mistakes(notice, len(case_letters.delivered_answer(filed)))]


def _notes(case: CaseFile, notice: Notice) -> list[str]:
    """Give what is written to the applicant on the page, where a notice sends them there: it names nobody either.

    Their sealed status shows it all the same, as nobody else opens that; but the case file that holds it is not sealed.
    """
    return [one.isi for one in case.pesan] if notice.kind == "ada_pesan" else []


def _message(office: Office, filed: Filed, case: CaseFile, event: OwedNotice) -> Message | None:
    """One notice; None for an applicant without an email address. Raises BrokenFiles with what is wrong with it."""
    if wrong := identity.mistakes(office.register, filed):
        raise BrokenFiles(tuple(wrong))
    applicant = _addressee(open_dossier(office.register, filed.number), event)
    if not applicant.email.strip():
        return None
    notice = _notice(office, filed, case, event, applicant)
    if unfit := _unfit(filed, case, notice, applicant):
        raise BrokenFiles(tuple(unfit))
    documents = [Attachment(path.name, path.read_bytes()) for path in case_letters.delivered_answer(filed)]
    return composer.compose(notice, office.settings, documents)


def _addressee(dossier: Dossier, event: OwedNotice) -> Applicant:
    """Give the applicant as they are to be told: that other contact data were asked for, at the address from before."""
    if event.kind != "kontak_diminta":
        return dossier.applicant
    later = (one for one in dossier.corrections if datetime.fromisoformat(one["waktu"]) >= event.time)
    before = next((one["sebelum"]["email"] for one in later if "email" in one["sebelum"]), dossier.applicant.email)
    return replace(dossier.applicant, email=before)


def _contradicted(filed: Filed, case: CaseFile) -> Iterator[Problem]:
    """Why the words of a notice would not be those of the letter that went out."""
    for _, key, message, mend in rules.contradicted(case, filed.events):
        yield Problem(str(filed.document.path), filed.document.line(key), message, mend)


def _remind(case_pass: CasePass, filed: Filed, reminder: Reminder) -> tuple[Filed, list[Problem]]:
    """Queue a reminder to each officer who has an address; the journal says who was to be reminded."""
    alarm = reminder.alarm
    case_pass.begin_writing()  # nothing may go out that the journal then cannot tell
    mark = f"{filed.number}|{alarm.step}|{alarm.level}|{alarm.begun.isoformat()}"
    try:
        officer_mail.queue_reminder(
            case_pass.office,
            case_pass.now,
            reminder.to,
            mark,
            {alarm.level: (NoticeLine(filed.number, alarm.step, alarm.due),)},
        )
    except BrokenFiles as error:
        return filed, _of_the_case(case_pass.office, error)
    return case_pass.record(filed, reminders.KIND, "payung", reminder.data), []


def _to_mender(case_pass: CasePass, filed: Filed, holders: Sequence[str]) -> tuple[Filed, list[Problem]]:
    """Tell whose turn it is that the case file needs a hand: once for each text, and not while somebody writes it."""
    written = datetime.fromtimestamp(filed.document.path.stat().st_mtime, UTC)
    text = hashlib.sha256(filed.document.text.encode()).hexdigest()[:16]
    data = {"tahap": "berkas", "tingkat": "perlu_dibetulkan", "mulai": text}
    said = any(event.kind == reminders.KIND and data.items() <= event.data.items() for event in filed.events)
    if said or case_pass.now - written < _PATIENCE:
        return filed, []
    to = tuple(holders) or tuple(key for key, one in case_pass.office.settings.petugas.items() if _INTAKE in one.peran)
    case_pass.begin_writing()
    lines: officer_mail.Lists = {"perlu_dibetulkan": (NoticeLine(filed.number, "berkas permohonan"),)}
    try:
        officer_mail.queue_reminder(case_pass.office, case_pass.now, to, f"{filed.number}|{text}", lines)
    except BrokenFiles as error:
        return filed, _of_the_case(case_pass.office, error)
    return case_pass.record(filed, reminders.KIND, "payung", {**data, "kepada": list(to)}), []


def journal_outcomes(office: Office) -> tuple[set[str], list[Problem]]:
    """Let the journals know which messages were sent or given up, and take those out of the outbox.

    The caller holds the register's lock.

    Returns:
        The cases to whose journal something was added, and a problem for each that is not to be found.
    """
    told, problems = set[str](), list[Problem]()
    for entry in office.outbox.entries():
        if entry.state not in ENDED:
            continue
        try:
            _journal(office, entry)
            office.outbox.remove(entry.name)
            told |= set() if complaint_notices.concerns(entry) else {entry.number} - {""}
        except (PayungError, OSError) as error:
            problems.append(Problem(f"email {entry.name}", None, str(error), _RESTORE))
    return told, problems


def needing_a_person(office: Office) -> Iterator[Problem]:
    """Find messages about which a person must decide: failed, uncertain or held. The held take one line.

    Without a mail server none would go in any case, so holding some is nothing to decide yet.
    """
    entries = office.outbox.entries()
    for entry in entries:
        if entry.state in {"gagal", "tidak_pasti"}:
            mend = f"Lihat payung email; lalu payung email ulang {entry.name}, atau batal."
            yield Problem(f"email {entry.name}", None, f"{entry.state.replace('_', ' ')}: {entry.reason}", mend)
    held = [entry.name for entry in entries if entry.state == "ditahan"]
    if held and office.settings.email.server:
        named = ", ".join(held[:_NAMED]) + (f", dan {len(held) - _NAMED} lagi" if len(held) > _NAMED else "")
        mend = f"Lihat payung email; lalu payung email lepas {held[0]}, atau batal."
        yield Problem("payung email", None, f"{len(held)} email ditahan: {named}.", mend)


def _journal(office: Office, entry: OutboxEntry) -> None:
    """Record, once, what became of an applicant's notice; one to officers belongs to no case."""
    if complaint_notices.concerns(entry):
        complaint_notices.journal_outcome(office, entry)
        return
    if not entry.number:
        return
    data = {"jenis": entry.kind, "pesan": entry.event, "keadaan": entry.state}
    events = office.register.read(entry.number).events
    if not any(event.kind == "email" and event.data == data for event in events):
        office.register.record(entry.number, Event("email", entry.changed or office.now(), "payung", data))


def compose_now(office: Office, entry: OutboxEntry) -> Message | None:
    """Write what to send now: an applicant's notice as it must be today, None when nothing calls for it any more.

    Raises:
        BrokenFiles: With what is wrong with an applicant's notice.
        PayungError, OSError: When a message to officers cannot be opened.
    """
    if not entry.number:
        return delivery.as_queued(office.outbox, entry)
    try:
        return complaint_notices.compose(office, entry) if complaint_notices.concerns(entry) else _anew(office, entry)
    except BrokenFiles:
        raise
    except (PayungError, OSError, KeyError, TypeError, ValueError) as error:
        why = str(error) if isinstance(error, PayungError) else f"Berkasnya tidak terbaca ({type(error).__name__})."
        raise BrokenFiles((Problem(entry.number, None, why, _RESTORE),)) from error


def _anew(office: Office, entry: OutboxEntry) -> Message | None:
    """Write an applicant's notice again; None where the case no longer calls for it. Raises BrokenFiles."""
    filed = office.register.read(entry.number)
    seen = overview.derive_for(office, filed)
    if filed.case is None or seen is None:
        raise BrokenFiles(filed.problems)
    owed = owed_now(filed.case, filed.events, seen, office.now())
    event = next((one for one in owed if one.name == entry.event), None)
    if event is None or (event.kind == "perlu_dilengkapi" and not _journalled(filed.case, filed.events)):
        return None
    return _message(office, filed, filed.case, event)


def _journalled(case: CaseFile, events: Sequence[Event]) -> bool:
    """Tell whether the journal knows the verification as it stands: else the next pass asks, and once."""
    now = decision_digests.digests(case)["verifikasi"]
    last = next((event.data for event in reversed(events) if event.kind == "status"), {})
    return bool(last.get("verifikasi", now) == now)
