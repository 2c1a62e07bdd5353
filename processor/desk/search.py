"""What was asked and answered before: full text over every case file, in whatever form a word stands.

The index is derived: delete it and nothing is lost. It holds the stems of the words of ``permohonan.yaml`` alone. What
is sealed is never opened, and the passages shown come from the case file itself.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import snowballstemmer

from processor.cases import case_file
from processor.cases.case_file import CaseFile
from processor.cases.register import Register
from processor.foundation.errors import PayungError

FILE_NAME = "cari.sqlite"
_MADE = 1  # to be raised when the stems, or what is indexed, change
_PATIENCE = 2.0  # seconds for another search that is writing
_BATCH = 200
_SHOWN = 30
_LONG = 240  # characters of a passage
_BEFORE = 60
_MARKS = 20  # of a passage
_WORD = re.compile(r"[^\W_]+")
_NO_WORD = 40  # letters; longer than any word of the language
_SILENT = {
    "apa", "apakah", "atau", "bagaimana", "bagi", "dalam", "dan", "dari", "dengan", "di", "itu", "ini", "ke", "oleh",
    "pada", "untuk", "yang",
}  # fmt: skip
_TELLING = ("Isu hukum", "Pertanyaan pemohon", "Kesimpulan")
_Mark = tuple[int, int, str]
_SCHEMA = f"""
begin immediate;
drop table if exists berkas;
drop table if exists kata;
create table berkas (id integer primary key, nomor text unique, tanda text);
create virtual table kata using fts5 (pokok, isi);
pragma user_version = {_MADE};
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
    """The cases that hold every word of ``query``, which is words and nothing else: it has no operators.

    Brings the index up to date first; one that is damaged, or that another process does not let go, is made again.
    Raises OSError or sqlite3.Error when even that fails.
    """
    wanted = _wanted(query)
    if not wanted:
        return SearchResult(0, ())
    path = register.folder / ".payung" / FILE_NAME
    try:
        numbers = _numbers(path, register, wanted)
    except sqlite3.DatabaseError:
        for name in (FILE_NAME, f"{FILE_NAME}-journal"):
            path.with_name(name).unlink(missing_ok=True)
        numbers = _numbers(path, register, wanted)
    return SearchResult(
        len(numbers), tuple(_hit(number, _texts(register, number), wanted) for number in numbers[:_SHOWN])
    )


