"""One step in several cases at once, where that makes sense: each succeeds, or is told, by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from processor.cases.case_status import Status
from processor.desk import step_forms, wording
from processor.desk.permissions import Act
from processor.desk.step_forms import StepForm
from processor.desk.visit import NoSuchPage, Sent, Visit, rendered
from processor.foundation.errors import BrokenFiles, PayungError
from processor.operations import edit_session, overview, steps
from processor.operations.case_row import CaseRow

STEPS: Mapping[Act, frozenset[Status]] = {
    "arsipkan": frozenset({"selesai", "dibatalkan"}),
    "tugaskan": frozenset({"diteruskan"}),
}
"""The steps that may be taken in several cases, and in which status a case is listed for them."""
_MOST = 100
_NONE = "Centang dahulu permohonannya."


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What a step came to in one case, or what stops it there."""

    number: str
    sentence: str
    stopped: bool


def many_page(visit: Visit) -> str:
    """Make the page of the cases in which one step can be taken. Raises NoSuchPage for any other step."""
    return _page(visit)


def take_in_many(visit: Visit) -> Sent | str:
    """Show the form for cases that were chosen in the list, what the step would do in each, or do it once confirmed."""
    if visit.posted.text("tahap") == "pilih":
        return _sent(_page(visit))
    rows, chosen = _rows(visit), visit.posted.each("nomor")
    listed = [row.number for row in rows]
    numbers = [number for number in dict.fromkeys(chosen) if number in listed]
    form = _form(visit, numbers or listed)
    if not numbers or form is None:
        return _page(visit, wrong={"nomor": _NONE})
    if wrong := step_forms.gaps(form, visit.posted, visit.office.now().date()):
        return _page(visit, wrong=wrong)
    sure = visit.posted.text("tahap") == "pasti"
    outcomes = [_outcome(visit, number, sure=sure) for number in numbers]
    return _sent(_page(visit, outcomes=outcomes, done=sure))


def _sent(page: str) -> Sent:
    """Send a page on which nothing is wrong."""
    return Sent(page.encode("utf-8", "replace"), "text/html; charset=utf-8")


def _outcome(visit: Visit, number: str, *, sure: bool) -> StepOutcome:
    """Take the step in one case, or try it, and say what came of it."""
    form = _form(visit, [number])
    if form is None:
        return StepOutcome(number, "statusnya sudah lain; lihat permohonannya.", stopped=True)
    office = visit.office
    try:
        edit_session.check_free(office, number)
        changes = form.write(visit.posted, visit.me, office.now().date())
        done = steps.apply(office, number, changes, by=visit.person, simulate=not sure)
    except BrokenFiles as error:
        return StepOutcome(number, " ".join(problem.message for problem in error.problems), stopped=True)
    except PayungError as error:
        return StepOutcome(number, str(error), stopped=True)
    before, after = (wording.in_words(one.status) for one in (done.before, done.after))
    return StepOutcome(number, f"{before} {'' if sure else 'akan '}menjadi {after}", stopped=False)


def _form(visit: Visit, numbers: list[str]) -> StepForm | None:
    """Find the form of the step in the first of some cases that has it; None where none can take it now."""
    found = (form for number in numbers for form in _forms(visit, number) if form.name == visit.asked["step"])
    return next(found, None)


def _forms(visit: Visit, number: str) -> tuple[StepForm, ...]:
    """Give the forms of a case that is still in a status for which it is listed."""
    filed = visit.office.register.read(number)
    derived = overview.derive_for(visit.office, filed)
    listed = derived is not None and derived.status in _statuses(visit)
    return step_forms.possible(visit, filed, derived) if listed else ()


def _rows(visit: Visit) -> list[CaseRow]:
    """List the cases in which the step can be taken, first those that were chosen.

    Raises NoSuchPage for a step that is for one case alone.
    """
    chosen, statuses = {*visit.posted.each("nomor")}, _statuses(visit)
    rows = [row for row in overview.rows(visit.office) if row.status in statuses]
    return sorted(rows, key=lambda row: row.number not in chosen)[:_MOST]


def _statuses(visit: Visit) -> frozenset[Status]:
    """Give the statuses in which cases are listed for the step. Raises NoSuchPage."""
    for step, statuses in STEPS.items():
        if step == visit.asked["step"]:
            return statuses
    raise NoSuchPage("Langkah itu diambil di halaman permohonannya.")


def _page(
    visit: Visit,
    *,
    wrong: Mapping[str, str] | None = None,
    outcomes: list[StepOutcome] | None = None,
    done: bool = False,
) -> str:
    """Make the page: the list with its form, what will happen, or what did."""
    rows, chosen = _rows(visit), [*dict.fromkeys(visit.posted.each("nomor"))]
    listed = {row.number for row in rows}
    return rendered(
        "beberapa.html",
        visit,
        step=visit.asked["step"],
        rows=rows,
        form=_form(visit, [row.number for row in rows]),
        given=visit.posted,
        typed=bool(visit.posted.texts) and visit.posted.text("tahap") != "pilih",
        left_out=[number for number in chosen if number not in listed],
        wrong=wrong or {},
        outcomes=outcomes,
        done=done,
    )
