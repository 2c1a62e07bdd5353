"""The page of one case, made fresh from the register, with all that an officer may see of it.

It only shows; its forms post to ``step_acts``. Nothing that is sealed is shown, and no letter
is read.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from processor.cases import additions, answers, earlier_texts
from processor.cases.case_file import CaseFile
from processor.cases.case_status import Derived
from processor.cases.confirmations import StandingDecision
from processor.cases.deadlines import Due
from processor.cases.register import OUTGOING, Filed
from processor.desk import message_lines, note_forms, step_forms, wording
from processor.desk.visit import NoSuchPage, Posted, Visit, rendered
from processor.foundation.errors import PayungError, Problem
from processor.foundation.indonesian_dates import tanggal
from processor.operations import (
    case_check,
    case_notes,
    case_row,
    confirming,
    follow_ups,
    letter_signatures,
    overview,
)
from processor.operations.office import Office

_FRESH = timedelta(minutes=2)
_PARTS = ("verifikasi", "penugasan", "kajian", "pemeriksaan", "penyampaian", "pembatalan", "arsip")
_NOTED = {"mutu", "komentar_bagian"}  # shown among the notes, and beside the study


def case_page(visit: Visit, number: str) -> str:
    """Make the page of everything that an officer may see of one case.

    Raises:
        NoSuchPage: there is no such case.
        PayungError, OSError: its files cannot be read.
    """
    office = visit.office
    if not is_case(office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    filed = office.register.read(number)
    derived = overview.derive_for(office, filed)
    forms, notes = step_forms.possible(visit, filed, derived), note_forms.possible(visit, filed, derived)
    return rendered(
        "permohonan.html",
        visit,
        filed=filed,
        case=filed.case,
        derived=derived,
        status=derived.status if derived else case_row.BROKEN,
        forms=forms,
        note_forms=notes,
        digest=step_forms.digest(filed.document.text),
        nothing_typed=Posted(),
        just_now=_just_now(visit, filed),
        confirmable=_confirmable(visit, filed),
        commands=_commands(visit, filed, derived),
        problems=[
            (place_of_problem(problem, filed.folder), problem.sentence)
            for problem in case_check.mistakes(office, filed, derived)
        ],
        findings=additions.findings(filed, office.form),
        additions=additions.read(filed),
        messages=[*message_lines.shown(visit, filed, {one.name for one in (*forms, *notes)})],
        deadlines=_deadlines(office, overview.deadlines_of(office, filed, derived)),
        rounds=earlier_texts.review_notes(filed.folder, filed.document.text),
        parts=_staff_parts(filed.case) if filed.case else {},
        notes=case_notes.in_words(filed.case, office.settings.layanan) if filed.case else {},
        events=[(event, wording.event_sentence(event)) for event in filed.events],
        files=list(_file_places(filed)),
        signed=letter_signatures.of_answer(filed.events, office.settings.layanan),
        asked_about=filed.case.lanjutan_dari if filed.case and is_case(office, filed.case.lanjutan_dari) else "",
        earlier=follow_ups.earlier_answer(office, filed.case) if filed.case else (),
    )


def _confirmable(visit: Visit, filed: Filed) -> list[StandingDecision]:
    """List the decisions of a case that whoever is signed in can confirm."""
    if not visit.signed_in:
        return []
    waiting = confirming.waiting(visit.office, filed)
    return [one for one in waiting if confirming.may_confirm(visit.office, filed, one, visit.me)]


def _just_now(visit: Visit, filed: Filed) -> list[str]:
    """Say what whoever looks did last in a case, while that is fresh: only what the journal tells."""
    last = filed.events[-1] if filed.events else None
    mine = last is not None and last.actor in {visit.me, visit.account} - {""}
    if last is None or not mine or visit.office.now() - last.time > _FRESH:
        return []
    return [wording.event_sentence(event) for event in filed.events if event.time == last.time]


def _commands(visit: Visit, filed: Filed, derived: Derived | None) -> list[tuple[str, str]]:
    """List what may be run next on a case: what for, and the command."""
    numbered = filed.case is not None and bool(answers.answer_letter(filed.case).number)
    return [*wording.commands(filed.number, derived, visit.office.settings.petugas, visit.me, numbered=numbered)]


def is_case(office: Office, number: str) -> bool:
    """Tell whether ``number`` is that of a case."""
    try:
        return office.register.path(number).is_dir()
    except PayungError:
        return False


def place_of_problem(problem: Problem, folder: Path) -> str:
    """Say where a mistake is, shortly where that is in ``folder``, which the page is about."""
    path = Path(problem.place)
    place = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else problem.place
    return f"{place}, baris {problem.line}" if problem.line else place


def _deadlines(office: Office, due: Due | None) -> Mapping[str, tuple[datetime | None, str]]:
    """Give each deadline that runs: when (aware), and how that was computed."""
    if due is None:
        return {}
    explained = due.explained(office.settings.layanan.zona_singkat)
    return {title: (one.at, trace) for title, (one, trace) in explained.items()}


def _staff_parts(case: CaseFile) -> Mapping[str, Mapping[str, Any]]:
    """Give what staff have written, by part and key of the case file."""
    filled = {
        name: {key: _shown_value(value) for key, value in getattr(case, name) if value and key not in _NOTED}
        for name in _PARTS
    }
    return {name: part for name, part in filled.items() if part}


def _shown_value(value: Any) -> Any:
    """Give a value as a page shows it."""
    if isinstance(value, date):
        return tanggal(value)
    if isinstance(value, str) and " " not in value:
        return wording.in_words(value)
    return "ya" if value is True else value


def _file_places(filed: Filed) -> Iterator[Path]:
    """List where the case and its letters lie: only the paths, as letters hold a name."""
    yield filed.folder
    yield filed.document.path
    yield from sorted(filed.folder.glob("perubahan-*.yaml"))
    outgoing = filed.folder / OUTGOING
    if outgoing.is_dir():
        yield from sorted(path for path in outgoing.iterdir() if path.suffix in {".docx", ".pdf"})
