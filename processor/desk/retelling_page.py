"""The desk's page on which an answered question is retold for the site: written by one officer, approved by another.

What may tell whose it was is marked on the page for whoever wrote or approves, and kept nowhere.
"""

from collections.abc import Callable, Mapping, Sequence

from processor.cases import retellings
from processor.cases.case_parts import Retelling
from processor.cases.register import Filed
from processor.cases.retelling_marks import Mark
from processor.cases.staff import Staff
from processor.desk import office_forms, officer_pages, wording
from processor.desk.office_forms import OfficeForm, TypedForm, asked
from processor.desk.step_fields import AskedField
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Sent, Visit, rendered
from processor.foundation.errors import BrokenFiles
from processor.operations import edit_session, step_advice
from processor.operations.retelling import retelling_acts

_Act = Callable[[Visit, str, Posted], Sequence[Mark]]


def retelling_page(visit: Visit) -> str:
    """Make the page of a case's question and answer for the site. Raises NoSuchPage where there is no such case."""
    return _page(visit, _read(visit))


def retelling_act(visit: Visit) -> Elsewhere | Sent | str:
    """Write, approve or withdraw; give the page again with what is wrong, or with what is to be looked at again."""
    filed, marks = _read(visit), list[Mark]()
    form = _forms(visit, filed, marks).get(visit.posted.text("borang"))
    if form is None:
        raise NoSuchPage("Tidak ada borang dengan nama itu di halaman ini.")
    if not visit.may("tanya_jawab"):
        return _page(visit, filed, TypedForm(form.name, visit.posted, {office_forms.GENERAL: office_forms.WHO}))
    typed = office_forms.submit(visit, form)
    if typed:
        return _page(visit, filed, typed)
    if not marks:
        return Elsewhere(visit.link(f"{filed.number}/tanya-jawab"))
    page = _page(visit, _read(visit), None, marks)
    return Sent(page.encode("utf-8", "replace"), "text/html; charset=utf-8")


def _forms(visit: Visit, filed: Filed, marks: list[Mark]) -> Mapping[str, OfficeForm]:
    """Give what can be done with a case, by name; what an act marks is added to ``marks``."""

    def doing(act: _Act) -> Callable[[Visit, Posted], None]:
        def done(visit: Visit, posted: Posted) -> None:
            edit_session.check_free(visit.office, filed.number)
            if barred := step_advice.strangers(visit.office, filed, visit.me):
                raise BrokenFiles(tuple(barred))
            marks.extend(act(visit, filed.number, posted))

        return done

    return {
        "tulis": OfficeForm(
            "tulis", "Simpan tanya jawab", _fields(visit, filed), doing(_write), seen=retelling_acts.digest(filed.case)
        ),
        "setujui": OfficeForm("setujui", "Setujui", (), doing(_approve)),
        "cabut": OfficeForm("cabut", "Cabut", (), doing(_withdraw)),
    }


def _write(visit: Visit, number: str, posted: Posted) -> Sequence[Mark]:
    retold = retelling_acts.complete({part: posted.text(part) for part in ("pertanyaan", "jawaban")})
    topic, seen = posted.text("topik"), posted.text("sidik")
    return retelling_acts.write(visit.office, number, topic, retold, visit.person, seen=seen)[1]


def _approve(visit: Visit, number: str, posted: Posted) -> Sequence[Mark]:
    seen, despite = posted.text("sidik") or "-", posted.text("tetap") == "ya"
    done, marks = retelling_acts.approve(visit.office, number, visit.person, despite=despite, seen=seen)
    return () if done else marks


def _withdraw(visit: Visit, number: str, _: Posted) -> Sequence[Mark]:
    retelling_acts.withdraw(visit.office, number, visit.person)
    return ()


def _read(visit: Visit) -> Filed:
    """Read the case that is asked for. Raises NoSuchPage where there is none that can be used."""
    number = visit.asked["number"]
    if not officer_pages.is_case(visit.office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    filed = visit.office.register.read(number)
    if filed.case is None:
        raise NoSuchPage(f"Berkas {number} belum dapat dipakai. Betulkan dahulu permohonan.yaml.")
    return filed


def _fields(visit: Visit, filed: Filed) -> tuple[AskedField, ...]:
    """Ask for the topic and the words, those first that stand there."""
    case = filed.case
    one = (case and case.publikasi) or Retelling()
    topic = one.topik or (case.verifikasi.topik if case else "")
    topics = {key: wording.in_words(key) for key in visit.office.settings.taksonomi.topik}
    note = "Alinea dipisah baris kosong, butir diawali “- ”. Tanda lain tampil sebagai tulisan biasa."
    return (
        asked(("", "topik"), "Topik di situs", "choice", choices=topics, given=topic),
        asked(("", "pertanyaan"), "Pertanyaan", "words", given=one.pertanyaan),
        asked(("", "jawaban"), "Jawaban", "words", given=one.jawaban, note=note),
    )


def _page(visit: Visit, filed: Filed, typed: TypedForm | None = None, marks: Sequence[Mark] = ()) -> str:
    """Make the page, with the form that was posted and not done as it was typed, and what is marked."""
    office, case = visit.office, filed.case
    one = retellings.recorded(case) if case else None
    staff = Staff.of(office.settings.petugas, filed.events, office.register.fingerprint)
    return rendered(
        "tanya-jawab.html",
        visit,
        number=filed.number,
        one=one,
        digest=retellings.digest(one) if one and retellings.complete(one) else "",
        approved=retellings.approved_at(case, filed.events, staff) if case else None,
        own=case is not None and staff.key(visit.me) in retellings.writers(case, filed.events, staff),
        write=_forms(visit, filed, [])["tulis"],
        typed=typed,
        nothing_typed=Posted(),
        marks=marks,
        faults=[f"{message} {mend}" for _, message, mend in retellings.faults(case, filed.events, staff)]
        if case
        else [],
    )
