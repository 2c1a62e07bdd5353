"""What officers do with a case in the simulated office: what is due, or anything else."""

from collections.abc import Callable
from datetime import date

from processor.operations import objection_steps, steps
from tests.story import delivered


def due(status: str, day: date) -> steps.StepChanges:
    """What an officer does next with a case of this status."""
    if status in {"diajukan", "menunggu_kelengkapan"}:
        return steps.verify("diteruskan", "pengelola", day)
    if status == "diteruskan":
        return steps.assign("analis", "kabag", ())
    if status in {"disusun", "dikembalikan"}:
        return steps.set_study_ready(done=True)
    if status == "keberatan":
        return objection_steps.decide("ditolak" if day.day % 2 else "dikabulkan", "kabag", day, "Sudah diperiksa lagi.")
    if status == "diperiksa":
        return steps.review("disetujui", "kabag", day)
    return delivered("180/1/Huk-2026", day, day) if status == "disetujui" else steps.archive(day)


ANY: tuple[Callable[[date], steps.StepChanges], ...] = (
    lambda day: steps.verify("dilengkapi", "pengelola", day, kekurangan=["Surat tugas"]),
    lambda day: steps.verify("ditolak", "pengelola", day, alasan_jenis="litigasi", alasan="Perkara berjalan."),
    lambda day: steps.review("dikembalikan", "kabag", day, "Lengkapi."),
    steps.deliver,
    lambda day: steps.withdraw(day, "Lewat telepon."),
    steps.archive,
    lambda day: objection_steps.record(day, "Saya tidak meminta didampingi."),
)
