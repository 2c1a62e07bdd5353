"""A follow-up question after an answer: a request of its own, with its own number and clock, of the same applicant."""

import uuid
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from processor.cases import answers
from processor.cases.case_file import CaseFile, HelpKind
from processor.cases.case_status import DELIVERED
from processor.cases.dossier import open_dossier
from processor.cases.records import Event, Response, ShownTerms
from processor.cases.register import Filed
from processor.foundation.errors import PayungError
from processor.operations import case_letters, counter_filing, overview
from processor.operations.office import Office

CONTINUED = "dilanjutkan"
"""The journal's event of a case whose answer led to another question."""
_WAIT = 60.0  # seconds for a pass that is under way: somebody stands at the counter


def check(office: Office, number: str) -> None:
    """Raise PayungError where the request has no answer yet that one could ask about."""
    _answered(office, office.register.read(number))


def ask(
    office: Office,
    number: str,
    by: str,
    words: str,
    kind: HelpKind | None = None,
    *,
    same_code: bool = False,
    agreed: bool = False,
) -> str:
    """File a follow-up question to the answer of a request; the journals of both tell it.

    Args:
        office: The open office.
        number: The request that was answered.
        by: The short name of the officer who received the question.
        words: The applicant's question.
        kind: The form in which they want the answer; None for that of the request.
        same_code: Whether the code of the request opens the new one too.
        agreed: Whether the applicant accepted the terms as they are now.

    Returns:
        The new request's number.

    Raises:
        PayungError: Where nothing was answered yet, or the dossier cannot be opened. Busy when the register is in use.
    """
    case = _answered(office, office.register.read(number))
    applicant = {key: str(value) for key, value in asdict(open_dossier(office.register, number).applicant).items()}
    said = {"bentuk": kind or case.bentuk or "", "pertanyaan": words, "cara_jawaban": case.balasan.cara or ""}
    codes = {"kode_lacak": case.balasan.kode_lacak, "kunci_balasan": case.balasan.kunci_balasan} if same_code else {}
    told = {**applicant, **said, **codes, **_consent(office, agreed=agreed)}
    given = {key: text for key, text in told.items() if text}
    outcome = counter_filing.file(office, by, _response(office, number, given))
    with office.register.lock(_WAIT):
        office.register.record(number, Event(CONTINUED, office.now(), by, {"nomor": outcome.number}))
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


def _response(office: Office, number: str, given: dict[str, str]) -> Response:
    """Give the question as a source gives its answers: what was not asked at the counter is no omission."""
    now, asked = office.now(), {question.kunci for question in office.form.pertanyaan}
    return Response(
        "loket", "loket", given, created=now, submitted=now, key=uuid.uuid4().hex,
        not_asked=frozenset(asked - given.keys()), terms=ShownTerms.of(office.form.ketentuan), follows=number,
    )  # fmt: skip


def earlier_answer(office: Office, case: CaseFile) -> tuple[Path, ...]:
    """Give where the answer lies that this request asks about; nothing where it asks about none, or it is not there."""
    with suppress(PayungError, OSError):
        if case.lanjutan_dari:
            return tuple(case_letters.delivered_answer(office.register.read(case.lanjutan_dari)))
    return ()
