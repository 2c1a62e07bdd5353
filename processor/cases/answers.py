"""Which letter answers a request, or an objection to its rejection, and whether it went out. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from processor.cases.case_file import CaseFile, LetterKind
from processor.cases.decision_digests import digests
from processor.cases.records import Event

REJECTION: LetterKind = "pemberitahuan_penolakan"
OBJECTION_ANSWER: LetterKind = "jawaban_keberatan"


@dataclass(frozen=True, slots=True)
class AnswerLetter:
    """The letter that answers now: its kind (None before that is decided), and what its ``part`` of the file says."""

    kind: LetterKind | None
    part: Literal["penyampaian", "keberatan"]
    number: str
    dated: date | None
    sent: date | None
    received: date | None

    @property
    def number_key(self) -> tuple[str, str]:
        """Give where its number stands in the case file."""
        return self.part, "nomor_surat"

    @property
    def sent_key(self) -> tuple[str, str]:
        """Give where the day of its delivery stands in the case file."""
        return self.part, "disampaikan" if self.part == "keberatan" else "tanggal"


def answer_letter(case: CaseFile) -> AnswerLetter:
    """Describe the letter that answers: of an objection that was turned down, its own; else that of the request."""
    against, sent = case.keberatan, case.penyampaian
    if against is not None and against.putusan == "ditolak":
        told = (against.nomor_surat, against.tanggal_surat, against.disampaikan, against.diterima)
        return AnswerLetter(OBJECTION_ANSWER, "keberatan", *told)
    kind = _answer_to_request(case)
    return AnswerLetter(kind, "penyampaian", sent.nomor_surat, sent.tanggal_surat, sent.tanggal, sent.diterima)


def _answer_to_request(case: CaseFile) -> LetterKind | None:
    return REJECTION if case.verifikasi.keputusan == "ditolak" else case.bentuk


def letter(case: CaseFile) -> LetterKind | None:
    """Tell which letter answers now; None before that is decided."""
    return answer_letter(case).kind


def answered(case: CaseFile, events: Sequence[Event]) -> bool:
    """Tell whether, by the journal, the letter that stands in the file was delivered under its number."""
    now = answer_letter(case)
    return went_out(events, now.kind, now.number)


def went_out(events: Sequence[Event], kind: LetterKind | None, number: str) -> bool:
    """Tell whether, by the journal, a letter of that kind was delivered under that number."""
    now = {"jenis": kind, "nomor": number}
    return any(event.kind == "jawaban" and now.items() <= event.data.items() for event in events)


def opinion_went_out(events: Sequence[Event]) -> bool:
    """Tell whether, by the journal, the request itself was answered: not only rejected, nor only an objection."""
    return any(event.kind == "jawaban" and event.data["jenis"] not in {REJECTION, OBJECTION_ANSWER} for event in events)


_OTHER = "Jawaban lain sudah disampaikan kepada pemohon."
_BACK = "Kembalikan seperti semula; persoalan lain adalah permohonan baru."


def contradictions(case: CaseFile, events: Sequence[Event]) -> Iterator[tuple[tuple[str, str], str, str]]:
    """Find where the file says another thing than what was delivered: key, what is wrong, and the mend.

    What is with the applicant cannot be called back.
    """
    answers = [event.data for event in events if event.kind == "jawaban"]
    now = digests(case)
    first = next((one for one in reversed(answers) if one["jenis"] != OBJECTION_ANSWER), None)
    if first is not None and first["nomor"] == case.penyampaian.nomor_surat:
        if case.penolakan is not None and first["nomor"] == case.penolakan.nomor_surat:
            spent = f"Nomor surat {first['nomor']} sudah dipakai surat penolakan permohonan ini."
            yield ("penyampaian", "nomor_surat"), spent, "Minta nomor lain dari sekretariat."
        elif first["jenis"] != _answer_to_request(case):
            yield ("verifikasi", "keputusan"), _OTHER, _BACK
        elif first["jenis"] == REJECTION and first.get("verifikasi", now["verifikasi"]) != now["verifikasi"]:
            yield ("verifikasi", "alasan"), "Alasan berubah sesudah suratnya disampaikan.", _BACK
    second = next((one for one in reversed(answers) if one["jenis"] == OBJECTION_ANSWER), None)
    if second is not None and (case.keberatan is None or case.keberatan.putusan != "ditolak"):
        yield ("keberatan", "putusan"), _OTHER, _BACK
    elif second is not None and case.keberatan is not None:
        same = second["nomor"] == case.keberatan.nomor_surat
        if same and second.get("keberatan", now["keberatan"]) != now["keberatan"]:
            yield ("keberatan", "pertimbangan"), "Pertimbangan berubah sesudah suratnya disampaikan.", _BACK
