"""The officers' private pages, made fresh from the register: what waits, what is late, one case, what was answered.

They only show; the forms on the page of a case post to ``step_acts``. Nothing that is sealed is shown, and no letter
is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from processor.cases import additions, answers, deadlines, earlier_texts
from processor.cases.case_file import CaseFile
from processor.cases.case_status import Derived
from processor.cases.deadlines import Due
from processor.cases.register import OUTGOING, Filed
from processor.desk import filters, note_forms, step_forms, wording
from processor.desk.visit import NoSuchPage, Posted, Visit, rendered
from processor.foundation import working_time
from processor.foundation.errors import PayungError, Problem
from processor.foundation.indonesian_dates import tanggal
from processor.operations import (
    case_check,
    case_filters,
    case_notes,
    confirming,
    follow_ups,
    letter_signatures,
    office_clock,
    overview,
    row_order,
)
from processor.operations.case_filters import NOTHING, Chosen
from processor.operations.office import Office
from processor.operations.overview import CaseRow

_DAY = 420  # working minutes (SOP)
ARCHIVED = "diarsipkan"
_FRESH = timedelta(minutes=2)
_PARTS = ("verifikasi", "penugasan", "kajian", "pemeriksaan", "penyampaian", "pembatalan", "arsip")
_NOTED = {"mutu", "komentar_bagian"}  # shown among the notes, and beside the study


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A row as a page shows it: its nearest deadline, what that is for, and whether it is past or near."""

    row: CaseRow
    by: datetime | None
    step: str
    late: bool
    soon: bool


@dataclass(frozen=True, slots=True)
class Workload:
    """How many cases wait for an officer, and how many of those are late."""

    key: str
    name: str
    roles: tuple[str, ...]
    waiting: int
    late: int


def front_page(visit: Visit, chosen: Chosen = NOTHING) -> str:
    """Make the page of what waits for the officer, is late, due soon or broken, of the rest, and who has how much.

    Only cases that hold all that was ``chosen`` are listed; the load counts all of them.
    """
    office = visit.office
    rows = list(overview.rows(office))
    lines = _lines(office, [row for row in rows if row.status != ARCHIVED])
    sections: dict[str, list[CaseLine]] = {"Menunggu Anda": []} if visit.me and not chosen else {}
    for line in (line for line in lines if case_filters.holds(line.row, chosen)):
        sections.setdefault(_section(line, visit.me), []).append(line)
    order = ("Menunggu Anda", "Terlambat", "Segera jatuh tempo", "Perlu dibetulkan", "Lainnya")
    return rendered(
        "meja.html",
        visit,
        sections={title: sections[title] for title in order if title in sections},
        loads=[_workload(key, lines, office) for key in office.settings.petugas],
        archived=len(rows) - len(lines),
        filters=filters.links([line.row for line in lines], chosen, visit.base, petugas=visit.asking),
        clock=office_clock.doubt(office),
    )


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
    return rendered(
        "permohonan.html",
        visit,
        filed=filed,
        case=filed.case,
        derived=derived,
        status=derived.status if derived else overview.BROKEN,
        forms=step_forms.possible(visit, filed, derived),
        note_forms=note_forms.possible(visit, filed, derived),
        digest=step_forms.digest(filed.document.text),
        nothing_typed=Posted(),
        just_now=_just_now(visit, filed),
        confirmable=[
            one
            for one in confirming.waiting(office, filed)
            if visit.signed_in and confirming.may_confirm(office, filed, one, visit.me)
        ],
        commands=_commands(visit, filed, derived),
        problems=[
            (place_of_problem(problem, filed.folder), problem.sentence)
            for problem in case_check.mistakes(office, filed, derived)
        ],
        findings=additions.findings(filed, office.form),
        additions=additions.read(filed),
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


def _lines(office: Office, rows: Sequence[CaseRow]) -> list[CaseLine]:
    """Turn rows into lines, the nearest deadline first, then by number; of one status those with a near date first."""
    now = office.now()
    soon = (
        working_time.deadline_after(now, _DAY, office.calendar, deadlines.counting_hours(office.settings.layanan)).at
        or now
    )
    lines = []
    for row in rows:
        runs = {row.step: row.due, deadlines.OVERALL: row.promise}
        by, step = min(((datetime.fromisoformat(at), name) for name, at in runs.items() if at), default=(None, ""))
        lines.append(CaseLine(row, by, step, row.late(now), by is not None and by <= soon))
    lines.sort(key=lambda line: line.by.timestamp() if line.by else float("inf"))
    by_number = {line.row.number: line for line in lines}
    return [by_number[row.number] for row in row_order.by_urgency([line.row for line in lines])]


def _section(line: CaseLine, me: str) -> str:
    """Choose the title under which a line stands: the first that fits."""
    if line.row.status == overview.BROKEN:
        return "Perlu dibetulkan"
    if me in line.row.holders:
        return "Menunggu Anda"
    if line.late:
        return "Terlambat"
    if line.soon:
        return "Segera jatuh tempo"
    return "Perlu dibetulkan" if line.row.wrong else "Lainnya"


def _workload(key: str, lines: Sequence[CaseLine], office: Office) -> Workload:
    """Count what waits for one officer."""
    officer, mine = office.settings.petugas[key], [line for line in lines if key in line.row.holders]
    return Workload(key, officer.nama, officer.peran, len(mine), sum(line.late for line in mine))


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
