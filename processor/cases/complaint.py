"""A complaint about the service, as staff write it down: who may handle it, how far it came, and what it counts.

Not one word of the complaint and nobody's identity stands here; both are sealed (``complaint_content``). Pure.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import Field, WithJsonSchema

from processor.cases.case_parts import CaseText, Day, Moment, Part, Texts
from processor.cases.staff import Staff, meant
from processor.foundation import working_days
from processor.foundation.settings_agency import ComplaintLimits, Role
from processor.foundation.working_time import Calendar, Hours
from processor.foundation.yaml_reader import Key, YesNo

FILE_NAME = "pengaduan.yaml"
ComplaintChannel = Literal[
    "loket", "kertas", "telepon", "whatsapp", "email", "surat", "instagram", "jdih", "lapor", "situs"
]
ComplaintKind = Literal["waktu", "sikap", "pungutan", "kerahasiaan", "mutu", "sistem", "lainnya"]
Outcome = Literal["terbukti", "terbukti_sebagian", "tidak_terbukti", "di_luar_wewenang"]
AnswerWay = Literal["loket", "email", "surat", "tidak_ada", "kode"]
ComplaintStatus = Literal["diterima", "diteruskan", "ditindaklanjuti", "dijawab", "selesai"]
STATUSES: tuple[ComplaintStatus, ...] = get_args(ComplaintStatus)
LIMITS = tuple(ComplaintLimits.model_fields)
"""The steps that have a limit, as the settings name them."""


class Forwarding(Part):
    """To whom the complaint was forwarded."""

    tanggal: Day = Field(default=None, description="Kapan diteruskan")
    oleh: CaseText = Field(default="", description="Petugas yang meneruskan")
    kepada: CaseText = Field(default="", description="Petugas yang menindaklanjuti; bukan yang diadukan")


class Plan(Part):
    """That there is a plan; its words are sealed."""

    tanggal: Day = Field(default=None, description="Kapan rencana tindak lanjut dibuat; isinya tersegel")
    oleh: CaseText = Field(default="", description="Petugas yang membuat rencana")


class WrittenAnswer(Part):
    """That there is an answer; its words are sealed and stand in the letter."""

    tanggal: Day = Field(default=None, description="Kapan jawaban ditulis; isinya tersegel")
    oleh: CaseText = Field(default="", description="Petugas yang menjawab")
    hasil: Outcome | None = Field(default=None, description="Hasil pemeriksaan, untuk laporan")
    nomor_surat: CaseText = Field(default="", description="Nomor surat dari sekretariat")
    tanggal_surat: Day = Field(default=None, description="Tanggal surat")


class AnswerDelivery(Part):
    """That the answer went out."""

    tanggal: Day = Field(default=None, description="Kapan surat jawaban disampaikan")
    oleh: CaseText = Field(default="", description="Petugas yang menyampaikan")


class Complaint(Part):
    """A complaint without its words."""

    nomor_pengaduan: str
    diterima: Annotated[Moment, WithJsonSchema({"type": "string"})]
    kanal: ComplaintChannel
    jenis: ComplaintKind = Field(default="lainnya", description="Tentang apa, untuk laporan")
    anonim: YesNo = Field(default=False, description="ya, bila pengadu tidak menyebut nama")
    jawaban_lewat: AnswerWay = Field(default="tidak_ada", description="Ke mana jawaban disampaikan")
    diterima_oleh: CaseText = Field(default="", description="Petugas yang mencatat")
    diadukan: Texts = Field(default=(), description="Petugas yang diadukan: tidak melihat dan tidak menangani")
    kode_lacak: CaseText = Field(default="", description="Dibuat oleh situs; jangan diubah")
    kunci_balasan: CaseText = Field(default="", description="Dibuat oleh situs; jangan diubah")
    penerusan: Forwarding = Forwarding()
    rencana: Plan = Plan()
    jawaban: WrittenAnswer = WrittenAnswer()
    penyampaian: AnswerDelivery = AnswerDelivery()

    def barred(self, staff: Staff) -> frozenset[str]:
        """List the short names of the officers complained about; a name that nobody knows could be anybody's."""
        about = {staff.key(word) for word in self.diadukan if word}
        return frozenset(about if about <= staff.officers.keys() else {*about, *staff.officers})


