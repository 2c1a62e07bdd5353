"""What is known of how good answers were, at the desk: by request for who sees requests, figures for all."""

from datetime import date

from processor.cases.case_parts import QUALITIES
from processor.desk import quality_page
from tests.evaluation import test_frozen_publication as sample


def test_each_answered_request_stands_with_its_marks_those_without_first() -> None:
    first, second = sample.requests({"netralitas": 2})
    marked = first._replace(marks=tuple((name, 4) for name in QUALITIES), answered=date(2026, 3, 2), returns=1)
    rows = quality_page.marks_list([marked, second]).rows
    assert [row[0] for row in rows] == [second.number, first.number]
    assert rows[0][2:7] == ("belum",) * 5
    assert rows[1][1:] == ("2 Maret 2026", "4", "4", "4", "4", "4", "1", str(first.corrections))
