"""The desk's page that makes a code for an applicant or complainant who was checked again, and shows it once.

It stands in no address, title, log or file of the desk's: who loses it is made another.
"""

from typing import Any

from processor.cases import complaint_register
from processor.desk import officer_pages, step_forms, wording
from processor.desk.visit import NoSuchPage, Sent, Visit, rendered
from processor.foundation.errors import BrokenFiles, PayungError
from processor.operations import new_codes
from processor.operations.complaints import complaint_duties

_SHOWN = 300  # seconds, in which it is written down or printed
_NOT_YOURS = "Yang membuat kode ialah pengelola layanan. Pilih dahulu nama Anda di halaman depan."
_CHANGED = "Permohonan ini berubah sejak halaman Anda dibuka; belum ada kode yang dibuat. Tekan lagi bila masih sesuai."


def reason_page(visit: Visit) -> str:
    """Make the page that asks why a code is made. Raises NoSuchPage where there is no such case or complaint."""
    return _page(visit, _number(visit))


def make_act(visit: Visit) -> Sent | str:
    """Make a code and show it, once the journal says who made it and why; else ask again."""
    number, reason = _number(visit), visit.posted.text("alasan")
    if not visit.may("kode"):
        return _page(visit, number, stops=[_NOT_YOURS])
    text = _text(visit, number)
    if text is not None and visit.posted.text("digest") != step_forms.digest(text):
        return _page(visit, number, stops=[_CHANGED])
    try:
        made = new_codes.make(visit.office, number, visit.person, reason, text)
    except BrokenFiles as error:
        return _page(visit, number, stops=[wording.in_desk_words(one) for one in error.problems])
    except PayungError as error:
        return _page(visit, number, wrong=str(error))
    page = _page(visit, number, made=made, ready=made.ready)
    hides = {"Refresh": f"{_SHOWN}; url={visit.link(_home(visit, number))}"}
    return Sent(page.encode("utf-8", "replace"), "text/html; charset=utf-8", headers=hides)


def _number(visit: Visit) -> str:
    """Give the number that is asked for. Raises NoSuchPage where there is none, or none for who looks."""
    number, office = visit.asked["number"], visit.office
    seen = (row.number for row in complaint_duties.visible(office, visit.me))
    there = number in seen if _of_complaint(visit, number) else officer_pages.is_case(office, number)
    if not there:
        raise NoSuchPage(f"{number} tidak ada, atau tidak tampil bagi Anda.")
    return number


def _of_complaint(visit: Visit, number: str) -> bool:
    return complaint_register.is_complaint(visit.office.register, number)


def _home(visit: Visit, number: str) -> str:
    return f"pengaduan/{number}" if _of_complaint(visit, number) else number


def _text(visit: Visit, number: str) -> str | None:
    """Give the file of a case as it is; None for a complaint."""
    return None if _of_complaint(visit, number) else visit.office.register.read(number).document.text


def _page(visit: Visit, number: str, **told: Any) -> str:
    text = _text(visit, number)
    told = {"wrong": "", "stops": (), "made": None} | told
    return rendered(
        "kode.html",
        visit,
        number=number,
        home=_home(visit, number),
        whose="pengadu" if text is None else "pemohon",
        digest="" if text is None else step_forms.digest(text),
        typed=visit.posted.text("alasan"),
        **told,
    )
