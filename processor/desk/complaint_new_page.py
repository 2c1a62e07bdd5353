"""The desk's page on which a complaint is taken in: what is typed is sealed for who types it, until it is filed.

It comes back after a session has ended or the browser has. Nobody else is shown it.
"""

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from processor.desk import complaint_forms
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Sent, Visit, rendered
from processor.foundation.errors import Busy, PayungError
from processor.operations.complaints import complaint_drafts
from processor.operations.complaints.complaint_drafts import ComplaintDraft

_NOT_YOURS = "Pilih dahulu nama Anda di halaman depan; yang mencatat pengaduan ialah petugas layanan."
_GONE = "Isian itu tidak ada lagi: sudah dicatat, atau dibuang. Lihat daftarnya di halaman Pengaduan."
_CHANGED = (
    "Isian ini berubah di halaman lain sejak halaman ini dibuka, jadi belum ada yang tersimpan. Di bawah tiap kotak "
    "yang berbeda tampil yang tersimpan. Gabungkan, lalu tekan lagi."
)
_UNSAVED = "Belum tersimpan. Tekan Simpan dulu untuk melihat sebabnya."
_KEY = re.compile(r"[0-9a-f]{32}")
Texts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _TypedComplaint:
    """What stands in the form: its key, the texts, the mark of what is sealed of it, and what is sealed otherwise."""

    key: str
    texts: Texts = field(repr=False)
    mark: str = ""
    clashes: Mapping[str, str] = field(default_factory=dict, repr=False)


def new_page(visit: Visit) -> str:
    """Make the page on which a complaint is taken in."""
    return _page(visit, _TypedComplaint(uuid.uuid4().hex, {}))


def draft_page(visit: Visit) -> str:
    """Make the page with what was typed before. Raises NoSuchPage where who looks has no such draft."""
    draft = _draft(visit, visit.asked["key"])
    if draft is None:
        raise NoSuchPage(_GONE)
    return _page(visit, _TypedComplaint(draft.key, draft.texts, draft.mark))


def take_new(visit: Visit) -> Elsewhere | str:
    """Seal what was typed, then do what the button says; give the form again with what is wrong.

    Raises NoSuchPage where what was posted is of no form of the desk's, OSError.
    """
    typed, act = _typed(visit), visit.posted.text("tindakan")
    if not visit.may("tindak_pengaduan"):
        return _page(visit, typed, stops=[_NOT_YOURS])
    try:
        with complaint_drafts.held(visit.office):
            typed = _beside(typed, _draft(visit, typed.key), visit.posted.text("sidik"))
            if typed.clashes:
                return _page(visit, typed, stops=[_CHANGED])
            if act == "buang-pasti":
                complaint_drafts.discard(visit.office, visit.me, typed.key)
                return Elsewhere(visit.link("pengaduan", "dibuang"))
            typed = _kept(visit, typed)
    except Busy as error:
        return _page(visit, typed, stops=[str(error)])
    if act == "catat":
        return _filed(visit, typed)
    if act == "buang":
        return _page(visit, typed, discards=True)
    return Elsewhere(visit.link(f"pengaduan/baru/{typed.key}", "tersimpan"))


def keep_act(visit: Visit) -> Sent:
    """Seal what is being typed, and tell the page when, and the mark of what is sealed now. Raises as ``take_new``."""
    typed = _typed(visit)
    try:
        with complaint_drafts.held(visit.office):
            typed = _beside(typed, _draft(visit, typed.key), visit.posted.text("sidik"))
            if typed.clashes or not visit.may("tindak_pengaduan"):
                return _answer("", typed.mark, _UNSAVED)
            typed = _kept(visit, typed)
    except Busy:
        return _answer("", typed.mark, _UNSAVED)
    return _answer(f"{visit.office.now():%H.%M.%S}", typed.mark, "")


def _filed(visit: Visit, typed: _TypedComplaint) -> Elsewhere | str:
    """File a complaint, once, and take its draft away; give the form again with what is wrong."""
    if wrong := complaint_forms.wrong_in_new(visit):
        return _page(visit, typed, wrong=wrong)
    try:
        number = complaint_forms.take_new(visit, typed.key)
    except PayungError as error:
        return _page(visit, typed, stops=[str(error)])
    complaint_drafts.discard(visit.office, visit.me, typed.key)
    return Elsewhere(visit.link(f"pengaduan/{number}", "tercatat"))


def _typed(visit: Visit) -> _TypedComplaint:
    """Read what a form sent. Raises NoSuchPage where that has no key of the desk's."""
    key, names = visit.posted.text("isian"), {one.name for one in complaint_forms.new(visit)}
    if not _KEY.fullmatch(key):
        raise NoSuchPage(_GONE)
    return _TypedComplaint(
        key, {name: some for name, some in visit.posted.texts.items() if name in names and any(some)}
    )


def _beside(typed: _TypedComplaint, kept: ComplaintDraft | None, seen: str) -> _TypedComplaint:
    """Compare what was typed with what is sealed, where that is other than what the form was shown with."""
    if kept is None or kept.mark == seen or kept.texts == typed.texts:
        return _TypedComplaint(typed.key, typed.texts, kept.mark if kept else "")
    names = [name for name in {**kept.texts, **typed.texts} if kept.texts.get(name) != typed.texts.get(name)]
    return _TypedComplaint(
        typed.key, typed.texts, kept.mark, {name: ", ".join(kept.texts.get(name, ())) for name in names}
    )


def _kept(visit: Visit, typed: _TypedComplaint) -> _TypedComplaint:
    """Seal what was typed."""
    draft = complaint_drafts.keep(visit.office, visit.me, typed.key, typed.texts)
    return _TypedComplaint(typed.key, draft.texts, draft.mark)


def _draft(visit: Visit, key: str) -> ComplaintDraft | None:
    """Open a draft of whoever looks; None where they have none of that key."""
    known = visit.may("tindak_pengaduan") and _KEY.fullmatch(key)
    return complaint_drafts.read(visit.office, visit.me, key) if known else None


def _page(
    visit: Visit,
    typed: _TypedComplaint,
    *,
    wrong: Mapping[str, str] | None = None,
    stops: list[str] | None = None,
    discards: bool = False,
) -> str:
    return rendered(
        "pengaduan-baru.html",
        visit,
        typed=typed,
        given=Posted(typed.texts),
        fields=complaint_forms.new(visit),
        wrong=wrong or {},
        stops=stops or ([] if visit.may("tindak_pengaduan") else [_NOT_YOURS]),
        discards=discards,
    )


def _answer(at: str, mark: str, said: str) -> Sent:
    return Sent(json.dumps({"disimpan": at, "sidik": mark, "pesan": said}).encode(), "application/json")
