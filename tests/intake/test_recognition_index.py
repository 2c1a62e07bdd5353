"""The index of what intake compares: found by look-up, made anew when gone or damaged, and telling nobody's name."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from processor.cases import journal
from processor.cases.records import IDENTITY, Event
from processor.cases.register import Register
from processor.cases.register_marks import RegisterMarks
from processor.intake import known_cases, recognition, recognition_index
from tests.office import START, edited, file, register, response

EAST = timezone(timedelta(hours=7))
ROWS = [response(n, minute=n, uraian=f"Perkara {n}.") for n in (1, 2, 3)]


@pytest.fixture
def made(tmp_path: Path) -> Register:
    result = register(tmp_path)
    file(result, *ROWS)
    return result


def index_file(made: Register) -> Path:
    return made.state_folder / recognition_index.FILE_NAME


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(b"rusak" * 999)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def holed(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))


def other_tables(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as opened:
        opened.execute("create table kasus (nomor text)")


SPOILED = [Path.unlink, empty, garbage, cut, holed, other_tables]


@pytest.mark.parametrize("spoil", SPOILED)
def test_an_index_that_is_gone_or_damaged_loses_nothing(made: Register, spoil: Callable[[Path], None]) -> None:
    before = recognition_index.load(made)
    spoil(index_file(made))
    assert {one.kind for one in file(made, *ROWS)} == {"sama"}
    assert recognition_index.load(made) == before


@pytest.mark.parametrize("spoil", SPOILED)
def test_an_index_that_is_spoiled_while_it_is_in_use_is_made_anew(
    made: Register, spoil: Callable[[Path], None]
) -> None:
    index = recognition_index.update(made)
    keys = [*recognition.lookup_keys(recognition_index.load(made)[1])]
    spoil(index_file(made))
    assert [one.number for one in index.sharing(keys)] == ["BH-2026-0002"]
    spoil(index_file(made))
    index.refresh(["BH-2026-0001"])
    with closing(sqlite3.connect(index_file(made))) as opened:
        assert opened.execute("select count(*) from kasus").fetchone() == (3,)
    assert index.count() == 3


def test_only_who_asks_to_keep_what_was_read_makes_the_index(made: Register) -> None:
    index_file(made).unlink()
    before = recognition_index.load(made, keep=False)
    recognition_index.RecognitionIndex(made).refresh([])
    assert not index_file(made).exists()
    assert recognition_index.load(made) == before
    assert index_file(made).exists()


def test_what_was_looked_at_already_is_not_looked_at_again(made: Register) -> None:
    marks = RegisterMarks(made)
    assert recognition_index.update(made, marks).one_sided() == ()
    made.record("BH-2026-0001", Event("mungkin_sama", START, "payung", {"kembaran": ["BH-2026-0002"]}))
    assert recognition_index.update(made, marks).one_sided() == ()
    assert recognition_index.update(made).one_sided() == (("BH-2026-0001", "BH-2026-0002"),)


def test_the_index_of_before_is_taken_away_when_the_new_one_is_made(tmp_path: Path) -> None:
    made = register(tmp_path)
    (made.state_folder / "indeks.json").write_text('{"BH-2026-0009": ["1.1", {}]}')
    assert recognition_index.update(made).count() == 0
    assert not (made.state_folder / "indeks.json").exists()


def test_only_a_journal_that_changed_is_read(made: Register) -> None:
    path, before = made.path("BH-2026-0001") / journal.FILE_NAME, recognition_index.load(made)
    stat = path.stat()
    path.write_bytes(path.read_bytes().replace(b'"uraian"', b'"uraiam"'))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    file(made, *ROWS, response(4, minute=4, uraian="Perkara 4."))
    assert recognition_index.load(made)[:3] == before
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    for keep in (False, True):
        assert recognition_index.load(made, keep=keep)[:3] != before


def test_a_case_that_was_taken_away_is_forgotten(made: Register) -> None:
    assert recognition_index.update(made).count() == 3
    made.path("BH-2026-0002").rename(made.folder / "disisihkan")
    assert recognition_index.update(made).count() == 2
    assert [one.number for one in recognition_index.load(made)] == ["BH-2026-0001", "BH-2026-0003"]


def test_the_index_answers_as_all_traces_in_memory_do(made: Register) -> None:
    file(made, edited(ROWS[0], minute=9, pertanyaan="Lain?"), ROWS[1], response(9, minute=10, uraian="Perkara 2."))
    traces = recognition_index.load(made)
    index, memory = recognition_index.update(made), known_cases.KnownRecognitions({one.number: one for one in traces})
    assert index.count() == memory.count() == len(traces)
    for one in traces:
        keys = [*recognition.lookup_keys(one)]
        assert [*index.sharing(keys)] == memory.sharing(keys)
        counted = {key: min(number, 2) for key, number in memory.holders([*recognition.substance_keys(one)]).items()}
        assert index.holders(recognition.substance_keys(one)) == counted
    assert index.sharing(["telepon=tidak ada"]) == ()


def test_cases_are_found_oldest_first_also_past_four_digits(made: Register) -> None:
    made.path("BH-2026-0001").rename(made.folder / "2026" / "BH-2026-10000")
    keys = [key for one in recognition_index.load(made) for key in recognition.lookup_keys(one)]
    assert [one.number for one in recognition_index.update(made).sharing(keys)][-1] == "BH-2026-10000"


def test_the_index_holds_no_identity(made: Register) -> None:
    content = index_file(made).read_bytes().lower()
    assert b"bh-2026-0001" in content
    assert not [one.answers[key] for one in ROWS for key in IDENTITY if one.answers[key].lower().encode() in content]


def test_an_entry_is_stored_in_one_order(made: Register) -> None:
    times = [f"2026-03-02T0{hour}:00:00+00:00" for hour in range(1, 8)]
    seen = {"kunci": [f"google:{letter}" for letter in "gcfadbe"], "waktu": times[::-1], "sidik": {"uraian": "é"}}
    twins = [f"BH-2026-000{n}" for n in (9, 4, 7, 5, 8, 6, 2)]
    made.record("BH-2026-0001", Event("diubah", START, "payung", {**seen, "kembaran": twins}))
    (first, *_) = recognition_index.load(made)
    with closing(sqlite3.connect(index_file(made))) as opened:
        (stored,) = opened.execute("select isi from kasus where nomor = 'BH-2026-0001'").fetchone()
    assert json.loads(stored) == {
        "kunci": [f"google:{letter}" for letter in "abcdefg"],
        "waktu": sorted([*times, (START + timedelta(minutes=1)).isoformat()]),
        "sidik": [*first.fingerprints],
        "kembaran": sorted(twins),
    }


def test_looking_for_what_was_seen_writes_nothing(made: Register) -> None:
    assert recognition_index.seen(made, "google:a") == frozenset()
    index_file(made).unlink()
    assert recognition_index.seen(made, "google:a") == frozenset()
    assert not index_file(made).exists()


def test_what_was_sent_since_a_moment_is_found(made: Register) -> None:
    index, moments = recognition_index.update(made), [one.submitted for one in ROWS]
    found = [[one.number[-1] for one in index.sent_since(moment)] for moment in moments if moment]
    assert found == [["2", "3"], ["3"], []]
    assert len(index.sent_since(START.astimezone(EAST) - timedelta(seconds=1))) == 3


@pytest.mark.parametrize("sent", [None, datetime.min.replace(tzinfo=EAST)])
def test_what_was_sent_nobody_knows_when_was_not_sent_since_any_moment(made: Register, sent: datetime | None) -> None:
    file(made, replace(response(4, uraian="Perkara 4."), submitted=sent))
    index = recognition_index.update(made)
    assert len(index.sent_since(datetime.min.replace(tzinfo=UTC))) == index.count() - 1 == 3


def without_its_beginning(content: bytes) -> bytes:
    return content.partition(b"\n")[2]


def by_hand(content: bytes) -> bytes:
    return content.replace(b'"kunci"', b'"kuncinya"')


@pytest.mark.parametrize("damage", [without_its_beginning, by_hand])
def test_a_case_whose_journal_is_damaged_is_recognised_by_what_was_filed(
    made: Register, damage: Callable[[bytes], bytes]
) -> None:
    path, (first, *_) = made.path("BH-2026-0001") / journal.FILE_NAME, recognition_index.load(made)
    path.write_bytes(damage(path.read_bytes()))
    for keep in (False, True):
        (found, *_) = recognition_index.load(made, keep=keep)
        assert (found.keys, found.times) == (first.keys, first.times)
    assert first.times
    assert [recognition.changed_fields(*pair) for pair in zip(found.fingerprints, first.fingerprints, strict=True)] == [
        ()
    ]


def test_cases_that_point_at_each_other_are_told_apart_from_one_that_points_alone(made: Register) -> None:
    def points(number: str, other: str) -> None:
        made.record(number, Event("mungkin_sama", START, "payung", {"kembaran": [other]}))

    points("BH-2026-0001", "BH-2026-0002")
    points("BH-2026-0003", "BH-2025-0009")  # that is not there
    assert recognition_index.update(made).one_sided() == (("BH-2026-0001", "BH-2026-0002"),)
    points("BH-2026-0002", "BH-2026-0001")
    assert recognition_index.update(made).one_sided() == ()


def test_a_case_that_is_gone_or_was_put_back_as_it_was_was_never_seen_so(made: Register, tmp_path: Path) -> None:
    first = response(4, minute=4, key="a", source="google")
    (outcome,) = file(made, first)
    folder = made.path(outcome.number)
    shutil.copytree(folder, tmp_path / "cadangan")
    later = edited(first, minute=9, uraian="Lain.")
    file(made, later)
    assert recognition_index.seen(made, "google:a") == {first.submitted, later.submitted}
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "cadangan", folder)
    assert recognition_index.seen(made, "google:a") == {first.submitted}
    shutil.rmtree(folder)
    assert recognition_index.seen(made, "google:a") == frozenset()
