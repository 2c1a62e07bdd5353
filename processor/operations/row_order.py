"""In which order lists show cases: of one status, those whose applicant named a near date first. Pure."""

from collections import defaultdict
from collections.abc import Sequence

from processor.operations.case_row import CaseRow


def by_urgency(rows: Sequence[CaseRow]) -> Sequence[CaseRow]:
    """Give rows with those of a near date, the nearest first, before others of their status; all else in its order."""
    if not any(row.urgent for row in rows):
        return rows
    same = defaultdict[str, list[CaseRow]](list)
    for row in rows:
        same[row.status].append(row)
    queues = {status: iter(sorted(some, key=lambda row: row.urgent or "~")) for status, some in same.items()}
    return [next(queues[row.status]) for row in rows]
