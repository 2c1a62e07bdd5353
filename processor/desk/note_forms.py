"""What officers note of a case beside its steps, each as a short form: obstacles, other offices, and appointments.

Shown beforehand and confirmed as the steps are; whoever must not touch the case notes nothing either.
"""

from collections.abc import Iterator
from datetime import date
from typing import get_args

from processor.cases import office_notes
from processor.cases.case_file import CaseFile
from processor.cases.case_parts import KNOWN_OFFICES, MeetingWay, ObstacleKind
from processor.cases.case_status import DELIVERED, OVER, Derived
from processor.cases.register import Filed
from processor.desk import wording
from processor.desk.step_fields import AskedField
from processor.desk.step_forms import StepForm
from processor.desk.visit import Posted, Visit
from processor.foundation.indonesian_dates import tanggal, waktu
from processor.operations import case_notes, steps
from processor.operations.office import Office
from processor.site import sealed_files


def possible(visit: Visit, filed: Filed, derived: Derived | None) -> tuple[StepForm, ...]:
    """Give the forms of what somebody can note of a case now."""
    if derived is None or filed.case is None or not visit.may("catatan"):
        return ()
    office, case = visit.office, filed.case
    over = derived.status in DELIVERED | OVER
    to_applicant = (_TO_APPLICANT,) if visit.may("tulis_pesan") and _reads_with_code(case) else ()
    meetings = (_appointed(office, over=over), *_ended(office, case))
    return (*to_applicant, _obstacle(office), _asked(office), *_answered(office, case), *meetings)


def _reads_with_code(case: CaseFile) -> bool:
    """Tell whether the applicant has a code by which to read what is written to them."""
    return sealed_files.valid_code_values(case.balasan.kode_lacak, case.balasan.kunci_balasan)


_TO_APPLICANT = StepForm(
    "pesan",
    "Tulis kepada pemohon",
    (
        AskedField(
            ("pesan", "isi"), "Pesan", "words", required=True,
            note="Dibaca pemohon dengan kodenya, tanpa nama Anda. Tanpa identitas siapa pun, paling banyak "
            f"{office_notes.LONGEST} huruf.",
        ),
    ),
    lambda posted, by, today: case_notes.write_to_applicant(posted.text("isi"), by, today),
    "Pertanyaan atau kabar singkat. Bukan jawaban, dan bukan permintaan kelengkapan: hitungan waktu tidak berhenti.",
)  # fmt: skip


def _obstacle(office: Office) -> StepForm:
    kinds: tuple[str, ...] = get_args(ObstacleKind)
    fields = (
        AskedField(
            ("hambatan", "jenis"), "Jenis", "choice", required=True,
            choices={key: wording.in_words(key) for key in kinds},
        ),
        AskedField(
            ("hambatan", "uraian"), "Apa yang menghambat", "words", required=True, note="Tanpa nama orang."
        ),
        AskedField(("hambatan", "tanggal"), "Kapan", "day", required=True, given=_today(office)),
    )  # fmt: skip
    return StepForm("hambatan", "Catat hambatan", fields, _write_obstacle, "Dihitung dalam laporan.")


def _write_obstacle(posted: Posted, _: str, __: date) -> steps.StepChanges:
    day = date.fromisoformat(posted.text("tanggal"))
    return case_notes.obstacle(posted.text("jenis"), posted.text("uraian"), day)


def _asked(office: Office) -> StepForm:
    fields = (
        AskedField(
            ("koordinasi", "kepada"), "Kepada", required=True, note=f"Misalnya {', '.join(KNOWN_OFFICES[:3])}."
        ),
        AskedField(
            ("koordinasi", "perihal"), "Apa yang diminta", required=True, note="Tanpa nama pemohon."
        ),
        AskedField(("koordinasi", "dikirim"), "Kapan dikirim", "day", required=True, given=_today(office)),
        AskedField(("koordinasi", "batas"), "Sampai kapan jawabannya diminta", "day"),
    )  # fmt: skip
    pause = {"ya": "Waktu berhenti selama ditunggu"}
    pauses = (AskedField(("koordinasi", "jeda"), "Hitungan waktu", "checks", choices=pause),)
    allowed = office.settings.layanan.jeda_koordinasi
    return StepForm(
        "koordinasi", "Catat koordinasi", (*fields, *(pauses if allowed else ())),
        lambda posted, _, __: _ask(posted, pause=allowed and bool(posted.each("jeda"))),
        "Instansi lain diminta keterangan. Suratnya Anda kirim sendiri.",
    )  # fmt: skip


