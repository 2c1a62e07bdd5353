"""What in a retold question and answer may still tell whose it was: places for its writer to look at again. Pure.

A mark is a question and no verdict: a day, sum, number, place, name or rare word that stands in the case too, or a
passage in the applicant's own words. What regulations are called tells nobody, and is left out.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from processor.foundation.indonesian_dates import BULAN
from processor.foundation.word_stems import stem

RUN: Final = 6
"""Words in a row that are the applicant's own from which on a passage is marked."""
_RARE = 5  # letters from which on a word can be rare
_LONGEST = 30  # digits of a number that are read
_PASSAGE = "sama dengan tulisan pemohon, kata demi kata"

_WORD = re.compile(r"[^\W\d_]+")
_MONTHS = {name.casefold(): at for at, name in enumerate(BULAN, 1)} | {
    name[:3].casefold(): at for at, name in enumerate(BULAN, 1)
}
_LAW = re.compile(
    r"\b(?:undang-undang|uu|perppu|pp|perpres|keppres|permen\w*|perda|pergub|perma|peraturan)\b[^.;,\n\d]{0,80}"
    r"\d+(?:\s*/\s*|\s+tahun\s+)\d{4}|\b(?:pasal|ayat|huruf|angka|bab|bagian)\s+\(?[\da-z]{1,4}\)?(?=\W|$)",
    re.IGNORECASE,
)
"""A regulation or a part of one."""
_DAY = re.compile(
    rf"\b(?:(\d{{1,2}})\s+)?({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?(?:\s+(\d{{4}}))?"
    r"|\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:\brp\.?\s*)?(?<!\d)(?P<digits>[0-9]+(?:[.,][0-9]+)*)(?:\s*(?P<times>ribu|rb|juta|jt|miliar|milyar|triliun)\b)?",
    re.IGNORECASE,
)
_TIMES = {"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_PLACES = {
    "kota", "kabupaten", "kecamatan", "kelurahan", "nagari", "desa", "jorong", "dusun", "jalan", "jl", "gang", "dinas",
    "badan", "kantor", "rsud", "puskesmas", "sekolah", "sma", "smk", "smp", "sd", "uptd", "bagian", "bidang", "balai",
}  # fmt: skip

Found = tuple[str, str, str]
"""The words as they stand, what they are compared as, and why they may tell."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to look at again: in which part (``pertanyaan``), on which line of it (from 1), the words, and why."""

    part: str
    line: int
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Usual:
    """What everybody writes: stems of words that the office's own pages hold, and names that many of them hold."""

    stems: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, pages: Iterable[str]) -> "Usual":
        """Gather the usual words of ``pages``; a name is usual that stands in at least three."""
        stems, seen = set[str](), dict[str, int]()
        for page in pages:
            words = {*_WORD.findall(page)}
            stems |= {stem(word) for word in words if word.islower()}
            for name in {word.casefold() for word in words if not word.islower()}:
                seen[name] = seen.get(name, 0) + 1
        return cls(frozenset(stems), frozenset(name for name, times in seen.items() if times >= 3))


def marks(retold: Mapping[str, str], own: str, others: str, usual: Usual) -> tuple[Mark, ...]:
    """Mark what stands in a retold text and in its case.

    Args:
        retold: The texts to be published, by what they are called.
        own: The applicant's own words.
        others: What the office wrote in the case.
        usual: What tells nothing.

    Returns:
        Every mark once a line, line by line.
    """
    case, passages = f"{own}\n{others}", {*_passages(own)}
    known = {key for look in _LOOKS for _, key, _ in look(case, usual)}
    known |= {f"nama {word.casefold()}" for word in _WORD.findall(case)}
    found: list[Mark] = []
    for part, text in retold.items():
        for number, line in enumerate(text.splitlines(), 1):
            hits = [(words, reason) for look in _LOOKS for words, key, reason in look(line, usual) if key in known]
            hits += [(words, _PASSAGE) for words in _copied(line, passages)]
            first = dict(reversed(hits))  # of several reasons for the same words the first
            found += [Mark(part, number, words, first[words]) for words in dict.fromkeys(words for words, _ in hits)]
    return tuple(found)


