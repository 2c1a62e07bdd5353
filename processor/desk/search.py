"""What was asked and answered before: full text over every case file, in whatever form a word stands.

The index is derived: delete it and nothing is lost. It holds the stems of the words of ``permohonan.yaml`` alone. What
is sealed is never opened, and the passages shown come from the case file itself.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from processor.cases import case_file
from processor.cases.case_file import CaseFile
from processor.cases.register import Register
from processor.foundation.errors import PayungError
from processor.foundation.word_stems import stem

FILE_NAME = "cari.sqlite"
_INDEX_VERSION = 2  # to be raised when the stems, or what is indexed, change
_PATIENCE = 2.0  # seconds for another search that is writing
_BATCH = 200
_SHOWN = 30
_LONG = 240  # characters of a passage
_BEFORE = 60
_MOST_MARKED = 20  # of a passage
_WORD = re.compile(r"[^\W_]+")
_TELL_NOTHING = {
    "apa", "apakah", "atau", "bagaimana", "bagi", "dalam", "dan", "dari", "dengan", "di", "itu", "ini", "ke", "oleh",
    "pada", "untuk", "yang",
}  # fmt: skip
_TELLING = ("Isu hukum", "Pertanyaan pemohon", "Kesimpulan")
_StemmedWord = tuple[int, int, str]
_SCHEMA = f"""
begin immediate;
drop table if exists berkas;
drop table if exists kata;
create table berkas (id integer primary key, nomor text unique, tanda text);
create virtual table kata using fts5 (pokok, isi);
pragma user_version = {_INDEX_VERSION};
commit;
"""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A case that holds every word asked for: its best passage in pieces, each with whether it is such a word.

    ``place`` names the part of the case that the passage is from.
    """

    number: str
    place: str
    passage: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """How many cases hold every word, and the first of them, the likeliest answer first."""

    count: int
    hits: tuple[SearchHit, ...]


def find(register: Register, query: str) -> SearchResult:
    """Find the cases that hold every word of ``query``, in whatever form; a query has no operators.

    Raises as ``numbers``.
    """
    return passages(register, query, numbers(register, query))


def passages(register: Register, query: str, among: Sequence[str]) -> SearchResult:
    """Show the first cases ``among`` those that ``numbers`` found for this ``query``, or among some of them."""
    wanted = _query_stems(query)
    hits = (_best_passage(number, _read_texts(register, number), wanted) for number in among[:_SHOWN])
    return SearchResult(len(among), tuple(hits))


def numbers(register: Register, query: str) -> list[str]:
    """Find the cases that hold every word of ``query``, the likeliest answer first.

    Brings the index up to date first; one that is damaged, or that another process keeps locked, is made again.

    Raises:
        OSError, sqlite3.Error: even that failed.
    """
    wanted = _query_stems(query)
    if not wanted:
        return []
    path = register.folder / ".payung" / FILE_NAME
    try:
        return _matching_numbers(path, register, wanted)
    except sqlite3.DatabaseError:
        for name in (FILE_NAME, f"{FILE_NAME}-journal"):
            path.with_name(name).unlink(missing_ok=True)
        return _matching_numbers(path, register, wanted)


def _query_stems(query: str) -> tuple[str, ...]:
    """Give the stems of a query, without words that tell nothing unless it has no others."""
    words = _WORD.findall(query)
    telling = [word for word in words if word.casefold() not in _TELL_NOTHING]
    return tuple(dict.fromkeys(map(stem, telling or words)))


def _matching_numbers(path: Path, register: Register, wanted: Sequence[str]) -> list[str]:
    """Find the cases that hold every stem in ``wanted``, best first, by the index at ``path``."""
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as index:
        index.execute("pragma secure_delete = on")
        if index.execute("pragma user_version").fetchone() != (_INDEX_VERSION,):
            index.executescript(_SCHEMA)
        _bring_up_to_date(index, register)
        rows = index.execute(
            "select nomor from kata join berkas on id = kata.rowid where kata match ? "
            "order by bm25(kata, 5.0, 1.0), nomor desc",
            (" ".join(f'"{word}"' for word in wanted),),
        )
        return [number for (number,) in rows]


