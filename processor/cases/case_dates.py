"""Days and times in a case file that a clock tells to be wrong. Pure: the moment is handed in."""

from collections.abc import Iterator
from datetime import date, datetime

from processor.cases.case_file import DECIDED, ENDED, CaseFile
from processor.foundation.errors import Problem
from processor.foundation.yaml_reader import Document


def still_to_come(document: Document, case: CaseFile, now: datetime) -> Iterator[Problem]:
    """Find days and times of what is written as done that lie after ``now`` (aware, in the office's zone)."""
    for key, moment in _written(case):
        if moment and (day := _day(moment, now)) > now.date():
            message = f"“{'.'.join(key)}” ({day}) belum tiba."
            yield Problem(str(document.path), document.line(key), message, "Periksa tanggal, bulan, dan tahunnya.")


def _written(case: CaseFile) -> Iterator[tuple[tuple[str, ...], date | None]]:
    """Give every day and time in the file, by its key."""
    yield ("diajukan",), case.diajukan
    yield ("diterima",), case.diterima
    yield ("persetujuan", "waktu"), case.persetujuan.waktu
    for part, name in (*DECIDED, *ENDED):
        yield (part, name), getattr(getattr(case, part), name)


def _day(moment: date, now: datetime) -> date:
    """Give the day of a moment, in the zone of ``now`` where it names one itself."""
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(now.tzinfo).date() if moment.tzinfo else moment.date()