BrokenRule = tuple[ComplaintStatus, Key, str, str]
"""The status that does not count, the key where the mend belongs, what is wrong, and the mend."""
_STEPS: tuple[tuple[ComplaintStatus, str], ...] = (
    ("diteruskan", "penerusan"), ("ditindaklanjuti", "rencana"), ("dijawab", "jawaban"), ("selesai", "penyampaian"),
)  # fmt: skip
_LIMITED: Mapping[ComplaintStatus, str] = {
    "diterima": "diteruskan", "diteruskan": "rencana", "ditindaklanjuti": "dijawab", "dijawab": "dijawab",
}  # fmt: skip
_DUTIES: Mapping[ComplaintStatus, str] = {
    "diterima": "meneruskan kepada petugas yang menindaklanjuti",
    "diteruskan": "membuat rencana tindak lanjut",
    "ditindaklanjuti": "menjawab secara tertulis",
    "dijawab": "menyampaikan surat jawaban",
    "selesai": "",
}


def broken(complaint: Complaint, staff: Staff) -> Iterator[BrokenRule]:
    """Find every rule that a complaint breaks, in the order of its steps."""
    barred = {staff.key(word) for word in complaint.diadukan if word}
    over = bool(complaint.penyampaian.tanggal)  # officers come and go; of what is done nobody asks who they were
    for word in complaint.diadukan:
        if word and not over and staff.key(word) not in staff.officers:
            message = (
                f"{word} pada diadukan bukan petugas yang terdaftar, jadi tidak dapat dijauhkan dari pengaduan ini."
            )
            yield "diteruskan", ("diadukan",), message, meant(word, staff)
    if not over and staff.officers and barred >= staff.officers.keys() - _former(staff):
        yield "diteruskan", ("diadukan",), "Semua petugas diadukan, jadi tidak ada yang boleh menanganinya.", _ALL
    before = complaint.diterima.date()
    for status, name in _STEPS:
        part = getattr(complaint, name)
        if not part.tanggal:
            continue
        if part.tanggal < before:
            message = f"{name}.tanggal ({part.tanggal}) sebelum langkah di atasnya."
            yield status, (name, "tanggal"), message, "Periksa tanggal dan tahunnya."
        before = max(before, part.tanggal)
        for key in ("oleh", "kepada") if status == "diteruskan" else ("oleh",):
            yield from _person(status, (name, key), getattr(part, key), staff, barred, over=over)
    if complaint.jawaban.tanggal and not complaint.jawaban.hasil:
        yield "dijawab", ("jawaban", "hasil"), "Jawaban tanpa hasil.", f"Tulis: {', '.join(get_args(Outcome))}."
    if complaint.penyampaian.tanggal and not (complaint.jawaban.nomor_surat and complaint.jawaban.tanggal_surat):
        message = "Disampaikan tanpa nomor atau tanggal surat."
        yield "selesai", ("jawaban", "nomor_surat"), message, "Tulis nomor dan tanggal dari sekretariat."


_ALL = "Minta pejabat di atas mereka menentukan siapa yang menanganinya, lalu sisakan hanya yang memang diadukan."


def _former(staff: Staff) -> set[str]:
    return {key for key, one in staff.officers.items() if one.berhenti}


def _person(
    status: ComplaintStatus, key: Key, word: str, staff: Staff, barred: Collection[str], *, over: bool
) -> Iterator[BrokenRule]:
    """Check that who did a step is known, unless all is ``over``, and not complained about."""
    name = ".".join(map(str, key))
    if not word:
        yield status, key, f"{name} belum diisi.", "Tulis nama pendek petugasnya."
    elif staff.key(word) in barred:
        yield status, key, f"{word} diadukan, jadi tidak boleh menangani pengaduan ini.", "Tulis petugas lain."
    elif not over and staff.key(word) not in staff.officers:
        yield status, key, f"{word} bukan petugas yang terdaftar.", meant(word, staff)


def status_of(complaint: Complaint, staff: Staff) -> ComplaintStatus:
    """Derive how far a complaint came: a step that breaks a rule does not count, nor what follows it."""
    wrong, reached = {status for status, *_ in broken(complaint, staff)}, STATUSES[0]
    for status, name in _STEPS:
        if not getattr(complaint, name).tanggal or status in wrong:
            break
        reached = status
    return reached


