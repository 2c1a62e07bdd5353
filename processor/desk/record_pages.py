"""The desk's pages of what the office writes about itself: each kind with its lists, and short forms to write more."""

from processor.desk import office_forms, officer_pages
from processor.desk.office_forms import OfficeForm, TypedForm
from processor.desk.record_forms import KINDS
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Visit, rendered
from processor.operations import office_records


def record_page(kind: str, visit: Visit) -> str:
    """Make the page of a kind of record. Raises OSError where the disk refuses."""
    return _page(kind, visit)


def record_act(kind: str, visit: Visit) -> Elsewhere | str:
    """Write what a form asks; give the page again with what is wrong."""
    form = next((one for one in _forms(kind, visit) if one.name == visit.posted.text("borang")), None)
    if form is None:
        raise NoSuchPage("Borang itu tidak ada lagi di halaman ini. Muat ulang halamannya.")
    if not visit.may("catatan_kantor"):
        return _page(kind, visit, TypedForm(form.name, visit.posted, {office_forms.GENERAL: office_forms.WHO}))
    typed = office_forms.submit(visit, form)
    return _page(kind, visit, typed) if typed else Elsewhere(visit.link(kind))


def _forms(kind: str, visit: Visit) -> tuple[OfficeForm, ...]:
    return KINDS[kind].forms(visit.office, office_records.read(visit.office))


def _page(kind: str, visit: Visit, typed: TypedForm | None = None) -> str:
    """Make the page, with the form that was posted and not done as it was typed."""
    office, one = visit.office, KINDS[kind]
    found = office_records.read(office)
    return rendered(
        "catatan.html",
        visit,
        page=kind,
        kind=one,
        lists=one.lists(found, office.now().date()),
        forms=one.forms(office, found) if visit.may("catatan_kantor") or typed else (),
        typed=typed,
        nothing_typed=Posted(),
        problems=[
            (officer_pages.place_of_problem(told, office.register.folder), told.sentence)
            for told in getattr(found, _FOUND[kind]).problems
        ],
    )


_FOUND = {
    "kegiatan": "activities",
    "rencana": "actions",
    "risiko": "risks",
    "pemantauan": "monitoring",
    "hambatan": "obstacles",
}
"""Where the records of each kind stand among those that were read."""
