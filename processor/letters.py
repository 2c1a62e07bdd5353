"""Writes the letters that a case calls for into ``keluar/``, and fixes which file was the answer once it went out."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from processor import documents, pdf
from processor.case import Event
from processor.casefile import CaseFile, Letter
from processor.errors import BrokenFiles, PayungError, Problem
from processor.law import Catalogue
from processor.office import Office
from processor.register import OUTGOING, Filed
from processor.workflow import DELIVERED, Look

Rendered = tuple[str, str, str]
"""Number, file name and note of a document."""


@dataclass
class Desk:
    """What is needed to work on cases, and what came of it."""

    office: Office
    catalogue: Catalogue
    now: datetime
    broken: frozenset[Letter]
    rendered: list[Rendered] = field(default_factory=list)

    def record(self, filed: Filed, kind: str, actor: str, data: dict[str, Any]) -> Filed:
        """Let the journal say what happened; the case with that event."""
        event = Event(kind, self.now, actor, data)
        self.office.register.record(filed.number, event)
        return replace(filed, events=(*filed.events, event))


def write(desk: Desk, filed: Filed, seen: Look | None) -> tuple[Filed, list[Problem]]:
    """Write what the case calls for; the case with what the journal now says, and what is wrong with its letters."""
    problems: list[Problem] = []
    case = filed.case
    if case is None or seen is None:
        return filed, problems
    for kind in seen.letters:
        try:
            filed = _letter(desk, filed, case, kind, draft=seen.draft and kind == case.bentuk)
        except BrokenFiles as error:
            problems += error.problems
    if seen.status in DELIVERED and not problems:
        filed, problems = _answer(desk, filed, case)
    return filed, problems


def _letter(desk: Desk, filed: Filed, case: CaseFile, kind: Letter, *, draft: bool) -> Filed:
    """Write one letter, never over what a person edited. Raises BrokenFiles with what it lacks."""
    if kind in desk.broken:
        return filed
    written = [event.data for event in filed.events if event.kind == "surat"]
    # A letter that bears its number is never written over: what is new stands beside it.
    known = {data["berkas"]: data["sha256"] for data in written if not data["bernomor"]}
    settings = desk.office.settings
    applicant = desk.office.register.dossier(filed.number).applicant
    content = documents.render(kind, case, applicant, settings, desk.catalogue, settings.opinions, draft=draft)
    placed = documents.place(filed.folder / OUTGOING, documents.file_name(kind), content, known)
    if placed.changed:
        desk.rendered.append((filed.number, placed.path.name, placed.note))
    numbered = bool(case.penyampaian.nomor_surat) and not draft
    data = {"jenis": kind, "berkas": placed.path.name, "sha256": placed.sha256, "bernomor": numbered}
    return filed if data in written else desk.record(filed, "surat", "payung", data)


def _answer(desk: Desk, filed: Filed, case: CaseFile) -> tuple[Filed, list[Problem]]:
    """Fix which file is the answer: the signed PDF that a person put there, else one of the letter, else the letter."""
    if answers(filed):
        return filed, []
    kind = "pemberitahuan_penolakan" if case.verifikasi.keputusan == "ditolak" else case.bentuk
    names = [event.data["berkas"] for event in filed.events if event.kind == "surat" and event.data["jenis"] == kind]
    letter = filed.folder / OUTGOING / names[-1] if names else None
    if letter is None or not letter.is_file():
        place = str(letter or filed.folder / OUTGOING)
        return filed, [Problem(place, None, "Surat yang disampaikan tidak ada.", "Kembalikan dari cadangan.")]
    try:
        path = _as_pdf(letter)
    except PayungError as error:
        return filed, [Problem(str(letter), None, str(error))]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return desk.record(filed, "jawaban", "payung", {"berkas": path.name, "sha256": digest}), []


def _as_pdf(letter: Path) -> Path:
    """The PDF of a letter; the letter itself where there is none and no LibreOffice to make it."""
    try:
        return pdf.beside(letter, {}).path
    except PayungError:
        if pdf.available() or any(path.stem == letter.stem and path != letter for path in letter.parent.iterdir()):
            raise
        return letter


def answers(filed: Filed) -> dict[Path, str]:
    """The delivered files with the SHA-256 that they had, as the journal says."""
    return {
        filed.folder / OUTGOING / event.data["berkas"]: event.data["sha256"]
        for event in filed.events
        if event.kind == "jawaban"
    }


def changed(filed: Filed) -> list[Problem]:
    """Delivered files that are not what they were."""
    wrong = [
        path
        for path, digest in answers(filed).items()
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest
    ]
    message, mend = "Berkas yang sudah disampaikan berubah atau hilang.", "Pulihkan dari cadangan; jangan diganti."
    return [Problem(str(path), None, message, mend) for path in wrong]
