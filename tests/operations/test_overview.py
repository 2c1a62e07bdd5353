"""One row for every case, made again when what it was made from has changed."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, repeat
from pathlib import Path

import pytest

from processor.foundation import settings
from processor.operations import advance, overview, steps
from processor.operations.case_row import CaseRow
from processor.operations.row_store import KeptRow, RowMemory
from tests.office import ROOT, response, sources
from tests.story import NUMBER, Story


def test_no_reminder_falls_between_two_looks_at_the_clock(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(response())
    wake = datetime.fromisoformat(next(overview.rows(story.office)).wake)
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    path.write_text(path.read_text("utf-8") + "# dilihat lagi\n", "utf-8")
    ticks = chain([wake - timedelta(seconds=1)], repeat(wake + timedelta(seconds=2)))
    advance.advance(replace(story.office, clock=lambda: next(ticks)))
    story.now = wake + timedelta(minutes=1)
    advance.advance(story.office)
    assert [event.kind for event in story.office.register.read(NUMBER).events].count("diingatkan") == 1


def raise_the_version(folder: Path) -> None:
    path = folder / "processor" / "operations" / "overview.py"
    path.write_text(path.read_text("utf-8").replace("VERSION = ", "VERSION = 1 + "), "utf-8")


def bring_other_holidays(folder: Path) -> None:
    (folder / "holidays-999.dist-info").mkdir()
    (folder / "holidays-999.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: holidays\nVersion: 999\n")


def change_a_template(folder: Path) -> None:
    with (folder / "sumber" / "opinions" / "pemberitahuan" / "diterima.txt").open("a") as file:
        file.write("Salam.\n")


def add_a_day_off(folder: Path) -> None:
    path = settings.load(folder / "payung.yaml").days_off
    path.write_text("# diperiksa\n", "utf-8")


def change_another_part_of_the_program(folder: Path) -> None:
    with (folder / "processor" / "cli" / "output.py").open("a") as file:
        file.write("_NEW = 1\n")


@pytest.mark.parametrize(
    ("upgrade", "again"),
    [
        (raise_the_version, True),
        pytest.param(bring_other_holidays, True, marks=pytest.mark.long),
        pytest.param(change_a_template, True, marks=pytest.mark.long),
        (add_a_day_off, True),
        (change_another_part_of_the_program, False),
    ],
)
def test_after_an_upgrade_cases_are_looked_at_again_only_where_that_may_tell_something_new(
    tmp_path: Path, upgrade: Callable[[Path], None], *, again: bool
) -> None:
    (tmp_path / "sumber").mkdir()
    Story(tmp_path, root=sources(tmp_path / "sumber"))
    shutil.copytree(ROOT / "processor", tmp_path / "processor", ignore=shutil.ignore_patterns("__pycache__"))
    assert [known(tmp_path), known(tmp_path)] == ["", NUMBER]
    upgrade(tmp_path)
    assert known(tmp_path) == ("" if again else NUMBER)


LOOK = f"""
import datetime, pathlib
from processor.operations import case_row, office, overview
from processor.foundation import settings
opened = office.open_office(settings.load(pathlib.Path("payung.yaml")), datetime.datetime.now)
known = overview.KnownRows.load(opened)
print(*known.entries)
known.keep(case_row.CaseRow("{NUMBER}"), "tanda", sound=True)
known.save()
"""


def known(folder: Path) -> str:
    """The cases that the program in ``folder`` knew already; then it knows one."""
    return subprocess.run(
        [sys.executable, "-c", LOOK], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


ROW = CaseRow(
    NUMBER, "2026-03-02T08:00:07+07:00", "pendapat_hukum", "disusun", "analis hukum menyusun kajian", ("analis",),
    "kajian", "2026-03-03T08:00:00+07:00", "2026-03-04T08:45:00+07:00", 2, 1, "2026-03-02T14:00:00+07:00",
    sent="2026-03-02T08:00:00+07:00", promise="2026-03-04T08:45:00+07:00", letter="180/1/huk-2026",
)  # fmt: skip
KEPT = KeptRow(
    "tanda",
    sound=True,
    wake="2026-03-02T07:00:00+00:00",
    row='["2026-03-02T08:00:07+07:00", "pendapat_hukum", "disusun", "analis hukum menyusun kajian", ["analis"], '
    '"kajian", "2026-03-03T08:00:00+07:00", "2026-03-04T08:45:00+07:00", 2, 1, "2026-03-02T14:00:00+07:00", '
    '"2026-03-02T08:00:00+07:00", "2026-03-04T08:45:00+07:00", "180/1/huk-2026"]',
)
"""What a pass keeps of a case."""


def test_what_is_kept_of_a_row_never_changes_its_form(tmp_path: Path) -> None:
    made = overview.KnownRows(tmp_path, "", {})
    made.keep(ROW, "tanda", sound=True)
    assert made.entries == {NUMBER: KEPT}
    known = overview.KnownRows(tmp_path, "", {NUMBER: KEPT})
    assert (known.row(NUMBER, "tanda"), known.previous_row(NUMBER), known.row(NUMBER, "lain")) == (ROW, ROW, None)
    two = overview.KnownRows(tmp_path, "", {NUMBER: replace(KEPT, mark="1.2 3.4 5.6")})
    assert [two.row(NUMBER, mark) for mark in ("1.2 3.4", "1.2", "1.2 3", "3.4")] == [ROW, ROW, None, None]
    asked = {"2026-03-02T06:59:59+00:00": True, "2026-03-02T07:00:00+00:00": False}
    assert {now: known.unchanged_and_sound(NUMBER, "tanda", now) for now in asked} == asked
    assert not known.unchanged_and_sound(NUMBER, "lain", "2026-03-02T06:00:00+00:00")


def test_a_process_that_remembers_rows_shows_what_was_written_since_and_makes_no_other_anew(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(response(1), response(2, minute=1))
    remembering = replace(story.office, rows=RowMemory())
    before = list(overview.rows(remembering))
    steps.apply(story.office, NUMBER, steps.verify("diteruskan", "pengelola", story.now.date()))
    after = list(overview.rows(remembering))
    assert [row.status for row in after] == ["diteruskan", "diajukan"]
    assert after[1] is before[1]
    story.passes()
    assert list(overview.rows(remembering)) == list(overview.rows(story.office))


def test_an_archived_case_is_looked_at_once_it_is_written_here_and_else_now_and_then(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    today = story.now.date()
    story.writes(steps.withdraw(today, "Lewat telepon."), steps.archive(today))
    remembering = replace(story.office, rows=RowMemory())

    def shown() -> str:
        return next(overview.rows(remembering)).status

    assert shown() == "diarsipkan"
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    archived = path.read_text("utf-8")
    path.write_text(archived.replace(f"arsip:\n  tanggal: {today}", "arsip:\n  tanggal:"), "utf-8")
    assert shown() == "diarsipkan"
    story.later(seconds=20)
    assert [shown(), shown()] == ["dibatalkan", "dibatalkan"]
    path.write_text(archived, "utf-8")
    assert shown() == "diarsipkan"
    assert remembering.rows
    remembering.rows.written.add(NUMBER)
    path.write_text(archived.replace(f"arsip:\n  tanggal: {today}", "arsip:\n  tanggal:"), "utf-8")
    assert shown() == "dibatalkan"
