"""Which period a page of figures is about, which others can be chosen there, and what of it somebody may see."""

from collections.abc import Iterator

from processor.desk.visit import NoSuchPage, Visit
from processor.evaluation import periods
from processor.evaluation.figures import Figures
from processor.evaluation.periods import Period
from processor.foundation.errors import PayungError
from processor.operations.figures import register_figures
from processor.operations.reporting import report_duties, report_files

_YEARS = 3


def read(visit: Visit, written: str) -> Period:
    """Read a period that has begun. Raises NoSuchPage for anything else."""
    try:
        period = periods.parse(written)
        report_files.check_begun(visit.office, period)
    except PayungError as error:
        raise NoSuchPage(str(error)) from None
    return period


def asked(visit: Visit) -> Period:
    """Give the period that the address names, else that of the report that is due first, else the year under way.

    Raises NoSuchPage for a period that is none.
    """
    if written := visit.asked.get("periode"):
        return read(visit, written)
    due = report_duties.open_duties(visit.office)
    return due[0].period if due else register_figures.running_year(visit.office)


def choices(visit: Visit, chosen: Period) -> Iterator[Period]:
    """Give the years and quarters that can be chosen, newest first."""
    today = visit.office.now().date()
    for year in sorted({chosen.year, *range(today.year - _YEARS + 1, today.year + 1)}, reverse=True):
        yield Period(year)
        yield from (one for one in reversed(Period(year).quarters) if one.first <= today)


def figures(visit: Visit, period: Period) -> Figures:
    """Compute the figures of a period that somebody may see. Raises PayungError, OSError."""
    found = register_figures.figures_of(visit.office, period)
    return found if visit.may("angka_kantor") else found.outside
