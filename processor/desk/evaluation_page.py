"""The desk's page of what the office writes about itself. It only shows, and leads to where is
written; what cannot be read stands there as such."""

from processor.desk import officer_pages
from processor.desk.permissions import View
from processor.desk.record_forms import KINDS
from processor.desk.visit import Visit, rendered
from processor.operations import office_records, record_lists
from processor.operations.figures import publication_lists, testimonial_acts
from processor.operations.office import Office
from processor.operations.record_lists import RecordList
from processor.operations.reporting import report_duties

PAGES: tuple[tuple[str, str, View], ...] = (
    ("laporan", "Laporan", "laporan"),
    *((page, kind.title, "laporan") for page, kind in KINDS.items()),
    ("mutu", "Mutu kajian", "laporan"),
    ("kinerja", "Angka yang terbit", "laporan"),
    ("testimoni", "Testimoni", "permohonan"),
    ("tanya-jawab", "Tanya jawab untuk situs", "permohonan"),
    ("survei", "Survei kepuasan", "laporan"),
    ("rekap", "Rekap", "laporan"),
)
"""The pages that this one leads to, what the link says, and what somebody must be allowed to see for it."""


def evaluation_page(visit: Visit) -> str:
    """Make the page of what the office notes and publishes. Raises OSError where the disk refuses."""
    found = office_records.read(visit.office)
    told = (*found.problems, *testimonial_acts.mistakes(visit.office))
    problems = [(officer_pages.place_of_problem(one, visit.office.register.folder), one.sentence) for one in told]
    return rendered(
        "evaluasi.html",
        visit,
        lists=_lists(visit.office, found),
        problems=problems,
        pages={page: title for page, title, view in PAGES if visit.may(view)},
    )


def _lists(office: Office, found: office_records.OfficeRecords) -> list[RecordList]:
    today = office.now().date()
    return [
        report_duties.listed(office),
        record_lists.actions(found.actions.entries, today),
        record_lists.risks(found.risks.entries, today),
        record_lists.obstacles(found.obstacles),
        record_lists.activities(found.activities.entries, today),
        record_lists.education(found.activities.entries, today),
        record_lists.monitoring(found.monitoring.entries),
        publication_lists.publications(office),
        publication_lists.testimonials(office),
    ]
