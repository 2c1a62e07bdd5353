"""What lists, the desk and reminders show of complaints: one row each, for who may see it; no word of any is opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from processor.cases import complaint, complaint_register, deadlines
from processor.cases.complaint import Complaint, ComplaintFacts, ComplaintRules, Standing
from processor.cases.rules import Staff
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


def due_moment(office: Office, day: date) -> datetime:
    """Give the moment at which a last day ends: when the service closes (aware)."""
    service = office.settings.layanan
    return datetime.combine(day, service.selesai, service.zone)


def waits_for(office: Office, key: str) -> list[ComplaintRow]:
    """Give the open complaints whose turn is the officer's (short name)."""
    return [one for one in rows(office) if one.standing and key in one.standing.holders]
