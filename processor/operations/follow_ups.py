"""A follow-up question after an answer: a request of its own, with its own number and clock, of the same applicant."""

import hashlib
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from processor.cases import answers
from processor.cases.case_file import CaseFile, HelpKind
from processor.cases.case_status import DELIVERED
from processor.cases.dossier import open_dossier
from processor.cases.records import Event, Response, ShownTerms
from processor.cases.register import Filed
from processor.foundation.errors import Busy, PayungError
from processor.operations import advance, case_letters, counter_filing, overview
from processor.operations.office import Office

CONTINUED = "dilanjutkan"
"""The journal's event of a case whose answer led to another question."""
_WAIT = 60.0  # seconds for a pass that is under way: somebody stands at the counter


def check(office: Office, number: str) -> None:
    """Raise PayungError where the request has no answer yet that one could ask about."""
    _answered(office, office.register.read(number))


def new_key() -> str:
    """Make a key by which a question is known that has none from a form of the site."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up question: the applicant's words, and the form in which they want the answer, None for that of before.

    ``same_code`` is whether the code of the request opens the new one too, ``agreed`` whether the applicant accepted
    the terms as they are now. By its ``key``, which may be any text, it is filed once, however often it is asked.
    """

    words: str = field(repr=False)
    kind: HelpKind | None = None
    same_code: bool = False
    agreed: bool = False
    key: str = field(default_factory=new_key)


def receive(office: Office, number: str, by: str, question: FollowUp) -> str:
    """File a follow-up question and let its receipt be made. Args, Returns and Raises as ``ask``."""
    new = ask(office, number, by, question)
    with suppress(Busy):  # the receipt is then made by the next pass
        advance.advance(office, [new])
    return new


def ask(office: Office, number: str, by: str, question: FollowUp) -> str:
    """File a follow-up question to the answer of a request; the journals of both tell it.

    Args:
        office: The open office.
        number: The request that was answered.
        by: The short name of the officer who received the question.
        question: What is asked.

    Returns:
        The new request's number.

    Raises:
        PayungError: Where nothing was answered yet, or the dossier cannot be opened. Busy when the register is in use.
    """
    case = _answered(office, office.register.read(number))
    applicant = {key: str(value) for key, value in asdict(open_dossier(office.register, number).applicant).items()}
    reply = case.balasan
    said = {
        "bentuk": question.kind or case.bentuk or "",
        "pertanyaan": question.words,
        "cara_jawaban": reply.cara or "",
    }
    codes = {"kode_lacak": reply.kode_lacak, "kunci_balasan": reply.kunci_balasan} if question.same_code else {}
    all_of_it = {**applicant, **said, **codes, **_consent(office, agreed=question.agreed)}
    given = {key: text for key, text in all_of_it.items() if text}
    outcome = counter_filing.file(office, by, _response(office, number, given, question.key))
    with office.register.lock(_WAIT):
        told = Event(CONTINUED, office.now(), by, {"nomor": outcome.number})
        if all((one.kind, one.data) != (CONTINUED, told.data) for one in office.register.read(number).events):
            office.register.record(number, told)
    return outcome.number


def _answered(office: Office, filed: Filed) -> CaseFile:
    """Give the case, if its own answer was delivered. Raises PayungError."""
    seen = overview.derive_for(office, filed)
    if filed.case is None or seen is None:
        raise PayungError(f"Berkas {filed.number} belum dapat dipakai. Lihat: payung periksa")
    if seen.status in {*DELIVERED, "diarsipkan"} and answers.opinion_went_out(filed.events):
        return filed.case
    rejected = filed.case.verifikasi.keputusan == "ditolak"
    way = f"Tidak setuju dengan penolakannya? payung keberatan {filed.number}" if rejected else ""
    raise PayungError(
        f"{filed.number} belum dijawab, jadi belum ada jawaban yang dapat ditanyakan lebih lanjut. {way}".rstrip()
    )


def _consent(office: Office, *, agreed: bool) -> dict[str, str]:
    """Give the answer that accepts the terms; nothing where nobody did."""
    question = next((one for one in office.form.pertanyaan if one.jenis == "persetujuan"), None)
    return {question.kunci: next(iter(question.pilihan))} if agreed and question and question.pilihan else {}


def _response(office: Office, number: str, given: dict[str, str], key: str) -> Response:
    """Give the question as a source gives its answers: what was not asked at the counter is no omission."""
    known_by = hashlib.sha256(f"lanjutan {number} {key}".encode()).hexdigest()[:32]  # never the key of another request
    now, asked = office.now(), {question.kunci for question in office.form.pertanyaan}
    return Response(
        "loket", "loket", given, created=now, submitted=now, key=known_by,
        not_asked=frozenset(asked - given.keys()), terms=ShownTerms.of(office.form.ketentuan), follows=number,
    )  # fmt: skip


def earlier_answer(office: Office, case: CaseFile) -> tuple[Path, ...]:
    """Give where the answer lies that this request asks about; nothing where it asks about none, or it is not there."""
    with suppress(PayungError, OSError):
        if case.lanjutan_dari:
            return tuple(case_letters.delivered_answer(office.register.read(case.lanjutan_dari)))
    return ()
