"""The counter at the desk: a request that is told or stands on paper, typed into one form, read over, then filed.

What is typed is sealed as the command seals it, so either goes on where the other stopped. No address or title tells
whose it is.
"""

import json
from datetime import date

from processor.desk import counter_form, officer_pages
from processor.desk.counter_form import TypedDraft
from processor.desk.visit import Elsewhere, NoSuchPage, Sent, Visit, rendered
from processor.foundation.errors import Busy, PayungError
from processor.operations import counter, counter_answers, counter_filing

_WAIT = 3.0  # seconds for what another page keeps of the same draft
_GONE = "Isian itu tidak ada lagi: sudah didaftarkan, atau dibuang. Lihat daftarnya di Loket."
_ELSEWHERE = "Isian ini sedang ditulis di loket lain. Belum ada yang tersimpan dari halaman ini; ulangi sebentar lagi."
_NOT_YOURS = "Yang menerima permohonan ialah pengelola layanan. Pilih dahulu nama Anda di halaman depan."
_CHANGED = (
    "Isian ini berubah di tempat lain sejak halaman Anda dibuka, jadi belum ada yang tersimpan. Di bawah tiap kotak "
    "yang berbeda tampil yang tersimpan. Gabungkan, lalu simpan lagi."
)
_READ_AGAIN = "Isian ini berubah sejak Anda membacanya, jadi belum didaftarkan. Baca lagi yang di bawah ini."
_MARKED = "Isian ini sudah dinyatakan benar dan tinggal didaftarkan, jadi tidak dapat diubah lagi."


def counter_page(visit: Visit) -> str:
    """Make the page: what was begun and not filed, and where a new request begins."""
    return _front(visit)


def begin(visit: Visit) -> Elsewhere | str:
    """Begin a request: seal its empty draft, and lead to its form."""
    if not visit.may("terima"):
        return _front(visit, stops=[_NOT_YOURS])
    paper, channel = visit.posted.text("kertas"), visit.posted.text("kanal")
    wrong = {} if channel in {"", *counter_answers.CHANNELS} else {"kanal": "Pilih dari daftar."}
    day = None
    try:
        day = date.fromisoformat(paper) if paper else None
        counter.check_paper(visit.office, day)
    except ValueError:
        wrong["kertas"] = "Tulis tanggalnya seperti 2026-03-31."
    except PayungError as error:
        wrong["kertas"] = str(error)
    if wrong:
        return _front(visit, wrong=wrong)
    draft = counter.drafts_of(visit.office).keep(counter.begun(visit.office, visit.me, day, channel))
    return Elsewhere(visit.link(f"loket/{draft.key}"))


def form_page(visit: Visit) -> str:
    """Make the page of one request's questions, as far as they are answered. Raises NoSuchPage, PayungError."""
    draft = counter_form.opened(visit, _GONE)
    if draft.sent:
        return counter_form.read_over(visit, draft)
    return counter_form.page(visit, TypedDraft(draft, counter_form.mark(draft)))


def form_act(visit: Visit) -> Elsewhere | str:
    """Seal what was typed, then go where a button leads; show both where somebody else typed meanwhile."""
    act = visit.posted.text("tindakan")
    drafts = counter.drafts_of(visit.office)
    with drafts.held(counter_form.key_of(visit, _GONE), _WAIT) as ours:
        draft = counter_form.opened(visit, _GONE)
        typed = counter_form.sent(visit, draft)
        if not visit.may("terima"):
            return counter_form.page(visit, typed, stops=[_NOT_YOURS])
        if draft.sent:
            return counter_form.read_over(visit, draft, stops=[_MARKED])
        if not ours:
            return counter_form.page(visit, typed, stops=[_ELSEWHERE])
        if typed.clashes:
            return counter_form.page(visit, typed, stops=[_CHANGED])
        if act == "buang-pasti":
            drafts.discard(draft.key)
            return Elsewhere(visit.link("loket", "dibuang"))
        drafts.keep(typed.draft)
    if act == "buang":
        return counter_form.page(visit, TypedDraft(typed.draft, counter_form.mark(typed.draft)), discards=True)
    if act == "baca":
        return Elsewhere(visit.link(f"loket/{draft.key}/baca"))
    return Elsewhere(visit.link(f"loket/{draft.key}", "tersimpan"))


