"""What officers note of a case beside its steps, each as a short form: obstacles, and what other offices are asked.

Shown beforehand and confirmed as the steps are; whoever must not touch the case notes nothing either.
"""

from collections.abc import Iterator
from datetime import date
from typing import get_args

from processor.cases.case_file import CaseFile
from processor.cases.case_parts import KNOWN_OFFICES, ObstacleKind
from processor.cases.case_status import Derived
from processor.cases.register import Filed
from processor.desk import wording
from processor.desk.step_fields import AskedField
from processor.desk.step_forms import StepForm
from processor.desk.visit import Posted, Visit
from processor.foundation.indonesian_dates import tanggal
from processor.operations import case_notes, steps
from processor.operations.office import Office


def possible(visit: Visit, filed: Filed, derived: Derived | None) -> tuple[StepForm, ...]:
    """Give the forms of what somebody can note of a case now."""
    if derived is None or filed.case is None or not visit.may("catatan"):
        return ()
    return (_obstacle(visit.office), _asked(visit.office), *_answered(visit.office, filed.case))


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
            ("koordinasi", "kepada"), "Kepada", required=True, note=f"Misalnya {', '.join(KNOWN_OFFICES)}."
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


def _today(office: Office) -> str:
    return office.now().date().isoformat()
