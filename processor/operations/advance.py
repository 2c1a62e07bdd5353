"""Looks at every case that changed since the last pass, or whose time has come, and does what now follows.

The journal learns what staff changed and to which status that brought the case; letters are written, and what was
delivered is fixed; notices and reminders join the outbox.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from processor.cases import case_status, decision_digests, rules, staff_edits
from processor.cases.case_status import Derived
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.foundation import law_catalogue
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.progress import counted
from processor.letters import documents
from processor.operations import case_check, case_letters, notices, overview
from processor.operations.case_letters import CasePass, Rendered
from processor.operations.office import Office
from processor.operations.overview import CaseRow, KnownRows


def advance(office: Office) -> tuple[list[Rendered], list[Problem]]:
    """Do what is due; a case that is unchanged and sound is not read again. What is broken comes back."""
    try:
        catalogue = law_catalogue.load(office.settings.law_catalogue)
    except BrokenFiles as error:
        return [], list(error.problems)
    problems = list(documents.check_templates(office.settings.opinions))  # told once, and not once for every case
    broken = frozenset(kind for kind in documents.KINDS if any(documents.file_name(kind) in p.place for p in problems))
    desk = CasePass(office, catalogue, office.now(), broken)
    problems += _walk(desk, KnownRows.load(office))
    return desk.rendered, problems


def _walk(desk: CasePass, known: KnownRows) -> Iterator[Problem]:
    """Every case that is not quiet; the rows of the others stay as they were."""
    register, moment = desk.office.register, desk.now.astimezone(UTC).isoformat()
    marks = register.change_marks()
    for number, mark in counted(desk.office.progress, "Memeriksa permohonan", marks.items()):
        if known.unchanged_and_sound(number, mark, moment):
            continue
        found, row = _case(desk, number, known.previous_row(number))
        yield from found
        after = register.change_mark(number)
        known.keep(row, after, sound=after == mark and not (found or desk.broken))
    known.keep_only(marks)
    known.save()


def _case(desk: CasePass, number: str, before: CaseRow | None) -> tuple[list[Problem], CaseRow]:
    """Work on one case: everything wrong with it, and its new row. Whatever fails there stops there."""
    try:
        with overview.one_case_at_a_time():
            desk.office.register.mend(number)
            filed = desk.office.register.read(number)
            seen = overview.derive_for(desk.office, filed)
            filed = _note(desk, filed, seen)
            found = case_check.check_case(desk.office, filed, seen, desk.catalogue)
            if filed.case and seen and set(found) <= {*case_check.harmless(desk.office, filed, seen)}:
                filed, wrong = case_letters.write_due(desk, filed, filed.case, seen)
                found += wrong
            filed, unsent = notices.queue_notices(desk, filed, seen, before, found)
            found += unsent
            return found, overview.row(desk.office, filed, seen, desk.now, len(found))
    except (PayungError, OSError) as error:
        return [Problem(number, None, str(error), case_check.RESTORE)], CaseRow(number, wrong=1)


def _note(desk: CasePass, filed: Filed, seen: Derived | None) -> Filed:
    """Let the journal say what staff changed, and to which status that brought the case: who, and in which text."""
    case, register = filed.case, desk.office.register
    if case is None or seen is None:
        return filed
    text = hashlib.sha256(filed.document.text.encode()).hexdigest()
    changed = staff_edits.changed_fields(case, filed.events, register.fingerprint)
    if changed:
        who = staff_edits.author(register.folder, filed.document.path) or "petugas"
        filed = desk.record(filed, "disunting", who, {**staff_edits.edit_record(changed), "sha256": text})
    at = max((index for index, event in enumerate(filed.events) if event.kind == "status"), default=-1)
    last = filed.events[at].data if at >= 0 else {"menjadi": "diajukan"}
    digests = decision_digests.digests(case)
    if seen.status == last["menjadi"] and not _decided_anew(seen, last, digests):
        return filed
    data = {"dari": last["menjadi"], "menjadi": seen.status, "sha256": text, **digests}
    return desk.record(filed, "status", _who(seen, filed.events[at + 1 :]), data)


def _who(seen: Derived, since: Sequence[Event]) -> str:
    """Who brought a case to its status, by what happened ``since`` the last one: a person only by their own words."""
    edited = {place.partition(".")[0] for event in since for place in event.data.get("bagian", ())}
    if case_status.WRITTEN_IN.get(seen.status) in edited:
        return seen.actor
    return "pemohon" if any(event.kind in rules.COMPLETIONS for event in since) else "petugas"


def _decided_anew(seen: Derived, last: Mapping[str, Any], digests: dict[str, str]) -> bool:
    """Whether the decision that stands was written again since the journal told of it."""
    part = case_status.DECIDED_IN.get(seen.status)
    return part is not None and last.get(part) != digests[part]
