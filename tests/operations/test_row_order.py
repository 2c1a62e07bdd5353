"""Lists: a near date comes first among cases of the same status, and moves nothing else."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from processor.cli import main
from processor.desk import home_page
from processor.desk.visit import Visit
from processor.operations import overview, steps
from processor.operations.case_row import CaseRow
from processor.operations.office import open_office
from processor.operations.row_order import by_urgency
from tests.office import agency, file, register, response


def row(number: str, status: str, urgent: str = "") -> CaseRow:
    return CaseRow(number, status=status, urgent=urgent)


def test_the_nearest_date_stands_first_among_its_like_and_all_else_stays_in_order() -> None:
    rows = [
        row("1", "disusun"),
        row("2", "diajukan"),
        row("3", "disusun", "2026-12-09"),
        row("4", "diajukan"),
        row("5", "disusun", "2026-12-01"),
        row("6", "disusun"),
    ]
    assert [one.number for one in by_urgency(rows)] == ["5", "2", "3", "4", "1", "6"]
    assert by_urgency(rows[:2]) == rows[:2]


def test_the_list_and_the_desk_show_what_is_urgent_while_it_is_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = agency(tmp_path)
    file(
        register(tmp_path),
        *(
            response(n, minute=n, mendesak="sidang", tanggal_mendesak=day)
            for n, day in enumerate(("", "2026-03-20", "2026-03-09"), start=1)
        ),
    )
    office = open_office(settings, lambda: datetime(2026, 3, 4, 2, 0, tzinfo=UTC), quiet=0)
    main.main(["daftar", "--pengaturan", str(settings.path)])
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.endswith("MENDESAK")
    assert [line[:12] for line in lines] == ["BH-2026-0003", "BH-2026-0002", "BH-2026-0001"]
    assert [line.endswith(day) for line, day in zip(lines, ("2026-03-09", "2026-03-20", ""), strict=True)] == [True] * 3
    page = home_page.front_page(Visit(office, "/a/"))
    assert page.index("mendesak 9 Maret 2026") < page.index("mendesak 20 Maret 2026")
    steps.apply(office, "BH-2026-0003", steps.withdraw(date(2026, 3, 4), "Lewat telepon."))
    assert [one.urgent for one in overview.rows(office)] == ["", "2026-03-20", ""]
