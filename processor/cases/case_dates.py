"""Days in a case file that a clock tells to be wrong. Pure: the moment is handed in."""

from collections.abc import Iterator
from datetime import date, datetime

from processor.cases.case_file import DECIDED, ENDED, CaseFile
from processor.foundation.errors import Problem
from processor.foundation.yaml_reader import Document


def still_to_come(document: Document, case: CaseFile, now: datetime) -> Iterator[Problem]:
    """Find days on which staff wrote that something was done, and that lie after ``now`` (in the office's zone)."""
    for part, name in (*DECIDED, *ENDED):
        day: date | None = getattr(getattr(case, part), name)
        if day and day > now.date():
            message, mend = f"“{part}.{name}” ({day}) belum tiba.", "Periksa tanggal, bulan, dan tahunnya."
            yield Problem(str(document.path), document.line((part, name)), message, mend)
