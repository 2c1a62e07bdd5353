"""What the office writes about itself -> tables for a terminal, and JSON. Pure, and without identity."""

from collections.abc import Iterable
from typing import Any

from processor.cases.office_records import Activity, MonitoringNote, OfficeObstacle, PlannedAction, Risk
from processor.cli.text_table import aligned
from processor.operations.record_lists import RecordList

_WIDEST = 60  # letters of a cell


def lists_text(first: RecordList, *more: RecordList) -> str:
    """Write a list, and others below it where they have rows, each under its title."""
    if not first.rows:
        return first.empty
    lines = _table(first)
    for one in more:
        lines += ["", one.title, *_table(one)] if one.rows else []
    return "\n".join(lines)


def _table(one: RecordList) -> list[str]:
    """Write the rows of a list, long cells cut short."""
    return aligned([title.upper() for title in one.columns], [[_short(cell) for cell in row] for row in one.rows])


def _short(text: str) -> str:
    """Write the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"


def records_data(entries: Iterable[Activity | Risk | PlannedAction | OfficeObstacle | MonitoringNote]) -> list[Any]:
    """Give entries as JSON, risks with their score; keys of the office's own are left out."""
    return [
        {name: one.model_dump(mode="json", include={name})[name] for name in type(one).model_fields}
        | ({"skor": one.skor} if isinstance(one, Risk) else {})
        for one in entries
    ]
