"""Exports of the form that somebody dropped into the inbox, in a pass: read once they lie still, put aside once filed.

Everything that was skipped, held back or doubted is told twice: to whoever runs the pass, and beside the file.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from processor.cases.records import Response
from processor.foundation.errors import BrokenFiles, Busy, PayungError, Problem
from processor.foundation.form_definition import Form
from processor.foundation.progress import stage
from processor.intake.recognition import Decision
from processor.intake.sources import inbox, spreadsheet
from processor.intake.sources.inbox import RowResult
from processor.intake.sources.spreadsheet import Export
from processor.operations import decision_notes
from processor.operations.google_source import AfterFiling, if_whole
from processor.operations.office import Office
from processor.operations.pass_report import PassReport, failure_of
from processor.operations.survey import survey_imports

_TOLD = 12  # remarks about one file that a pass shows; the others stand beside it
NO_RESPONSE = "bukan tanggapan"
_REMARK = "catatan"


@dataclass(frozen=True, slots=True)
class DroppedExport:
    """An export that was read: where it lies, its ``inbox.change_mark`` before, and what it gave."""

    path: Path
    seen: str
    export: Export

    def put_aside(self, outcomes: Sequence[Decision], form: Form) -> None:
        """Write beside the file what became of each row, and move both out of the way. Raises Busy, OSError."""
        results = [
            *(RowResult(0, _REMARK, note=note) for note in self.export.notes),
            *(RowResult(row.line, NO_RESPONSE, note=row.reason) for row in self.export.skipped),
            *(
                RowResult(one.response.row, one.kind, one.number, "; ".join(decision_notes.notes(one, form)))
                for one in outcomes
            ),
        ]
        inbox.put_aside(self.path, sorted(results, key=lambda result: result.line), self.seen)

    def remarks(self) -> list[str]:
        """Say what was skipped or doubted, by sheet, row and column; no answer is repeated."""
        name, export = self.path.name, self.export
        lines = [f"{name}: {note}" for note in export.notes]
        if export.skipped:
            rows = _ranges([row.line for row in export.skipped])
            lines.append(f"{name}: {len(export.skipped)} baris dilewati karena bukan tanggapan (baris {rows}).")
        lines += [f"{one.place}: {p.place}: {p.sentence}" for one in export.responses for p in one.problems]
        if len(lines) > _TOLD:
            more = f"{name}: {len(lines) - _TOLD} catatan lagi ada pada berkas .hasil.csv di folder {inbox.DONE}."
            lines[_TOLD:] = [more]
        return lines


def waiting(office: Office, report: PassReport, *, explain: bool) -> Iterator[tuple[Sequence[Response], AfterFiling]]:
    """Give the responses of each export in the inbox with what to do once they are filed; what fails is reported.

    One of the survey is counted at once and gives none. Without ``explain`` nothing is written.
    """
    if explain:
        report.problems += new_shortcuts(office)
    for path in inbox.waiting(office.settings.inbox):
        try:
            dropped = read(office, path)
        except BrokenFiles as error:
            if explain and survey_imports.took(office, report, path):
                continue
            report.problems += error.problems
            if explain:
                inbox.explain(path, error.problems)
        except (PayungError, OSError) as error:
            report.failures.append(failure_of(error))
        else:
            report.remarks += dropped.remarks()
            yield (
                dropped.export.responses,
                if_whole(len(dropped.export.responses), partial(_put_aside, office, report, dropped)),
            )


def _put_aside(office: Office, report: PassReport, dropped: DroppedExport, outcomes: Sequence[Decision]) -> None:
    """Move an export out of the way with its result; say what is wrong with it."""
    dropped.put_aside(outcomes, office.form)
    report.problems += decision_notes.doubts(dropped.path.name, outcomes, office.form)


def read(office: Office, path: Path) -> DroppedExport:
    """Read an export that nobody is writing to. Raises BrokenFiles when it is held back, Busy when it grows."""
    with stage(office.progress, "Membaca ekspor formulir"):
        seen = _still(path, office.quiet)
        return DroppedExport(path, seen, spreadsheet.read(path, office.form, office.settings.export_zone, office.now()))


def new_shortcuts(office: Office) -> Iterator[Problem]:
    """Say once of each file that only points at an export that nothing was filed from it."""
    for path, problem in inbox.shortcuts(office.settings.inbox):
        if inbox.explain(path, [problem]):
            yield problem


def check(office: Office) -> Iterator[Problem]:
    """Find the files in the inbox that no pass could read."""
    for path in inbox.waiting(office.settings.inbox):
        try:
            spreadsheet.read(path, office.form, office.settings.export_zone, office.now())
        except BrokenFiles as error:
            if not survey_imports.is_survey(office, path):
                yield from error.problems
    yield from (problem for _, problem in inbox.shortcuts(office.settings.inbox))


def _still(path: Path, quiet: float) -> str:
    """Give the change mark of a file that nobody is writing to. Raises Busy when it grows meanwhile."""
    before = inbox.change_mark(path)
    if time.time() - path.stat().st_mtime < quiet:
        time.sleep(quiet)
        if inbox.change_mark(path) != before:
            raise Busy(f"{path.name} masih ditulis. Berkas dibiarkan dan dibaca pada putaran berikutnya.")
    return before


def _ranges(lines: Sequence[int]) -> str:
    """Write row numbers, rows in a line as one range: 5–23, 40."""
    parts: list[list[int]] = []
    for line in sorted(lines):
        if parts and line == parts[-1][-1] + 1:
            parts[-1][1:] = [line]
        else:
            parts.append([line])
    return ", ".join("–".join(map(str, part)) for part in parts)
