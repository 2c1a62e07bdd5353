"""The steps of an objection to a rejection: recording it, deciding it, and what each writes into the case file.

Granting moves the rejection aside, so that the request goes on and its answer finds an empty place.
"""

from datetime import date

from processor.cases import answers, objections
from processor.cases.case_file import CaseFile
from processor.cases.case_parts import Ruling
from processor.cases.case_status import DELIVERED, Derived
from processor.cases.register import Filed
from processor.foundation.errors import Problem
from processor.foundation.yaml_editor import SectionChanges

_DECISION = ("putusan", "oleh", "diputus", "pertimbangan")
_AS_ANSWER = {"nomor_surat": "nomor_surat", "tanggal_surat": "tanggal_surat", "tanggal": "disampaikan"}
"""What is written of an answer in ``penyampaian``, by what it is called in ``keberatan``."""


def record(received: date, words: str) -> SectionChanges:
    """Write that the applicant objects.

    Args:
        received: The day on which it came in, in the office's zone.
        words: The applicant's reason.
    """
    given = {"tanggal": received.isoformat(), "alasan": words}
    return {("keberatan", key): value for key, value in {**given, **dict.fromkeys(_DECISION)}.items()}


def decide(ruling: Ruling, by: str, today: date, grounds: str) -> SectionChanges:
    """Write the decision of the kepala bagian on the objection."""
    values = (ruling, by, today.isoformat(), grounds)
    return {("keberatan", key): value for key, value in zip(_DECISION, values, strict=True)}


def records(changes: SectionChanges) -> bool:
    """Tell whether ``changes`` record an objection."""
    return ("keberatan", "alasan") in changes


def completed(case: CaseFile, changes: SectionChanges, today: date) -> SectionChanges:
    """Add what a step writes because of an objection.

    A recorded one takes its case out of the archive, a granted one moves the rejection aside, and the answer to one
    that was turned down has its number and days in ``keberatan``.
    """
    if records(changes):
        return {**changes, **({("arsip", "tanggal"): None} if case.arsip.tanggal else {})}
    if changes.get(("keberatan", "putusan")) == "dikabulkan" and case.verifikasi.keputusan == "ditolak":
        return {**changes, **_moved_aside(case, str(changes["keberatan", "oleh"]), today)}
    if answers.answer_letter(case).part == "keberatan":
        names = _AS_ANSWER | {"diterima": "diterima"}
        return {
            ("keberatan", names[place[1]]) if place[0] == "penyampaian" else place: value
            for place, value in changes.items()
        }
    return changes


def _moved_aside(case: CaseFile, by: str, today: date) -> SectionChanges:
    """Move the rejection out of verification and delivery, and forward the request."""
    check, sent = case.verifikasi, case.penyampaian
    rejection = {
        "oleh": check.oleh,
        "tanggal": check.tanggal,
        "alasan_jenis": check.alasan_jenis,
        "alasan": check.alasan,
        "nomor_surat": sent.nomor_surat,
        "tanggal_surat": sent.tanggal_surat,
        "disampaikan": sent.tanggal,
    }
    spent = ("nomor_surat", "tanggal_surat", "tanggal", "diterima", *(("lampiran",) if sent.lampiran else ()))
    forwarded = {"keputusan": "diteruskan", "oleh": by, "tanggal": today.isoformat(), "alasan_jenis": None}
    return {
        **{("penolakan", key): _plain(value) for key, value in rejection.items()},
        **{("verifikasi", key): value for key, value in {**forwarded, "alasan": None}.items()},
        **{("penyampaian", key): None for key in spent},
    }


def _plain(value: object) -> str | None:
    """Write a value as it stands in a case file."""
    return value.isoformat() if isinstance(value, date) else str(value) if value else None


def stops(filed: Filed, before: Derived, changes: SectionChanges) -> list[Problem]:
    """Give what keeps an objection from being recorded or decided now."""
    if filed.case is None:
        return []
    number, place = filed.number, str(filed.document.path)
    if records(changes):
        return [Problem(place, None, *said) for said in _unrecordable(filed, filed.case, before)]
    decides = bool(changes.get(("keberatan", "putusan")))
    if before.status == "keberatan" and not decides and any(place[0] == "penyampaian" for place in changes):
        message = "Keberatan atas permohonan ini belum diputus, jadi belum ada surat yang dapat disampaikan."
        return [Problem(place, None, message, f"Minta kepala bagian memutusnya: payung keberatan {number} --putusan …")]
    if decides and before.status not in {"keberatan", "keberatan_ditolak"}:
        message = "Tidak ada keberatan yang dapat diputus pada permohonan ini."
        return [Problem(place, None, message, f"Lihat keadaannya: payung lihat {number}")]
    return []


def _unrecordable(filed: Filed, case: CaseFile, before: Derived) -> list[tuple[str, str]]:
    """Say why this case takes no objection, each with the way there is."""
    number = filed.number
    if objections.recorded(case):
        return [("Keberatan atas permohonan ini sudah dicatat; keberatan hanya satu kali.", f"payung lihat {number}")]
    if case.verifikasi.keputusan != "ditolak":
        message = "Permohonan ini tidak ditolak, jadi tidak ada penolakan yang dapat ditentang dengan keberatan."
        return [(message, f"Bertanya lagi atas jawabannya? payung lanjutan {number}")]
    if before.status not in {*DELIVERED, "diarsipkan"} or not objections.rejection_delivered(case, filed.events):
        message = "Penolakannya belum disampaikan, jadi belum dapat ditentang dengan keberatan."
        return [(message, f"Sampaikan dahulu (payung sampaikan {number}), lalu payung jalankan, lalu ulangi.")]
    return []