def _without_law(text: str) -> str:
    """Blank out what cites a regulation."""
    return _LAW.sub(lambda found: " " * len(found[0]), text)


def _days(text: str, _: Usual) -> Iterator[Found]:
    """Find days, each as a day of the year and as its month, and months with their whole name or a year."""
    for one in _DAY.finditer(_without_law(text)):
        day, name, year, d, m, y, iso_y, iso_m, iso_d = one.groups()
        month = _MONTHS[name.casefold()] if name else int(m or iso_m)
        words = one[0].strip()
        if day := day or d or iso_d:
            yield words, f"hari {int(day)}-{month}", "tanggal yang ada di permohonan ini"
        if day or year or y or iso_y or len(name) > 3:
            yield words, f"bulan {month}", "bulan yang ada di permohonan ini"


def _numbers(text: str, _: Usual) -> Iterator[Found]:
    """Find sums and other numbers from a hundred on, each by its value."""
    for one in _NUMBER.finditer(_DAY.sub(lambda found: " " * len(found[0]), _without_law(text))):
        value = _value(one["digits"], _TIMES.get((one["times"] or "").casefold(), 1))
        if value >= 100:
            yield one[0].strip(), f"angka {value}", "jumlah atau angka yang ada di permohonan ini"


def _value(written: str, times: int) -> int:
    """Read a number as Indonesians write it: points between thousands, a comma before fractions; 1.5 juta too."""
    whole, _, rest = written.partition(",")
    if times > 1 and not rest and re.fullmatch(r"\d+\.\d{1,2}", whole):
        whole, _, rest = whole.partition(".")
    digits, rest = whole.replace(".", "")[:_LONGEST], re.sub(r"\D", "", rest)[:_LONGEST]
    return int(digits) * times + int(rest or 0) * times // int("1" + "0" * len(rest))


def _names(text: str, usual: Usual) -> Iterator[Found]:
    """Find words with a capital that are no usual name; at the beginning of a sentence none can be told."""
    for sentence in re.split(r"(?<=[.!?:])\s+|\n", _without_law(text)):
        words = ["", *_WORD.findall(sentence)]
        for before, word in pairwise(words):
            name = word.casefold()
            told = before.casefold() in _PLACES or (before and not word.islower())
            if told and not word.islower() and len(word) > 1 and name not in usual.names | _MONTHS.keys():
                yield word, f"nama {name}", "nama atau tempat yang ada di permohonan ini"


def _rare_words(text: str, usual: Usual) -> Iterator[Found]:
    """Find longer words that none of the office's pages holds."""
    for word in _WORD.findall(_without_law(text)):
        if len(word) >= _RARE and word.casefold() not in usual.names and (root := stem(word)) not in usual.stems:
            yield word, f"kata {root}", "kata yang jarang, dan ada di permohonan ini"


_LOOKS: tuple[Callable[[str, Usual], Iterator[Found]], ...] = (_days, _numbers, _names, _rare_words)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W_]+", text)]


def _passages(text: str) -> Iterator[tuple[str, ...]]:
    """Give every run of ``RUN`` words."""
    words = _words(text)
    yield from zip(*(words[at:] for at in range(RUN)), strict=False)


def _copied(line: str, passages: Collection[tuple[str, ...]]) -> Iterator[str]:
    """Give each longest run of words of a line of which every ``RUN`` in a row stand in ``passages``."""
    words, run = _words(line), list[str]()
    for at in range(len(words)):
        if tuple(words[at : at + RUN]) in passages:
            run = [*run, words[at]] if run else words[at : at + 1]
        elif run:
            yield " ".join([*run, *words[at : at + RUN - 1]])
            run = []
