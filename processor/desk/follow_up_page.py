"""A follow-up question after an answer, received at the desk: typed, read over, and filed as a request of its own."""

import re
from typing import Any, get_args

from processor.cases.case_file import HelpKind
from processor.cases.register import Filed
from processor.desk import officer_pages, step_fields, wording
from processor.desk.step_fields import AskedField
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Sent, Visit, rendered
from processor.foundation.errors import PayungError
from processor.operations import follow_up_request, follow_ups, step_advice
from processor.operations.follow_up_request import FollowUp

_KEY = re.compile("[0-9a-f]{32}")
_NOT_YOURS = "Yang menerima pertanyaan lanjutan ialah pengelola layanan. Pilih dahulu nama Anda di halaman depan."


def follow_up_page(visit: Visit) -> str:
    """Make the page, or say why this request takes no such question now. Raises NoSuchPage."""
    filed = _read(visit)
    return _page(visit, filed, stops=_stops(visit, filed))


def ask_act(visit: Visit) -> Elsewhere | Sent | str:
    """Show the question to be read over, or file it once that was confirmed; filing it twice files it once."""
    filed, posted = _read(visit), visit.posted
    if stops := _stops(visit, filed):
        return _page(visit, filed, stops=stops)
    today = visit.office.now().date()
    wrong = {one.name: said for one in _fields() if (said := step_fields.gap(one, posted, today))}
    if wrong or not _KEY.fullmatch(posted.text("kunci")):
        return _page(visit, filed, wrong=wrong)
    stage = posted.text("tahap")
    if stage != "pasti":
        page = _page(visit, filed, reads=stage != "ubah")
        return Sent(page.encode("utf-8", "replace"), "text/html; charset=utf-8")
    try:
        new = follow_ups.receive(visit.office, filed.number, visit.me, _question(posted))
    except PayungError as error:
        return _page(visit, filed, stops=[str(error)])
    return Elsewhere(visit.link(f"loket/selesai/{new}"))


def _question(posted: Posted) -> FollowUp:
    """Give the question that a form sent."""
    kinds: tuple[HelpKind, ...] = get_args(HelpKind)
    kind = next((one for one in kinds if one == posted.text("bentuk")), None)
    same_code, agreed = bool(posted.each("kode_sama")), bool(posted.each("setuju"))
    return FollowUp(posted.text("pertanyaan"), kind, same_code, agreed, posted.text("kunci"))


def _read(visit: Visit) -> Filed:
    """Read the request that was answered. Raises NoSuchPage where there is none."""
    number = visit.asked["number"]
    if not officer_pages.is_case(visit.office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    return visit.office.register.read(number)


def _stops(visit: Visit, filed: Filed) -> list[str]:
    """Say why nobody, or not this officer, can receive a question to that request now."""
    if not visit.may("lanjutan"):
        return [_NOT_YOURS]
    if barred := step_advice.strangers(visit.office, filed, visit.me):
        return [problem.message for problem in barred]
    try:
        follow_ups.check(visit.office, filed.number)
    except PayungError as error:
        return [str(error).partition(" Tidak setuju")[0]]  # the objection has a form of its own at the desk
    return []


def _fields() -> tuple[AskedField, ...]:
    kinds = {key: wording.in_words(key) for key in get_args(HelpKind)}
    return (
        AskedField(("lanjutan", "pertanyaan"), "Pertanyaan, dengan kata-kata pemohon", "words", required=True),
        AskedField(
            ("lanjutan", "bentuk"), "Bentuk jawaban", "choice", choices=kinds, note="Kosong: seperti yang dahulu."
        ),
        AskedField(
            ("lanjutan", "kode_sama"), "Kode", "checks", choices={"ya": "Kode yang dahulu membuka yang baru juga"}
        ),
        AskedField(
            ("lanjutan", "setuju"), "Syarat dan ketentuan", "checks",
            choices={"ya": "Pemohon menyetujui syarat dan ketentuan yang sekarang"},
        ),
    )  # fmt: skip


def _page(visit: Visit, filed: Filed, **told: Any) -> str:
    told = {"wrong": {}, "stops": (), "reads": False} | told
    posted = visit.posted
    return rendered(
        "lanjutan.html",
        visit,
        number=filed.number,
        fields=_fields(),
        given=posted,
        typed=bool(posted.texts),
        key=posted.text("kunci") if _KEY.fullmatch(posted.text("kunci")) else follow_up_request.new_key(),
        terms=visit.office.form.ketentuan.butir,
        **told,
    )
