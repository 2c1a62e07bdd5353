"""Makes the quarterly and yearly reports from the register, in Word; the same day and register give the same bytes."""

from collections import Counter
from itertools import dropwhile

from processor.evaluation import figure_text, periods, report_words
from processor.evaluation.figures import Figures
from processor.evaluation.periods import Period
from processor.evaluation.report_words import Compared
from processor.foundation.indonesian_dates import tanggal
from processor.letters import report_letter
from processor.letters.placement import Placed
from processor.letters.report_letter import ReportHead
from processor.letters.word.report_blocks import Text
from processor.operations import office_records
from processor.operations.act_journal import Person
from processor.operations.figures import register_figures
from processor.operations.office import Office
from processor.operations.reporting import report_files, report_parts, report_sections
from processor.operations.reporting.report_sections import ReportMaterial

_WAIT = 10.0
_TREND = 8  # quarters
_OWN = "Untuk kantor sendiri; jangan dibagikan."


def head_of(period: Period, made: str) -> ReportHead:
    """Say what the report of a period is called; ``made`` is the day of it in words."""
    title = (
        "Pemetaan Permohonan Bantuan Hukum"
        if period.quarter
        else "Laporan Evaluasi Layanan Bantuan Hukum secara Elektronik"
    )
    return ReportHead(title, period.title, made)


def make(office: Office, by: Person, period: Period) -> tuple[Placed, ...]:
    """Make the report of a period, the yearly one with the letter that goes with it.

    Raises:
        BrokenFiles: With every mistake in the templates; then nothing was written.
        PayungError, OSError: The period has not begun, the disk refuses, or the register is busy.
    """
    report_files.check_begun(office, period)
    given = material(office, period)
    head = head_of(period, tanggal(given.today))
    blocks = tuple(report_sections.quarterly(given) if period.quarter else report_sections.yearly(given))
    report = report_files.report_of(office, period)
    documents = {report.name: report_letter.render(head, blocks, report_sections.annex(given), office.settings)}
    if not period.quarter:
        summary = " ".join(report_words.summary(given.found))
        documents[f"pengantar-{period}.docx"] = report_letter.render_cover(head, summary, office.settings)
    with office.register.lock(_WAIT):
        return tuple(report_files.place(office, by, period, name, content) for name, content in documents.items())


def material(office: Office, period: Period) -> ReportMaterial:
    """Gather what a report is made of. Raises as ``register_figures.figures_of``."""
    today, records = office.now().date(), office_records.read(office)
    shown = _quarters_until(min(period.quarters[-1], periods.quarter_of(today)))
    first = min(shown[0].first, period.previous.first)
    facts, (now, before) = register_figures.figures_of_each(office, (period, period.previous), first)
    counts = Counter(periods.quarter_of(one.received) for one in facts.cases)
    return ReportMaterial(
        Compared.of(now.outside, before.outside),
        dict(dropwhile(lambda pair: not pair[1], ((one, counts[one]) for one in shown))),
        records.activities.entries,
        records.obstacles.entries,
        records.risks.entries,
        records.actions.entries,
        office.settings,
        today,
    )


def _quarters_until(last: Period) -> tuple[Period, ...]:
    """Give the quarters of which the trend is shown, oldest first."""
    quarters = [last]
    while len(quarters) < _TREND:
        quarters.insert(0, quarters[0].previous)
    return tuple(quarters)


def figures_document(office: Office, found: Figures) -> bytes:
    """Set all figures of a period in Word, for the office itself. Raises BrokenFiles."""
    head = ReportHead("Angka Layanan", found.period.title)
    said = Text(f"{_OWN} {figure_text.heading(found)}. {figure_text.unread_sentence(found)}".rstrip())
    return report_letter.render(head, (said, *report_parts.all_figures(found)), (), office.settings)
