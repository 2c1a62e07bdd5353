"""The journal: lines that offices hold for years, chained so that none is changed or taken out unseen."""

from pathlib import Path

import pytest

from processor.cases import journal
from processor.cases.records import Event
from processor.foundation.errors import PayungError
from tests.office import START

NUMBER = "BH-2026-0001"
EVENTS = (
    Event("didaftar", START, "payung", {"sumber": "ekspor", "jumlah": 1, "kata": "é"}),
    Event("status", START, "ani"),
)
LINES = (
    '{"waktu":"2026-03-02T01:00:07+00:00","pelaku":"payung","peristiwa":"didaftar","rincian":{"sumber":"ekspor",'
    '"jumlah":1,"kata":"é"},"rantai":"0ef6414ab292b28f0a930deee432bb371271262bdc62925e6bdf0d478d0e1913"}\n'
    '{"waktu":"2026-03-02T01:00:07+00:00","pelaku":"ani","peristiwa":"status",'
    '"rantai":"55bd609b78e6620fe8b1b74b11b72ef9b9999ac4bd2d613ce914e3f1e1b579e6"}\n'
).encode()
"""What stands in the registers of offices: these bytes never change."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal of two lines."""
    made = tmp_path / NUMBER / journal.FILE_NAME
    made.parent.mkdir()
    made.write_bytes(LINES)
    return made


def faults(path: Path) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.message.split(":")[0]) for problem in journal.read(path)[1]]


def test_the_lines_of_a_journal_never_change() -> None:
    assert journal.journal_lines(EVENTS, NUMBER) == LINES
    first, second = LINES.splitlines(keepends=True)
    link = "0ef6414ab292b28f0a930deee432bb371271262bdc62925e6bdf0d478d0e1913"
    assert (journal.journal_lines(EVENTS[:1], NUMBER), journal.journal_lines(EVENTS[1:], link)) == (first, second)


def test_what_was_written_is_read_and_goes_on(path: Path) -> None:
    assert journal.read(path) == (EVENTS, ())
    same = path.stat().st_ino
    journal.append(path, EVENTS[:1])
    assert path.stat().st_ino == same, "a sound journal is added to and not written again"
    assert path.read_bytes().startswith(LINES)
    assert journal.read(path) == ((*EVENTS, EVENTS[0]), ())


def test_an_empty_journal_begins_with_the_number_of_its_case(path: Path) -> None:
    path.write_bytes(b"")
    journal.append(path, EVENTS)
    assert path.read_bytes() == LINES


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_changed_line_breaks_the_chain(path: Path, line: int) -> None:
    journal.append(path, EVENTS[1:])
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines[line] = lines[line].replace('"pelaku":"', '"pelaku":"x')
    path.write_text("".join(lines), "utf-8")
    assert faults(path) == [(line + 1, "Rantai riwayat putus")]


def test_a_line_taken_out_breaks_the_chain(path: Path) -> None:
    path.write_bytes(LINES.splitlines(keepends=True)[1])
    assert faults(path) == [(1, "Rantai riwayat putus")]


def test_a_journal_moved_to_another_case_breaks_the_chain(path: Path) -> None:
    other = path.parent.with_name("BH-2026-0009")
    path.parent.rename(other)
    assert faults(other / path.name) == [(1, "Rantai riwayat putus")]


@pytest.mark.parametrize("cut", [1, 9, 100])
def test_a_line_cut_short_by_a_crash_is_said_and_mended_by_the_next(path: Path, cut: int) -> None:
    path.write_bytes(LINES[:-cut])
    events, problems = journal.read(path)
    assert (events, [(one.line, one.message) for one in problems]) == (EVENTS[:1], [(2, "Baris terakhir terpotong.")])
    assert journal.drop_torn_line(path) == path.read_bytes() == LINES.splitlines(keepends=True)[0]
    path.write_bytes(LINES[:-cut])
    journal.append(path, EVENTS[1:])
    assert path.read_bytes() == LINES


@pytest.mark.parametrize(
    "line",
    ["bukan baris", "[]", '{"waktu":"2026-03-02T01:00:07+00:00","pelaku":"ani"}', '{"waktu":"kemarin"}', "\xff"],
)
def test_a_line_that_is_none_is_told_and_hides_no_other(path: Path, line: str) -> None:
    path.write_bytes(LINES + line.encode("latin-1") + b"\n")
    assert journal.read(path)[0] == EVENTS
    assert faults(path) == [(3, "Baris riwayat tidak terbaca.")]


@pytest.mark.parametrize("details", ["[1]", '"kata"', "1"])
def test_details_that_are_no_mapping_are_no_event(path: Path, details: str) -> None:
    told = '{"waktu":"2026-03-02T01:00:07+00:00","pelaku":"a","peristiwa":"b","rincian":' + details
    path.write_text(told + ',"rantai":"x"}\n', "utf-8")
    assert journal.read(path)[0] == ()
    assert faults(path) == [(1, "Baris riwayat tidak terbaca.")]


def test_a_link_that_is_no_plain_text_breaks_the_chain(path: Path) -> None:
    path.write_bytes(LINES.replace(b'"rantai":"0e', b'"rantai":"\xff\xfe'))
    assert faults(path) == [(1, "Rantai riwayat putus"), (2, "Rantai riwayat putus")]


def test_a_journal_that_is_not_there_is_told(tmp_path: Path) -> None:
    events, (problem,) = journal.read(tmp_path / NUMBER / journal.FILE_NAME)
    assert (events, problem.line) == ((), None)
    assert "tidak terbaca" in problem.message


def test_a_line_that_somebody_wrote_by_hand_breaks_nothing_that_follows(path: Path) -> None:
    path.write_bytes(LINES + b"bukan baris\n")
    journal.append(path, EVENTS[1:])
    assert faults(path) == [(3, "Baris riwayat tidak terbaca.")]
    assert path.name == "riwayat.jsonl"


def test_a_journal_whose_beginning_is_gone_is_told_and_nothing_is_added(path: Path) -> None:
    journal.check_beginning(path)
    assert journal.read_from_filing(path) == (EVENTS, ())
    rest = (Event("status", START, "ani", {"kata": "didaftar"}), EVENTS[0])
    path.write_bytes(journal.journal_lines(rest, NUMBER))
    events, (problem,) = journal.read_from_filing(path)
    assert (events, problem.line, journal.lacks_beginning(events)) == (rest, 1, True)
    missing = path.with_name("tidak-ada")
    assert journal.read_from_filing(missing) == journal.read(missing), "what cannot be read is told as that, once"
    for gone in (path, missing):
        with pytest.raises(PayungError, match="tanpa awalnya"):
            journal.check_beginning(gone)
