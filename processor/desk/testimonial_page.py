"""The desk's page of what those who were helped say: written down with their consent, approved by a second officer."""

from datetime import date

from processor.desk import office_forms, officer_pages
from processor.desk.office_forms import OfficeForm, TypedForm, asked
from processor.desk.step_fields import AskedField
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Visit, rendered
from processor.operations.figures import publication_lists, testimonial_acts

_FIELDS: tuple[AskedField, ...] = (
    asked(("", "kutipan"), "Kata-katanya", "words", note="Tanpa nama, perkara, tempat, atau tanggal."),
    asked(("", "sebagai"), "Siapa dia secara umum", note="Misalnya Seorang guru."),
    asked(("", "tanggal"), "Tanggal persetujuan tertulisnya", "day"),
    asked(("", "naskah"), "Di mana surat persetujuannya disimpan", note="Misalnya Map persetujuan, nomor 3."),
)


def testimonial_page(visit: Visit) -> str:
    """Make the page of every testimonial with its standing. Raises OSError where the disk refuses."""
    return _page(visit)


def testimonial_act(visit: Visit) -> Elsewhere | str:
    """Do what one of the forms asks; give the page again with what is wrong."""
    form = _FORMS.get(visit.posted.text("borang"))
    if form is None:
        raise NoSuchPage("Tidak ada borang dengan nama itu di halaman ini.")
    if not visit.may("testimoni"):
        return _page(visit, TypedForm(form.name, visit.posted, {office_forms.GENERAL: office_forms.WHO}))
    typed = office_forms.submit(visit, form)
    return _page(visit, typed) if typed else Elsewhere(visit.link("testimoni"))


def _add(visit: Visit, posted: Posted) -> None:
    consent = date.fromisoformat(posted.text("tanggal"))
    said = (posted.text("kutipan"), posted.text("sebagai"))
    testimonial_acts.add(visit.office, visit.person, *said, consent, posted.text("naskah"))


def _approve(visit: Visit, posted: Posted) -> None:
    testimonial_acts.approve(visit.office, visit.person, posted.text("nama"), posted.text("sidik") or "-")


def _withdraw(visit: Visit, posted: Posted) -> None:
    testimonial_acts.withdraw(visit.office, visit.person, posted.text("nama"))


_ADD = OfficeForm("tambah", "Catat testimoni", _FIELDS, _add, "Hanya sesudah ada persetujuan tertulis.")
_FORMS = {
    "tambah": _ADD,
    "setujui": OfficeForm("setujui", "Setujui", (), _approve),
    "cabut": OfficeForm("cabut", "Tarik dari situs", (), _withdraw),
}


def _page(visit: Visit, typed: TypedForm | None = None) -> str:
    """Make the page, with the form that was posted and not done as it was typed."""
    office = visit.office
    return rendered(
        "testimoni.html",
        visit,
        found=testimonial_acts.read(office),
        standing=publication_lists.standing,
        add=_ADD,
        typed=typed,
        nothing_typed=Posted(),
        problems=[
            (officer_pages.place_of_problem(one, office.register.folder), one.sentence)
            for one in testimonial_acts.mistakes(office)
        ],
    )
