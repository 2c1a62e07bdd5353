"""The forms of complaints: the one that takes one in, and the short one of each step that can be taken now.

Who may take a step is told by the rules of complaints when it is taken; here only those are offered that may.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import get_args

from processor.cases import complaint
from processor.cases.complaint import Complaint, ComplaintStatus, Outcome
from processor.desk import step_fields, wording
from processor.desk.step_fields import AskedField
from processor.desk.visit import Visit
from processor.foundation.settings_mail import ADDRESS
from processor.operations.complaints import complaint_acts, complaint_duties, complaint_intake
from processor.operations.complaints.complaint_intake import ComplaintHead

_NEEDS = {"email": "email", "surat": "alamat"}
"""What of the complainant an answer needs, by the way on which it goes."""


@dataclass(frozen=True, slots=True)
class ComplaintForm:
    """A step of a complaint: its name in addresses, what its button says, what it asks, and what takes it.

    ``goes_out`` says what leaves the office, where something does; that is confirmed first.
    """

    name: str
    title: str
    fields: tuple[AskedField, ...]
    take: Callable[[Visit, str], object]
    note: str = ""
    goes_out: str = ""


def possible(visit: Visit, found: Complaint, status: ComplaintStatus) -> tuple[ComplaintForm, ...]:
    """Give the forms of what somebody can do with a complaint now."""
    rules = complaint_duties.rules_of(visit.office)
    if not visit.may("tindak_pengaduan") or visit.me not in complaint.may_act(found, status, rules.staff):
        return ()
    match status:
        case "diterima":
            return (_forward(visit, found),)
        case "diteruskan":
            return (_plan(),)
        case "ditindaklanjuti":
            return (_answer(),)
        case "dijawab":
            numbered = (_deliver(found),) if found.jawaban.nomor_surat else ()
            return (*numbered, _number(visit), _answer())
    return ()


def opening() -> ComplaintForm:
    """Give the form that asks why the words of a complaint are to be opened."""
    note = "Alasan ini masuk riwayat pengaduan, tanpa identitas di dalamnya. Isinya tampil satu menit."
    asked = AskedField(("buka", "alasan"), "Untuk apa isinya dibuka", required=True, note=note)
    return ComplaintForm("buka", "Buka isinya", (asked,), lambda _, __: None)


def new(visit: Visit) -> tuple[AskedField, ...]:
    """Ask what there is to know of a new complaint."""
    today, others = visit.office.now().date().isoformat(), _officers(visit, frozenset({visit.me}))
    return (
        AskedField(
            ("baru", "kanal"), "Datang lewat", "choice", required=True, choices=_in_words(complaint_intake.CHANNELS),
            given="loket",
        ),
        AskedField(("baru", "tanggal"), "Kapan diterima", "day", required=True, given=today),
        AskedField(
            ("baru", "jenis"), "Tentang apa", "choice", required=True, choices=_in_words(complaint_intake.KINDS),
            given="lainnya",
        ),
        AskedField(
            ("baru", "diadukan"), "Petugas yang diadukan", "checks", choices=others,
            note="Mereka tidak melihat pengaduan ini. Anda sendiri yang diadukan? Minta petugas lain mencatatnya.",
        ),
        AskedField(
            ("baru", "anonim"), "Pengadu tidak menyebut nama", "checks",
            choices={"ya": "ya; dari bagian pengadu hanya email yang disimpan"},
        ),
        *(AskedField(("baru", key), title) for key, title in complaint_intake.QUESTIONS.items()),
        AskedField(
            ("baru", "lewat"), "Ke mana jawaban disampaikan", "choice", required=True,
            choices=_in_words(complaint_intake.WAYS), given="tidak_ada",
        ),
        AskedField(("baru", "isi"), "Isi pengaduan, dengan kata-kata pengadu", "words", required=True),
    )  # fmt: skip


def wrong_in_new(visit: Visit) -> dict[str, str]:
    """Say of each field of a new complaint what is missing or cannot be."""
    posted, today = visit.posted, visit.office.now().date()
    wrong = {one.name: said for one in new(visit) if (said := step_fields.gap(one, posted, today))}
    email, needed = posted.text("email"), _NEEDS.get(posted.text("lewat"), "")
    nameless = bool(posted.each("anonim"))
    if email and not ADDRESS.fullmatch(email):
        wrong["email"] = "Bukan alamat email yang lengkap."
    if needed and (not posted.text(needed) or (nameless and needed != "email")):
        wrong["lewat"] = f"Jawaban lewat jalan ini memerlukan {needed} pengadu."
    return wrong


def take_new(visit: Visit, key: str) -> str:
    """File what the form of a new complaint sent, once under that ``key``; give its number. Raises PayungError."""
    posted = visit.posted
    head = ComplaintHead(
        next(one for one in complaint_intake.CHANNELS if one == posted.text("kanal")),
        next(one for one in complaint_intake.KINDS if one == posted.text("jenis")),
        next(one for one in complaint_intake.WAYS if one == posted.text("lewat")),
        tuple(posted.each("diadukan")),
        bool(posted.each("anonim")),
        date.fromisoformat(posted.text("tanggal")),
    )
    said = {key: posted.text(key) for key in complaint_intake.QUESTIONS}
    return complaint_intake.record(visit.office, visit.person, head, said, posted.text("isi"), key)


def _forward(visit: Visit, found: Complaint) -> ComplaintForm:
    staff = complaint_duties.rules_of(visit.office).staff
    to = AskedField(
        ("penerusan", "kepada"), "Kepada", "choice", choices=_officers(visit, found.barred(staff)),
        note="Dikosongkan: kepala bagian.",
    )  # fmt: skip
    return ComplaintForm(
        "teruskan", "Teruskan", (to,),
        lambda here, number: complaint_acts.forward(here.office, number, here.person, here.posted.text("kepada")),
    )  # fmt: skip


def _plan() -> ComplaintForm:
    words = AskedField(
        ("rencana", "isi"), "Rencana tindak lanjut", "words", required=True, note="Dapat dimuat di surat jawaban."
    )
    return ComplaintForm(
        "rencana", "Catat rencana", (words,),
        lambda here, number: complaint_acts.plan(here.office, number, here.person, here.posted.text("isi")),
        "Isinya tersegel.",
    )  # fmt: skip


def _answer() -> ComplaintForm:
    fields = (
        AskedField(
            ("jawaban", "hasil"), "Hasil pemeriksaan", "choice", required=True, choices=_in_words(get_args(Outcome))
        ),
        AskedField(
            ("jawaban", "isi"),
            "Jawaban untuk pengadu",
            "words",
            required=True,
            note="Dimuat di surat; isinya tersegel.",
        ),
    )
    return ComplaintForm("jawab", "Tulis jawaban", fields, _write_answer, "Konsep suratnya dibuat, belum dikirim.")


def _write_answer(visit: Visit, number: str) -> None:
    outcomes: tuple[Outcome, ...] = get_args(Outcome)
    chosen = next(one for one in outcomes if one == visit.posted.text("hasil"))
    complaint_acts.answer(visit.office, number, visit.person, visit.posted.text("isi"), chosen)


def _number(visit: Visit) -> ComplaintForm:
    today = visit.office.now().date().isoformat()
    fields = (
        AskedField(("jawaban", "nomor_surat"), "Nomor surat dari sekretariat", required=True),
        AskedField(("jawaban", "tanggal_surat"), "Tanggal surat", "day", required=True, given=today),
    )
    return ComplaintForm(
        "nomor", "Catat nomor surat", fields, _give_number,
        "Surat bernomor lalu dibuat. Tanda tangani, dan simpan sebagai PDF dengan nama yang sama di folder keluar.",
    )  # fmt: skip


def _give_number(visit: Visit, number: str) -> None:
    dated = date.fromisoformat(visit.posted.text("tanggal_surat"))
    complaint_acts.give_number(visit.office, number, visit.person, visit.posted.text("nomor_surat"), dated)


def _deliver(found: Complaint) -> ComplaintForm:
    ways = {
        "email": "Surat jawaban yang sudah ditandatangani dikirim ke email pengadu pada putaran berikutnya.",
        "kode": "Surat jawaban dapat dibuka pengadu dengan kodenya sejak penerbitan berikutnya.",
    }
    otherwise = f"Dicatat bahwa surat jawaban disampaikan hari ini; jalannya: {wording.in_words(found.jawaban_lewat)}."
    return ComplaintForm(
        "sampaikan", "Sampaikan jawaban", (),
        lambda here, number: complaint_acts.deliver(here.office, number, here.person),
        goes_out=ways.get(found.jawaban_lewat, otherwise),
    )  # fmt: skip


def _officers(visit: Visit, barred: frozenset[str]) -> dict[str, str]:
    """Give the officers who are there and not ``barred``, by short name."""
    known = visit.office.settings.petugas
    return {key: one.nama for key, one in known.items() if key not in barred and not one.berhenti}


def _in_words(keys: tuple[str, ...]) -> dict[str, str]:
    return {key: wording.in_words(key) for key in keys}
