"""The report on one unit: what was published of it, what the office did there, and what was seen there.

Of its requests it tells only what the audit let out to everybody, so that it may be handed to the unit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from processor.cases.office_records import Activity, MonitoringNote
from processor.evaluation import suppression, unit_publications
from processor.evaluation.figure_text import number
from processor.evaluation.periods import Period
from processor.evaluation.unit_publications import UnitPublications
from processor.foundation import unit_tree
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.unit_tree import Unit
from processor.letters import report_letter
from processor.letters.placement import Placed
from processor.letters.report_letter import ReportHead
from processor.letters.word.report_blocks import Block, Column, Heading, Judgement, ReportTable, Text
from processor.operations import office_records, record_lists
from processor.operations.act_journal import Person
from processor.operations.figures import figure_release
from processor.operations.office import Office
from processor.operations.reporting import report_files, report_parts

_WAIT = 10.0


@dataclass(frozen=True, slots=True)
class UnitMaterial:
    """All that the report on ``unit`` is made of: of it and of the units below it, in ``period``."""

    unit: Unit
    period: Period
    published: UnitPublications
    activities: tuple[Activity, ...]
    notes: tuple[MonitoringNote, ...]
    today: date


def make(office: Office, by: Person, code: str, period: Period) -> Placed:
    """Make the report on a unit.

    Raises:
        PayungError: No unit has this code, the period has not begun, the disk refuses, or the register is busy.
        BrokenFiles: With every mistake in the template.
    """
    given = material(office, code, period)
    head = ReportHead(f"Laporan Unit {given.unit.nama}", period.title, tanggal(given.today))
    content = report_letter.render(head, tuple(blocks(given)), (), office.settings)
    with office.register.lock(_WAIT):
        return report_files.place(office, by, period, f"unit-{given.unit.kode}-{period}.docx", content)


def material(office: Office, code: str, period: Period) -> UnitMaterial:
    """Gather what the report on a unit is made of. Raises PayungError, and OSError where the disk refuses."""
    unit, today = unit_tree.chosen(office.settings.unit, code), office.now().date()
    report_files.check_begun(office, period)
    inside = unit_tree.below(office.settings.unit, unit.kode)
    records = office_records.read(office)
    published = [one for one in figure_release.state_of(office).published if one.period.year == period.year]
    return UnitMaterial(
        unit,
        period,
        unit_publications.of_unit([one for one in published if _wanted(one.period, period)], unit.kode),
        tuple(
            one
            for one in records.activities.entries
            if inside & {*one.unit} and period.holds(one.tanggal) and one.tanggal <= today
        ),
        tuple(one for one in records.monitoring.entries if one.unit in inside and period.holds(one.tanggal)),
        today,
    )


def _wanted(published: Period, asked: Period) -> bool:
    """Tell whether a published period lies in the one that was asked for."""
    return not asked.quarter or published == asked


def blocks(given: UnitMaterial) -> Iterator[Block]:
    """Give what the report says. Pure."""
    yield Heading("Permohonan dari unit ini")
    yield from _requests(given.published)
    yield Heading("Kegiatan bagi unit ini")
    yield report_parts.activity_table(given.activities, given.today, "Tidak ada kegiatan yang menyebut unit ini.")
    yield Heading("Pemantauan netralitas")
    notes = record_lists.monitoring(given.notes)
    yield report_parts.record_table(notes, (3, 3, 8), "Tidak ada catatan pemantauan pada periode ini.")
    yield Heading("Tindak lanjut")
    yield Judgement("Apa yang perlu dilakukan bagi unit ini, oleh siapa, dan kapan?")


def _requests(found: UnitPublications) -> Iterator[Block]:
    """Give what was published of the unit's requests."""
    if not found.rows:
        yield Text("Belum ada angka permohonan unit ini yang diterbitkan; yang belum diterbitkan tidak dimuat di sini.")
        return
    columns = (
        Column("Unit", 4),
        *(Column(report_parts.short_title(one.period), 2, numbers=True) for one in found.publications),
    )
    rows = tuple((name, *map(number, counts)) for name, counts in found.rows)
    days = ", ".join(dict.fromkeys(tanggal(one.made) for one in found.publications))
    note = f"Permohonan menurut angka yang diterbitkan pada {days}. {suppression.HIDDEN if found.hides_any else ''}"
    yield ReportTable("Permohonan", columns, rows, note.strip())
