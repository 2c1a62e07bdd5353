"""The desk's page of the check of everything (``payung periksa``): made when somebody asks, told as it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from processor.cases import complaint_register
from processor.desk import officer_pages, work_pages
from processor.desk.background_work import WorkState
from processor.desk.visit import Elsewhere, Sent, Visit, rendered
from processor.foundation.errors import Problem
from processor.operations import office_check
from processor.operations.complaints import complaint_duties
from processor.operations.office import Office

WORK = "periksa"
"""The page, and the name of its work among what the desk does beside answering."""
_GRAVE = "Data atau layanan terancam"
_OTHERS = "Perlu dibetulkan"


@dataclass(frozen=True, slots=True)
class OfficeChecked:
    """What a check gave: findings, how many cases were looked at, and what nobody need mend."""

    findings: tuple[office_check.Finding, ...]
    cases: int
    notes: tuple[str, ...]


def check_page(visit: Visit) -> Sent | str:
    """Make the page of the last check, or of how far the one under way is; the browser then asks again by itself."""
    state = visit.work.state(WORK)
    return work_pages.shown(
        visit, WORK, rendered("periksa.html", visit, state=state, grave=_GRAVE, **_content(visit, state))
    )


def begin_check(visit: Visit) -> Elsewhere:
    """Begin to check everything, unless that is under way."""
    return work_pages.begin(visit, WORK, _checked)


def _checked(office: Office) -> OfficeChecked:
    found = tuple(office_check.findings(office))
    return OfficeChecked(found, len(office.register.numbers()), tuple(office_check.notes(office)))


def _content(visit: Visit, state: WorkState | None) -> dict[str, object]:
    """Give what the page shows of a check that ended: findings by how grave they are, each with its place.

    Those that name a complaint which this officer must not see are only counted.
    """
    result = state.result if state else None
    if not isinstance(result, OfficeChecked):
        return {"groups": {}, "notes": (), "cases": 0, "withheld": 0}
    withheld = _complaints_not_for(visit)
    shown = [one for one in result.findings if not any(number in str(one.problem) for number in withheld)]
    grave, others = ([one.problem for one in shown if one.grave is is_grave] for is_grave in (True, False))
    groups = {_GRAVE: _placed(visit, grave), _OTHERS: _placed(visit, others)}
    return {
        "groups": {title: found for title, found in groups.items() if found},
        "notes": result.notes,
        "cases": result.cases,
        "withheld": len(result.findings) - len(shown),
    }


def _complaints_not_for(visit: Visit) -> frozenset[str]:
    """Give the numbers of the complaints that whoever looks must not see."""
    seen = {row.number for row in complaint_duties.visible(visit.office, visit.me)}
    return frozenset(complaint_register.numbers(visit.office.register)) - seen


def _placed(visit: Visit, problems: Sequence[Problem]) -> list[tuple[str, str, Problem]]:
    """Give each problem once, with where it stands, shortly where that is in the office's folder, and of which case."""
    folder = visit.office.settings.root
    return [
        (officer_pages.place_of_problem(one, folder), _case_of(visit.office, one), one)
        for one in dict.fromkeys(problems)
    ]


def _case_of(office: Office, problem: Problem) -> str:
    """Give the number of the case that a problem is in; "" where it is in none."""
    return next((part for part in Path(problem.place).parts if officer_pages.is_case(office, part)), "")
