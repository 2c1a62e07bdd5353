"""Writes the letters that a case calls for into ``keluar/``, and fixes which file was the answer once it went out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from processor.cases import answers
from processor.cases.case_file import CaseFile, LetterKind
from processor.cases.case_status import DELIVERED, Derived
from processor.cases.dossier import open_dossier
from processor.cases.records import Applicant, Event
from processor.cases.register import OUTGOING, Filed
from processor.foundation import law_catalogue
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.law_catalogue import Catalogue
from processor.foundation.yaml_reader import Document
from processor.intake.recognition_index import RecognitionIndex
from processor.letters import documents, pdf
from processor.operations import (
    letter_delivery,
    letter_evidence,
    letter_signatures,
    letter_sources,
    letter_states,
)
from processor.operations.case_hold import CaseHold
from processor.operations.case_row import CaseRow
from processor.operations.letter_pdfs import LetterPdfs
from processor.operations.letter_states import RENDERED_ONCE, LetterSource
from processor.operations.office import Office
from processor.site import leak_gate

Rendered = tuple[str, str, str]
"""Number, file name and note of a document."""


@dataclass
class CasePass:
    """What is needed to work on cases, one after another, and what came of it.

    ``broken`` and ``untold`` are the letters and notices whose templates have mistakes. Nobody is reminded of what was
    before ``since``. ``left_behind`` are cases without the folder of their letters. ``bearing`` gives the cases whose
    letter bears a number.
    """

    office: Office
    catalogue: Catalogue
    now: datetime
    broken: frozenset[LetterKind]
    untold: frozenset[str] = frozenset()
    since: datetime | None = None
    rendered: list[Rendered] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    bearing: Callable[[str], Iterable[CaseRow]] = lambda _: ()
    pdfs: LetterPdfs = field(default_factory=LetterPdfs)
    hold: CaseHold | None = None
    _applicant: Applicant | None = None

    @contextmanager
    def case(self, number: str) -> Iterator[CaseHold]:
        """Look at one case; see ``CaseHold``."""
        register = self.office.register
        with ExitStack() as held:
            self.hold, self._applicant = CaseHold(register, number, register.change_mark(number), held), None
            yield self.hold

    def begin_writing(self) -> CaseHold:
        """Hold the register for the case that is looked at. Raises as ``CaseHold.begin_writing``."""
        assert self.hold, "no case is looked at"
        self.hold.begin_writing()
        return self.hold

    def applicant(self, number: str) -> Applicant:
        """Give the applicant of the case that is looked at, unsealed once. Raises as ``open_dossier``."""
        self._applicant = self._applicant or open_dossier(self.office.register, number).applicant
        return self._applicant

    @cached_property
    def addresses(self) -> Counter[str]:
        """How many requests of the last 24 hours gave an email address, by its mark."""
        since = self.now - timedelta(days=1)
        recent = RecognitionIndex(self.office.register).sent_since(since)
        fresh = (one.fingerprints[-1] for one in recent)
        return Counter(marks.get("email", "") for marks in fresh)

    def record(self, filed: Filed, kind: str, actor: str, data: dict[str, Any]) -> Filed:
        """Let the journal say what happened; give the case with that event. Raises as ``CaseHold.begin_writing``."""
        return self.journal(filed, Event(kind, self.now, actor, data))

    def journal(self, filed: Filed, *events: Event) -> Filed:
        """Add events to the journal at once; give the case with them. Raises as ``CaseHold.begin_writing``."""
        self.begin_writing()
        self.office.register.record(filed.number, *events)
        return replace(filed, events=(*filed.events, *events))


def write_due(case_pass: CasePass, filed: Filed, case: CaseFile, seen: Derived) -> tuple[Filed, list[Problem]]:
    """Write the letters that the case calls for.

    Returns:
        The case with what the journal now says, and what is wrong with its letters.
    """
    problems: list[Problem] = []
    if seen.delivering:  # while nobody holds the register: a signature is looked at once, and takes its time
        letter_delivery.missing(case_pass.office.settings, filed, case, case_pass.now)
    for kind in seen.letters:
        if kind in case_pass.broken:
            continue
        try:
            filed, path = _letter(case_pass, filed, case, kind, draft=seen.draft and kind == case.bentuk)
            if (seen.status in DELIVERED or seen.delivering) and kind == answers.letter(case):
                filed = _deliver(case_pass, filed, case, kind, path)
        except BrokenFiles as error:
            problems += error.problems
    return filed, problems


def missing_for_letters(case: CaseFile, seen: Derived, catalogue: Catalogue, document: Document) -> list[Problem]:
    """Give what keeps the letters of a case from being written: an unknown law, a part that they need."""
    problems = law_catalogue.resolve(case.kajian.dasar_hukum, catalogue, document)[1]
    return [*problems, *(one for kind in seen.letters for one in documents.missing(case, kind, catalogue, document))]


def _letter(case_pass: CasePass, filed: Filed, case: CaseFile, kind: LetterKind, *, draft: bool) -> tuple[Filed, Path]:
    """Write one letter, never over what a person edited; where it stands.

    Raises BrokenFiles with what it lacks, or where a person must decide about the one that stands there.
    """
    source = letter_sources.source_of(
        case_pass.office, case_pass.catalogue, case_pass.applicant(filed.number), filed, case, kind, draft=draft
    )
    one = letter_states.standing(source) if kind not in RENDERED_ONCE else None
    if one and one.stops:
        raise BrokenFiles((letter_states.finding(one, filed.number),))
    if one and letter_states.stands(one):
        kept = bool(one.told.get(letter_states.KEPT))
        return _note(case_pass, filed, source, one.path.name, (one.digest, one.content), kept=kept), one.path
    content = source.made
    case_pass.begin_writing()
    name = documents.file_name(kind)
    placed = documents.place_document(filed.folder / OUTGOING, name, content, letter_states.replaceable(filed, one))
    if placed.changed:
        case_pass.begin_writing().write_outgoing(placed.path)
        case_pass.rendered.append((filed.number, placed.path.name, placed.note))
    return _note(case_pass, filed, source, placed.path.name, (placed.sha256, content)), placed.path


def _note(
    case_pass: CasePass, filed: Filed, source: LetterSource, name: str, file: tuple[str, bytes], *, kept: bool = False
) -> Filed:
    """Let the journal tell of a letter that was written, or saved anew by another program, unless it says just that.

    ``file`` is the SHA-256 (hex) of the file that was looked at, and a content that prints the same.
    """
    number, (digest, content) = source.number, file
    data = {"jenis": source.kind, "berkas": name, "sha256": digest, "bernomor": bool(number)}
    before = letter_states.told_of_files(filed).get(name, {})
    if {key: before.get(key) for key in data} == data:  # older versions told no number
        return filed
    data |= {"nomor": number} if number else {}
    more = {} if source.kind in RENDERED_ONCE else source.marks(content, numbered=bool(number))
    return case_pass.record(filed, "surat", "payung", {**data, **more, **({letter_states.KEPT: True} if kept else {})})


def _deliver(case_pass: CasePass, filed: Filed, case: CaseFile, kind: LetterKind, letter: Path) -> Filed:
    """Fix which file is the answer: the signed PDF that a person put there, else one of the letter, else the letter.

    While LibreOffice has still to make the PDF, nothing is fixed. Raises BrokenFiles when the person's PDF cannot be
    of this letter.
    """
    if stray := letter_delivery.stray_pdf(filed, kind, letter):
        raise BrokenFiles((stray,))
    if wrong := _identity(case_pass, filed, case, kind):
        raise BrokenFiles((wrong,))
    case_pass.begin_writing()
    settings, now = case_pass.office.settings, case_pass.now
    try:
        signed = pdf.pdf_beside(letter)
        path = _as_pdf(case_pass, filed, case, letter)
    except BrokenFiles:
        raise
    except PayungError as error:
        raise BrokenFiles((Problem(str(letter), None, str(error)),)) from error
    if path is None:
        return filed
    if wrong := letter_delivery.older_pdf(path, letter, filed):
        raise BrokenFiles((wrong,))
    numbers = (answers.answer_letter(case).number, filed.number)
    if signed and (wrong := letter_signatures.wrong(settings, signed, letter, numbers, now)):
        raise BrokenFiles((wrong,))
    return case_pass.journal(filed, letter_delivery.answer(case, kind, path, now, settings if signed else None))


def _identity(case_pass: CasePass, filed: Filed, case: CaseFile, kind: LetterKind) -> Problem | None:
    """Say what is wrong with a reason that names the applicant and would go out by email."""
    applicant = case_pass.applicant(filed.number)
    by_email = kind == "pemberitahuan_penolakan" and case.balasan.jalan == "email"
    if not by_email or not leak_gate.identity_in_text(case.verifikasi.alasan, [applicant]):
        return None
    line = filed.document.line(("verifikasi", "alasan"))
    mend = "Tulis ulang tanpa nama, NIP, alamat, atau nomor telepon: email dapat terbaca orang lain."
    return Problem(str(filed.document.path), line, "Alasan penolakan memuat identitas pemohon.", mend)


def _as_pdf(case_pass: CasePass, filed: Filed, case: CaseFile, letter: Path) -> Path | None:
    """The PDF of a letter; the letter itself where there is none and no LibreOffice to make it.

    None while it is still to be made: that takes its time, and then nobody may hold the register. Raises PayungError,
    BrokenFiles where somebody has still to sign it, or to put with it what it says goes with it.
    """
    standing = pdf.pdf_beside(letter)
    if not standing and case_pass.office.settings.surat.tanda_tangan == letter_delivery.REQUIRED:
        raise BrokenFiles((letter_delivery.unsigned(letter),))
    if not standing and (wrong := letter_delivery.unaccompanied(filed, case, letter)):
        raise BrokenFiles((wrong,))
    if standing or not pdf.is_available():
        return standing or letter
    if content := case_pass.pdfs.of_letter(letter):
        path = documents.place_document(letter.parent, f"{letter.stem}.pdf", content, {}).path
        case_pass.begin_writing().write_outgoing(path)
        return path
    case_pass.pdfs.wanted[letter] = filed.number
    return None


def delivered_answer(filed: Filed) -> dict[Path, str]:
    """Give the file that was delivered last, with the SHA-256 (hex) that it had, as the journal says."""
    told = [event.data for event in filed.events if event.kind == "jawaban"]
    return {filed.folder / OUTGOING / data["berkas"]: data["sha256"] for data in told[-1:]}


def changed_after_delivery(filed: Filed) -> list[Problem]:
    """Find delivered files that are not what they were."""
    wrong = [path for path, digest in delivered_answer(filed).items() if letter_evidence.digest_now(path) != digest]
    message = "Berkas yang sudah disampaikan berubah atau hilang."
    mend = "Pulihkan dari cadangan. Memang harus diganti? Beri nomor surat baru dengan payung sunting."
    return [Problem(str(path), None, message, mend) for path in wrong]
