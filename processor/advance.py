"""Looks at every case that changed since the last pass and writes the letters that it now calls for."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from processor import documents, law, workflow
from processor.case import Event
from processor.errors import BrokenFiles, PayungError, Problem
from processor.law import Catalogue
from processor.register import Filed, Register
from processor.settings import Settings

_STATE = "maju"
Rendered = tuple[str, str, str]
"""Number, file name and note of a document."""


def advance(register: Register, settings: Settings, now: datetime) -> tuple[list[Rendered], list[Problem]]:
    """Write what is due; a case that is unchanged and sound is not read again."""
    rendered: list[Rendered] = []
    problems: list[Problem] = []
    try:
        catalogue = law.load(settings.opinions / law.FILE_NAME)
    except BrokenFiles as error:
        return rendered, list(error.problems)
    style, seen, sound = _style(settings), register.state(_STATE), {}
    for number in register.numbers():
        if seen.get(number) != register.sign(number) + style:
            found = _look(register, number, settings, catalogue, now, rendered)
            problems += found
            if found:
                continue
        sound[number] = register.sign(number) + style
    register.save_state(_STATE, sound)
    return rendered, problems


def _style(settings: Settings) -> str:
    """A digest of what letters are made from besides the case: templates, catalogue, settings."""
    digest = hashlib.sha256(settings.path.read_bytes())
    for path in sorted(settings.opinions.iterdir()):
        if path.is_file() and not path.name.startswith(("~$", ".")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _look(
    register: Register, number: str, settings: Settings, catalogue: Catalogue, now: datetime, rendered: list[Rendered]
) -> list[Problem]:
    """What one case calls for, and everything wrong with it; whatever fails there stops there."""
    try:
        filed = register.read(number)
        found = [*filed.problems, *(workflow.check(filed.case, filed.document) if filed.case else ())]
        return [*found, *_letters(filed, register, settings, catalogue, now, rendered)]
    except (PayungError, OSError) as error:
        return [Problem(number, None, str(error), "Bila perlu, pulihkan foldernya dari cadangan.")]


def _letters(
    filed: Filed, register: Register, settings: Settings, catalogue: Catalogue, now: datetime, rendered: list[Rendered]
) -> Iterator[Problem]:
    """Write the letters that one case calls for; gives what is missing for them."""
    if filed.case is None:
        return
    known = {e.data["berkas"]: e.data["sha256"] for e in filed.events if e.kind == "surat"}
    for kind in workflow.letters(filed.case):
        lacking = documents.missing(filed.case, kind, catalogue, filed.document)
        if lacking:
            yield from lacking
            continue
        try:
            applicant = register.dossier(filed.number).applicant
            content = documents.render(kind, filed.case, applicant, settings, catalogue, settings.opinions)
        except BrokenFiles as error:
            yield from error.problems
            continue
        placed = documents.place(filed.folder / "keluar", documents.file_name(kind), content, known)
        if known.get(placed.path.name) != placed.sha256:
            data = {"berkas": placed.path.name, "sha256": placed.sha256}
            register.record(filed.number, Event("surat", now, "payung", data))
        if placed.changed:
            rendered.append((filed.number, placed.path.name, placed.note))
