"""The desk's page of matters outside the service: that one was sent elsewhere, and how many were; nothing of whom."""

from processor.desk import office_forms, wording
from processor.desk.office_forms import OfficeForm, TypedForm
from processor.desk.step_fields import AskedField
from processor.desk.visit import Elsewhere, Posted, Visit, rendered
from processor.operations import counter, referrals


def referral_page(visit: Visit) -> str:
    """Make the page, with the counts of this year."""
    return _page(visit)


def refer_act(visit: Visit) -> Elsewhere | str:
    """Note a referral, or give the page again with what is wrong."""
    form = _form()
    if not visit.may("terima"):
        return _page(visit, TypedForm(form.name, visit.posted, {office_forms.GENERAL: office_forms.WHO}))
    typed = office_forms.submit(visit, form)
    return _page(visit, typed) if typed else Elsewhere(visit.link("loket/rujukan", "tercatat"))


def _form() -> OfficeForm:
    kinds = {kind: wording.in_words(kind) for kind in referrals.PLACES}
    fields = (
        AskedField(("", "jenis"), "Urusannya", "choice", required=True, choices=kinds),
        AskedField(
            ("", "tempat"), "Dirujuk ke mana",
            note="Kosong: tempat yang biasa, seperti di bawah. Tanpa nama orang, NIP, nomor telepon, atau email.",
        ),
    )  # fmt: skip
    return OfficeForm("rujuk", "Catat rujukan", fields, _refer)


def _refer(visit: Visit, posted: Posted) -> None:
    counter.record_referral(visit.office, visit.me, posted.text("jenis"), posted.text("tempat"))


def _page(visit: Visit, typed: TypedForm | None = None) -> str:
    year = visit.office.now().year
    return rendered(
        "rujukan.html",
        visit,
        form=_form(),
        typed=typed,
        nothing_typed=Posted(),
        usual={kind: place for kind, place in referrals.PLACES.items() if place},
        year=year,
        counts=sorted(referrals.yearly_counts(visit.office.register, year).items()),
    )