def holders(complaint: Complaint, status: ComplaintStatus, staff: Staff) -> tuple[str, ...]:
    """Give the short names of those whose turn it is; where all who usually do it are barred, everybody else."""
    free = [key for key, one in staff.officers.items() if not one.berhenti and key not in complaint.barred(staff)]

    def having(role: Role) -> list[str]:
        return [key for key in free if role in staff.officers[key].peran]

    given = [key for key in [staff.key(complaint.penerusan.kepada)] if key in free]
    usual: Mapping[ComplaintStatus, list[str]] = {
        "diterima": having("pengelola_layanan"),
        "diteruskan": given or having("kepala_bagian"),
        "ditindaklanjuti": given or having("kepala_bagian"),
        "dijawab": [*having("pengelola_layanan"), *given],
    }
    return tuple(dict.fromkeys(usual[status] or free)) if status in usual else ()


def may_act(complaint: Complaint, status: ComplaintStatus, staff: Staff) -> tuple[str, ...]:
    """Give the short names of those who may take the next step: whose turn it is, and every other kepala bagian."""
    barred = complaint.barred(staff)
    heads = (key for key, one in staff.officers.items() if "kepala_bagian" in one.peran and not one.berhenti)
    return tuple(dict.fromkeys((*holders(complaint, status, staff), *(key for key in heads if key not in barred))))


def may_see(complaint: Complaint, viewer: str, staff: Staff) -> bool:
    """Tell whether somebody may see a complaint at all; ``viewer`` is "" where nobody knows who looks.

    Then only what is about no officer in particular is shown.
    """
    return not complaint.diadukan or (viewer in staff.officers and viewer not in complaint.barred(staff))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a complaint stands: ``due`` is the last day (in the office's zone) of ``step``, None once all is done."""

    status: ComplaintStatus
    duty: str
    holders: tuple[str, ...]
    step: str = ""
    due: date | None = None

    def late(self, today: date) -> bool:
        """Tell whether the running step's last day is past."""
        return self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class ComplaintRules:
    """What deadlines and figures of complaints are computed with."""

    limits: ComplaintLimits
    calendar: Calendar
    hours: Hours
    staff: Staff

    def received(self, complaint: Complaint) -> date:
        """Give the day of receipt in the office's zone."""
        return self.hours.local(complaint.diterima).date()

    def last_day(self, complaint: Complaint, step: str) -> date:
        """Give the last day of a step with a limit: so many working days after that of receipt."""
        return working_days.day_after(self.received(complaint), getattr(self.limits, step), self.calendar, self.hours)

    def standing(self, complaint: Complaint) -> Standing:
        """Say where a complaint stands."""
        status = status_of(complaint, self.staff)
        step = _LIMITED.get(status, "")
        due = self.last_day(complaint, step) if step else None
        return Standing(status, _DUTIES[status], holders(complaint, status, self.staff), step, due)


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """What one complaint gives to be counted: days and codes, no word and nobody.

    ``days`` are the working days from receipt until each step with a limit was done; a step that is still open is
    missing. ``late`` are the steps that were done after their last day, or are open on a later day.
    """

    number: str
    received: date
    channel: ComplaintChannel
    kind: ComplaintKind
    anonymous: bool
    about_officer: bool
    status: ComplaintStatus
    outcome: Outcome | None
    forwarded: date | None
    planned: date | None
    answered: date | None
    days: Mapping[str, int]
    late: frozenset[str]


def facts_of(complaint: Complaint, rules: ComplaintRules, today: date) -> ComplaintFacts:
    """Give what a complaint counts as on the day ``today`` (in the office's zone)."""
    status, received = status_of(complaint, rules.staff), rules.received(complaint)
    reached = STATUSES.index(status)
    forwarded, planned, _, answered = (
        getattr(complaint, name).tanggal if STATUSES.index(one) <= reached else None for one, name in _STEPS
    )
    done: Mapping[str, date | None] = dict(zip(LIMITS, (forwarded, planned, answered), strict=True))
    days = {
        step: working_days.days_between(received, day, rules.calendar, rules.hours) for step, day in done.items() if day
    }
    late = frozenset(step for step, day in done.items() if (day or today) > rules.last_day(complaint, step))
    return ComplaintFacts(
        complaint.nomor_pengaduan, received, complaint.kanal, complaint.jenis, complaint.anonim,
        bool(complaint.diadukan), status, complaint.jawaban.hasil if answered else None,
        forwarded, planned, answered, days, late,
    )  # fmt: skip
