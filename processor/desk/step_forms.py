"""Which steps of the workflow an officer can take on a case now, each as a short form.

A form is data: its fields, and what it writes by the functions that the commands use. Whether a step holds is told by
the rules of the workflow when it is tried, never here.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from processor.cases import answers
from processor.cases.case_parts import QUALITIES
from processor.cases.case_status import Derived, Status
from processor.cases.register import Filed
from processor.desk import step_fields
from processor.desk.permissions import Act
from processor.desk.visit import Posted, Visit
from processor.operations import objection_steps, steps
from processor.operations.office import Office

StepName = Literal[
    "teruskan", "lengkapi", "tolak", "tugaskan", "siap", "setujui", "kembalikan", "tarik", "nomor", "sampaikan",
    "diterima", "arsipkan", "batalkan", "keberatan", "putusan",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step that can be taken: its name in addresses, what its button says, what it asks and what it writes."""

    name: str
    title: str
    fields: tuple[step_fields.AskedField, ...]
    write: Callable[[Posted, str, date], steps.StepChanges]
    note: str = ""


_BY_STATUS: Mapping[Status, tuple[StepName, ...]] = {
    "diajukan": ("teruskan", "lengkapi", "tolak", "batalkan"),
    "menunggu_kelengkapan": ("teruskan", "lengkapi", "tolak", "batalkan"),
    "diteruskan": ("tugaskan", "lengkapi", "tolak", "batalkan"),
    "disusun": ("siap", "tugaskan", "batalkan"),
    "dikembalikan": ("siap", "tarik", "tugaskan", "batalkan"),
    "diperiksa": ("setujui", "kembalikan", "batalkan"),
    "disetujui": ("nomor", "kembalikan", "batalkan"),
    "ditolak": ("nomor", "batalkan"),
    "keberatan": ("putusan",),
    "keberatan_ditolak": ("nomor",),
    "disampaikan": ("diterima", "arsipkan", "keberatan"),
    "selesai": ("arsipkan", "keberatan"),
    "dibatalkan": ("arsipkan",),
    "diarsipkan": ("keberatan",),
}
"""The steps of each status, the one that takes a case further first."""
_ACTS: Mapping[StepName, Act] = {
    "teruskan": "verifikasi", "lengkapi": "verifikasi", "tolak": "verifikasi", "tugaskan": "tugaskan", "siap": "susun",
    "setujui": "setujui", "kembalikan": "kembalikan", "tarik": "kembalikan", "nomor": "sampaikan",
    "sampaikan": "sampaikan", "diterima": "sampaikan", "arsipkan": "arsipkan", "batalkan": "batalkan",
    "keberatan": "keberatan", "putusan": "putusan",
}  # fmt: skip
"""Which act of the table of roles a step is."""


def possible(visit: Visit, filed: Filed, derived: Derived | None) -> tuple[StepForm, ...]:
    """Give the forms of what somebody can do with a case now, what takes it further first."""
    if derived is None or filed.case is None:
        return ()
    names = _BY_STATUS[derived.status]
    if "nomor" in names and answers.answer_letter(filed.case).number:
        names = ("sampaikan", *names)
    if filed.case.verifikasi.keputusan != "ditolak":
        names = tuple(name for name in names if name != "keberatan")
    return tuple(_form(visit.office, filed, name) for name in names if visit.may(_ACTS[name]))


def _form(office: Office, filed: Filed, name: StepName) -> StepForm:
    """Make the form of a step."""
    title, note, ask, write = _FORMS[name]
    return StepForm(name, title, ask(office, filed), write, note)


def _forward(posted: Posted, by: str, today: date) -> steps.StepChanges:
    topics = {name: posted.text(name) for name in ("ranah", "topik", "posisi_pemohon")}
    return steps.verify("diteruskan", by, today, **topics)


def _complete(posted: Posted, by: str, today: date) -> steps.StepChanges:
    items = [line.strip() for line in posted.text("kekurangan").split("\n") if line.strip()]
    return steps.verify("dilengkapi", by, today, kekurangan=items)


def _reject(posted: Posted, by: str, today: date) -> steps.StepChanges:
    why = {name: posted.text(name) for name in ("alasan_jenis", "alasan")}
    return steps.verify("ditolak", by, today, **why)