def _bring_up_to_date(index: sqlite3.Connection, register: Register) -> None:
    """Index the cases that changed, and remove those that are gone."""
    known: dict[str, str] = dict(index.execute("select nomor, tanda from berkas"))
    change_marks = {number: register.change_mark(number, case_file.FILE_NAME) for number in register.numbers()}
    changed = [(number, mark) for number, mark in change_marks.items() if known.get(number) != mark]
    for start in range(0, len(changed), _BATCH):
        rows = [
            (number, mark, *_weighted_stems(_read_texts(register, number)))
            for number, mark in changed[start : start + _BATCH]
        ]
        with index:
            index.execute("begin immediate")
            _remove_from_index(index, [number for number, *_ in rows])
            for number, mark, *stems in rows:
                row = index.execute("insert into berkas (nomor, tanda) values (?, ?)", (number, mark)).lastrowid
                index.execute("insert into kata (rowid, pokok, isi) values (?, ?, ?)", (row, *stems))
    if gone := known.keys() - change_marks.keys():
        with index:
            index.execute("begin immediate")
            _remove_from_index(index, gone)


def _remove_from_index(index: sqlite3.Connection, numbers: Iterable[str]) -> None:
    """Remove cases from the index, and their words from its file.

    FTS5 merely marks words as deleted until it merges them: 0.15 seconds for 10,000 cases. Its own secure-delete needs
    SQLite 3.42.
    """
    gone = 0
    for number in numbers:
        index.execute("delete from kata where rowid = (select id from berkas where nomor = ?)", (number,))
        gone += index.execute("delete from berkas where nomor = ?", (number,)).rowcount
    if gone:
        index.execute("insert into kata (kata) values ('optimize')")


def _read_texts(register: Register, number: str) -> dict[str, str]:
    """Read what is searched of a case, by the name of its place; nothing of one whose file cannot be used."""
    try:
        case = register.read(number).case
    except (PayungError, OSError):
        case = None
    return _texts_of_case(case) if case else {}


def _texts_of_case(case: CaseFile) -> dict[str, str]:
    """Give the words of a case, by the name of their place, the most telling first."""
    study, objected, retold = case.kajian, case.keberatan, case.publikasi
    return {
        "Isu hukum": "\n".join(study.isu_hukum),
        "Kesimpulan": study.kesimpulan,
        "Pertanyaan pemohon": case.pertanyaan,
        "Analisis": study.analisis,
        "Saran": study.saran,
        "Kasus posisi": study.kasus_posisi,
        "Uraian pemohon": case.uraian,
        "Alasan penolakan": case.verifikasi.alasan,
        "Dasar hukum": "\n".join(study.dasar_hukum),
        "Rujukan": study.rujukan,
        "Keberatan": f"{objected.alasan}\n{objected.pertimbangan}" if objected else "",
        "Hambatan": "\n".join(one.uraian for one in case.hambatan),
        "Tanya jawab": f"{retold.pertanyaan}\n{retold.jawaban}" if retold else "",
        "Topik": case.verifikasi.topik,
    }


def _weighted_stems(texts: Mapping[str, str]) -> tuple[str, str]:
    """Give the stems of the telling parts, and of the others."""
    stems = {name: " ".join(word for *_, word in _words_with_stems(text)) for name, text in texts.items()}
    others = (words for name, words in stems.items() if name not in _TELLING)
    return " ".join(stems.get(name, "") for name in _TELLING), " ".join(others)


def _best_passage(number: str, texts: Mapping[str, str], wanted: Sequence[str]) -> SearchHit:
    """Show a case by the passage that holds most of the stems in ``wanted``."""
    place, best = "", list[_StemmedWord]()
    for name, text in texts.items():
        marks = [mark for mark in _words_with_stems(text) if mark[2] in wanted]
        for first, (begin, *_) in enumerate(marks):
            near = [mark for mark in marks[first : first + _MOST_MARKED] if mark[0] < begin + _LONG]
            if _count_different(near) > _count_different(best):
                place, best = name, near
    return SearchHit(number, place, tuple(_passage_pieces(texts[place], best)) if best else ())


def _words_with_stems(text: str) -> Iterator[_StemmedWord]:
    """Give every word of a text: where it begins and ends, and its stem."""
    return ((*word.span(), stem(word[0])) for word in _WORD.finditer(text))


def _count_different(marks: Sequence[_StemmedWord]) -> int:
    """Count how many different stems stand there."""
    return len({word for *_, word in marks})


def _passage_pieces(text: str, marks: Sequence[_StemmedWord]) -> Iterator[tuple[str, bool]]:
    """Cut out the passage around ``marks``, where a word ends if one ends near."""
    start, last = marks[0][0], marks[-1][1]
    at = max(text.rfind(" ", 0, max(start - _BEFORE, 0)) + 1, start - 2 * _BEFORE)
    end = text.find(" ", max(start + _LONG, last))
    end = len(text) if end < 0 else end
    if at:
        yield "… ", False
    for begin, stop, _ in marks:
        yield text[at:begin], False
        yield text[begin:stop], True
        at = stop
    yield text[last : min(end, last + _LONG)], False
    if min(end, last + _LONG) < len(text):
        yield " …", False