def _ask(posted: Posted, *, pause: bool) -> steps.StepChanges:
    sent, until = date.fromisoformat(posted.text("dikirim")), posted.text("batas")
    limit = date.fromisoformat(until) if until else None
    return case_notes.ask(posted.text("kepada"), posted.text("perihal"), sent, limit, pause=pause)


def _answered(office: Office, case: CaseFile) -> Iterator[StepForm]:
    """Give the form that notes an answer, where one is awaited; what is overdue is said."""
    today = office.now().date()
    waiting = {
        str(at): f"{one.kepada}: {one.perihal}" + (_until(one.batas, today) if one.batas else "")
        for at, one in enumerate(case.koordinasi)
        if not one.dijawab
    }
    if waiting:
        fields = (
            AskedField(("koordinasi", "butir"), "Yang mana", "choice", required=True, choices=waiting),
            AskedField(("koordinasi", "dijawab"), "Kapan dijawab", "day", required=True, given=_today(office)),
        )
        yield StepForm("jawaban-koordinasi", "Catat jawaban instansi lain", fields, _write_answered)


def _until(limit: date, today: date) -> str:
    late = " (lewat)" if limit < today else ""
    return f", sampai {tanggal(limit)}{late}"


def _write_answered(posted: Posted, _: str, __: date) -> steps.StepChanges:
    return case_notes.answered_at(int(posted.text("butir")), date.fromisoformat(posted.text("dijawab")))


def _appointed(office: Office, *, over: bool) -> StepForm:
    ways: tuple[str, ...] = get_args(MeetingWay)
    officers = {key: one.nama for key, one in office.settings.petugas.items() if not one.berhenti}
    clock = office.settings.layanan.zona_singkat
    fields = (
        AskedField(("jadwal", "waktu"), "Hari dan jam", "moment", required=True, note=f"Menurut jam kantor ({clock})."),
        AskedField(
            ("jadwal", "cara"), "Cara", "choice", required=True, choices={key: wording.in_words(key) for key in ways}
        ),
        AskedField(
            ("jadwal", "tempat"), "Tempat atau tautan", note="Dibaca pemohon. Nomor teleponnya jangan ditulis di sini."
        ),
        AskedField(
            ("jadwal", "dengan"), "Petugas yang ditemui", "choice", choices=officers,
            note="Tidak disebut kepada pemohon.",
        ),
    )  # fmt: skip
    told = "Permohonannya sudah selesai dilayani, jadi pemohon tidak diberi tahu." if over else ""
    return StepForm("jadwal", "Catat janji temu", fields, _appoint, told)


def _appoint(posted: Posted, _: str, __: date) -> steps.StepChanges:
    begins = case_notes.moment_in(posted.text("waktu"))
    assert begins, "asked only where it was written"
    return case_notes.appoint(begins, posted.text("cara"), posted.text("tempat"), posted.text("dengan"))


def _ended(office: Office, case: CaseFile) -> Iterator[StepForm]:
    """Give the form that notes what became of an appointment, where one is open."""
    service = office.settings.layanan
    still = {
        str(at): f"{waktu(begins, service.zone, service.zona_singkat)}, {wording.in_words(one.cara or '')}"
        for at, one in enumerate(case.jadwal)
        if one.selesai == "tidak" and (begins := one.begins(service.zone))
    }
    if still:
        became = {"ya": "sudah berlangsung", "batal": "tidak jadi"}
        fields = (
            AskedField(("jadwal", "butir"), "Yang mana", "choice", required=True, choices=still),
            AskedField(("jadwal", "selesai"), "Bagaimana jadinya", "choice", required=True, choices=became),
        )
        yield StepForm("jadwal-selesai", "Catat janji temu yang selesai atau batal", fields, _end_appointment)


def _end_appointment(posted: Posted, _: str, __: date) -> steps.StepChanges:
    return case_notes.end_appointment_at(int(posted.text("butir")), posted.text("selesai"))


def _today(office: Office) -> str:
    return office.now().date().isoformat()
