"""The figures of a period from the register itself, also those that must not leave the office."""

from collections.abc import Iterable
from datetime import date

from processor.cases.office_records import Activity, OfficeObstacle
from processor.evaluation import figures
from processor.evaluation.figures import Figures
from processor.evaluation.office_facts import ActivityFacts, ObstacleFacts, OfficeFacts
from processor.evaluation.periods import Period
from processor.operations import complaint_duties, fact_store, office_records, unit_index
from processor.operations.office import Office


def figures_of(office: Office, period: Period) -> Figures:
    """Compute every figure of a period as of now; reads only cases that have changed since they were last counted.

    Raises:
        PayungError, OSError: The disk refuses to read, or to keep what was read.
    """
    now = office.now()
    facts, records = fact_store.facts_of(office, period.first, period.last), office_records.read(office)
    beside = OfficeFacts(
        activities=activities(records.activities.entries, now.date()),
        obstacles=_obstacles(records.obstacles.entries),
        complaints=complaint_duties.facts(office, now.date()),
        unread=facts.unread_in(period),
        units=unit_index.units_of(office),
        unit_names={unit.kode: unit.nama for unit in office.settings.unit},
        saving=office.settings.evaluasi.penghematan_per_kasus,
        years=facts.years,
    )
    with fact_store.uncollected():
        return figures.compute(facts.cases, period, now, fact_store.counting_rules(office), beside)


def activities(entries: Iterable[Activity], today: date) -> tuple[ActivityFacts, ...]:
    """Give what is counted of events; one that is still to come is a plan."""
    return tuple(
        ActivityFacts(one.tanggal, one.jenis, one.cara or "", one.hadir, one.pelatihan or "")
        for one in entries
        if one.tanggal <= today
    )


def _obstacles(entries: Iterable[OfficeObstacle]) -> tuple[ObstacleFacts, ...]:
    """Give what is counted of the office's own obstacles."""
    return tuple(ObstacleFacts(one.tanggal, one.jenis, one.selesai is not None) for one in entries)


def running_year(office: Office) -> Period:
    """Give the year that is under way on the office's calendar."""
    return Period(office.now().year)