def _wanted(query: str) -> tuple[str, ...]:
    """The stems of a query, without the words that tell nothing unless it has no others."""
    words = _WORD.findall(query)
    telling = [word for word in words if word.casefold() not in _SILENT]
    return tuple(dict.fromkeys(map(stem, telling or words)))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What the forms of a word have in common, to be compared with and not to be read.

    Snowball's stemmer makes "olak" of menolak and penolakan, but "tolak" of ditolak and tolak: it cannot know that men-
    swallowed a t. So, when nothing more falls off, a k or t before a vowel goes from every word. Of the pairs of forms
    of 142 legal Indonesian words, 90% then meet; 74% by Snowball alone, 92% by the dictionary of PySastrawi.
    """
    shorter = unicodedata.normalize("NFKC", word).casefold()
    stemmer = snowballstemmer.stemmer("indonesian")  # one for each word: it is not made for several threads
    word = ""
    while shorter != word and len(shorter) <= _NO_WORD:
        word = shorter
        shorter = stemmer.stemWord(word)
        if shorter == word:
            shorter = _SWALLOWED.sub("", word)
    return shorter


_SWALLOWED = re.compile(r"^[kt](?=[aiueo]\w\w)")


def _numbers(path: Path, register: Register, wanted: Sequence[str]) -> list[str]:
    """The cases that hold every stem in ``wanted``, best first, by the index at ``path``."""
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as index:
        index.execute("pragma secure_delete = on")
        if index.execute("pragma user_version").fetchone() != (_MADE,):
            index.executescript(_SCHEMA)
        _update(index, register)
        rows = index.execute(
            "select nomor from kata join berkas on id = kata.rowid where kata match ? "
            "order by bm25(kata, 5.0, 1.0), nomor desc",
            (" ".join(f'"{word}"' for word in wanted),),
        )
        return [number for (number,) in rows]


def _update(index: sqlite3.Connection, register: Register) -> None:
    """Take in the cases that changed, and forget those that are gone."""
    known: dict[str, str] = dict(index.execute("select nomor, tanda from berkas"))
    signs = {number: register.change_mark(number, case_file.FILE_NAME) for number in register.numbers()}
    changed = [(number, sign) for number, sign in signs.items() if known.get(number) != sign]
    for start in range(0, len(changed), _BATCH):
        rows = [(number, sign, *_stems(_texts(register, number))) for number, sign in changed[start : start + _BATCH]]
        with index:
            index.execute("begin immediate")
            _forget(index, [number for number, *_ in rows])
            for number, sign, *stems in rows:
                row = index.execute("insert into berkas (nomor, tanda) values (?, ?)", (number, sign)).lastrowid
                index.execute("insert into kata (rowid, pokok, isi) values (?, ?, ?)", (row, *stems))
    if gone := known.keys() - signs.keys():
        with index:
            index.execute("begin immediate")
            _forget(index, gone)


def _forget(index: sqlite3.Connection, numbers: Iterable[str]) -> None:
    """Take cases out of the index, and their words out of its file.

    FTS5 merely marks words as deleted until it merges them: 0.15 seconds for 10,000 cases. Its own secure-delete needs
    SQLite 3.42.
    """
    gone = 0
    for number in numbers:
        index.execute("delete from kata where rowid = (select id from berkas where nomor = ?)", (number,))
        gone += index.execute("delete from berkas where nomor = ?", (number,)).rowcount
    if gone:
        index.execute("insert into kata (kata) values ('optimize')")


def _texts(register: Register, number: str) -> dict[str, str]:
    """What is searched of a case, by the name of its place; nothing of one whose file cannot be used."""
    try:
        case = register.read(number).case
    except (PayungError, OSError):
        case = None
    return _parts(case) if case else {}


def _parts(case: CaseFile) -> dict[str, str]:
    """The words of a case, by the name of their place, the most telling first."""
    study = case.kajian
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
        "Topik": case.verifikasi.topik,
    }


def _stems(texts: Mapping[str, str]) -> tuple[str, str]:
    """The stems of the telling parts, and of the others."""
    stems = {name: " ".join(word for *_, word in _marks(text)) for name, text in texts.items()}
    others = (words for name, words in stems.items() if name not in _TELLING)
    return " ".join(stems.get(name, "") for name in _TELLING), " ".join(others)


def _hit(number: str, texts: Mapping[str, str], wanted: Sequence[str]) -> SearchHit:
    """A case with the passage that holds most of the stems in ``wanted``."""
    place, best = "", list[_Mark]()
    for name, text in texts.items():
        marks = [mark for mark in _marks(text) if mark[2] in wanted]
        for first, (begin, *_) in enumerate(marks):
            near = [mark for mark in marks[first : first + _MARKS] if mark[0] < begin + _LONG]
            if _different(near) > _different(best):
                place, best = name, near
    return SearchHit(number, place, tuple(_pieces(texts[place], best)) if best else ())


def _marks(text: str) -> Iterator[_Mark]:
    """Every word of a text: where it begins and ends, and its stem."""
    return ((*word.span(), stem(word[0])) for word in _WORD.finditer(text))


def _different(marks: Sequence[_Mark]) -> int:
    """How many different stems stand there."""
    return len({word for *_, word in marks})


def _pieces(text: str, marks: Sequence[_Mark]) -> Iterator[tuple[str, bool]]:
    """The passage around ``marks``, cut where a word ends if there is such a place near."""
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