def keep_act(visit: Visit) -> Sent:
    """Seal what is being typed, and tell the page when, and the mark of what is sealed now."""
    drafts = counter.drafts_of(visit.office)
    with drafts.held(counter_form.key_of(visit, _GONE), _WAIT) as ours:
        draft = counter_form.opened(visit, _GONE)
        typed = counter_form.sent(visit, draft)
        if not visit.may("terima") or not ours or draft.sent or typed.clashes:
            return _answer("", counter_form.mark(draft), "Belum tersimpan. Tekan Simpan untuk melihat sebabnya.")
        drafts.keep(typed.draft)
    return _answer(f"{visit.office.now():%H.%M.%S}", counter_form.mark(typed.draft), "")


def read_page(visit: Visit) -> str:
    """Make the page on which everything is read over before it is filed. Raises NoSuchPage, PayungError."""
    return counter_form.read_over(visit, counter_form.opened(visit, _GONE))


def file_act(visit: Visit) -> Elsewhere | str:
    """File what was read over, just as it was shown."""
    office, drafts = visit.office, counter.drafts_of(visit.office)
    with drafts.held(counter_form.key_of(visit, _GONE), _WAIT) as ours:
        draft = counter_form.opened(visit, _GONE)
        if not visit.may("terima"):
            return counter_form.read_over(visit, draft, stops=[_NOT_YOURS])
        if not ours:
            return counter_form.read_over(visit, draft, stops=[_ELSEWHERE])
        if visit.posted.text("sidik") != counter_form.mark(draft):
            return counter_form.read_over(visit, draft, stops=[_READ_AGAIN])
        try:
            draft = drafts.keep(counter_form.complete(office, draft))
            outcome = counter_filing.take_in(office, visit.person, draft)
        except Busy as error:
            return counter_form.read_over(visit, draft, stops=[str(error)])
        counter_filing.put_away(office, drafts, draft.key)
    return Elsewhere(visit.link(f"loket/selesai/{outcome.number}"))


def filed_page(visit: Visit) -> str:
    """Make the page of a request that was filed here: its number, its findings, among them twins, and its receipt."""
    number = _received(visit)
    case = visit.office.register.read(number).case
    return rendered("loket-selesai.html", visit, number=number, findings=case.temuan if case else ())


def receipt_page(visit: Visit) -> Sent:
    """Send the receipt, which holds no name. Raises NoSuchPage before it is made."""
    number = _received(visit)
    path, _ = counter_filing.receipt_file(visit.office, number)
    if path is None:
        raise NoSuchPage(f"Tanda terima {number} belum dibuat. Muat ulang sesudah putaran berikutnya.")
    return Sent(path.read_bytes(), "application/octet-stream", f"tanda-terima-{number}{path.suffix}")


def _received(visit: Visit) -> str:
    """Give the number that is asked for, where an officer received that request. Raises NoSuchPage."""
    number = visit.asked["number"]
    if not officer_pages.is_case(visit.office, number) or not counter_filing.was_received(visit.office, number):
        raise NoSuchPage(f"Permohonan {number} tidak diterima di loket.")
    return number


def _front(visit: Visit, *, wrong: dict[str, str] | None = None, stops: list[str] | None = None) -> str:
    return rendered(
        "loket.html",
        visit,
        drafts=[*counter_form.left(visit)],
        fields=counter_form.begin_fields(),
        given=visit.posted,
        typed=bool(visit.posted.texts),
        wrong=wrong or {},
        stops=stops or ([] if visit.may("terima") else [_NOT_YOURS]),
    )


def _answer(at: str, seal: str, said: str) -> Sent:
    return Sent(json.dumps({"disimpan": at, "sidik": seal, "pesan": said}).encode(), "application/json")
