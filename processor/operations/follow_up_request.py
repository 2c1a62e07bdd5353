"""What a follow-up question becomes: a response of the same applicant, to be filed as a request of its own."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from processor.cases import sendable_messages
from processor.cases.case_file import CaseFile, HelpKind
from processor.cases.dossier import open_dossier
from processor.cases.records import Attachment, Event, Response, ShownTerms
from processor.cases.register import Filed
from processor.foundation.errors import PayungError
from processor.operations import overview
from processor.operations.office import Office

CONTINUED = "dilanjutkan"
"""The journal's event of a case whose answer led to another question."""


def new_key() -> str:
    """Make a key by which a question is known that has none from a form of the site."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up question: the applicant's words, and the form in which they want the answer, None for that of before.

    ``same_code`` is whether the code of the request opens the new one too, ``agreed`` whether the applicant accepted
    the terms as they are now, or ``terms`` where a page showed others. By its ``key``, which may be any text, it is
    filed once, however often it is asked. ``sent`` (aware) is when, by a ``source`` of the intake's.
    """

    words: str = field(repr=False)
    kind: HelpKind | None = None
    same_code: bool = False
    agreed: bool = False
    key: str = field(default_factory=new_key)
    attachments: tuple[Attachment, ...] = ()
    terms: ShownTerms | None = None
    source: str = "loket"
    sent: datetime | None = None


def answered(office: Office, filed: Filed) -> CaseFile:
    """Give the case, if its own answer was delivered. Raises PayungError."""
    seen = overview.derive_for(office, filed)
    if filed.case is None or seen is None:
        raise PayungError(f"Berkas {filed.number} belum dapat dipakai. Lihat: payung periksa")
    if sendable_messages.begins_a_request(filed.events, seen.status):
        return filed.case
    rejected = filed.case.verifikasi.keputusan == "ditolak"
    way = f"Tidak setuju dengan penolakannya? payung keberatan {filed.number}" if rejected else ""
    raise PayungError(
        f"{filed.number} belum dijawab, jadi belum ada jawaban yang dapat ditanyakan lebih lanjut. {way}".rstrip()
    )


def response(office: Office, filed: Filed, question: FollowUp) -> Response:
    """Give a question to the answer of ``filed`` as a source gives its answers: what was not asked is no omission.

    Raises PayungError where nothing was answered yet, or the dossier cannot be opened.
    """
    case = answered(office, filed)
    applicant = {key: str(text) for key, text in asdict(open_dossier(office.register, filed.number).applicant).items()}
    reply = case.balasan
    said = {
        "bentuk": question.kind or case.bentuk or "",
        "pertanyaan": question.words,
        "cara_jawaban": reply.cara or "",
    }
    codes = {"kode_lacak": reply.kode_lacak, "kunci_balasan": reply.kunci_balasan} if question.same_code else {}
    all_of_it = {**applicant, **said, **codes, **_consent(office, agreed=question.agreed)}
    given = {key: text for key, text in all_of_it.items() if text}
    known_by = hashlib.sha256(f"lanjutan {filed.number} {question.key}".encode()).hexdigest()[:32]  # no other request's
    sent, asked = question.sent or office.now(), {one.kunci for one in office.form.pertanyaan}
    return Response(
        question.source, question.source, given, created=sent, submitted=sent, key=known_by,
        attachments=question.attachments, not_asked=frozenset(asked - given.keys()),
        terms=question.terms or ShownTerms.of(office.form.ketentuan), follows=filed.number,
    )  # fmt: skip


def _consent(office: Office, *, agreed: bool) -> Mapping[str, str]:
    """Give the answer that accepts the terms; nothing where nobody did."""
    question = next((one for one in office.form.pertanyaan if one.jenis == "persetujuan"), None)
    return {question.kunci: next(iter(question.pilihan))} if agreed and question and question.pilihan else {}


def tell(office: Office, number: str, by: str, new: str) -> None:
    """Let the journal of the request that was answered say once that ``new`` asks on. The caller holds the lock."""
    told = Event(CONTINUED, office.now(), by, {"nomor": new})
    if all((one.kind, one.data) != (CONTINUED, told.data) for one in office.register.read(number).events):
        office.register.record(number, told)
