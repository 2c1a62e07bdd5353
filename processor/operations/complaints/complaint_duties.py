"""What lists, the desk and reminders show of complaints: one row each, for who may see it; no word of any is opened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from processor.cases import complaint, complaint_register, deadlines
from processor.cases.complaint import Complaint, ComplaintFacts, ComplaintRules, Standing
from processor.cases.records import Event
from processor.cases.staff import Staff
from processor.mail.composer import NoticeLine
from processor.mail.templates import List
from processor.operations.office import Office

STEPS = {
    "diteruskan": "penerusan pengaduan", "rencana": "rencana tindak lanjut pengaduan", "dijawab": "jawaban pengaduan",
}  # fmt: skip
"""What messages to officers call the steps that have a limit."""


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One complaint in one line. A file that cannot be used has no ``complaint`` and no ``standing``."""

    number: str
    complaint: Complaint | None
    standing: Standing | None
    wrong: int = 0

    @property
    def open(self) -> bool:
        """Tell whether something is still to be done."""
        return self.standing is None or self.standing.status != "selesai"


def rules_of(office: Office) -> ComplaintRules:
    """Give what deadlines and figures of complaints are computed with in this office."""
    settings = office.settings
    hours = deadlines.counting_hours(settings.layanan)
    return ComplaintRules(settings.pengaduan, office.calendar, hours, Staff(settings.petugas))


def rows(office: Office) -> Iterator[ComplaintRow]:
    """Give every complaint, oldest first; not yet for anybody's eyes: see ``visible``."""
    rules = rules_of(office)
    for number in complaint_register.numbers(office.register):
        yield row(office, rules, number)


def row(office: Office, rules: ComplaintRules, number: str) -> ComplaintRow:
    """Give one complaint in one line. Raises PayungError when there is none."""
    filed = complaint_register.read(office.register, number)
    wrong = len(filed.problems) + sum(1 for _ in filed.broken(rules.staff))
    return ComplaintRow(number, filed.complaint, rules.standing(filed.complaint) if filed.complaint else None, wrong)


def visible(office: Office, viewer: str) -> list[ComplaintRow]:
    """Give the complaints that somebody may see; of a damaged file nobody knows whom it is about, so it is hidden.

    Args:
        office: The office.
        viewer: A short or full name; "" where nobody knows who looks.
    """
    staff = Staff(office.settings.petugas)
    key = staff.key(viewer) if viewer else ""
    return [one for one in rows(office) if one.complaint and complaint.may_see(one.complaint, key, staff)]


def facts(office: Office, today: date) -> tuple[ComplaintFacts, ...]:
    """Give what every complaint counts as on ``today`` (in the office's zone), oldest first."""
    rules = rules_of(office)
    found = (
        complaint_register.read(office.register, one).complaint for one in complaint_register.numbers(office.register)
    )
    return tuple(complaint.facts_of(one, rules, today) for one in found if one)


@dataclass(frozen=True, slots=True)
class OpenComplaint:
    """A complaint of which something is still to be done: whose turn it is, and which heads may know of it."""

    line: NoticeLine
    holders: tuple[str, ...]
    heads: tuple[str, ...]
    list_name: List


def open_complaints(office: Office) -> list[OpenComplaint]:
    """Give every complaint that is not done, as officers are told of it."""
    staff, today = Staff(office.settings.petugas), office.now().date()
    return [
        OpenComplaint(notice_line(office, one), one.standing.holders, heads(one.complaint, staff), _list_of(one, today))
        for one in rows(office)
        if one.complaint and one.standing and one.standing.due
    ]


def heads(found: Complaint, staff: Staff) -> tuple[str, ...]:
    """Give the short names of every kepala bagian who may know of a complaint."""
    barred = found.barred(staff)
    return tuple(
        key
        for key, one in staff.officers.items()
        if "kepala_bagian" in one.peran and not one.berhenti and key not in barred
    )


def notice_line(office: Office, one: ComplaintRow) -> NoticeLine:
    """Give an open complaint as a line of a message: its number, its step and when that ends."""
    assert one.standing
    assert one.standing.due
    return NoticeLine(one.number, STEPS[one.standing.step], due_moment(office, one.standing.due))


def _list_of(one: ComplaintRow, today: date) -> List:
    """Choose the list of the morning's message in which a complaint stands."""
    assert one.standing
    if one.standing.late(today):
        return "terlambat"
    return "menjelang" if one.standing.due == today else "menunggu"


def lines(found: Sequence[OpenComplaint], key: str, *, head: bool) -> dict[List, tuple[NoticeLine, ...]]:
    """Give what an officer should know this morning; a ``head`` also what others let become late."""
    made: dict[List, tuple[NoticeLine, ...]] = {}
    for one in found:
        if key in one.holders or (head and one.list_name == "terlambat" and key in one.heads):
            made[one.list_name] = (*made.get(one.list_name, ()), one.line)
    return made


def stands(office: Office, item: tuple[str, str, str], key: str) -> bool:
    """Tell whether a line (number, step, deadline) still is so, and for this officer (short name)."""
    number, step, due = item
    found = [one for one in open_complaints(office) if one.line.number == number]
    return any(
        (one.line.step, one.line.due.isoformat() if one.line.due else "") == (step, due)
        and key in (*one.holders, *one.heads)
        for one in found
    )


def happened(event: Event) -> str:
    """Say what an event of a complaint's journal is about; a step, and words that changed, by the name of the step."""
    said, step = event.kind.replace("_", " "), event.data.get("langkah", "")
    return f"{said} {step}".rstrip()


def due_moment(office: Office, day: date) -> datetime:
    """Give the moment at which a last day ends: when the service closes (aware)."""
    service = office.settings.layanan
    return datetime.combine(day, service.selesai, service.zone)
