"""What officers do with a case in the simulated office: what is due, or anything else."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from processor.foundation.errors import PayungError
from processor.operations import follow_ups, message_acts, objection_steps, steps
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_acts
from processor.operations.follow_up_request import FollowUp
from processor.operations.office import Office
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


def handle(office: Office, number: str, status: str) -> None:
    """Do what is due in a complaint of this status. Raises PayungError or BrokenFiles where it may not be done."""
    intake, head, day = Person("pengelola"), Person("kabag"), office.now().date()
    if status == "diterima":
        complaint_acts.forward(office, number, intake, "")
    elif status == "diteruskan":
        complaint_acts.plan(office, number, head, "Petugas diminta keterangan.")
    elif status == "ditindaklanjuti":
        complaint_acts.answer(office, number, head, "Petugas sudah ditegur.", "terbukti")
    elif status == "dijawab":
        complaint_acts.give_number(office, number, intake, f"180/{number}/Huk-2026", day)
        complaint_acts.deliver(office, number, intake)


def ask_on(office: Office) -> None:
    """File a further question about the first answer that there is."""
    for number in office.register.numbers():
        with suppress(PayungError):
            follow_ups.ask(office, number, "pengelola", FollowUp("Lalu bagaimana?", same_code=True))
            return


def read_messages(office: Office, number: str) -> None:
    """Deal with what waits of a case; an objection is to be recorded."""
    for message in message_acts.waiting(office.register.read(number)):
        with suppress(PayungError):
            if message_acts.asks_for_data(message):
                message_acts.decide_data(office, number, message.data["berkas"], Person("pengelola"), apply=False)
            else:
                message_acts.mark_read(office, number, message.data["berkas"], Person("pengelola"))


ANY: tuple[Callable[[date], steps.StepChanges], ...] = (
    lambda day: steps.verify("dilengkapi", "pengelola", day, kekurangan=["Surat tugas"]),
    lambda day: steps.verify("ditolak", "pengelola", day, alasan_jenis="litigasi", alasan="Perkara berjalan."),
    lambda day: steps.review("dikembalikan", "kabag", day, "Lengkapi."),
    steps.deliver,
    lambda day: steps.withdraw(day, "Lewat telepon."),
    steps.archive,
    lambda day: objection_steps.record(day, "Saya tidak meminta didampingi."),
)
