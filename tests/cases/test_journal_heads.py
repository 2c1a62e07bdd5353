"""How far journals were seen: the last line of a case counts, whatever a crash left in the file."""

import stat
from dataclasses import astuple
from pathlib import Path

import pytest

from processor.cases import journal, journal_heads
from processor.cases.journal_heads import JournalHead
from processor.cases.records import Event
from tests.office import START

NUMBER = "BH-2026-0001"
SEEN = {"kunci": ["google:a"], "waktu": ["2026-03-02T01:00:07+00:00"], "sidik": {"uraian": "ab", "nip": "cd"}}


def lines(count: int) -> bytes:
    """A journal with so many events."""
    more = (Event("catatan", START, "petugas", {"ke": turn}) for turn in range(1, count))
    return journal.journal_lines([Event("didaftar", START, "payung", SEEN), *more], NUMBER)


def head(count: int, mark: str = "1.1") -> JournalHead:
    made = journal_heads.head_of(NUMBER, mark, lines(count))
    assert made
    return made


def test_a_journal_that_went_on_holds_what_was_seen_and_an_older_or_other_one_does_not() -> None:
    seen = head(3)
    assert seen.is_in(lines(3))
    assert seen.is_in(lines(5))
    assert not seen.is_in(lines(2))
    assert not seen.is_in(b"")
    assert not seen.is_in(lines(2) + journal.journal_lines([Event("lain", START, "x")], "") + lines(1))
    assert not seen.is_in(lines(3)[:-1]), "a line that a crash cut short is none"


def test_the_origin_is_the_source_id_and_without_one_moment_and_words() -> None:
    export = {**SEEN, "kunci": []}
    assert journal_heads.origin_of(SEEN) == journal_heads.origin_of({**SEEN, "waktu": []}) == head(1).origin
    assert journal_heads.origin_of(export) != journal_heads.origin_of({**export, "waktu": []})
    assert journal_heads.origin_of(export) != journal_heads.origin_of({**export, "sidik": {"uraian": "other"}})


def test_the_stored_origins_stay_the_same() -> None:
    export = {"kunci": [], "waktu": ["2026-03-02T01:00:07+00:00"], "sidik": {}}
    assert [journal_heads.origin_of(one) for one in (SEEN, export)] == ["df6ee22f62fc39bc", "b92aeded3fb30cb3"]


@pytest.mark.parametrize("line", [b"{", b"[]", b'"didaftar"', b'{"rincian": 1}', b'{"rincian": {}}', b"{}", b""])
def test_a_first_line_that_tells_no_response_has_no_origin_and_is_remembered_all_the_same(
    tmp_path: Path, line: bytes
) -> None:
    seen = journal_heads.head_of(NUMBER, "1.1", line + b"\n" + lines(1))
    assert seen
    assert (seen.origin, seen.lines) == ("-", 2)
    (tmp_path / "heads").write_text(written(seen))
    assert journal_heads.read(tmp_path / "heads") == {NUMBER: seen}


def written(seen: JournalHead) -> str:
    return " ".join(map(str, astuple(seen)))


def test_a_line_that_was_cut_anywhere_is_none(tmp_path: Path) -> None:
    path, whole, newer = tmp_path / "heads", written(head(2)), written(head(9))
    for torn in (*(newer[:size] for size in range(len(newer))), newer.replace(" 9 ", " -9 "), f"{newer} 9"):
        path.write_text(f"{whole}\n{torn}")
        assert journal_heads.read(path) == {NUMBER: head(2)}, torn


def test_the_last_line_of_a_case_counts_and_a_torn_one_does_not(tmp_path: Path) -> None:
    path = tmp_path / "heads"
    assert journal_heads.read(path) == {}
    journal_heads.add(path, [head(1)])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    journal_heads.add(path, [head(2)])
    with path.open("ab") as file:
        file.write(f"{NUMBER} 9.9 7 abc".encode())
    assert journal_heads.read(path) == {NUMBER: head(2)}
    journal_heads.add(path, [head(3)])
    assert journal_heads.read(path) == {NUMBER: head(3)}


def test_the_head_of_one_case_is_read_as_among_all(tmp_path: Path) -> None:
    path, other = tmp_path / "ingatan", "BH-2026-00011"
    assert journal_heads.read_one(path, NUMBER) is None
    told = [head(1).line(), head(2).line().replace(NUMBER, other), head(3, "3.3").line(), f"{NUMBER} 4.4 4 torn"]
    path.write_text("\n".join(told))
    assert journal_heads.read_one(path, NUMBER) == journal_heads.read(path)[NUMBER] == head(3, "3.3")
    assert journal_heads.read_one(path, other) == journal_heads.read(path)[other]
    assert journal_heads.read_one(path, "BH-2026-0002") is None
    path.write_bytes(path.read_bytes().replace(b"torn", b"\xff"))
    assert journal_heads.read_one(path, NUMBER) == journal_heads.read(path)[NUMBER] == head(3, "3.3")
