"""The desk's page of how good the answers were: the marks that reviewers gave, returns, and the figures of that."""

from collections.abc import Sequence

from processor.cases.case_parts import QUALITIES
from processor.desk import report_periods
from processor.desk.visit import Visit, rendered
from processor.evaluation import figure_text
from processor.evaluation.case_facts import CaseFacts
from processor.foundation.indonesian_dates import tanggal
from processor.operations.figures import fact_store
from processor.operations.record_lists import RecordList

_ASPECT = 3
"""The aspect of the yearly evaluation (Pedoman) that is about the substance of answers."""


def quality_page(visit: Visit) -> str:
    """Make the page of a period. Raises NoSuchPage where it is none, PayungError, OSError."""
    office, period = visit.office, report_periods.asked(visit)
    cases = fact_store.facts_of(office, period.first, period.last).cases
    answered = [one for one in cases if one.outcome == "dijawab"]
    return rendered(
        "mutu.html",
        visit,
        period=period,
        choices=report_periods.choices(visit, period),
        figures=report_periods.figures(visit, period).of_aspect(_ASPECT),
        text=figure_text,
        listed=marks_list(answered),
    )


def marks_list(answered: Sequence[CaseFacts]) -> RecordList:
    """List what is known of each answered request, those without marks first."""
    titles = tuple(name.replace("_", " ").capitalize() for name in QUALITIES)
    columns = ("Permohonan", "Dijawab", *titles, "Dikembalikan", "Surat diganti")
    order = sorted(answered, key=lambda one: (bool(one.marks), one.number))
    empty = "Belum ada permohonan periode ini yang dijawab."
    return RecordList("Nilai tiap permohonan", columns, tuple(map(_row, order)), empty)


def _row(one: CaseFacts) -> tuple[str, ...]:
    marks = dict(one.marks)
    given = (str(marks.get(name, "belum")) for name in QUALITIES)
    day = tanggal(one.answered) if one.answered else ""
    return (one.number, day, *given, str(one.returns), str(one.corrections))
