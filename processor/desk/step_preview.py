"""Says beforehand what comes of a step: the lines that change, the status, letters, mail, and what the applicant reads.

Pure; who the applicant is stands nowhere in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from processor.cases.case_status import DELIVERED, OBJECTED, OVER, Status
from processor.cases.register import Filed
from processor.desk import wording
from processor.operations import case_notes
from processor.operations.steps import Done, StepChanges
from processor.site import status_sentences


@dataclass(frozen=True, slots=True)
class Preview:
    """What comes of a step: the status, who is next, sentences of what follows, the lines, and what to look at."""

    status: str
    duty: str
    follows: tuple[str, ...]
    lines: tuple[str, ...]
    look: tuple[str, ...]


_MAIL: Mapping[Status, str] = {
    "menunggu_kelengkapan": "apa yang perlu dilengkapi",
    "disampaikan": "jawabannya sudah ada",
    "selesai": "jawabannya sudah ada",
    "dibatalkan": "permohonannya dibatalkan",
    "keberatan": "keberatannya diterima",
}
"""What the applicant is told of by mail once a case comes to a status."""
_MEETING: Mapping[str, tuple[str, str]] = {
    "": (
        "Email kepada pemohon, bila ada alamatnya dan waktunya belum lewat: janji temunya, dengan berkas kalender.",
        "Pemohon membaca janji temunya di halaman statusnya, tanpa nama petugasnya, sampai waktunya lewat.",
    ),
    "batal": (
        "Email kepada pemohon, bila ia sudah diberi tahu dan waktunya belum lewat: janji temunya tidak jadi.",
        "Janji temunya tidak tampil lagi di halaman status pemohon.",
    ),
    "ya": ("Tidak ada email kepada pemohon.", "Janji temunya tidak tampil lagi di halaman status pemohon."),
}
"""What follows by mail and on the applicant's page from an appointment that is made ("") or over, by its state."""


_NOTE = (
    "Pesan ini tampil di halaman status pemohon, tanpa nama Anda.",
    "Email kepada pemohon, bila ada alamatnya: ada pesan, tanpa isinya.",
)


def of_step(filed: Filed, done: Done, changes: StepChanges) -> Preview:
    """Say what comes of a step that was tried on a case, by what it writes."""
    before, after = done.before.status, done.after.status
    said = wording.in_words(after)
    status = f"tetap {said}" if before == after else f"{wording.in_words(before)} menjadi {said}"
    look = tuple(f"baris {one.line}: {one.sentence}" if one.line else one.sentence for one in done.slips)
    return Preview(status, done.after.duty, tuple(_follows(filed, done, changes)), done.lines, look)


def _follows(filed: Filed, done: Done, changes: StepChanges) -> Iterator[str]:
    """Give a sentence for each thing that follows at the next pass."""
    before, after = done.before.status, done.after.status
    for kind in done.after.letters:
        if kind not in done.before.letters:
            yield f"Surat {wording.in_words(kind)} dibuat pada putaran berikutnya."
    meeting = next((value for place, value in changes.items() if place[0] == "jadwal"), None)
    if before not in DELIVERED | OVER and meeting is not None:
        mail, page = _MEETING[meeting if isinstance(meeting, str) else ""]
        yield mail
        if filed.case and filed.case.balasan.jalan == "kode":
            yield page
        return
    if case_notes.TO_APPLICANT in changes:
        yield from _NOTE
        return
    if before == after:
        yield "Yang dibaca pemohon di halaman statusnya tidak berubah."
        return
    granted = before in OBJECTED and after not in {*OBJECTED, "disampaikan"}
    if news := "keberatannya dikabulkan" if granted else _MAIL.get(after):
        yield f"Email kepada pemohon, bila ada alamatnya: {news}."
    stage = status_sentences.sentences()["tahap"][after]
    if filed.case and filed.case.balasan.jalan == "kode":
        yield f"Pemohon membaca di halaman statusnya: “{stage['kata']}. {' '.join(stage['selanjutnya'].split())}”"
