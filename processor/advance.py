"""Looks at every case that changed since the last pass and writes the letters that it now calls for."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from processor import documents, law, workflow
from processor.case import Event
from processor.casefile import CaseFile, Letter
from processor.errors import BrokenFiles, PayungError, Problem
from processor.law import Catalogue
from processor.register import OUTGOING, Filed, Register
from processor.settings import Settings
from processor.workflow import Look, Staff

_STATE = "maju"
Rendered = tuple[str, str, str]
"""Number, file name and note of a document."""


@dataclass
class _Desk:
    """What is needed to write letters, and what came of it."""

    register: Register
    settings: Settings
    catalogue: Catalogue
    now: datetime
    broken: frozenset[Letter]
    rendered: list[Rendered] = field(default_factory=list)


def advance(register: Register, settings: Settings, now: datetime) -> tuple[list[Rendered], list[Problem]]:
    """Write what is due; a case that is unchanged and sound is not read again. What is broken comes back."""
    try:
        catalogue = law.load(settings.opinions / law.FILE_NAME)
    except BrokenFiles as error:
        return [], list(error.problems)
    problems = list(documents.check_templates(settings.opinions))  # told once, and not once for every case
    broken = frozenset(kind for kind in documents.KINDS if any(documents.file_name(kind) in p.place for p in problems))
    desk = _Desk(register, settings, catalogue, now, broken)
    style, seen, sound = _style(settings), register.state(_STATE), {}
    for number in register.numbers():
        before = register.sign(number) + style
        if seen.get(number) != before:
            found = _look(desk, number)
            problems += found
            if found or broken or register.sign(number) + style != before:
                continue
        sound[number] = before
    register.save_state(_STATE, sound)
    return desk.rendered, problems


def look(register: Register, settings: Settings, filed: Filed) -> Look | None:
    """What follows from one case; None when its file cannot be used."""
    if filed.case is None:
        return None
    staff = Staff.of(settings.petugas, filed.events, register.fingerprint)
    return workflow.look(filed.case, filed.document, filed.events, staff)


def check(filed: Filed, seen: Look | None, catalogue: Catalogue) -> list[Problem]:
    """Everything that staff must mend in one case before its letters can be written."""
    found = list(filed.problems)
    if filed.case is None or seen is None:
        return found
    found += [*seen.problems, *law.resolve(filed.case.kajian.dasar_hukum, catalogue, filed.document)[1]]
    for kind in seen.letters:
        found += documents.missing(filed.case, kind, catalogue, filed.document)
    return list(dict.fromkeys([*found, *_outdated(filed, filed.case, seen)]))


def _style(settings: Settings) -> str:
    """A digest of what letters are made from besides the case: templates, catalogue, settings."""
    digest = hashlib.sha256(settings.model_dump_json().encode())
    for path in sorted(settings.opinions.iterdir()):
        if path.is_file() and not path.name.startswith(("~$", ".")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _look(desk: _Desk, number: str) -> list[Problem]:
    """What one case calls for, and everything wrong with it; whatever fails there stops there."""
    try:
        filed = desk.register.read(number)
        seen = look(desk.register, desk.settings, filed)
        _note_status(desk, filed, seen)
        found = check(filed, seen, desk.catalogue)
        return found or list(_letters(desk, filed, seen))
    except (PayungError, OSError) as error:
        return [Problem(number, None, str(error), "Bila perlu, pulihkan foldernya dari cadangan.")]


def _note_status(desk: _Desk, filed: Filed, seen: Look | None) -> None:
    """Let the journal say that staff brought the case to another status, who did, and in which text."""
    if filed.case is None or seen is None:
        return
    last = next((event.data for event in reversed(filed.events) if event.kind == "status"), {"menjadi": "diajukan"})
    digests = workflow.digests(filed.case)
    decided = seen.status in {"disetujui", "dikembalikan"} and last.get("pemeriksaan") != digests["pemeriksaan"]
    if seen.status != last["menjadi"] or decided:
        text = hashlib.sha256(filed.document.text.encode()).hexdigest()
        data = {"dari": last["menjadi"], "menjadi": seen.status, "sha256": text, **digests}
        desk.register.record(filed.number, Event("status", desk.now, seen.actor, data))


def _letters(desk: _Desk, filed: Filed, seen: Look | None) -> Iterator[Problem]:
    """Write the letters that one case calls for; gives what is wrong with them."""
    if filed.case is None or seen is None:
        return
    written = [event.data for event in filed.events if event.kind == "surat"]
    numbered = bool(filed.case.penyampaian.nomor_surat)
    for kind in seen.letters:
        if kind in desk.broken:
            continue
        # A letter that bears its number is never written over: what is new stands beside it.
        known = {data["berkas"]: data["sha256"] for data in written if not data["bernomor"]}
        try:
            applicant = desk.register.dossier(filed.number).applicant
            content = documents.render(
                kind, filed.case, applicant, desk.settings, desk.catalogue, desk.settings.opinions
            )
        except BrokenFiles as error:
            yield from error.problems
            continue
        placed = documents.place(filed.folder / OUTGOING, documents.file_name(kind), content, known)
        data = {"jenis": kind, "berkas": placed.path.name, "sha256": placed.sha256, "bernomor": numbered}
        if data not in written:
            desk.register.record(filed.number, Event("surat", desk.now, "payung", data))
        if placed.changed:
            desk.rendered.append((filed.number, placed.path.name, placed.note))


def _outdated(filed: Filed, case: CaseFile, seen: Look) -> Iterator[Problem]:
    """Letters still in the folder that contradict what staff have decided since."""
    if seen.status in {"disampaikan", "dibatalkan", "diarsipkan"}:
        return
    due = {*seen.letters, case.bentuk, "tanda_terima"}
    for event in filed.events:
        path = filed.folder / OUTGOING / event.data.get("berkas", "") if event.kind == "surat" else None
        if path and event.data["jenis"] not in due and path.exists():
            yield Problem(
                str(path),
                None,
                "Surat ini tidak sesuai lagi dengan keputusan.",
                "Hapus, atau pindahkan dari folder keluar.",
            )
