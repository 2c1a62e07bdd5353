"""What a pass does with complaints: their journals learn their status, officers are reminded, complainants told.

A complaint whose files are unchanged, and of which nobody need be reminded yet, is not read.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from processor.cases import complaint, complaint_register, journal, reminders
from processor.cases.complaint import Complaint, ComplaintRules, Standing
from processor.cases.complaint_register import FiledComplaint
from processor.cases.records import Event
from processor.foundation import working_days
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.mail.templates import List
from processor.operations import officer_mail
from processor.operations.complaints import complaint_duties, complaint_notices
from processor.operations.complaints.complaint_duties import ComplaintRow
from processor.operations.office import Office
from processor.operations.pass_report import PassReport, failure_of

_STATE = "pengaduan"
STATUS = "status"
"""The journal's event of a complaint that came to another status."""
_WAIT = 10.0  # seconds for another process to finish
_NEVER = ""


@dataclass(frozen=True, slots=True)
class _ComplaintAlarm:
    """Something of which officers are reminded: when (aware), of which urgency, and whom (short names)."""

    at: datetime
    level: List
    to: tuple[str, ...]


def look(office: Office, report: PassReport) -> None:
    """Do what is due in every complaint, and say what somebody must mend. One that fails stops only itself."""
    numbers = complaint_register.numbers(office.register)
    if not numbers:
        return
    state, basis, rules = office.register.state(_STATE), _basis(office), complaint_duties.rules_of(office)
    kept = state.get("dilihat", {}) if state.get("dasar") == basis else {}
    seen = {}
    for number in numbers:
        mark, wake = kept.get(number, ("", ""))
        now_mark = complaint_register.change_mark(office.register, number)
        if mark == now_mark and (wake == _NEVER or datetime.fromisoformat(wake) > office.now()):
            seen[number] = (mark, wake)
            continue
        try:
            sound, wake = _work(office, report, rules, number)
        except (PayungError, OSError) as error:
            report.failures.append(failure_of(error))
            continue
        if sound:
            seen[number] = (complaint_register.change_mark(office.register, number), wake)
    office.register.save_state(_STATE, {"dasar": basis, "dilihat": seen})


def _basis(office: Office) -> str:
    """Digest what deadlines and turns follow from besides the complaints: settings and days off."""
    days_off = office.settings.days_off
    content = days_off.read_bytes() if days_off.is_file() else b""
    return hashlib.sha256(office.settings.model_dump_json().encode() + content).hexdigest()[:16]


def _work(office: Office, report: PassReport, rules: ComplaintRules, number: str) -> tuple[bool, str]:
    """Do what is due in one complaint; give whether nothing is wrong with it, and when to look again (ISO 8601)."""
    filed = complaint_register.read(office.register, number)
    problems = [*filed.problems, *filed.broken(rules.staff)]
    report.problems += problems
    torn = any(Path(problem.place).name == journal.FILE_NAME for problem in problems)
    if filed.complaint is None or torn:  # a torn journal does not know what was said
        return False, _NEVER
    standing = rules.standing(filed.complaint)
    _note_status(office, filed, standing)
    alarms = list(_alarms(office, rules, filed.complaint, standing))
    for alarm in _owed_now(alarms, filed, standing, office.now()):
        report.problems += _remind(office, filed, standing, alarm)
    complaint_notices.queue(office, filed)
    later = [alarm.at for alarm in alarms if alarm.at > office.now()]
    return not problems, min(later).isoformat() if later else _NEVER


def _note_status(office: Office, filed: FiledComplaint, standing: Standing) -> None:
    """Let the journal say to which status a complaint came, by command or by hand."""
    told = next((one.data["menjadi"] for one in reversed(filed.events) if one.kind == STATUS), complaint.STATUSES[0])
    if told != standing.status:
        _record(office, filed.number, Event(STATUS, office.now(), "payung", {"dari": told, "menjadi": standing.status}))


def _record(office: Office, number: str, event: Event) -> None:
    with office.register.lock(_WAIT):
        complaint_register.record(office.register, number, event)


def _alarms(office: Office, rules: ComplaintRules, found: Complaint, standing: Standing) -> Iterator[_ComplaintAlarm]:
    """Give what is told of the running step: on the morning of its last day, at its end, and the working day after."""
    if standing.due is None:
        return
    yield _ComplaintAlarm(_morning(office, standing.due), "menjelang", standing.holders)
    yield _ComplaintAlarm(complaint_duties.due_moment(office, standing.due), "jatuh_tempo", standing.holders)
    after = working_days.day_after(standing.due, 1, rules.calendar, rules.hours)
    yield _ComplaintAlarm(_morning(office, after), "terlambat", complaint_duties.heads(found, rules.staff))


def _morning(office: Office, day: date) -> datetime:
    service = office.settings.layanan
    return datetime.combine(day, service.mulai, service.zone)


def _owed_now(
    alarms: list[_ComplaintAlarm], filed: FiledComplaint, standing: Standing, now: datetime
) -> Iterator[_ComplaintAlarm]:
    """Give the alarms that ring and were not told; that a deadline comes near is no news once it is past."""
    past = [alarm for alarm in alarms if alarm.at <= now]
    over = any(alarm.level != "menjelang" for alarm in past)
    for alarm in past:
        data = _identifying(standing, alarm)
        told = any(one.kind == reminders.KIND and data.items() <= one.data.items() for one in filed.events)
        if not told and not (over and alarm.level == "menjelang"):
            yield alarm


def _identifying(standing: Standing, alarm: _ComplaintAlarm) -> dict[str, str]:
    due = standing.due.isoformat() if standing.due else ""
    return {"tahap": standing.step, "tingkat": alarm.level, "tenggat": due}


def _remind(office: Office, filed: FiledComplaint, standing: Standing, alarm: _ComplaintAlarm) -> list[Problem]:
    """Queue a reminder to each officer who has an address; the journal says who was to be reminded."""
    line = complaint_duties.notice_line(office, ComplaintRow(filed.number, filed.complaint, standing))
    data = _identifying(standing, alarm)
    what = "|".join((filed.number, *data.values()))
    try:
        officer_mail.queue_reminder(office, office.now(), alarm.to, what, {alarm.level: (line,)})
    except BrokenFiles as error:
        return list(error.problems)
    _record(office, filed.number, Event(reminders.KIND, office.now(), "payung", {**data, "kepada": list(alarm.to)}))
    return []
