"""The folder of exports: which files wait in it, and where they go."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from processor.foundation.errors import Busy, Problem
from processor.intake.sources import inbox
from processor.intake.sources.inbox import RowResult


def put(folder: Path, name: str, content: str, age: int = 0) -> Path:
    path = folder / name
    path.write_text(content)
    when = datetime(2026, 1, 5, tzinfo=ZoneInfo("Asia/Jakarta")).timestamp() - age
    os.utime(path, (when, when))
    return path


def test_waiting_files_stand_oldest_first_and_leave_out_what_is_no_export(tmp_path: Path) -> None:
    for age, name in enumerate(["c.CSV", "b.xlsx", "a.tsv", "d.pdf"]):
        put(tmp_path, name, "x", age=age)
    for name in ["a.csv.hasil.csv", "~$b.xlsx", ".a.csv", "x.csv.part", "x.crdownload", "x.tmp", "Thumbs.db"]:
        put(tmp_path, name, "x")
    (tmp_path / "selesai").mkdir()
    put(tmp_path / "selesai", "lama.csv", "x")
    assert [path.name for path in inbox.waiting(tmp_path)] == ["d.pdf", "a.tsv", "b.xlsx", "c.CSV"]


def test_a_missing_folder_has_nothing_waiting(tmp_path: Path) -> None:
    assert inbox.waiting(tmp_path / "belum-ada") == ()


def test_a_file_is_put_aside_with_a_line_for_each_row(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "isi")
    inbox.explain(path, [Problem("a.csv", None, "Rusak.", "Unduh lagi.")])
    moved = inbox.put_aside(path, [RowResult(0, "catatan"), RowResult(3, "=1+1", "BH-1", "-2")])
    assert not path.exists()
    assert not (tmp_path / "a.csv.hasil.csv").exists()
    assert moved.read_text() == "isi"
    result = tmp_path / "selesai" / "a.hasil.csv"
    assert result.read_bytes().decode("utf-8-sig").splitlines() == [
        "baris;hasil;nomor_registrasi;catatan",
        ";catatan;;",
        "3;'=1+1;BH-1;'-2",
    ]


def test_a_second_file_of_the_same_name_overwrites_nothing(tmp_path: Path) -> None:
    moved = []
    for number, name in enumerate(["a.csv", "a.csv", "a.xlsx", "a.csv"]):
        path = put(tmp_path, name, f"isi {number}")
        moved.append(inbox.put_aside(path, [RowResult(number, "tercatat")]))
    assert [path.name for path in moved] == ["a.csv", "a-2.csv", "a-3.xlsx", "a-4.csv"]
    assert [path.read_text() for path in moved] == ["isi 0", "isi 1", "isi 2", "isi 3"]
    assert len(list((tmp_path / "selesai").glob("*.hasil.csv"))) == 4


def test_after_a_crash_between_result_and_move_it_is_done_again(tmp_path: Path) -> None:
    results = [RowResult(2, "tercatat", "BH-2026-0001")]
    inbox.put_aside(put(tmp_path, "a.csv", "isi"), results).rename(tmp_path / "a.csv")
    assert inbox.put_aside(tmp_path / "a.csv", results).name == "a.csv"
    assert sorted(path.name for path in (tmp_path / "selesai").iterdir()) == ["a.csv", "a.hasil.csv"]


def test_a_file_that_grew_while_it_was_read_stays(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "isi")
    seen = inbox.change_mark(path)
    path.write_text("isi dan sisanya")
    with pytest.raises(Busy):
        inbox.put_aside(path, [], seen)
    assert path.exists()


def test_explaining_twice_writes_once_and_the_file_stays(tmp_path: Path) -> None:
    path = put(tmp_path, "a.pdf", "isi")
    problems = (Problem("a.pdf", 7, "Rusak.", "Unduh lagi."),)
    assert inbox.explain(path, problems)
    assert not inbox.explain(path, problems)
    assert path.exists()
    assert "7;ditahan;;Rusak. Unduh lagi." in (tmp_path / "a.pdf.hasil.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("stem", ["a" * 240, "é" * 118], ids=["letters", "bytes"])
def test_a_name_as_long_as_a_folder_holds_is_read_explained_and_put_aside_twice(tmp_path: Path, stem: str) -> None:
    for _ in range(2):
        path = put(tmp_path, f"{stem}.csv", "isi")
        assert inbox.explain(path, [Problem("a", None, "Rusak.", "Unduh lagi.")])
        assert inbox.waiting(tmp_path) == (path,)
        inbox.put_aside(path, [RowResult(2, "baru", "BH-2026-0001")])
    names = [path.name for path in (tmp_path / inbox.DONE).iterdir()]
    assert len([name for name in names if name.endswith(inbox.RESULT)]) == 2
    assert len(names) == 4
    assert not inbox.waiting(tmp_path)


def test_two_long_names_that_begin_alike_are_explained_apart(tmp_path: Path) -> None:
    for end in "12":
        assert inbox.explain(put(tmp_path, f"{'a' * 200}{end}.csv", "isi"), [Problem("a", None, "Rusak.")])


@pytest.mark.parametrize(
    "name", ["a.csv:Zone.Identifier", "desktop.ini", "Thumbs.db", "~$a.xlsx", ".~lock.a.ods#", ".DS_Store"]
)
def test_what_systems_leave_in_a_folder_is_nobodys_export(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, "x")
    assert not inbox.waiting(tmp_path)
    assert not list(inbox.shortcuts(tmp_path))


@pytest.mark.parametrize("name", ["Tanggapan.gsheet", "Tanggapan.xlsx.lnk", "Tanggapan.URL"])
def test_a_shortcut_is_no_export_and_says_what_to_do(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, "x")
    assert not inbox.waiting(tmp_path)
    ((path, problem),) = inbox.shortcuts(tmp_path)
    assert (path.name, problem.place) == (name, name)
    assert "unduh" in problem.mend