def _assign(posted: Posted, _: str, __: date) -> steps.StepChanges:
    return steps.assign(posted.text("analis"), posted.text("pemeriksa"), posted.each("benturan_kepentingan"))


def _approve(posted: Posted, by: str, today: date) -> steps.StepChanges:
    marks = {name: int(posted.text(name)) for name in QUALITIES if posted.text(name)}
    return steps.review("disetujui", by, today, marks=marks)


_Ask = Callable[[Office, Filed], tuple[step_fields.AskedField, ...]]
_FORMS: Mapping[StepName, tuple[str, str, _Ask, Callable[[Posted, str, date], steps.StepChanges]]] = {
    "teruskan": ("Teruskan", "Permohonan memenuhi syarat. Kata-kata ini untuk laporan.", step_fields.topics, _forward),
    "lengkapi": (
        "Minta kelengkapan", "Hitungan waktu berhenti sampai pemohon melengkapi.", step_fields.what_is_missing,
        _complete,
    ),
    "tolak": ("Tolak", "", step_fields.why_rejected, _reject),
    "tugaskan": ("Tunjuk penyusun dan pemeriksa", "", step_fields.who_handles, _assign),
    "siap": (
        "Nyatakan kajian siap diperiksa", "Kajiannya lalu menunggu pemeriksa.", step_fields.nothing,
        lambda _, __, ___: steps.set_study_ready(done=True),
    ),
    "setujui": (
        "Setujui kajian", "Yang disetujui ialah kajian seperti yang tampil di halaman ini. Nilai mutu boleh kosong.",
        step_fields.quality_marks, _approve,
    ),
    "kembalikan": (
        "Kembalikan dengan catatan", "", step_fields.what_to_mend,
        lambda posted, by, today: steps.review("dikembalikan", by, today, posted.text("catatan")),
    ),
    "tarik": (
        "Tarik pengembalian", "Bila kajian keliru dikembalikan: ia menunggu diperiksa lagi.", step_fields.nothing,
        lambda _, __, ___: steps.take_back_return(),
    ),
    "nomor": (
        "Catat nomor surat", "Surat bernomor lalu dibuat, untuk ditandatangani.", step_fields.letter_number,
        lambda posted, _, __: steps.record_letter_number(
            posted.text("nomor_surat"), date.fromisoformat(posted.text("tanggal_surat"))
        ),
    ),
    "sampaikan": (
        "Sampaikan kepada pemohon", "Surat yang sudah ditandatangani disampaikan.", step_fields.nothing,
        lambda _, __, today: steps.deliver(today),
    ),
    "diterima": (
        "Catat surat sudah diterima", "Bila pemohon sudah memegangnya, misalnya di loket.", step_fields.nothing,
        lambda _, __, today: steps.confirm_receipt(today),
    ),
    "arsipkan": (
        "Arsipkan", "Tidak ada lagi yang perlu dikerjakan.", step_fields.nothing,
        lambda _, __, today: steps.archive(today),
    ),
    "batalkan": (
        "Batalkan atas permintaan pemohon", "", step_fields.how_withdrawn,
        lambda posted, _, today: steps.withdraw(today, posted.text("catatan")),
    ),
    "keberatan": (
        "Catat keberatan", "", step_fields.objection,
        lambda posted, _, __: objection_steps.record(
            date.fromisoformat(posted.text("tanggal")), posted.text("alasan")
        ),
    ),
    "putusan": (
        "Putuskan keberatan", "", step_fields.ruling,
        lambda posted, by, today: objection_steps.decide(
            "dikabulkan" if posted.text("putusan") == "dikabulkan" else "ditolak", by, today,
            posted.text("pertimbangan"),
        ),
    ),
}  # fmt: skip
"""Of each step: what its button says, what is to be known, what it asks, and what it writes."""


def digest(text: str) -> str:
    """Give what tells one text of a case file from another; each form carries that of the text it was shown with."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def gaps(form: StepForm, posted: Posted, today: date) -> dict[str, str]:
    """Say of each field, by name, what is missing or cannot be in what was posted."""
    found = {one.name: said for one in form.fields if (said := step_fields.gap(one, posted, today))}
    marks = [name for name in QUALITIES if posted.text(name)]
    if form.name == "setujui" and 0 < len(marks) < len(QUALITIES):
        found |= {name: "Beri nilai semuanya, atau kosongkan semuanya." for name in QUALITIES if name not in marks}
    return found
